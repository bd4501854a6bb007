"""Files of an older schema: brought to the newest with a backup, or left as they were (SAF-11)."""

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import SetupError
from storage import Store, verify
from storage.engines.copies import alone
from storage.schema import SCHEMA
from storage.upgrade import Upgrade, upgrade
from tests.storage.older import older_database
from tests.storage.posting import command, decrease, increase

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def run(path: Path, *statements: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return [connection.execute(statement).fetchall() for statement in statements][-1]


def schema_of(path: Path) -> object:
    return run(path, "PRAGMA user_version")[0][0]


def dump(path: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), str(schema_of(path))]


@pytest.fixture
def old(tmp_path: Path, path: Path) -> Path:
    """A file that the first two migrations made, with the rows of a few postings."""
    with Store.open(str(path)) as store:
        entry = command(store, lambda books: increase(books, "1000", "5", "MAIN/W-01", lot="L1"))
        command(store, lambda books: decrease(books, "1000", "2", "MAIN/W-01", draws=[(entry, "2")], lot="L1"))
    old = tmp_path / "shop" / "old.db"
    old.parent.mkdir()
    older_database(old, rows_of=path)
    return old


def test_an_older_file_is_brought_to_the_newest_schema_and_keeps_its_rows_saf_11(old: Path) -> None:
    before = dump(old)
    rows = run(old, "SELECT * FROM item_entry")

    done = upgrade(str(old), NOW)

    backup = old.with_name("old.db.schema-2-20260302-080000")
    assert done == Upgrade(2, backup)
    with Store.open(str(old)) as store:
        assert verify(store) == []
        command(store, lambda books: increase(books, "1000", "1"))
    assert run(old, "SELECT * FROM item_entry")[:2] == rows
    assert dump(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_file_of_the_newest_schema_is_left_alone(path: Path) -> None:
    before = path.read_bytes()

    assert upgrade(str(path), NOW) == Upgrade(SCHEMA)

    assert path.read_bytes() == before
    assert [*path.parent.iterdir()] == [path]


def test_nothing_is_upgraded_while_another_session_has_the_file_open_saf_11(old: Path) -> None:
    before = dump(old)
    with contextlib.closing(sqlite3.connect(old)) as session:
        session.execute("SELECT count(*) FROM item_entry").fetchall()

        with pytest.raises(SetupError, match="database_in_use"):
            upgrade(str(old), NOW)

    assert dump(old) == before
    assert [*old.parent.iterdir()] == [old]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE stock_balance SET qty = qty + 1",
        "DELETE FROM open_entry",
        "DELETE FROM tracking_number",
        "UPDATE writer SET sequence = sequence + 1",
    ],
)
def test_a_file_in_which_a_rule_is_broken_is_left_as_it_was_saf_11(old: Path, damage: str) -> None:
    run(old, damage)
    before = dump(old)

    done = upgrade(str(old), NOW)

    assert (done.schema, done.backup) == (2, None)
    assert done.findings
    assert dump(old) == before
    assert [*old.parent.iterdir()] == [old]


def test_a_file_that_a_migration_does_not_fit_is_left_as_it_was_saf_11(old: Path) -> None:
    run(old, "CREATE TABLE confirmed_clock (id INTEGER)")  # of migration 4: that of 3 has run by then
    before = dump(old)

    with pytest.raises(SetupError, match="upgrade_failed") as refused:
        upgrade(str(old), NOW)

    assert "confirmed_clock" in str(refused.value.facts["why"])
    assert dump(old) == before
    assert [*old.parent.iterdir()] == [old]


@pytest.mark.parametrize(
    ("header", "code"),
    [(f"PRAGMA user_version = {SCHEMA + 1}", "newer_database"), ("PRAGMA application_id = 7", "not_a_database")],
)
def test_the_file_of_a_newer_or_another_program_is_not_touched(old: Path, header: str, code: str) -> None:
    run(old, header)

    with pytest.raises(SetupError, match=code):
        upgrade(str(old), NOW)

    assert [*old.parent.iterdir()] == [old]


def test_a_session_that_starts_while_the_file_is_upgraded_is_refused_saf_11(old: Path) -> None:
    with alone(old), pytest.raises(SetupError, match="database_in_use"):
        Store.open(str(old), patience=0)
