"""Picking at a terminal, by keys alone and by scans (floor-flows.md, Pick; key budget 1 + n + 2, by scans 1 + 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.items.card import Identifier, Variant
from domain.site import Bin, Location, TrackingCode
from tests.domain.notation import EAST, SILVER, TODAY
from tests.domain.work.picks import lines, make_pick, ordered, picks
from tests.tui.session.hand import Floor, Hand
from tui.jobs.view import Message

EXPIRY = TrackingCode("EXPIRY", lot_specific=True, lot_warehouse=True, use_expiration=True)
LONG_BIN = "W-RACK-07-LEVEL-3-12"


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """SUE at the first prompt of a pick of two bins, a lot among its goods."""
    pick = make_pick(floor.house, ordered(floor.house, "1000 4", "LOTS 2", "1001 9"))
    return opened(floor, pick)


def opened(floor: Floor, document: str, who: str = "SUE", terminal: str = "T1") -> Hand:
    """Open a pick, or an order that has none, from the list."""
    hand = floor.at_work(who, terminal)
    hand.types("3")
    hand.scans(document)
    assert hand.view.job == "pick"
    return hand


def standing(floor: Floor) -> list[str]:
    """Return the lines of the only pick as they stand, after it was opened."""
    (pick,) = picks(floor.house)
    return lines(floor.house, pick.no)


def pieces(floor: Floor) -> Hand:
    """Open a pick of three pieces of one bin."""
    floor.house.stock("W-03 PIECES serial S2 1", "W-03 PIECES serial S3 1", "W-03 PIECES serial S4 1")
    floor.house.adjust("W-01 PIECES serial S1 -1")
    hand = opened(floor, ordered(floor.house, "PIECES 3", "1001 1"))
    while hand.view.want["item"] != "PIECES":
        hand.presses("next")
    hand.scans("W-03", "I:PIECES")
    assert (hand.prompt, hand.view.counted) == ("pick serial", 0)
    return hand


# -- Which pick ---------------------------------------------------------------------------------------------------


def test_the_whole_flow_by_keys_alone(floor: Floor, hand: Hand) -> None:
    seen = []
    for typed in ("W-01", "1000", "4", "LOTS", "L1", "2", "W-02", "1001", "9"):
        hand.types(typed)
        seen.append(hand.view.prompt)
    assert seen == ["item", "qty", "item", "lot", "qty", "bin", "item", "qty", "finish"]

    hand.presses("done")
    assert hand.view.body == (Message("body.ship_and_post", {"n": 3, "m": 3, "short": None}),)
    hand.presses("ok")

    assert (hand.told, hand.view.outcome, hand.prompt) == ("posted", "posted", "pick document")
    assert floor.house.lying() == ["W-01 1000 1"]


def test_the_key_budget_is_one_a_line_and_three(floor: Floor, hand: Hand) -> None:
    for bin, items in (("W-01", ("1000", "LOTS")), ("W-02", ("1001",))):
        hand.scans(bin)
        for item in items:
            hand.scans(item, *(("L1",) if item == "LOTS" else ()))
            hand.presses("ok")

    hand.presses("done", "ok")

    assert hand.told == "posted"


def test_lines_counted_by_scans_cost_no_key_and_the_scan_that_names_the_item_counts_nothing(floor: Floor) -> None:
    hand = opened(floor, ordered(floor.house, "1000 2"))
    hand.scans("B:W-01", "I:1000")
    assert (hand.prompt, hand.view.field, hand.view.counted) == ("pick qty", "2", None)

    hand.scans("1000")
    assert (hand.view.field, hand.view.counted) == ("1", 1)
    hand.scans("1000")

    assert (hand.prompt, standing(floor)) == ("pick finish", ["W-01 1000 2 took 2"])


def test_enter_opens_the_first_of_the_list(floor: Floor) -> None:
    ordered(floor.house, "1000 1", due=TODAY + timedelta(days=2))
    ordered(floor.house, "1001 1", due=TODAY + timedelta(days=1))
    hand = floor.at_work("SUE")

    hand.types("3")
    hand.presses("ok")

    assert (hand.prompt, hand.view.want["item"]) == ("pick bin", "1001")


def test_own_work_comes_first_then_free_work_then_orders_without_a_pick(floor: Floor) -> None:
    fresh = ordered(floor.house, "1000 1", due=TODAY)
    free = make_pick(floor.house, ordered(floor.house, "1001 1"))
    own = make_pick(floor.house, ordered(floor.house, "LOTS 1"))
    hand = opened(floor, own)

    hand.presses("back")

    assert [choice.label.facts["document"] for choice in hand.view.choices] == [own, free, fresh]


def test_an_item_lists_the_picks_that_want_it_and_back_shows_all(floor: Floor) -> None:
    pick = make_pick(floor.house, ordered(floor.house, "1000 1"))
    make_pick(floor.house, ordered(floor.house, "1001 1"))
    hand = floor.at_work("SUE")
    hand.types("3")

    hand.scans("I:1000")
    assert [choice.label.facts["document"] for choice in hand.view.choices] == [pick]
    hand.presses("back")
    assert len(hand.view.choices) == 2
    hand.scans("I:LOTS")

    assert hand.view.error == Message("nothing_to_do", {"job": "pick", "code": "LOTS"})


def test_a_list_of_nothing_says_so_and_opens_nothing(floor: Floor) -> None:
    hand = floor.at_work("SUE")
    hand.types("3")
    assert hand.body == ["body.no_picks"]

    hand.presses("ok")

    assert hand.refused == "missing"


def test_a_document_scanned_in_a_pick_is_refused(floor: Floor, hand: Hand) -> None:
    other = ordered(floor.house, "1000 1")

    hand.scans(other)

    assert (hand.prompt, hand.refused) == ("pick bin", "finish_first")


# -- Bin, item, numbers ---------------------------------------------------------------------------------------------


def test_a_wrong_bin_is_refused_and_names_both(hand: Hand) -> None:
    hand.scans("W-02")

    assert hand.view.error == Message("wrong_bin", {"bin": "W-01", "scanned": "W-02"})


def test_the_check_digits_of_the_bin_told_stand_for_its_label(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Bin(SILVER, "W-01", check="47"))

    hand.types("47")

    assert (hand.prompt, hand.view.got["bin"]) == ("pick item", "W-01")


def test_a_wrong_item_names_both_and_nothing_is_taken(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1001")

    assert hand.view.error == Message("wrong_item", {"scanned": "1001", "item": "1000"})
    assert "took" not in "".join(standing(floor))


def test_a_bin_scanned_at_the_item_asks_whether_it_is_taken_there(floor: Floor, hand: Hand) -> None:
    floor.house.stock("W-03 1000 7")
    hand.scans("B:W-01", "B:W-03")
    assert (hand.asked, hand.view.body[0].facts["qty"]) == ("other_bin", 7)

    hand.presses("ok")

    assert (hand.prompt, standing(floor)[0]) == ("pick item", "W-03 1000 4")


def test_f6_leads_to_another_bin_and_back_leaves_all_as_it_was(floor: Floor, hand: Hand) -> None:
    floor.house.stock("W-03 1000 7")
    hand.presses("split")
    assert hand.body[0] == "body.other_bin"
    hand.presses("back")
    assert (hand.prompt, standing(floor)[0]) == ("pick bin", "W-01 1000 4")

    hand.presses("split")
    hand.scans("W-03")
    hand.presses("ok")
    hand.scans("1000")
    hand.presses("ok")

    assert standing(floor)[0] == "W-03 1000 4 took 4"


def test_one_label_fills_item_lot_and_proposes_its_quantity(floor: Floor, hand: Hand) -> None:
    floor.house.item("FLOUR", tracking="LOT")
    floor.house.keep(Identifier("04006381333931", "FLOUR"))
    floor.house.stock("W-04 FLOUR lot L7 9")
    hand.presses("back")
    hand.scans(ordered(floor.house, "FLOUR 5"), "W-04")

    hand.scans("]C10104006381333931302\x1d10L7")

    assert (hand.prompt, hand.view.field, hand.view.got["lot"]) == ("pick qty", "2", "L7")


def test_a_label_of_another_lot_than_the_order_names_is_refused_whole(floor: Floor) -> None:
    floor.house.stock("W-01 LOTS lot L2 4")
    hand = opened(floor, ordered(floor.house, "LOTS lot L2 2"))
    hand.scans("W-01", "LOTS")

    hand.scans("L1")

    assert (hand.prompt, hand.refused) == ("pick lot", "lot_named_by_order")
    assert hand.view.got["lot"] is None


def test_a_later_expiry_is_kept_by_a_one_and_a_reason(floor: Floor) -> None:
    floor.house.keep(replace(floor.house.one(Location, SILVER) or Location(SILVER), pick_fefo=True), EXPIRY)
    floor.house.item("DATED", tracking="EXPIRY")
    floor.house.stock("W-03 DATED lot OLD expires 2026-06-01 5", "W-03 DATED lot NEW expires 2026-09-01 5")
    hand = opened(floor, ordered(floor.house, "DATED 3"))
    hand.scans("W-03", "DATED", "NEW")
    assert hand.asked == "expiry_ask"
    hand.presses("ok")
    assert hand.prompt == "pick lot"
    hand.scans("NEW")
    hand.types("1")
    assert (hand.prompt, hand.body) == ("pick reason", ["body.why_kept"])
    hand.types("2")

    hand.presses("ok")

    assert standing(floor) == ["W-03 DATED lot NEW 3 took 3"]


def test_goods_of_lot_and_serial_are_told_apart_by_both(floor: Floor) -> None:
    floor.house.keep(
        TrackingCode("BOTH", lot_specific=True, lot_warehouse=True, serial_specific=True, serial_warehouse=True)
    )
    floor.house.item("TWINS", tracking="BOTH")
    floor.house.stock("W-03 TWINS lot A serial T1 1", "W-03 TWINS lot A serial T2 1")
    hand = opened(floor, ordered(floor.house, "TWINS 2"))

    hand.scans("W-03", "TWINS", "A", "T2")
    assert (hand.prompt, hand.told) == ("pick lot", "taken_serial")
    hand.scans("A", "T1")

    assert hand.prompt == "pick finish"


def test_a_variant_is_shown_and_needs_no_choice(floor: Floor) -> None:
    floor.house.keep(Variant("1000", "RED"), Variant("1000", "BLUE"))
    floor.house.stock("W-03 1000 variant RED 4")
    hand = opened(floor, ordered(floor.house, "1000 variant RED 3"))
    assert Message("body.variant", {"variant": "RED"}) in hand.view.body

    hand.scans("W-03", "1000")

    assert hand.prompt == "pick qty"


def test_a_line_in_boxes_shows_them_and_takes_their_pieces(floor: Floor) -> None:
    floor.house.stock("W-01 1000 8")
    hand = opened(floor, ordered(floor.house, "1000 2 BOX"))
    take = next(message for message in hand.view.body if message.code == "body.take")
    assert (take.facts["n"], take.facts["unit"], take.facts["qty"]) == (2, "BOX", 12)
    hand.scans("W-01", "1000")

    hand.types("2 BOX")

    assert standing(floor) == ["W-01 1000 12 took 12"]


def test_without_bins_no_bin_is_asked(floor: Floor) -> None:
    floor.house.stock(f"{EAST} 1000 3")
    floor.house.keep(replace(floor.house.one(Location, EAST) or Location(EAST), require_pick=True))
    order = ordered(floor.house, "1000 3", at=EAST)
    hand = floor.at_work("SUE")
    hand.scans(EAST)
    hand.types("3")

    hand.scans(order)

    assert hand.prompt == "pick item"
    hand.scans("1000")
    hand.presses("ok", "done", "ok")
    assert hand.told == "posted"


def test_a_line_without_a_bin_takes_the_one_the_picker_scans(floor: Floor) -> None:
    floor.house.keep(replace(floor.house.one(Location, SILVER) or Location(SILVER), always_create_pick_line=True))
    hand = opened(floor, ordered(floor.house, "1000 7"))
    hand.scans("W-01", "1000")
    hand.presses("ok")
    assert hand.view.want["bin"] is None
    floor.house.stock("W-04 1000 2")

    hand.scans("W-04", "1000")
    hand.presses("ok")

    assert standing(floor) == ["W-01 1000 5 took 5", "W-04 1000 2 took 2"]


# -- Pieces ---------------------------------------------------------------------------------------------------------


def test_pieces_are_scanned_one_by_one_and_counted(floor: Floor) -> None:
    hand = pieces(floor)

    hand.scans("S3")
    assert (hand.prompt, hand.told, hand.view.counted) == ("pick serial", "taken_serial", 1)
    hand.scans("S3", apart=5)
    assert hand.refused == "duplicate"
    hand.presses("ok")
    hand.scans("S2", "S4")

    assert "PIECES" not in {hand.view.want.get("item")}


def test_f3_among_pieces_asks_only_why(floor: Floor) -> None:
    hand = pieces(floor)
    hand.scans("S3")

    hand.presses("short")
    assert (hand.prompt, hand.view.body[0].facts["qty"], hand.view.body[0].facts["of"]) == ("pick reason", 1, 3)
    hand.types("1")
    hand.presses("ok")

    assert sum("short empty" in line for line in standing(floor)) == 2


def test_reset_puts_back_all_pieces_of_the_line(floor: Floor) -> None:
    hand = pieces(floor)
    hand.scans("S3", "S2")

    hand.presses("menu")
    hand.types("1")

    assert "took" not in "".join(standing(floor))
    hand.scans("W-03", "PIECES")
    assert hand.view.counted == 0


def test_close_short_gives_up_all_pieces_not_scanned(floor: Floor) -> None:
    hand = pieces(floor)
    hand.scans("S3")

    hand.presses("menu")
    hand.types("4")

    assert [line for line in standing(floor) if "PIECES" in line] == ["W-03 PIECES serial S3 1 took 1"]


# -- Quantities, short lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "refused"),
    [("0", "bad_qty"), ("5", "too_many"), ("99999999", "barcode_at_qty"), ("x", "barcode_at_qty")],
)
def test_a_quantity_that_cannot_be_taken_is_refused(hand: Hand, typed: str, refused: str) -> None:
    hand.scans("W-01", "1000")

    hand.types(typed)

    assert (hand.prompt, hand.refused) == ("pick qty", refused)


def test_f7_takes_all_whatever_is_counted(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000", "1000")

    hand.presses("full")

    assert standing(floor)[0] == "W-01 1000 4 took 4"


@pytest.mark.parametrize("before", [[], ["W-01"], ["W-01", "1000"]])
def test_f3_at_every_prompt_takes_what_is_there_and_a_reason(floor: Floor, hand: Hand, before: list[str]) -> None:
    hand.scans(*before)

    hand.presses("short")
    hand.types("1", "2")
    assert hand.asked == "count_bin_ask"
    hand.presses("ok")

    assert standing(floor)[0] == "W-01 1000 4 took 1 short damaged"


def test_nothing_there_is_a_zero(floor: Floor, hand: Hand) -> None:
    hand.presses("short")

    hand.types("0", "1")
    hand.presses("back")

    assert (standing(floor)[0], hand.view.want["item"]) == ("W-01 1000 4 short empty", "LOTS")


def test_a_one_has_the_bin_counted(floor: Floor, hand: Hand) -> None:
    hand.presses("short")

    hand.types("0", "1", "1")

    assert (hand.told, hand.prompt) == ("count_made", "pick bin")


def test_f2_asks_each_short_line_without_a_reason_for_one(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.types("3")
    hand.scans("LOTS", "L1")
    hand.types("1")

    hand.presses("done")
    assert (hand.prompt, hand.view.body[0].facts["item"]) == ("pick reason", "1000")
    hand.types("1")
    assert (hand.prompt, hand.view.body[0].facts["item"]) == ("pick reason", "LOTS")
    hand.types("2")

    assert hand.view.body == (Message("body.ship_and_post", {"n": 2, "m": 3, "short": 2}),)


def test_back_from_the_summary_stands_at_the_line_that_is_open(hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.types("3")
    hand.presses("done")
    hand.types("1")

    hand.presses("back")

    assert (hand.prompt, hand.view.want["item"]) == ("pick item", "LOTS")


def test_f2_takes_what_was_counted_and_goes_on_to_the_summary(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000", "1000")

    hand.presses("done")

    assert (hand.prompt, standing(floor)[0]) == ("pick reason", "W-01 1000 4 took 1")


def test_the_summary_takes_enter_and_back_only(hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok", "done")

    for command in ("menu", "done", "short", "next", "split", "full"):
        hand.presses(command)
        assert (hand.prompt, hand.told) == ("pick summary", "key_not_here")
    hand.scans("1000", "W-01", "%%OK")

    assert hand.prompt == "pick summary"


def test_nothing_picked_cannot_be_posted(hand: Hand) -> None:
    hand.presses("done")

    assert hand.refused == "nothing_handled"


def test_after_a_partial_shipment_the_rest_stays_on_the_pick(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok", "done", "ok")

    assert (hand.told, standing(floor)) == ("posted", ["W-01 LOTS 2", "W-02 1001 9"])


# -- Going back, leaving, coming back ---------------------------------------------------------------------------------


def test_back_walks_answer_by_answer_to_the_list(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok")
    hand.scans("LOTS", "L1")
    hand.presses("ok")
    hand.scans("W-02", "1001")
    seen = []

    while hand.prompt != "pick document":
        hand.presses("back")
        seen.append(hand.view.prompt)

    assert seen == ["item", "bin", "lot", "item", "qty", "item", "bin", "document"]
    assert standing(floor) == ["W-01 1000 4", "W-01 LOTS 2", "W-02 1001 9"]


def test_a_line_left_comes_back_at_the_end(hand: Hand) -> None:
    hand.presses("next")
    assert hand.view.want["item"] == "LOTS"
    hand.presses("next")
    assert hand.view.want["item"] == "1001"
    hand.scans("W-02", "1001")

    hand.presses("ok")

    assert hand.view.want["item"] == "1000"


def test_the_last_open_line_cannot_be_left(floor: Floor) -> None:
    hand = opened(floor, ordered(floor.house, "1000 2"))

    hand.presses("next")

    assert (hand.told, hand.view.want["item"]) == ("last_line", "1000")


def test_a_line_chosen_from_the_list_is_asked_again(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok")

    hand.presses("menu")
    hand.types("2")
    assert [choice.label.facts["done"] for choice in hand.view.choices] == ["done", "", ""]
    hand.types("1")

    assert (hand.prompt, hand.view.want["item"]) == ("pick bin", "1000")
    assert "took" not in "".join(standing(floor))


def test_another_lot_is_asked_for_after_f8_3(hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok")
    hand.scans("LOTS", "L1")

    hand.presses("menu")
    hand.types("3")

    assert hand.prompt == "pick lot"


def test_closing_short_needs_the_right_to_approve(floor: Floor) -> None:
    hand = opened(floor, ordered(floor.house, "1000 2"), "ANNA")

    hand.presses("menu")
    hand.types("4")

    assert hand.refused == "no_right"


def test_printing_is_not_offered(hand: Hand) -> None:
    hand.presses("menu")

    assert "5" not in hand.offered
    hand.types("5")
    assert hand.refused == "key_not_here"


def test_leaving_keeps_what_is_taken(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok", "menu")

    hand.types("6")

    assert (hand.prompt, standing(floor)[0]) == ("pick document", "W-01 1000 4 took 4")
    hand.presses("ok")
    assert (hand.prompt, hand.view.want["item"]) == ("pick item", "LOTS")


def test_a_terminal_that_died_stands_at_the_same_prompt(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.presses("ok")
    hand.scans("LOTS")
    hand.drops()

    again = floor.at_work("SUE")
    assert again.view.prompt == "question"
    again.presses("ok")

    assert (again.prompt, standing(floor)[0]) == ("pick lot", "W-01 1000 4 took 4")


def test_a_pick_in_work_is_another_s_until_it_is_taken_over(floor: Floor, hand: Hand) -> None:
    (pick,) = picks(floor.house)
    hand.scans("W-01", "1000")
    hand.presses("ok")
    anna = opened(floor, pick.no, "ANNA", "T2")
    assert anna.refused == "held"

    ada = opened(floor, pick.no, "PIA", "T3")
    assert ada.refused == "held"
    floor.house.pass_time(seconds=16 * 60)
    ada.presses("ok")
    ada.scans(pick.no)
    assert ada.asked == "take_ask"
    ada.types("1")

    assert (ada.view.want["item"], ada.view.progress) == ("LOTS", "1/3")


def test_the_former_picker_is_refused_and_led_out(floor: Floor, hand: Hand) -> None:
    (pick,) = picks(floor.house)
    floor.house.pass_time(seconds=16 * 60)
    pia = opened(floor, pick.no, "PIA", "T3")
    pia.types("1")
    assert pia.prompt == "pick bin"

    hand.scans("W-01")

    assert hand.refused == "taken_over"
    hand.presses("ok", "back")
    assert hand.prompt == "pick document"


def test_a_pick_posted_by_another_says_by_whom(floor: Floor, hand: Hand) -> None:
    (pick,) = picks(floor.house)
    floor.house.pass_time(seconds=16 * 60)
    pia = opened(floor, pick.no, "PIA", "T3")
    pia.types("1")
    pia.scans("W-01", "1000")
    pia.presses("ok")
    pia.scans("LOTS", "L1")
    pia.presses("ok")
    pia.scans("W-02", "1001")
    pia.presses("ok", "done", "ok")
    assert pia.told == "posted"

    hand.scans("W-01")

    assert hand.view.error is not None
    assert (hand.refused, hand.view.error.facts["operator"]) == ("done", "PIA")


def test_the_quantity_shown_is_exact(floor: Floor) -> None:
    floor.house.keep(Bin(SILVER, LONG_BIN))
    floor.house.stock(f"{LONG_BIN} 1000 99999")
    hand = opened(floor, ordered(floor.house, f"{LONG_BIN} 1000 99999"))

    hand.scans(LONG_BIN, "1000")

    assert (hand.view.field, hand.view.want["qty"]) == ("99999", Decimal(99999))


def test_a_summary_taken_over_meanwhile_is_still_shown_and_its_enter_refused(floor: Floor, hand: Hand) -> None:
    (pick,) = picks(floor.house)
    hand.scans("W-01", "1000")
    hand.presses("ok", "done")
    floor.house.pass_time(seconds=16 * 60)
    pia = opened(floor, pick.no, "PIA", "T3")
    pia.types("1")

    hand.scans("W-01")

    assert (hand.prompt, hand.refused) == ("pick summary", "")
    hand.presses("ok")
    assert (hand.prompt, hand.refused) == ("pick summary", "taken_over")
    hand.presses("ok", "back")
    assert hand.prompt == "pick document"
