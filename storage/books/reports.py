"""Lists for reports: stock, bins, item entries and scans, read a page at a time.

Each page is a read transaction of its own, found by the key of the row before: a long list holds nothing up and costs
the same at its end, but what moves meanwhile may stand on two pages or on none. Not here: how a list is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.ledger.books import StockRow
from domain.ledger.entries import ItemEntry
from domain.people.books import ScanRecord
from domain.places.books import BinStock
from domain.values import ZERO, amount
from storage.columns import Value, days, holders, microseconds, quoted, shape_of, unscaled
from storage.store import Store

PAGE = 500

_STOCK = shape_of(StockRow)
_BIN = shape_of(BinStock)
_ENTRY = shape_of(ItemEntry)
_SCAN = shape_of(ScanRecord)
_AT_LOCATION = "FROM stock_balance s WHERE s.item = b.item AND s.variant = b.variant AND s.location = b.location"


@dataclass(frozen=True, slots=True)
class BinValue:
    """What lies in a bin and its share of the value at the location, by quantity."""

    stock: BinStock
    amount: Decimal


@dataclass(frozen=True, slots=True)
class EntryValue:
    """An item entry and the actual cost of its value entries so far."""

    entry: ItemEntry
    amount: Decimal


def stock(store: Store, *, item: str | None = None, location: str | None = None) -> Iterator[StockRow]:
    """Yield what is on hand by item, variant, location, lot and package, with its value."""
    conditions = _given({"item = ?": item, "location = ?": location})
    key = ("item", "variant", "location", "lot", "package")
    for row in _rows(store, f"SELECT {quoted(_STOCK.names)} FROM stock_balance", conditions, key, _STOCK.names):
        yield _STOCK.entity(row)


def bins(
    store: Store, *, item: str | None = None, location: str | None = None, bin: str | None = None
) -> Iterator[BinValue]:
    """Yield what lies in bins by location, bin and item, with its share of the location's value."""
    conditions = _given({"item = ?": item, "location = ?": location, "bin = ?": bin})
    key = ("location", "bin", "item", "variant", "uom", "lot", "serial", "package")
    select = (
        f"SELECT {quoted(_BIN.names)}, (SELECT sum(s.qty) {_AT_LOCATION}), (SELECT sum(s.amount) {_AT_LOCATION}) "
        "FROM bin_balance b"
    )
    for *row, qty, value in _rows(store, select, conditions, key, _BIN.names):
        held = _BIN.entity(row)
        yield BinValue(held, amount(unscaled(value) * held.qty_base / unscaled(qty)) if qty else ZERO)


def item_entries(
    store: Store, *, item: str | None = None, location: str | None = None, since: date | None = None
) -> Iterator[EntryValue]:
    """Yield item entries in entry order, those posted for a date from `since` on, with their cost."""
    conditions = _given(
        {"item = ?": item, "location = ?": location, "posting_date >= ?": None if since is None else days(since)}
    )
    key = ("posted_at", "id") if item is not None else ("id",)  # without an item no index has the time
    select = (
        f"SELECT {quoted(_ENTRY.names)}, "
        "(SELECT sum(v.cost_amount_actual) FROM value_entry v WHERE v.item_entry = e.id) FROM item_entry e"
    )
    for *row, value in _rows(store, select, conditions, key, _ENTRY.names):
        yield EntryValue(_ENTRY.entity(row), unscaled(value or 0))


def scans(store: Store, *, location: str | None = None, since: datetime | None = None) -> Iterator[ScanRecord]:
    """Yield the scans of each terminal in the order in which it made them, those from `since` on."""
    conditions = _given({"location = ?": location, "at >= ?": None if since is None else microseconds(since)})
    select = f"SELECT {quoted(_SCAN.names)} FROM scan_journal"
    for row in _rows(store, select, conditions, ("terminal", "no"), _SCAN.names):
        yield _SCAN.entity(row)


def _given(conditions: Mapping[str, Value]) -> dict[str, Value]:
    """Return the conditions that were asked for."""
    return {condition: value for condition, value in conditions.items() if value is not None}


def _rows(
    store: Store, select: str, conditions: Mapping[str, Value], key: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:  # Any: what the SELECT says
    """Yield rows in the order of their key; `names` are the columns from the first, the key's among them."""
    of_key = [names.index(name) for name in key]
    order = f" ORDER BY {quoted(key)} LIMIT {PAGE}"
    values = list(conditions.values())
    where, last = list(conditions), list[Value]()
    while True:
        sql = select + (f" WHERE {' AND '.join(where)}" if where else "") + order
        page = _page(store, sql, [*values, *last])
        yield from page
        if len(page) < PAGE:
            return
        where = [*conditions, f"({quoted(key)}) > ({holders(len(key))})"]
        last = [page[-1][at] for at in of_key]


def _page(store: Store, sql: str, values: Sequence[Value]) -> list[tuple[Any, ...]]:
    return store.reading(lambda connection: connection.execute(sql, values).fetchall())
