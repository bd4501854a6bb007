"""The derived tables: what stands now, moved by each posting and made again from the ledgers (derived.py)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from domain.ledger.books import CostAverage, CostMark, CostPeriod, CostWalk, GlWaiting, OpenEntry, StockRow
from domain.places.books import BinStock
from domain.tracking.books import KnownNumber, SerialState
from storage.tables.base import index, one_of, table

_FIFO = ("posting_date", "posted_at", "entry")


@dataclass(frozen=True, slots=True)
class StockBalance(StockRow):
    """On hand with both amounts."""

    expected_amount: Decimal


StockBalanceTable = table(
    StockBalance,
    key=["item", "variant", "location", "lot", "package"],
    indexes=[index("stock_balance__location", "location", "item", "variant", "lot", "package")],
    without_rowid=True,
)
BinBalanceTable = table(
    BinStock,
    name="bin_balance",
    key=["location", "bin", "item", "variant", "uom", "lot", "serial", "package"],
    indexes=[
        index("bin_balance__item", "item", "variant", "location", "lot", "bin", "qty"),
        index("bin_balance__serial", "serial", "item", "variant", where="\"serial\" <> ''"),
        index("bin_balance__package", "package", "item", "variant", where="\"package\" <> ''"),
    ],
    without_rowid=True,
)
OpenEntryTable = table(
    OpenEntry,
    key=["entry"],
    indexes=[
        index("open_entry__fifo", "item", "variant", "location", *_FIFO),
        index("open_entry__short", "item", "variant", "location", *_FIFO, where='"remaining_qty" < 0'),
        index("open_entry__lot", "lot", "item", "variant", "location", *_FIFO, where="\"lot\" <> ''"),
        index("open_entry__serial", "serial", "item", "variant", "location", *_FIFO, where="\"serial\" <> ''"),
        index("open_entry__package", "package", "item", "variant", "location", *_FIFO, where="\"package\" <> ''"),
    ],
)
SerialStateTable = table(
    SerialState,
    one_of("state", "in_stock", "issued"),
    key=["item", "variant", "serial"],
    indexes=[index("serial_state__location", "item", "variant", "location", "serial")],
    without_rowid=True,
)
TrackingNumberTable = table(
    KnownNumber,
    one_of("kind", "lot", "serial", "package"),
    name="tracking_number",
    key=["item", "variant", "kind", "key"],
    indexes=[index("tracking_number__key", "kind", "key")],
    without_rowid=True,
)
CostMarkTable = table(CostMark, key=["item", "entry"], without_rowid=True)
CostPeriodTable = table(CostPeriod, key=["item", "variant", "location", "valuation_date"], without_rowid=True)
CostWalkTable = table(CostWalk, key=["item", "variant", "location"], without_rowid=True)
CostAverageTable = table(CostAverage, key=["item"], without_rowid=True)
GlWaitingTable = table(
    GlWaiting, key=["value_entry"], indexes=[index("gl_waiting__actual", "value_entry", where='"actual" <> 0')]
)

TABLES = (
    StockBalanceTable,
    BinBalanceTable,
    OpenEntryTable,
    SerialStateTable,
    TrackingNumberTable,
    CostMarkTable,
    CostPeriodTable,
    CostWalkTable,
    CostAverageTable,
    GlWaitingTable,
)
