"""The scan journal: every raw scan and what became of it (decision 26). Sessions are entities (records.py)."""

from __future__ import annotations

from domain.people.books import ScanRecord
from storage.columns import holders, quoted, shape_of
from storage.engines import Connection

_SCAN = shape_of(ScanRecord)
_JOURNAL = f"INSERT INTO scan_journal ({quoted(_SCAN.names)}) VALUES ({holders(len(_SCAN.names))})"
_LAST = f"SELECT {quoted(_SCAN.names)} FROM scan_journal WHERE terminal = ? ORDER BY no DESC LIMIT ?"


class TerminalBooks:
    """The scan journal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def journal(self, scan: ScanRecord) -> None:
        """Append one scan."""
        self._connection.execute(_JOURNAL, _SCAN.row(scan))

    def last_scans(self, terminal: str, most: int) -> list[ScanRecord]:
        """Return the newest scans of a terminal, the last one first."""
        return [_SCAN.entity(row) for row in self._connection.execute(_LAST, (terminal, most))]
