"""Changing what stock is called or where it is, without gain or loss (reclassifying.md): the commands.

What may become what, and how it is written, is the door's (posting/reclassifying.py). Not here: directed locations,
moves of a person who carries goods (moving.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import NeedsConfirm, Refused
from domain.items.card import Item
from domain.ledger.entries import shown
from domain.people.rights import require_right
from domain.places.lying import NOWHERE
from domain.posting import JournalLine, Reclassification, TrackingRow, post, refuse_unpostable
from domain.posting.posted import Posted, once
from domain.site import Location
from domain.situation import Situation
from domain.tracking.numbers import known_date
from domain.work.adjusting import checked_reason, reasons_for
from domain.work.frozen import ask_frozen
from domain.work.moving import refuse_held_together
from domain.work.stock_here import Goods, Portion, portions_at

JOB = "reclassify"


@dataclass(frozen=True, slots=True)
class PostReclassification:
    """Lines that are posted together; their rows carry the dates the goods have and are to have."""

    lines: tuple[Reclassification, ...]


@dataclass(frozen=True, slots=True)
class ChangeVariant:
    """Goods that become another variant of their item."""

    item: str
    variant: str
    new_variant: str
    qty: Decimal
    """In `uom`, above 0."""
    location: str
    bin: str = ""
    uom: str = ""
    tracking: tuple[TrackingRow, ...] = ()
    reason: str = ""
    posting_date: date | None = None


def post_reclassification(books: Books, situation: Situation, command: PostReclassification) -> Posted:
    """Post all lines or none (right `reclassify`); a change of the bin alone writes bin entries only (decision 38).

    Raises Refused for what the rules of posting refuse, and:
        Refused("missing"): no reason where the site has some for this (reclassifying.md 20).
        Refused("not_enough"): more than lies there, or than open picks leave (bins.md 22).
        NeedsConfirm("bin_in_count"): an open count holds one of the bins (counting.md 38).
    """
    _require_right(situation, command)

    def work() -> Posted:
        _refuse_held(books, command)
        for line in command.lines:
            _check_reason(books, line.reason)
            ask_frozen(books, situation, line.location, [line.bin])
            ask_frozen(books, situation, line.new_location, [line.new_bin])
        posting = post(books, situation, command.lines, source=JOB)
        return Posted(posting.register, shown(posting.register), posting.entries)

    return once(books, situation, "post_reclassification", JOB, work)


def check_reclassification(books: Books, situation: Situation, command: PostReclassification) -> None:
    """Refuse what posting would refuse, before a reason is asked; what it would ask waits (right `reclassify`)."""
    _require_right(situation, command)
    _refuse_held(books, command)
    with suppress(NeedsConfirm):
        refuse_unpostable(books, situation, command.lines)


def change_variant(books: Books, situation: Situation, command: ChangeVariant) -> Posted:
    """Post goods out of one variant and at equal cost into another, both or none (reclassifying.md 8, decision 6).

    Right `reclassify`. Raises Refused("nothing_changes"), and as `post_reclassification`.
    """
    require_right(situation, JOB, command.location)

    def work() -> Posted:
        lines = _variant_lines(books, command)
        _check_reason(books, command.reason)
        ask_frozen(books, situation, command.location, [command.bin])
        posting = post(books, situation, lines, source=JOB)
        return Posted(posting.register, shown(posting.register), posting.entries)

    return once(books, situation, "change_variant", JOB, work)


def check_variant_change(books: Books, situation: Situation, command: ChangeVariant) -> None:
    """Refuse what `change_variant` would refuse, before a reason is asked (right `reclassify`)."""
    require_right(situation, JOB, command.location)
    lines = _variant_lines(books, command)
    with suppress(NeedsConfirm):
        refuse_unpostable(books, situation, lines)


def redated(books: Books, location: Location, goods: Goods, expires: date | None) -> tuple[Reclassification, ...]:
    """Return the lines that give all of a lot, or a serial, at a location another date, bin by bin (12a)."""
    item = books.records.one(Item, goods.item)
    portions = portions_at(books, location, item, goods.variant) if item else ()
    return tuple(
        Reclassification(
            item=goods.item,
            qty=portion.qty,
            location=location.code,
            new_location=location.code,
            bin=portion.bin,
            new_bin=portion.bin,
            variant=goods.variant,
            tracking=(row,),
            new_tracking=(replace(row, expires=expires),),
        )
        for portion in portions
        if (row := dated(books, portion.goods)).lot == goods.lot and (goods.lot or row.serial == goods.serial)
    )


def dated(books: Books, goods: Goods) -> TrackingRow:
    """Return the numbers of goods with the date they have."""
    row = TrackingRow(goods.lot, goods.serial, goods.package)
    item = books.records.one(Item, goods.item)
    return replace(row, expires=known_date(books, item, goods.variant, row)) if item else row


def date_by_default(books: Books, goods: Goods, renamed: Goods) -> date | None:
    """Return the date goods have under their new number: that number's if it is in stock, else their own."""
    is_there = renamed.lot and books.stock.on_hand(renamed.item, renamed.variant, lot=renamed.lot)
    return dated(books, renamed if is_there else goods).expires


def _require_right(situation: Situation, command: PostReclassification) -> None:
    for line in command.lines:
        require_right(situation, JOB, line.location)  # the new location may be another's (reclassifying.md 4)


def _check_reason(books: Books, code: str) -> None:
    """Refuse a reason that is not for this, and none where the site has some that are (reclassifying.md 20)."""
    if code or reasons_for(books, JOB):
        checked_reason(books, code, JOB)


def _refuse_held(books: Books, command: PostReclassification) -> None:
    """Refuse goods that are not here or that open picks hold."""
    for line in command.lines:
        location = books.records.one(Location, line.location) or NOWHERE
        refuse_held_together(books, location, list(_portions(line)))


def _variant_lines(books: Books, command: ChangeVariant) -> list[JournalLine]:
    """Return the decrease of the one variant and the increase of the other; both cost what the card says."""
    if command.new_variant == command.variant:
        raise Refused("nothing_changes")
    goods = Goods(command.item, command.variant)
    out = JournalLine(
        entry_type="negative_adj",
        item=command.item,
        qty=command.qty,
        location=command.location,
        bin=command.bin,
        variant=command.variant,
        uom=command.uom,
        tracking=tuple(
            replace(row, expires=dated(books, replace(goods, lot=row.lot, serial=row.serial)).expires)
            for row in command.tracking
        ),
        posting_date=command.posting_date,
        reason=command.reason,
    )
    location = books.records.one(Location, command.location) or NOWHERE
    refuse_held_together(books, location, list(_portions(out)))
    return [out, replace(out, entry_type="positive_adj", variant=command.new_variant)]


def _portions(line: Reclassification | JournalLine) -> Iterator[Portion]:
    """Yield what the sets of numbers of a line take."""
    for row in line.tracking or (TrackingRow(),):
        goods = Goods(line.item, line.variant, row.lot, row.serial, row.package)
        if row.qty_base is None:
            yield Portion(line.bin, goods, line.qty, line.uom)
        else:
            yield Portion(line.bin, goods, row.qty_base)
