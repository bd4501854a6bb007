"""Goods taken out of a place: in which bin they lie, which of several numbers is meant, how much of them is free.

What a scan names is goods.py; the quantity prompt is quantity.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.errors import Refused
from domain.scanning.resolver import Choices, Found
from domain.site import TrackingCode
from domain.tracking.numbers import in_bins, told_apart, tracking_code
from domain.work.held import free_to_take, refuse_held
from domain.work.moving import bins_with, refuse_held_together, refuse_source
from domain.work.stock_here import Goods, Portion, portions_at, portions_here, quantity_here
from tui.jobs.goods import NUMBERS, Line, item_of, location_of, with_item, with_number, with_variant
from tui.jobs.job import Ambiguous
from tui.jobs.quantity import Quantity, answered_quantity

if TYPE_CHECKING:
    from tui.jobs.job import Do, Given


def from_bin(do: Do, bin: str) -> Line:
    """Return the line of a bin that goods may be taken from."""
    do.ask(refuse_source, location_of(do), bin)
    return Line(at_bins=True, bin=bin)


def taken(line: Line, do: Do, found: Found, needs: Callable[[TrackingCode, str], bool] = in_bins) -> Line:
    """Return the line with goods found: in its bin, or where it has none in the one they lie in (floor-flows.md 3a).

    A line that is not at bins means goods wherever they lie here. `needs` says which numbers tell them apart.

    Raises Refused("not_here"), Ambiguous where they lie in several bins.
    """
    found = with_variant(do, found)
    if line.at_bins and not line.bin:
        line = from_bin(do, found.bin or _bin_of(found, do))
    line = with_item(line, do, found, needs)
    _meant(line, do)
    return line


def taken_number(line: Line, do: Do, given: Given, kind: str) -> Line:
    """Answer the prompt for a number of goods that lie here. Raises Refused("not_here")."""
    line = with_number(line, do, given, kind)
    _meant(line, do)
    return line


def narrowed(line: Line, do: Do) -> Line:
    """Return the line with the numbers that are not to be asked: of these only one may be meant here."""
    meant = _meant(line, do)
    open_kinds = [kind for kind in line.needs if kind in line.single or not getattr(line, kind)]
    single = [kind for kind in open_kinds if len({getattr(one, kind) for one in meant}) == 1]
    return replace(line, single=tuple(single), **{kind: getattr(meant[0], kind) for kind in single})


def free_of(line: Line, do: Do) -> Decimal:
    """Return what of the line's goods may be taken, in base units (bins.md 22)."""
    return do.ask(free_to_take, location_of(do), line.bin, line.goods)


def offered(line: Line, do: Do, counted: Decimal) -> Decimal:
    """Return what Enter takes at the quantity prompt: the pieces scanned, else what the label said, else all free."""
    return counted or line.proposed or free_of(line, do)


def quantity_taken(line: Line, do: Do, given: Given, counted: Decimal) -> Quantity:
    """Answer the quantity prompt; once all that is free is scanned the line is full (floor-flows.md 7)."""
    answer = answered_quantity(do, given, line, counted=counted)
    return replace(answer, is_scan=answer.is_scan and answer.qty < free_of(line, do))


def refuse_quantity(line: Line, do: Do, qty: Decimal, uom: str) -> None:
    """Refuse 0, and more than is free to take (bins.md 22)."""
    if not qty:
        raise Refused("bad_qty", max=free_of(line, do))
    do.ask(refuse_held_together, location_of(do), [Portion(line.bin, line.goods, qty, uom)])


def refuse_all_held(line: Line, do: Do) -> None:
    """Refuse goods of which open picks leave nothing."""
    if not free_of(line, do):
        location = location_of(do)
        here = do.ask(quantity_here, location, line.bin, line.goods)
        do.ask(refuse_held, location, line.bin, line.goods, here)


def _meant(line: Line, do: Do) -> list[Goods]:
    """Return the goods of the line's bin, else of the location, that have the numbers which are answered.

    Raises Refused("not_here") where there are none.
    """
    location, item = location_of(do), item_of(line, do)
    if line.bin:
        portions = do.ask(portions_here, location, line.bin, item, line.variant)
    else:
        portions = do.ask(portions_at, location, item, line.variant)
    told = {kind: number for kind in line.needs if (number := getattr(line, kind))}
    meant = [one.goods for one in portions if all(getattr(one.goods, kind) == number for kind, number in told.items())]
    if not meant:
        number = line.serial or line.lot or line.package or line.item
        raise Refused("not_here", number=number, bin=line.bin or location.code)
    return meant


def _bin_of(found: Found, do: Do) -> str:
    """Return the bin in which goods lie; of several the operator chooses."""
    location = location_of(do)
    item = item_of(Line(item=found.item, variant=found.variant), do)
    told = found.label.naming(found.kind, found.number) if found.kind in NUMBERS else found.label
    goods = Goods(item.no, found.variant, told.lot, told.serial, told.package)
    bins = do.ask(bins_with, location, told_apart(tracking_code(do.books.records, item), goods))
    if not bins:
        raise Refused("not_here", number=found.number or found.item, bin=location.code)
    if len(bins) > 1:
        raise Ambiguous(Choices(tuple(replace(found, bin=bin, is_variant_chosen=True) for bin in bins)))
    return bins[0]
