"""Work on the lines of a pick: what was really taken, of which numbers, what is short (picking.md 26, 29-32).

Each is a frozen command and `(books, situation, command)` under right `pick`; it renews the claim (floor-flows.md 16).
Quantities are base units; a typed figure replaces the one before.

    open_pick(books, situation, no) -> Activity                     claims it; `claims.release` gives it back
    pick_at_work.pick_to_work(books, situation, no) -> Activity      renews the lease without an answer
    take_quantity(books, situation, TakeQuantity) -> ActivityLine
    name_number(books, situation, NameNumber) -> ActivityLine       lot, package or serial; on a blank line or a swap
    take_serial(books, situation, TakeSerial) -> ActivityLine       one scan of a piece: names and takes it
    short_line(books, situation, ShortLine) -> ActivityLine
    put_back(books, situation, PutBack) -> ActivityLine             undoes the last answer on a line
    close_short(books, situation, CloseShort) -> Activity | None    right `approve`
    pieces_of(lines, line) -> list[ActivityLine]                    the pieces that are one question with it
    questions_of(lines) -> list[list[ActivityLine]]                 all lines, as they are asked
    short_reasons(books, situation) -> list[str]                    in the order of their digits
    earlier_number(books, line, goods) -> str                       what expires first, "" where no reason is needed

Not here: other bins and splits (pick_places.py), posting (pick_posting.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import NeedsConfirm, Refused
from domain.items.moving import in_base_unit
from domain.site import ReasonCode
from domain.situation import Situation
from domain.tracking.numbers import (
    KINDS,
    TrackingRow,
    as_first_received,
    check_not_expired,
    is_used,
    known_date,
    tracking_code,
)
from domain.values import ONE, ZERO
from domain.work.activities import Activity, ActivityLine
from domain.work.claims import claim
from domain.work.held import free_beside, goods_of
from domain.work.pick_at_work import (
    free_for,
    item_of,
    line_to_work,
    order_of_line,
    taken_part,
    unanswered,
)
from domain.work.pick_splitting import split_off
from domain.work.pick_stock import pickables, refuse_blocked_number
from domain.work.picking import (
    entry_type_of,
    lines_of,
    needed_numbers,
    pick_to,
    place_to_pick,
    remove_pick,
    walking_order,
)
from domain.work.skills import refuse_unskilled
from domain.work.stock_here import Goods


@dataclass(frozen=True, slots=True)
class TakeQuantity:
    """What was really taken, in all, of what a line has outstanding."""

    activity: str
    line_no: int
    qty: Decimal


@dataclass(frozen=True, slots=True)
class NameNumber:
    """The numbers scanned for a line, those that are blank stay."""

    activity: str
    line_no: int
    lot: str = ""
    serial: str = ""
    package: str = ""
    reason: str = ""
    """Why a later expiry goes first."""


@dataclass(frozen=True, slots=True)
class TakeSerial:
    """A piece scanned; `line_no` is any line of the question."""

    activity: str
    line_no: int
    serial: str
    lot: str = ""
    package: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShortLine:
    """There is no more than `qty` in all, and why. For pieces `qty` counts those of the question."""

    activity: str
    line_no: int
    qty: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """Take back the last answer on a line; `qty` is what it had before."""

    activity: str
    line_no: int
    qty: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class CloseShort:
    """Give up what is outstanding of a line beyond what was taken."""

    activity: str
    line_no: int


def open_pick(books: Books, situation: Situation, no: str) -> Activity:
    """Open a pick to work on it: claimed by this operator (right `pick`; floor-flows.md 16).

    Raises Refused: what pick_to and claims.claim refuse, no_skill (decision 12).
    """
    activity = pick_to(books, situation, no)
    lines = lines_of(books.records, no)
    places = ((line.location, line.bin) for line in lines if line.bin)
    refuse_unskilled(books.records, situation, activity.kind, places)
    claim(books, situation, no, n=sum(1 for line in lines if is_answered(line)), m=len(lines))
    return activity


def take_quantity(books: Books, situation: Situation, command: TakeQuantity) -> ActivityLine:
    """Note what was really taken (26, 32).

    Raises Refused: too_many, bad_qty, missing (a number or the bin), not_enough.
    """
    line = line_to_work(books, situation, command.activity, command.line_no)
    if command.qty <= 0:
        raise Refused("bad_qty", max=line.outstanding)
    return _take(books, situation, line, command.qty)


def name_number(books: Books, situation: Situation, command: NameNumber) -> ActivityLine:
    """Set the numbers of a line that names none, or swap those that were proposed (29, 30).

    Where less is free than the line wants, or part of it was taken of other numbers, the line splits; the one with
    the number is returned. The number a line has already changes nothing.

    Raises:
        Refused: not_tracked, lot_named_by_order, not_here, blocked, expired, not_enough ("Only 0 of L2 free"), and
            missing where the reason is: ask `earlier_number` first.
        NeedsConfirm("expiry_ask"): another one expires first, at a location with pick_fefo.
    """
    line = line_to_work(books, situation, command.activity, command.line_no)
    return _name(books, situation, line, command)


def take_serial(books: Books, situation: Situation, command: TakeSerial) -> ActivityLine:
    """Take one piece by its number: the line that names it, else one that may (15, 29).

    Raises Refused: duplicate, too_many where all are taken, and what naming refuses.
    """
    line = line_to_work(books, situation, command.activity, command.line_no)
    serial = _spelled(books, line, TrackingRow(serial=command.serial)).serial
    lines = lines_of(books.records, line.activity)
    if any(other.serial == serial and other.qty_to_handle for other in lines if other.item == line.item):
        raise Refused("duplicate")
    pieces = [piece for piece in pieces_of(lines, line) if not piece.qty_to_handle]
    if not pieces:
        raise Refused("too_many", qty=ZERO)
    piece = min(pieces, key=lambda piece: (piece.serial != serial, piece.is_number_fixed and piece.serial != ""))
    named = NameNumber(piece.activity, piece.line_no, command.lot, serial, command.package, command.reason)
    return _take(books, situation, _name(books, situation, piece, named), ONE)


def short_line(books: Books, situation: Situation, command: ShortLine) -> ActivityLine:
    """Note that there is less than a line wants, and why (31). The rest stays on the pick.

    Of pieces not yet scanned, as many are short as go beyond `qty`.

    Raises Refused: missing (the reason), reason_not_here, and what take_quantity refuses.
    """
    line = line_to_work(books, situation, command.activity, command.line_no)
    check_short_reason(books, situation, command.reason)
    pieces = pieces_of(lines_of(books.records, line.activity), line)
    if len(pieces) > 1:
        return _short_pieces(books, situation, line, pieces, command)
    if command.qty < 0:
        raise Refused("bad_qty", max=line.outstanding)
    if command.qty:
        line = _take(books, situation, line, command.qty)
    if command.qty == line.outstanding:
        return line
    return _save(books, situation, replace(line, qty_to_handle=command.qty, is_short=True, reason=command.reason))


def put_back(books: Books, situation: Situation, command: PutBack) -> ActivityLine:
    """Undo the last answer on a line: its quantity, why it was short, and the numbers the picker named."""
    line = line_to_work(books, situation, command.activity, command.line_no)
    if command.qty:
        line = replace(line, qty_to_handle=command.qty, is_short=False, reason="")
    else:
        line = unanswered(books, line)
    books.records.save(line)
    return line


def close_short(books: Books, situation: Situation, command: CloseShort) -> Activity | None:
    """Give up the rest of a line: it may be picked again another day (31; right `approve`).

    Returns None where nothing is left of the pick.
    """
    line = line_to_work(books, situation, command.activity, command.line_no, right="approve")
    left = replace(line, qty=line.qty_handled + line.qty_to_handle)
    if line.qty_to_handle:
        books.records.save(left)
    else:
        books.records.remove(line)
    activity = books.records.one(Activity, line.activity)
    if activity is not None and not lines_of(books.records, activity.no):
        remove_pick(books, activity)
        return None
    return activity


def is_answered(line: ActivityLine) -> bool:
    """Say whether there is nothing more to ask about a line."""
    return line.is_short or line.qty_to_handle == line.outstanding


def pieces_of(lines: Iterable[ActivityLine], line: ActivityLine) -> list[ActivityLine]:
    """Return the pieces of one serial item in one bin that are one question with a line; else the line alone."""
    if not line.is_piece:
        return [one for one in lines if one.line_no == line.line_no]
    return [
        one for one in lines if one.is_piece and (one.item, one.variant, one.bin) == (line.item, line.variant, line.bin)
    ]


def questions_of(lines: Sequence[ActivityLine]) -> list[list[ActivityLine]]:
    """Return the lines in walking order; pieces of one serial item in one bin are one question."""
    walked = walking_order(lines)
    of_goods: dict[tuple[str, str, str], list[ActivityLine]] = defaultdict(list)
    for line in walked:
        of_goods[line.item, line.variant, line.bin].append(line)
    questions: dict[int, list[ActivityLine]] = {}
    for line in walked:
        pieces = pieces_of(of_goods[line.item, line.variant, line.bin], line)
        questions.setdefault(pieces[0].line_no, pieces)
    return list(questions.values())


def short_reasons(books: Books, situation: Situation) -> list[str]:
    """Return why a line may be short, in the order of the digits: the site's list, then reason codes for it (31)."""
    codes = [row for row in books.records.rows(ReasonCode) if "short" in row.offered_for]
    return [*situation.settings.short_reasons, *(row.code for row in sorted(codes, key=lambda row: row.position))]


def check_short_reason(books: Books, situation: Situation, reason: str) -> None:
    """Refuse no reason, and one that is not for short lines."""
    if not reason:
        raise Refused("missing", what="reason")
    if reason not in short_reasons(books, situation):
        raise Refused("reason_not_here", code=reason)


def earlier_number(books: Books, line: ActivityLine, goods: Goods) -> str:
    """Return the lot (or serial) that is free and expires before these goods, "" where none does (30).

    Only locations with pick_fefo ask.
    """
    location = place_to_pick(books.records, line.location)
    if not location.pick_fefo:
        return ""
    item = item_of(books, line)
    expires = known_date(books, item, line.variant, TrackingRow(goods.lot, goods.serial, goods.package))
    stock = pickables(books, location, [(item, line.variant)], but=line)[item.no, line.variant]
    dated = [(row.expires, row.goods.lot or row.goods.serial) for row in stock.rows if row.expires]
    free = {row.goods.lot or row.goods.serial for row in stock.rows if stock.free(row.bin, row.goods)}
    earlier = [(day, number) for day, number in dated if number in free and (expires is None or day < expires)]
    return min(earlier)[1] if earlier else ""


def _take(books: Books, situation: Situation, line: ActivityLine, qty: Decimal) -> ActivityLine:
    if qty > line.outstanding:
        raise Refused("too_many", qty=line.outstanding)
    item = item_of(books, line)
    in_base_unit(books.records, item, "", qty)
    for kind in needed_numbers(tracking_code(books.records, item), order_of_line(books, line)):
        if not getattr(line, kind):
            raise Refused("missing", what=kind)
    if line.action and not line.bin:
        raise Refused("missing", what="bin")
    free = free_for(books, line, line.bin, goods_of(line))
    if qty > free:
        raise Refused("not_enough", qty=free, short=qty - free)
    reason = "" if line.is_short else line.reason
    return _save(books, situation, replace(line, qty_to_handle=qty, is_short=False, reason=reason))


def _name(books: Books, situation: Situation, line: ActivityLine, command: NameNumber) -> ActivityLine:
    given = _spelled(books, line, TrackingRow(command.lot, command.serial, command.package))
    numbers = {kind: number for kind in KINDS if (number := getattr(given, kind)) not in ("", getattr(line, kind))}
    if not numbers:
        return line
    _refuse_fixed(line, numbers)
    if "lot" in numbers and line.lot:  # another lot has other serials and packages
        numbers = {"serial": "", "package": ""} | numbers
    goods = replace(goods_of(line), **numbers)
    expires = _check_usable(books, situation, line, goods)
    rest = line.outstanding - line.qty_to_handle
    free = min(rest, free_for(books, line, line.bin, goods, taken_part(line)))
    is_swap = any(getattr(line, f"proposed_{kind}") for kind in numbers)
    if not free or (is_swap and free < rest):
        raise Refused("not_enough", qty=free, lot=goods.lot or goods.serial or goods.package)
    reason = _reason_to_keep(books, situation, line, goods, command.reason)
    if line.qty_to_handle:
        _, line = split_off(books, line, rest)
    line = replace(line, lot=goods.lot, serial=goods.serial, package=goods.package, expires=expires, reason=reason)
    books.records.save(line)
    if free < rest:
        line, left = split_off(books, line, rest - free)
        books.records.save(unanswered(books, left))
    return line


def _refuse_fixed(line: ActivityLine, numbers: dict[str, str]) -> None:
    """Refuse another number than the order or a specific reservation names (9, 30)."""
    for kind, number in numbers.items():
        wanted = getattr(line, f"proposed_{kind}")
        if wanted and line.is_number_fixed:
            raise Refused("lot_named_by_order", lot=wanted, scanned=number)


def _check_usable(books: Books, situation: Situation, line: ActivityLine, goods: Goods) -> date | None:
    """Refuse numbers that no pick may take from the line's bin; return the date they expire."""
    item = item_of(books, line)
    tracking = tracking_code(books.records, item)
    for kind in KINDS:
        if getattr(goods, kind) and not is_used(tracking, kind):
            raise Refused("not_tracked", item=item.no)
    if line.action and not line.bin:
        raise Refused("missing", what="bin")
    if not free_beside(books, place_to_pick(books.records, line.location), line.bin, goods, ()):
        number = goods.serial or goods.lot or goods.package
        raise Refused("not_here", number=number, bin=line.bin or line.location)
    refuse_blocked_number(books.records, goods)
    numbers = TrackingRow(goods.lot, goods.serial, goods.package)
    expires = known_date(books, item, line.variant, numbers)
    entry_type = entry_type_of(order_of_line(books, line))
    check_not_expired(replace(numbers, expires=expires), tracking, entry_type, situation.work_date)
    return expires


def _reason_to_keep(books: Books, situation: Situation, line: ActivityLine, goods: Goods, reason: str) -> str:
    """Ask before a later expiry goes first, then for a reason (30); return the reason the line has from then on."""
    earlier = earlier_number(books, line, goods)
    if not earlier:
        return line.reason
    if "expiry_ask" not in situation.confirmed:
        raise NeedsConfirm("expiry_ask", lot=earlier, new=goods.lot or goods.serial)
    check_short_reason(books, situation, reason)
    return reason


def _short_pieces(
    books: Books, situation: Situation, line: ActivityLine, pieces: list[ActivityLine], command: ShortLine
) -> ActivityLine:
    open_pieces = [piece for piece in pieces if not piece.qty_to_handle]
    short = len(pieces) - int(command.qty)
    if not 0 <= short <= len(open_pieces):
        raise Refused("bad_qty", max=Decimal(len(pieces)))
    for piece in open_pieces[len(open_pieces) - short :]:
        line = _save(books, situation, replace(piece, is_short=True, reason=command.reason))
    return line


def _save(books: Books, situation: Situation, line: ActivityLine) -> ActivityLine:
    line = replace(line, handled_by=situation.operator.code, handled_at=situation.now)
    books.records.save(line)
    return line


def _spelled(books: Books, line: ActivityLine, numbers: TrackingRow) -> TrackingRow:
    return as_first_received(books, item_of(books, line), line.variant, numbers)
