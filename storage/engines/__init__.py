"""What differs between databases, and what the rest of the room may rely on.

SQL in this room is one neutral text with `?` for each value; an engine whose driver writes it otherwise renders it
in its `execute`. Only what storage-notes 8 allows is used outside this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from domain.errors import SetupError
from storage.columns import Value

Watch: TypeAlias = Callable[[str, str], None]
"""Called with "before" or "after" and the text of a statement: where tests break in (safety.md T-04)."""

_NOT_BUILT = {
    "postgres": "PostgreSQL",
    "postgresql": "PostgreSQL",
    "cockroachdb": "CockroachDB",
    "yugabytedb": "YugabyteDB",
}


class Rows(Protocol):
    """What a statement answers. A row is a tuple whose types the statement's text decides, hence Any."""

    @property
    def rowcount(self) -> int:
        """How many rows a write touched."""

    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...

    def fetchone(self) -> Any:
        """Return the next row or None."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""


class Connection(Protocol):
    """A connection in a transaction."""

    @property
    def in_transaction(self) -> bool:
        """False when the database ended the transaction by itself, as SQLite does on a full disk."""

    def execute(self, sql: str, values: Sequence[Value] = (), /) -> Rows:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Value]], /) -> Rows:
        """Run one writing statement once for each row."""


def path_of(url: str) -> Path:
    """Return the file that a path or a `sqlite:///path` names.

    Raises:
        SetupError("not_built"): the address is that of another database; carries its name.
    """
    scheme, colon, rest = url.partition("://")
    if not colon:
        return Path(url)
    if scheme != "sqlite":
        raise SetupError("not_built", engine=_NOT_BUILT.get(scheme, scheme))
    return Path(rest.removeprefix("/"))
