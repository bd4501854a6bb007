"""Invoices of what was posted before: what is refused, and what they leave (LED-05, COS-10)."""

from decimal import Decimal

from domain.ledger.entries import ValueEntry
from domain.posting.invoicing import InvoiceEntry, invoice_entry
from tests.domain.notation import Warehouse, line


def received(house: Warehouse, qty: str = "3", cost: str = "3.33333") -> int:
    house.item("1000")
    return house.post(line(f"EAST 1000 {qty}", "purchase", unit_cost=Decimal(cost), is_invoiced=False)).entries[0]


def values(house: Warehouse) -> list[tuple[object, object]]:
    return [(row.cost_amount_expected, row.cost_amount_actual) for row in house.rows(ValueEntry)]


def test_cos_10_the_last_invoice_clears_what_is_left_of_the_expected_cost(house: Warehouse) -> None:
    entry = received(house)

    for _ in range(3):
        house.do(invoice_entry, InvoiceEntry(entry, qty_base=Decimal(1), unit_cost=Decimal(4)), "OLE")

    assert values(house) == [(10, 0), (Decimal("-3.33"), 4), (Decimal("-3.34"), 4), (Decimal("-3.33"), 4)]


def test_led_05_no_more_is_invoiced_than_was_received(house: Warehouse) -> None:
    entry = received(house)
    house.do(invoice_entry, InvoiceEntry(entry, qty_base=Decimal(2)), "OLE")

    with house.refused("not_invoiced_less", qty=Decimal(1)):
        house.do(invoice_entry, InvoiceEntry(entry, qty_base=Decimal(2)), "OLE")
