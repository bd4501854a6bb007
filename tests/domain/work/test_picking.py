"""Making inventory picks: what may be picked, of which lots, from which bins (picking.md 1-18)."""

from dataclasses import replace
from typing import Any

import pytest

from domain.orders.order import reopen_order
from domain.site import Bin, BinContent, FlowBins, Location, SeriesPattern, SiteHead, TrackingCode
from domain.tracking.cards import InfoCard
from domain.work.activities import Activity
from domain.work.adjusting import RefuseAdjustment, leave_for_approval, refuse_adjustment
from domain.work.picking import create_pick, delete_pick
from tests.domain.notation import EAST, SILVER, WHITE, Warehouse, adjustment
from tests.domain.work.picks import lines, make_pick, name_lot, ordered, picked, picks, take, walk

EXPIRY = TrackingCode("EXPIRY", lot_specific=True, lot_warehouse=True, use_expiration=True)
STRICT = replace(EXPIRY, code="STRICT", strict_expiration=True)


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    house.keep(EXPIRY, STRICT)
    for no, tracking in (("1000", ""), ("LOTS", "LOT"), ("PIECES", "SERIAL"), ("DATED", "EXPIRY"), ("FRESH", "STRICT")):
        house.item(no, tracking=tracking)


def silver(house: Warehouse, **flags: Any) -> None:
    """Set flags of SILVER."""
    house.keep(Location(SILVER, bin_mandatory=True, **flags))


def bin(house: Warehouse, code: str, **fields: Any) -> None:
    house.keep(Bin(SILVER, code, **fields))


def test_a_pick_tells_where_to_take_what_an_order_wants(house: Warehouse) -> None:
    house.stock("W-01 1000 10")

    pick = make_pick(house, ordered(house, "1000 6"))

    assert lines(house, pick) == ["W-01 1000 6"]


def test_a_pick_has_the_place_the_due_date_and_the_priority_of_its_order(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 6", due=house.now.date(), priority=2, partner="10000")

    pick = house.one(Activity, make_pick(house, order))

    assert pick == Activity(
        "PICK1", "pick", True, SILVER, order, "10000", house.now.date(), priority=2, created_at=house.now
    )


def test_a_pick_is_numbered_as_the_site_wants_its_picks(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    head = house.one(SiteHead, 1)
    assert head is not None
    house.keep(replace(head, document_series={"pick": "OUT"}), SeriesPattern("OUT", "P{YY}-###", 7))

    assert make_pick(house, ordered(house, "1000 6")) == "P26-007"


def test_without_bins_there_is_a_line_for_each_line_of_the_order(house: Warehouse) -> None:
    house.stock("EAST 1000 26")

    pick = make_pick(house, ordered(house, "1000 5", "1000 6", at=EAST))

    assert lines(house, pick) == ["- 1000 5", "- 1000 6"]


def test_quantities_are_base_units_whatever_the_order_is_in(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)
    house.stock("W-01 1000 20")

    assert lines(house, make_pick(house, ordered(house, "1000 2 BOX"))) == ["W-01 1000 12"]


def test_picking_1_an_open_order_is_not_picked(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 6", is_released=False)

    with house.refused("not_released", document=order):
        make_pick(house, order)


def test_picking_1_a_blocked_item_is_not_picked(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 6")
    house.item("1000", blocked=True)

    with house.refused("blocked", code="1000"):
        make_pick(house, order)


def test_a_receipt_is_not_picked(house: Warehouse) -> None:
    order = ordered(house, "1000 6", kind="purchase_order")

    with house.refused("nothing_to_do", job="pick", code=order):
        make_pick(house, order)


def test_a_warehouse_pick_is_refused_by_name_at_levels_4_to_6(house: Warehouse) -> None:
    house.keep(Location("GREEN", bin_mandatory=True, require_pick=True, require_shipment=True))
    for place in ("GREEN", WHITE):
        house.locations("PIA", place)
        order = ordered(house, "1000 6", at=place)
        with house.refused("use_warehouse", location=place, what="warehouse pick"):
            make_pick(house, order)


def test_saf_25_whoever_may_not_pick_does_not_hear_whether_there_is_an_order(
    house: Warehouse,
) -> None:
    for order in (ordered(house, "1000 6"), "SO99"):
        with house.refused("no_right", action="pick"):
            house.do(create_pick, order, "VERA")


def test_picking_2_what_is_on_a_pick_already_is_not_picked_again(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 6")
    make_pick(house, order)

    with house.refused("nothing_to_do", job="pick"):
        make_pick(house, order)


def test_picking_4_two_orders_never_get_the_same_stock(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    first = make_pick(house, ordered(house, "1000 7"))

    second = make_pick(house, ordered(house, "1000 7"))
    assert lines(house, second) == ["W-01 1000 3"]

    third = ordered(house, "1000 1")
    with house.refused("not_enough", qty=0, document=first):
        make_pick(house, third)


def test_picking_4_two_lines_of_one_order_never_get_the_same_stock(house: Warehouse) -> None:
    house.stock("W-01 1000 10")

    assert lines(house, make_pick(house, ordered(house, "1000 7", "1000 7"))) == ["W-01 1000 7", "W-01 1000 3"]


def test_bins_22_what_is_reported_missing_and_waits_for_approval_is_not_picked(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 10")
    waiting = house.do(leave_for_approval, adjustment("W-01 1000 -1 BOX"))

    assert lines(house, make_pick(house, order)) == ["W-01 1000 4"]
    with house.refused("not_enough", qty=0):
        make_pick(house, order)

    house.do(refuse_adjustment, RefuseAdjustment(waiting.no, "It is here"), "SUE")
    assert lines(house, make_pick(house, order)) == ["W-01 1000 6"]


def test_picking_7_an_order_that_ships_complete_is_picked_whole_or_not_at_all(house: Warehouse) -> None:
    house.stock("W-01 1000 6", "W-01 LOTS lot L1 5")
    order = ordered(house, "LOTS 5", "1000 10", shipping_advice="complete")

    with house.refused("complete_only", n=6, m=10):
        make_pick(house, order)

    house.stock("W-02 1000 4")
    assert len(lines(house, make_pick(house, order))) == 3


def test_picking_8_what_is_there_is_picked_and_the_rest_stays_open(house: Warehouse) -> None:
    house.stock("W-01 1000 4")

    assert lines(house, make_pick(house, ordered(house, "1000 6"))) == ["W-01 1000 4"]


def test_picking_8_the_rest_gets_a_line_without_a_bin_where_the_location_wants_one(house: Warehouse) -> None:
    silver(house, always_create_pick_line=True)
    house.stock("W-01 1000 4")

    assert lines(house, make_pick(house, ordered(house, "1000 6", "PIECES 2"))) == [
        "W-01 1000 4",
        "- 1000 2",
        "- PIECES 1",
        "- PIECES 1",
    ]


def test_nothing_in_stock_is_nothing_to_pick(house: Warehouse) -> None:
    order = ordered(house, "1000 6")

    with house.refused("nothing_to_do", job="pick"):
        make_pick(house, order)


def test_picking_9_the_numbers_of_the_order_come_first_whatever_expires_first(house: Warehouse) -> None:
    silver(house, require_pick=True, pick_fefo=True)
    house.stock("W-01 DATED lot L1 expires 2026-09-01 5", "W-02 DATED lot L2 expires 2026-06-01 5")

    assert lines(house, make_pick(house, ordered(house, "DATED lot L1 5"))) == ["W-01 DATED lot L1 5"]


def test_picking_9_another_lot_never_fills_in_for_the_one_the_order_names(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 4", "W-01 LOTS lot L2 9")

    assert lines(house, make_pick(house, ordered(house, "LOTS lot L1 6"))) == ["W-01 LOTS lot L1 4"]


def test_picking_9_a_serial_the_order_names_is_held_for_it_while_others_are_picked(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1", "W-01 PIECES serial S2 1")
    make_pick(house, ordered(house, "PIECES serial S2 1"))

    other = picked(house, "PIECES 2")

    assert lines(house, other) == ["W-01 PIECES 1"]


def test_picking_10_first_expiry_goes_first_then_the_lowest_lot(house: Warehouse) -> None:
    silver(house, require_pick=True, pick_fefo=True)
    house.stock(
        "W-01 DATED lot L3 expires 2026-09-01 5",
        "W-02 DATED lot L2 expires 2026-09-01 5",
        "W-03 DATED lot L9 expires 2026-06-01 2",
        "W-04 DATED lot L9 expires 2026-06-01 2",
    )

    assert lines(house, make_pick(house, ordered(house, "DATED 10"))) == [
        "W-03 DATED lot L9 2",
        "W-04 DATED lot L9 2",
        "W-02 DATED lot L2 5",
        "W-01 DATED lot L3 1",
    ]


def test_picking_10_strict_expiry_orders_by_date_without_pick_fefo_too(house: Warehouse) -> None:
    house.stock("W-01 FRESH lot L1 expires 2026-09-01 5", "W-02 FRESH lot L2 expires 2026-06-01 5")

    assert lines(house, make_pick(house, ordered(house, "FRESH 6"))) == ["W-02 FRESH lot L2 5", "W-01 FRESH lot L1 1"]


def test_picking_11_strict_expiry_passes_expired_lots_and_makes_no_line_without_a_lot(house: Warehouse) -> None:
    house.stock(
        "W-01 FRESH lot L1 expires 2026-03-01 5", "W-02 FRESH lot L2 expires 2026-03-02 2", "W-03 FRESH lot L3 5"
    )

    assert lines(house, make_pick(house, ordered(house, "FRESH 9"))) == ["W-02 FRESH lot L2 2"]


def test_picking_11_only_expired_lots_are_none(house: Warehouse) -> None:
    house.stock("W-01 FRESH lot L1 expires 2026-03-01 5")
    order = ordered(house, "FRESH 1")

    with house.refused("lots_expired"):
        make_pick(house, order)


def test_picking_12_undated_lots_are_not_proposed_by_expiry(house: Warehouse) -> None:
    silver(house, require_pick=True, pick_fefo=True)
    house.stock("W-01 DATED lot L1 5", "W-02 DATED lot L2 expires 2026-06-01 5")

    assert lines(house, make_pick(house, ordered(house, "DATED 8"))) == ["W-02 DATED lot L2 5", "W-01 DATED 3"]


def test_picking_13_a_lot_that_lies_only_where_nobody_picks_is_passed_over(house: Warehouse) -> None:
    silver(house, require_pick=True, pick_fefo=True)
    house.stock("W-01 DATED lot L1 expires 2026-06-01 5", "W-02 DATED lot L2 expires 2026-09-01 5")
    bin(house, "W-01", dedicated=True)

    assert lines(house, make_pick(house, ordered(house, "DATED 5"))) == ["W-02 DATED lot L2 5"]


def test_a_blocked_lot_is_passed_over(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5", "W-01 LOTS lot L2 3")
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))
    named = ordered(house, "LOTS lot L1 5")

    assert lines(house, make_pick(house, ordered(house, "LOTS 5"))) == ["W-01 LOTS 3"]

    with house.refused("blocked", what="lot", code="L1"):
        make_pick(house, named)


def test_picking_15_pieces_with_serials_get_a_line_each(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1", "W-01 PIECES serial S2 1", "W-02 PIECES serial S3 1")

    assert lines(house, make_pick(house, ordered(house, "PIECES 3"))) == [
        "W-01 PIECES 1",
        "W-01 PIECES 1",
        "W-02 PIECES 1",
    ]


@pytest.mark.parametrize(("flow", "kind"), [("receipt", "RECEIVE"), ("shipment", "SHIP"), ("qc", "QC")])
def test_picking_16_flow_bins_are_no_place_to_pick_from(house: Warehouse, flow: str, kind: str) -> None:
    house.stock("W-01 1000 5")
    silver(house, bins=FlowBins(**{flow: "W-01"}))
    order = ordered(house, "1000 1")

    with house.refused("only_nonpick", bin="W-01", type=kind):
        make_pick(house, order)

    house.stock("W-02 1000 1")
    assert lines(house, make_pick(house, order)) == ["W-02 1000 1"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"dedicated": True}, "bin_dedicated"), ({"block": "outbound"}, "bin_blocked"), ({"block": "all"}, "bin_blocked")],
)
def test_picking_16_dedicated_and_blocked_bins_are_no_place_to_pick_from(
    house: Warehouse, fields: dict[str, Any], code: str
) -> None:
    house.stock("W-01 1000 5")
    bin(house, "W-01", **fields)
    order = ordered(house, "1000 1")

    with house.refused(code, bin="W-01"):
        make_pick(house, order)


def test_bins_16_what_is_blocked_in_one_bin_for_one_item_is_picked_elsewhere(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5")
    house.keep(BinContent(SILVER, "W-01", "1000", "", "PCS", default=True, block="outbound"))

    assert lines(house, make_pick(house, ordered(house, "1000 2"))) == ["W-02 1000 2"]


def five_bins(house: Warehouse) -> None:
    house.stock("W-01 1000 2", "W-02 1000 2", "W-03 1000 2", "W-04 1000 2")
    for code, ranking in (("W-01", 10), ("W-02", 90), ("W-03", 90), ("W-04", 50)):
        bin(house, code, ranking=ranking)


def test_picking_18_the_default_bin_is_emptied_first_then_by_ranking_then_by_code(house: Warehouse) -> None:
    five_bins(house)

    pick = make_pick(house, ordered(house, "1000 7"))

    assert lines(house, pick) == ["W-01 1000 2", "W-02 1000 2", "W-03 1000 2", "W-04 1000 1"]
    assert walk(house, pick) == ["W-02 1000 2", "W-03 1000 2", "W-04 1000 1", "W-01 1000 2"]


def test_picking_18_by_ranking_the_default_bin_counts_for_nothing(house: Warehouse) -> None:
    silver(house, pick_bin_policy="bin_ranking")
    five_bins(house)

    assert lines(house, make_pick(house, ordered(house, "1000 7")))[-1] == "W-01 1000 1"


def test_picking_17_cross_dock_bins_are_emptied_before_all_others(house: Warehouse) -> None:
    five_bins(house)
    bin(house, "W-04", cross_dock=True)

    assert lines(house, make_pick(house, ordered(house, "1000 3"))) == ["W-04 1000 2", "W-01 1000 1"]


def test_picking_18_the_bin_on_the_order_line_comes_before_all(house: Warehouse) -> None:
    five_bins(house)

    assert lines(house, make_pick(house, ordered(house, "W-04 1000 3"))) == ["W-04 1000 2", "W-01 1000 1"]


def test_lines_are_numbered_by_10000(house: Warehouse) -> None:
    five_bins(house)

    make_pick(house, ordered(house, "1000 3"))

    numbers = house.store.reading(lambda one: one.execute("SELECT line_no FROM activity_line ORDER BY 1").fetchall())
    assert numbers == [(10000,), (20000,)]


def test_picking_33_a_deleted_pick_frees_its_stock_and_its_claim(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 7")
    pick = make_pick(house, order)

    with house.refused("no_right", action="approve"):
        house.do(delete_pick, pick, "PIA")
    house.do(delete_pick, pick, "SUE")

    assert lines(house, make_pick(house, order)) == ["W-01 1000 7"]


def test_floor_flows_16_a_pick_that_somebody_works_on_is_not_deleted_unasked(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 7")

    with house.refused("take_ask", operator="PIA"):
        house.do(delete_pick, pick, "SUE")
    house.do(delete_pick, pick, "SUE", yes=("take_ask",))

    assert list(picks(house)) == []


def test_picking_33_what_a_picker_named_goes_with_a_deleted_pick(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    pick = picked(house, "LOTS 5")
    name_lot(house, pick, 1, "L1")
    take(house, pick, 1, 5)

    house.do(delete_pick, pick, "SUE", yes=("take_ask",))

    assert list(picks(house)) == []
    assert lines(house, make_pick(house, ordered(house, "LOTS lot L1 5"))) == ["W-01 LOTS lot L1 5"]


def test_an_order_reopened_and_released_again_is_picked_anew(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 6")
    house.do(reopen_order, order, "OLE")

    with house.refused("not_released"):
        make_pick(house, order)
