"""A database file as any program sees it, without the store."""

import contextlib
import sqlite3
from pathlib import Path


def run(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run statements and return the rows of the last one."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return [connection.execute(statement).fetchall() for statement in statements][-1]


def content(path: Path) -> list[str]:
    """Return every row and the whole schema, in whatever order they lie."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump())
