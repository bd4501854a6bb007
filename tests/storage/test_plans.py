"""Every statement of the floor and of posting finds its rows by an index, whether statistics were gathered or not."""

import re
from pathlib import Path
from typing import Any

import pytest

from domain.books import Books
from domain.items.card import Identifier, Item, ItemUnit
from domain.people.books import TerminalSession
from domain.site import Bin, BinContent
from domain.work.activities import Activity, ActivityLine, PostedPick
from domain.work.documents import CountJournal, CountLine, PendingAdjustment
from storage import Store
from storage.chain import COLUMNS, FORMAT
from storage.derived import DERIVED
from tests.storage.posting import NOW, bin_location, bin_move, command, decrease, increase

SMALL = {"location", "writer"}
"""Tables so small that they may be read whole."""


def posting(books: Books) -> None:
    books.records.save(bin_location())
    entry = increase(books, "1000", "5", "MAIN/W-01", lot="L1", serial="", package="P1")
    increase(books, "1002", "1", "MAIN/W-01", serial="S1")
    decrease(books, "1000", "2", "MAIN/W-01", [(entry, "2")], lot="L1", package="P1")
    bin_move(books, "1000", "1", location="MAIN", from_bin="W-01", to_bin="W-02", lot="L1", package="P1")
    books.ledger.answer("op-1", "Post", "{}")


def receive(books: Books, number: int) -> None:
    increase(books, f"I{number % 30}", "5", f"MAIN/B{number % 20}", lot=f"LOT{number % 70}", package=f"P{number}")
    increase(books, "1002", "1", f"MAIN/B{number % 20}", serial=f"SERIAL{number}")


def looking(books: Books) -> None:
    records, stock, bins, numbers = books.records, books.stock, books.bins, books.numbers
    for kind, key in ((Item, ("1",)), (ItemUnit, ("1", "PCS")), (Bin, ("M", "W")), (TerminalSession, ("T1",))):
        records.one(kind, *key)
    for kind, equal in (
        (Item, {"gtin": ""}),
        (ItemUnit, {"item": "1"}),
        (Identifier, {"item": "1"}),
        (Bin, {"location": "M"}),
        (BinContent, {"location": "M", "bin": "W"}),
        (BinContent, {"location": "M", "item": "1", "variant": ""}),
        (CountLine, {"journal": "C1"}),
        (CountJournal, {"location": "M", "bin": "W", "status": "open"}),
        (PendingAdjustment, {"location": "M", "status": "waiting"}),
        (Activity, {"location": "M"}),
        (Activity, {"order": "SO1"}),
        (ActivityLine, {"activity": "PICK1"}),
        (PostedPick, {"no": "PICK1"}),
    ):
        records.rows(kind, **{name: value or "0" for name, value in equal.items()})
    for increases in (True, False):
        for newest_first in (True, False):
            for number in ({}, {"lot": "L"}, {"serial": "S"}, {"package": "P"}, {"lot": ""}):
                asked = {"increases": increases, "newest_first": newest_first, **number}
                list(stock.open_entries("1000", "", "MAIN", **asked))
    for asked in (("1",), ("1", ""), ("1", "", "M"), ("1", "", "M", "L"), ("1", None, "M"), ("1", None, None, "L")):
        stock.on_hand(*asked)
    stock.at_location("M")
    for asks in (books.entries.one, books.entries.open_part, books.entries.values):
        asks(1)
    books.entries.valuation_dates([1, 2])
    books.entries.drawn_on(1)
    books.entries.drawn_by(1)
    records.read_ahead(Item, [("1",), ("2",)])
    records.read_ahead(BinContent, [("M", "W", "1", "", "PCS")])
    records.rows_equal(BinContent, ("location", "item", "variant", "default"), [("M", "1", "", True)])
    records.rows_equal(ItemUnit, ("item",), [("1",)])
    records.rows_equal(ActivityLine, ("activity",), [("PICK1",)])
    records.rows_equal(ActivityLine, ("location", "bin", "item", "variant"), [("M", "W", "1", "")])
    bins.of_items_in_bins([("M", "W", "1")])
    bins.of_items_at("M", ["1"])
    stock.has_entries("1")
    bins.in_bin("M", "W")
    bins.in_bin("M", "W", "1")
    bins.of_item("1")
    bins.of_item("1", "M")
    bins.of_item("1", "M", "L")
    for kind in ("lot", "serial", "package"):
        bins.of_number(kind, "X")
        numbers.known("1", "", kind, "X")
        numbers.known_anywhere(kind, "X")
    numbers.serial("1", "", "S")
    numbers.serials_in_stock("1", "", "M")
    books.terminals.last_scans("T1", 20)
    books.ledger.answered("op")
    books.ledger.posted_by("ANNA", NOW)


def plan(store: Store, sql: str) -> list[str]:
    values = [None] * sql.count("?")
    found = store.reading(lambda connection: connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall())
    return [row[3] for row in found]


def scans_of(plans: list[str]) -> list[str]:
    computed = {step.removeprefix("CO-ROUTINE ") for step in plans if step.startswith("CO-ROUTINE")}
    tables = (re.match(r"SCAN (\w+)", step) for step in plans)
    return [match[0] for match in tables if match and match[1] not in SMALL | computed]


@pytest.fixture(params=["without statistics", "with statistics"])
def explained(request: pytest.FixtureRequest, path: Path) -> Any:
    """A store, and the statements that ran in it."""
    ran: set[str] = set()
    with Store.open(str(path), on_statement=lambda when, sql: ran.add(sql)) as store:
        command(store, posting)
        if request.param == "with statistics":
            command(store, lambda books: [receive(books, number) for number in range(300)])
            for table in [*COLUMNS[FORMAT], *(derived.table for derived in DERIVED)]:
                store.writing(lambda connection, table=table: connection.execute(f"ANALYZE {table}"))
        yield store, ran


@pytest.mark.parametrize("work", [posting, looking])
def test_no_statement_reads_a_whole_table(explained: Any, work: Any) -> None:
    store, ran = explained
    if work is looking:
        ran.clear()
        store.question(looking)
    statements = [sql for sql in ran if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)", sql)]

    read_whole = {sql: found for sql in statements if (found := scans_of(plan(store, sql)))}

    assert len(statements) > 10
    assert read_whole == {}


def test_open_entries_are_read_in_their_order_without_sorting(path: Path) -> None:
    ran: list[str] = []
    with Store.open(str(path), on_statement=lambda when, sql: ran.append(sql)) as store:
        store.question(looking)
        statements = {sql for sql in ran if "FROM open_entry WHERE item" in sql}

        assert len(statements) == 20
        assert [sql for sql in statements if any("TEMP B-TREE" in step for step in plan(store, sql))] == []
        for number in ("lot", "serial", "package"):
            (steps,) = {tuple(plan(store, sql)) for sql in statements if f"{number} <> ''" in sql}
            assert f"USING INDEX open_entry__{number}" in steps[0]


def test_an_increase_finds_the_open_decreases_without_reading_the_open_receipts(path: Path) -> None:
    ran: list[str] = []
    with Store.open(str(path), on_statement=lambda when, sql: ran.append(sql)) as store:
        store.question(lambda books: list(books.stock.open_entries("1000", "", "MAIN", increases=False)))
        (sql,) = {sql for sql in ran if "FROM open_entry" in sql}

        assert "USING INDEX open_entry__short" in plan(store, sql)[0]


def test_the_bins_of_an_item_are_found_by_the_index_made_for_them(store: Store) -> None:
    (step, *_) = plan(
        store, "SELECT bin, qty FROM bin_balance WHERE item = ? AND variant = ? AND location = ? AND lot = ?"
    )

    assert "USING COVERING INDEX bin_balance__item" in step


def test_a_dated_sum_reads_one_index_only(store: Store) -> None:
    sql = "SELECT sum(qty) FROM item_entry WHERE item = ? AND location = ? AND lot = ? AND posting_date <= ?"

    assert "USING COVERING INDEX item_entry__dated" in plan(store, sql)[0]


def test_the_default_bin_of_an_item_is_sought_among_its_own_contents_only(path: Path) -> None:
    ran: list[str] = []
    with Store.open(str(path), on_statement=lambda when, sql: ran.append(sql)) as store:
        store.question(lambda books: books.records.rows(BinContent, location="M", item="1", variant="", default=True))
        (sql,) = {sql for sql in ran if 'FROM "bin_content"' in sql}

        assert plan(store, sql) == [
            "SEARCH bin_content USING INDEX bin_content__item (location=? AND item=? AND variant=?)"
        ]
