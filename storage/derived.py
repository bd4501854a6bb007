"""The derived tables: what each is (a SELECT over the ledgers) and how appended rows move it (LED-01).

`append` moves every one by the rows just written; `rebuild` makes it again from its SELECT; `verify` compares the two.
Sums are moved by deltas inside the database, in the order of their keys, so that nothing is lost or locked crosswise.
Not here: what may be posted at all (domain/); only what no posting may leave behind is refused.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any, TypeAlias

from domain.errors import Collided, InvariantBroken
from domain.ledger.entries import Application, BinEntry, GlRelation, ItemEntry, ValueEntry, shown
from domain.tracking.numbers import DEFAULT_CODES, is_specific
from domain.values import fold
from storage.batches import SIZES, batches, values_of
from storage.columns import quoted, shape_of
from storage.engines import Connection

Appended: TypeAlias = Mapping[str, Sequence[Sequence[Any]]]
"""Table to the rows just appended to it, in the order of its columns (their types are the columns', hence Any)."""
Key: TypeAlias = tuple[Any, ...]

ONE_PIECE = 100_000
"""The quantity of a serial, as it is kept."""


class StalePlan(Collided):
    """What was planned does not fit what stands: somebody else was quicker. The store plans again."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived table: its columns, the SELECT that defines it, and the rule that moves it."""

    table: str
    columns: tuple[str, ...]
    keys: int
    """How many of the columns, from the first, are the key."""
    select: str
    move: Callable[[Connection, Appended], None]


class _Sums:
    """A table of sums by key, moved by adding to them; a row whose sums are all 0 is not kept."""

    def __init__(self, table: str, keys: str, sums: str) -> None:
        names, self._keys = sums.split(), len(keys.split())
        columns = quoted([*keys.split(), *names])
        added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in names)
        self._add = {
            size: f"INSERT INTO {table} ({columns}) {values_of(size, self._keys + len(names))} "
            f"ON CONFLICT ({quoted(keys.split())}) DO UPDATE SET {added} RETURNING {columns}"
            for size in SIZES
        }
        self._drop = f"DELETE FROM {table} WHERE " + " AND ".join(f'"{key}" = ?' for key in keys.split())

    def add(self, connection: Connection, deltas: Mapping[Key, Sequence[int]]) -> list[Key]:
        """Add to the sums of each key; return the keys whose first sum is now below zero."""
        below = []
        for keys in batches(sorted(deltas)):
            values = [value for key in keys for value in (*key, *deltas[key])]
            for row in connection.execute(self._add[len(keys)], values).fetchall():
                first = row[self._keys]
                if first < 0:
                    below.append(row[: self._keys])
                elif not first and not any(row[self._keys :]):
                    connection.execute(self._drop, row[: self._keys])
        return below


def _values(kind: type, *names: str) -> Callable[[Sequence[Any]], Any]:
    """Return what picks these columns from a row of a ledger: one value, or a tuple of several."""
    columns = shape_of(kind).names
    return itemgetter(*(columns.index(name) for name in names))


_STOCK = ("item", "variant", "location", "lot", "package")
_PLACE = _values(ItemEntry, *_STOCK)
_ENTRY_QTY = _values(ItemEntry, "id", "qty")
_VALUE = _values(ValueEntry, "item_entry", "cost_amount_actual", "cost_amount_expected")
_PLACE_OF = f"SELECT {', '.join(_STOCK)} FROM item_entry WHERE id = ?"
_STOCK_SUMS = _Sums("stock_balance", " ".join(_STOCK), "qty amount expected_amount")


def _move_stock(connection: Connection, rows: Appended) -> None:
    """Quantities come from item entries, amounts from value entries at the place of their item entry."""
    deltas: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    places: dict[int, Key] = {}
    for row in rows.get("item_entry", ()):
        entry, qty = _ENTRY_QTY(row)
        places[entry] = _PLACE(row)
        deltas[places[entry]][0] += qty
    for row in rows.get("value_entry", ()):
        entry, actual, expected = _VALUE(row)
        if entry:
            if entry not in places:
                places[entry] = _place_of(connection, entry)
            sums = deltas[places[entry]]
            sums[1] += actual
            sums[2] += expected
    _STOCK_SUMS.add(connection, deltas)


def _place_of(connection: Connection, entry: int) -> Key:
    place: Key | None = connection.execute(_PLACE_OF, (entry,)).fetchone()
    if place is None:
        raise InvariantBroken(f"a value entry names item entry {shown(entry)}, which is not there")
    return place


_BIN = ("location", "bin", "item", "variant", "uom", "lot", "serial", "package")
_BIN_KEY = _values(BinEntry, *_BIN)
_BIN_QTY = _values(BinEntry, "qty", "qty_base")
_BIN_SUMS = _Sums("bin_balance", " ".join(_BIN), "qty qty_base")


def _move_bins(connection: Connection, rows: Appended) -> None:
    """No bin goes below zero but the adjustment bin of its location (bins.md 24, decision 49)."""
    deltas: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows.get("bin_entry", ()):
        qty, qty_base = _BIN_QTY(row)
        sums = deltas[_BIN_KEY(row)]
        sums[0] += qty
        sums[1] += qty_base
    for key in _BIN_SUMS.add(connection, deltas):
        location, bin = key[:2]
        kept = connection.execute("SELECT bins FROM location WHERE code = ?", (location,)).fetchone()
        if kept is None or json.loads(kept[0]).get("adjustment") != bin:
            raise InvariantBroken(f"a bin would go below zero: {', '.join(map(str, key))}")


_DRAWN = _values(Application, "inbound_entry", "outbound_entry", "qty", "cost_application")
_OPEN = {
    size: f"WITH moved (entry, qty) AS ({values_of(size, 2)}) "
    "INSERT INTO open_entry "
    "SELECT id, item, variant, location, lot, serial, package, posting_date, posted_at, moved.qty "
    "FROM moved JOIN item_entry ON id = moved.entry WHERE true "
    "ON CONFLICT (entry) DO UPDATE SET remaining_qty = open_entry.remaining_qty + excluded.remaining_qty "
    "RETURNING entry, remaining_qty, (SELECT qty FROM item_entry WHERE id = entry)"
    for size in SIZES
}


def _move_open_entries(connection: Connection, rows: Appended) -> None:
    """An entry opens with its quantity; an application takes from both its sides, its mirror gives back (LED-16)."""
    deltas: dict[int, int] = defaultdict(int)
    for row in rows.get("item_entry", ()):
        entry, qty = _ENTRY_QTY(row)
        deltas[entry] += qty
    for row in rows.get("application", ()):
        inbound, outbound, qty, only_cost = _DRAWN(row)
        if outbound and not only_cost:
            deltas[inbound] += qty
            deltas[outbound] -= qty
    for moved in batches(sorted((entry, delta) for entry, delta in deltas.items() if delta)):
        found = connection.execute(_OPEN[len(moved)], list(chain.from_iterable(moved))).fetchall()
        missing = {entry for entry, _ in moved}.difference(entry for entry, _, _ in found)
        if missing:
            raise InvariantBroken(f"an application names item entry {shown(min(missing))}, which is not there")
        for entry, remaining, qty in found:
            if not min(qty, 0) <= remaining <= max(qty, 0):
                raise StalePlan("changed", entry=shown(entry), remaining=remaining, qty=qty)
            if not remaining:
                connection.execute("DELETE FROM open_entry WHERE entry = ?", (entry,))


_SERIAL_OF_ITEM = _values(ItemEntry, "item", "variant", "serial")
_SERIAL_OF_BIN = _values(BinEntry, "item", "variant", "serial")
_SERIALS = """
SELECT item, variant, serial, coalesce(location, ''), coalesce(
    (SELECT b.bin FROM bin_entry b WHERE b.serial <> '' AND b.serial = s.serial AND b.item = s.item
        AND b.variant = s.variant AND b.location = s.location GROUP BY b.bin HAVING sum(b.qty_base) > 0
        ORDER BY b.bin LIMIT 1), ''),
    CASE WHEN location IS NULL THEN 'issued' ELSE 'in_stock' END
FROM (SELECT item, variant, serial,
    (SELECT p.location FROM item_entry p WHERE p.serial <> '' AND p.serial = e.serial AND p.item = e.item
        AND p.variant = e.variant GROUP BY p.location HAVING sum(p.qty) > 0 ORDER BY p.location LIMIT 1) AS location
    FROM (SELECT DISTINCT item, variant, serial FROM item_entry WHERE serial <> ''{only}) e) s
WHERE true"""
_SERIAL = (
    "INSERT INTO serial_state"
    + _SERIALS.format(only=" AND item = ? AND variant = ? AND serial = ?")
    + " ON CONFLICT (item, variant, serial) DO UPDATE SET"
    " location = excluded.location, bin = excluded.bin, state = excluded.state"
)
_SERIAL_STANDS = (
    "SELECT location, sum(qty) FROM item_entry WHERE serial <> '' AND item = ? AND variant = ? AND serial = ? "
    "GROUP BY location HAVING sum(qty) <> 0"
)


_BUILT_IN = ", ".join(f"'{code}'" for code, tracking in DEFAULT_CODES.items() if is_specific(tracking, "serial"))
_IS_SPECIFIC = (
    "SELECT coalesce(t.serial_specific, i.tracking IN (" + _BUILT_IN + ")) FROM item i "
    "LEFT JOIN tracking_code t ON t.code = i.tracking WHERE i.no = ?"
)


def _move_serials(connection: Connection, rows: Appended) -> None:
    """Read the state of each serial touched from its own few entries; it is in one place or in none (SAF-06 c).

    A serial of a pool may be typed again and again (tracking.md 4).
    """
    touched = {_SERIAL_OF_ITEM(row) for row in rows.get("item_entry", ())}
    touched |= {_SERIAL_OF_BIN(row) for row in rows.get("bin_entry", ())}
    for key in sorted(key for key in touched if key[2]):
        connection.execute(_SERIAL, key)
        stands = connection.execute(_SERIAL_STANDS, key).fetchall()
        is_broken = len(stands) > 1 or any(qty != ONE_PIECE for _, qty in stands)
        if is_broken and connection.execute(_IS_SPECIFIC, key[:1]).fetchone() == (1,):
            raise InvariantBroken(f"serial {', '.join(key)} would stand in more than one place: {stands}")


_NUMBERS = {kind: _values(ItemEntry, "item", "variant", kind, "expires") for kind in ("lot", "package", "serial")}
_KNOWN = """
INSERT INTO tracking_number (item, variant, kind, "key", no, expires) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (item, variant, kind, "key") DO UPDATE SET expires = excluded.expires"""
_CAME = " UNION ALL ".join(
    f"SELECT item, variant, '{kind}' AS kind, {kind} AS no, expires, posted_at, id"
    f" FROM item_entry WHERE qty > 0 AND {kind} <> ''"
    for kind in _NUMBERS
)
_KNOWN_ONCE = f"""
SELECT DISTINCT item, variant, kind, upper(no),
    first_value(no) OVER (PARTITION BY item, variant, kind, upper(no) ORDER BY posted_at, id),
    first_value(expires) OVER (PARTITION BY item, variant, kind, upper(no) ORDER BY posted_at DESC, id DESC)
FROM ({_CAME})"""


def _move_numbers(connection: Connection, rows: Appended) -> None:
    """A number is known as it first came in, with the expiry of its newest increase (decision 4)."""
    came = []
    for row in rows.get("item_entry", ()):
        if _ENTRY_QTY(row)[1] > 0:
            for kind, values in _NUMBERS.items():
                item, variant, no, expires = values(row)
                if no:
                    came.append((item, variant, kind, fold(no), no, expires))
    if came:
        connection.executemany(_KNOWN, sorted(came, key=itemgetter(0, 1, 2, 3)))


_COST = _values(ValueEntry, "id", "cost_amount_actual", "cost_amount_expected")
_IN_GL = _values(GlRelation, "value_entry", "amount", "expected", "balancing")
_WAITING = _Sums("gl_waiting", "value_entry", "actual expected")


def _move_gl_waiting(connection: Connection, rows: Appended) -> None:
    """A value entry waits for the general ledger with what was not posted; posted at once it never does."""
    deltas: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows.get("value_entry", ()):
        entry, actual, expected = _COST(row)
        deltas[(entry,)] = [actual, expected]
    for row in rows.get("gl_relation", ()):
        entry, amount, is_expected, is_balancing = _IN_GL(row)
        if not is_balancing:
            deltas[(entry,)][is_expected] -= amount
    _WAITING.add(connection, {key: sums for key, sums in deltas.items() if any(sums)})


DERIVED = (
    Derived(
        "stock_balance",
        (*_STOCK, "qty", "amount", "expected_amount"),
        len(_STOCK),
        f"""
        SELECT {", ".join(_STOCK)}, CAST(sum(qty) AS BIGINT), CAST(sum(actual) AS BIGINT), CAST(sum(expected) AS BIGINT)
        FROM (
            SELECT {", ".join(_STOCK)}, qty, 0 AS actual, 0 AS expected FROM item_entry
            UNION ALL
            SELECT {", ".join(f"i.{name}" for name in _STOCK)}, 0, v.cost_amount_actual, v.cost_amount_expected
            FROM value_entry v JOIN item_entry i ON i.id = v.item_entry
        )
        GROUP BY {", ".join(_STOCK)} HAVING sum(qty) <> 0 OR sum(actual) <> 0 OR sum(expected) <> 0""",
        _move_stock,
    ),
    Derived(
        "bin_balance",
        (*_BIN, "qty", "qty_base"),
        len(_BIN),
        f"""
        SELECT {", ".join(_BIN)}, CAST(sum(qty) AS BIGINT), CAST(sum(qty_base) AS BIGINT)
        FROM bin_entry GROUP BY {", ".join(_BIN)} HAVING sum(qty) <> 0 OR sum(qty_base) <> 0""",
        _move_bins,
    ),
    Derived(
        "open_entry",
        (
            "entry",
            "item",
            "variant",
            "location",
            "lot",
            "serial",
            "package",
            "posting_date",
            "posted_at",
            "remaining_qty",
        ),
        1,
        """
        SELECT i.id, i.item, i.variant, i.location, i.lot, i.serial, i.package, i.posting_date, i.posted_at,
            CAST(i.qty + coalesce(a.qty, 0) AS BIGINT)
        FROM item_entry i LEFT JOIN (
            SELECT entry, sum(qty) AS qty FROM (
                SELECT inbound_entry AS entry, qty FROM application WHERE outbound_entry <> 0 AND cost_application = 0
                UNION ALL
                SELECT outbound_entry, -qty FROM application WHERE outbound_entry <> 0 AND cost_application = 0
            ) GROUP BY entry
        ) a ON a.entry = i.id
        WHERE i.qty + coalesce(a.qty, 0) <> 0""",
        _move_open_entries,
    ),
    Derived(
        "serial_state",
        ("item", "variant", "serial", "location", "bin", "state"),
        3,
        _SERIALS.format(only=""),
        _move_serials,
    ),
    Derived(
        "tracking_number",
        ("item", "variant", "kind", "key", "no", "expires"),
        4,
        _KNOWN_ONCE,
        _move_numbers,
    ),
    Derived(
        "gl_waiting",
        ("value_entry", "actual", "expected"),
        1,
        """
        SELECT value_entry, CAST(sum(actual) AS BIGINT), CAST(sum(expected) AS BIGINT) FROM (
            SELECT id AS value_entry, cost_amount_actual AS actual, cost_amount_expected AS expected FROM value_entry
            UNION ALL
            SELECT value_entry, iif(expected, 0, -amount), iif(expected, -amount, 0)
            FROM gl_relation WHERE balancing = 0
        )
        GROUP BY value_entry HAVING sum(actual) <> 0 OR sum(expected) <> 0""",
        _move_gl_waiting,
    ),
)
"""In the order in which a posting moves them."""


def move(connection: Connection, rows: Appended) -> None:
    """Move every derived table by the rows just appended."""
    for derived in DERIVED:
        derived.move(connection, rows)
