"""Moving at a terminal, by keys alone and by scans (floor-flows.md, Move; key budget 1 + n)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.site import Bin, CountingRules, Operator, TrackingCode
from tests.domain.notation import EAST, SILVER
from tests.domain.work.holding import hold
from tests.tui.session.hand import Floor, Hand
from tui.jobs.view import Message


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """ANNA at the first prompt of a move."""
    hand = floor.at_work()
    hand.types("5")
    assert hand.prompt == "move bin"
    return hand


def packages(floor: Floor) -> None:
    """Keep CUPS and TEA in packages."""
    floor.house.keep(TrackingCode("PACK", package_specific=True, package_warehouse=True))
    for item in ("CUPS", "TEA"):
        floor.house.item(item, tracking="PACK")
    floor.house.stock("W-03 CUPS package P1 5", "W-03 TEA package P1 2", "W-03 TEA package P2 9")


def test_the_whole_flow_by_keys_alone(floor: Floor, hand: Hand) -> None:
    seen = []
    for typed in ("W-01", "1000", "4", "W-02"):
        hand.types(typed)
        seen.append(hand.view.prompt)

    assert seen == ["item", "qty", "place", "bin"]
    assert (hand.told, hand.view.outcome) == ("moved", "posted")
    assert hand.view.message is not None
    assert hand.view.message.facts["qty"] == 4
    assert floor.house.lying() == ["W-01 1000 1", "W-02 1000 4"]


def test_the_key_budget_is_one_and_one_a_move(floor: Floor) -> None:
    hand = floor.at_work()

    hand.types("5")
    for item in ("1000", "LOTS"):
        hand.scans("W-01", item)
        hand.presses("ok")
        hand.scans("W-02")

    assert floor.house.lying() + floor.house.lying("LOTS") == ["W-02 1000 5", "W-02 LOTS lot L1 3"]


def test_pieces_are_counted_by_scans_and_the_last_one_fills_the_line(floor: Floor, hand: Hand) -> None:
    hand.scans("B:W-01", "I:1000")
    assert (hand.view.field, hand.view.counted) == ("5", None)
    hand.scans("1000", "1000")
    assert (hand.view.field, hand.view.counted) == ("2", 2)
    hand.types("3*")
    hand.scans("1000")
    assert hand.prompt == "move place"
    hand.scans("W-02")

    assert floor.house.lying() == ["W-02 1000 5"]


def test_what_is_scanned_is_what_enter_takes(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000", "1000", "1000")
    hand.presses("ok")
    hand.scans("W-02")

    assert floor.house.lying() == ["W-01 1000 3", "W-02 1000 2"]


def test_f7_takes_all_that_is_free_whatever_is_counted(floor: Floor, hand: Hand) -> None:
    hold(floor.house, "W-01 1000 1")
    hand.scans("W-01", "1000", "1000")
    hand.presses("full")
    hand.scans("W-02")

    assert floor.house.lying() == ["W-01 1000 1", "W-02 1000 4"]


def test_a_quantity_in_boxes_moves_their_pieces(floor: Floor, hand: Hand) -> None:
    floor.house.stock("W-01 1000 2")
    hand.scans("W-01", "1000")
    hand.types("1 BOX")
    assert hand.view.body[0] == Message("body.change", {"qty": Decimal(1), "uom": "BOX", "item": "1000"})
    hand.scans("W-02")

    assert hand.view.message is not None
    assert hand.view.message.facts["qty"] == 6
    assert floor.house.lying() == ["W-01 1000 1", "W-02 1000 6"]


@pytest.mark.parametrize(
    ("typed", "refused"),
    [("0", "bad_qty"), ("6", "not_enough"), ("99999999", "barcode_at_qty"), ("x", "barcode_at_qty")],
)
def test_a_quantity_that_cannot_move_is_refused(hand: Hand, typed: str, refused: str) -> None:
    hand.scans("W-01", "1000")

    hand.types(typed)

    assert (hand.prompt, hand.refused) == ("move qty", refused)


def test_bins_22_what_a_pick_holds_is_neither_proposed_nor_moved(floor: Floor, hand: Hand) -> None:
    hold(floor.house, "W-01 1000 2")
    hand.scans("W-01", "1000")
    assert hand.view.field == "3"

    hand.types("4")

    assert hand.view.error == Message("not_enough", {"qty": Decimal(3), "n": Decimal(2), "document": "PK1"})


def test_goods_that_a_pick_holds_whole_are_refused_where_they_are_scanned(floor: Floor, hand: Hand) -> None:
    hold(floor.house, "W-01 1000 5")

    hand.scans("W-01", "1000")

    assert (hand.prompt, hand.refused) == ("move item", "not_enough")


def test_the_lot_is_asked_only_where_several_lie_there(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "LOTS")
    assert (hand.prompt, hand.view.got["lot"]) == ("move qty", "L1")
    hand.presses("back", "back")
    floor.house.stock("W-01 LOTS lot L2 4")

    hand.scans("W-01", "LOTS")
    assert hand.prompt == "move lot"
    hand.scans("L9")
    assert hand.view.error == Message("not_here", {"number": "L9", "bin": "W-01"})
    hand.presses("ok")
    hand.scans("L2")

    assert (hand.prompt, hand.view.field) == ("move qty", "4")


def test_a_serial_is_one_piece_and_goes_straight_to_its_bin(floor: Floor, hand: Hand) -> None:
    floor.house.stock("W-01 PIECES serial S2 1")
    hand.scans("W-01", "PIECES", "S1")
    assert hand.prompt == "move place"
    hand.scans("W-02")

    assert floor.house.lying("PIECES") == ["W-01 PIECES serial S2 1", "W-02 PIECES serial S1 1"]


def test_floor_flows_5_one_label_fills_item_lot_and_proposes_its_quantity(floor: Floor, hand: Hand) -> None:
    floor.house.item("LOTS", tracking="LOT", gtin="04006381333931")
    floor.house.stock("W-01 LOTS lot L2 4")
    hand.scans("W-01", "]C1010400638133393110L2\x1d302")

    assert (hand.prompt, hand.view.field, hand.view.got["lot"]) == ("move qty", "2", "L2")


@pytest.mark.parametrize(("scan", "number"), [("1001", "1001"), ("L:L1", "L1"), ("S:S1", "S1")])
def test_what_does_not_lie_in_the_bin_is_refused(hand: Hand, scan: str, number: str) -> None:
    hand.scans("W-04", scan)

    assert (hand.prompt, hand.view.error) == ("move item", Message("not_here", {"number": number, "bin": "W-04"}))


def test_at_the_first_prompt_goods_bring_their_bin_along(hand: Hand) -> None:
    hand.scans("L:L1")

    assert (hand.prompt, hand.view.got["bin"], hand.view.got["item"]) == ("move qty", "W-01", "LOTS")


def test_of_several_bins_the_operator_chooses(floor: Floor, hand: Hand) -> None:
    floor.house.stock("W-03 1000 7")
    hand.scans("1000")
    assert (hand.asked, [choice.label.facts["at_bin"] for choice in hand.view.choices]) == ("choice", ["W-01", "W-03"])

    hand.types("2")

    assert (hand.prompt, hand.view.got["bin"], hand.view.field) == ("move qty", "W-03", "7")


def test_goods_that_are_nowhere_here_are_refused(floor: Floor, hand: Hand) -> None:
    floor.house.item("1002")

    hand.scans("1002")

    assert hand.view.error == Message("not_here", {"number": "1002", "bin": SILVER})


def test_a_bin_at_the_item_prompt_changes_the_bin(hand: Hand) -> None:
    hand.scans("W-02", "W-01")

    assert (hand.prompt, hand.view.got["bin"]) == ("move item", "W-01")


def test_enter_at_the_item_lists_the_whole_bin_and_the_next_bin_takes_it_all(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01")
    assert "body.whole_bin" in hand.body
    hand.presses("ok")
    assert (hand.prompt, hand.body) == ("move place", ["body.together", *["body.portion"] * 3])
    assert [line["item"] for line in hand.view.lines] == ["1000", "LOTS", "PIECES"]
    hand.scans("W-03")

    assert hand.view.message is not None
    assert (hand.told, hand.view.message.facts["n"]) == ("moved", 3)
    assert floor.house.lying() + floor.house.lying("LOTS") == ["W-03 1000 5", "W-03 LOTS lot L1 3"]
    assert floor.house.lying("PIECES") == ["W-03 PIECES serial S1 1"]


def test_esc_takes_the_list_back_to_the_item(hand: Hand) -> None:
    hand.scans("W-01")
    hand.presses("ok", "back")

    assert (hand.prompt, hand.view.lines) == ("move item", ())


def test_an_empty_bin_has_nothing_to_move(hand: Hand) -> None:
    hand.scans("W-04")
    hand.presses("ok")

    assert (hand.prompt, hand.refused) == ("move item", "nothing_handled")


def test_a_package_at_the_first_prompt_is_every_content_with_its_number(floor: Floor, hand: Hand) -> None:
    packages(floor)
    hand.scans("P:P1")
    assert (hand.prompt, [line["item"] for line in hand.view.lines]) == ("move place", ["CUPS", "TEA"])
    hand.scans("W-04")

    assert floor.house.lying("CUPS") == ["W-04 CUPS package P1 5"]
    assert floor.house.lying("TEA") == ["W-03 TEA package P2 9", "W-04 TEA package P1 2"]


def test_from_and_to_are_not_the_same_and_the_prompt_stays(hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok")

    hand.scans("W-01")

    assert (hand.prompt, hand.refused) == ("move place", "same_bin")


@pytest.mark.parametrize(
    ("scan", "refused"), [("1000", "no_match_kind"), ("W-99", "unknown"), ("B:W-99", "bin_elsewhere")]
)
def test_goods_are_put_into_a_bin_only(hand: Hand, scan: str, refused: str) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok")

    hand.scans(scan)

    assert (hand.prompt, hand.refused) == ("move place", refused)


def test_bins_16_blocked_bins_are_refused_where_they_are_scanned(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Bin(SILVER, "W-02", block="outbound"), Bin(SILVER, "W-03", block="inbound"))

    hand.scans("W-02")
    assert hand.view.error == Message("bin_blocked", {"bin": "W-02", "direction": "OUT"})
    hand.presses("ok")
    hand.scans("W-01", "1000")
    hand.presses("ok")
    hand.scans("W-03")
    assert (hand.prompt, hand.view.error) == ("move place", Message("bin_blocked", {"bin": "W-03", "direction": "IN"}))


def test_a_counted_bin_is_asked_about_and_a_yes_moves(floor: Floor, hand: Hand) -> None:
    floor.house.set(counting=CountingRules("warn"))
    floor.house.open_count("W-02")
    hand.scans("W-01", "1000")
    hand.presses("ok")
    hand.scans("W-02")
    assert hand.asked == "bin_in_count"

    hand.types("1")

    assert (hand.told, floor.house.lying()) == ("moved", ["W-02 1000 5"])


def test_enter_stays_on_the_bin_of_the_move_before(hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok")
    hand.scans("W-02")
    assert hand.view.field == "W-01"

    hand.presses("ok")

    assert (hand.prompt, hand.view.got["bin"]) == ("move item", "W-01")


@pytest.mark.parametrize("prompt", ["bin", "lot", "place"])
def test_enter_without_an_answer_says_what_is_required(floor: Floor, hand: Hand, prompt: str) -> None:
    floor.house.stock("W-01 LOTS lot L2 4")
    for give in ("W-01", "LOTS", "L1", "2"):
        if hand.view.prompt == prompt:
            break
        hand.types(give)

    hand.presses("ok")

    assert hand.view.error == Message("missing", {"what": prompt})


def test_esc_walks_back_answer_by_answer_to_the_menu(floor: Floor, hand: Hand) -> None:
    floor.house.stock("W-01 LOTS lot L2 4")
    hand.scans("W-01", "LOTS", "L1", "L1")
    seen = []
    while hand.view.job == "move":
        seen.append(f"{hand.view.prompt} {hand.view.counted or ''}".strip())
        hand.presses("back")

    assert seen == ["qty 1", "qty", "lot", "item", "bin"]


def test_esc_from_the_second_bin_asks_the_quantity_again(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.types("2")
    hand.presses("back")
    assert hand.prompt == "move qty"
    hand.types("3")
    hand.scans("W-02")

    assert floor.house.lying() == ["W-01 1000 2", "W-02 1000 3"]


def test_esc_after_a_number_that_was_not_asked_goes_back_to_the_item(hand: Hand) -> None:
    hand.scans("W-01", "PIECES")
    assert hand.prompt == "move place"

    hand.presses("back")

    assert hand.prompt == "move item"


def test_without_bins_there_is_nothing_to_move(floor: Floor) -> None:
    hand = floor.at_work()
    hand.scans(EAST)

    hand.types("5")

    assert (hand.prompt, hand.view.error) == ("menu menu", Message("no_bins", {"location": EAST}))


def test_moving_needs_its_right(floor: Floor) -> None:
    floor.house.keep(Operator("ANNA", role="viewer", locations=(SILVER,), home=SILVER))
    hand = floor.at_work()
    assert "5" not in hand.offered

    hand.types("5")

    assert (hand.prompt, hand.refused) == ("menu menu", "no_right")


def test_floor_flows_27_scans_behind_a_refusal_move_nothing(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000", "1001", "W-02", "W-01", "1000", "W-02", apart=0.001)

    assert (hand.prompt, hand.refused) == ("move qty", "barcode_at_qty")
    assert floor.house.lying() == ["W-01 1000 5"]


def test_two_moves_in_a_row_are_two_postings(floor: Floor, hand: Hand) -> None:
    for _ in range(2):
        hand.scans("W-01", "1000")
        hand.types("2")
        hand.scans("W-02")

    assert floor.house.lying() == ["W-01 1000 1", "W-02 1000 4"]


def test_a_document_scanned_in_a_job_is_refused(floor: Floor, hand: Hand) -> None:
    document = floor.house.open_count("W-02")

    hand.scans(document)

    assert (hand.prompt, hand.refused) == ("move bin", "no_match_kind")


def test_floor_flows_23_esc_after_a_move_offers_to_undo_and_a_no_leaves(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01")
    hand.presses("ok")
    hand.scans("W-03")
    hand.presses("back")
    assert hand.asked == "undo_ask"
    hand.presses("ok")
    assert (hand.prompt, hand.told) == ("move bin", "undone")
    assert floor.house.lying() + floor.house.lying("LOTS") == ["W-01 1000 5", "W-01 LOTS lot L1 3"]

    hand.scans("W-01", "1000")
    hand.presses("ok")
    hand.scans("W-02")
    hand.presses("back", "back")
    assert hand.prompt == "move bin"
    hand.presses("back")

    assert (hand.prompt, floor.house.lying()) == ("menu menu", ["W-02 1000 5"])


def test_floor_flows_23_an_answer_ends_the_offer_to_undo(hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok")
    hand.scans("W-02", "W-01")

    hand.presses("back")

    assert hand.prompt == "move bin"
