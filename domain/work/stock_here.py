"""What the books say lies here, and how much of exactly these goods: one bin, or a location without bins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.books import Books
from domain.items.card import Item
from domain.ledger.books import OpenEntry, StockRow
from domain.places.books import BinStock
from domain.site import Location
from domain.tracking.numbers import KINDS, in_bins, told_apart, tracking_code
from domain.values import ONE, ZERO


@dataclass(frozen=True, slots=True)
class Goods:
    """An item with its variant and numbers, spelled as first received."""

    item: str
    variant: str = ""
    lot: str = ""
    serial: str = ""
    package: str = ""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some goods in one place and how much of them."""

    bin: str
    """"" at a location without bins."""
    goods: Goods
    qty: Decimal
    """In `uom`, above 0."""
    uom: str = ""
    """"" is the base unit."""


def portions_here(books: Books, location: Location, bin: str, item: Item, variant: str) -> list[Portion]:
    """Return what of an item lies in `bin`, or at a location without bins, by the numbers that tell it apart."""
    tracking = tracking_code(books.records, item)
    rows: Sequence[BinStock | OpenEntry | StockRow]
    if location.bin_mandatory:
        rows = [row for row in books.bins.in_bin(location.code, bin, item.no) if row.variant == variant]
    elif in_bins(tracking, "serial"):  # balances do not tell serials apart, their open increases do
        rows = list(books.stock.open_entries(item.no, variant, location.code, increases=True))
    else:
        rows = books.stock.on_hand(item.no, variant, location.code)
    found: dict[Goods, Decimal] = defaultdict(Decimal)
    for row in rows:
        serial = "" if isinstance(row, StockRow) else row.serial
        found[told_apart(tracking, Goods(item.no, variant, row.lot, serial, row.package))] += _quantity(row)
    return [Portion(bin, goods, qty) for goods, qty in found.items() if qty > 0]


def portions_at(books: Books, location: Location, item: Item, variant: str) -> list[Portion]:
    """Return what of an item lies at a location, bin by bin."""
    bins = {row.bin for row in books.bins.of_item(item.no, location.code)} if location.bin_mandatory else {""}
    return [portion for bin in sorted(bins) for portion in portions_here(books, location, bin, item, variant)]


def quantity_here(books: Books, location: Location, bin: str, goods: Goods) -> Decimal:
    """Return the base quantity of the goods in `bin`, or at a location without bins.

    Only numbers that stock is told apart by count: a number of a pool is wherever the pool is (tracking.md 4).
    """
    item = books.records.one(Item, goods.item)
    if item is None:
        return ZERO
    tracking = tracking_code(books.records, item)
    goods = told_apart(tracking, goods)
    if location.bin_mandatory:
        in_bin = books.bins.in_bin(location.code, bin, goods.item)
        return sum((row.qty_base for row in in_bin if _is_of(row, goods, KINDS)), ZERO)
    if goods.serial:
        state = books.numbers.serial(goods.item, goods.variant, goods.serial)
        return ONE if state and state.state == "in_stock" and state.location == location.code else ZERO
    held = books.stock.on_hand(goods.item, goods.variant, location.code)
    kept = [kind for kind in ("lot", "package") if in_bins(tracking, kind)]
    return sum((row.qty for row in held if _is_of(row, goods, kept)), ZERO)


def _is_of(row: BinStock | StockRow, goods: Goods, kinds: Iterable[str]) -> bool:
    return row.variant == goods.variant and all(getattr(row, kind) == getattr(goods, kind) for kind in kinds)


def _quantity(row: BinStock | OpenEntry | StockRow) -> Decimal:
    if isinstance(row, OpenEntry):
        return row.remaining_qty
    return row.qty_base if isinstance(row, BinStock) else row.qty
