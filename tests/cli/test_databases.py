"""Databases that cannot be used: one clear sentence, an exit code, nothing changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.schema import SCHEMA
from tests.cli.program import aisle, on_a_small_disk, sentences, warehouse
from tests.storage.older import older_database

COMMANDS = [["verify"], ["rebuild"], ["report", "stock"], ["operator", "pin", "ANNA", "--stdin"], ["config", "plan"]]


@pytest.mark.slow
@pytest.mark.parametrize("words", COMMANDS)
def test_a_missing_database_is_named_with_what_makes_one(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "site.yaml").write_text("site: Test\n")

    run = aisle(tmp_path, *words, typed="824613\n")

    assert run.returncode == (2 if words == ["verify"] else 1)
    assert sentences(run) == [
        "There is no database aisle.db: make one with `aisle init FOLDER`, or name another with --database."
    ]
    assert not (tmp_path / "aisle.db").exists()


def test_a_file_of_another_program_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("milk, bread")

    run = aisle(tmp_path, "verify", "--database", "notes.txt")

    assert run.returncode == 2
    assert sentences(run) == ["notes.txt is not a database of Aisle: name another with --database."]


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    database = warehouse(tmp_path) / "aisle.db"
    with closing(sqlite3.connect(database)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = database.read_bytes()

    run = aisle(tmp_path, "report", "stock")

    assert run.returncode == 1
    assert "aisle.db was made by a newer Aisle (schema 99" in sentences(run)[0]
    assert database.read_bytes() == before


def test_a_server_database_is_not_built_yet(tmp_path: Path) -> None:
    run = aisle(tmp_path, "verify", "--database", "postgresql://host/aisle")

    assert run.returncode == 2
    assert sentences(run) == ["Databases of PostgreSQL cannot be used yet: name a file."]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("")

    run = aisle(tmp_path, "init", "shop")

    assert run.returncode == 1
    assert len(sentences(run)) == 1
    assert "shop" in run.stderr


def test_a_folder_that_cannot_be_written_is_told() -> None:
    run = aisle(Path("/proc/self"), "init", "/proc/shop")

    assert run.returncode == 1
    assert len(sentences(run)) == 1
    assert "/proc/shop" in run.stderr


@pytest.mark.slow
def test_a_full_disk_is_told_and_nothing_is_changed(tmp_path: Path) -> None:
    warehouse(tmp_path)

    run = on_a_small_disk(
        tmp_path, "cat /dev/zero > fill 2>&-; truncate -s -65536 fill; aisle rebuild; echo $?; rm fill; aisle verify"
    )

    assert run.stdout.splitlines() == ["1", "aisle.db: clean."]
    assert sentences(run) == ["aisle.db: nothing was written because the disk is full; make room and do it again."]


@pytest.mark.slow
def test_a_disk_without_one_free_byte_is_told(tmp_path: Path) -> None:
    warehouse(tmp_path)

    run = on_a_small_disk(tmp_path, "cat /dev/zero > fill 2>&-; aisle report stock; echo $?; aisle rebuild; echo $?")

    assert run.stdout.splitlines()[-1] == "1"
    assert "aisle.db: nothing was written because the disk is full" in sentences(run)[-1]


@pytest.mark.slow
def test_a_read_only_disk_is_told(tmp_path: Path) -> None:
    warehouse(tmp_path)

    run = on_a_small_disk(tmp_path, "mount -o remount,ro /mnt && aisle rebuild; echo $?; aisle init new; echo $?")

    assert run.stdout.splitlines() == ["1", "1"]
    assert sentences(run) == [
        f"{file} cannot be written: it, its folder or its disk is read-only for this account."
        for file in ("aisle.db", "new/aisle.db")
    ]


def test_a_bug_is_told_by_its_number_and_kept_with_its_trace(tmp_path: Path) -> None:
    warehouse(tmp_path)
    with closing(sqlite3.connect(tmp_path / "aisle.db")) as broken:
        broken.execute("DROP TABLE stock_balance")

    run = aisle(tmp_path, "report", "stock")

    assert run.returncode == 70
    (told,) = sentences(run)
    number = told.removeprefix("Stopped. Report no. ").removesuffix(".")
    log = (tmp_path / "aisle.log").read_text()
    assert f"report {number}\n" in log
    assert "Traceback" in log


def older_warehouse(folder: Path) -> Path:
    """Make a warehouse whose database is one of the first schema."""
    newer = warehouse(folder) / "aisle.db"
    newer.rename(folder / "newer")
    older_database(newer, rows_of=folder / "newer")
    return newer


def test_a_database_of_an_older_version_is_upgraded_by_the_command_it_names_saf_11(tmp_path: Path) -> None:
    database = older_warehouse(tmp_path)

    refused = aisle(tmp_path, "report", "stock")
    upgraded = aisle(tmp_path, "upgrade")
    again = aisle(tmp_path, "upgrade")

    assert sentences(refused) == [
        f"aisle.db was made by an older Aisle (schema 2, this needs {SCHEMA}): stop terminals, run `aisle upgrade`."
    ]
    assert (upgraded.returncode, upgraded.stderr) == (0, "")
    (backup,) = tmp_path.glob("aisle.db.schema-2-*")
    assert upgraded.stdout == f"aisle.db: from schema 2 to {SCHEMA}, and clean. {backup.name} is what it was.\n"
    assert (again.returncode, again.stdout) == (0, f"aisle.db: at schema {SCHEMA} already.\n")
    assert aisle(tmp_path, "verify").returncode == 0
    with closing(sqlite3.connect(database)) as raw:
        noted = raw.execute("SELECT new FROM audit_row WHERE field = 'upgrade'").fetchall()
    assert noted == [(f"2 to {SCHEMA}",)]


def test_a_database_that_somebody_has_open_is_not_upgraded_saf_11(tmp_path: Path) -> None:
    database = older_warehouse(tmp_path)
    with closing(sqlite3.connect(database)) as terminal:
        terminal.execute("SELECT * FROM writer").fetchall()

        run = aisle(tmp_path, "upgrade")

    assert run.returncode == 1
    assert sentences(run) == ["aisle.db is in use: end every terminal and command that has it open, then do it again."]


def test_an_upgrade_that_finds_a_broken_rule_tells_it_and_changes_nothing_saf_11(tmp_path: Path) -> None:
    database = older_warehouse(tmp_path)
    with closing(sqlite3.connect(database, isolation_level=None)) as damaged:
        damaged.execute("UPDATE writer SET sequence = sequence + 1")

    run = aisle(tmp_path, "upgrade")

    assert run.returncode == 1
    assert "Its last register is 1-2, but the last one there is 1-1." in run.stdout
    assert sentences(run) == ["aisle.db: 1 finding; it is left at schema 2."]
    assert "schema 2" in aisle(tmp_path, "report", "stock").stderr


@pytest.mark.slow
def test_an_upgrade_for_which_the_disk_is_too_small_changes_nothing_saf_11(tmp_path: Path) -> None:
    older_warehouse(tmp_path)

    run = on_a_small_disk(
        tmp_path, "cp aisle.db before; aisle upgrade; echo $?; cmp aisle.db before && rm before; ls -A"
    )

    assert run.stdout.splitlines()[:3] == ["1", "aisle.db", "site.yaml"]
    assert sentences(run) == ["aisle.db: nothing was written because the disk is full; make room and do it again."]
