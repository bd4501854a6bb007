"""Orders shipped and received: the entries, the posted document, what stays on the order (DOC-10..18, DOC-60..65)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.items.card import ItemUnit
from domain.ledger.entries import BinEntry, ValueEntry
from domain.orders.documents import Order, OrderLine, OrderTracking
from domain.orders.posted_documents import PostedDocument, PostedLine
from domain.orders.shipped_lines import Handled
from domain.posting import TrackingRow
from domain.site import Location
from tests.domain.notation import SILVER, Warehouse
from tests.domain.orders.ordering import handled, line_of, named_by, order, ordered, post, released


def test_a_shipment_takes_the_goods_and_lowers_what_is_outstanding(shop: Warehouse) -> None:
    no = released(shop, "1000 10", partner="10000", external_document_no="K-77")

    posted = post(shop, no, handled(1, "7 W-01 1 W-02 6"))

    entry = shop.entries()[-1]
    assert posted.document == "PS1"
    assert posted.entries == (entry.id,)
    assert (entry.entry_type, entry.qty, entry.document_type, entry.document_no) == (
        "sale",
        -7,
        "sales_shipment",
        "PS1",
    )
    assert (entry.order_type, entry.order_no, entry.order_line) == ("sales_order", no, 1)
    assert (entry.source_type, entry.source_no, entry.external_document_no) == ("customer", "10000", "K-77")
    assert [(row.bin, row.qty) for row in shop.rows(BinEntry)[-2:]] == [("W-01", -1), ("W-02", -6)]
    line = line_of(shop, no)
    assert (line.qty_handled, line.qty_handled_base, line.outstanding, line.to_handle) == (7, 7, 3, 3)


def test_a_shipment_has_expected_value_until_it_is_invoiced_led_04(shop: Warehouse) -> None:
    no = released(shop, "1000 10")

    post(shop, no, handled(1, "7 W-01 7"))

    value = shop.rows(ValueEntry)[-1]
    assert (value.expected_cost, value.cost_amount_expected, value.cost_amount_actual) == (True, -14, 0)
    assert value.invoiced_qty == 0


def test_the_posted_document_names_order_partner_and_entries(shop: Warehouse) -> None:
    no = released(shop, "COFFEE 5", "1000 1 BOX", partner="10000")

    posted = post(shop, no, handled(1, "lot L1 2 W-01 2"), handled(1, "lot L2 3 W-01 3"), handled(2, "12 W-01 12"))

    assert shop.rows(PostedDocument) == [
        PostedDocument("PS1", "sales_shipment", posted.register, shop.now.date(), no, SILVER, "10000")
    ]
    assert [
        (row.line_no, row.order_line, row.item, row.lot, row.qty, row.uom, row.item_entry)
        for row in shop.rows(PostedLine)
    ] == [
        (1, 1, "COFFEE", "L1", 2, "PCS", posted.entries[0]),
        (2, 1, "COFFEE", "L2", 3, "PCS", posted.entries[1]),
        (3, 2, "1000", "", 1, "BOX", posted.entries[2]),
    ]


def test_a_part_of_a_unit_is_posted_in_the_base_unit(shop: Warehouse) -> None:
    shop.keep(ItemUnit("1000", "PALLET", Decimal(7)))
    no = released(shop, "1000 2 PALLET")

    post(shop, no, handled(1, "5 W-01 5"))

    entry, line = shop.entries()[-1], line_of(shop, no)
    assert (entry.qty, entry.uom) == (-5, "PCS")
    assert (line.qty_handled, line.outstanding, line.outstanding_base) == (
        Decimal("0.71429"),
        Decimal("1.28571"),
        9,
    )


def test_the_bin_is_the_one_of_the_line_where_none_is_said(shop: Warehouse) -> None:
    no = released(shop, ordered("1000 2", bin="W-02"))

    post(shop, no, handled(1, "2"))

    assert "W-02 1000 4" in shop.lying()


@pytest.mark.parametrize(
    ("parts", "code", "facts"),
    [
        ([], "nothing_handled", {}),
        ([handled(1, "11 W-01 11")], "too_many", {"qty": 10}),
        ([handled(1, "6 W-01 6"), handled(1, "5 W-01 5")], "too_many", {"qty": 10}),
        ([handled(2, "1 W-01 1")], "unknown", {"prompt": "line"}),
        ([handled(1, "8 W-02 8")], "not_enough", {"qty": 6}),
    ],
)
def test_what_cannot_be_shipped_leaves_nothing(
    shop: Warehouse, parts: list[Handled], code: str, facts: dict[str, Any]
) -> None:
    no = released(shop, "1000 10")

    with shop.refused(code, **facts):
        post(shop, no, *parts)


def test_one_line_that_fails_fails_all_doc_60(shop: Warehouse) -> None:
    no = released(shop, "1000 1", "COFFEE 20")

    with shop.refused("not_enough"):
        post(shop, no, handled(1, "1 W-01 1"), handled(2, "lot L1 20 W-01 20"))


def test_an_order_that_ships_complete_ships_all_or_nothing_doc_17(shop: Warehouse) -> None:
    no = released(shop, "1000 10", "COFFEE 2", "FREIGHT 1", shipping_advice="complete")

    with shop.refused("complete_only", n=0, m=2, item="COFFEE"):
        post(shop, no, handled(1, "10 W-01 10"))
    post(shop, no, handled(1, "10 W-01 10"), handled(2, "lot L1 2 W-01 2"))


def test_a_location_with_shipments_or_receipts_posts_no_order_itself_doc_18(shop: Warehouse) -> None:
    shop.keep(Location(SILVER, bin_mandatory=True, require_shipment=True, require_receive=True))
    sale, purchase = released(shop, "1000 1"), released(shop, "1000 1", kind="purchase_order")

    with shop.refused("use_warehouse", location=SILVER, what="shipments"):
        post(shop, sale, handled(1, "1 W-01 1"))
    with shop.refused("use_warehouse", location=SILVER, what="receipts"):
        post(shop, purchase, handled(1, "1 W-01 1"), receive=True)


def test_posting_an_open_order_releases_it_first_doc_01(shop: Warehouse) -> None:
    no = order(shop, "1000 10")

    with shop.refused("no_right", action="release"):
        post(shop, no, handled(1, "1 W-01 1"), by="PIA")
    post(shop, no, handled(1, "1 W-01 1"))

    kept = shop.one(Order, no)
    assert kept is not None
    assert kept.status == "released"


def test_shipping_needs_the_right_to_ship_and_receiving_the_one_to_receive(shop: Warehouse) -> None:
    sale, purchase = released(shop, "1000 1"), released(shop, "1000 1", kind="purchase_order")

    with shop.refused("no_right", action="ship"):
        post(shop, sale, handled(1, "1 W-01 1"), by="OLE")
    with shop.refused("no_right", action="receive"):
        post(shop, purchase, handled(1, "1 W-01 1"), by="PIA", receive=True)
    post(shop, sale, handled(1, "1 W-01 1"), by="PIA")


def test_what_comes_in_is_not_shipped_and_what_goes_out_not_received(shop: Warehouse) -> None:
    sale, purchase = released(shop, "1000 1"), released(shop, "1000 1", kind="purchase_order")

    with shop.refused("unknown", code=purchase):
        post(shop, purchase, handled(1, "1 W-01 1"))
    with shop.refused("unknown", code=sale):
        post(shop, sale, handled(1, "1 W-01 1"), receive=True)


def test_numbers_the_line_names_are_handled_and_others_refused_doc_65(shop: Warehouse) -> None:
    no = released(shop, ordered("COFFEE 5", tracking=(TrackingRow("L1", qty_base=Decimal(3)),)))

    with shop.refused("lot_named_by_order", lot="L1", scanned="L2"):
        post(shop, no, handled(1, "lot L2 3 W-01 3"))
    post(shop, no, handled(1, "lot L1 1 W-01 1"), handled(1, "lot L2 2 W-01 2"))

    assert named_by(shop, no) == [OrderTracking(no, 1, 1, Decimal(3), "L1", qty_handled_base=Decimal(1))]
    with shop.refused("lot_named_by_order"):
        post(shop, no, handled(1, "lot L2 1 W-01 1"))
    post(shop, no, handled(1, "lot L1 2 W-01 2"))


def test_an_order_shipped_and_invoiced_in_full_is_gone_and_its_document_stays_doc_03(shop: Warehouse) -> None:
    no = released(shop, "1000 2", "COFFEE lot L1 1")

    post(shop, no, handled(1, "2 W-01 2"), is_invoiced=True)
    assert line_of(shop, no).qty_invoiced_base == 2
    post(shop, no, handled(2, "lot L1 1 W-01 1"), is_invoiced=True)

    assert (shop.rows(Order), shop.rows(OrderLine), shop.rows(OrderTracking)) == ([], [], [])
    assert [row.order for row in shop.rows(PostedDocument)] == [no, no]


def test_an_order_shipped_in_full_and_not_invoiced_stays(shop: Warehouse) -> None:
    no = released(shop, "1000 2")

    post(shop, no, handled(1, "2 W-01 2"))

    assert line_of(shop, no).outstanding == 0


def test_what_moves_no_stock_is_only_on_the_document_doc_63(shop: Warehouse) -> None:
    no = released(shop, "FREIGHT 1", "1000 2")
    before = len(shop.entries())

    posted = post(shop, no, handled(1, "1"), handled(2, "2 W-01 2"))

    assert len(shop.entries()) == before + 1
    assert [row.item_entry for row in shop.rows(PostedLine)] == [0, *posted.entries]


def test_a_receipt_brings_the_goods_at_the_cost_of_the_order(shop: Warehouse) -> None:
    no = released(shop, ordered("1000 2 BOX", unit_cost=Decimal(6), bin="W-03"), kind="purchase_order")

    posted = post(shop, no, handled(1, "24"), receive=True)

    entry, value = shop.entries()[-1], shop.rows(ValueEntry)[-1]
    assert (posted.document, entry.entry_type, entry.qty, entry.document_type) == (
        "PR1",
        "purchase",
        24,
        "purchase_receipt",
    )
    assert (value.cost_amount_expected, value.cost_amount_actual) == (12, 0)
    assert "W-03 1000 24" in shop.lying()


def test_the_parts_of_a_line_cost_together_what_the_line_costs_decision_22(shop: Warehouse) -> None:
    no = released(shop, ordered("1000 3", unit_cost=Decimal("0.33333"), bin="W-03"), kind="purchase_order")

    for _ in range(3):
        post(shop, no, handled(1, "1"), receive=True)

    assert [row.cost_amount_expected for row in shop.rows(ValueEntry)[-3:]] == [
        Decimal("0.33"),
        Decimal("0.34"),
        Decimal("0.33"),
    ]


def test_goods_go_back_to_the_vendor_and_come_back_from_the_customer(shop: Warehouse) -> None:
    back = released(shop, "1000 2", kind="purchase_return_order", partner="V1")
    home = released(shop, ordered("1000 3", bin="W-04"), kind="sales_return_order", partner="C1")

    post(shop, back, handled(1, "2 W-02 2"))
    post(shop, home, handled(1, "3"), receive=True)

    out, came = shop.entries()[-2:]
    assert (out.entry_type, out.qty, out.document_type, out.source_type) == (
        "purchase",
        -2,
        "purchase_return_shipment",
        "vendor",
    )
    assert (came.entry_type, came.qty, came.document_type, came.source_type) == (
        "sale",
        3,
        "sales_return_receipt",
        "customer",
    )


def test_the_document_has_the_number_and_date_that_are_said(shop: Warehouse) -> None:
    no = released(shop, "1000 2")

    posted = post(shop, no, handled(1, "1 W-01 1"), document_no="LS-9", posting_date=date(2026, 2, 27))

    assert posted.document == "LS-9"
    assert shop.rows(PostedDocument)[0].posting_date == shop.entries()[-1].posting_date == date(2026, 2, 27)


def test_what_is_left_is_to_be_handled_next_doc_64(shop: Warehouse) -> None:
    no = released(shop, "1000 10")
    shop.keep(replace(line_of(shop, no), qty_to_handle=Decimal(4), qty_to_handle_base=Decimal(4)))

    post(shop, no, handled(1, "4 W-01 4"))

    assert line_of(shop, no).to_handle == 6
