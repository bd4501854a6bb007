"""The general ledger: what waits for it, and what stands in it (domain/ledger/books.py, GeneralLedger)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from domain.accounts.pairs import RESOURCE
from domain.ledger.books import GlWaiting, ValueSum
from domain.ledger.entries import ValueEntry
from storage.columns import Value, days, holders, shape_of, unscaled
from storage.engines import Connection

_VALUE, _WAITING = shape_of(ValueEntry), shape_of(GlWaiting)
_COLUMNS = ", ".join([f'v."{name}"' for name in _VALUE.names] + [f'w."{name}"' for name in _WAITING.names])
_HELD = len(_VALUE.names)
_WAIT = "gl_waiting w JOIN value_entry v ON v.id = w.value_entry"
_QUEUE = f"SELECT {_COLUMNS} FROM {_WAIT} WHERE {{only}} ORDER BY w.value_entry LIMIT ?"
_HOLDS_ACTUAL = "w.actual <> 0"
_COUNT = "SELECT count(*) FROM gl_waiting w WHERE {only}"
_SUMS = (
    f"SELECT iif(v.item_entry = 0, '{RESOURCE}', v.item_entry_type), v.entry_type, v.variance_type, {{sums}} "
    "WHERE {only} GROUP BY 1, 2, 3"
)
_OF_VALUES = "sum(v.cost_amount_actual), sum(v.cost_amount_expected) FROM value_entry v"
_OF_WAITING = f"sum(w.actual), sum(w.expected) FROM {_WAIT}"
_BALANCES = "SELECT v.account, sum(v.amount) FROM gl_entry v WHERE {only} GROUP BY v.account ORDER BY v.account"


class GeneralLedgerBooks:
    """What the general ledger asks of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(
        self, *, upto: date | None, items: Collection[str], with_expected: bool, after: int, most: int
    ) -> list[tuple[ValueEntry, GlWaiting]]:
        """Return value entries that wait, with what of them does."""
        conditions, values = _only(upto)
        conditions.append("w.value_entry > ?")
        values.append(after)
        if items:
            conditions.append(f"v.item IN ({holders(len(items))})")
            values += items
        if not with_expected:
            conditions.append(_HOLDS_ACTUAL)
        rows = self._connection.execute(_QUEUE.format(only=" AND ".join(conditions)), [*values, most])
        return [(_VALUE.entity(row[:_HELD]), _WAITING.entity(row[_HELD:])) for row in rows]

    def waiting_count(self, *, with_expected: bool) -> int:
        """Return how many value entries wait."""
        only = "true" if with_expected else _HOLDS_ACTUAL
        (count,) = self._connection.execute(_COUNT.format(only=only)).fetchone()
        return int(count)

    def value_sums(self, *, upto: date | None, item: str | None, location: str | None) -> list[ValueSum]:
        """Return the sums of all value entries by kind."""
        return self._sums(_OF_VALUES, upto, item, location)

    def waiting_sums(self, *, upto: date | None) -> list[ValueSum]:
        """Return the sums of what is not posted."""
        return self._sums(_OF_WAITING, upto)

    def balances(self, *, upto: date | None) -> dict[str, Decimal]:
        """Return what stands on each account."""
        conditions, values = _only(upto)
        rows = self._connection.execute(_BALANCES.format(only=" AND ".join(conditions)), values)
        return {account: unscaled(amount) for account, amount in rows}

    def _sums(
        self, sums: str, upto: date | None, item: str | None = None, location: str | None = None
    ) -> list[ValueSum]:
        conditions, values = _only(upto)
        for name, value in (("item", item), ("location", location)):
            if value is not None:
                conditions.append(f"v.{name} = ?")
                values.append(value)
        rows = self._connection.execute(_SUMS.format(sums=sums, only=" AND ".join(conditions)), values)
        return [
            ValueSum(item_entry_type, entry_type, variance_type, unscaled(actual), unscaled(expected))
            for item_entry_type, entry_type, variance_type, actual, expected in rows
        ]


def _only(upto: date | None) -> tuple[list[str], list[Value]]:
    """Return the condition of rows dated up to a day, and its values."""
    return (["v.posting_date <= ?"], [days(upto)]) if upto else (["true"], [])
