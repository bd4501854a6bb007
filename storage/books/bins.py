"""Contents of bins as they stand."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain

from domain.places.books import BinStock
from storage.batches import SIZES, batches, values_of
from storage.columns import Value, quoted, shape_of
from storage.engines import Connection

_STOCK = shape_of(BinStock)
_ROWS = f"SELECT {quoted(_STOCK.names)} FROM bin_balance WHERE qty <> 0"
_IN_BIN_ORDER = " ORDER BY item, variant, lot, serial, package, uom"
_WALK_ORDER = " ORDER BY location, bin, variant, lot, serial, package, uom"
_NUMBER_ORDER = " ORDER BY b.location, b.bin, b.item, b.variant, b.lot, b.serial, b.package, b.uom"
_OF_ITEMS_IN_BINS = {
    size: f"WITH wanted (location, bin, item) AS ({values_of(size, 3)}) SELECT {quoted(_STOCK.names)} "
    "FROM wanted JOIN bin_balance USING (location, bin, item) WHERE qty <> 0 "
    "ORDER BY location, bin, item, variant, lot, serial, package, uom"
    for size in SIZES
}
_OF_ITEMS_AT = {
    size: f"WITH wanted (item) AS ({values_of(size, 1)}) SELECT {quoted(_STOCK.names)} "
    "FROM wanted JOIN bin_balance USING (item) WHERE location = ? AND qty <> 0 "
    "ORDER BY item, bin, variant, lot, serial, package, uom"
    for size in SIZES
}
_OF_NUMBER = {
    kind: (
        f"SELECT {', '.join(f'b.{name}' for name in _STOCK.names)} FROM tracking_number t JOIN bin_balance b "
        f"ON b.item = t.item AND b.variant = t.variant AND b.{kind} = t.no AND b.{kind} <> '' "
        f'WHERE t.kind = ? AND t."key" = ? AND b.qty <> 0{_NUMBER_ORDER}'
    )
    for kind in ("lot", "serial", "package")
}


class BinBooks:
    """The derived table `bin_balance`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_bin(self, location: str, bin: str, item: str | None = None) -> list[BinStock]:
        """Return what lies in one bin."""
        of_item, values = ("", ()) if item is None else (" AND item = ?", (item,))
        return self._read(f"{_ROWS} AND location = ? AND bin = ?{of_item}{_IN_BIN_ORDER}", location, bin, *values)

    def of_items_in_bins(self, places: Collection[tuple[str, str, str]]) -> list[BinStock]:
        """Return what lies of items in bins."""
        found = []
        for some in batches(sorted(places)):
            found += self._read(_OF_ITEMS_IN_BINS[len(some)], *chain.from_iterable(some))
        return found

    def of_items_at(self, location: str, items: Collection[str]) -> list[BinStock]:
        """Return what lies of items in all bins of a location."""
        found = []
        for some in batches(sorted(items)):
            found += self._read(_OF_ITEMS_AT[len(some)], *some, location)
        return found

    def of_item(self, item: str, location: str | None = None, lot: str | None = None) -> list[BinStock]:
        """Return the bins that hold an item."""
        given = {"location": location, "lot": lot}
        wanted = {name: value for name, value in given.items() if value is not None}
        where = "".join(f" AND {name} = ?" for name in wanted)
        return self._read(f"{_ROWS} AND item = ?{where}{_WALK_ORDER}", item, *wanted.values())

    def of_number(self, kind: str, key: str) -> list[BinStock]:
        """Return the bins that hold a number."""
        return self._read(_OF_NUMBER[kind], kind, key)

    def _read(self, sql: str, *values: Value) -> list[BinStock]:
        return [_STOCK.entity(row) for row in self._connection.execute(sql, values)]
