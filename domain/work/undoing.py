"""Undo: what a posting did is taken back by counter-entries, as a whole and once (ledger.md LED-34..38, decision 60).

Not here: what counter-entries may do and what they cost (posting/), asking about the last posting (tui/jobs/undo.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, TypeAlias

from domain.books import Books
from domain.errors import Refused
from domain.items.card import ItemUnit
from domain.ledger.books import PostedRegister
from domain.ledger.entries import Application, BinEntry, ItemEntry
from domain.orders.taking_back import document_of, lines_of_document, take_back
from domain.people.rights import require_right
from domain.places.lying import NOWHERE
from domain.posting import BinShare, JournalLine, Movement, Origin, Reclassification, TrackingRow, post
from domain.posting.posted import Posted, once
from domain.records import Records
from domain.site import Location
from domain.situation import Situation
from domain.values import ONE, quantity
from domain.work.activities import Activity
from domain.work.frozen import ask_frozen
from domain.work.moving import refuse_held_together
from domain.work.picking import lines_of
from domain.work.stock_changes import EntryInBins, StockChange, changes_of, entries_of
from domain.work.stock_here import Goods, Portion

REASON = "UNDO"
SOURCE = "undo"
_WHY = dict.fromkeys(("not_enough", "not_in_stock", "entry_used", "entry_fixed"), "gone") | dict.fromkeys(
    ("reserved", "reserved_ask"), "reserved"
)
"""What posting refuses or asks of the counter-entries, as it is said of an undo; the rest is told as it is."""

CounterLine: TypeAlias = JournalLine | Movement | Reclassification


@dataclass(frozen=True, slots=True)
class Undone:
    """A posting that was taken back, and the one that did it."""

    KEY: ClassVar[tuple[str, ...]] = ("register",)
    AUDITED: ClassVar[bool] = True

    register: int
    undone_by: int


@dataclass(frozen=True, slots=True)
class UndoPosting:
    """Take back all that a register posted; at the desk also one line of a shipment or receipt."""

    register: int
    order_line: int = 0
    """Only what was posted for that line of the order; 0 is everything."""
    posting_date: date | None = None
    """None is the work date. A receipt or shipment keeps its own (LED-34)."""


def undo_posting(books: Books, situation: Situation, command: UndoPosting) -> Posted:
    """Post the opposite of a posting (LED-38): right `undo` for one's own of the work date, else `undo_any`.

    Raises Refused for what posting refuses of the counter-entries, and:
        Refused("undone_before"), Refused("invoiced").
        Refused("cannot_undo"): it is an undo, or changed no stock; what it brought is used, moved or reserved; a pick
            of what it shipped is open (LED-37).
    """
    undone = books.ledger.posted(command.register)
    changes = changes_of(books, undone.id)
    _require_right(situation, undone, changes)

    def work() -> Posted:
        _refuse_undone(books, undone)
        _refuse_on_picks(books.records, undone.id)
        entries = [one for one in entries_of(books, undone.id) if command.order_line in (0, one.entry.order_line)]
        lines = _counter_lines(books, undone, entries, command.posting_date)
        _ask_frozen(books, situation, changes)
        try:
            _refuse_held(books, lines)
            posting = post(books, situation, lines, source=SOURCE)
        except Refused as refused:
            if refused.code not in _WHY:
                raise
            held_by = {name: fact for name, fact in refused.facts.items() if name == "document"}
            raise Refused("cannot_undo", why=_WHY[refused.code], **held_by) from refused
        if document_of(books.records, undone.id):  # of a document all lines are journal lines, with an entry each
            taken = [line.applies_to or line.applies_from for line in lines if isinstance(line, JournalLine)]
            corrections = dict(zip(taken, posting.entries, strict=True))
            take_back(books, undone.id, corrections, order_line=command.order_line)
        if not command.order_line:
            books.records.save(Undone(undone.id, posting.register), REASON)
        return Posted(posting.register, undone.document, posting.entries)

    return once(books, situation, "undo_posting", SOURCE, work)


def undo_offered(books: Books, situation: Situation, register: int) -> list[StockChange]:
    """Return what an undo would take back; nothing where it is not offered to this operator, or can be no more."""
    posted, changes = books.ledger.posted(register), changes_of(books, register)
    try:
        _require_right(situation, posted, changes)
        _refuse_undone(books, posted)
    except Refused:
        return []
    return [change for change in changes if change.qty]


def _refuse_undone(books: Books, posted: PostedRegister) -> None:
    """Refuse what is undone already, and what is an undo itself: the job is done again (decision 60)."""
    if books.records.one(Undone, posted.id) is not None:
        raise Refused("undone_before")
    if posted.source == SOURCE:
        raise Refused("cannot_undo", why="undo")


def _require_right(situation: Situation, posted: PostedRegister, changes: Sequence[StockChange]) -> None:
    """Require what an undo needs, wherever it was posted: `undo` for one's own of the work date (decision 41)."""
    is_own = posted.operator == situation.operator.code
    is_of_today = situation.local(posted.posted_at).date() == situation.work_date
    right = "undo" if is_own and is_of_today and "undo_any" not in situation.rights else "undo_any"
    for location in {change.location for change in changes} or {""}:
        require_right(situation, right, location)


def _ask_frozen(books: Books, situation: Situation, changes: Sequence[StockChange]) -> None:
    bins: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        bins[change.location].append(change.bin)
    for location, of_location in bins.items():
        ask_frozen(books, situation, location, dict.fromkeys(of_location))


def _refuse_held(books: Books, lines: Sequence[CounterLine]) -> None:
    """Refuse to take back what open picks hold (bins.md 22)."""
    wanted: dict[str, list[Portion]] = defaultdict(list)
    for line in lines:
        wanted[line.location] += _portions(line)
    for code, portions in wanted.items():
        refuse_held_together(books, books.records.one(Location, code) or NOWHERE, portions)


def _portions(line: CounterLine) -> Iterator[Portion]:
    """Yield what a counter-line takes out of which bin; one that brings goods back takes none."""
    if isinstance(line, Movement):
        goods = Goods(line.item, line.variant, line.lot, line.serial, line.package)
        yield Portion(line.from_bin, goods, line.qty, line.uom)
        return
    if isinstance(line, JournalLine) and line.applies_from:
        return
    row = line.tracking[0]
    goods = Goods(line.item, line.variant, row.lot, row.serial, row.package)
    if isinstance(line, JournalLine) and line.bins:
        for share in line.bins:
            yield Portion(share.bin, goods, share.qty_base)
    else:
        yield Portion(line.bin, goods, abs(line.qty), line.uom)


def _refuse_on_picks(records: Records, register: int) -> None:
    """Refuse to give quantities back to an order line of which a pick is open (LED-37)."""
    document = document_of(records, register)
    if document is None:
        return
    given_back = {line.order_line for line in lines_of_document(records, document.no)}
    for pick in records.rows(Activity, order=document.order):
        if any(line.order_line in given_back for line in lines_of(records, pick.no)):
            raise Refused("cannot_undo", document=pick.no)


def _counter_lines(
    books: Books, undone: PostedRegister, entries: Sequence[EntryInBins], posting_date: date | None
) -> list[CounterLine]:
    """Return the opposite of a posting, its last entry first: a serial leaves where it came last before it is back.

    Raises Refused("cannot_undo") where there is nothing to take back.
    """
    lines: list[CounterLine] = [
        _opposite(books.records, one, undone.document, posting_date)
        for one in entries
        if one.entry.entry_type != "transfer"
    ]
    lines += _pairs_back(books, undone, entries, posting_date)
    lines += _moves_back(books, undone, posting_date)
    if not lines:
        raise Refused("cannot_undo", why="nothing")
    return lines[::-1]


def _opposite(records: Records, posted: EntryInBins, document: str, posting_date: date | None) -> JournalLine:
    """Return the counter-line of an entry: fixed to an increase, at the cost of a decrease (LED-35).

    A receipt or shipment keeps its date and document (LED-34); an adjustment names the posting.
    """
    entry = posted.entry
    is_increase = entry.qty > 0
    qty, uom = _in_unit(records, entry)
    told = JournalLine(
        entry_type="negative_adj" if is_increase else "positive_adj",
        item=entry.item,
        qty=abs(qty),
        location=entry.location,
        variant=entry.variant,
        uom=uom,
        tracking=(_numbers(entry),),
        posting_date=posting_date,
        reason=REASON,
        document_no=entry.document_no or document,
        origin=_origin(entry),
        bins=tuple(BinShare(row.bin, abs(row.qty_base)) for row in posted.bins),
        applies_to=entry.id if is_increase else 0,
        applies_from=0 if is_increase else entry.id,
        is_correction=True,
    )
    if entry.entry_type in ("purchase", "sale"):  # typed below zero, a line of theirs goes the other way
        sign = ONE if entry.entry_type == "sale" else -ONE
        told = replace(told, entry_type=entry.entry_type, qty=sign * qty, posting_date=entry.posting_date)
    return told


def _pairs_back(
    books: Books, undone: PostedRegister, entries: Sequence[EntryInBins], posting_date: date | None
) -> Iterator[Reclassification]:
    """Yield the reverse of each pair, fixed to what came in (LED-38); what came in names its out-entry (LED-10)."""
    by_entry = {posted.entry.id: posted for posted in entries if posted.entry.entry_type == "transfer"}
    for row in books.ledger.rows_of(undone.id, Application):
        if row.item_entry != row.inbound_entry or row.outbound_entry not in by_entry:
            continue
        came, went = by_entry[row.inbound_entry], by_entry[row.outbound_entry]
        qty, uom = _in_unit(books.records, came.entry)
        yield Reclassification(
            item=came.entry.item,
            qty=qty,
            location=came.entry.location,
            new_location=went.entry.location,
            bin=came.bins[0].bin if came.bins else "",
            new_bin=went.bins[0].bin if went.bins else "",
            variant=came.entry.variant,
            uom=uom,
            tracking=(_numbers(came.entry),),
            new_tracking=(_numbers(went.entry),),
            posting_date=posting_date,
            reason=REASON,
            document_no=undone.document,
            applies_to=came.entry.id,
            is_correction=True,
        )


def _moves_back(books: Books, undone: PostedRegister, posting_date: date | None) -> Iterator[Movement]:
    """Yield the reverse of each movement: its two bin entries stand side by side, out of a bin first."""
    rows = [row for row in books.ledger.rows_of(undone.id, BinEntry) if row.entry_type == "movement"]
    for went, came in zip(rows[::2], rows[1::2], strict=True):
        yield Movement(
            item=came.item,
            qty=came.qty_base,
            location=came.location,
            from_bin=came.bin,
            to_bin=went.bin,
            variant=came.variant,
            lot=came.lot,
            serial=came.serial,
            package=came.package,
            posting_date=posting_date,
            reason=REASON,
            document_no=undone.document,
        )


def _in_unit(records: Records, entry: ItemEntry) -> tuple[Decimal, str]:
    """Return an entry's quantity in the unit it was typed in, in the base unit where that gives another one by now."""
    unit = records.one(ItemUnit, entry.item, entry.uom)
    qty = quantity(entry.qty / entry.qty_per_unit)
    is_same = unit is not None and unit.qty_per_unit == entry.qty_per_unit and qty * entry.qty_per_unit == entry.qty
    return (qty, entry.uom) if is_same else (entry.qty, "")


def _numbers(entry: ItemEntry) -> TrackingRow:
    return TrackingRow(entry.lot, entry.serial, entry.package, entry.expires, entry.warranty_until)


def _origin(entry: ItemEntry) -> Origin:
    return Origin(**{field.name: getattr(entry, field.name) for field in fields(Origin)})
