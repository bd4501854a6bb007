"""How much of exactly these goods the books say lies here: one bin, or a location without bins."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from domain.books import Books
from domain.items.card import Item
from domain.site import Location
from domain.tracking.numbers import KINDS, in_bins, tracking_code
from domain.values import ONE, ZERO


@dataclass(frozen=True, slots=True)
class Goods:
    """An item with its variant and numbers, spelled as first received."""

    item: str
    variant: str = ""
    lot: str = ""
    serial: str = ""
    package: str = ""


def quantity_here(books: Books, location: Location, bin: str, goods: Goods) -> Decimal:
    """Return the base quantity of the goods in `bin`, or at a location without bins."""
    if location.bin_mandatory:
        return _in_bin(books, location, bin, goods)
    if goods.serial:
        state = books.numbers.serial(goods.item, goods.variant, goods.serial)
        return ONE if state and state.state == "in_stock" and state.location == location.code else ZERO
    held = books.stock.on_hand(goods.item, goods.variant, location.code, goods.lot)
    return sum((row.qty for row in held if row.package == goods.package), ZERO)


def _in_bin(books: Books, location: Location, bin: str, goods: Goods) -> Decimal:
    item = books.records.one(Item, goods.item)
    if item is None:
        return ZERO
    tracking = tracking_code(books.records, item)
    numbers = {kind: getattr(goods, kind) if in_bins(tracking, kind) else "" for kind in KINDS}
    rows = [row for row in books.bins.in_bin(location.code, bin, goods.item) if row.variant == goods.variant]
    return sum((row.qty_base for row in rows if all(getattr(row, k) == no for k, no in numbers.items())), ZERO)
