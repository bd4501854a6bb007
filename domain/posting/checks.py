"""What can be judged of each line before stock is: item, place, date, value.

Numbers: numbers.py; stock: stock.py. Lines of two sides, as movements are: pairs.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.costing.valuing import line_value, purchase_variance, shares
from domain.dates import bound_of
from domain.errors import Refused
from domain.items.card import Item, ItemUnit
from domain.items.moving import Moved, in_base_unit, item_to_move, refuse_blocked_for
from domain.places.lying import bin_of, check_block, check_class, stock_location
from domain.posting.line import JournalLine, Part
from domain.posting.named import with_named
from domain.posting.numbers import NumbersOnTheWay
from domain.records import Records
from domain.site import Bin, BinContent, Location, Settings
from domain.situation import Situation
from domain.tracking.numbers import TRANSFER, TrackingRow, tracking_code
from domain.values import ONE, ZERO

DECREASES = ("negative_adj", "sale")
"""Entry types whose quantities are typed without the sign of the entry (adjusting.md 1)."""
TRADES = {"sale": "sales", "purchase": "purchases"}
"""What an item may be blocked for; a negative quantity is a return, which it is not blocked for (ITM-52)."""


def posting_date_allowed(situation: Situation, posting_date: date) -> date:
    """Return the date when the posting window allows it; the operator's own bounds replace the company's (PER-02).

    Raises Refused("date_outside").
    """
    own = (situation.operator.allow_posting_from, situation.operator.allow_posting_to)
    company = (situation.settings.allow_posting_from, situation.settings.allow_posting_to)
    first, last = own if any(own) else company
    too_early = first and posting_date < bound_of(first, situation.work_date)
    too_late = last and posting_date > bound_of(last, situation.work_date)
    if too_early or too_late:
        raise Refused("date_outside", date=posting_date)
    return posting_date


def read_ahead(records: Records, lines: Sequence[JournalLine]) -> None:
    """Read what all lines name with a few statements."""
    records.read_ahead(Item, ((line.item,) for line in lines))
    found = [(line, item) for line in lines if (item := records.one(Item, line.item))]
    records.read_ahead(ItemUnit, ((item.no, item.base_uom) for _, item in found))
    places = [
        (line, item, bin) for line, item in found for bin in [share.bin for share in line.bins] or [line.bin] if bin
    ]
    records.read_ahead(Bin, ((line.location, bin) for line, _, bin in places))
    keys = ((line.location, bin, item.no, line.variant, item.base_uom) for line, item, bin in places)
    records.read_ahead(BinContent, keys)


def check_line(books: Books, situation: Situation, line: JournalLine, numbers: NumbersOnTheWay) -> list[Part]:
    """Turn one line into its parts; `numbers` knows those of the lines before it."""
    records, settings = books.records, situation.settings
    item = item_to_move(records, settings, line.item, line.variant)
    if line.entry_type in TRADES and line.qty > 0 and not line.is_correction:
        refuse_blocked_for(records, item, line.variant, TRADES[line.entry_type])
    if not line.location and settings.location_mandatory:
        raise Refused("missing", what="location")
    location = stock_location(records, line.location, when_directed="warehouse journal")
    bins = _bins_of(records, location, line)
    posting_date = posting_date_allowed(situation, line.posting_date or situation.work_date)
    tracking = tracking_code(records, item)
    if not line.qty and line.counted is None:
        raise Refused("missing", what="qty")
    if min(line.unit_cost or ZERO, line.amount or ZERO) < 0:
        raise Refused("cost_below_zero", item=item.no)
    moved = in_base_unit(records, item, line.uom, -line.qty if line.entry_type in DECREASES else line.qty)
    rows = [numbers.spelled(item, line.variant, row) for row in line.tracking or (TrackingRow(),)]
    if line.entry_type != TRANSFER and len({(row.lot, row.serial, row.package) for row in rows}) < len(rows):
        raise Refused("duplicate")  # tracking.md 9
    whole = line_value(
        item,
        settings,
        qty=moved.qty,
        qty_base=moved.qty_base,
        cost_of_unit=line.unit_cost,
        cost_of_line=line.amount,
    )
    variance = _variance(item, settings, line, moved, whole)
    moves = _split(records, item, moved, rows)
    qtys = [part.qty_base for part in moves]
    values = shares(whole, qtys, settings.amount_rounding)
    paid = shares(whole - variance, qtys, settings.amount_rounding) if variance else values
    parts = []
    for row, part_moved, value, direct in zip(rows, moves, values, paid, strict=True):
        in_bins = _shared(bins, part_moved.qty_base)
        part = Part(line, item, tracking, location, in_bins, part_moved, row, value, posting_date, value - direct)
        parts.append(with_named(books, settings, numbers.checked(part)) if part_moved.qty_base else part)
    _check_bins(records, parts[0])
    return parts


def _variance(item: Item, settings: Settings, line: JournalLine, moved: Moved, value: Decimal) -> Decimal:
    """Return the variance of a purchase that is invoiced at once; only Standard has one (LED-07)."""
    if line.entry_type != "purchase" or item.costing != "standard" or not line.is_invoiced or moved.qty_base <= 0:
        return ZERO
    return purchase_variance(
        item, settings, value, qty=moved.qty, cost_of_unit=line.unit_cost, cost_of_line=line.amount
    )


def _bins_of(records: Records, location: Location, line: JournalLine) -> list[tuple[Bin, Decimal | None]]:
    """Return the bins of a line, each with its share; None is all of it."""
    if not line.bins:
        bin = bin_of(records, location, line.bin)
        return [(bin, None)] if bin else []
    found = [(bin_of(records, location, share.bin), share.qty_base) for share in line.bins]
    return [(bin, share) for bin, share in found if bin]


def _shared(bins: Sequence[tuple[Bin, Decimal | None]], qty_base: Decimal) -> tuple[tuple[Bin, Decimal], ...]:
    """Return what of a signed quantity goes with which bin (decision 57)."""
    told = [(bin, qty_base if share is None else share.copy_sign(qty_base)) for bin, share in bins]
    if told and (total := sum((share for _, share in told), ZERO)) != qty_base:
        raise Refused("total_differs", qty=abs(qty_base), total=abs(total))
    return tuple(told)


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


def _check_bins(records: Records, part: Part) -> None:
    """Check what the bins allow, whatever lies in them (bins.md 16, 19)."""
    if not part.moved.qty_base:
        return
    counted = part.line.counted
    is_listed = counted is not None and counted.is_listed and part.is_increase
    for bin, _ in part.bins:
        if not is_listed:
            check_block(bin, content_of(records, part, bin), increase=part.is_increase)
        if part.is_increase:
            check_class(part.location, bin, part.item.warehouse_class)


def content_of(records: Records, part: Part, bin: Bin) -> BinContent | None:
    """Return the policy of a bin for the part's item, if it has one."""
    return records.one(BinContent, part.location.code, bin.code, part.item.no, part.line.variant, part.item.base_uom)
