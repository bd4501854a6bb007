"""Orders from a file: rows as orders, every fault told, all or nothing (SITE-09, decision 64)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.items.card import Identifier, Item
from domain.orders.documents import Order, OrderLine, OrderTracking
from domain.orders.order import release_order
from domain.posting import TrackingRow
from domain.work.order_import import ImportOrders, OrderRow, OrdersImported, check_orders, import_orders
from tests.domain.notation import EAST, SILVER, Warehouse, goods

DUE = date(2026, 3, 9)


@pytest.fixture
def shop(house: Warehouse) -> Warehouse:
    """Bolts, boxes of twelve of them, and coffee by the lot."""
    house.item("1000", gtin="09506000001012")
    house.unit("1000", "BOX", 12)
    house.keep(Identifier("BOLT-BOX", "1000", uom="BOX"))
    house.item("COFFEE", tracking="LOT")
    return house


def row(number: int, no: str, text: str, *, line: str = "", numbers_qty: int | None = None, **head: Any) -> OrderRow:
    """Return one row: `ITEM [lot L] QTY [UNIT]` of an order at SILVER."""
    told = goods(f"{SILVER} {text}")
    said = {"item": told.item, "qty": told.qty} | ({"uom": told.uom} if told.uom else {})
    numbers = None if told.numbers == TrackingRow() else told.numbers
    of_line = None if numbers_qty is None else Decimal(numbers_qty)
    return OrderRow(number, no, {"location": SILVER} | head, said, line, numbers, of_line)


def imported(house: Warehouse, *rows: OrderRow, by: str = "OLE", is_replacing: bool = False) -> OrdersImported:
    return house.do(import_orders, ImportOrders(rows, is_replacing), by)


def told(house: Warehouse, *rows: OrderRow, is_replacing: bool = False) -> list[tuple[int, str, str]]:
    """Return the faults of rows, by row, and check that the import tells the same and leaves nothing."""
    command = ImportOrders(rows, is_replacing)
    before = house.footprint()
    faults = house.do(import_orders, command, "OLE").faults
    assert house.footprint() == before
    assert house.do(check_orders, command, "OLE").faults == faults
    return sorted((fault.row, fault.field, fault.code) for fault in faults)


def lines(house: Warehouse) -> list[tuple[str, int, str, Decimal]]:
    return [(line.order, line.line_no, line.item, line.qty_base) for line in house.rows(OrderLine)]


def test_rows_of_one_number_are_one_order_wherever_they_stand(shop: Warehouse) -> None:
    done = imported(shop, row(2, "K1", "1000 5"), row(3, "K2", "COFFEE 1"), row(4, "K1", "1000 2 BOX"))

    assert (done.new, done.replaced, done.released, done.lines) == (("K1", "K2"), (), (), 3)
    assert lines(shop) == [("K1", 1, "1000", 5), ("K1", 2, "1000", 24), ("K2", 1, "COFFEE", 1)]
    assert shop.one(Order, "K1") == Order("K1", "sales_order", SILVER, created_at=shop.now)


def test_what_one_row_says_of_the_order_holds_for_all(shop: Warehouse) -> None:
    imported(
        shop, row(2, "K1", "1000 5", due=DUE), row(3, "K1", "1000 1", partner="C1", priority=1, kind="purchase_order")
    )

    kept = shop.one(Order, "K1")
    assert kept == Order("K1", "purchase_order", SILVER, partner="C1", due=DUE, priority=1, created_at=shop.now)
    assert {line.due for line in shop.rows(OrderLine)} == {DUE}


def test_rows_that_disagree_about_the_order_are_told(shop: Warehouse) -> None:
    assert told(shop, row(2, "K1", "1000 5", due=DUE), row(3, "K1", "1000 5", due=date(2026, 3, 10))) == [
        (3, "due", "said_otherwise")
    ]


def test_rows_of_one_line_add_up_and_name_its_numbers(shop: Warehouse) -> None:
    imported(
        shop,
        row(2, "K1", "COFFEE lot L1 2", line="10"),
        row(3, "K1", "1000 1", line="20"),
        row(4, "K1", "COFFEE lot L2 3", line="10"),
    )

    assert lines(shop) == [("K1", 1, "COFFEE", 5), ("K1", 2, "1000", 1)]
    assert [(named.lot, named.qty_base) for named in shop.rows(OrderTracking)] == [("L1", 2), ("L2", 3)]


def test_rows_may_say_of_how_much_of_the_line_their_numbers_are(shop: Warehouse) -> None:
    imported(shop, row(2, "K1", "COFFEE lot L1 10", line="1", numbers_qty=4), row(3, "K1", "COFFEE 10", line="1"))

    assert lines(shop) == [("K1", 1, "COFFEE", 10)]
    assert [(named.lot, named.qty_base) for named in shop.rows(OrderTracking)] == [("L1", 4)]


def test_rows_of_one_line_that_disagree_are_told(shop: Warehouse) -> None:
    assert told(shop, row(2, "K1", "COFFEE lot L1 2", line="1"), row(3, "K1", "1000 lot L2 2", line="1")) == [
        (3, "item", "said_otherwise")
    ]


def test_a_code_stands_for_its_item_and_unit(shop: Warehouse) -> None:
    imported(shop, row(2, "K1", "BOLT-BOX 2"), row(3, "K1", "9506000001012 1"), row(4, "K1", "BOLT-BOX 3 PCS"))

    assert lines(shop) == [("K1", 1, "1000", 24), ("K1", 2, "1000", 1), ("K1", 3, "1000", 3)]


def test_every_fault_of_every_row_is_told_at_once(shop: Warehouse) -> None:
    shop.keep(Item("OLD", blocked=True))

    assert told(
        shop,
        row(2, "K1", "9999 1"),
        row(3, "K1", "1000 1 CRATE"),
        row(4, "K2", "OLD 1"),
        row(5, "K3", "1000 lot L1 1"),
        row(6, "K4", "1000 1", location="MOON"),
        row(7, "K5", "1000 1"),
    ) == [
        (2, "item", "unknown"),
        (3, "uom", "unknown"),
        (4, "item", "blocked"),
        (5, "lot", "not_tracked"),
        (6, "location", "unknown"),
    ]


def test_a_released_order_is_checked_as_a_release_does_decision_64(shop: Warehouse) -> None:
    shop.item("SHIRT", variant_mandatory="yes")
    shop.variant("SHIRT", "RED")

    assert told(shop, row(2, "K1", "SHIRT 1", status="released")) == [(2, "variant", "missing")]
    done = imported(shop, row(2, "K1", "SHIRT 1"), row(3, "K2", "1000 1", status="released"))
    assert done.released == ("K2",)
    kept = shop.one(Order, "K2")
    assert kept is not None
    assert kept.status == "released"


def test_an_order_that_is_there_is_refused_by_its_number(shop: Warehouse) -> None:
    imported(shop, row(2, "K1", "1000 5"))

    assert told(shop, row(2, "K1", "1000 6")) == [(2, "", "order_exists")]


def test_an_open_order_is_written_anew_where_that_is_asked_for(shop: Warehouse) -> None:
    imported(shop, row(2, "K1", "1000 5"), row(3, "K1", "COFFEE lot L1 1"))

    done = imported(shop, row(2, "K1", "1000 6"), row(3, "K2", "1000 1"), is_replacing=True)

    assert (done.new, done.replaced) == (("K2",), ("K1",))
    assert lines(shop) == [("K1", 1, "1000", 6), ("K2", 1, "1000", 1)]
    assert shop.rows(OrderTracking) == []


def test_a_released_or_handled_order_is_not_written_anew(shop: Warehouse) -> None:
    imported(shop, row(2, "K1", "1000 5"), row(3, "K2", "1000 5"))
    shop.do(release_order, "K1", "OLE")
    line = next(line for line in shop.rows(OrderLine) if line.order == "K2")
    shop.keep(replace(line, qty_handled=Decimal(1), qty_handled_base=Decimal(1)))

    assert told(shop, row(2, "K1", "1000 6"), row(3, "K2", "1000 6"), is_replacing=True) == [
        (2, "", "locked_line"),
        (3, "", "reopen_handled"),
    ]


def test_orders_are_imported_by_who_may_make_and_release_them(shop: Warehouse) -> None:
    with shop.refused("no_right", action="documents"):
        imported(shop, row(2, "K1", "1000 5"), by="PIA")
    shop.locations("OLE", SILVER)
    with shop.refused("not_your_location", location=EAST):
        imported(shop, row(2, "K1", "1000 5", location=EAST))
    imported(shop, row(2, "K1", "1000 5", status="released"))


def test_all_orders_of_a_file_are_one_register(shop: Warehouse) -> None:
    imported(shop, row(2, "K1", "1000 5"), row(3, "K2", "COFFEE lot L1 1"))

    made = [audit for audit in shop.audits("") if audit.record_type.startswith("order")]
    assert len({audit.id >> 20 for audit in made}) == 1
    assert {audit.reason for audit in made} == {"IMPORT"}
