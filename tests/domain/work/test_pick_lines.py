"""Work on the lines of a pick: quantities, numbers, pieces, short lines, putting back (picking.md 26, 29-32, 41)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.site import Bin, Equipment, Location, Operator, ReasonCode, SiteHead, SkillHeld, TrackingCode
from domain.tracking.cards import InfoCard
from domain.work.pick_lines import (
    CloseShort,
    PutBack,
    ShortLine,
    close_short,
    earlier_number,
    open_pick,
    put_back,
    questions_of,
    short_line,
    short_reasons,
)
from domain.work.stock_here import Goods
from tests.domain.notation import EAST, SILVER, Warehouse
from tests.domain.work.picks import STEP, lines, make_pick, name_lot, ordered, picked, picks, rows, scan, take

EXPIRY = TrackingCode("EXPIRY", lot_specific=True, lot_warehouse=True, use_expiration=True)
STRICT = replace(EXPIRY, code="STRICT", strict_expiration=True)
WARRANTY = TrackingCode("WARRANTY", serial_sales_out=True)


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    house.keep(EXPIRY, STRICT, WARRANTY)
    for no, tracking in (("1000", ""), ("LOTS", "LOT"), ("PIECES", "SERIAL"), ("DATED", "EXPIRY"), ("FRESH", "STRICT")):
        house.item(no, tracking=tracking)


def short(house: Warehouse, pick: str, line: int, qty: int, reason: str = "damaged") -> None:
    house.do(short_line, ShortLine(pick, line * STEP, Decimal(qty), reason), "PIA")


def back(house: Warehouse, pick: str, line: int, qty: int = 0) -> None:
    house.do(put_back, PutBack(pick, line * STEP, Decimal(qty)), "PIA")


def test_picking_26_a_typed_figure_replaces_the_one_before(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")

    take(house, pick, 1, 2)
    line = take(house, pick, 1, 5)

    assert lines(house, pick) == ["W-01 1000 6 took 5"]
    assert (line.handled_by, line.handled_at) == ("PIA", house.now)


def test_picking_32_more_than_the_line_wants_is_refused(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")

    with house.refused("too_many", qty=6):
        take(house, pick, 1, 7)


@pytest.mark.parametrize("qty", ["0", "-1", "0.000001"])
def test_a_figure_that_is_no_quantity_is_refused(house: Warehouse, qty: str) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")

    with house.refused("bad_qty"):
        take(house, pick, 1, qty)


def test_what_the_bin_has_not_got_any_more_cannot_be_taken(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    house.adjust("W-01 1000 -6")

    with house.refused("not_enough", qty=4, short=1):
        take(house, pick, 1, 5)


def test_picking_35_a_lot_must_be_named_before_its_quantity(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 10")
    pick = picked(house, "LOTS 6")

    with house.refused("missing", what="lot"):
        take(house, pick, 1, 6)


def test_tracking_8_a_number_that_only_the_sale_needs_is_named_on_the_pick_too(house: Warehouse) -> None:
    house.item("TOOL", tracking="WARRANTY")
    house.stock("W-01 TOOL 5")
    pick = picked(house, "TOOL 1")

    with house.refused("missing", what="serial"):
        take(house, pick, 1, 1)
    scan(house, pick, 1, "X-77")

    assert lines(house, pick) == ["W-01 TOOL serial X-77 1 took 1"]


def test_a_line_without_a_bin_needs_one_first(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, always_create_pick_line=True))
    pick = picked(house, "1000 6", "LOTS 2")

    with house.refused("missing", what="bin"):
        take(house, pick, 1, 1)
    with house.refused("missing", what="bin"):
        name_lot(house, pick, 2, "L1")


def test_picking_29_a_blank_line_takes_the_lot_that_is_scanned_as_it_first_came_in(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot aB 10")
    pick = picked(house, "LOTS 6")

    name_lot(house, pick, 1, "AB")
    name_lot(house, pick, 1, "ab")
    take(house, pick, 1, 6)

    assert lines(house, pick) == ["W-01 LOTS lot aB 6 took 6"]


def test_picking_29_what_of_a_lot_is_free_goes_to_its_line_and_the_rest_stays_blank(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 2", "W-01 LOTS lot L2 9")
    pick = picked(house, "LOTS 6")

    name_lot(house, pick, 1, "L1")

    assert lines(house, pick) == ["W-01 LOTS lot L1 2", "W-01 LOTS 4"]


def test_a_second_lot_on_a_blank_line_goes_to_a_line_of_its_own(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 9", "W-01 LOTS lot L2 9")
    pick = picked(house, "LOTS 6")
    name_lot(house, pick, 1, "L1")
    take(house, pick, 1, 4)

    line = name_lot(house, pick, 1, "L2")

    assert (line.line_no, lines(house, pick)) == (2 * STEP, ["W-01 LOTS lot L1 4 took 4", "W-01 LOTS lot L2 2"])


def test_a_lot_that_lies_elsewhere_is_not_here(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 9", "W-02 LOTS lot L2 9")
    pick = picked(house, "LOTS 6")

    with house.refused("not_here", number="L2", bin="W-01"):
        name_lot(house, pick, 1, "L2")


def test_without_bins_a_lot_is_looked_for_at_the_location(house: Warehouse) -> None:
    house.stock("EAST LOTS lot L1 9")
    pick = picked(house, "LOTS 6", at=EAST)

    with house.refused("not_here", number="L2", bin=EAST):
        name_lot(house, pick, 1, "L2", location=EAST)
    name_lot(house, pick, 1, "L1", location=EAST)
    take(house, pick, 1, 6, location=EAST)

    assert lines(house, pick) == ["- LOTS lot L1 6 took 6"]


def test_picking_30_the_lot_of_the_order_is_not_swapped(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 9", "W-01 LOTS lot L2 9")
    pick = picked(house, "LOTS lot L1 6")

    with house.refused("lot_named_by_order", lot="L1", scanned="L2"):
        name_lot(house, pick, 1, "L2")


def test_picking_30_a_lot_that_other_picks_hold_is_not_free(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 9", "W-01 LOTS lot L2 9")
    picked(house, "LOTS lot L2 9")
    pick = picked(house, "LOTS 6")

    with house.refused("not_enough", qty=0, lot="L2"):
        name_lot(house, pick, 1, "L2")


def test_a_blocked_lot_is_not_picked(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 9", "W-01 LOTS lot L2 9")
    pick = picked(house, "LOTS 6")
    house.keep(InfoCard("lot", "LOTS", "", "L2", "L2", blocked=True))

    with house.refused("blocked", code="L2"):
        name_lot(house, pick, 1, "L2")


def test_an_untracked_item_has_no_lot(house: Warehouse) -> None:
    house.stock("W-01 1000 9")
    pick = picked(house, "1000 6")

    with house.refused("not_tracked", item="1000"):
        name_lot(house, pick, 1, "L2")


def test_an_expired_lot_is_not_picked_under_strict_expiry(house: Warehouse) -> None:
    house.stock("W-01 FRESH lot L1 expires 2026-09-01 9", "W-01 FRESH lot L2 expires 2026-03-01 9")
    pick = picked(house, "FRESH 6")

    with house.refused("expired", lot="L2"):
        name_lot(house, pick, 1, "L2")


@pytest.fixture
def by_expiry(house: Warehouse) -> str:
    """A pick of 6 from lot L1, which expires before L2; both lie in W-01."""
    house.keep(Location(SILVER, bin_mandatory=True, require_pick=True, pick_fefo=True))
    house.stock("W-01 DATED lot L1 expires 2026-06-01 9", "W-01 DATED lot L2 expires 2026-09-01 5")
    return picked(house, "DATED 5")


def test_picking_30_a_later_expiry_asks_and_then_wants_a_reason(house: Warehouse, by_expiry: str) -> None:
    with house.refused("expiry_ask", lot="L1", new="L2"):
        name_lot(house, by_expiry, 1, "L2", "damaged")
    with house.refused("missing", what="reason"):
        name_lot(house, by_expiry, 1, "L2", yes=("expiry_ask",))

    line = name_lot(house, by_expiry, 1, "L2", "damaged", yes=("expiry_ask",))

    assert lines(house, by_expiry) == ["W-01 DATED lot L2 5"]
    assert (line.reason, line.expires) == ("damaged", date(2026, 9, 1))


def test_picking_30_what_expires_first_can_be_asked_before(house: Warehouse, by_expiry: str) -> None:
    (line,) = rows(house, by_expiry)

    earlier = [
        house.ask(lambda books, lot=lot: earlier_number(books, line, Goods("DATED", lot=lot))) for lot in ("L1", "L2")
    ]

    assert earlier == ["", "L1"]


def test_picking_30_an_earlier_expiry_asks_nothing(house: Warehouse, by_expiry: str) -> None:
    house.stock("W-01 DATED lot L0 expires 2026-05-01 9")

    name_lot(house, by_expiry, 1, "L0")

    assert lines(house, by_expiry) == ["W-01 DATED lot L0 5"]


def test_picking_30_a_swapped_lot_must_be_free_for_the_whole_line(house: Warehouse, by_expiry: str) -> None:
    house.adjust("W-01 DATED lot L2 -2")

    with house.refused("not_enough", qty=3, lot="L2"):
        name_lot(house, by_expiry, 1, "L2", "damaged", yes=("expiry_ask",))


def test_a_lot_put_back_is_the_one_that_was_proposed(house: Warehouse, by_expiry: str) -> None:
    name_lot(house, by_expiry, 1, "L2", "damaged", yes=("expiry_ask",))
    take(house, by_expiry, 1, 5)

    back(house, by_expiry, 1)

    (line,) = rows(house, by_expiry)
    assert (line.lot, line.expires, line.qty_to_handle, line.reason) == ("L1", date(2026, 6, 1), 0, "")


def pieces(house: Warehouse, *serials: str, wanted: int) -> str:
    house.stock(*(f"W-01 PIECES serial {serial} 1" for serial in serials))
    return picked(house, f"PIECES {wanted}")


def test_picking_15_each_scan_takes_one_piece(house: Warehouse) -> None:
    pick = pieces(house, "S1", "s2", "S3", wanted=2)

    scan(house, pick, 1, "S3")
    scan(house, pick, 1, "S2")

    assert lines(house, pick) == ["W-01 PIECES serial S3 1 took 1", "W-01 PIECES serial s2 1 took 1"]


def test_order_lines_of_one_each_are_no_pieces_where_no_serial_is_scanned(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 PIECES serial S1 1", "W-01 PIECES serial S2 1")
    pick = picked(house, "1000 1", "1000 1", "PIECES 2")

    assert [len(pieces) for pieces in questions_of(rows(house, pick))] == [1, 1, 2]


def test_a_piece_is_scanned_once_in_any_case_and_must_lie_here(house: Warehouse) -> None:
    pick = pieces(house, "S1", "S2", "S3", wanted=2)
    scan(house, pick, 1, "S1")

    with house.refused("duplicate"):
        scan(house, pick, 1, "s1")
    with house.refused("not_here", number="S9", bin="W-01"):
        scan(house, pick, 1, "S9")


def test_picking_32_no_piece_more_than_wanted(house: Warehouse) -> None:
    pick = pieces(house, "S1", "S2", wanted=1)
    scan(house, pick, 1, "S1")

    with house.refused("too_many", qty=0):
        scan(house, pick, 1, "S2")


def test_a_piece_the_order_names_goes_to_its_line_and_no_other_in_its_place(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1", "W-01 PIECES serial S2 1")
    pick = picked(house, "PIECES serial S2 1")

    with house.refused("lot_named_by_order", lot="S2", scanned="S1"):
        scan(house, pick, 1, "S1")
    scan(house, pick, 1, "S2")

    assert lines(house, pick) == ["W-01 PIECES serial S2 1 took 1"]


def test_a_piece_that_another_pick_wants_is_not_free(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1", "W-01 PIECES serial S2 1")
    picked(house, "PIECES serial S1 1")
    pick = picked(house, "PIECES 1")

    with house.refused("not_enough", qty=0, lot="S1"):
        scan(house, pick, 1, "S1")


def test_a_piece_put_back_may_be_another_one(house: Warehouse) -> None:
    pick = pieces(house, "S1", "S2", wanted=1)
    scan(house, pick, 1, "S1")

    back(house, pick, 1)
    scan(house, pick, 1, "S2")

    assert lines(house, pick) == ["W-01 PIECES serial S2 1 took 1"]


def test_pieces_of_a_lot_are_free_as_long_as_the_lot_has_some(house: Warehouse) -> None:
    house.item("BOTH", tracking="LOT_SERIAL")
    house.stock("W-01 BOTH lot L1 serial S1 1", "W-01 BOTH lot L1 serial S2 1")
    pick = picked(house, "BOTH lot L1 2")

    scan(house, pick, 1, "S2")
    scan(house, pick, 1, "S1")

    assert lines(house, pick) == ["W-01 BOTH lot L1 serial S2 1 took 1", "W-01 BOTH lot L1 serial S1 1 took 1"]


def test_picking_31_a_short_line_says_how_much_there_is_and_why(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6", "1000 2")

    short(house, pick, 1, 4)
    short(house, pick, 2, 0, "empty")

    assert lines(house, pick) == ["W-01 1000 6 took 4 short damaged", "W-01 1000 2 short empty"]


def test_picking_31_a_reason_is_one_of_the_sites_list_or_a_code_for_short_lines(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    house.keep(ReasonCode("LATE", offered_for=("short",), position=9))
    pick = picked(house, "1000 6")

    offered = house.ask(lambda books: short_reasons(books, house.situation(books)))
    assert offered == ["empty", "damaged", "cannot_reach", "wrong_lot", "LATE"]

    with house.refused("missing", what="reason"):
        short(house, pick, 1, 4, "")
    with house.refused("reason_not_here", code="DAMAGED"):
        short(house, pick, 1, 4, "DAMAGED")
    short(house, pick, 1, 4, "LATE")


def test_a_line_that_is_all_there_is_not_short(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")

    short(house, pick, 1, 6)

    assert lines(house, pick) == ["W-01 1000 6 took 6"]


def test_more_than_the_line_wants_or_less_than_nothing_is_not_short(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")

    with house.refused("too_many", qty=6):
        short(house, pick, 1, 7)
    with house.refused("bad_qty"):
        short(house, pick, 1, -1)


def test_a_line_taken_in_full_after_all_is_short_no_more(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    short(house, pick, 1, 4)

    take(house, pick, 1, 6)

    assert lines(house, pick) == ["W-01 1000 6 took 6"]


def test_picking_31_of_pieces_those_beyond_the_figure_are_short(house: Warehouse) -> None:
    pick = pieces(house, "S1", "S2", "S3", wanted=3)
    scan(house, pick, 1, "S2")

    with house.refused("bad_qty", max=3):
        short(house, pick, 1, 0)
    short(house, pick, 1, 2)

    assert lines(house, pick) == ["W-01 PIECES serial S2 1 took 1", "W-01 PIECES 1", "W-01 PIECES 1 short damaged"]


def test_put_back_restores_what_there_was_before(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 3)
    short(house, pick, 1, 5)

    back(house, pick, 1, 3)
    assert lines(house, pick) == ["W-01 1000 6 took 3"]

    back(house, pick, 1)
    (line,) = rows(house, pick)
    assert (line.qty_to_handle, line.handled_by, line.handled_at) == (0, "", None)


def test_put_back_leaves_a_line_that_was_blank_blank(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 9", "W-01 LOTS lot L2 9")
    pick = picked(house, "LOTS 6")
    name_lot(house, pick, 1, "L1")
    take(house, pick, 1, 6)

    back(house, pick, 1)

    assert lines(house, pick) == ["W-01 LOTS 6"]


def test_picking_31_the_rest_of_a_line_is_given_up_by_whoever_may_approve(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    order = ordered(house, "1000 6", "1000 2")
    pick = make_pick(house, order)
    house.do(open_pick, pick, "SUE")
    take(house, pick, 1, 4, "SUE")

    with house.refused("no_right", action="approve"):
        house.do(close_short, CloseShort(pick, STEP), "PIA")
    house.do(close_short, CloseShort(pick, STEP), "SUE")
    house.do(close_short, CloseShort(pick, 2 * STEP), "SUE")

    assert lines(house, pick) == ["W-01 1000 4 took 4"]
    assert lines(house, make_pick(house, order)) == ["W-01 1000 2", "W-01 1000 2"]


def test_a_pick_of_which_all_was_given_up_is_gone(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = make_pick(house, ordered(house, "1000 6"))

    assert house.do(close_short, CloseShort(pick, STEP), "SUE") is None

    assert list(picks(house)) == []


def test_floor_flows_16_a_pick_that_somebody_works_on_is_held(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")

    with house.refused("held", operator="PIA", document=pick):
        house.do(open_pick, pick, "ANNA")


def test_floor_flows_16_each_answer_renews_the_lease(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")

    house.pass_time(minutes=14)
    take(house, pick, 1, 2)
    house.pass_time(minutes=14)

    with house.refused("held", operator="PIA"):
        house.do(open_pick, pick, "ANNA")


def test_floor_flows_16_whoever_lost_a_pick_is_told_at_his_next_answer(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = picked(house, "1000 6")
    house.pass_time(minutes=16)
    with house.refused("take_ask", operator="PIA", n=0, m=1):
        house.do(open_pick, pick, "ANNA")
    house.do(open_pick, pick, "ANNA", yes=("take_ask",))

    with house.refused("taken_over", operator="ANNA"):
        take(house, pick, 1, 2)


def test_decision_11_a_pick_of_another_location_is_not_opened(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    pick = make_pick(house, ordered(house, "1000 6"))

    with house.refused("document_elsewhere", document=pick, location=SILVER):
        house.do(open_pick, pick, "PIA", location=EAST)


def test_decision_12_a_pick_needs_the_licence_for_its_bins_and_its_work(house: Warehouse) -> None:
    house.stock("W-01 1000 10")
    house.keep(Equipment("LIFT", skill="FORKLIFT"), Bin(SILVER, "W-01", equipment="LIFT"))
    pick = make_pick(house, ordered(house, "1000 6"))
    pia = house.one(Operator, "PIA")
    assert pia is not None

    with house.refused("no_skill", skill="FORKLIFT"):
        house.do(open_pick, pick, "PIA")
    house.keep(replace(pia, skills=(SkillHeld("FORKLIFT", date(2026, 3, 1)),)))
    with house.refused("no_skill", skill="FORKLIFT"):
        house.do(open_pick, pick, "PIA")
    house.keep(replace(pia, skills=(SkillHeld("FORKLIFT", date(2026, 3, 2)),)))
    house.do(open_pick, pick, "PIA")

    head = house.one(SiteHead, 1)
    assert head is not None
    house.keep(replace(head, work_types={"pick": ("COLD",)}))
    with house.refused("no_skill", skill="COLD"):
        house.do(open_pick, pick, "PIA")
    house.set(skill_check="warning_shown")
    house.do(open_pick, pick, "PIA")


def test_a_pick_that_does_not_exist_is_unknown(house: Warehouse) -> None:
    with house.refused("unknown", code="PICK9"):
        house.do(open_pick, "PICK9", "PIA")
