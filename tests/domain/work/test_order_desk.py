"""What the office does with orders of which picks may be open (DOC-02, DOC-16, DOC-18)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.orders.documents import Order
from domain.posting import TrackingRow
from domain.posting.posted import Posted
from domain.work.activities import Activity, ActivityLine
from domain.work.order_desk import PostOrder, cancel, post_order, reopen
from domain.work.picking import create_pick
from tests.domain.notation import Warehouse
from tests.domain.orders.ordering import line_of, ordered, released


@pytest.fixture
def shop(house: Warehouse) -> Warehouse:
    """Bolts and coffee by the lot."""
    house.item("1000")
    house.unit("1000", "BOX", 12)
    house.item("COFFEE", tracking="LOT")
    house.stock("W-01 1000 30", "W-01 COFFEE lot L1 10", "W-01 COFFEE lot L2 10")
    return house


@pytest.fixture
def picked(shop: Warehouse) -> Warehouse:
    """An order SO1 with a pick."""
    shop.do(create_pick, released(shop, "1000 5"), "PIA")
    return shop


def taken(house: Warehouse, qty: int) -> None:
    """Say that a picker has taken some of the only pick line."""
    (line,) = house.rows(ActivityLine)
    house.keep(replace(line, qty_to_handle=Decimal(qty)))


def posted(house: Warehouse, no: str, by: str = "SUE", **told: Any) -> Posted:
    return house.do(post_order, PostOrder(no, **told), by, operation="op-1")


@pytest.mark.parametrize("function", [reopen, cancel])
def test_an_order_of_which_goods_are_taken_stays_doc_02(picked: Warehouse, function: Any) -> None:
    taken(picked, 2)

    with picked.refused("reopen_handled", document="PICK1"):
        picked.do(function, "SO1", "OLE")


def test_who_may_not_do_it_is_told_nothing_of_the_picks_saf_25(picked: Warehouse) -> None:
    taken(picked, 2)

    with picked.refused("no_right", action="release"):
        picked.do(reopen, "SO1", "PIA")
    with picked.refused("no_right", action="documents"):
        picked.do(cancel, "SO1", "PIA")
    with picked.refused("no_right", action="ship"):
        posted(picked, "SO1", "OLE")


def test_a_reopened_order_loses_the_picks_of_which_nothing_is_taken(picked: Warehouse) -> None:
    order = picked.do(reopen, "SO1", "OLE")

    assert order.status == "open"
    assert (picked.rows(Activity), picked.rows(ActivityLine)) == ([], [])


def test_a_cancelled_order_takes_its_picks_along(picked: Warehouse) -> None:
    picked.do(cancel, "SO1", "OLE")

    assert (picked.rows(Order), picked.rows(Activity)) == ([], [])


def test_an_order_being_picked_is_not_posted_at_the_desk_doc_18(picked: Warehouse) -> None:
    with picked.refused("use_warehouse", what="PICK1"):
        posted(picked, "SO1")


def test_an_order_is_posted_as_far_as_it_is_to_be_handled(shop: Warehouse) -> None:
    no = released(shop, ordered("1000 5", bin="W-01"), ordered("COFFEE lot L2 3", bin="W-01"))
    shop.keep(replace(line_of(shop, no), qty_to_handle=Decimal(2), qty_to_handle_base=Decimal(2)))

    posted(shop, no)

    assert [(entry.item, entry.lot, entry.qty) for entry in shop.entries()[-2:]] == [
        ("1000", "", -2),
        ("COFFEE", "L2", -3),
    ]
    assert (line_of(shop, no).outstanding, line_of(shop, no, 2).outstanding) == (3, 0)


def test_the_desk_says_how_much_of_which_line_and_which_numbers(shop: Warehouse) -> None:
    no = released(shop, ordered("1000 2 BOX", bin="W-01"), ordered("COFFEE 3", bin="W-01"), "1000 1")
    lots = (TrackingRow("L1", qty_base=Decimal(1)), TrackingRow("L2", qty_base=Decimal(2)))

    posted(shop, no, qty={1: Decimal(1), 2: Decimal(3)}, tracking={2: lots})

    assert [(entry.lot, entry.qty) for entry in shop.entries()[-3:]] == [("", -12), ("L1", -1), ("L2", -2)]


def test_the_same_posting_sent_twice_is_once_saf_03(shop: Warehouse) -> None:
    no = released(shop, ordered("1000 5", bin="W-01"))

    first = posted(shop, no, qty={1: Decimal(1)})

    assert posted(shop, no, qty={1: Decimal(1)}) == first
    assert line_of(shop, no).outstanding == 4


def test_a_purchase_order_is_received_at_the_desk(shop: Warehouse) -> None:
    no = released(shop, ordered("1000 5", bin="W-02"), kind="purchase_order")

    assert posted(shop, no).document == "PR1"
    assert "W-02 1000 5" in shop.lying()
