"""Which orders wait, and finding one (floor-flows.md, Pick: document)."""

from datetime import date

import pytest

from domain.orders.order_list import find_orders, orders_to_do
from domain.site import Bin, BinContent
from tests.domain.notation import EAST, SILVER, Warehouse
from tests.domain.orders.ordering import handled, order, ordered, post, released

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


def to_do(house: Warehouse, **asked: object) -> list[str]:
    return [row.order.no for row in house.ask(lambda books: orders_to_do(books, SILVER, **asked))]


@pytest.fixture
def waiting(shop: Warehouse) -> Warehouse:
    """Five orders of bolts, and others that do not wait."""
    released(shop, "1000 1", no="LATE", due=TUESDAY)
    released(shop, "1000 1", no="NEVER")
    released(shop, "1000 1", no="NONE", due=MONDAY)
    released(shop, "1000 1", no="TWO", due=MONDAY, priority=2)
    released(shop, "1000 1", no="ONE", due=MONDAY, priority=1)
    order(shop, "1000 1", no="OPEN", due=MONDAY)
    released(shop, "1000 1", no="AWAY", location=EAST)
    released(shop, "1000 1", no="BOUGHT", kind="purchase_order")
    return shop


def test_orders_come_by_due_date_then_priority(waiting: Warehouse) -> None:
    assert to_do(waiting) == ["ONE", "TWO", "NONE", "LATE", "NEVER"]


def test_they_are_asked_for_by_due_date_and_priority(waiting: Warehouse) -> None:
    assert to_do(waiting, due=MONDAY) == ["ONE", "TWO", "NONE"]
    assert to_do(waiting, priority=1) == ["ONE"]
    assert to_do(waiting, kinds=("purchase_order",)) == ["BOUGHT"]


def test_open_orders_and_those_of_all_locations_are_asked_for_too(waiting: Warehouse) -> None:
    assert to_do(waiting, status="open") == ["OPEN"]
    everywhere = waiting.ask(lambda books: orders_to_do(books, None, status=None, due=MONDAY))
    assert [row.order.no for row in everywhere] == ["ONE", "TWO", "NONE", "OPEN"]
    assert [row.order.no for row in waiting.ask(lambda books: orders_to_do(books, EAST))] == ["AWAY"]


def test_an_order_that_is_done_waits_no_more(waiting: Warehouse) -> None:
    post(waiting, "ONE", handled(1, "1 W-01 1"))

    assert to_do(waiting, due=MONDAY) == ["TWO", "NONE"]


def test_of_equals_the_zone_of_the_first_bin_decides(shop: Warehouse) -> None:
    shop.keep(Bin(SILVER, "W-01", zone="NORTH"), Bin(SILVER, "W-02", zone="SOUTH"), Bin(SILVER, "W-03", zone="EAST"))
    shop.item("1001")
    shop.item("1002")
    shop.stock("W-03 1001 1", "W-02 1002 1")
    released(shop, ordered("1000 1", bin="W-02"), no="A")
    released(shop, "1001 1", no="B")
    released(shop, "1000 1", no="C")

    assert to_do(shop) == ["B", "C", "A"]
    assert to_do(shop, zone="SOUTH") == ["A"]


@pytest.mark.parametrize(("default", "ranking", "zone"), [("W-02", 0, "SOUTH"), ("", 9, "SOUTH"), ("", 0, "NORTH")])
def test_the_first_bin_is_the_default_one_then_by_ranking_then_by_code(
    shop: Warehouse, default: str, ranking: int, zone: str
) -> None:
    shop.keep(Bin(SILVER, "W-01", zone="NORTH"), Bin(SILVER, "W-02", zone="SOUTH", ranking=ranking))
    shop.keep(*(BinContent(SILVER, bin, "1000", "", "PCS", default=bin == default) for bin in ("W-01", "W-02")))
    released(shop, "1000 1")

    assert [row.zone for row in shop.ask(lambda books: orders_to_do(books, SILVER))] == [zone]


def test_an_order_is_found_by_its_number_else_by_the_partners(shop: Warehouse) -> None:
    first = order(shop, "1000 1", external_document_no="K-1")
    second = order(shop, "1000 1", external_document_no="K-1")

    def found(text: str) -> list[str]:
        return [row.no for row in shop.ask(lambda books: find_orders(books.records, text))]

    assert (found(first.lower()), found("K-1"), found("k-1"), found("K-2"), found(" ")) == (
        [first],
        [first, second],
        [first, second],
        [],
        [],
    )
