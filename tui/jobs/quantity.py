"""The quantity prompt: digits, a unit, or scans that count (floor-flows.md 7; the same in every job)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import Refused
from domain.items.moving import in_base_unit, pack
from domain.scanning.label import label_of, named
from domain.values import ONE, ZERO, code, decimal_from, fold
from tui.jobs.goods import Line, expected, item_of, refuse_contradiction
from tui.jobs.job import Do, Given

TYPED = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?: ?(?P<unit>[A-Za-z][A-Za-z0-9]{0,9}))?", re.ASCII)
BARCODE_DIGITS = 8
DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity answered: typed (replaces), or what one more scan makes of the count so far."""

    qty: Decimal
    """In `uom` when typed, in base units when scanned."""
    uom: str
    is_scan: bool = False


def answered_quantity(do: Do, given: Given, line: Line, *, counted: Decimal) -> Quantity:
    """Return the quantity an answer means.

    A scan of the line's item or lot adds one, or what its label says (times `3*`, times the pack unit scanned); a typed
    number replaces.

    Raises:
        Refused("barcode_at_qty"): 8 digits or more, above `max_typed_qty`, or any other code; also fewer digits that
            were scanned and are known as something else.
        Refused("bad_qty"): more than five decimals, or below the unit's step.
        Refused("label_contradicts"): the label of another lot, package or date.
    """
    item = item_of(line, do)
    scanned = _scanned(do, given, line)
    if scanned is not None:
        qty = counted + scanned * do.times
        if qty > do.situation.settings.max_typed_qty:
            raise Refused("bad_qty", max=do.situation.settings.max_typed_qty)
        return Quantity(qty, item.base_uom, is_scan=True)
    match = TYPED.fullmatch(given.text)
    if match is None or (len(match["number"]) >= BARCODE_DIGITS and match["number"].isdigit()):
        raise Refused("barcode_at_qty")
    number = decimal_from(match["number"].replace(",", "."))
    largest = do.situation.settings.max_typed_qty
    if number is None or number > largest:
        raise Refused("barcode_at_qty")
    if -int(number.as_tuple().exponent) > DECIMALS:
        raise Refused("bad_qty", max=largest)
    uom = code(match["unit"] or item.base_uom)
    in_base_unit(do.books.records, item, uom, number)
    return Quantity(number, uom)


def _scanned(do: Do, given: Given, line: Line) -> Decimal | None:
    """Return the base quantity a scan of the line's own item or lot counts, None where it is no such scan.

    Bare digits that are also a code count, or are refused, only when they were scanned: typed, they are a number.
    """
    is_number = _is_number(given)
    if (is_number and given.source == "keyed") or given.reading.error not in ("", "E_AMBIG"):
        return None
    names = named(given.reading)
    if line.lot and "item" not in names and fold(names.get("lot") or names.get("plain", "")) == fold(line.lot):
        label = label_of(given.reading)
        refuse_contradiction(line, label)
        return label.qty or ONE
    try:
        found = do.find(given, {"item"}, expected(line))
    except Refused as refused:
        if is_number and refused.code == "no_match_kind":
            raise Refused("barcode_at_qty") from None
        return None
    if found.item != line.item or found.variant not in ("", line.variant):
        raise Refused("barcode_at_qty")
    refuse_contradiction(line, found.label)
    return (found.label.qty or ONE) * pack(do.books.records, item_of(line, do), found.uom)


def _is_number(given: Given) -> bool:
    return TYPED.fullmatch(given.text) is not None and given.reading.kind == "plain"


def shown_count(counted: Decimal | None) -> str | None:
    """Return what Enter would take after scans counted: nothing before the first."""
    return None if counted is None or counted == ZERO else f"{counted.normalize():f}"
