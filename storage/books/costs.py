"""What waits for cost adjustment, and all that was posted of one item (domain/ledger/books.py, Costs)."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from domain.ledger.entries import Application, ItemEntry, ValueEntry
from storage.columns import quoted, shape_of, unscaled
from storage.engines import Connection

_ENTRY, _VALUE, _APPLICATION = shape_of(ItemEntry), shape_of(ValueEntry), shape_of(Application)
_MARKED = "SELECT DISTINCT item FROM cost_mark ORDER BY item"
_MARKS = "SELECT entry FROM cost_mark WHERE item = ? ORDER BY entry"
_SETTLED = "DELETE FROM cost_mark WHERE item = ? AND entry = ?"
_MARK = "INSERT INTO cost_mark (item, entry) VALUES (?, ?) ON CONFLICT (item, entry) DO NOTHING"
_TOTALS = "SELECT coalesce(sum(qty), 0), coalesce(sum(amount + expected_amount), 0) FROM stock_balance WHERE item = ?"
_SHORT = "SELECT entry FROM open_entry WHERE item = ? AND remaining_qty < 0"
_ENTRIES = f"SELECT {quoted(_ENTRY.names)} FROM item_entry WHERE item = ? ORDER BY posted_at, id"
_OF_ITEM = "IN (SELECT id FROM item_entry WHERE item = ?)"
_VALUES = f"SELECT {quoted(_VALUE.names)} FROM value_entry WHERE item_entry {_OF_ITEM} ORDER BY id"
_APPLICATIONS = (
    f"SELECT {quoted(_APPLICATION.names)} FROM application a WHERE outbound_entry <> 0 AND outbound_entry {_OF_ITEM} "
    "AND cancels = 0 AND NOT EXISTS (SELECT 1 FROM application c WHERE c.outbound_entry <> 0 "
    "AND c.outbound_entry = a.outbound_entry AND c.cancels = a.id) ORDER BY id"
)
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

    def short_entries(self, item: str) -> list[int]:
        """Return the open decreases of an item."""
        return [entry for (entry,) in self._connection.execute(_SHORT, (item,))]

    def settled(self, item: str, entries: Collection[int]) -> None:
        """Forget the marks of these entries."""
        self._connection.executemany(_SETTLED, [(item, entry) for entry in entries])

    def entries_of(self, item: str) -> list[ItemEntry]:
        """Return every entry of an item."""
        return [_ENTRY.entity(row) for row in self._connection.execute(_ENTRIES, (item,))]

    def values_of(self, item: str) -> list[ValueEntry]:
        """Return every value entry of an item's entries."""
        return [_VALUE.entity(row) for row in self._connection.execute(_VALUES, (item,))]

    def applications_of(self, item: str) -> list[Application]:
        """Return the live applications of an item."""
        return [_APPLICATION.entity(row) for row in self._connection.execute(_APPLICATIONS, (item,))]

    def last_decrease(self, item: str) -> ItemEntry | None:
        """Return the newest decrease of an item that corrects nothing."""
        row = self._connection.execute(_LAST_DECREASE, (item,)).fetchone()
        return _ENTRY.entity(row) if row else None
