"""What stock is worth when it is posted (COS-02, 04, 06, 70-72; LED-03, LED-14; adjusting.md 8; decision 16)."""

from decimal import Decimal

import pytest

from domain.items.card import Item
from domain.posting import TrackingRow
from tests.domain.notation import Warehouse, line


def card(house: Warehouse, no: str = "1000") -> tuple[Decimal, Decimal]:
    item = house.one(Item, no)
    assert item is not None
    return item.unit_cost, item.last_direct_cost


def test_cos_02_an_increase_is_worth_the_cost_given_per_unit_of_the_line(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal(9))
    house.unit("1000", "BOX", 6)

    house.post(line("EAST 1000 2 BOX", unit_cost=Decimal("12.30")))

    assert house.costs() == [Decimal("24.60")]


def test_cos_02_the_amount_of_the_line_wins_over_its_unit_cost(house: Warehouse) -> None:
    house.item("1000")

    house.post(line("EAST 1000 3", unit_cost=Decimal(5), amount=Decimal("10.00")))

    assert house.costs() == [Decimal("10.00")]


def test_adjusting_8_without_a_cost_the_cards_is_taken(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal("2.345"))

    house.post(line("EAST 1000 3"))

    assert house.costs() == [Decimal("7.04")]


def test_cos_02_standard_items_come_in_at_standard_cost_whatever_was_given(house: Warehouse) -> None:
    house.item("1000", costing="standard", standard_cost=Decimal(4), unit_cost=Decimal(4))

    house.post(line("EAST 1000 3", unit_cost=Decimal(5), amount=Decimal(99)))

    assert house.costs() == [Decimal(12)]


@pytest.mark.parametrize("costing", ["fifo", "lifo", "average", "standard"])
def test_cos_04_a_decrease_costs_the_cards_unit_cost_until_it_is_settled(house: Warehouse, costing: str) -> None:
    house.item("1000", costing=costing, unit_cost=Decimal(4), standard_cost=Decimal(4))
    house.stock("EAST 1000 3", at="4")

    house.post(line("EAST 1000 -2", unit_cost=Decimal(99)))

    assert house.costs() == [12, -8]


def test_cos_04_a_decrease_that_stays_open_costs_the_cards_unit_cost_too(house: Warehouse) -> None:
    house.item("1000", prevent_negative_inventory="no", unit_cost=Decimal("1.50"))

    house.post(line("EAST 1000 -3"))

    assert house.costs() == [Decimal("-4.50")]


@pytest.mark.parametrize("tracking", ["", "LOT"])
def test_cos_05_a_specific_item_moves_by_serial_whatever_its_code_demands(house: Warehouse, tracking: str) -> None:
    house.item("1000", costing="specific", tracking=tracking)

    with house.refused("missing", what="serial"):
        house.post(line("EAST 1000 1", tracking=(TrackingRow(lot="L1" if tracking else ""),)))


@pytest.mark.parametrize("qty", ["3", "-1"])
def test_cos_06_an_item_of_no_value_costs_nothing(house: Warehouse, qty: str) -> None:
    house.item("1000", inventory_value_zero=True, unit_cost=Decimal(4))
    house.stock("EAST 1000 3", at="5")

    house.post(line(f"EAST 1000 {qty}", amount=Decimal(7)))

    assert house.costs() == [0, 0]


def test_cos_72_the_card_keeps_the_direct_cost_of_the_latest_increase(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal(2))
    house.unit("1000", "BOX", 6)

    house.stock("EAST 1000 2 BOX", at="15")

    assert card(house) == (2, Decimal("2.50"))


def test_cos_72_it_is_that_of_the_whole_line_however_its_amount_was_spread(house: Warehouse) -> None:
    house.item("1000", tracking="SERIAL")
    rows = tuple(TrackingRow(serial=f"S{number}", qty_base=Decimal(1)) for number in range(3))

    house.post(line("EAST 1000 3", tracking=rows, amount=Decimal("10.00")))

    assert card(house)[1] == Decimal("3.33333")


def test_cos_71_the_first_increase_gives_a_card_without_cost_its_unit_cost(house: Warehouse) -> None:
    house.item("1000")

    house.stock("EAST 1000 2", at="3")
    house.stock("EAST 1000 2", at="5")

    assert card(house) == (3, 5)


def test_cos_70_standard_items_keep_their_unit_cost(house: Warehouse) -> None:
    house.item("1000", costing="standard", standard_cost=Decimal(4))

    house.stock("EAST 1000 2", at="3")

    assert card(house)[0] == 0


def test_led_14_a_decrease_changes_nothing_on_the_card(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal(2))
    house.stock("EAST 1000 5", at="3")
    before = house.one(Item, "1000")

    house.post(line("EAST 1000 -1"))

    assert house.one(Item, "1000") == before


def test_led_03_the_amount_of_a_line_is_spread_over_its_numbers_to_the_cent(house: Warehouse) -> None:
    house.item("1000", tracking="SERIAL")
    rows = tuple(TrackingRow(serial=f"S{number}", qty_base=Decimal(1)) for number in range(3))

    house.post(line("EAST 1000 3", tracking=rows, amount=Decimal("10.00")))

    assert sorted(house.costs()) == [Decimal("3.33"), Decimal("3.33"), Decimal("3.34")]
    assert sum(house.costs()) == 10


@pytest.mark.parametrize(("cost", "amount"), [("0.005", "0.01"), ("0.015", "0.02"), ("2.675", "2.68")])
def test_amounts_are_rounded_halves_away_from_zero_in_both_directions(house: Warehouse, cost: str, amount: str) -> None:
    house.item("1000", unit_cost=Decimal(cost))

    house.post(line("EAST 1000 1"), line("EAST 1000 -1"))

    assert house.costs() == [Decimal(amount), -Decimal(amount)]
