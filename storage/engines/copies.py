"""Whole SQLite files: one taken alone, copied, and put in the place of another.

Not here: the connection that works in a file (sqlite.py), which copy is a backup (storage/backup.py).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import SetupError
from storage.engines.locks import fcntl
from storage.engines.sqlite import address, is_unreadable, look_at, meaning_at_opening, meaning_of_system

LOCK_BYTES = (512, 0x40000000)
"""Length and begin of what SQLite locks in a file while it has it open (sqlite.org/fileformat2, the lock-byte page)."""
BESIDE = ("", "-wal", "-shm", "-journal", "-lock")
"""Ends of the names of the files of a database."""


@contextlib.contextmanager
def alone(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an existing file of whatever schema and keep everybody else out of it until the end.

    Raises:
        SetupError: it cannot be used; `database_in_use` where somebody else has it open.
    """
    look_at(path, read_only=False)
    location = address(path, read_only=False)
    with contextlib.closing(sqlite3.connect(location, uri=True, isolation_level=None, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")  # the lock stays
            yield connection
        except sqlite3.Error as error:
            if meaning := meaning_at_opening(error, path):
                raise meaning from error
            raise


@contextlib.contextmanager
def unreadable_alone(path: Path) -> Iterator[None]:
    """Keep everybody else out of a file that SQLite cannot read, by the bytes it locks in every file.

    Raises:
        SetupError("database_in_use"): somebody has it open nevertheless.
    """
    with path.open("r+b") as file:
        if fcntl is not None:  # else no other process can be looked for in a damaged file
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, *LOCK_BYTES)
            except OSError as error:
                raise SetupError("database_in_use", file=str(path)) from error
        yield


@contextlib.contextmanager
def copying(path: Path, target: Path) -> Iterator[sqlite3.Connection]:
    """Open an existing file of whatever schema to copy it.

    What cannot be read is told of the file, what cannot be written of the `target` the copy is made for.
    """
    with contextlib.closing(sqlite3.connect(address(path, read_only=True), uri=True)) as connection:
        try:
            yield connection
        except sqlite3.Error as error:
            if meaning := meaning_at_opening(error, path if is_unreadable(error) else target):
                raise meaning from error
            raise


def copy_to(path: Path, connection: sqlite3.Connection) -> None:
    """Make another file what is in the database of a connection, page by page."""
    with contextlib.closing(sqlite3.connect(path)) as copy:
        connection.backup(copy)


def copy_compact(path: Path, connection: sqlite3.Connection) -> None:
    """Write into another, empty file what was committed when this began, while others go on to write."""
    connection.execute("VACUUM INTO ?", (str(path),))


def copy_from(path: Path, connection: sqlite3.Connection) -> None:
    """Make the database of a connection what is in another file, in one transaction."""
    with contextlib.closing(sqlite3.connect(address(path, read_only=True), uri=True)) as copy:
        copy.backup(connection)


@contextlib.contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """Make a folder to work in on the disk of a file; only a kill leaves it behind.

    Raises:
        SetupError: it cannot be made there; the code says why.
    """
    try:
        folder = TemporaryDirectory(prefix=f"{path.name}-", dir=path.parent)
    except OSError as error:
        raise meaning_of_system(error, path) from error
    with folder:
        yield Path(folder.name)


def moved(path: Path, target: Path) -> None:
    """Give a file that is whole another name, on disk when this returns."""
    for place in (path, path.parent):
        sync(place)
    path.rename(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Have a file or folder on disk before this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
