"""Orders made, changed, released, reopened and cancelled (DOC-01, DOC-02, DOC-10..16)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.items.card import Item, ItemUnit
from domain.orders.documents import Order, OrderLine, OrderTracking
from domain.orders.order import (
    ChangeLine,
    ChangeOrder,
    SaveOrder,
    cancel_order,
    change_line,
    change_order,
    release_order,
    reopen_order,
    save_order,
)
from domain.posting import TrackingRow
from domain.site import BinContent
from domain.work.importing import ImportItems, ItemRow, import_items
from tests.domain.notation import EAST, ROAD, SILVER, Warehouse
from tests.domain.orders.ordering import line_of, named_by, order, ordered, released

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


@pytest.fixture
def shop(house: Warehouse) -> Warehouse:
    """Bolts, boxes of twelve of them, and coffee by the lot."""
    house.item("1000")
    house.unit("1000", "BOX", 12)
    house.item("COFFEE", tracking="LOT")
    house.item("PUMP", tracking="SERIAL")
    return house


def change(house: Warehouse, no: str, line_no: int = 1, by: str = "OLE", **changes: Any) -> OrderLine:
    tracking = changes.pop("tracking", None)
    return house.do(change_line, ChangeLine(no, line_no, changes, tracking), by)


def handled(house: Warehouse, no: str, qty: str, line_no: int = 1) -> None:
    """Say that some of a line went out, as posting it would."""
    line = line_of(house, no, line_no)
    house.keep(replace(line, qty_handled=Decimal(qty) / line.qty_per_unit, qty_handled_base=Decimal(qty)))


def test_an_order_keeps_its_lines_in_their_unit_and_in_the_base_unit(shop: Warehouse) -> None:
    no = order(shop, "1000 2 BOX", "1000 5", partner="10000", due=TUESDAY)

    kept = shop.one(Order, no)
    assert no == "SO1"
    assert kept == Order("SO1", "sales_order", SILVER, partner="10000", due=TUESDAY, created_at=shop.now)
    first, second = line_of(shop, no), line_of(shop, no, 2)
    assert (first.qty, first.uom, first.qty_per_unit, first.qty_base) == (2, "BOX", 12, 24)
    assert (second.qty, second.uom, second.qty_base, second.due) == (5, "PCS", 5, TUESDAY)


def test_an_order_without_a_due_date_is_due_with_its_first_line(shop: Warehouse) -> None:
    no = order(shop, ordered("1000 5", due=TUESDAY), ordered("1000 1", due=MONDAY), "1000 1")

    kept = shop.one(Order, no)
    assert kept is not None
    assert kept.due == MONDAY
    assert [line_of(shop, no, line).due for line in (1, 2, 3)] == [TUESDAY, MONDAY, None]


def test_numbers_of_their_own_are_passed_over_by_the_series(shop: Warehouse) -> None:
    order(shop, "1000 1", no="SO1")

    assert order(shop, "1000 1") == "SO2"


def test_a_line_that_says_no_bin_gets_the_default_bin_of_its_item(shop: Warehouse) -> None:
    shop.keep(BinContent(SILVER, "W-02", "1000", "", "PCS", fixed=True, default=True))

    no = order(shop, ordered("1000 1", bin=None), ordered("1000 1", bin=""), ordered("1000 1", bin="W-03"))

    assert [line_of(shop, no, line).bin for line in (1, 2, 3)] == ["W-02", "", "W-03"]


def test_numbers_of_a_line_are_kept_as_they_first_came_in(shop: Warehouse) -> None:
    shop.stock("W-01 COFFEE lot L7 10")

    no = order(shop, "COFFEE lot l7 4")

    assert named_by(shop, no) == [OrderTracking(no, 1, 1, Decimal(4), lot="L7")]


@pytest.mark.parametrize(
    ("line", "code", "facts"),
    [
        ("9999 1", "unknown", {"code": "9999", "prompt": "item"}),
        ("1000 variant RED 1", "unknown", {"code": "RED", "prompt": "variant"}),
        ("1000 1 CRATE", "unknown", {"code": "CRATE", "prompt": "unit"}),
        ("1000 0", "missing", {"what": "qty"}),
        ("1000 0.000001", "bad_qty", {}),
        ("1000 lot L1 1", "not_tracked", {"item": "1000"}),
        ("PUMP serial S1 2", "bad_qty", {"serial": "S1"}),
    ],
)
def test_a_line_that_cannot_be_ordered_is_refused(shop: Warehouse, line: str, code: str, facts: dict[str, Any]) -> None:
    with shop.refused(code, **facts):
        order(shop, line)


def test_more_numbers_than_pieces_are_refused(shop: Warehouse) -> None:
    rows = (TrackingRow("L1", qty_base=Decimal(3)), TrackingRow("L2", qty_base=Decimal(3)))

    with shop.refused("total_differs", qty=5, total=6):
        order(shop, ordered("COFFEE 5", tracking=rows))
    with shop.refused("duplicate"):
        order(shop, ordered("COFFEE 6", tracking=(rows[0], rows[0])))


@pytest.mark.parametrize(
    ("flag", "kind", "code"),
    [
        ("blocked", "sales_return_order", "blocked"),
        ("sales_blocked", "sales_order", "blocked_for"),
        ("purchasing_blocked", "purchase_order", "blocked_for"),
    ],
)
def test_a_blocked_item_is_not_ordered_itm_51(shop: Warehouse, flag: str, kind: str, code: str) -> None:
    shop.item("OLD", **{flag: True})

    with shop.refused(code):
        order(shop, "OLD 1", kind=kind)


@pytest.mark.parametrize("kind", ["purchase_order", "sales_return_order"])
def test_an_item_blocked_for_sales_is_bought_and_comes_back_itm_52(shop: Warehouse, kind: str) -> None:
    shop.item("OLD", sales_blocked=True)

    assert order(shop, "OLD 1", kind=kind)


def test_an_order_is_at_a_location_that_has_stock(shop: Warehouse) -> None:
    with shop.refused("transit_only"):
        shop.do(save_order, SaveOrder(Order("", "sales_order", ROAD), (ordered("1000 1"),)), "SYSTEM")
    with shop.refused("unknown", prompt="location"):
        shop.do(save_order, SaveOrder(Order("", "sales_order", "MOON"), (ordered("1000 1"),)), "SYSTEM")
    with shop.refused("no_bins"):
        order(shop, ordered("1000 1", bin="W-01"), location=EAST)
    with shop.refused("bin_elsewhere"):
        order(shop, ordered("1000 1", bin="W-99"))


def test_a_released_order_is_locked_and_an_open_one_written_anew(shop: Warehouse) -> None:
    no = order(shop, "1000 5", "COFFEE lot L1 1")

    order(shop, "1000 7", no=no)
    shop.do(release_order, no, "OLE")

    assert [line.qty for line in shop.rows(OrderLine)] == [7]
    assert shop.rows(OrderTracking) == []
    with shop.refused("locked_line", document=no):
        order(shop, "1000 8", no=no)


def test_release_needs_a_line_doc_01(shop: Warehouse) -> None:
    no = order(shop)

    with shop.refused("nothing_to_release"):
        shop.do(release_order, no, "OLE")


def test_release_needs_a_location_where_it_is_mandatory_doc_01(shop: Warehouse) -> None:
    no = order(shop, "1000 1", location="")

    with shop.refused("missing", what="location"):
        shop.do(release_order, no, "OLE")
    shop.set(location_mandatory=False)
    assert shop.do(release_order, no, "OLE").status == "released"


def test_release_needs_the_variant_where_it_is_mandatory_doc_01(shop: Warehouse) -> None:
    shop.item("SHIRT", variant_mandatory="yes")
    shop.variant("SHIRT", "RED")
    no = order(shop, "SHIRT 1")

    with shop.refused("missing", what="variant"):
        shop.do(release_order, no, "OLE")


def test_an_item_blocked_after_it_was_ordered_is_not_released_itm_54(shop: Warehouse) -> None:
    no = order(shop, "1000 1")
    shop.item("1000", blocked=True)

    with shop.refused("blocked"):
        shop.do(release_order, no, "OLE")


def test_release_twice_is_once(shop: Warehouse) -> None:
    no = released(shop, "1000 1")

    before = shop.footprint()
    shop.do(release_order, no, "OLE")

    assert shop.footprint() == before


def test_a_picker_may_neither_make_nor_release_orders(shop: Warehouse) -> None:
    no = order(shop, "1000 1")

    with shop.refused("no_right", action="release"):
        shop.do(release_order, no, "PIA")
    with shop.refused("no_right", action="documents"):
        shop.do(save_order, SaveOrder(Order("", "sales_order", SILVER), ()), "PIA")
    with shop.refused("no_right", action="documents"):
        change(shop, no, by="PIA", qty=Decimal(1))


def test_only_what_is_handled_next_bins_and_numbers_change_on_a_released_order_doc_02(shop: Warehouse) -> None:
    no = released(shop, "COFFEE 5")

    change(shop, no, qty_to_handle=Decimal(3), bin="W-02", tracking=(TrackingRow("L1", qty_base=Decimal(4)),))

    line = line_of(shop, no)
    assert (line.to_handle, line.to_handle_base, line.bin) == (3, 3, "W-02")
    assert [row.lot for row in named_by(shop, no)] == ["L1"]
    with shop.refused("locked_line", document=no):
        change(shop, no, qty=Decimal(6))
    with shop.refused("locked_line", document=no):
        shop.do(change_order, ChangeOrder(no, {"priority": 1}), "OLE")
    shop.do(reopen_order, no, "OLE")
    assert change(shop, no, qty=Decimal(6)).qty_base == 6
    assert shop.do(change_order, ChangeOrder(no, {"priority": 1}), "OLE").priority == 1


def test_what_is_handled_next_is_within_what_is_outstanding_doc_13(shop: Warehouse) -> None:
    no = released(shop, "1000 5")
    handled(shop, no, "2")

    with shop.refused("too_many", qty=3):
        change(shop, no, qty_to_handle=Decimal(4))
    assert change(shop, no, qty_to_handle=Decimal(3)).to_handle_base == 3
    assert change(shop, no, qty_to_handle=None).to_handle_base == 3


def test_a_part_that_leaves_a_rest_in_one_unit_only_is_refused_itm_16(shop: Warehouse) -> None:
    shop.keep(ItemUnit("1000", "PCS", Decimal(1), Decimal(1)), ItemUnit("1000", "DRUM", Decimal(6)))
    no = released(shop, "1000 1 DRUM")

    assert change(shop, no, qty_to_handle=Decimal("0.83333")).to_handle_base == 5
    with shop.refused("bad_qty", qty=1):
        change(shop, no, qty_to_handle=Decimal("0.99999"))


def test_a_line_keeps_what_is_handled_of_it_doc_13_doc_15(shop: Warehouse) -> None:
    no = order(shop, "1000 5")
    handled(shop, no, "2")

    with shop.refused("reopen_handled", document=no):
        change(shop, no, qty=Decimal(1))
    with shop.refused("reopen_handled", document=no):
        change(shop, no, uom="BOX")
    with shop.refused("reopen_handled", document=no):
        shop.do(cancel_order, no, "OLE")
    with shop.refused("reopen_handled", document=no):
        order(shop, "1000 9", no=no)
    assert change(shop, no, qty=Decimal(2)).outstanding_base == 0


def test_numbers_that_are_handled_stay_named(shop: Warehouse) -> None:
    no = order(shop, "COFFEE lot L1 5")
    shop.keep(replace(named_by(shop, no)[0], qty_handled_base=Decimal(2)))

    with shop.refused("reopen_handled", document=no):
        change(shop, no, tracking=(TrackingRow("L2", qty_base=Decimal(5)),))
    change(shop, no, tracking=(TrackingRow("L2", qty_base=Decimal(3)), TrackingRow("L1", qty_base=Decimal(2))))
    assert [(row.lot, row.qty_handled_base) for row in named_by(shop, no)] == [("L2", 0), ("L1", 2)]


def test_a_cancelled_order_leaves_only_its_audit_rows(shop: Warehouse) -> None:
    no = released(shop, "COFFEE lot L1 5")

    shop.do(cancel_order, no, "OLE")

    assert (shop.rows(Order), shop.rows(OrderLine), shop.rows(OrderTracking)) == ([], [], [])
    assert [row.record_type for row in shop.audits("") if row.record_type == "order"] == ["order", "order"]


def test_a_unit_keeps_what_it_holds_while_it_is_on_order_itm_18(shop: Warehouse) -> None:
    no = order(shop, "1000 2 BOX")
    more = ImportItems((ItemRow(2, "1000", {}, units={"BOX": Decimal(10)}),))

    (fault,) = shop.do(import_items, more, "SYSTEM").faults
    assert (fault.field, fault.code, fault.facts["document"]) == ("uoms", "unit_on_order", no)
    shop.do(cancel_order, no, "OLE")
    assert shop.do(import_items, more, "SYSTEM").faults == ()


def test_a_line_of_what_is_no_stock_is_released_without_a_location(shop: Warehouse) -> None:
    shop.keep(Item("FREIGHT", type="service"))

    no = order(shop, "FREIGHT 1", location="")

    assert shop.do(release_order, no, "OLE").status == "released"
