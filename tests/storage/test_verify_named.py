"""`verify` names transfers, returns, fixed applications and corrections that do not hold (ledger.md LED-10..36)."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from domain.ledger.entries import shown
from storage import Store, verify
from tests.domain.notation import line, movement, reclassification, warehouse


@pytest.fixture
def posted(tmp_path: Path) -> dict[str, int]:
    """A database at `tmp_path` with each kind of entry that names another; returns them by name."""
    with warehouse(tmp_path) as house:
        house.item("1000", unit_cost=Decimal(2))
        house.stock("W-01 1000 50", "EAST 1000 50")
        house.post(movement("W-01 1000 5", "W-02"))
        out, came = house.post(reclassification("EAST 1000 5", "W-01")).entries
        (bought,) = house.post(line("EAST 1000 5", "purchase", is_invoiced=False)).entries
        (sold,) = house.post(line("EAST 1000 5", "sale")).entries
        (back,) = house.post(line("EAST 1000 -5", "sale", applies_from=sold)).entries
        (undone,) = house.post(line("EAST 1000 -5", "purchase", applies_to=bought, is_correction=True)).entries
    return {"out": out, "came": came, "sold": sold, "back": back, "undone": undone}


def damaged(folder: Path, statement: str) -> set[tuple[str, str]]:
    """Return what is found after a change past every trigger; without the chains and the derived tables."""
    with closing(sqlite3.connect(folder / "aisle.db", isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        assert raw.execute(statement).rowcount == 1
    with Store.open(str(folder / "aisle.db"), read_only=True) as store:
        return {(found.rule, found.where) for found in verify(store) if found.rule.startswith("LED-")}


DAMAGES = [
    ("UPDATE application SET qty = 400000 WHERE item_entry = {came} AND cost_application = 1", "LED-10", "out"),
    ("UPDATE application SET fixed = 0 WHERE item_entry = {undone}", "LED-23", "undone"),
    ("UPDATE item_entry SET item = '1001' WHERE id = {sold}", "LED-25", "back"),
    ("UPDATE application SET qty = 600000 WHERE item_entry = {back} AND cost_application = 1", "LED-26", "sold"),
    ("UPDATE open_entry SET remaining_qty = -100000, entry = {out} WHERE entry = {back}", "LED-31", "out"),
    ("UPDATE value_entry SET invoiced_qty = 0 WHERE item_entry = {undone} AND invoiced_qty <> 0", "LED-36", "undone"),
]


@pytest.mark.parametrize(("statement", "rule", "entry"), DAMAGES)
def test_an_entry_that_does_not_stand_to_another_as_it_should_is_named(
    tmp_path: Path, posted: dict[str, int], statement: str, rule: str, entry: str
) -> None:
    assert (rule, f"item_entry {shown(posted[entry])}") in damaged(tmp_path, statement.format(**posted))


def test_a_transfer_that_changes_the_value_is_named(tmp_path: Path, posted: dict[str, int]) -> None:
    statement = f"UPDATE value_entry SET cost_amount_actual = 1 WHERE item_entry = {posted['came']}"

    assert damaged(tmp_path, statement) == {("LED-10", f"register {shown(posted['came'] >> 20)}")}


def test_a_movement_of_one_lot_into_another_is_named(tmp_path: Path, posted: dict[str, int]) -> None:
    with closing(sqlite3.connect(tmp_path / "aisle.db", isolation_level=None)) as raw:
        (register,) = raw.execute("SELECT max(id) / 1048576 FROM bin_entry WHERE entry_type = 'movement'").fetchone()
        raw.execute("DROP TRIGGER bin_entry__no_update")
        raw.execute("UPDATE bin_entry SET lot = 'L9' WHERE entry_type = 'movement' AND qty > 0")

    with Store.open(str(tmp_path / "aisle.db"), read_only=True) as store:
        assert ("SAF-06 (e)", f"register {shown(register)}") in {(found.rule, found.where) for found in verify(store)}
