"""What a reclassification may change, and the two halves it is made of (reclassifying.md).

Rights and the questions of the job are the caller's (work/). Dates of lots are numbers.py, what is drawn is stock.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.posting.checks import check_line
from domain.posting.line import JournalLine, Movement, Part, Reclassification
from domain.posting.numbers import NumbersOnTheWay
from domain.records import Records
from domain.site import Location
from domain.situation import Situation
from domain.tracking.numbers import KINDS, TRANSFER, TrackingRow, date_after, is_needed, known_date, tracking_code
from domain.values import fold


def movements_of(books: Books, line: Reclassification) -> list[Movement]:
    """Return the movements of a reclassification that changes the bin alone, none of one that changes more (6).

    Raises Refused("nothing_changes") where it changes nothing (1).
    """
    item = books.records.one(Item, line.item)
    if item is None or line.location != line.new_location:
        return []
    if any(_is_changed(books, item, line.variant, row, new) for row, new in _rows(line)):
        return []
    if line.bin == line.new_bin:
        raise Refused("nothing_changes")
    return [
        Movement(
            item=line.item,
            qty=line.qty if row.qty_base is None else row.qty_base,
            location=line.location,
            from_bin=line.bin,
            to_bin=line.new_bin,
            variant=line.variant,
            uom=line.uom if row.qty_base is None else "",
            lot=row.lot,
            serial=row.serial,
            package=row.package,
            posting_date=line.posting_date,
            reason=line.reason,
            document_no=line.document_no,
            origin=line.origin,
        )
        for row, _ in _rows(line)
    ]


def reclassified(books: Books, situation: Situation, line: Reclassification, numbers: NumbersOnTheWay) -> list[Part]:
    """Return the halves of a reclassification, each that goes out before the one that comes in for it."""
    if line.qty <= 0:
        raise Refused("missing", what="qty")
    _check_places(books.records, line)
    rows = _rows(line)
    old = _half(line, line.location, line.bin, [row for row, _ in rows], -line.qty)
    went = check_line(books, situation, replace(old, applies_to=line.applies_to), numbers)
    item, variant = went[0].item, line.variant
    is_same_place = (line.location, line.bin) == (line.new_location, line.new_bin)
    if is_same_place and not all(_is_changed(books, item, variant, row, new) for row, new in rows):
        raise Refused("nothing_changes")
    given = [
        replace(new, qty_base=row.qty_base, expires=numbers.date_after(out, row, new))
        for (row, new), out in zip(rows, went, strict=True)
    ]
    if any(is_needed(went[0].tracking, "lot", TRANSFER, increase=True) and not row.lot for row in given):
        raise Refused("missing", what="new")  # 10
    came = check_line(books, situation, _half(line, line.new_location, line.new_bin, given, line.qty), numbers)
    pairs = list(zip(went, came, strict=True))
    if len({(_numbers(out), _numbers(part)) for out, part in pairs}) < len(pairs):
        raise Refused("duplicate")  # 9
    return [half for pair in pairs for half in pair]


def _check_places(records: Records, line: Reclassification) -> None:
    """Refuse another location where one of the two is directed (3)."""
    for code in (line.location, line.new_location):
        location = records.one(Location, code) if line.location != line.new_location else None
        if location is not None and location.directed:
            raise Refused("use_warehouse", location=code, what="transfer order")


def _rows(line: Reclassification) -> list[tuple[TrackingRow, TrackingRow]]:
    """Return each tracking row with what it becomes."""
    rows = line.tracking or (TrackingRow(),)
    return list(zip(rows, line.new_tracking or rows, strict=True))


def _is_changed(books: Books, item: Item, variant: str, row: TrackingRow, new: TrackingRow) -> bool:
    """Say whether a number changes (a case of letters is no change, decision 4) or a date."""
    if any(fold(getattr(row, kind)) != fold(getattr(new, kind)) for kind in KINDS):
        return True
    own = known_date(books, item, variant, row)
    return tracking_code(books.records, item).use_expiration and date_after(row, new, own) != own


def _half(line: Reclassification, location: str, bin: str, rows: Sequence[TrackingRow], qty: Decimal) -> JournalLine:
    return JournalLine(
        entry_type=TRANSFER,
        item=line.item,
        qty=qty,
        location=location,
        bin=bin,
        variant=line.variant,
        uom=line.uom,
        tracking=tuple(rows),
        posting_date=line.posting_date,
        reason=line.reason,
        document_no=line.document_no,
        origin=line.origin,
        is_correction=line.is_correction,
    )


def _numbers(part: Part) -> TrackingRow:
    return replace(part.numbers, qty_base=None)
