"""The check of the invariants (SAF-06, SAF-07): reads everything, changes nothing, names each broken rule with keys.

Its SQL is its own and shares nothing with posting, but for the defining SELECTs of derived.py in (i). Not here: the
chains (verify_chain.py), entries that name another (verify_named.py), picks at work (verify_picks.py), and repair,
which is a person's decision (`rebuild` makes derived tables anew).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from domain.ledger.entries import shown
from domain.values import plain
from storage.columns import unscaled
from storage.derived import DERIVED, Derived
from storage.engines import Connection
from storage.engines.sqlite import damage, is_overflow, is_undecodable
from storage.store import Store
from storage.verify_chain import Finding, walk
from storage.verify_named import NAMED_ENTRIES
from storage.verify_picks import picks

Progress = Callable[[int, int], None]
"""Called with how many checks are done and how many there are."""
Check: TypeAlias = Callable[[Connection], Iterator[Finding]]


def verify(store: Store, progress: Progress | None = None) -> list[Finding]:
    """Check every rule over one unchanging state of the database; none broken is an empty list."""

    def run(connection: Connection) -> list[Finding]:
        findings: list[Finding] = []
        for done, check in enumerate(CHECKS):
            if progress:
                progress(done, len(CHECKS))
            findings += _whatever_it_finds(check, connection)
        if progress:
            progress(len(CHECKS), len(CHECKS))
        return findings

    try:
        return store.reading(run)
    except Exception as error:
        if not is_undecodable(error):
            raise
        return store.reading_any_text(run)  # reads slower, so only where it must


def _whatever_it_finds(check: Check, connection: Connection) -> Iterator[Finding]:
    """Yield what a check finds; one damaged figure must not hide what the others would find."""
    try:
        yield from check(connection)
    except Exception as error:
        if not is_overflow(error):
            raise
        yield Finding("SAF-07", "database", "A figure is too large to be added up, so one rule was not checked.")


@dataclass(frozen=True, slots=True)
class _Agreement:
    """Two sums that must agree for each key. A side is `quantity FROM table WHERE ...`."""

    rule: str
    keys: str
    left: str
    right: str
    names: str
    """What the two sides are called in the text."""

    def __call__(self, connection: Connection) -> Iterator[Finding]:
        one = self.left.replace(" FROM ", " AS one, 0 AS other FROM ", 1)
        other = self.right.replace(" FROM ", " AS other FROM ", 1)
        sql = (
            f"SELECT {self.keys}, sum(one), sum(other) FROM "
            f"(SELECT {self.keys}, {one} UNION ALL SELECT {self.keys}, 0, {other}) "
            f"GROUP BY {self.keys} HAVING sum(one) <> sum(other)"
        )
        one_name, other_name = self.names.split(" / ")
        for *key, left, right in connection.execute(sql):
            where = _keys(self.keys.split(", "), key)
            yield Finding(self.rule, where, f"{one_name} {_number(left)}, but {other_name} {_number(right)}.")


_BIN_LOCATIONS = "location IN (SELECT code FROM location WHERE bin_mandatory = 1)"


def _kept_in_bins(number: str) -> str:
    """Return the condition for items whose tracking code keeps this number in bins (bins.md 23)."""
    return f"{_BIN_LOCATIONS} AND item IN ({_told_apart_by(number)})"


def _told_apart_by(number: str) -> str:
    """Return the query for items whose stock is told apart by this number, by a code of the site or a built-in one."""
    built_in = {"lot": "'LOT', 'LOT_SERIAL'", "serial": "'SERIAL', 'LOT_SERIAL'", "package": "''"}[number]
    return (
        "SELECT i.no FROM item i LEFT JOIN tracking_code t ON t.code = i.tracking "
        f"WHERE t.{number}_warehouse = 1 OR t.{number}_specific = 1 OR t.code IS NULL AND i.tracking IN ({built_in})"
    )


def _bins_of(number: str) -> _Agreement:
    kept = _kept_in_bins(number)
    return _Agreement(
        "SAF-06 (b)",
        f"location, item, variant, {number}",
        f"qty FROM item_entry WHERE {kept}",
        f"qty_base FROM bin_entry WHERE {kept}",
        "item entries add up to / bin entries to",
    )


_AGREEMENTS = (
    _Agreement(
        "SAF-06 (a)",
        "item, variant, location, lot, package",
        "qty FROM item_entry",
        "qty FROM stock_balance",
        "item entries add up to / the balance is",
    ),
    _Agreement(
        "SAF-06 (a)",
        "item, variant, location",
        "cost_amount_actual FROM value_entry WHERE item_entry <> 0",
        "amount FROM stock_balance",
        "value entries add up to / the balance's amount is",
    ),
    _Agreement(
        "SAF-06 (a)",
        "item, variant, location",
        "cost_amount_expected FROM value_entry WHERE item_entry <> 0",
        "expected_amount FROM stock_balance",
        "expected value entries add up to / the balance's expected amount is",
    ),
    _Agreement(
        "SAF-06 (b)",
        "location, bin, item, variant, uom, lot, serial, package",
        "qty FROM bin_entry",
        "qty FROM bin_balance",
        "bin entries add up to / the bin holds",
    ),
    _Agreement(
        "SAF-06 (b)",
        "location, item, variant",
        f"qty FROM item_entry WHERE {_BIN_LOCATIONS}",
        f"qty_base FROM bin_entry WHERE {_BIN_LOCATIONS}",
        "item entries add up to / bin entries to",
    ),
    _bins_of("lot"),
    _bins_of("serial"),
    _bins_of("package"),
    _Agreement(
        "SAF-06 (d)",
        "item, variant, location",
        "qty FROM item_entry",
        "remaining_qty FROM open_entry",
        "item entries add up to / what is open to",
    ),
)


@dataclass(frozen=True, slots=True)
class _Pointer:
    """A column that names a row of a ledger, or none with 0."""

    table: str
    column: str
    target: str

    def __call__(self, connection: Connection) -> Iterator[Finding]:
        sql = (
            f"SELECT s.id, s.{self.column} FROM {self.table} s LEFT JOIN {self.target} t ON t.id = s.{self.column} "
            f"WHERE s.{self.column} <> 0 AND t.id IS NULL"
        )
        for entry, named in connection.execute(sql):
            where = f"{self.table} {shown(entry)}"
            yield Finding("LED-01", where, f"It names {self.target} {shown(named)}, which is not there.")


_POINTERS = (
    _Pointer("item_entry", "applies_to_entry", "item_entry"),
    _Pointer("value_entry", "item_entry", "item_entry"),
    _Pointer("value_entry", "applies_to_entry", "value_entry"),
    _Pointer("application", "item_entry", "item_entry"),
    _Pointer("application", "inbound_entry", "item_entry"),
    _Pointer("application", "outbound_entry", "item_entry"),
    _Pointer("application", "transferred_from_entry", "item_entry"),
    _Pointer("application", "cancels", "application"),
    _Pointer("gl_relation", "gl_entry", "gl_entry"),
    _Pointer("gl_relation", "value_entry", "value_entry"),
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A SELECT of rows that break a rule; its first column numbers an entry, the rest fill the text."""

    rule: str
    table: str
    sql: str
    text: str

    def __call__(self, connection: Connection) -> Iterator[Finding]:
        for entry, *facts in connection.execute(self.sql):
            yield Finding(self.rule, f"{self.table} {shown(entry)}", self.text.format(*map(_told, facts)))


_LIVE = "outbound_entry <> 0 AND cost_application = 0"
_RULES = (
    _Rule(
        "SAF-06 (h)",
        "item_entry",
        "SELECT e.id FROM item_entry e JOIN register r ON r.id = e.id / 1048576 WHERE e.posted_at <> r.posted_at",
        "Its posted_at is not that of its register.",
    ),
    _Rule(
        "SAF-06 (h)",
        "bin_entry",
        "SELECT e.id FROM bin_entry e JOIN register r ON r.id = e.id / 1048576 WHERE e.posted_at <> r.posted_at",
        "Its posted_at is not that of its register.",
    ),
    _Rule(
        "SAF-06 (d)",
        "item_entry",
        "SELECT e.id, e.qty, e.qty + sum(a.moved) AS left_over FROM item_entry e JOIN ("
        f"SELECT inbound_entry AS entry, qty AS moved FROM application WHERE {_LIVE} UNION ALL "
        f"SELECT outbound_entry, -qty FROM application WHERE {_LIVE}) a ON a.entry = e.id GROUP BY e.id, e.qty "
        "HAVING e.qty > 0 AND (left_over < 0 OR left_over > e.qty) "
        "OR e.qty < 0 AND (left_over > 0 OR left_over < e.qty)",
        "Of {0} its applications leave {1}.",
    ),
    _Rule(
        "SAF-06 (d)",
        "application",
        "SELECT a.id FROM application a JOIN item_entry i ON i.id = a.inbound_entry "
        "JOIN item_entry o ON o.id = a.outbound_entry WHERE a.cost_application = 0 AND "
        "(i.qty < 0 OR o.qty > 0 OR i.item <> o.item OR i.variant <> o.variant OR i.location <> o.location)",
        "It joins entries of different items or places, or not an increase with a decrease.",
    ),
    _Rule(
        "LED-28",
        "application",
        "SELECT a.id FROM application a JOIN application c ON c.id = a.cancels "
        "WHERE a.qty <> -c.qty OR a.inbound_entry <> c.inbound_entry OR a.outbound_entry <> c.outbound_entry",
        "It is not the mirror of the application it takes back.",
    ),
    _Rule(
        "LED-28",
        "application",
        "SELECT cancels FROM application WHERE cancels <> 0 GROUP BY cancels HAVING count(*) > 1",
        "It was taken back more than once.",
    ),
    _Rule(
        "SAF-06 (e)",
        "register",
        "SELECT id / 1048576 AS register, item, sum(qty) FROM item_entry WHERE entry_type = 'transfer' "
        "GROUP BY register, item HAVING sum(qty) <> 0",
        "Its transfer entries of item {0} add up to {1}, not to 0.",
    ),
    _Rule(
        "SAF-06 (e)",
        "register",
        "SELECT id / 1048576 AS register, item, sum(qty_base) FROM bin_entry WHERE entry_type = 'movement' "
        "GROUP BY register, location, item, variant, lot, serial, package HAVING sum(qty_base) <> 0",
        "Its movements of item {0} add up to {1}, not to 0.",
    ),
    _Rule(
        "GL-02",
        "value_entry",
        "SELECT value_entry, sum(amount) FROM gl_relation GROUP BY value_entry, expected HAVING sum(amount) <> 0",
        "Its two sides in the general ledger add up to {0}, not to 0.",
    ),
    _Rule(
        "GL-13",
        "gl_entry",
        "SELECT e.id, e.amount, sum(coalesce(r.amount, 0)) AS told FROM gl_entry e "
        "LEFT JOIN gl_relation r ON r.gl_entry = e.id GROUP BY e.id, e.amount HAVING e.amount <> told",
        "It is {0}, but its value entries add up to {1}.",
    ),
)


def _file(connection: Connection) -> Iterator[Finding]:
    for text in damage(connection):
        yield Finding("SAF-07", "database", text)


def _serials(connection: Connection) -> Iterator[Finding]:
    """Find serials in two places or there more than once; cases of letters do not tell serials apart (decision 4)."""
    sql = (
        "SELECT item, variant, upper(serial) AS number, count(*), sum(qty), max(came) FROM ("
        "SELECT item, variant, upper(serial) AS serial, location, sum(qty) AS qty, max(qty) AS came FROM item_entry "
        f"WHERE serial <> '' AND item IN ({_told_apart_by('serial')}) "
        "GROUP BY item, variant, upper(serial), location HAVING sum(qty) <> 0) "
        "GROUP BY item, variant, number HAVING count(*) > 1 OR sum(qty) <> 100000"
    )
    for item, variant, serial, places, qty, _ in connection.execute(sql):
        where = _keys(("item", "variant", "serial"), (item, variant, serial))
        yield Finding("SAF-06 (c)", where, f"It stands in {places} place(s) with {_number(qty)} in all.")


def _bins_below_zero(connection: Connection) -> Iterator[Finding]:
    adjustment: dict[str, str] = {}
    for code, bins in connection.execute("SELECT code, bins FROM location"):
        try:
            adjustment[code] = json.loads(bins)["adjustment"]
        except (ValueError, TypeError, KeyError):
            yield Finding("SAF-06 (f)", f"location {code}", "Its bins cannot be read.")
    names = ("location", "bin", "item", "variant", "uom", "lot", "serial", "package")
    for *key, qty in connection.execute(f"SELECT {', '.join(names)}, qty FROM bin_balance WHERE qty < 0"):
        location, bin = key[:2]
        if adjustment.get(location) != bin:
            yield Finding("SAF-06 (f)", _keys(names, key), f"The bin holds {_number(qty)}.")


def _operations(connection: Connection) -> Iterator[Finding]:
    sql = "SELECT o.id, o.command FROM operation o LEFT JOIN register r ON r.operation_id = o.id WHERE r.id IS NULL"
    for operation, command in connection.execute(sql):
        yield Finding("SAF-03", f"operation {operation}", f"{command} was answered, but no register carries its id.")


def _scans(connection: Connection) -> Iterator[Finding]:
    sql = "SELECT terminal, count(*), max(no) FROM scan_journal GROUP BY terminal HAVING count(*) <> max(no)"
    for terminal, scans, last in connection.execute(sql):
        yield Finding("SAF-31", f"scan_journal {terminal}", f"Of {last} scans {scans} are there.")


def _clock(connection: Connection) -> Iterator[Finding]:
    """Find a clock confirmed for later than the last register: posting would not stop when it goes back."""
    sql = "SELECT id FROM confirmed_clock WHERE posted_at > (SELECT max(posted_at) FROM writer)"
    for _ in connection.execute(sql):
        yield Finding("SAF-34", "confirmed_clock", "It was confirmed for a time after the last posting.")


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """A derived table is what its SELECT makes of the ledgers."""

    derived: Derived

    def __call__(self, connection: Connection) -> Iterator[Finding]:
        table, columns, keys = self.derived.table, self.derived.columns, self.derived.keys
        kept = "SELECT " + ", ".join(f'"{column}"' for column in columns) + f" FROM {table}"
        made = f"SELECT * FROM ({self.derived.select})"
        stands = {row[:keys]: row[keys:] for row in connection.execute(f"{kept} EXCEPT {made}")}
        right = {row[:keys]: row[keys:] for row in connection.execute(f"{made} EXCEPT {kept}")}
        for key in sorted({*stands, *right}):
            where = f"{table} {_keys(columns[:keys], key)}"
            yield Finding(
                "SAF-06 (i)", where, f"It says {self._row(stands, key)}, the ledgers say {self._row(right, key)}."
            )

    def _row(self, rows: dict[tuple[Any, ...], tuple[Any, ...]], key: tuple[Any, ...]) -> str:
        return _keys(self.derived.columns[self.derived.keys :], rows[key]) if key in rows else "nothing"


CHECKS: tuple[Check, ...] = (
    _file,
    walk,
    *_POINTERS,
    *_AGREEMENTS,
    *_RULES,
    _serials,
    _bins_below_zero,
    *NAMED_ENTRIES,
    picks,
    _operations,
    _scans,
    _clock,
    *(_Rebuilt(derived) for derived in DERIVED),
)


def _keys(names: Sequence[str], values: Sequence[Any]) -> str:
    """Return named values for a person, those that are empty left out, an entry as its number is shown."""
    named = [(name, value) for name, value in zip(names, values, strict=True) if value != ""]
    return ", ".join(f"{name} {shown(value) if name.endswith('entry') else value}" for name, value in named)


def _number(units: int) -> str:
    return plain(unscaled(units))


def _told(fact: object) -> str:
    return _number(fact) if isinstance(fact, int) else str(fact)
