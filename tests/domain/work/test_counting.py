"""Counting by journal up to the supervisor: lines, figures, recounts, finish (counting.md 2-5, 7, 11, 18, 38-41)."""

from decimal import Decimal

import pytest

from domain.items.card import Variant
from domain.site import BinContent, CountingRules, Location, Tolerance
from domain.values import plain
from domain.work.count_expectation import OpenCount
from domain.work.counting import (
    NothingMore,
    close_empty_count,
    count_blind,
    count_lines,
    count_rest_as_zero,
    enter_count,
    open_count,
    reopen_count,
    take_count,
)
from domain.work.documents import Claim, CountJournal, CountLine
from tests.domain.notation import EAST, ROAD, SILVER, WHITE, Warehouse, counted

PASSED_ON = ("not_expected",)


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal(2))
    house.item("LOTS", tracking="LOT")
    house.item("PIECES", tracking="SERIAL")


def lines(house: Warehouse, journal: str) -> list[CountLine]:
    return house.ask(lambda books: count_lines(books, journal))


def told(house: Warehouse, journal: str) -> list[str]:
    """Return the lines in the notation, `?` where one is not counted."""
    figures = [(one, "?" if one.qty_counted is None else plain(one.qty_counted)) for one in lines(house, journal)]
    return [" ".join(filter(None, [one.bin, one.item, one.lot, one.serial, figure])) for one, figure in figures]


def blind(house: Warehouse, journal: str, text: str, **told: object) -> CountLine:
    """Count as the floor does."""
    return house.do(count_blind, counted(journal, text), "PIA", **told)


def tolerate(house: Warehouse, **tolerance: str) -> None:
    house.set(counting=CountingRules("none", Tolerance(**{part: Decimal(size) for part, size in tolerance.items()})))


def test_counting_2_a_bin_has_a_line_for_each_item_and_number_in_it(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3", "W-01 LOTS lot L2 4", "W-01 PIECES serial S1 1", "W-02 1000 9")

    journal = house.open_count("W-01")

    assert told(house, journal) == ["W-01 1000 ?", "W-01 LOTS L1 ?", "W-01 LOTS L2 ?", "W-01 PIECES S1 ?"]


def test_counting_2_a_location_without_bins_has_a_line_for_each_item_and_number(house: Warehouse) -> None:
    house.stock(
        "EAST 1000 5", "EAST LOTS lot L1 3", "EAST PIECES serial S1 1", "EAST PIECES serial S2 1", "W-01 1000 9"
    )

    journal = house.open_count(EAST)

    assert told(house, journal) == ["1000 ?", "LOTS L1 ?", "PIECES S1 ?", "PIECES S2 ?"]


def test_counting_2_the_lot_of_a_serial_stands_on_its_line(house: Warehouse) -> None:
    house.item("BOTH", tracking="LOT_SERIAL")
    house.stock("EAST BOTH lot L1 serial S1 1", "EAST BOTH lot L2 serial S2 1", "W-01 BOTH lot L1 serial S3 1")

    assert told(house, house.open_count(EAST)) == ["BOTH L1 S1 ?", "BOTH L2 S2 ?"]
    assert told(house, house.open_count("W-01")) == ["W-01 BOTH L1 S3 ?"]


def test_counting_2_what_is_not_there_has_a_line_only_when_it_is_asked_for(house: Warehouse) -> None:
    house.stock("EAST LOTS lot L1 3")

    journal = house.open_count(EAST, zero_stock=True, items=("1000", "LOTS"))

    assert told(house, journal) == ["LOTS L1 ?", "1000 ?"]


def test_counting_2_in_bins_it_is_what_the_bins_content_names(house: Warehouse) -> None:
    house.keep(BinContent(SILVER, "W-01", "1000", "", "PCS", fixed=True))

    assert told(house, house.open_count(SILVER, bins=("W-01", "W-02"))) == []
    assert told(house, house.open_count(SILVER, bins=("W-01", "W-02"), zero_stock=True)) == ["W-01 1000 ?"]


def test_counting_12_a_count_may_be_narrowed_to_some_items_or_bins(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5", "W-02 LOTS lot L1 3", "W-03 1000 5")

    assert told(house, house.open_count(SILVER, items=("LOTS",))) == ["W-02 LOTS L1 ?"]
    assert told(house, house.open_count(SILVER, bins=("W-01", "W-03"))) == ["W-01 1000 ?", "W-03 1000 ?"]


def test_counting_3_blocked_items_and_variants_are_skipped(house: Warehouse) -> None:
    house.variant("1000", "RED")
    house.stock("W-01 LOTS lot L1 3", "W-01 1000 2", "W-01 1000 variant RED 2")
    house.item("LOTS", tracking="LOT", blocked=True)
    house.keep(Variant("1000", "RED", blocked=True))

    assert told(house, house.open_count("W-01")) == ["W-01 1000 ?"]


@pytest.mark.parametrize(
    ("location", "code", "facts"),
    [
        (ROAD, "transit_only", {"location": ROAD}),
        (WHITE, "use_warehouse", {"location": WHITE, "what": "warehouse count"}),
        ("NORTH", "unknown", {"code": "NORTH", "prompt": "location"}),
    ],
)
def test_counting_a_location_that_is_not_counted_by_journal_is_refused(
    house: Warehouse, location: str, code: str, facts: dict[str, str]
) -> None:
    house.locations("PIA", "*")

    with house.refused(code, **facts):
        house.open_count(location)


@pytest.mark.parametrize("bin", ["W-77", "X"])
def test_a_bin_that_is_not_there_is_not_counted(house: Warehouse, bin: str) -> None:
    with house.refused("bin_elsewhere", bin=bin, location=SILVER):
        house.do(open_count, OpenCount(SILVER, bin), "PIA")


def test_counting_5_a_bin_under_count_gives_the_same_journal_again(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 5")

    assert house.open_count("W-01") == journal
    assert told(house, journal) == ["W-01 1000 5"]


def test_decision_3_a_bin_whose_count_waits_to_be_posted_is_not_counted_again(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 3")
    house.finish(journal)

    with house.refused("order_finished", document=journal):
        house.open_count("W-01")


def test_decision_2_a_keyed_0_is_a_count(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")

    house.count(journal, "W-01 1000 0")

    assert told(house, journal) == ["W-01 1000 0"]


def test_a_figure_may_be_keyed_in_a_larger_unit(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")

    house.count(journal, "W-01 1000 2 BOX")

    assert told(house, journal) == ["W-01 1000 12"]


def test_a_figure_below_zero_is_refused(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")

    with house.refused("bad_qty", max=99999):
        house.count(journal, "W-01 1000 -1")


@pytest.mark.parametrize(("item", "what"), [("LOTS", "lot"), ("PIECES", "serial")])
def test_counting_11_a_number_the_item_needs_is_asked_for(house: Warehouse, item: str, what: str) -> None:
    journal = house.open_count("W-01")

    with house.refused("missing", what=what):
        house.count(journal, f"W-01 {item} 1")


def test_counting_11_a_serial_counts_0_or_1(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1")
    journal = house.open_count("W-01")

    for qty in ("2", "0.5"):
        with house.refused("bad_qty", serial="S1"):
            house.count(journal, f"W-01 PIECES serial S1 {qty}")


def test_counting_18_a_serial_counted_in_one_bin_is_not_counted_in_another(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1")
    journal = house.open_count(SILVER, bins=("W-01", "W-02"))
    house.count(journal, "W-01 PIECES serial S1 1")

    with house.refused("serial_counted", serial="S1"):
        house.count(journal, "W-02 PIECES serial s1 1")


def test_counting_18_a_serial_in_both_bins_of_the_list_is_counted_in_one_of_them_only(house: Warehouse) -> None:
    journal = house.open_count(SILVER, bins=("W-01", "W-02"))
    house.count(journal, "W-01 PIECES serial S1 0", "W-02 PIECES serial S1 1")

    with house.refused("serial_counted", serial="S1"):
        house.count(journal, "W-01 PIECES serial S1 1")


def test_counting_18_a_serial_that_is_0_here_and_1_there_was_moved(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1")
    journal = house.open_count(SILVER, bins=("W-01", "W-02"))

    house.count(journal, "W-01 PIECES serial S1 0", "W-02 PIECES serial S1 1")

    assert told(house, journal) == ["W-01 PIECES S1 0", "W-02 PIECES S1 1"]


def test_an_item_that_is_not_on_the_list_is_asked_about_and_then_added_with_expectation_0(house: Warehouse) -> None:
    journal = house.open_count("W-01")

    with house.refused("not_expected", item="1000", document=journal):
        house.count(journal, "W-01 1000 3", yes=())
    house.count(journal, "W-01 1000 3")

    (line,) = lines(house, journal)
    assert (line.listed, line.qty_calculated, line.qty_counted) == (False, 0, 3)


def test_an_added_line_takes_the_bin_of_the_journal(house: Warehouse) -> None:
    journal = house.open_count("W-01")

    house.do(enter_count, counted(journal, "EAST 1000 3"), "PIA", yes=PASSED_ON)

    assert told(house, journal) == ["W-01 1000 3"]


def test_decision_4_a_number_is_found_on_the_list_however_it_is_spelled(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot Ab1 3")
    journal = house.open_count("W-01")

    house.count(journal, "W-01 LOTS lot aB1 3", yes=())

    assert told(house, journal) == ["W-01 LOTS Ab1 3"]


def test_decision_4_a_number_that_is_new_is_one_line_however_it_is_spelled(house: Warehouse) -> None:
    journal = house.open_count("W-01")

    house.count(journal, "W-01 LOTS lot L1 3", "W-01 LOTS lot l1 4")

    assert told(house, journal) == ["W-01 LOTS L1 4"]


def test_itm_50_a_blocked_item_is_not_added_to_a_count(house: Warehouse) -> None:
    journal = house.open_count("W-01")
    house.item("1000", blocked=True)

    with house.refused("blocked", what="item", code="1000"):
        house.count(journal, "W-01 1000 3")


def test_counting_9_a_figure_is_compared_with_what_stood_there_when_it_was_taken(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    house.pass_time(minutes=5)
    house.adjust("W-01 1000 -2")
    house.pass_time(minutes=5)

    house.count(journal, "W-01 1000 3")

    (line,) = lines(house, journal)
    assert (line.qty_calculated, line.qty_counted, line.counted_at, line.counted_by) == (3, 3, house.now, "PIA")


def test_counting_40_a_first_figure_as_expected_needs_no_recount(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")

    line = blind(house, journal, "W-01 1000 5")

    assert (line.qty_counted, line.review) == (5, False)


@pytest.mark.parametrize(
    ("tolerance", "inside", "outside"),
    [
        ({}, "100", "100.00001"),
        ({"qty": "3"}, "103", "96.99999"),
        ({"pct": "2"}, "98", "102.00001"),
        ({"value": "10"}, "95", "105.00001"),
        ({"qty": "5", "pct": "2"}, "102", "103"),
        ({"qty": "5", "value": "4"}, "98", "97"),
        ({"qty": "0"}, "100", "99"),
    ],
)
def test_counting_40_every_tolerance_given_must_hold_and_none_is_0(
    house: Warehouse, tolerance: dict[str, str], inside: str, outside: str
) -> None:
    house.stock("W-01 1000 100", at="2")
    tolerate(house, **tolerance)
    journal = house.open_count("W-01")

    assert blind(house, journal, f"W-01 1000 {outside}").qty_counted is None
    assert blind(house, journal, f"W-01 1000 {inside}").qty_counted == Decimal(inside)


def test_counting_40_a_recount_equal_to_the_first_is_accepted(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    blind(house, journal, "W-01 1000 9")

    line = blind(house, journal, "W-01 1000 9")

    assert (line.qty_counted, line.first_count, line.review) == (9, 9, False)


def test_counting_40_else_a_third_is_taken_as_it_is_and_marked_for_the_supervisor(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    blind(house, journal, "W-01 1000 9")
    second = blind(house, journal, "W-01 1000 8")

    third = blind(house, journal, "W-01 1000 7")

    assert second.qty_counted is None
    assert (third.qty_counted, third.review) == (7, True)


def test_counting_40_a_third_figure_inside_the_tolerance_is_not_marked(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    blind(house, journal, "W-01 1000 9")
    blind(house, journal, "W-01 1000 8")

    third = blind(house, journal, "W-01 1000 5")

    assert (third.qty_counted, third.review) == (5, False)


def test_counting_40_an_added_line_has_expectation_0(house: Warehouse) -> None:
    journal = house.open_count("W-01")

    assert blind(house, journal, "W-01 1000 3", yes=PASSED_ON).qty_counted is None
    assert blind(house, journal, "W-01 1000 3", yes=PASSED_ON).qty_counted == 3


def test_a_new_figure_for_a_counted_line_starts_over(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    blind(house, journal, "W-01 1000 5")

    assert blind(house, journal, "W-01 1000 6").qty_counted is None
    assert blind(house, journal, "W-01 1000 6").qty_counted == 6


def test_bin_empty_counts_what_is_left_as_0_and_leaves_what_is_counted(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 5")

    house.do(count_rest_as_zero, NothingMore(journal), "PIA")

    assert told(house, journal) == ["W-01 1000 5", "W-01 LOTS L1 0", "W-01 PIECES S1 0"]


def test_no_more_of_an_item_leaves_the_others_open(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 PIECES serial S1 1", "W-01 PIECES serial S2 1")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 PIECES serial S1 1")

    house.do(count_rest_as_zero, NothingMore(journal, "W-01", "PIECES"), "PIA")

    assert told(house, journal) == ["W-01 1000 ?", "W-01 PIECES S1 1", "W-01 PIECES S2 0"]


def test_an_empty_bin_says_nothing_of_the_other_bins_of_the_count(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5")
    journal = house.open_count(SILVER, bins=("W-01", "W-02"))

    house.do(count_rest_as_zero, NothingMore(journal, "W-02"), "PIA")

    assert told(house, journal) == ["W-01 1000 ?", "W-02 1000 0"]


def test_counting_40_an_empty_bin_does_not_replace_a_figure_that_is_to_be_counted_again(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3")
    journal = house.open_count("W-01")
    blind(house, journal, "W-01 1000 4")

    doubted = house.do(count_rest_as_zero, NothingMore(journal), "PIA")

    assert [line.item for line in doubted] == ["1000"]
    assert told(house, journal) == ["W-01 1000 ?", "W-01 LOTS L1 0"]


def test_finishing_is_refused_while_a_line_is_blank(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 5")

    with house.refused("open_lines", n=1):
        house.finish(journal)


def test_finishing_is_refused_without_any_line(house: Warehouse) -> None:
    journal = house.open_count("W-01")

    with house.refused("nothing_handled", variant="count"):
        house.finish(journal)


def test_a_finished_count_takes_no_more_figures(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 5")
    house.finish(journal)

    with house.refused("order_finished", document=journal):
        house.count(journal, "W-01 1000 4")
    with house.refused("order_finished", document=journal):
        house.do(take_count, journal, "PIA")


def test_a_supervisor_sends_a_finished_count_back(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 5")
    house.finish(journal)

    house.do(reopen_count, journal, "SUE")
    house.count(journal, "W-01 1000 4")

    assert told(house, journal) == ["W-01 1000 4"]


def test_only_a_finished_count_is_sent_back(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")

    with house.refused("recording_open", n=journal):
        house.do(reopen_count, journal, "SUE")
    house.count(journal, "W-01 1000 5")
    house.post_count(journal)
    with house.refused("done", operator="SUE"):
        house.do(reopen_count, journal, "SUE")


def test_an_empty_count_is_dropped_without_proof(house: Warehouse) -> None:
    journal = house.open_count("W-01")

    house.do(close_empty_count, journal, "PIA")

    assert house.one(CountJournal, journal) is None
    assert house.one(Claim, journal) is None


def test_a_count_that_does_not_exist_is_refused(house: Warehouse) -> None:
    with house.refused("unknown", code="C9", prompt="document"):
        house.do(take_count, "C9", "PIA")


def test_the_location_of_a_count_must_be_ones_own(house: Warehouse) -> None:
    journal = house.open_count("W-01")
    house.locations("PIA", EAST)

    with house.refused("not_your_location", location=SILVER):
        house.do(take_count, journal, "PIA")


def test_an_unknown_item_is_refused(house: Warehouse) -> None:
    journal = house.open_count("W-01")

    with house.refused("unknown", code="2000", prompt="item"):
        house.count(journal, "W-01 2000 1")


def test_a_location_that_became_directed_is_not_counted_on(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    house.keep(Location(SILVER, bin_mandatory=True, directed=True))

    with house.refused("use_warehouse", location=SILVER):
        house.count(journal, "W-01 1000 5")


@pytest.mark.parametrize("is_finished", [False, True])
def test_decision_3_goods_counted_in_one_journal_are_not_counted_in_another_that_waits(
    house: Warehouse, is_finished: bool
) -> None:
    house.stock("W-01 1000 5")
    first, second = house.open_count("W-01"), house.open_count(SILVER)
    house.count(first, "W-01 1000 4")
    if is_finished:
        house.finish(first)

    with house.refused("count_twice", item="1000", bin="W-01", document=first):
        house.count(second, "W-01 1000 4")
    with house.refused("count_twice", item="1000", bin="W-01", document=first):
        house.do(count_rest_as_zero, NothingMore(second, "W-01"), "PIA")


def test_decision_3_once_the_first_is_posted_the_second_counts_what_is_left(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    first, second = house.open_count("W-01"), house.open_count(SILVER)
    house.count(first, "W-01 1000 4")
    house.post_count(first)

    house.count(second, "W-01 1000 4")
    house.post_count(second)

    assert house.lying() == ["W-01 1000 4"]


def test_counting_5_a_location_without_bins_under_count_gives_the_same_journal_again(house: Warehouse) -> None:
    house.stock("EAST 1000 5")

    assert house.open_count(EAST) == house.open_count(EAST)
