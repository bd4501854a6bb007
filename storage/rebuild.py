"""Making derived tables anew from the ledgers: the cure for what `verify` finds in them, once a person decides so."""

from __future__ import annotations

from collections.abc import Callable, Collection

from domain.errors import InvariantBroken
from storage.columns import quoted
from storage.derived import DERIVED
from storage.engines import Connection
from storage.store import Store


def rebuild(
    store: Store, tables: Collection[str] | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, int]:
    """Delete and insert again all derived tables, or those named, in one transaction; return the rows each has now."""
    wanted = [derived for derived in DERIVED if tables is None or derived.table in tables]
    if tables is not None and len(wanted) < len(set(tables)):
        raise InvariantBroken(f"not all of these are derived tables: {', '.join(sorted(tables))}")

    def run(connection: Connection) -> dict[str, int]:
        made = {}
        for done, derived in enumerate(wanted, 1):
            connection.execute(f"DELETE FROM {derived.table}")
            into = f"INSERT INTO {derived.table} ({quoted(derived.columns)})"
            made[derived.table] = connection.execute(f"{into} {derived.select}").rowcount
            if progress:
                progress(done, len(wanted))
        return made

    return store.writing(run)
