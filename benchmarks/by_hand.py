"""The reference: the rows a posting leaves, written again by plain sqlite3.

`record` runs postings in one transaction, notes which rows each of them touched, and takes it all back. `write` writes
those rows into a copy of the file as one who knew them would: BEGIN IMMEDIATE, one `executemany` of a prepared
statement for each table, COMMIT, on a connection with the program's own settings. What a posting made and removed again
is not written at all. `Both` has the two sides, and sees to it that they hold the same in the end.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.measuring import Work
from domain.books import Books
from storage.books.transaction import TransactionBooks
from storage.columns import holders, quoted
from storage.engines import Connection
from storage.engines.sqlite import SETTINGS
from storage.store import Store

Row: TypeAlias = tuple[Any, ...]
Posting: TypeAlias = Callable[[Books], object]


@dataclass(frozen=True, slots=True)
class Table:
    """A table and the statements that write it."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def insert(self) -> str:
        """The statement for new rows."""
        return f'INSERT INTO "{self.name}" ({quoted(self.columns)}) VALUES ({holders(len(self.columns))})'

    @property
    def upsert(self) -> str:
        """The statement for rows that were there."""
        rest = [name for name in self.columns if name not in self.key]
        changed = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
        return f"{self.insert} ON CONFLICT ({quoted(self.key)}) DO UPDATE SET {changed}"

    @property
    def where(self) -> str:
        """The condition for one row."""
        return " AND ".join(f'"{name}" = ?' for name in self.key)


@dataclass(frozen=True, slots=True)
class Written:
    """What one posting leaves: statements with their rows."""

    statements: tuple[tuple[str, tuple[Row, ...]], ...]
    asked: int
    """How many statements the program needed for it; one over many rows counts once."""

    @property
    def rows(self) -> int:
        """How many rows it writes or deletes."""
        return sum(len(rows) for _, rows in self.statements)

    def __str__(self) -> str:
        hand = f"by hand {len(self.statements)} over {self.rows} rows"
        return f"statements: program {self.asked}, {hand}, BEGIN and COMMIT besides"


class _TakenBack(Exception):
    """Everything was noted: the transaction is not wanted."""


def record(path: Path, postings: Sequence[Posting]) -> list[Written]:
    """Return what each posting leaves behind when they run one after the other; the file stays as it is."""
    asked: list[str] = []
    written: list[Written] = []

    def run(connection: Connection) -> None:
        tables = _tables(connection)
        books = TransactionBooks(connection, version("aisle"))
        for posting in postings:
            asked.clear()
            posting(books)
            statements = asked.count("before")
            written.append(Written(_noted(connection, tables), statements))
        raise _TakenBack

    with Store.open(str(path), on_statement=lambda when, _: asked.append(when)) as store:
        store.writing(_watch)
        with contextlib.suppress(_TakenBack):
            store.writing(run)
    return written


def _tables(connection: Connection) -> list[Table]:
    names = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    ).fetchall()
    tables = []
    for (name,) in names:
        columns = connection.execute(f'PRAGMA main.table_info("{name}")').fetchall()
        key = sorted((place, column) for _, column, *_, place in columns if place)
        tables.append(Table(name, tuple(column[1] for column in columns), tuple(column for _, column in key)))
    return tables


def _watch(connection: Connection) -> None:
    """Have every row that is touched noted by triggers of this connection alone."""
    connection.execute("CREATE TEMP TABLE touched (no INTEGER PRIMARY KEY, name TEXT, key TEXT, event TEXT)")
    for table in _tables(connection):
        for event, which in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
            key = ", ".join(f'{which}."{name}"' for name in table.key)
            connection.execute(
                f'CREATE TEMP TRIGGER "{table.name}_{event}" AFTER {event} ON main."{table.name}" BEGIN '
                f"INSERT INTO touched (name, key, event) VALUES ('{table.name}', json_array({key}), '{event}'); END"
            )


def _noted(connection: Connection, tables: Sequence[Table]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return what the rows touched have become, and begin anew."""
    first: dict[str, dict[str, str]] = defaultdict(dict)
    for name, key, event in connection.execute("SELECT name, key, event FROM touched ORDER BY no"):
        first[name].setdefault(key, event)
    connection.execute("DELETE FROM touched")
    statements: dict[str, list[Row]] = defaultdict(list)
    for table in tables:
        for key, event in first[table.name].items():
            values = tuple(json.loads(key))
            row = connection.execute(
                f'SELECT {quoted(table.columns)} FROM "{table.name}" WHERE {table.where}', values
            ).fetchone()
            if row is not None:
                statements[table.insert if event == "INSERT" else table.upsert].append(row)
            elif event != "INSERT":
                statements[f'DELETE FROM "{table.name}" WHERE {table.where}'].append(values)
    return tuple((sql, tuple(rows)) for sql, rows in statements.items())


def connect(path: Path) -> sqlite3.Connection:
    """Open a file with the program's own settings."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    for setting in ("journal_mode=WAL", *SETTINGS):
        connection.execute(f"PRAGMA {setting}")
    return connection


def write(connection: sqlite3.Connection, written: Written) -> None:
    """Write the rows of one posting."""
    connection.execute("BEGIN IMMEDIATE")
    for sql, rows in written.statements:
        connection.executemany(sql, rows)
    connection.execute("COMMIT")


def check_same(one: Path, other: Path) -> None:
    """Raise AssertionError unless both files hold the same rows."""
    connection = sqlite3.connect(one)
    connection.execute("ATTACH ? AS other", (str(other),))
    for table in _tables(connection):
        for a, b in (("main", "other"), ("other", "main")):
            rows = f'SELECT {quoted(table.columns)} FROM {{}}."{table.name}"'
            extra = connection.execute(f"{rows.format(a)} EXCEPT {rows.format(b)} LIMIT 1").fetchone()
            assert extra is None, f"{table.name}: only one side has {extra}"
    connection.close()


class Both:
    """The same postings on two copies of a file: the program's side and the hand's."""

    def __init__(self, path: Path, postings: Sequence[Posting], entered: ExitStack) -> None:
        self.written = record(path, postings)
        self._path, self._copy = path, path.with_suffix(".by-hand.db")
        shutil.copy(path, self._copy)
        store = entered.enter_context(Store.open(str(path)))
        hand = entered.enter_context(closing(connect(self._copy)))
        self.program: list[Work] = [partial(store.transaction, posting) for posting in postings]
        self.by_hand: list[Work] = [partial(write, hand, written) for written in self.written]

    def check(self) -> None:
        """Raise AssertionError unless both sides did the same."""
        check_same(self._path, self._copy)
