"""Which entries wait for cost adjustment: marked by the rows just appended, taken off by the adjustment (COS-51).

No derived table: the ledgers do not say what was looked at since. Marking too much costs time and changes nothing.
"""

from __future__ import annotations

from domain.ledger.entries import Application, ValueEntry
from storage.columns import shape_of
from storage.derived import Appended
from storage.engines import Connection

_VALUES = shape_of(ValueEntry).names
_ENTRY, _ITEM = _VALUES.index("item_entry"), _VALUES.index("item")
_APPLICATIONS = shape_of(Application).names
_INBOUND, _OUTBOUND, _CANCELS = map(_APPLICATIONS.index, ("inbound_entry", "outbound_entry", "cancels"))
_MARK = "INSERT INTO cost_mark (item, entry) VALUES (?, ?) ON CONFLICT (item, entry) DO NOTHING"
_MARK_OF = "INSERT INTO cost_mark (item, entry) SELECT item, id FROM item_entry WHERE id = ? ON CONFLICT DO NOTHING"


def mark(connection: Connection, rows: Appended) -> None:
    """Mark each entry that got value, each decrease whose suppliers changed, and what no longer supplies one."""
    valued = {(row[_ITEM], row[_ENTRY]) for row in rows.get("value_entry", ()) if row[_ENTRY]}
    connection.executemany(_MARK, sorted(valued))
    known = {entry for _, entry in valued}
    applied = {row[_OUTBOUND] for row in rows.get("application", ())}
    applied |= {row[_INBOUND] for row in rows.get("application", ()) if row[_CANCELS]}
    connection.executemany(_MARK_OF, [(entry,) for entry in sorted(applied - known - {0})])
