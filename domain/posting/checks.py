"""What can be judged of each line before stock is: item, place, date, value. Numbers: numbers.py; stock: stock.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.books import Books
from domain.costing.valuing import line_value, shares
from domain.dates import formula_date
from domain.errors import Refused
from domain.items.card import Item, ItemUnit
from domain.items.moving import Moved, in_base_unit, item_to_move
from domain.places.lying import bin_of, check_block, check_class, stock_location
from domain.posting.line import JournalLine, Part
from domain.posting.numbers import NumbersOnTheWay
from domain.records import Records
from domain.site import Bin, BinContent
from domain.situation import Situation
from domain.tracking.numbers import TrackingRow, tracking_code
from domain.values import ONE, ZERO


def posting_date_allowed(situation: Situation, posting_date: date) -> date:
    """Return the date when the posting window allows it; the operator's own bounds replace the company's (PER-02).

    Raises Refused("date_outside").
    """
    own = (situation.operator.allow_posting_from, situation.operator.allow_posting_to)
    company = (situation.settings.allow_posting_from, situation.settings.allow_posting_to)
    first, last = own if any(own) else company
    too_early = first and posting_date < _bound(first, situation.work_date)
    too_late = last and posting_date > _bound(last, situation.work_date)
    if too_early or too_late:
        raise Refused("date_outside", date=posting_date)
    return posting_date


def check_lines(books: Books, situation: Situation, lines: Sequence[JournalLine]) -> list[Part]:
    """Turn lines into parts that may be posted as far as they can be judged without stock (adjusting.md 2-4, 9)."""
    if len(lines) > 1:
        _read_ahead(books.records, lines)
    numbers = NumbersOnTheWay(books)
    return [part for line in lines for part in check_line(books, situation, line, numbers)]


def _read_ahead(records: Records, lines: Sequence[JournalLine]) -> None:
    """Read what all lines name with a few statements."""
    records.read_ahead(Item, ((line.item,) for line in lines))
    found = [(line, item) for line in lines if (item := records.one(Item, line.item))]
    records.read_ahead(ItemUnit, ((item.no, item.base_uom) for _, item in found))
    records.read_ahead(Bin, ((line.location, line.bin) for line in lines if line.bin))
    keys = ((line.location, line.bin, item.no, line.variant, item.base_uom) for line, item in found if line.bin)
    records.read_ahead(BinContent, keys)


def check_line(books: Books, situation: Situation, line: JournalLine, numbers: NumbersOnTheWay) -> list[Part]:
    """Turn one line into its parts; `numbers` knows those of the lines before it."""
    records, settings = books.records, situation.settings
    item = item_to_move(records, settings, line.item, line.variant)
    if not line.location and settings.location_mandatory:
        raise Refused("missing", what="location")
    location = stock_location(records, line.location, when_directed="warehouse journal")
    bin = bin_of(records, location, line.bin)
    posting_date = posting_date_allowed(situation, line.posting_date or situation.work_date)
    tracking = tracking_code(records, item)
    if not line.qty and line.counted is None:
        raise Refused("missing", what="qty")
    if min(line.unit_cost or ZERO, line.amount or ZERO) < 0:
        raise Refused("cost_below_zero", item=item.no)
    sign = ONE if line.entry_type == "positive_adj" else -ONE
    moved = in_base_unit(records, item, line.uom, sign * line.qty)
    rows = [numbers.spelled(item, line.variant, row) for row in line.tracking or (TrackingRow(),)]
    if len({(row.lot, row.serial, row.package) for row in rows}) < len(rows):
        raise Refused("duplicate")  # tracking.md 9
    values = line_value(
        item,
        settings,
        qty=moved.qty,
        qty_base=moved.qty_base,
        cost_of_unit=line.unit_cost,
        cost_of_line=line.amount,
    )
    moves = _split(records, item, moved, rows)
    costs = shares(values, [part.qty_base for part in moves], settings.amount_rounding)
    parts = []
    for row, part_moved, value in zip(rows, moves, costs, strict=True):
        part = Part(line, item, tracking, location, bin, part_moved, row, value, posting_date)
        parts.append(numbers.checked(part) if part_moved.qty_base else part)
    _check_bin(records, parts[0])
    return parts


def _split(records: Records, item: Item, moved: Moved, rows: Sequence[TrackingRow]) -> list[Moved]:
    """Share a line's quantity over its tracking rows (adjusting.md 13), none below zero, each as ITM-14 wants it."""
    if len(rows) == 1 and rows[0].qty_base is None:
        return [moved]
    bases = [in_base_unit(records, item, "", row.qty_base or ZERO).qty_base for row in rows]
    total, whole = sum(bases, ZERO), abs(moved.qty_base)
    if min(bases) < 0:
        raise Refused("bad_qty", max=whole)
    if total != whole:
        raise Refused("total_differs", qty=whole, total=total)
    sign = ONE if moved.qty_base >= 0 else -ONE
    return [replace(moved, qty=sign * base / moved.qty_per_unit, qty_base=sign * base) for base in bases]


def _check_bin(records: Records, part: Part) -> None:
    """Check what the bin allows, whatever lies in it (bins.md 16, 19)."""
    if part.bin is None or not part.moved.qty_base:
        return
    counted = part.line.counted
    if not (counted and counted.is_listed and part.is_increase):
        check_block(part.bin, content_of(records, part), increase=part.is_increase)
    if part.is_increase:
        check_class(part.location, part.bin, part.item.warehouse_class)


def content_of(records: Records, part: Part) -> BinContent | None:
    """Return the policy of the part's bin for its item, if the bin has one."""
    return records.one(
        BinContent, part.location.code, part.line.bin, part.item.no, part.line.variant, part.item.base_uom
    )


def _bound(text: str, work_date: date) -> date:
    """Return a bound of the posting window: a fixed date, or a formula counted from the work date (PER-02)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return formula_date(text, work_date)
