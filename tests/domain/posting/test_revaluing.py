"""Revaluation: what is refused, and that what it writes reaches what is taken later (COS-60..66)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.costing.adjusting import AdjustCosts
from domain.ledger.entries import ValueEntry
from domain.posting.invoicing import InvoiceEntry, invoice_entry
from domain.posting.revaluing import RevalueStock, StockToValue, revalue_stock
from domain.posting.valued import adjust_all
from tests.domain.notation import TODAY, Warehouse, line

STOCK = StockToValue("1000", TODAY)


def revalue(house: Warehouse, value: str, stock: StockToValue = STOCK, **more: bool) -> None:
    house.do(revalue_stock, RevalueStock(stock, new_value=Decimal(value), **more), "ACE")


def actual(house: Warehouse, entry: int) -> Decimal:
    rows = [row for row in house.rows(ValueEntry) if row.item_entry == entry]
    return sum((row.cost_amount_actual for row in rows), Decimal(0))


def test_cos_66_what_is_left_is_revalued_and_only_what_leaves_later_costs_it(house: Warehouse) -> None:
    house.item("1000")
    (came,) = house.post(line("EAST 1000 4", amount=Decimal(40))).entries
    (before,) = house.post(line("EAST 1000 -1")).entries

    revalue(house, "15")
    (after,) = house.post(line("EAST 1000 -3")).entries
    house.do(adjust_all, AdjustCosts(), "ACE")

    assert [actual(house, entry) for entry in (came, before, after)] == [25, -10, -15]


def test_a_second_revaluation_starts_from_the_first(house: Warehouse) -> None:
    house.item("1000")
    (came,) = house.post(line("EAST 1000 4", amount=Decimal(40))).entries

    revalue(house, "20")
    revalue(house, "30")

    assert actual(house, came) == 30


def test_cos_60_stock_that_is_not_invoiced_is_not_revalued(house: Warehouse) -> None:
    house.item("1000")
    house.post(line("EAST 1000 4", "purchase", unit_cost=Decimal(10), is_invoiced=False))

    with house.refused("revalue_refused", why="nothing_left"):
        revalue(house, "20")


def test_cos_63_an_invoice_clears_what_was_revalued_of_a_standard_item(house: Warehouse) -> None:
    house.item("1000", costing="standard", standard_cost=Decimal(2), unit_cost=Decimal(2))
    (came,) = house.post(line("EAST 1000 10", "purchase", unit_cost=Decimal(2), is_invoiced=False)).entries

    revalue(house, "30", update_standard_cost=True)
    house.do(invoice_entry, InvoiceEntry(came, unit_cost=Decimal(2)), "OLE")

    assert actual(house, came) == 30
    assert sum(row.cost_amount_expected for row in house.rows(ValueEntry)) == 0


@pytest.mark.parametrize(
    ("stock", "why"),
    [(replace(STOCK, entry=1), "per_item"), (replace(STOCK, location="EAST"), "no_places"), (STOCK, "unadjusted")],
)
def test_cos_64_average_is_revalued_per_item_and_adjusted(house: Warehouse, stock: StockToValue, why: str) -> None:
    house.item("1000", costing="average")
    house.post(line("EAST 1000 4", amount=Decimal(40)))

    with house.refused("revalue_refused", why=why):
        revalue(house, "20", stock)
