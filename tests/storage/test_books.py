"""What the books answer about stock, bins, numbers and scans, and in which order."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.books import Books
from domain.ledger.books import OpenEntry, StockRow
from domain.people.books import ScanRecord
from storage import Store
from storage.books.stock import PAGE
from tests.storage.posting import DAY, NOW, bin_location, command, decrease, increase


@pytest.fixture
def stocked(store: Store) -> Store:
    def work(books: Books) -> None:
        books.records.save(bin_location())
        increase(books, "1000", "5", "MAIN/W-02", lot="L1")
        increase(books, "1000", "3", "MAIN/W-01", lot="L2", package="P1")
        increase(books, "1000", "7", "EAST", lot="L1")
        increase(books, "1001", "2", "MAIN/W-01", lot="l2")
        increase(books, "1002", "1", "MAIN/W-01", serial="S2")
        increase(books, "1002", "1", "MAIN/W-02", serial="S1")

    command(store, work)
    return store


def test_on_hand_is_told_by_whatever_is_given(stocked: Store) -> None:
    def held(*asked: Any) -> list[tuple[str, str, Decimal]]:
        rows = stocked.question(lambda books: books.stock.on_hand(*asked))
        return [(row.location, row.lot, row.qty) for row in rows]

    assert held("1000") == [("EAST", "L1", 7), ("MAIN", "L1", 5), ("MAIN", "L2", 3)]
    assert held("1000", "", "MAIN") == [("MAIN", "L1", 5), ("MAIN", "L2", 3)]
    assert held("1000", None, None, "L1") == [("EAST", "L1", 7), ("MAIN", "L1", 5)]
    assert held("1000", "RED") == []
    assert stocked.question(lambda books: [books.stock.has_entries(item) for item in ("1000", "9999")]) == [True, False]


def test_a_location_lists_its_balances_with_their_value(stocked: Store) -> None:
    rows = stocked.question(lambda books: books.stock.at_location("MAIN"))

    assert rows[:2] == [
        StockRow("1000", "", "MAIN", "L1", "", Decimal(5), Decimal(10)),
        StockRow("1000", "", "MAIN", "L2", "P1", Decimal(3), Decimal(6)),
    ]
    assert [row.item for row in rows] == ["1000", "1000", "1001", "1002"]


def test_bins_are_told_by_place_by_item_and_by_number(stocked: Store) -> None:
    def there(ask: Any) -> list[tuple[str, str, str]]:
        return [(row.bin, row.item, row.lot or row.serial) for row in stocked.question(lambda books: ask(books.bins))]

    assert there(lambda bins: bins.in_bin("MAIN", "W-01")) == [
        ("W-01", "1000", "L2"),
        ("W-01", "1001", "l2"),
        ("W-01", "1002", "S2"),
    ]
    assert there(lambda bins: bins.in_bin("MAIN", "W-01", "1001")) == [("W-01", "1001", "l2")]
    assert there(lambda bins: bins.of_item("1000")) == [("W-01", "1000", "L2"), ("W-02", "1000", "L1")]
    assert there(lambda bins: bins.of_item("1000", "MAIN", "L1")) == [("W-02", "1000", "L1")]
    assert there(lambda bins: bins.of_item("1000", "EAST")) == []
    assert there(lambda bins: bins.of_items_at("MAIN", ["1000", "1001"])) == there(
        lambda bins: [row for item in ("1000", "1001") for row in bins.of_item(item, "MAIN")]
    )
    assert there(lambda bins: bins.of_items_at("EAST", ["1000"])) == []
    assert there(lambda bins: bins.of_number("lot", "L2")) == [("W-01", "1000", "L2"), ("W-01", "1001", "l2")]
    assert there(lambda bins: bins.of_number("serial", "S1")) == [("W-02", "1002", "S1")]
    assert there(lambda bins: bins.of_number("package", "P1")) == [("W-01", "1000", "L2")]


def test_numbers_are_known_by_item_and_anywhere(stocked: Store) -> None:
    def work(books: Books) -> list[Any]:
        numbers = books.numbers
        return [
            numbers.known("1001", "", "lot", "L2").no,
            numbers.known("1001", "", "lot", "L1"),
            [(known.item, known.no) for known in numbers.known_anywhere("lot", "L2")],
            [state.serial for state in numbers.serials_in_stock("1002", "", "MAIN")],
            numbers.serials_in_stock("1002", "", "EAST"),
        ]

    assert stocked.question(work) == ["l2", None, [("1000", "L2"), ("1001", "l2")], ["S1", "S2"], []]


def test_open_entries_come_in_the_order_in_which_they_are_drawn(store: Store) -> None:
    many = PAGE * 2 + 1
    for _ in range(2):
        command(store, lambda books: [increase(books, "1000", "1", lot="L1") for _ in range(many // 2)])
    command(store, lambda books: increase(books, "1000", "1", lot="L2", serial="S1"))

    def entries(**asked: Any) -> list[OpenEntry]:
        return store.question(lambda books: list(books.stock.open_entries("1000", "", "EAST", **asked)))

    first = entries(increases=True)
    ranks = [(entry.posting_date, entry.posted_at, entry.entry) for entry in first]

    assert len(first) == many
    assert ranks == sorted(ranks)
    assert entries(increases=True, newest_first=True) == first[::-1]
    assert entries(increases=True, lot="L1") == first[:-1]
    assert entries(increases=True, lot="L2", serial="S1", package="") == first[-1:]
    assert entries(increases=True, lot="") == []
    assert entries(increases=False) == []


def test_open_decreases_are_apart_from_open_increases(store: Store) -> None:
    entry = command(store, lambda books: decrease(books, "1000", "4"))
    command(store, lambda books: increase(books, "1000", "1"))

    (open_entry,) = store.question(lambda books: list(books.stock.open_entries("1000", "", "EAST", increases=False)))

    assert (open_entry.entry, open_entry.posting_date, open_entry.posted_at) == (entry, DAY, NOW)
    assert open_entry.remaining_qty == -4


def test_posting_may_go_on_while_open_entries_are_read(store: Store) -> None:
    command(store, lambda books: [increase(books, "1000", "1") for _ in range(PAGE + 1)])

    def work(books: Books) -> int:
        read = books.stock.open_entries("1000", "", "EAST", increases=True)
        first = next(read)
        decrease(books, "1000", "1", "EAST", [(first.entry, "1")])
        return 1 + len(list(read))

    assert command(store, work) == PAGE + 1


def test_the_last_scans_of_a_terminal_are_its_newest(store: Store) -> None:
    def scan(terminal: str, no: int) -> ScanRecord:
        at = NOW + timedelta(seconds=no)
        return ScanRecord(terminal, no, at, "ANNA", "MAIN", "", "keyed", b"\x1dA", "item", "refused", "unknown", "", 0)

    for terminal, no in (("T1", 1), ("T2", 1), ("T1", 2)):
        store.transaction(lambda books, terminal=terminal, no=no: books.terminals.journal(scan(terminal, no)))

    assert store.question(lambda books: books.terminals.last_scans("T1", 3)) == [scan("T1", 2), scan("T1", 1)]
    assert store.question(lambda books: books.terminals.last_scans("T1", 1)) == [scan("T1", 2)]
    assert store.question(lambda books: books.terminals.last_scans("T3", 1)) == []


def test_an_entry_tells_what_is_open_of_it_and_who_drew_on_it(store: Store) -> None:
    def post(books: Books) -> tuple[int, int]:
        supplier = increase(books, "1000", "5")
        return supplier, decrease(books, "1000", "2", draws=[(supplier, "2")])

    supplier, drawer = command(store, post)

    def ask(books: Books) -> None:
        entry, open_part = books.entries.one(supplier), books.entries.open_part(supplier)
        assert (entry and entry.qty, open_part and open_part.remaining_qty) == (5, 3)
        assert (books.entries.one(7), books.entries.open_part(drawer)) == (None, None)
        (row,) = books.entries.drawn_on(supplier)
        assert [row] == books.entries.drawn_by(drawer)
        assert (row.inbound_entry, row.outbound_entry, row.qty) == (supplier, drawer, -2)
        assert [value.item_entry for value in books.entries.values(drawer)] == [drawer]

    store.question(ask)


def test_an_application_that_was_taken_back_is_no_longer_told(store: Store) -> None:
    def post(books: Books) -> int:
        supplier = increase(books, "1000", "5")
        decrease(books, "1000", "2", draws=[(supplier, "2")])
        return supplier

    supplier = command(store, post)

    def take_back(books: Books) -> None:
        (row,) = books.entries.drawn_on(supplier)
        books.ledger.append([row._replace(id=books.ledger.number(), qty=-row.qty, cancels=row.id)])

    command(store, take_back)

    assert store.question(lambda books: books.entries.drawn_on(supplier)) == []


def test_the_valuation_date_is_that_of_the_last_revaluation_else_of_the_last_value_entry(store: Store) -> None:
    def post(books: Books) -> tuple[int, int]:
        first, second = increase(books, "1000", "5"), increase(books, "1000", "5")
        (value,) = books.entries.values(first)
        days = (("revaluation", 3), ("revaluation", 2), ("direct_cost", 5))
        rows = [
            value._replace(
                id=books.ledger.number(), entry_type=kind, entry_qty=Decimal(), valuation_date=DAY + timedelta(days=day)
            )
            for kind, day in days
        ]
        books.ledger.append(rows)
        return first, second

    first, second = command(store, post)

    dates = store.question(lambda books: books.entries.valuation_dates([first, second]))
    assert dates == {first: DAY + timedelta(days=2), second: DAY}
