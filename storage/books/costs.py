"""What waits for cost adjustment, and all that was posted of one item (domain/ledger/books.py, Costs)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from domain.ledger.books import CostAverage, CostPeriod, CostWalk, History
from domain.ledger.entries import Application, ItemEntry, ValueEntry
from storage.columns import day_of, days, quoted, shape_of, unscaled
from storage.engines import Connection

_ENTRY, _VALUE, _APPLICATION = shape_of(ItemEntry), shape_of(ValueEntry), shape_of(Application)
_AVERAGE, _WALK, _PERIOD = shape_of(CostAverage), shape_of(CostWalk), shape_of(CostPeriod)
_MARKED = "SELECT item FROM cost_mark UNION SELECT item FROM cost_walk ORDER BY item"
_MARKS = "SELECT entry FROM cost_mark WHERE item = ? ORDER BY entry LIMIT ?"
_SETTLED = "DELETE FROM cost_mark WHERE item = ? AND entry = ?"
_MARK = "INSERT INTO cost_mark (item, entry) VALUES (?, ?) ON CONFLICT (item, entry) DO NOTHING"
_TOTALS = "SELECT coalesce(sum(qty), 0), coalesce(sum(amount + expected_amount), 0) FROM stock_balance WHERE item = ?"
_CLOSED = "SELECT max(ending) FROM inventory_period WHERE closed = 1"
_UNADJUSTED_BY = (
    "SELECT m.item FROM cost_mark m JOIN value_entry v ON v.item_entry = m.entry WHERE v.valuation_date <= ? "
    "UNION SELECT item FROM cost_walk WHERE since <= ? ORDER BY 1"
)
_SHORT_BY = "SELECT DISTINCT item FROM open_entry WHERE remaining_qty < 0 AND posting_date <= ? ORDER BY item"
_SHORT = "SELECT entry FROM open_entry WHERE item = ? AND remaining_qty < 0"
_WINDOW = (
    "WITH dated (entry) AS (SELECT item_entry FROM value_entry WHERE item = ? AND valuation_date BETWEEN ? AND ?), "
    "drawing (entry) AS (SELECT entry FROM dated UNION SELECT outbound_entry "
    "FROM application JOIN dated ON inbound_entry = entry WHERE outbound_entry <> 0), "
    "shown (entry) AS (SELECT entry FROM drawing UNION SELECT inbound_entry "
    "FROM application JOIN drawing ON outbound_entry = entry) "
)
_ENTRIES = f"{_WINDOW}SELECT {quoted(_ENTRY.names)} FROM item_entry WHERE id IN shown ORDER BY posted_at, id"
_VALUES = f"{_WINDOW}SELECT {quoted(_VALUE.names)} FROM value_entry WHERE item_entry IN shown ORDER BY id"
_APPLICATIONS = (
    f"{_WINDOW}SELECT {quoted(_APPLICATION.names)} FROM application WHERE outbound_entry <> 0 "
    "AND outbound_entry IN shown ORDER BY id"
)
_FIRST_DATE = "SELECT min(valuation_date) FROM value_entry WHERE item = ?"
_DATE_AFTER = (
    "SELECT valuation_date FROM value_entry WHERE item = ? AND valuation_date >= ? ORDER BY valuation_date "
    "LIMIT 1 OFFSET ?"
)
_GROUPS = "SELECT DISTINCT variant, location FROM item_entry WHERE item = ? ORDER BY variant, location"
_AVERAGED = f"SELECT {quoted(_AVERAGE.names)} FROM cost_average WHERE item = ?"
_KEEP_AVERAGED = (
    f"INSERT INTO cost_average ({quoted(_AVERAGE.names)}) VALUES (?, ?, ?) "
    "ON CONFLICT (item) DO UPDATE SET basis = excluded.basis, through = excluded.through"
)
_WALKS = f"SELECT {quoted(_WALK.names)} FROM cost_walk WHERE item = ? ORDER BY variant, location"
_KEEP_WALK = (
    f"INSERT INTO cost_walk ({quoted(_WALK.names)}) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (item, variant, location) DO UPDATE SET since = excluded.since, upto = excluded.upto"
)
_END_WALK = "DELETE FROM cost_walk WHERE item = ? AND variant = ? AND location = ?"
_PERIODS = (
    f"SELECT {quoted(_PERIOD.names)} FROM cost_period WHERE item = ? AND variant = ? AND location = ? "
    "AND valuation_date {}"
)
_LAST_PERIOD = _PERIODS.format("< ? ORDER BY valuation_date DESC LIMIT 1")
_PERIODS_BETWEEN = _PERIODS.format("BETWEEN ? AND ? ORDER BY valuation_date")
_KEEP_PERIOD = (
    f"INSERT INTO cost_period ({quoted(_PERIOD.names)}) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (item, variant, location, valuation_date) DO UPDATE SET qty = excluded.qty, cost = excluded.cost"
)
_FORGET = tuple(f"DELETE FROM {table} WHERE item = ?" for table in ("cost_period", "cost_walk"))
_LAST_DECREASE = (
    f"SELECT {quoted(_ENTRY.names)} FROM item_entry WHERE item = ? AND qty < 0 AND correction = 0 "
    "ORDER BY posted_at DESC, id DESC LIMIT 1"
)


class CostBooks:
    """What cost adjustment asks of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def marked_items(self) -> list[str]:
        """Return the items of which something is to be settled."""
        return [item for (item,) in self._connection.execute(_MARKED)]

    def marks(self, item: str, most: int) -> list[int]:
        """Return the first entries of an item that are to be settled."""
        return [entry for (entry,) in self._connection.execute(_MARKS, (item, most))]

    def mark(self, item: str, entries: Collection[int]) -> None:
        """Mark entries that are not settled yet."""
        self._connection.executemany(_MARK, [(item, entry) for entry in entries])

    def totals(self, item: str) -> tuple[Decimal, Decimal]:
        """Return what is on hand of an item and what that costs."""
        qty, cost = self._connection.execute(_TOTALS, (item,)).fetchone()
        return unscaled(qty), unscaled(cost)

    def closed_until(self) -> date | None:
        """Return the last day of the closed inventory periods."""
        (ending,) = self._connection.execute(_CLOSED).fetchone()
        return None if ending is None else day_of(ending)

    def unadjusted_by(self, upto: date) -> list[str]:
        """Return the items of which something waits that is valued up to a day."""
        return [item for (item,) in self._connection.execute(_UNADJUSTED_BY, (days(upto), days(upto)))]

    def short_by(self, upto: date) -> list[str]:
        """Return the items of open decreases dated up to a day."""
        return [item for (item,) in self._connection.execute(_SHORT_BY, (days(upto),))]

    def short_entries(self, item: str) -> list[int]:
        """Return the open decreases of an item."""
        return [entry for (entry,) in self._connection.execute(_SHORT, (item,))]

    def settled(self, item: str, entries: Collection[int]) -> None:
        """Forget the marks of these entries."""
        self._connection.executemany(_SETTLED, [(item, entry) for entry in entries])

    def history(self, item: str, since: date, until: date) -> History:
        """Return what was posted of an item with value dated from a day to a day, and what hangs on that."""
        window = (item, days(since), days(until))
        rows = [_APPLICATION.entity(row) for row in self._connection.execute(_APPLICATIONS, window)]
        taken_back = {row.cancels for row in rows}  # a row and its mirror are both among those read (LED-28)
        return History(
            [_ENTRY.entity(row) for row in self._connection.execute(_ENTRIES, window)],
            [_VALUE.entity(row) for row in self._connection.execute(_VALUES, window)],
            [row for row in rows if not row.cancels and row.id not in taken_back],
        )

    def first_date(self, item: str) -> date:
        """Return the earliest valuation date of an item."""
        return day_of(self._connection.execute(_FIRST_DATE, (item,)).fetchone()[0])

    def date_after(self, item: str, since: date, count: int) -> date | None:
        """Return the valuation date up to which an item has more than so many value entries from a day on."""
        row = self._connection.execute(_DATE_AFTER, (item, days(since), count)).fetchone()
        return day_of(row[0]) if row else None

    def groups(self, item: str) -> list[tuple[str, str]]:
        """Return variant and location of all that was posted of an item."""
        return self._connection.execute(_GROUPS, (item,)).fetchall()

    def averaged(self, item: str) -> CostAverage | None:
        """Return how the averages of an item were made."""
        row = self._connection.execute(_AVERAGED, (item,)).fetchone()
        return _AVERAGE.entity(row) if row else None

    def keep_averaged(self, average: CostAverage) -> None:
        """Note how they were made."""
        self._connection.execute(_KEEP_AVERAGED, _AVERAGE.row(average))

    def walks(self, item: str) -> list[CostWalk]:
        """Return the groups of an item whose periods are to be averaged again."""
        return [_WALK.entity(row) for row in self._connection.execute(_WALKS, (item,))]

    def keep_walk(self, walk: CostWalk) -> None:
        """Note that a group is to be averaged again."""
        self._connection.execute(_KEEP_WALK, _WALK.row(walk))

    def end_walk(self, walk: CostWalk) -> None:
        """Note that a group is averaged."""
        self._connection.execute(_END_WALK, (walk.item, walk.variant, walk.location))

    def last_period(self, item: str, variant: str, location: str, before: date) -> CostPeriod | None:
        """Return what the last period of a group that ended before a day left."""
        row = self._connection.execute(_LAST_PERIOD, (item, variant, location, days(before))).fetchone()
        return _PERIOD.entity(row) if row else None

    def periods(self, item: str, variant: str, location: str, since: date, until: date) -> list[CostPeriod]:
        """Return what the periods of a group left that ended from a day to a day."""
        between = (item, variant, location, days(since), days(until))
        return [_PERIOD.entity(row) for row in self._connection.execute(_PERIODS_BETWEEN, between)]

    def keep_period(self, period: CostPeriod) -> None:
        """Keep what a period left."""
        self._connection.execute(_KEEP_PERIOD, _PERIOD.row(period))

    def forget_averages(self, item: str) -> None:
        """Forget what all periods of an item left, and what is to be averaged again."""
        for statement in _FORGET:
            self._connection.execute(statement, (item,))

    def last_decrease(self, item: str) -> ItemEntry | None:
        """Return the newest decrease of an item that corrects nothing."""
        row = self._connection.execute(_LAST_DECREASE, (item,)).fetchone()
        return _ENTRY.entity(row) if row else None
