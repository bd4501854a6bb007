"""Long lists for reports: stock, item entries, scans. Read a page at a time, each page where the last one ended.

A page is one short read transaction, so a report of any length neither fills the memory nor holds up the writers; rows
posted meanwhile may or may not be in it. Not here: what is done with the lines (the command line).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Generic, TypeVar

from domain.ledger.entries import POSITION_BITS
from domain.people.books import ScanRecord
from domain.values import ZERO, amount
from storage.columns import Value, days, microseconds, quoted, shape_of
from storage.engines import Connection
from storage.store import Store

T = TypeVar("T")

PAGE = 500


@dataclass(frozen=True, slots=True)
class StockLine:
    """What is on hand of an item at a location (or in a bin), in base units, with its actual cost."""

    item: str
    description: str
    variant: str
    location: str
    bin: str
    lot: str
    serial: str
    package: str
    qty: Decimal
    uom: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An item entry with its cost so far and who posted it. Base units."""

    id: int
    posted_at: datetime
    posting_date: date
    entry_type: str
    item: str
    variant: str
    location: str
    lot: str
    serial: str
    package: str
    expires: date | None
    qty: Decimal
    uom: str
    value: Decimal
    expected_value: Decimal
    """Of what is received or shipped and not invoiced."""
    document_no: str
    order_no: str
    partner: str
    reason: str
    source: str
    operator: str
    terminal: str


@dataclass(frozen=True, slots=True)
class CostLine:
    """A value entry: what moved the value of which item entry, and which value entry it corrects or settles."""

    id: int
    item_entry: int
    posting_date: date
    valuation_date: date
    item_entry_type: str
    entry_type: str
    valued_qty: Decimal
    invoiced_qty: Decimal
    cost_amount_actual: Decimal
    cost_amount_expected: Decimal
    cost_amount_non_invtbl: Decimal
    adjustment: bool
    applies_to_entry: int
    item_charge_no: str
    document_no: str
    source_code: str


@dataclass(frozen=True, slots=True)
class GlLine:
    """A G/L entry and who posted it; debit is above zero."""

    id: int
    posted_at: datetime
    posting_date: date
    document_no: str
    account: str
    amount: Decimal
    description: str
    source_code: str
    operator: str


@dataclass(frozen=True, slots=True)
class _BinLine:
    """A row of a bin, and the stock that it is a part of."""

    item: str
    description: str
    variant: str
    location: str
    bin: str
    lot: str
    serial: str
    package: str
    qty: Decimal
    base_uom: str
    uom: str
    """The last column of the row's key in `bin_balance`."""
    stock_qty: Decimal
    stock_value: Decimal


def stock_lines(store: Store, *, item: str | None, location: str | None) -> Iterator[StockLine]:
    """Yield what is on hand, by item, variant, location, lot, package."""
    return _STOCK.lines(store, {"b.item = ?": item, "b.location = ?": location})


def bin_lines(store: Store, *, item: str | None, location: str | None, bin: str) -> Iterator[StockLine]:
    """Yield what lies in the bins of that code; the value is the part of the stock's that the quantity is."""
    for line in _BINS.lines(store, {"b.bin = ?": bin, "b.item = ?": item, "b.location = ?": location}):
        value = amount(line.stock_value * line.qty / line.stock_qty) if line.stock_qty else ZERO
        numbers = (line.lot, line.serial, line.package)
        place = (line.item, line.description, line.variant, line.location, line.bin)
        yield StockLine(*place, *numbers, qty=line.qty, uom=line.base_uom, value=value)


def ledger_lines(
    store: Store, *, item: str | None, location: str | None, since: datetime | None
) -> Iterator[LedgerLine]:
    """Yield the item entries in the order of their numbers."""
    return _LEDGER.lines(store, {"e.item = ?": item, "e.location = ?": location, "e.posted_at >= ?": _micros(since)})


def cost_lines(store: Store, *, item: str) -> Iterator[CostLine]:
    """Yield the value entries of an item in the order of their numbers."""
    return _COSTS.lines(store, {"item = ?": item})


def gl_lines(store: Store, *, since: date | None, upto: date | None) -> Iterator[GlLine]:
    """Yield the G/L entries dated from one day to another, in the order of their numbers."""
    dated = {"g.posting_date >= ?": since, "g.posting_date <= ?": upto}
    return _GL.lines(store, {condition: days(day) if day else None for condition, day in dated.items()})


def scan_lines(store: Store, *, location: str | None, since: datetime | None) -> Iterator[ScanRecord]:
    """Yield the scan journal, by terminal and number."""
    return _SCANS.lines(store, {"location = ?": location, "at >= ?": _micros(since)})


class _List(Generic[T]):
    """A statement whose rows are made into `kind`, ordered and paged by the columns of `key`."""

    def __init__(self, kind: type[T], select: str, key: str) -> None:
        self._shape = shape_of(kind)
        self._select = select
        self._key = key
        self._key_at = [self._shape.names.index(name.rpartition(".")[2]) for name in key.split(", ")]

    def lines(self, store: Store, only: Mapping[str, Value]) -> Iterator[T]:
        """Yield the rows for which every condition with a value holds."""
        wanted = {condition: value for condition, value in only.items() if value is not None}
        after: dict[str, list[Value]] = {}
        while True:
            conditions = [*wanted, *after]
            where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
            sql = f"{self._select}{where} ORDER BY {self._key} LIMIT {PAGE}"
            values = [*wanted.values(), *(value for key in after.values() for value in key)]
            page = store.reading(partial(_fetched, sql, values))
            yield from map(self._shape.entity, page)
            if len(page) < PAGE:
                return
            last = [page[-1][at] for at in self._key_at]
            after = {f"({self._key}) > ({', '.join('?' * len(last))})": last}


def _fetched(sql: str, values: Sequence[Value], connection: Connection) -> list[tuple[Any, ...]]:
    """Return all rows of a statement; Any: each column has its own type."""
    return connection.execute(sql, values).fetchall()


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


_STOCK = _List(
    StockLine,
    "SELECT b.item, coalesce(i.description, ''), b.variant, b.location, '', b.lot, '', b.package, b.qty,"
    " coalesce(i.base_uom, ''), b.amount FROM stock_balance b LEFT JOIN item i ON i.no = b.item",
    "b.item, b.variant, b.location, b.lot, b.package",
)
_OF_STOCK = (
    "(SELECT sum({sum}) FROM stock_balance s WHERE s.item = b.item AND s.variant = b.variant"
    " AND s.location = b.location AND b.lot IN ('', s.lot) AND b.package IN ('', s.package))"
)
_BINS = _List(
    _BinLine,
    "SELECT b.item, coalesce(i.description, ''), b.variant, b.location, b.bin, b.lot, b.serial, b.package, b.qty_base,"
    f" coalesce(i.base_uom, ''), b.uom, coalesce({_OF_STOCK.format(sum='s.qty')}, 0),"
    f" coalesce({_OF_STOCK.format(sum='s.amount')}, 0) FROM bin_balance b LEFT JOIN item i ON i.no = b.item",
    "b.location, b.bin, b.item, b.variant, b.uom, b.lot, b.serial, b.package",
)
_LEDGER = _List(
    LedgerLine,
    "SELECT e.id, e.posted_at, e.posting_date, e.entry_type, e.item, e.variant, e.location, e.lot, e.serial, e.package,"
    " e.expires, e.qty, coalesce(i.base_uom, e.uom),"
    " (SELECT coalesce(sum(v.cost_amount_actual), 0) FROM value_entry v WHERE v.item_entry = e.id),"
    " (SELECT coalesce(sum(v.cost_amount_expected), 0) FROM value_entry v WHERE v.item_entry = e.id),"
    " e.document_no, e.order_no, e.source_no, e.reason, r.source, r.operator, r.terminal FROM item_entry e"
    f" JOIN register r ON r.id = e.id >> {POSITION_BITS} LEFT JOIN item i ON i.no = e.item",
    "e.id",
)
_COSTS = _List(CostLine, f"SELECT {quoted(shape_of(CostLine).names)} FROM value_entry", "id")
_GL = _List(
    GlLine,
    "SELECT g.id, r.posted_at, g.posting_date, g.document_no, g.account, g.amount, g.description, g.source_code,"
    f" r.operator FROM gl_entry g JOIN register r ON r.id = g.id >> {POSITION_BITS}",
    "g.id",
)
_SCANS = _List(ScanRecord, f"SELECT {quoted(shape_of(ScanRecord).names)} FROM scan_journal", "terminal, no")
