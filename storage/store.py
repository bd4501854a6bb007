"""The store: opens or makes a database and runs work in it; the only place with begin, commit and retry.

`transaction` and `question` are for everybody and hand out the books; `writing` and `reading` are for this room and
hand out the connection. Not here: settings and errors of SQLite (engines/), how rows are read and written (books/).
"""

from __future__ import annotations

import contextlib
import functools
import gc
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from domain.books import Books
from domain.errors import InvariantBroken, Refused
from storage.books.transaction import TransactionBooks
from storage.derived import StalePlan
from storage.engines import Connection, Watch, path_of
from storage.engines.sqlite import Engine, is_busy, make_empty, meaning_of
from storage.schema import SCHEMA, migrate

T = TypeVar("T")

TRIES = 12  # SAF-09, as the next
PATIENCE_S = 10.0
FIRST_PAUSE_S = 0.001  # storage-notes 5


class Store:
    """An open database. One thread at a time; opened after a fork, never before it."""

    def __init__(self, engine: Engine, *, patience: float) -> None:
        self._engine = engine
        self._patience = patience
        self._connection = engine.connection

    @classmethod
    def create(cls, url: str, *, patience: float = PATIENCE_S, on_statement: Watch | None = None) -> Store:
        """Make a new database that only its owner may read, and open it.

        Raises:
            SetupError: there is a file of that name, or it cannot be made there; the code says which.
        """
        path = path_of(url)
        make_empty(path)
        try:
            migrate(path)
            return cls.open(url, patience=patience, on_statement=on_statement)
        except BaseException as error:
            path.unlink()
            if meaning := meaning_of(error, path):
                raise meaning from error
            raise

    @classmethod
    def open(
        cls,
        url: str,
        *,
        read_only: bool = False,
        patience: float = PATIENCE_S,
        on_statement: Watch | None = None,
    ) -> Store:
        """Open an existing database.

        Raises:
            SetupError: it cannot be used; the code says why and the facts name the place.
        """
        engine = Engine(path_of(url), SCHEMA, read_only=read_only, patience=patience, watch=on_statement)
        return cls(engine, patience=patience)

    @classmethod
    def open_still(cls, path: Path) -> Store:
        """Open a copy that nobody writes, to read it, on whatever disk it lies.

        Raises:
            SetupError: it cannot be used; the code says why.
        """
        return cls(Engine(path, SCHEMA, read_only=True, patience=0, watch=None, is_still=True), patience=0)

    def transaction(self, work: Callable[[Books], T]) -> T:
        """Run `work` and commit it whole; it may run several times and must touch nothing but the books.

        Raises:
            Refused("busy"): the database stayed locked for 12 tries or 10 seconds (SAF-09); nothing is kept.
            SetupError("disk_full") and the like: the database cannot be written.
        """
        program = _program()
        return self.writing(lambda connection: work(TransactionBooks(connection, program)))

    def question(self, work: Callable[[Books], T]) -> T:
        """Run `work` over one unchanging state of the books; it may not write."""
        return self.reading(lambda connection: work(TransactionBooks(connection, "")))

    def writing(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the connection and commit it whole, as `transaction` does."""
        return self._whole(lambda seconds: self._written(work, seconds))

    def reading(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the connection in one read transaction."""
        return self._whole(lambda _: self._read(work))

    def reading_any_text(self, work: Callable[[Connection], T]) -> T:
        """Read as `reading` does where text may be damaged: U+FFFD stands for what is not UTF-8."""
        with self._engine.any_text():
            return self.reading(work)

    def close(self) -> None:
        """Close the database."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _whole(self, attempt: Callable[[float], T]) -> T:
        """Try until it is done, again from the start where somebody else was in the way (storage-notes 5)."""
        if self._connection.in_transaction:
            raise InvariantBroken("a transaction inside a transaction")
        until = time.monotonic() + self._patience
        for number in range(TRIES):
            try:
                return attempt(until - time.monotonic())
            except (self._engine.Error, StalePlan) as error:
                if not (isinstance(error, StalePlan) or is_busy(error)):
                    if meaning := meaning_of(error, self._engine.path):
                        raise meaning from error
                    raise
                cause = error
            pause = FIRST_PAUSE_S * 2**number * random.uniform(0.5, 1.5)  # noqa: S311 - spreads tries, hides nothing
            if time.monotonic() + pause > until:
                break
            time.sleep(pause)
        if isinstance(cause, StalePlan):
            raise InvariantBroken(f"still stale when planned again: {cause}") from cause
        raise Refused("busy") from cause

    def _written(self, work: Callable[[Connection], T], seconds: float) -> T:
        with self._engine.turn(seconds):
            return self._run("BEGIN IMMEDIATE", work)

    def _read(self, work: Callable[[Connection], T]) -> T:
        changes = self._engine.changes

        def looked(connection: Connection) -> T:
            answer = work(connection)
            if self._engine.changes != changes:
                raise InvariantBroken("a question wrote")
            return answer

        return self._run("BEGIN", looked)

    def _run(self, begin: str, work: Callable[[Connection], T]) -> T:
        try:
            with _without_collection():
                self._connection.execute(begin)
                result = work(self._connection)
                self._connection.execute("COMMIT")
        except BaseException:
            self._engine.roll_back()
            raise
        return result


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector out: it walks over every row of a large document again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@functools.cache
def _program() -> str:
    """Return the version of this program, for the registers (SAF-30)."""
    from importlib.metadata import version  # 20 ms that a program which only opens a file need not spend

    return version("aisle")
