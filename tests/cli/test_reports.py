"""Reports, and the check of the books: what they tell, and that no spreadsheet runs what stands in a field."""

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import Store
from tests.cli.program import aisle, sentences, warehouse

ITEMS = """no,name,tracking,cost
1000,Bolt,,0.5
2000,"=HYPERLINK(""http://x"")",LOTEXP,4
3000,Drill,SERIAL,89
"""
STOCK = """item,place,bin,qty,lot,serial,expires
1000,EAST,A-01,10,,,
1000,EAST,A-03,5,,,
2000,EAST,A-03,5.5,L1,,2027-03-31
3000,EAST,A-03,1,,S-1,
1000,SHOP,,3,,,
"""
ITEM_MAP = 'fields: {no: "{no}", description: "{name}", tracking: "{tracking}", unit_cost: "{cost}"}'
STOCK_MAP = (
    'fields: {item: "{item}", location: "{place}", bin: "{bin}", qty: "{qty}", lot: "{lot}", serial: "{serial}",'
    ' expires: "{expires}"}'
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A warehouse with stock in two bins and a shop."""
    warehouse(tmp_path)
    for kind, rows, map in (("items", ITEMS, ITEM_MAP), ("stock", STOCK, STOCK_MAP)):
        (tmp_path / f"{kind}.csv").write_text(rows)
        (tmp_path / f"{kind}.yaml").write_text(map)
        run = aisle(tmp_path, "import", kind, f"{kind}.csv", "--map", f"{kind}.yaml", "--yes")
        assert run.stderr == ""
    return tmp_path


def rows(folder: Path, *words: str) -> list[dict[str, str]]:
    """Return a report as a program reads it."""
    run = aisle(folder, "report", *words, "--format", "csv")
    assert run.returncode == 0
    return list(csv.DictReader(io.StringIO(run.stdout)))


def test_stock_has_quantity_value_and_totals(house: Path) -> None:
    run = aisle(house, "report", "stock")

    assert [" ".join(line.split()) for line in run.stdout.splitlines()] == [
        "item description variant location bin lot serial package qty uom value",
        "1000 Bolt EAST 15 PCS 7.5",
        "1000 Bolt SHOP 3 PCS 1.5",
        '2000 =HYPERLINK("http://x") EAST L1 5.5 PCS 22',
        "3000 Drill EAST 1 PCS 89",
    ]
    assert run.stderr == "4 rows, 24.5 pieces, value 120.\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--item", "1000"], [("EAST", "", "15", "7.5"), ("SHOP", "", "3", "1.5")]),
        (["--location", "shop"], [("SHOP", "", "3", "1.5")]),
        (["--bin", "A-03"], [("EAST", "A-03", "5", "2.5"), ("EAST", "A-03", "5.5", "22"), ("EAST", "A-03", "1", "89")]),
        (["--bin", "A-01", "--item", "3000"], []),
    ],
)
def test_stock_of_an_item_a_location_or_a_bin(
    house: Path, words: list[str], expected: list[tuple[str, str, str, str]]
) -> None:
    found = rows(house, "stock", *words)

    assert [(row["location"], row["bin"], row["qty"], row["value"]) for row in found] == expected


def test_the_ledger_tells_each_entry_with_its_cost_and_who_posted_it(house: Path) -> None:
    entries = rows(house, "ledger", "--item", "2000")

    assert [(row["entry_type"], row["lot"], row["expires"], row["qty"], row["value"]) for row in entries] == [
        ("positive_adj", "L1", "2027-03-31", "5.5", "22")
    ]
    assert (entries[0]["reason"], entries[0]["source"], entries[0]["operator"]) == ("OPENING", "opening", "SYSTEM")


@pytest.mark.parametrize(("since", "count"), [("2000-01-01", 5), ("2999-12-31", 0)])
def test_the_ledger_since_a_day(house: Path, since: str, count: int) -> None:
    assert len(rows(house, "ledger", "--since", since)) == count


def test_a_text_that_looks_like_a_formula_is_made_harmless(house: Path) -> None:
    assert rows(house, "stock", "--item", "2000")[0]["description"] == '\'=HYPERLINK("http://x")'


def test_a_report_to_a_file_is_whole_or_not_there(house: Path) -> None:
    (house / "stock.txt").write_text("older")

    refused = aisle(house, "report", "stock", "--item", "9", "--output", "stock.txt")
    kept = (house / "stock.txt").read_text()
    done = aisle(house, "report", "stock", "--output", "stock.txt")

    assert (refused.returncode, kept) == (1, "older")
    assert (done.returncode, done.stdout) == (0, "")
    assert len((house / "stock.txt").read_text().splitlines()) == 5
    assert not (house / "stock.txt.part").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["stock", "--item", "9"], "There is no item 9."),
        (["stock", "--location", "moon"], "There is no location MOON."),
        (["stock", "--bin", "X-1"], "There is no bin X-1."),
        (["ledger", "--since", "2026-02-30"], "2026-02-30 is not a date: write it like 2026-12-31."),
        (["stock", "--output", "no/such/file"], "no/such/file.part: No such file or directory."),
    ],
)
def test_what_a_report_cannot_be_asked_is_told(tmp_path: Path, words: list[str], told: str) -> None:
    warehouse(tmp_path)

    run = aisle(tmp_path, "report", *words)

    assert (run.returncode, run.stdout) == (1, "")
    assert sentences(run) == [told]


def test_verify_notes_its_result_but_not_when_it_may_only_read(house: Path) -> None:
    def registers() -> int:
        with Store.open(str(house / "aisle.db")) as store:
            return store.reading(lambda rows: rows.execute("SELECT count(*) FROM register").fetchone()[0])

    before = registers()
    assert aisle(house, "verify", "--read-only").stdout == "aisle.db: clean.\n"
    assert registers() == before
    assert aisle(house, "verify").returncode == 0
    assert registers() == before + 1


def test_verify_compares_with_the_heads_of_the_nights_before(house: Path) -> None:
    assert [aisle(house, "verify", "--heads", "heads.log").returncode for _ in range(2)] == [0, 0]
    heads = (house / "heads.log").read_text().splitlines()
    assert len(heads) == 2
    (house / "heads.log").write_bytes(f"{heads[1][:-1]}".encode() + b"\xff\n")

    run = aisle(house, "verify", "--heads", "heads.log")

    assert (run.returncode, run.stdout.splitlines()[0]) == (
        1,
        "SAF-32: line 1 of the heads: It is not a moment with a register and its hash, or with a writer.",
    )
    assert len((house / "heads.log").read_bytes().splitlines()) == 1


def test_verify_names_what_is_broken_and_rebuild_mends_it(house: Path) -> None:
    with closing(sqlite3.connect(house / "aisle.db")) as database, database:
        database.execute("UPDATE stock_balance SET qty = qty + 100000 WHERE item = '1000' AND location = 'SHOP'")

    found = aisle(house, "verify")
    rebuilt = aisle(house, "rebuild")
    after = aisle(house, "verify")

    assert found.returncode == 1
    assert "1000" in found.stdout
    assert (rebuilt.returncode, after.returncode) == (0, 0)
