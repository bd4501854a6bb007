"""Balances and open entries as they stand."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from domain.ledger.books import OpenEntry, StockRow
from storage.columns import Value, quoted, shape_of
from storage.engines import Connection

PAGE = 32
"""Open entries read at a time: a posting rarely draws on more, and an open cursor would hold the whole database."""

_ENTRY = shape_of(OpenEntry)
_STOCK = shape_of(StockRow)


@functools.cache
def _entries_page(numbers: tuple[tuple[str, bool], ...], *, increases: bool, newest_first: bool, is_first: bool) -> str:
    """Return the statement of a page of open entries; of each number given it says whether it is blank.

    Each index of a number holds the entries that have one: the statement must say so to be answered from it.
    """
    only = "".join(f" AND {name} = ?" + (f" AND {name} <> ''" if is_one else "") for name, is_one in numbers)
    sign = ">" if increases else "<"
    after = "" if is_first else f" AND (posting_date, posted_at, entry) {'<' if newest_first else '>'} (?, ?, ?)"
    way = " DESC" if newest_first else ""
    return (
        f"SELECT {quoted(_ENTRY.names)} FROM open_entry WHERE item = ? AND variant = ? AND location = ?{only} "
        f"AND remaining_qty {sign} 0{after} ORDER BY posting_date{way}, posted_at{way}, entry{way} LIMIT {PAGE}"
    )


@functools.cache
def _balances(*names: str) -> str:
    """Return the statement of the balances in which these columns equal values."""
    where = "".join(f" AND {name} = ?" for name in names)
    return (
        f"SELECT {quoted(_STOCK.names)} FROM stock_balance WHERE (qty <> 0 OR amount <> 0){where} "
        "ORDER BY item, variant, location, lot, package"
    )


class StockBooks:
    """The derived tables `stock_balance` and `open_entry`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_entries(
        self,
        item: str,
        variant: str,
        location: str,
        *,
        increases: bool,
        lot: str | None = None,
        serial: str | None = None,
        package: str | None = None,
        newest_first: bool = False,
    ) -> Iterator[OpenEntry]:
        """Yield the open entries of one sign in the order of LED-19, a page at a time."""
        numbers = (("lot", lot), ("serial", serial), ("package", package))
        given = [(name, number) for name, number in numbers if number is not None]
        only = tuple([(name, number != "") for name, number in given])
        values: list[Value] = [item, variant, location, *[number for _, number in given]]
        sql = _entries_page(only, increases=increases, newest_first=newest_first, is_first=True)
        page = self._connection.execute(sql, values).fetchall()
        while page:
            for row in page:
                yield _ENTRY.entity(row)
            if len(page) < PAGE:
                return
            entry, *_, posting_date, posted_at, _ = page[-1]
            sql = _entries_page(only, increases=increases, newest_first=newest_first, is_first=False)
            page = self._connection.execute(sql, [*values, posting_date, posted_at, entry]).fetchall()

    def on_hand(
        self, item: str, variant: str | None = None, location: str | None = None, lot: str | None = None
    ) -> list[StockRow]:
        """Return the balances of an item."""
        given = {"item": item, "variant": variant, "location": location, "lot": lot}
        wanted = {name: value for name, value in given.items() if value is not None}
        rows = self._connection.execute(_balances(*wanted), list(wanted.values()))
        return [_STOCK.entity(row) for row in rows]

    def has_entries(self, item: str) -> bool:
        """Say whether the item was ever posted."""
        found = self._connection.execute("SELECT 1 FROM item_entry WHERE item = ? LIMIT 1", (item,)).fetchone()
        return found is not None

    def at_location(self, location: str) -> list[StockRow]:
        """Return the balances of a location."""
        rows = self._connection.execute(_balances("location"), (location,))
        return [_STOCK.entity(row) for row in rows]
