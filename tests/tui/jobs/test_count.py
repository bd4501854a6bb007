"""Counting at a terminal: blind, by keys and by scans, recount, finish (floor-flows.md, Count; counting.md 40, 41)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.items.card import Identifier
from domain.site import TrackingCode
from domain.work.count_expectation import OpenCount
from domain.work.counting import open_count
from domain.work.documents import CountJournal, CountLine
from tests.domain.notation import EAST, SILVER
from tests.tui.session.hand import Floor, Hand
from tui.jobs.view import Message


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """PIA counting W-01, where 5 of 1000, 3 of lot L1 and the serial S1 are expected."""
    hand = floor.at_work("PIA")
    hand.types("6")
    hand.scans("W-01")
    assert (hand.prompt, hand.view.document, hand.view.progress) == ("count item", "C1", "0/3")
    return hand


def figures(floor: Floor) -> dict[str, Decimal | None]:
    return {line.lot or line.serial or line.item: line.qty_counted for line in floor.house.rows(CountLine)}


def dated_lots(floor: Floor) -> None:
    floor.house.keep(TrackingCode("DATED", lot_specific=True, use_expiration=True, require_expiration_entry=True))
    floor.house.item("MILK", tracking="DATED")


def count_all(hand: Hand) -> None:
    hand.types("1000", "5", "LOTS", "L1", "3", "PIECES", "S1")


def test_the_whole_flow_by_keys_alone(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "5", "LOTS", "L1", "3", "PIECES", "S1")
    hand.presses("ok", "done")
    assert (hand.prompt, hand.body) == ("count summary", ["body.finish_count"])
    hand.presses("ok")

    assert (hand.prompt, hand.told, hand.view.outcome) == ("count document", "finished", "finished")
    assert figures(floor) == {"1000": 5, "L1": 3, "S1": 1}
    journal = floor.house.one(CountJournal, "C1")
    assert journal is not None
    assert (journal.status, journal.finished_by) == ("finished", "PIA")
    assert len(floor.house.proofs()) == 0


def test_by_scans_with_only_enter_and_digits_between_them(floor: Floor, hand: Hand) -> None:
    hand.scans("1000", *["1000"] * 5)
    assert hand.view.counted == 5
    hand.scans("LOTS", "L1", *["L:L1"] * 3, "PIECES", "S1", "%%DONE")
    assert hand.prompt == "count summary"
    hand.presses("ok")

    assert (hand.told, figures(floor)) == ("finished", {"1000": 5, "L1": 3, "S1": 1})


def test_decision_2_counting_is_blind(hand: Hand) -> None:
    hand.scans("1000")

    assert (hand.view.want, hand.view.field) == ({"qty": None}, None)
    assert [set(line) for line in hand.view.lines] == [
        {"item", "variant", "bin", "lot", "serial", "qty_counted", "uom"}
    ] * 3
    assert "5" not in str(hand.view.body)


def test_decision_58_enter_on_an_empty_figure_is_refused(hand: Hand) -> None:
    hand.scans("1000")

    hand.presses("ok")

    assert hand.view.error == Message("missing", {"what": "qty"})


def test_a_recount_that_is_due_is_told_again_after_a_refusal(hand: Hand) -> None:
    hand.types("1000", "4")

    hand.presses("ok")
    assert (hand.refused, hand.told, hand.view.commands) == ("missing", "", ())
    hand.presses("ok")

    assert (hand.refused, hand.told) == ("", "recount")


def test_only_keys_that_do_something_are_named(hand: Hand) -> None:
    named = [hand.view.commands]
    hand.presses("menu")
    named.append(hand.view.commands)
    hand.presses("back", "short")
    hand.types("1")
    hand.presses("done")
    named.append(hand.view.commands)

    assert named == [("done", "short", "menu", "next", "find", "back"), ("back",), ("ok", "back")]


def test_enter_chooses_nothing_from_a_list(hand: Hand) -> None:
    hand.presses("menu", "ok")

    assert hand.refused == "key_not_here"


def test_decision_2_a_typed_0_is_a_count(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "0", "0")

    assert figures(floor)["1000"] == 0


def test_decision_59_a_first_figure_off_asks_for_a_recount_and_never_says_why(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "4")

    assert (hand.prompt, hand.view.message) == ("count qty", Message("recount"))
    assert figures(floor)["1000"] is None


@pytest.mark.parametrize(("second", "told"), [("4", "counted"), ("5", "counted"), ("6", "recount")])
def test_decision_59_the_same_again_or_the_right_one_is_accepted(
    floor: Floor, hand: Hand, second: str, told: str
) -> None:
    hand.types("1000", "4", second)

    assert hand.told == told
    assert figures(floor)["1000"] == (None if told == "recount" else Decimal(second))


def test_decision_59_a_third_is_taken_and_marked(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "4", "6", "7")

    (line,) = [line for line in floor.house.rows(CountLine) if line.item == "1000"]
    assert (hand.told, line.qty_counted, line.review) == ("counted", 7, True)


def test_a_recount_does_not_propose_what_the_label_said_again(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("04006381333931", "LOTS"))
    hand.scans("]C1010400638133393110L1\x1d3050")
    assert hand.view.field == "50"
    hand.presses("ok")
    assert (hand.told, hand.view.field) == ("recount", None)

    hand.presses("ok")

    assert (hand.refused, figures(floor)["L1"]) == ("missing", None)


def test_another_item_scanned_ends_the_one_before(floor: Floor, hand: Hand) -> None:
    hand.scans("1000", *["1000"] * 5, "LOTS")

    assert (hand.prompt, hand.told, figures(floor)["1000"]) == ("count lot", "counted", 5)


def test_a_recount_that_is_due_comes_before_the_other_item(hand: Hand) -> None:
    hand.scans("1000", *["1000"] * 4, "LOTS")

    assert (hand.prompt, hand.told, hand.view.got["item"]) == ("count qty", "recount", "1000")


def test_the_same_item_again_asks_whether_to_add_or_to_replace(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "5", "1000", "2")
    assert hand.asked == "add_or_replace"
    hand.presses("ok")
    assert hand.view.message == Message("recount", {"item": "1000"})
    hand.types("7")

    assert (hand.told, figures(floor)["1000"]) == ("counted", 7)


def test_8_replaces_it(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "5", "1000", "4")

    hand.types("8", "4")
    hand.types("8")

    assert figures(floor)["1000"] == 4


def test_esc_leaves_the_figure_as_it_was(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "5", "1000", "4")

    hand.presses("back")

    assert (hand.prompt, hand.asked, figures(floor)["1000"]) == ("count qty", "", 5)


def test_an_item_that_is_not_on_the_list_is_added_after_an_enter(floor: Floor, hand: Hand) -> None:
    hand.scans("1001")
    hand.types("2")
    assert (hand.asked, hand.view.body[0].facts) == ("not_expected", {"item": "1001", "document": "C1"})
    hand.presses("ok")
    assert hand.told == "recount"
    hand.types("2")

    assert (hand.told, figures(floor)["1001"], hand.view.progress) == ("counted", 2, "1/4")


def test_a_serial_counts_one_at_once_and_the_next_is_asked(floor: Floor, hand: Hand) -> None:
    hand.scans("PIECES", "S1")
    assert (hand.prompt, hand.view.message) == ("count serial", Message("counted_serial", {"serial": "S1", "n": 1}))
    hand.scans("S2")
    hand.presses("ok")

    assert (hand.prompt, hand.view.counted) == ("count serial", 2)
    assert figures(floor)["S2"] == 1


def test_the_serial_of_the_reading_that_is_chosen_is_counted(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("04006381333931", "PIECES"))
    hand.scans("PIECES", "010400638133393121AB10X")
    assert hand.asked == "choice"

    hand.types("1")
    assert hand.asked == "not_expected"
    hand.presses("ok")

    assert (hand.prompt, hand.told, figures(floor)["AB10X"]) == ("count serial", "counted_serial", 1)


def test_a_serial_twice_is_refused(hand: Hand) -> None:
    hand.scans("PIECES", "S1", "S1")

    assert (hand.prompt, hand.refused) == ("count serial", "duplicate")


def test_a_serial_counted_in_another_bin_of_the_count_is_refused(floor: Floor) -> None:
    floor.house.open_count(SILVER)
    hand = floor.at_work("PIA")
    hand.scans("C1", "W-01", "PIECES", "S1")

    hand.scans("%%BACK", "W-02", "PIECES", "S1")

    assert hand.refused == "serial_counted"


def test_another_item_ends_a_row_of_serials(hand: Hand) -> None:
    hand.scans("PIECES", "S1", "I:1000")

    assert (hand.prompt, hand.view.got["item"]) == ("count qty", "1000")


def test_a_new_lot_is_asked_for_its_date_where_the_code_requires_one(floor: Floor, hand: Hand) -> None:
    dated_lots(floor)

    hand.scans("MILK", "L9")
    assert hand.prompt == "count expiry"
    hand.types("0527", "2")
    hand.presses("ok")
    hand.types("2")
    hand.presses("ok")

    assert figures(floor)["L9"] == 2


def test_esc_after_a_date_asks_it_again(floor: Floor, hand: Hand) -> None:
    dated_lots(floor)
    hand.types("MILK", "N1", "010127")
    assert hand.prompt == "count qty"

    hand.presses("back")

    assert (hand.prompt, hand.view.got["lot"], hand.view.got["expires"]) == ("count expiry", "N1", None)


def test_esc_after_a_label_takes_its_date_back_with_its_lot(floor: Floor, hand: Hand) -> None:
    dated_lots(floor)
    floor.house.keep(Identifier("04006381333931", "MILK"))
    hand.scans("]C101040063813339311727010110N1")
    assert (hand.prompt, hand.view.got["expires"]) == ("count qty", date(2027, 1, 1))

    hand.presses("back")

    assert (hand.prompt, hand.view.got["item"], hand.view.got["expires"]) == ("count lot", "MILK", None)


def test_done_is_refused_while_lines_are_open(hand: Hand) -> None:
    hand.types("1000", "5")

    hand.presses("done")

    assert (hand.prompt, hand.view.error) == ("count item", Message("open_lines", {"n": 2}))


def test_done_is_refused_while_goods_scanned_have_no_figure(floor: Floor, hand: Hand) -> None:
    count_all(hand)
    hand.presses("ok")
    hand.scans("1001")

    hand.presses("done")

    assert (hand.prompt, hand.view.error) == ("count qty", Message("missing", {"what": "qty"}))
    hand.presses("ok", "back", "done")
    assert hand.prompt == "count summary"


def test_bin_empty_wants_a_1_and_makes_the_rest_0(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "5")
    hand.presses("short")
    assert hand.asked == "empty_ask"
    hand.presses("ok")
    assert figures(floor)["L1"] is None
    hand.presses("short")
    hand.types("1")

    assert figures(floor) == {"1000": 5, "L1": 0, "S1": 0}


def test_a_bin_that_is_empty_as_expected_is_done_at_once(floor: Floor) -> None:
    hand = floor.at_work("PIA")
    hand.types("6")
    hand.scans("W-04")
    hand.presses("short")
    hand.types("1")

    assert (hand.prompt, hand.told, floor.house.rows(CountJournal)) == ("count document", "finished", [])


def test_next_leaves_the_bin_which_comes_back_as_it_was(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "5")

    hand.presses("next")
    assert hand.prompt == "count document"
    hand.scans("W-01")

    assert (hand.view.document, hand.view.progress) == ("C1", "1/3")


def test_a_count_is_taken_up_by_its_number(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "5")
    hand.presses("next")

    hand.scans("C1")

    assert (hand.prompt, hand.view.progress) == ("count item", "1/3")


def test_a_count_scanned_at_the_menu_stands_at_its_first_prompt(floor: Floor) -> None:
    floor.house.open_count("W-02", by="PIA")
    hand = floor.at_work("PIA")

    hand.scans("C1")

    assert (hand.prompt, hand.view.document) == ("count item", "C1")


def test_a_finished_count_is_not_opened_again(floor: Floor, hand: Hand) -> None:
    count_all(hand)
    hand.presses("done", "ok")

    hand.scans("C1")

    assert hand.refused == "order_finished"


def test_another_bin_at_the_item_prompt_goes_on_with_that_bins_count(floor: Floor, hand: Hand) -> None:
    hand.scans("W-02")

    assert (hand.prompt, hand.view.document, hand.view.got["bin"]) == ("count item", "C2", "W-02")
    hand.scans("W-01")
    assert hand.view.document == "C1"


def test_in_a_count_of_several_bins_the_bin_is_asked_and_changed(floor: Floor) -> None:
    floor.house.open_count(SILVER)
    hand = floor.at_work("PIA")
    hand.scans("C1")
    assert hand.prompt == "count bin"

    hand.scans("W-01", "W-02", "1001")
    hand.types("9")

    assert (hand.told, figures(floor)["1001"]) == ("counted", 9)


def test_a_location_without_bins_is_counted_with_an_enter(floor: Floor) -> None:
    floor.house.stock("EAST 1000 4")
    hand = floor.at_work("PIA")
    hand.scans(EAST)
    hand.types("6")
    assert hand.body == ["body.count_location"]
    hand.presses("ok")
    hand.types("1000", "4")
    hand.presses("done", "ok")

    assert hand.told == "finished"


def test_the_menu_lists_lines_not_counted_yet_and_goes_to_one(hand: Hand) -> None:
    hand.types("1000", "5")
    hand.presses("menu")
    assert hand.offered == {"1": "menu.reset_line", "2": "menu.list_lines", "3": "menu.leave"}
    hand.types("2")
    assert [choice.label.facts["item"] for choice in hand.view.choices] == ["LOTS", "PIECES"]
    hand.types("1")

    assert (hand.prompt, hand.view.got["item"]) == ("count lot", "LOTS")


def test_the_menu_resets_the_open_line(hand: Hand) -> None:
    hand.scans("1000", "1000")
    hand.presses("menu")

    hand.types("1")

    assert (hand.prompt, hand.view.counted) == ("count item", None)


@pytest.mark.parametrize("away", ["3", "21"])
def test_pieces_scanned_are_counted_before_the_menu_leads_away(floor: Floor, hand: Hand, away: str) -> None:
    hand.scans("1000", "1000", "1000", "1000", "1000", "1000")
    hand.presses("menu")

    hand.types(*away)

    assert (hand.prompt, hand.told, figures(floor)["1000"]) == ("count item", "counted", 5)


def test_esc_walks_back_to_the_menu_and_the_count_stays(floor: Floor, hand: Hand) -> None:
    hand.types("1000", "5")
    hand.scans("LOTS", "L1", "L1")
    seen = []
    while hand.view.job == "count":
        seen.append(hand.view.prompt)
        hand.presses("back")

    assert seen == ["qty", "qty", "lot", "item", "document"]
    assert figures(floor)["1000"] == 5


def test_counters_do_not_post(floor: Floor, hand: Hand) -> None:
    count_all(hand)
    hand.presses("done", "ok")

    hand.presses("back")
    hand.types("9", "8")

    assert hand.offered == {"1": "my_day.postings", "2": "my_day.drafts"}


def test_a_count_in_use_is_refused_at_the_document_prompt(floor: Floor, hand: Hand) -> None:
    anna = floor.at_work("ANNA", "T2")
    anna.types("6")

    anna.scans("W-01")

    assert anna.view.error == Message("held", {"operator": "PIA", "document": "C1"})


def test_the_key_budget_is_kept(floor: Floor) -> None:
    hand = floor.at_work("PIA")

    hand.types("6")
    hand.scans("W-02", "1001")
    hand.types("9")
    hand.presses("done", "ok")

    assert hand.told == "finished"  # menu, one digit and Enter, F2 and Enter: 1 + n(d + 1) + 2


def test_a_missing_serial_is_said_at_its_items_prompt(floor: Floor, hand: Hand) -> None:
    hand.types("PIECES")
    hand.presses("short")
    assert hand.asked == "empty_item_ask"
    hand.types("1")

    assert (hand.prompt, figures(floor)) == ("count item", {"1000": None, "L1": None, "S1": 0})


def test_a_serial_said_to_be_missing_may_still_turn_up(floor: Floor, hand: Hand) -> None:
    hand.types("PIECES")
    hand.presses("short")
    hand.types("1", "PIECES", "S1")

    assert (hand.told, figures(floor)["S1"]) == ("counted_serial", 1)


def test_numbers_are_not_told_before_they_are_scanned_nor_how_many_there_are(floor: Floor) -> None:
    floor.house.stock("W-04 LOTS lot L8 3", "W-04 LOTS lot L9 3", "W-04 PIECES serial S8 1", "W-04 PIECES serial S9 1")
    hand = floor.at_work("PIA")
    hand.types("6", "W-04", "LOTS", "L8", "2")

    hand.presses("menu")
    hand.types("2")

    lines = [(line["item"], line["lot"] or line["serial"], line["qty_counted"]) for line in hand.view.lines]
    assert lines == [("LOTS", "L8", None), ("LOTS", None, None), ("PIECES", None, None)]
    assert [choice.label.facts["number"] for choice in hand.view.choices] == ["L8", "", ""]


def test_another_variant_scanned_ends_the_one_being_counted(floor: Floor) -> None:
    for variant in ("BLUE", "RED"):
        floor.house.variant("1001", variant)
        floor.house.keep(Identifier(f"1001-{variant}", "1001", variant))
    floor.house.stock("W-04 1001 variant BLUE 2", "W-04 1001 variant RED 1")
    hand = floor.at_work("PIA")
    hand.types("6", "W-04")

    hand.scans("1001-BLUE", "1001-BLUE", "1001-BLUE", "1001-RED")

    assert (hand.prompt, hand.told, hand.view.counted) == ("count qty", "counted", None)
    assert [(line["variant"], line["qty_counted"]) for line in hand.view.lines] == [("BLUE", 2), ("RED", None)]


def test_another_package_scanned_ends_the_one_being_counted(floor: Floor) -> None:
    floor.house.keep(
        TrackingCode("PACK", package_specific=True, package_warehouse=True), Identifier("04006381333931", "PALLET")
    )
    floor.house.item("PALLET", tracking="PACK")
    first, second = ("]C100" + sscc + "02040063813339313710" for sscc in ("106141411234567897", "106141412345678908"))
    hand = floor.at_work("PIA")
    hand.types("6")
    hand.scans("W-03", first, first, second)
    assert hand.asked == "not_expected"
    hand.presses("ok")
    assert hand.told == "recount"

    hand.scans(first, second)

    (line,) = floor.house.rows(CountLine)
    assert (line.package, line.qty_counted) == ("106141411234567897", 10)
    assert (hand.prompt, hand.view.got["package"], hand.view.field) == ("count qty", "106141412345678908", "10")


def test_no_more_of_one_item_does_not_end_the_count_of_a_bin_without_lines(floor: Floor) -> None:
    hand = floor.at_work("PIA")
    hand.types("6", "W-04", "1000")

    hand.presses("short")
    hand.types("1")

    assert (hand.prompt, hand.view.document) == ("count item", "C1")


def test_where_no_bin_is_open_none_is_empty(floor: Floor) -> None:
    floor.house.do(open_count, OpenCount(SILVER, bins=("W-01", "W-02")), "PIA")
    hand = floor.at_work("PIA")
    hand.types("6", "C1")
    assert hand.prompt == "count bin"

    hand.presses("short")

    assert (hand.asked, hand.refused) == ("", "key_not_here")
