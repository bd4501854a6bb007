"""Heads noted outside show what a chain alone does not: a tail cut off, a whole other history (SAF-32)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import Store
from storage.heads import check_heads, heads, read_heads
from tests.domain.notation import Warehouse, warehouse


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with warehouse(tmp_path) as house:
        house.item("1000")
        house.adjust("W-01 1000 5")
        yield house


def test_what_was_noted_is_found_again_after_more_was_posted(house: Warehouse) -> None:
    noted = heads(house.store, house.now)
    house.adjust("W-01 1000 1")

    assert check_heads(house.store, noted + heads(house.store, house.now)) == []


def test_a_database_without_its_newest_registers_is_found(house: Warehouse, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "aisle.db")) as database:
        database.execute("VACUUM INTO ?", (str(tmp_path / "before.db"),))
    house.adjust("W-01 1000 1")
    (noted,) = heads(house.store, house.now)

    with Store.open(str(tmp_path / "before.db")) as before:
        (finding,) = check_heads(before, [noted])

    assert (finding.rule, finding.where) == ("SAF-32", f"register {noted.split()[1]}")
    assert finding.text == f"It is missing, but was the last one on {house.now.isoformat()}."


def test_another_history_under_the_same_numbers_is_found(house: Warehouse) -> None:
    (noted,) = heads(house.store, house.now)
    moment, register, hash = noted.split()

    (finding,) = check_heads(house.store, [f"{moment} {register} {hash[::-1]}"])

    assert finding.text == f"Its hash is another than on {moment}."


def test_heads_noted_before_a_restore_are_history_and_its_writer_is_taken(house: Warehouse) -> None:
    (noted,) = heads(house.store, house.now)
    moment, _register, hash = noted.split()
    lost = f"{moment} 4-9 {hash}"

    restored = read_heads([lost, f"{moment} writer 5", f"{moment} restored 5", noted, f"{moment} writer 6"])

    assert ([head.hash for head in restored.heads], restored.last_writer, restored.findings) == ([hash], 6, [])
    assert check_heads(house.store, [lost, f"{moment} restored 5", noted]) == []
    assert [finding.where for finding in check_heads(house.store, [lost, f"{moment} writer 5"])] == ["register 4-9"]


@pytest.mark.parametrize("line", ["", "1-2", "today 1-2 abc", "today replaced 2"])
def test_a_line_that_is_none_is_a_finding_of_its_own(house: Warehouse, line: str) -> None:
    (noted,) = heads(house.store, house.now)

    assert [finding.where for finding in check_heads(house.store, [noted, line])] == ["line 2 of the heads"]


def test_a_database_in_which_nothing_was_written_has_no_heads(tmp_path: Path) -> None:
    with Store.create(str(tmp_path / "new.db")) as store:
        assert heads(store, Warehouse(store).now) == []
