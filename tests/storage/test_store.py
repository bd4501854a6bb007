"""Opening and making a database, what each unusable one answers, and the transaction around everything."""

import contextlib
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from domain.books import Books
from domain.errors import InvariantBroken, SetupError
from domain.items.card import Identifier
from domain.work.documents import Claim
from storage import Store
from storage.books.transaction import TransactionBooks
from storage.derived import StalePlan
from storage.engines import Connection
from storage.schema import SCHEMA
from tests.storage.posting import command, head


def refusal(path: Path | str, **how: bool) -> SetupError:
    with pytest.raises(SetupError) as refused:
        Store.open(str(path), **how)
    return refused.value


def raw(path: Path, *statements: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        rows = [connection.execute(statement).fetchall() for statement in statements]
        return rows[-1]


def save_identifier(books: Books, code: str) -> None:
    with books.ledger.command(head("change")):
        books.records.save(Identifier(code, "1000"))


def refused_as_a_stranger(folder: Path) -> str:
    """Open `aisle.db` in a folder as somebody who does not own it; return the code of the refusal."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.chdir(folder)
            if os.geteuid() == 0:
                os.setuid(65534)
            Store.open("aisle.db")
        except SetupError as refused:
            os.write(writing, refused.code.encode())
        except BaseException as error:  # noqa: BLE001 - the parent fails with its text
            os.write(writing, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        return answer.read()


def test_a_new_database_is_for_its_owner_alone_and_so_is_the_folder_made_for_it(tmp_path: Path) -> None:
    path = tmp_path / "site" / "aisle.db"

    with Store.create(f"sqlite:///{path}") as store:
        command(store, lambda books: books.records.save(Identifier("A", "1000")))
        modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes == dict.fromkeys(("aisle.db", "aisle.db-wal", "aisle.db-shm", "aisle.db-lock"), 0o600)


def test_an_existing_file_is_never_made_into_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "aisle.db"
    path.write_text("keep me")

    with pytest.raises(SetupError, match="database_exists"):
        Store.create(str(path))

    assert path.read_text() == "keep me"


def test_a_database_that_could_not_be_made_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engines.sqlite.OLDEST", (99, 0, 0))

    with pytest.raises(SetupError, match=r"old_sqlite.*needed=99\.0\.0"):
        Store.create(str(tmp_path / "aisle.db"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("postgresql://host/aisle", "PostgreSQL"),
        ("postgres://host/aisle", "PostgreSQL"),
        ("cockroachdb://host/aisle", "CockroachDB"),
        ("mysql://host/aisle", "mysql"),
    ],
)
def test_another_database_is_refused_by_its_name(url: str, engine: str) -> None:
    refused = refusal(url)

    assert (refused.code, refused.facts) == ("not_built", {"engine": engine})


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "aisle.db").code == "no_database"
    assert refusal(tmp_path / "nowhere" / "aisle.db").facts == {"folder": str(tmp_path / "nowhere")}
    assert refusal(tmp_path).code == "cannot_open"
    with pytest.raises(SetupError, match="no_folder"):
        Store.create(str(tmp_path / "nowhere" / "site" / "aisle.db"))


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_something_else_is_not_a_database_of_ours_and_stays_as_it_is(tmp_path: Path, read_only: bool) -> None:
    text, empty, foreign = tmp_path / "text.db", tmp_path / "empty.db", tmp_path / "foreign.db"
    text.write_text("item;qty\n" * 1000)
    empty.touch()
    raw(foreign, "CREATE TABLE accounts (id INTEGER)")
    before = [path.read_bytes() for path in (text, empty, foreign)]

    codes = [refusal(path, read_only=read_only).code for path in (text, empty, foreign)]

    assert codes == ["not_a_database"] * 3
    assert [path.read_bytes() for path in (text, empty, foreign)] == before


@pytest.mark.parametrize(("schema", "code"), [(SCHEMA + 1, "newer_database"), (SCHEMA - 1, "older_database")])
def test_a_database_of_another_version_is_refused_with_both_numbers(path: Path, schema: int, code: str) -> None:
    raw(path, f"PRAGMA user_version = {schema}")

    refused = refusal(path)

    assert (refused.code, refused.facts) == (code, {"file": str(path), "schema": schema, "known": SCHEMA})


def test_a_file_that_was_cut_off_is_damaged(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)

    assert refusal(path).code == "damaged"


def test_a_damaged_page_is_told_where_it_is_read(path: Path) -> None:
    pages = raw(path, "SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'identifier'")
    with path.open("r+b") as file:
        for (page,) in pages:
            file.seek((int(str(page)) - 1) * 4096)
            file.write(b"\xff" * 4096)

    with Store.open(str(path)) as store, pytest.raises(SetupError, match="damaged"):
        store.question(lambda books: books.records.rows(Identifier))


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_a_folder_or_file_one_may_not_write_is_read_only(path: Path, closed: str) -> None:
    path.chmod(0o444 if closed == "file" else 0o666)
    path.parent.chmod(0o777 if closed == "file" else 0o555)

    assert refused_as_a_stranger(path.parent) == "read_only"


def test_a_network_disk_is_refused_by_its_type(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engines.sqlite._disk_type", lambda path: "nfs4")

    assert refusal(path).facts == {"file": str(path), "disk": "nfs4"}


def test_a_store_opened_to_read_answers_and_refuses_to_write(path: Path) -> None:
    with Store.open(str(path), read_only=True) as store:
        assert store.question(lambda books: books.records.rows(Identifier)) == []
        with pytest.raises(SetupError, match="read_only"):
            store.transaction(lambda books: save_identifier(books, "A"))


def test_a_full_disk_undoes_the_whole_and_the_next_one_posts_again(store: Store) -> None:
    connection = store._engine._raw
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages + 2}")

    def much(books: Books) -> None:
        for number in range(1000):
            with books.savepoint():
                save_identifier(books, f"{number:0200}")

    with pytest.raises(SetupError, match="disk_full"):
        store.transaction(much)

    connection.execute("PRAGMA max_page_count=1000000")
    assert store.question(lambda books: books.records.rows(Identifier)) == []
    store.transaction(lambda books: save_identifier(books, "A"))
    assert len(store.question(lambda books: books.records.rows(Identifier))) == 1


def test_every_connection_is_durable_and_keeps_triggers_in_force(store: Store) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 10000,
        "cell_size_check": 1,
        "trusted_schema": 0,
        "cache_size": -65536,
    }

    there = {name: store._engine._raw.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}

    assert there == wanted


def test_an_error_undoes_the_whole_transaction(store: Store) -> None:
    def work(books: Books) -> None:
        save_identifier(books, "A")
        raise KeyError("A")

    with pytest.raises(KeyError):
        store.transaction(work)

    assert store.question(lambda books: books.records.rows(Identifier)) == []


def test_a_bug_between_the_rows_of_a_returning_statement_comes_out_as_what_it_is(store: Store) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(1)
        with TransactionBooks(connection, "").savepoint():
            rows = connection.execute("INSERT INTO claim VALUES ('A', '', '', 1), ('B', '', '', 1) RETURNING document")
            raise KeyError(rows.fetchone())

    with pytest.raises(KeyError):
        store.writing(work)

    assert (tries, store.question(lambda books: books.records.rows(Claim))) == ([1], [])


def test_a_transaction_inside_a_transaction_and_a_question_that_writes_are_bugs(store: Store) -> None:
    with pytest.raises(InvariantBroken, match="inside"):
        store.transaction(lambda books: store.question(lambda books: None))
    with pytest.raises(InvariantBroken, match="question"):
        store.question(lambda books: save_identifier(books, "A"))

    assert store.question(lambda books: books.records.rows(Identifier)) == []


def test_a_stale_plan_is_made_again_from_the_start(store: Store) -> None:
    tries: list[int] = []

    def work(books: Books) -> int:
        tries.append(1)
        save_identifier(books, "A")
        if len(tries) < 3:
            raise StalePlan("changed")
        return len(tries)

    assert store.transaction(work) == 3


def test_a_plan_that_stays_stale_is_a_bug_and_leaves_nothing(path: Path) -> None:
    def work(books: Books) -> None:
        save_identifier(books, "A")
        raise StalePlan("changed", entry="1-1.1")

    with Store.open(str(path), patience=0.01) as store:
        with pytest.raises(InvariantBroken, match=r"entry=1-1\.1"):
            store.transaction(work)
        assert store.question(lambda books: books.records.rows(Identifier)) == []


def test_whoever_watches_is_told_every_statement_begin_and_commit_before_and_after(path: Path) -> None:
    told: list[tuple[str, str]] = []
    with Store.open(str(path), on_statement=lambda when, sql: told.append((when, sql.split()[0]))) as store:
        store.transaction(lambda books: save_identifier(books, "A"))

    assert told[:2] == [("before", "BEGIN"), ("after", "BEGIN")]
    assert told[-2:] == [("before", "COMMIT"), ("after", "COMMIT")]
    assert [when for when, _ in told] == ["before", "after"] * (len(told) // 2)
    assert {"INSERT", "SELECT", "UPDATE", "SAVEPOINT", "RELEASE"} <= {word for _, word in told}


@pytest.mark.parametrize("statement", ["SAVEPOINT", "INSERT", "RELEASE", "COMMIT"])
def test_a_break_at_any_statement_leaves_nothing(path: Path, statement: str) -> None:
    def breaks(when: str, sql: str) -> None:
        if when == "before" and sql.startswith(statement):
            raise OSError(statement)

    with Store.open(str(path), on_statement=breaks) as store, pytest.raises(OSError, match=statement):
        store.transaction(lambda books: save_identifier(books, "A"))

    with Store.open(str(path)) as store:
        assert store.question(lambda books: books.records.rows(Identifier)) == []
        store.transaction(lambda books: save_identifier(books, "A"))
