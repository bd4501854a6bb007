"""Two processes at one file: who waits, who is refused, and that nothing is lost between them."""

import contextlib
import multiprocessing
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import Refused
from storage import Store, verify
from tests.storage.posting import command, increase

SPAWN = multiprocessing.get_context("spawn")


def hold_the_turn(path: str, ready, release) -> None:
    """Stay in a transaction until told."""
    with Store.open(path) as store:

        def work(books) -> None:
            ready.set()
            release.wait()

        store.transaction(work)


def post_many(path: str, item: str, start) -> None:
    with Store.open(path) as store:
        start.wait()
        for _ in range(25):
            command(store, lambda books: increase(books, item, "1", "MAIN/W-01"))


@contextlib.contextmanager
def running(target, *values) -> Iterator[None]:
    process = SPAWN.Process(target=target, args=values)
    process.start()
    try:
        yield
    finally:
        process.join()
        assert process.exitcode == 0


@pytest.mark.slow
def test_a_writer_waits_for_its_turn_and_is_refused_when_its_patience_ends(path: Path) -> None:
    ready, release = SPAWN.Event(), SPAWN.Event()

    with running(hold_the_turn, str(path), ready, release):
        ready.wait()
        with Store.open(str(path), patience=0.05) as store:
            with pytest.raises(Refused, match="busy"):
                command(store, lambda books: increase(books, "1000", "5"))
            assert store.question(lambda books: books.stock.on_hand("1000")) == []
            release.set()

    with Store.open(str(path)) as store:
        command(store, lambda books: increase(books, "1000", "5"))
        assert verify(store) == []


def test_a_lock_of_another_program_is_waited_for_too(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Store.open(str(path), patience=0.02) as store:
            with pytest.raises(Refused, match="busy"):
                command(store, lambda books: increase(books, "1000", "5"))
            other.execute("ROLLBACK")
            command(store, lambda books: increase(books, "1000", "5"))


def test_a_try_that_meets_a_lock_is_made_again_from_the_start(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        begun = []

        def unlock_after_the_first_try(when: str, sql: str) -> None:
            if sql == "BEGIN IMMEDIATE" and when == "before":
                begun.append(sql)
                if len(begun) == 2:
                    other.execute("ROLLBACK")

        with Store.open(str(path), on_statement=unlock_after_the_first_try) as store:
            store._engine._raw.execute("PRAGMA busy_timeout=0")
            other.execute("BEGIN IMMEDIATE")
            command(store, lambda books: increase(books, "1000", "5"))

    assert len(begun) == 2


@pytest.mark.slow
def test_two_processes_that_post_at_once_lose_nothing_and_number_without_a_hole(path: Path) -> None:
    start = SPAWN.Event()

    with running(post_many, str(path), "1000", start), running(post_many, str(path), "1001", start):
        start.set()

    with Store.open(str(path)) as store:
        held = [store.question(lambda books, item=item: books.stock.on_hand(item)) for item in ("1000", "1001")]
        assert [row.qty for rows in held for row in rows] == [25, 25]
        assert verify(store) == []
