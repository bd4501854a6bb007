"""What waits for cost adjustment, and all that was posted of one item (domain/ledger/books.py, Costs)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from domain.ledger.entries import Application, ItemEntry, ValueEntry
from domain.values import ZERO
from storage.columns import day_of, days, quoted, scaled, shape_of, unscaled
from storage.engines import Connection

_ENTRY, _VALUE, _APPLICATION = shape_of(ItemEntry), shape_of(ValueEntry), shape_of(Application)
_MARKED = "SELECT DISTINCT item FROM cost_mark ORDER BY item"
_MARKS = "SELECT entry FROM cost_mark WHERE item = ? ORDER BY entry"
_SETTLED = "DELETE FROM cost_mark WHERE item = ? AND entry = ?"
_MARK = "INSERT INTO cost_mark (item, entry) VALUES (?, ?) ON CONFLICT (item, entry) DO NOTHING"
_TOTALS = "SELECT coalesce(sum(qty), 0), coalesce(sum(amount + expected_amount), 0) FROM stock_balance WHERE item = ?"
_CLOSED = "SELECT max(ending) FROM inventory_period WHERE closed = 1"
_UNADJUSTED_BY = (
    "SELECT DISTINCT m.item FROM cost_mark m JOIN value_entry v ON v.item_entry = m.entry "
    "WHERE v.valuation_date <= ? ORDER BY m.item"
)
_SHORT_BY = "SELECT DISTINCT item FROM open_entry WHERE remaining_qty < 0 AND posting_date <= ? ORDER BY item"
_SHORT = "SELECT entry FROM open_entry WHERE item = ? AND remaining_qty < 0"
_DATED = "SELECT item_entry FROM value_entry WHERE item = ? AND valuation_date >= ?"
_WINDOW = (
    f"WITH dated (entry) AS ({_DATED}), shown (entry) AS (SELECT entry FROM dated UNION SELECT outbound_entry "
    "FROM application JOIN dated ON inbound_entry = entry WHERE outbound_entry <> 0) "
)
_ENTRIES = f"{_WINDOW}SELECT {quoted(_ENTRY.names)} FROM item_entry WHERE id IN shown ORDER BY posted_at, id"
_VALUES = f"{_WINDOW}SELECT {quoted(_VALUE.names)} FROM value_entry WHERE item_entry IN shown ORDER BY id"
_APPLICATIONS = (
    f"{_WINDOW}SELECT {quoted(_APPLICATION.names)} FROM application WHERE outbound_entry <> 0 "
    "AND outbound_entry IN shown ORDER BY id"
)
_IS_KEPT = "SELECT 1 FROM cost_period WHERE item = ? AND valuation_date = 0 AND basis = ?"
_KEEP = (
    "INSERT INTO cost_period (item, variant, location, valuation_date, qty, cost, basis) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (item, variant, location, valuation_date) "
    "DO UPDATE SET qty = excluded.qty, cost = excluded.cost, basis = excluded.basis"
)
_OPENING = (
    "SELECT qty, cost FROM cost_period WHERE item = ? AND variant = ? AND location = ? "
    "ORDER BY valuation_date DESC LIMIT 1"
)
_FORGET = "DELETE FROM cost_period WHERE item = ? AND valuation_date >= ?"
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

    def marks(self, item: str) -> list[int]:
        """Return the entries of an item that are to be settled."""
        return [entry for (entry,) in self._connection.execute(_MARKS, (item,))]

    def mark(self, item: str, entry: int) -> None:
        """Mark an entry that is not settled yet."""
        self._connection.execute(_MARK, (item, entry))

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
        return [item for (item,) in self._connection.execute(_UNADJUSTED_BY, (days(upto),))]

    def short_by(self, upto: date) -> list[str]:
        """Return the items of open decreases dated up to a day."""
        return [item for (item,) in self._connection.execute(_SHORT_BY, (days(upto),))]

    def short_entries(self, item: str) -> list[int]:
        """Return the open decreases of an item."""
        return [entry for (entry,) in self._connection.execute(_SHORT, (item,))]

    def settled(self, item: str, entries: Collection[int]) -> None:
        """Forget the marks of these entries."""
        self._connection.executemany(_SETTLED, [(item, entry) for entry in entries])

    def entries_of(self, item: str, since: date | None) -> list[ItemEntry]:
        """Return the entries of an item with value dated from a day on, and the decreases they supply."""
        return [_ENTRY.entity(row) for row in self._connection.execute(_ENTRIES, (item, _from(since)))]

    def values_of(self, item: str, since: date | None) -> list[ValueEntry]:
        """Return every value entry of these entries."""
        return [_VALUE.entity(row) for row in self._connection.execute(_VALUES, (item, _from(since)))]

    def applications_of(self, item: str, since: date | None) -> list[Application]:
        """Return the live applications of these entries: a row and its mirror are both among those read (LED-28)."""
        rows = [_APPLICATION.entity(row) for row in self._connection.execute(_APPLICATIONS, (item, _from(since)))]
        taken_back = {row.cancels for row in rows}
        return [row for row in rows if not row.cancels and row.id not in taken_back]

    def is_kept(self, item: str, basis: str) -> bool:
        """Say whether what its periods leave is kept, on the same basis."""
        return self._connection.execute(_IS_KEPT, (item, basis)).fetchone() is not None

    def keep_basis(self, item: str, basis: str) -> None:
        """Note the basis; the row stands before every period and leaves nothing."""
        self._connection.execute(_KEEP, (item, "", "", 0, 0, 0, basis))

    def opening(self, item: str, variant: str, location: str) -> tuple[Decimal, Decimal]:
        """Return what the last period kept of a group leaves."""
        row = self._connection.execute(_OPENING, (item, variant, location)).fetchone()
        return (unscaled(row[0]), unscaled(row[1])) if row else (ZERO, ZERO)

    def keep_period(
        self, item: str, variant: str, location: str, valuation_date: date, qty: Decimal, cost: Decimal
    ) -> None:
        """Keep what a period leaves."""
        values = (item, variant, location, days(valuation_date), scaled(qty), scaled(cost), "")
        self._connection.execute(_KEEP, values)

    def forget_periods(self, item: str, since: date | None) -> None:
        """Forget what the periods from a day on leave."""
        self._connection.execute(_FORGET, (item, _from(since)))

    def last_decrease(self, item: str) -> ItemEntry | None:
        """Return the newest decrease of an item that corrects nothing."""
        row = self._connection.execute(_LAST_DECREASE, (item,)).fetchone()
        return _ENTRY.entity(row) if row else None


def _from(day: date | None) -> int:
    """Return the day as it is kept, one before all for None."""
    return days(day) if day else 0
