"""Item charges on what was posted before (LED-08, COS-22, COS-30..33, SAF-27)."""

from decimal import Decimal

import pytest

from domain.ledger.entries import ValueEntry
from domain.posting.charges import ItemCharge, post_item_charge
from domain.values import ZERO
from tests.domain.notation import Warehouse, line


def charges(house: Warehouse) -> list[ValueEntry]:
    return [row for row in house.rows(ValueEntry) if row.item_charge_no]


def bought(house: Warehouse, *qtys: int) -> tuple[int, ...]:
    lines = [line(f"EAST 1000 {qty}", entry_type="purchase", unit_cost=Decimal(10)) for qty in qtys]
    return house.post(*lines).entries


def test_cos_30_a_charge_on_an_increase_is_direct_cost_that_invoices_nothing(house: Warehouse) -> None:
    house.item("1000")
    entries = bought(house, 4)

    house.do(post_item_charge, ItemCharge(Decimal(6), entries), by="ACE")

    (charge,) = charges(house)
    assert (charge.entry_type, charge.cost_amount_actual, charge.invoiced_qty) == ("direct_cost", Decimal(6), ZERO)


def test_cos_22_a_charge_on_a_standard_item_leaves_its_value(house: Warehouse) -> None:
    house.item("1000", costing="standard", standard_cost=Decimal(10), unit_cost=Decimal(10))
    entries = bought(house, 4)

    house.do(post_item_charge, ItemCharge(Decimal(6), entries), by="ACE")

    worth = {row.entry_type: row.cost_amount_actual for row in charges(house)}
    assert worth == {"direct_cost": 6, "variance": -6}


def test_cos_32_shares_are_rounded_on_what_is_left_and_add_up(house: Warehouse) -> None:
    house.item("1000")
    entries = bought(house, 1, 1, 1)

    house.do(post_item_charge, ItemCharge(Decimal(10), entries), by="ACE")

    assert [row.cost_amount_actual for row in charges(house)] == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]


@pytest.mark.parametrize("assigned", [(Decimal(4), Decimal(5)), (Decimal(10),)])
def test_cos_33_a_charge_is_assigned_whole(house: Warehouse, assigned: tuple[Decimal, ...]) -> None:
    house.item("1000")
    entries = bought(house, 1, 1)

    with house.refused("charge_open", no="CHARGE"):
        house.do(post_item_charge, ItemCharge(Decimal(10), entries, assigned=assigned), by="ACE")


def test_cos_33_a_charge_by_weight_on_goods_without_weight_is_not_assigned(house: Warehouse) -> None:
    house.item("1000")
    entries = bought(house, 1, 1)

    with house.refused("charge_open", no="CHARGE"):
        house.do(post_item_charge, ItemCharge(Decimal(10), entries, method="by_weight"), by="ACE")


def test_saf_27_the_office_may_not_post_a_charge(house: Warehouse) -> None:
    house.item("1000")
    entries = bought(house, 1)

    with house.refused("no_right"):
        house.do(post_item_charge, ItemCharge(Decimal(10), entries), by="OLE")


def test_led_08_a_charge_on_nothing_is_refused(house: Warehouse) -> None:
    with house.refused("unknown"):
        house.do(post_item_charge, ItemCharge(Decimal(5), (77,)), by="ACE")
