"""Which items may move, and how much that is (items.md ITM-01, 12, 14, 15, 31, 50, 53, 54)."""

from decimal import Decimal

import pytest

from domain.items.card import ItemUnit, Variant
from tests.domain.notation import Warehouse, line


@pytest.mark.parametrize("type", ["non_inventory", "service"])
def test_itm_01_only_inventory_items_are_adjusted(house: Warehouse, type: str) -> None:
    house.item("1000", type=type)

    with house.refused("no_stock_type", item="1000"):
        house.post(line("W-01 1000 1"))


def test_itm_12_a_quantity_is_kept_in_the_base_unit_and_the_unit_typed_stays_beside_it(house: Warehouse) -> None:
    house.item("1000")
    house.unit("1000", "BOX", 6)

    house.post(line("W-01 1000 2 BOX"))

    entry = house.entries()[0]
    assert (entry.qty, entry.uom, entry.qty_per_unit) == (12, "BOX", 6)


@pytest.mark.parametrize(
    ("precision", "qty", "base"),
    [("0", "0.33333", "0.16667"), ("1", "1", "1"), ("0.1", "0.5", "0.3"), ("0.25", "0.75", "0.5")],
)
def test_itm_12_base_quantities_are_rounded_to_the_step_of_the_base_unit_halves_away_from_zero(
    house: Warehouse, precision: str, qty: str, base: str
) -> None:
    house.item("1000")
    house.keep(ItemUnit("1000", "PCS", qty_rounding_precision=Decimal(precision)))
    house.unit("1000", "HALF", "0.5")

    house.post(line(f"W-01 1000 {qty} HALF"))

    assert house.lying() == [f"W-01 1000 {base}"]


def test_itm_14_a_quantity_must_be_a_multiple_of_the_step_of_its_unit(house: Warehouse) -> None:
    house.item("1000")
    house.unit("1000", "BOX", 6, step="0.5")

    with house.refused("bad_qty", step=Decimal("0.5"), uom="BOX"):
        house.post(line("W-01 1000 1.25 BOX"))


def test_itm_15_a_quantity_that_rounds_to_nothing_is_refused(house: Warehouse) -> None:
    house.item("1000")
    house.keep(ItemUnit("1000", "PCS", qty_rounding_precision=Decimal(1)))
    house.unit("1000", "CRUMB", "0.1")

    with house.refused("bad_qty", uom="CRUMB"):
        house.post(line("W-01 1000 4 CRUMB"))


def test_a_unit_the_item_is_not_kept_in_is_refused(house: Warehouse) -> None:
    house.item("1000")

    with house.refused("unknown", code="BOX", prompt="unit"):
        house.post(line("W-01 1000 1 BOX"))


@pytest.mark.parametrize(("card", "site"), [("yes", False), ("default", True)])
def test_itm_31_an_item_with_variants_needs_one_where_it_is_mandatory(house: Warehouse, card: str, site: bool) -> None:
    house.item("1000", variant_mandatory=card)
    house.keep(Variant("1000", "RED"))
    house.set(variant_mandatory_if_exists=site)

    with house.refused("missing", what="variant"):
        house.post(line("W-01 1000 1"))


@pytest.mark.parametrize("card", ["no", "default"])
def test_itm_31_elsewhere_no_variant_is_a_real_value(house: Warehouse, card: str) -> None:
    house.item("1000", variant_mandatory=card)
    house.keep(Variant("1000", "RED"))

    house.post(line("W-01 1000 1"), line("W-01 1000 variant RED 2"))

    assert house.lying() == ["W-01 1000 1", "W-01 1000 variant RED 2"]


def test_itm_31_an_item_without_variants_needs_none_even_where_they_are_mandatory(house: Warehouse) -> None:
    house.item("1000", variant_mandatory="yes")

    house.post(line("W-01 1000 1"))

    assert house.lying() == ["W-01 1000 1"]


def test_a_variant_that_does_not_exist_is_refused(house: Warehouse) -> None:
    house.item("1000")

    with house.refused("unknown", code="RED", prompt="variant"):
        house.post(line("W-01 1000 variant RED 1"))


@pytest.mark.parametrize("qty", ["1", "-1"])
def test_itm_50_a_blocked_item_moves_in_no_direction(house: Warehouse, qty: str) -> None:
    house.item("1000")
    house.stock("W-01 1000 5")
    house.item("1000", blocked=True)

    with house.refused("blocked", what="item", code="1000"):
        house.post(line(f"W-01 1000 {qty}"))


def test_itm_54_a_blocked_variant_blocks_by_itself_and_alone(house: Warehouse) -> None:
    house.item("1000")
    house.keep(Variant("1000", "RED", blocked=True), Variant("1000", "BLUE"))

    with house.refused("blocked", what="variant", code="RED"):
        house.post(line("W-01 1000 variant BLUE 1"), line("W-01 1000 variant RED 1"))
    house.post(line("W-01 1000 variant BLUE 1"))

    assert house.lying() == ["W-01 1000 variant BLUE 1"]


def test_itm_53_blocks_for_sales_and_purchases_do_not_stop_an_adjustment(house: Warehouse) -> None:
    house.item("1000", sales_blocked=True, purchasing_blocked=True)

    house.post(line("W-01 1000 1"))

    assert house.lying() == ["W-01 1000 1"]
