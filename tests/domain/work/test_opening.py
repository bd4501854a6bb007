"""Opening stock (decisions 45, 65; bins.md 20)."""

from decimal import Decimal

from domain.people.rights import SYSTEM
from domain.site import BinContent, Location
from domain.work.opening import PostOpening, opening_lines, post_opening
from storage.registers import Register
from tests.domain.notation import SILVER, Warehouse, line


def test_opening_stock_lies_where_it_was_said_at_the_cost_given(house: Warehouse) -> None:
    house.item("1000")

    house.stock("W-01 1000 12", "EAST 1000 3", at="2.50")

    assert house.lying() == ["W-01 1000 12", "EAST 1000 3"]
    assert house.costs() == [30, Decimal("7.50")]


def test_decision_45_its_reason_is_opening_and_nobody_gives_one(house: Warehouse) -> None:
    house.item("1000")

    house.stock("W-01 1000 12")

    assert {reason for reasons in house.reasons().values() for reason in reasons} == {"OPENING"}
    assert (house.rows(Register)[-1].source, house.rows(Register)[-1].operator) == ("opening", "SYSTEM")


def test_all_of_it_is_posted_or_nothing(house: Warehouse) -> None:
    house.item("1000")

    with house.refused("unknown", code="2000", prompt="item"):
        house.stock("W-01 1000 12", "W-01 2000 1")


def test_opening_stock_without_lines_is_refused(house: Warehouse) -> None:
    with house.refused("nothing_handled", variant="post"):
        house.do(post_opening, PostOpening(()), SYSTEM.code)


def test_goods_that_lie_there_already_are_not_asked_about(house: Warehouse) -> None:
    house.item("1000")
    house.keep(
        BinContent(SILVER, "W-01", "1000", "", "PCS", max=Decimal(5)),
        Location(SILVER, bin_mandatory=True, bin_capacity_policy="allow_more"),
    )

    house.stock("W-01 1000 12")

    assert house.lying() == ["W-01 1000 12"]


def test_saf_25_opening_stock_needs_the_right_to_set_up(house: Warehouse) -> None:
    house.item("1000")

    with house.refused("no_right", action="set_up"):
        house.do(post_opening, opening_lines([line("W-01 1000 1")]), "SUE")
    house.do(post_opening, opening_lines([line("W-01 1000 1")]), "ADA")

    assert house.lying() == ["W-01 1000 1"]
