"""Other bins for pick lines, splits, and the bin to be counted (picking.md 27, 28, 31)."""

from decimal import Decimal

import pytest

from domain.site import Bin, FlowBins, Location
from domain.work.activities import Activity, ActivityLine
from domain.work.documents import Claim, CountJournal
from domain.work.pick_places import (
    ChangeBin,
    CountBin,
    SplitLine,
    StandAt,
    change_bin,
    count_bin,
    free_in_bin,
    split_line,
    stand_at,
)
from tests.domain.notation import EAST, SILVER, Warehouse
from tests.domain.work.picks import STEP, lines, make_pick, ordered, picked, rows, take


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    for no, tracking in (("1000", ""), ("LOTS", "LOT")):
        house.item(no, tracking=tracking)


def change(house: Warehouse, pick: str, line: int, bin: str) -> ActivityLine:
    return house.do(change_bin, ChangeBin(pick, line * STEP, bin), "PIA")


def split(house: Warehouse, pick: str, line_no: int, qty: str | int, bin: str = "") -> ActivityLine:
    return house.do(split_line, SplitLine(pick, line_no, Decimal(qty), bin), "PIA")


def test_picking_27_another_bin_takes_the_line(house: Warehouse) -> None:
    house.stock("W-01 1000 10", "W-02 1000 8")
    house.keep(Bin(SILVER, "W-02", ranking=7))
    pick = picked(house, "1000 6")

    free = house.do(free_in_bin, ChangeBin(pick, STEP, "W-02"), "PIA")
    line = change(house, pick, 1, "W-02")

    assert (free, line.bin_ranking) == (8, 7)
    assert lines(house, pick) == ["W-02 1000 6"]


def test_picking_27_a_bin_that_has_less_takes_that_and_the_rest_keeps_the_old_one(house: Warehouse) -> None:
    house.stock("W-01 1000 10", "W-02 1000 2")
    pick = picked(house, "1000 6")

    line = change(house, pick, 1, "W-02")

    assert (line.line_no, lines(house, pick)) == (2 * STEP, ["W-01 1000 4", "W-02 1000 2"])


def test_picking_27_what_was_taken_from_the_old_bin_stays_its_own(house: Warehouse) -> None:
    house.stock("W-01 1000 10", "W-02 1000 8")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 4)

    change(house, pick, 1, "W-02")

    assert lines(house, pick) == ["W-01 1000 4 took 4", "W-02 1000 2"]
    with house.refused("too_many", qty=0):
        change(house, pick, 1, "W-03")


def test_picking_27_a_bin_with_nothing_free_is_refused(house: Warehouse) -> None:
    house.stock("W-01 1000 6", "W-02 1000 2")
    pick = picked(house, "1000 6")
    picked(house, "1000 2")

    with house.refused("not_enough", qty=0, short=6):
        change(house, pick, 1, "W-02")


def test_picking_27_the_bin_must_hold_the_number_of_the_line(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 6", "W-02 LOTS lot L2 9", "W-03 LOTS lot L1 9")
    pick = picked(house, "LOTS lot L1 6")

    with house.refused("not_enough", qty=0):
        change(house, pick, 1, "W-02")
    change(house, pick, 1, "W-03")

    assert lines(house, pick) == ["W-03 LOTS lot L1 6"]


def test_picking_27_only_a_bin_that_picks_may_take_from(house: Warehouse) -> None:
    house.stock("W-01 1000 6", "W-02 1000 6", "W-03 1000 6", "W-04 1000 6")
    pick = picked(house, "1000 6")
    house.keep(Bin(SILVER, "W-02", dedicated=True), Bin(SILVER, "W-03", block="outbound"))
    house.keep(Location(SILVER, bin_mandatory=True, bins=FlowBins(shipment="W-04")))

    for bin, code in (
        ("W-01", "same_bin"),
        ("W-02", "bin_dedicated"),
        ("W-03", "bin_blocked"),
        ("W-04", "only_nonpick"),
        ("W-99", "bin_elsewhere"),
    ):
        with house.refused(code):
            change(house, pick, 1, bin)


def test_a_location_without_bins_has_no_other_bin(house: Warehouse) -> None:
    house.stock("EAST 1000 6")
    pick = picked(house, "1000 6", at=EAST)

    with house.refused("no_bins", location=EAST):
        house.do(change_bin, ChangeBin(pick, STEP, "W-01"), "PIA", location=EAST)


def test_a_line_that_had_no_bin_gets_one(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, always_create_pick_line=True))
    pick = picked(house, "1000 6")
    house.stock("W-02 1000 9")

    change(house, pick, 1, "W-02")
    take(house, pick, 1, 6)

    assert lines(house, pick) == ["W-02 1000 6 took 6"]


def test_picking_28_a_split_keeps_item_bin_and_number(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 9")
    pick = picked(house, "LOTS lot L1 6")

    new = split(house, pick, STEP, 4)

    assert (new.line_no, new.is_number_fixed) == (2 * STEP, True)
    assert lines(house, pick) == ["W-01 LOTS lot L1 4", "W-01 LOTS lot L1 2"]


def test_picking_28_the_new_line_may_go_to_a_bin_that_has_enough(house: Warehouse) -> None:
    house.stock("W-01 1000 9", "W-02 1000 2")
    pick = picked(house, "1000 6")

    with house.refused("not_enough", qty=2, short=1):
        split(house, pick, STEP, 3, "W-02")
    split(house, pick, STEP, 4, "W-02")

    assert lines(house, pick) == ["W-01 1000 4", "W-02 1000 2"]


@pytest.mark.parametrize("qty", ["0", "6", "7", "1"])
def test_picking_28_a_split_leaves_something_on_either_side_and_what_was_taken(house: Warehouse, qty: str) -> None:
    house.stock("W-01 1000 9")
    pick = picked(house, "1000 6")
    take(house, pick, 1, 2)

    with house.refused("bad_qty"):
        split(house, pick, STEP, qty)


def test_picking_28_a_new_line_comes_between_its_line_and_the_next(house: Warehouse) -> None:
    house.stock("EAST 1000 26")
    pick = picked(house, "1000 5", "1000 6", at=EAST)

    house.do(split_line, SplitLine(pick, STEP, Decimal(4)), "PIA", location=EAST)

    assert [(row.line_no, row.qty) for row in rows(house, pick)] == [(10000, 4), (15000, 1), (20000, 6)]


def test_picking_28_lines_are_spaced_anew_where_no_number_is_free(house: Warehouse) -> None:
    house.stock("W-01 1000 99")
    pick = picked(house, "1000 40", "1000 1")
    for _ in range(13):
        split(house, pick, STEP, rows(house, pick)[0].qty - 1)
    before = [row.line_no for row in rows(house, pick)]

    split(house, pick, STEP, rows(house, pick)[0].qty - 1)

    after = [row.line_no for row in rows(house, pick)]
    assert before[:2] == [10000, 10001]
    assert after == [10000, 15000, *range(20000, 20000 + 10000 * 14, 10000)]
    assert sum(row.qty for row in rows(house, pick)) == 41


def test_picking_31_the_bin_of_a_short_line_is_counted_for_its_item_by_whoever_comes(house: Warehouse) -> None:
    house.stock("W-01 1000 9", "W-01 LOTS lot L1 9")
    pick = picked(house, "1000 6")

    journal = house.do(count_bin, CountBin(pick, STEP), "PIA")

    assert journal is not None
    assert (journal.bin, house.one(Claim, journal.no)) == ("W-01", None)
    assert house.do(count_bin, CountBin(pick, STEP), "PIA") is None
    assert len(house.rows(CountJournal)) == 1


def test_the_bin_a_picker_stands_at_is_kept_on_the_pick(house: Warehouse) -> None:
    house.stock("W-01 1000 9")
    pick = picked(house, "1000 6")

    house.do(stand_at, StandAt(pick, "W-01"), "PIA")

    kept = house.one(Activity, pick)
    assert kept is not None
    assert kept.stands_at == "W-01"


def test_counting_38_a_bin_that_is_counted_asks_whoever_comes_to_pick(house: Warehouse) -> None:
    house.stock("W-01 1000 9", "W-02 1000 9")
    pick = picked(house, "1000 6")
    house.open_count("W-01", by="ANNA")
    house.open_count("W-02", by="ANNA")
    house.freeze("warn")

    with house.refused("bin_in_count", bin="W-01"):
        house.do(stand_at, StandAt(pick, "W-01"), "PIA")
    with house.refused("bin_in_count", bin="W-02"):
        change(house, pick, 1, "W-02")
    house.do(stand_at, StandAt(pick, "W-01"), "PIA", yes=("bin_in_count",))

    house.freeze("refuse")
    with house.refused("bin_in_count", freeze="refuse"):
        house.do(stand_at, StandAt(pick, "W-01"), "PIA", yes=("bin_in_count",))


def test_two_picks_never_hold_more_than_lies_there_whatever_bin_they_change_to(house: Warehouse) -> None:
    house.stock("W-01 1000 6", "W-02 1000 6")
    first = picked(house, "1000 6")
    second = make_pick(house, ordered(house, "1000 6"))

    with house.refused("not_enough", qty=0):
        change(house, first, 1, "W-02")
    assert lines(house, second) == ["W-02 1000 6"]
