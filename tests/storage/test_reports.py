"""The report of the item ledger tells of every kind of entry."""

from decimal import Decimal
from pathlib import Path

from domain.posting import Origin
from storage.reports import ledger_lines
from tests.domain.notation import line, reclassification, warehouse


def test_the_ledger_tells_order_partner_and_what_is_expected_of_purchases_sales_and_transfers(tmp_path: Path) -> None:
    bought = Origin(order_no="PO-1", source_type="vendor", source_no="V1")
    sold = Origin(order_no="SO-1", source_type="customer", source_no="C1")
    with warehouse(tmp_path) as house:
        house.item("1000", unit_cost=Decimal(2))
        house.post(
            line("EAST 1000 5", "purchase", unit_cost=Decimal(3), is_invoiced=False, document_no="R-1", origin=bought)
        )
        house.post(reclassification("EAST 1000 2", "W-01"))
        house.post(line("W-01 1000 1", "sale", is_invoiced=False, document_no="S-1", origin=sold))

        lines = list(ledger_lines(house.store, item=None, location=None, since=None))

    told = [(row.entry_type, row.qty, row.value, row.expected_value, row.order_no, row.partner) for row in lines]
    assert told == [
        ("purchase", 5, 0, 15, "PO-1", "V1"),
        ("transfer", -2, -4, 0, "", ""),
        ("transfer", 2, 4, 0, "", ""),
        ("sale", -1, 0, -2, "SO-1", "C1"),
    ]
