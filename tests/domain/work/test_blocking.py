"""Blocking goods at once, with a reason (tracking.md 25, ITM-50; SAF-27)."""

from typing import Any

import pytest

from domain.items.card import Item
from domain.site import ReasonCode
from domain.work.blocking import Blocking, block, is_blocked, unblock
from tests.domain.notation import Warehouse


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    house.item("1000")
    house.item("LOTS", tracking="LOT")
    house.item("MORE", tracking="LOT")
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3", "W-02 MORE lot l1 2")
    house.keep(ReasonCode("RECALL", "Called back", offered_for=("block",), position=9))


def blocking(kind: str, code: str, **told: Any) -> Blocking:
    return Blocking(kind, code, **{"reason": "RECALL"} | told)


def test_a_blocked_item_is_not_posted_until_it_is_free_again(house: Warehouse) -> None:
    house.do(block, blocking("item", "1000"), "SUE")

    card = house.one(Item, "1000")
    assert card is not None
    assert (card.blocked, card.blocked_reason) == (True, "Called back")
    with house.refused("blocked", code="1000"):
        house.adjust("W-01 1000 1")
    house.do(unblock, blocking("item", "1000"), "SUE")
    house.adjust("W-01 1000 1")


def test_a_lot_is_blocked_of_one_item_or_of_all_that_have_it(house: Warehouse) -> None:
    house.do(block, blocking("lot", "l1", item="LOTS"), "SUE")
    with house.refused("blocked", code="L1"):
        house.adjust("W-01 LOTS lot L1 -1")
    house.adjust("W-02 MORE lot L1 -1")

    house.do(block, blocking("lot", "L1"), "SUE")

    with house.refused("blocked", code="l1"):
        house.adjust("W-02 MORE lot L1 -1")


def test_the_reason_stands_in_the_audit_trail(house: Warehouse) -> None:
    house.do(block, blocking("item", "1000", reason="smells"), "SUE")
    house.do(unblock, blocking("item", "1000", reason="aired"), "SUE")

    assert [(row.new, row.reason) for row in house.audits("blocked")] == [("true", "smells"), ("false", "aired")]


def test_without_a_reason_or_without_a_change_nothing_is_done(house: Warehouse) -> None:
    with house.refused("missing", what="reason"):
        house.do(block, blocking("item", "1000", reason=" "), "SUE")
    with house.refused("nothing_changes"):
        house.do(unblock, blocking("item", "1000"), "SUE")
    with house.refused("unknown", code="L9"):
        house.do(block, blocking("lot", "L9"), "SUE")


def test_only_who_may_block_does_and_anybody_sees_it(house: Warehouse) -> None:
    with house.refused("no_right", action="block"):
        house.do(block, blocking("item", "1000"))
    house.do(block, blocking("lot", "L1", item="MORE"), "SUE")

    assert house.do(is_blocked, blocking("lot", "L1"), "VERA")
    assert not house.do(is_blocked, blocking("lot", "L1", item="LOTS"), "VERA")
