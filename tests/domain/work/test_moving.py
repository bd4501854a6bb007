"""Moving from bin to bin at once: what may be taken, whole bins and packages, counts in the way (bins.md 16-24)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.posting.posted import Posted
from domain.site import Bin, BinType, Location, Operator, TrackingCode
from domain.work.moving import MoveGoods, bins_with, location_with_bins, move_goods, whole_bin, whole_package
from domain.work.stock_here import Goods, Portion
from storage.registers import Register
from tests.domain.notation import EAST, SILVER, WHITE, Warehouse, goods
from tests.domain.work.holding import hold


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    house.keep(TrackingCode("PACK", package_specific=True, package_warehouse=True))
    for no, tracking in (("1000", ""), ("LOTS", "LOT"), ("PIECES", "SERIAL"), ("CUPS", "PACK"), ("TEA", "PACK")):
        house.item(no, tracking=tracking)


def portion(text: str) -> Portion:
    told = goods(text)
    numbers = told.numbers
    named = Goods(told.item, told.variant, numbers.lot, numbers.serial, numbers.package)
    return Portion(told.bin, named, told.qty, told.uom)


def move(house: Warehouse, *texts: str, to: str = "W-04", by: str = "ANNA", **told: Any) -> Posted:
    return house.do(move_goods, MoveGoods(SILVER, to, tuple(map(portion, texts))), by, **told)


def free(portions: list[Portion]) -> list[str]:
    return [
        " ".join(
            filter(None, (one.bin, one.goods.item, one.goods.lot or one.goods.package, f"{one.qty.normalize():f}"))
        )
        for one in portions
    ]


def in_whole_bin(house: Warehouse, bin: str) -> list[str]:
    return free(house.ask(lambda books: whole_bin(books, location_with_bins(books, SILVER), bin)))


def in_whole_package(house: Warehouse, package: str, bin: str = "") -> list[str]:
    return free(house.ask(lambda books: whole_package(books, location_with_bins(books, SILVER), package, bin)))


def test_putaway_31_a_move_writes_bin_entries_only_and_names_its_register(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    entries = house.entries()

    posted = move(house, "W-01 1000 3")

    assert house.lying() == ["W-01 1000 2", "W-04 1000 3"]
    assert house.entries() == entries
    assert house.rows(Register)[-1].id == posted.register


def test_goods_of_several_bins_move_together_into_one(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 LOTS lot L1 2", "W-02 LOTS lot L2 2")

    move(house, "W-01 1000 5", "W-02 LOTS lot L1 2", "W-02 LOTS lot L2 1")

    assert house.lying() + house.lying("LOTS") == [
        "W-04 1000 5",
        "W-02 LOTS lot L2 1",
        "W-04 LOTS lot L1 2",
        "W-04 LOTS lot L2 1",
    ]


def test_all_of_a_list_moves_or_none(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 LOTS lot L1 2")

    with house.refused("not_enough", qty=2, short=1):
        move(house, "W-01 1000 5", "W-02 LOTS lot L1 3")


def test_saf_25_moving_needs_the_right_at_the_location(house: Warehouse) -> None:
    house.stock("W-01 1000 5")

    with house.refused("no_right", action="move"):
        move(house, "W-01 1000 5", by="VERA")
    house.locations("ANNA", EAST)
    with house.refused("not_your_location", location=SILVER):
        move(house, "W-01 1000 5")


def test_saf_03_the_same_operation_again_answers_the_first_result_and_writes_nothing(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    first = move(house, "W-01 1000 2", operation="op-1")
    before = house.footprint()

    assert move(house, "W-01 1000 2", operation="op-1") == first
    assert house.footprint() == before


def test_from_and_to_are_not_the_same_bin(house: Warehouse) -> None:
    house.stock("W-04 1000 5")

    with house.refused("same_bin"):
        move(house, "W-04 1000 5")


def test_without_bins_nothing_can_be_moved(house: Warehouse) -> None:
    house.stock("EAST 1000 5")

    with house.refused("no_bins", location=EAST):
        house.do(move_goods, MoveGoods(EAST, "", (portion("EAST 1000 5"),)))


@pytest.mark.parametrize(("block", "way"), [("outbound", "OUT"), ("all", "OUT"), ("inbound", "")])
def test_bins_16_nothing_moves_out_of_a_bin_that_is_blocked_for_it(house: Warehouse, block: str, way: str) -> None:
    house.stock("W-01 1000 5")
    house.keep(Bin(SILVER, "W-01", block=block))

    if way:
        with house.refused("bin_blocked", bin="W-01", direction=way):
            move(house, "W-01 1000 5")
    else:
        move(house, "W-01 1000 5")


def test_bins_18_nothing_moves_out_of_or_into_a_bin_that_receives(house: Warehouse) -> None:
    house.keep(
        BinType("RECEIVE", receive=True),
        Bin(WHITE, "R-1", bin_type="RECEIVE"),
        Bin(WHITE, "R-2", bin_type="RECEIVE"),
        Bin(WHITE, "P-1"),
        Operator("ANNA", role="operator", locations=(WHITE,)),
    )

    with house.refused("put_away_first", bin="R-1"):
        house.do(move_goods, MoveGoods(WHITE, "P-1", (replace(portion("W-01 1000 1"), bin="R-1"),)))
    with house.refused("bin_type", bin="R-2", type="RECEIVE"):
        house.do(move_goods, MoveGoods(WHITE, "R-2", (replace(portion("W-01 1000 1"), bin="P-1"),)))


def test_bins_22_what_an_open_pick_holds_is_not_free(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    hold(house, "W-01 1000 2")

    with house.refused("not_enough", qty=3, n=2, document="PK1"):
        move(house, "W-01 1000 4")
    move(house, "W-01 1000 3")


def test_bins_22_of_several_lots_together_a_pick_of_any_lot_keeps_its_share(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5", "W-01 LOTS lot L2 5")
    hold(house, "W-01 LOTS 3")

    move(house, "W-01 LOTS lot L1 5", "W-01 LOTS lot L2 2", operation="op-1")
    assert "W-01 LOTS lot L2 3" in house.lying("LOTS")


@pytest.mark.parametrize("taken", [("L1 5", "L2 3"), ("L1 3", "L1 2", "L2 3")])
def test_bins_22_more_than_a_pick_leaves_of_all_lots_is_refused(house: Warehouse, taken: tuple[str, ...]) -> None:
    house.stock("W-01 LOTS lot L1 5", "W-01 LOTS lot L2 5")
    hold(house, "W-01 LOTS 3")

    with house.refused("not_enough", qty=2, document="PK1"):
        move(house, *(f"W-01 LOTS lot {one}" for one in taken))


def test_a_quantity_may_be_in_a_unit_of_the_item(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)
    house.stock("W-01 1000 11")
    hold(house, "W-01 1000 5")

    move(house, "W-01 1000 1 BOX")
    with house.refused("not_enough", qty=0):
        move(house, "W-01 1000 1")

    assert house.lying() == ["W-01 1000 5", "W-04 1000 6"]


def test_counting_38_a_bin_in_count_is_asked_about_be_it_the_first_or_the_second(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5")
    house.freeze("warn")
    journal = house.open_count("W-01")

    with house.refused("bin_in_count", bin="W-01", document=journal):
        move(house, "W-01 1000 1")
    with house.refused("bin_in_count", bin="W-01", document=journal):
        move(house, "W-02 1000 1", to="W-01")
    move(house, "W-02 1000 1")
    move(house, "W-02 1000 1", to="W-01", yes=("bin_in_count",))


def test_a_whole_bin_is_all_that_is_free_in_it(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3", "W-01 LOTS lot L2 4", "W-02 1000 1")
    hold(house, "W-01 1000 2")
    hold(house, "W-01 LOTS 5", "PK2")

    assert in_whole_bin(house, "W-01") == ["W-01 1000 3", "W-01 LOTS L1 2"]


def test_an_empty_bin_and_one_that_picks_hold_whole_have_nothing_to_move(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    hold(house, "W-01 1000 5")

    with house.refused("not_enough", qty=0, n=5, document="PK1"):
        in_whole_bin(house, "W-01")
    with house.refused("nothing_handled", variant="post"):
        in_whole_bin(house, "W-02")


def test_tracking_34_a_package_is_every_content_that_carries_it_in_whatever_bin(house: Warehouse) -> None:
    house.stock("W-01 CUPS package P1 5", "W-01 TEA package P1 2", "W-02 TEA package p1 3", "W-02 TEA package P2 9")

    assert in_whole_package(house, "p1") == ["W-01 CUPS P1 5", "W-01 TEA P1 2", "W-02 TEA P1 3"]
    assert in_whole_package(house, "P1", "W-02") == ["W-02 TEA P1 3"]
    with house.refused("not_here", number="P1", bin="W-03"):
        in_whole_package(house, "P1", "W-03")
    with house.refused("not_here", number="P9", bin=SILVER):
        in_whole_package(house, "P9")


def test_the_bins_of_goods_come_by_ranking_then_code(house: Warehouse) -> None:
    house.keep(Bin(SILVER, "W-03", ranking=9))
    house.stock("W-02 LOTS lot L1 1", "W-01 LOTS lot L2 1", "W-03 LOTS lot L1 1", "W-04 LOTS lot L1 1")

    def bins(lot: str) -> list[str]:
        return house.ask(lambda books: bins_with(books, location_with_bins(books, SILVER), Goods("LOTS", lot=lot)))

    assert (bins(""), bins("L1")) == (["W-03", "W-01", "W-02", "W-04"], ["W-03", "W-02", "W-04"])


def test_a_location_that_is_not_there_is_unknown(house: Warehouse) -> None:
    with house.refused("unknown", code="NORTH", prompt="location"):
        house.ask(lambda books: location_with_bins(books, "NORTH"))


def test_capacity_is_the_doors_to_ask_about(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    house.keep(Location(SILVER, bin_mandatory=True, bin_capacity_policy="allow_more"))
    house.room("W-04", "1000", 4)

    with house.refused("bin_full_ask", max=4, qty=1):
        move(house, "W-01 1000 5")
    move(house, "W-01 1000 5", yes=("bin_full_ask",))

    assert house.lying() == [f"W-04 1000 {Decimal(5)}"]
