"""Posting an inventory pick: the shipment, what stays, who did it (picking.md 34-37, 41; DOC-17; SAF-03)."""

from decimal import Decimal

import pytest

from domain.ledger.entries import BinEntry
from domain.orders.documents import OrderLine
from domain.orders.order import reopen_order
from domain.people.rights import SYSTEM
from domain.posting.posted import Posted
from domain.work.activities import Activity, PostedPick
from domain.work.documents import Claim
from domain.work.pick_lines import ShortLine, open_pick, short_line
from domain.work.pick_posting import PickSummary, PostPick, pick_summary, post_pick
from tests.domain.notation import EAST, TODAY, Warehouse
from tests.domain.work.picks import STEP, lines, make_pick, name_lot, ordered, picked, rows, scan, take


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    for no, tracking in (("1000", ""), ("1001", ""), ("LOTS", "LOT"), ("PIECES", "SERIAL")):
        house.item(no, tracking=tracking)


def post(house: Warehouse, pick: str, by: str = "PIA", **told: str) -> Posted:
    return house.do(post_pick, PostPick(pick), by, **told)


def short(house: Warehouse, pick: str, line: int, qty: int) -> None:
    house.do(short_line, ShortLine(pick, line * STEP, Decimal(qty), "damaged"), "PIA")


def shipped(house: Warehouse) -> list[str]:
    """Return the sales entries in the notation."""
    found = [entry for entry in house.entries() if entry.entry_type == "sale"]
    return [f"{entry.item} {entry.lot or entry.serial or '-'} {entry.qty:f}".removesuffix("0" * 6) for entry in found]


def test_picking_37_what_was_taken_is_shipped_at_once(house: Warehouse) -> None:
    house.stock("W-01 1000 10", "W-02 LOTS lot L1 5")
    order = ordered(house, "1000 6", "LOTS 2")
    pick = make_pick(house, order)
    house.do(open_pick, pick, "PIA")
    name_lot(house, pick, 2, "L1")
    take(house, pick, 1, 6)
    take(house, pick, 2, 2)

    posted = post(house, pick)

    sales = [(entry.item, entry.lot, entry.qty, entry.document_no) for entry in house.entries() if entry.qty < 0]
    assert sales == [("1000", "", -6, posted.document), ("LOTS", "L1", -2, posted.document)]
    assert (house.lying(), house.lying("LOTS")) == (["W-01 1000 4"], ["W-02 LOTS lot L1 3"])
    line = house.one(OrderLine, order, 1)
    assert line is not None
    assert line.outstanding_base == 0
    assert (house.one(Activity, pick), house.one(Claim, pick), rows(house, pick)) == (None, None, [])


def test_decision_57_one_entry_of_stock_goes_with_the_entries_of_several_bins(house: Warehouse) -> None:
    house.stock("W-01 1000 4", "W-02 1000 4")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 4)
    take(house, pick, 2, 2)

    posted = post(house, pick)

    assert len(posted.entries) == 1
    assert [(row.bin, row.qty) for row in house.rows(BinEntry) if row.qty < 0] == [("W-01", -4), ("W-02", -2)]


def test_numbers_of_one_line_are_entries_of_their_own(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1", "W-01 PIECES serial S2 1")
    pick = picked(house, "PIECES 2")
    scan(house, pick, 1, "S2")
    scan(house, pick, 1, "S1")

    post(house, pick)

    assert [entry.serial for entry in house.entries() if entry.qty < 0] == ["S2", "S1"]


def test_picking_36_what_was_not_taken_stays_on_the_pick_and_is_asked_for_anew(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 9", "W-02 1000 9")
    pick = picked(house, "LOTS 6", "1000 2")
    name_lot(house, pick, 1, "L1")
    short(house, pick, 1, 4)

    post(house, pick)

    assert lines(house, pick) == ["W-01 LOTS 2", "W-02 1000 2"]
    assert house.one(Claim, pick) is None


def test_picking_37_a_pick_is_posted_in_parts_until_it_is_gone(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    for qty in (4, 2):
        house.do(open_pick, pick, "PIA")
        take(house, pick, 1, qty)
        post(house, pick)

    assert [entry.qty for entry in house.entries() if entry.qty < 0] == [-4, -2]
    assert house.one(Activity, pick) is None


def test_picking_34_nothing_taken_is_nothing_to_post(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    short(house, pick, 1, 0)

    with house.refused("nothing_handled"):
        post(house, pick)


def test_picking_37_the_order_must_still_be_released(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 6")
    pick = make_pick(house, order)
    house.do(open_pick, pick, "PIA")
    take(house, pick, 1, 6)
    house.do(reopen_order, order, SYSTEM.code)

    with house.refused("not_released", document=order):
        post(house, pick)


def test_doc_17_an_order_that_ships_complete_is_not_posted_short(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6", shipping_advice="complete")
    short(house, pick, 1, 5)

    with house.refused("complete_only", n=5, m=6):
        post(house, pick)


def test_picking_35_what_went_meanwhile_is_not_shipped(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 6)
    house.adjust("W-01 1000 -5")

    with house.refused("not_enough"):
        post(house, pick)


def test_picking_41_the_second_who_posts_hears_who_was_first_and_when(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 6)
    posted = post(house, pick)

    with house.refused("done", operator="PIA", time=house.now):
        post(house, pick, "ANNA")
    with house.refused("done", operator="PIA"):
        take(house, pick, 1, 1, "ANNA")

    (kept,) = house.rows(PostedPick)
    assert (kept.no, kept.document, kept.register) == (pick, posted.document, posted.register)


def test_saf_03_an_operation_sent_twice_ships_once(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 4)

    first = post(house, pick, operation="op-1")

    assert post(house, pick, operation="op-1") == first
    assert house.lying() == ["W-01 1000 6"]


def test_saf_25_whoever_may_not_pick_posts_none(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 6)

    with house.refused("no_right", action="pick"):
        post(house, pick, "OLE")


def test_floor_flows_16_a_pick_that_was_taken_over_is_not_posted_by_the_first(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 6)
    house.pass_time(minutes=16)
    house.do(open_pick, pick, "ANNA", yes=("take_ask",))

    with house.refused("taken_over", operator="ANNA"):
        post(house, pick)


def test_why_a_line_was_short_stays_in_the_audit_trail(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    short(house, pick, 1, 4)

    post(house, pick)

    (row,) = house.audits("short")
    assert (row.record_key, row.old, row.new, row.reason) == (f'["{pick}",10000]', "6", "4", "damaged")


def test_the_summary_counts_what_is_answered_what_is_short_and_what_has_no_reason_yet(house: Warehouse) -> None:
    house.stock("W-01 1000 10", "W-01 1001 10")
    pick = picked(house, "1000 3", "1000 2", "1001 4", "1001 1")
    take(house, pick, 1, 3)
    short(house, pick, 2, 0)
    begun = take(house, pick, 3, 1)

    summary = house.do(pick_summary, pick, "PIA")

    assert summary == PickSummary(lines=4, answered=2, short=2, unexplained=(begun,), qty=Decimal(4))


def test_a_location_without_bins_ships_from_the_location(house: Warehouse) -> None:
    house.stock("EAST 1000 10")
    pick = picked(house, "1000 6", at=EAST)
    take(house, pick, 1, 6, location=EAST)

    post(house, pick, location=EAST)

    (sale,) = [entry for entry in house.entries() if entry.qty < 0]
    assert (sale.location, sale.qty, sale.posting_date) == (EAST, -6, TODAY)


def test_a_return_to_the_vendor_is_picked_and_shipped_as_a_purchase(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6", kind="purchase_return_order")
    take(house, pick, 1, 6)

    post(house, pick)

    assert [(entry.entry_type, entry.qty) for entry in house.entries()][1:] == [("purchase", -6)]


def test_decision_3_a_count_does_not_miss_what_a_picker_has_in_his_hands(house: Warehouse) -> None:
    house.stock("W-01 1000 10", "W-01 PIECES serial S1 1", "W-01 PIECES serial S2 1")
    pick = picked(house, "1000 6", "PIECES 1")
    take(house, pick, 1, 6)
    scan(house, pick, 2, "S2")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 4", "W-01 PIECES serial S1 1", "W-01 PIECES serial S2 0")

    post(house, pick)
    house.post_count(journal)

    assert house.lying() == ["W-01 1000 4"]
    assert house.lying("PIECES") == ["W-01 PIECES serial S1 1"]
