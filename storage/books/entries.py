"""What was posted of single item entries: the entry, what is open of it, its value and its applications."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from domain.ledger.books import OpenEntry
from domain.ledger.entries import Application, ItemEntry, ValueEntry
from storage.batches import SIZES, batches, values_of
from storage.columns import day_of, quoted, shape_of
from storage.engines import Connection

_ENTRY = shape_of(ItemEntry)
_OPEN = shape_of(OpenEntry)
_VALUE = shape_of(ValueEntry)
_APPLICATION = shape_of(Application)
_ONE = f"SELECT {quoted(_ENTRY.names)} FROM item_entry WHERE id = ?"
_ONE_OPEN = f"SELECT {quoted(_OPEN.names)} FROM open_entry WHERE entry = ?"
_VALUES = f"SELECT {quoted(_VALUE.names)} FROM value_entry WHERE item_entry = ? ORDER BY id"
_DATES = {
    size: f"WITH wanted (entry) AS ({values_of(size, 1)}) SELECT item_entry, valuation_date "
    "FROM wanted JOIN value_entry ON item_entry = entry ORDER BY entry_type = 'revaluation', id"
    for size in SIZES
}
_APPLICATIONS = (
    f"SELECT {quoted(_APPLICATION.names)} FROM application WHERE outbound_entry <> 0 AND {{}} = ? ORDER BY id"
)
_ON_INBOUND = _APPLICATIONS.format("inbound_entry")
_ON_OUTBOUND = _APPLICATIONS.format("outbound_entry")


class EntryBooks:
    """Item entries one by one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def one(self, entry: int) -> ItemEntry | None:
        """Return an item entry."""
        row = self._connection.execute(_ONE, (entry,)).fetchone()
        return _ENTRY.entity(row) if row else None

    def open_part(self, entry: int) -> OpenEntry | None:
        """Return what is open of an entry."""
        row = self._connection.execute(_ONE_OPEN, (entry,)).fetchone()
        return _OPEN.entity(row) if row else None

    def values(self, entry: int) -> list[ValueEntry]:
        """Return the value entries of an entry."""
        return [_VALUE.entity(row) for row in self._connection.execute(_VALUES, (entry,))]

    def valuation_dates(self, entries: Collection[int]) -> dict[int, date]:
        """Return the valuation date of each entry."""
        found = {}
        for some in batches(sorted(entries)):
            for entry, valued in self._connection.execute(_DATES[len(some)], some):
                found[entry] = day_of(valued)  # the last row is the last revaluation, where there is one
        return found

    def drawn_on(self, entry: int) -> list[Application]:
        """Return the live applications to an increase."""
        return self._live(_ON_INBOUND, entry)

    def drawn_by(self, entry: int) -> list[Application]:
        """Return the live applications of a decrease."""
        return self._live(_ON_OUTBOUND, entry)

    def _live(self, sql: str, entry: int) -> list[Application]:
        """A row and its mirror name the same entries, so both are among those read (LED-28)."""
        rows = [_APPLICATION.entity(row) for row in self._connection.execute(sql, (entry,))]
        taken_back = {row.cancels for row in rows}
        return [row for row in rows if not row.cancels and row.id not in taken_back]
