"""Adjusting at a terminal, by keys alone and by scans (floor-flows.md, Adjust; key budget 5 + digits)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.items.card import Identifier
from domain.site import AdjustLimit, Bin, Operator, TrackingCode
from domain.work.documents import PendingAdjustment
from storage.registers import Register
from tests.domain.notation import EAST, SILVER
from tests.tui.session.hand import PIN, Floor, Hand
from tui.jobs.view import Message


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """ANNA at the first prompt of an adjustment."""
    hand = floor.at_work()
    hand.types("7")
    assert hand.prompt == "adjust bin"
    return hand


def limit(floor: Floor, most: int) -> None:
    floor.house.keep(
        Operator(
            "ANNA", role="operator", locations=(SILVER, EAST), home=SILVER, adjust_limit=AdjustLimit(Decimal(most))
        )
    )


def test_the_whole_flow_by_keys_alone(floor: Floor, hand: Hand) -> None:
    seen = []
    for typed in ("W-01", "1000", "2", "2", "1"):
        hand.types(typed)
        seen.append(hand.view.prompt)
    hand.presses("ok")

    assert seen == ["item", "sign", "qty", "reason", "summary"]
    assert (hand.prompt, hand.told, hand.view.outcome) == ("adjust bin", "posted", "posted")
    assert floor.house.lying() == ["W-01 1000 3"]


def test_by_scans_with_only_digits_and_enter_between_them(floor: Floor, hand: Hand) -> None:
    hand.scans("B:W-01", "I:1000")
    hand.types("1")
    hand.scans("1000", "1000")
    assert (hand.view.counted, hand.view.field) == (2, "2")
    hand.presses("ok")
    hand.types("2")
    hand.presses("ok")

    assert (hand.told, floor.house.lying()) == ("posted", ["W-01 1000 7"])


def test_the_key_budget_is_kept(floor: Floor) -> None:
    floor.house.stock("W-01 1000 20")
    hand = floor.at_work()

    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("2", "12")  # three digits and the Enter of the quantity: sign, 1, 2, Enter
    hand.types("1")
    hand.presses("ok")

    assert hand.told == "posted"  # menu, sign, two digits and Enter, reason, Enter: 5 + d


def test_what_is_answered_is_shown_and_the_summary_says_number_and_effect_first(hand: Hand) -> None:
    hand.scans("W-01", "LOTS", "L1")
    assert hand.body == ["body.bin", "body.item", "body.lot"]
    assert hand.view.got == {
        "bin": "W-01",
        "item": "LOTS",
        "lot": "L1",
        "serial": None,
        "package": None,
        "expires": None,
        "qty": None,
    }
    assert hand.offered == {"1": "sign.found", "2": "sign.missing"}
    hand.types("2", "1")
    assert hand.offered == {"1": "Damaged", "2": "Found", "3": "Stolen"}
    hand.types("1")

    assert hand.view.body[0].code == "body.post_adjustment"
    facts = hand.view.body[0].facts
    assert (facts["bin"], facts["item"], facts["number"]) == ("W-01", "LOTS", "L1")
    assert (facts["qty"], facts["uom"], facts["reason"]) == (-1, "PCS", "DAMAGED")


def test_esc_walks_back_answer_by_answer_to_the_menu(hand: Hand) -> None:
    hand.scans("W-01", "LOTS", "L1")
    hand.types("2", "1", "1")
    seen = []
    while hand.view.job == "adjust":
        seen.append(hand.view.prompt)
        hand.presses("back")

    assert seen == ["summary", "reason", "qty", "sign", "lot", "item", "bin"]
    assert hand.prompt == "menu menu"


def test_esc_takes_scanned_pieces_back_before_the_sign(hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.types("1")
    hand.scans("1000")

    assert hand.presses("back").counted is None
    assert hand.prompt == "adjust qty"
    hand.presses("back")

    assert hand.prompt == "adjust sign"


def test_a_corrected_answer_is_the_one_that_is_posted(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.types("2", "3", "1")
    hand.presses("back", "back")
    hand.types("2", "2")
    hand.presses("ok")

    assert floor.house.lying() == ["W-01 1000 3"]
    assert floor.house.entries()[-1].reason == "FOUND"


def test_a_serial_is_one_piece_and_its_quantity_is_not_asked(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "PIECES", "S1")
    hand.types("2")
    assert hand.prompt == "adjust reason"
    hand.types("1")
    hand.presses("ok")

    assert floor.house.lying("PIECES") == []


def test_esc_after_a_serial_goes_back_to_the_sign(hand: Hand) -> None:
    hand.scans("W-01", "PIECES", "S1")
    hand.types("2", "1")

    hand.presses("back", "back")

    assert hand.prompt == "adjust sign"


def test_a_serial_in_stock_is_not_found_again(hand: Hand) -> None:
    hand.scans("W-02", "PIECES", "S1")
    hand.types("1")

    assert (hand.prompt, hand.refused) == ("adjust sign", "serial_in_stock")


@pytest.mark.parametrize(("scans", "number"), [(("W-02", "1000"), "1000"), (("W-02", "LOTS", "L1"), "L1")])
def test_what_is_not_there_is_not_missing(hand: Hand, scans: tuple[str, ...], number: str) -> None:
    hand.scans(*scans)
    hand.types("2")

    assert hand.view.error == Message("not_here", {"number": number, "bin": "W-02"})


def test_no_more_is_missing_than_is_there(hand: Hand) -> None:
    hand.scans("W-01", "1000")
    hand.types("2", "6")

    assert hand.view.error == Message("not_enough", {"qty": Decimal(5), "short": Decimal(1)})


def test_a_lot_scanned_brings_its_item_along(hand: Hand) -> None:
    hand.scans("W-01", "L1")

    assert (hand.prompt, hand.view.got["item"], hand.view.got["lot"]) == ("adjust sign", "LOTS", "L1")


def test_a_bin_at_the_item_prompt_changes_the_bin(hand: Hand) -> None:
    hand.scans("W-01", "W-02")

    assert (hand.prompt, hand.view.got["bin"]) == ("adjust item", "W-02")


def test_floor_flows_3a_the_item_again_at_the_lot_prompt_is_ignored(hand: Hand) -> None:
    hand.scans("W-01", "LOTS")

    hand.scans("LOTS")

    assert (hand.prompt, hand.refused, hand.view.got["lot"]) == ("adjust lot", "", None)


@pytest.mark.parametrize("give", ["1000", "L:1000"])
def test_a_lot_that_looks_like_an_item_may_be_typed_or_carry_its_prefix(hand: Hand, give: str) -> None:
    hand.scans("W-01", "LOTS")

    (hand.types if give == "1000" else hand.scans)(give)

    assert (hand.prompt, hand.view.got["lot"]) == ("adjust sign", "1000")


def test_floor_flows_5_the_lot_on_the_label_of_another_variant_is_refused(floor: Floor, hand: Hand) -> None:
    floor.house.item("SHIRT", tracking="LOT")
    for variant, gtin in (("RED", "04006381333931"), ("BLUE", "09506000134352")):
        floor.house.variant("SHIRT", variant)
        floor.house.keep(Identifier(gtin, "SHIRT", variant))
    hand.scans("W-01", "]C10104006381333931")

    hand.scans("]C1010950600013435210L9")

    assert (hand.prompt, hand.refused) == ("adjust lot", "wrong_item")
    hand.presses("ok")
    hand.scans("]C1010400638133393110L9")
    assert hand.prompt == "adjust sign"


@pytest.mark.parametrize("item", ["LOTS", "]C10104006381333931"])
def test_the_label_of_a_pack_proposes_pieces_wherever_it_is_scanned(floor: Floor, hand: Hand, item: str) -> None:
    floor.house.unit("LOTS", "BOX", 6)
    floor.house.keep(Identifier("04006381333931", "LOTS", uom="BOX"))
    hand.scans("W-01", item)

    hand.scans("]C1010400638133393110L9\x1d302", "1")

    assert (hand.prompt, hand.view.field) == ("adjust qty", "12")


def test_a_package_of_several_items_does_not_say_which(floor: Floor, hand: Hand) -> None:
    floor.house.keep(TrackingCode("PACK", package_specific=True, package_warehouse=True))
    for item in ("CUPS", "TEA"):
        floor.house.item(item, tracking="PACK")
        floor.house.stock(f"W-01 {item} package P1 5")
    hand.scans("W-01")

    hand.scans("P:P1")

    assert hand.view.error == Message("missing", {"what": "item"})


def test_decision_4_a_lot_is_taken_as_it_first_came_in(hand: Hand) -> None:
    hand.scans("W-01", "LOTS", "l1")

    assert hand.view.got["lot"] == "L1"


def test_a_lot_that_is_new_is_taken_as_it_is_typed(floor: Floor, hand: Hand) -> None:
    hand.scans("W-01", "LOTS")
    hand.types("New 7", "1", "2", "2")
    hand.presses("ok")

    assert "W-01 LOTS lot New 7 2" in floor.house.lying("LOTS")


def test_found_goods_are_asked_for_their_date_where_the_code_requires_one(floor: Floor, hand: Hand) -> None:
    floor.house.keep(TrackingCode("DATED", lot_specific=True, use_expiration=True, require_expiration_entry=True))
    floor.house.item("DATED", tracking="DATED")

    hand.scans("W-01", "DATED", "L9")
    hand.types("1")
    assert hand.prompt == "adjust expiry"
    hand.types("310230")
    assert hand.refused == "bad_date"
    hand.presses("ok")
    hand.types("0527")
    assert hand.view.got["expires"] == date(2027, 5, 31)
    hand.types("4", "2")
    hand.presses("ok")

    assert floor.house.entries()[-1].expires == date(2027, 5, 31)


def test_the_date_of_a_lot_in_stock_is_not_asked(floor: Floor, hand: Hand) -> None:
    floor.house.keep(TrackingCode("DATED", lot_specific=True, use_expiration=True, require_expiration_entry=True))
    floor.house.item("DATED", tracking="DATED")
    floor.house.stock("W-02 DATED lot L9 expires 2027-05-31 1")

    hand.scans("W-01", "DATED", "L9")
    hand.types("1")

    assert hand.prompt == "adjust qty"


@pytest.mark.parametrize("prompt", ["bin", "item", "sign", "qty", "reason"])
def test_decision_58_enter_without_an_answer_says_what_is_required(hand: Hand, prompt: str) -> None:
    for give in ("W-01", "1000", "1", "3"):
        if hand.view.prompt == prompt:
            break
        hand.types(give)

    hand.presses("ok")

    assert hand.view.error == Message("missing", {"what": prompt})


@pytest.mark.parametrize("choice", ["0", "4", "9", "x", "11"])
def test_a_reason_that_is_not_offered_is_refused(hand: Hand, choice: str) -> None:
    hand.types("W-01", "1000", "1", "3", choice)

    assert hand.view.error == Message("bad_choice", {"n": 3})


def test_at_a_location_without_bins_the_item_is_first(floor: Floor) -> None:
    floor.house.stock("EAST 1000 4")
    hand = floor.at_work()
    hand.scans(EAST)
    hand.types("7")
    assert hand.prompt == "adjust item"

    hand.types("1000", "2", "1", "1")
    hand.presses("ok")

    assert "EAST 1000 3" in floor.house.lying()


def test_what_cannot_be_posted_is_refused_before_its_reason_is_asked(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Bin(SILVER, "W-01", block="inbound"))

    hand.types("W-01", "1000", "1", "3")

    assert (hand.prompt, hand.refused) == ("adjust qty", "bin_blocked")


def test_a_bin_blocked_meanwhile_is_refused_at_the_summary_which_stays(floor: Floor, hand: Hand) -> None:
    hand.types("W-01", "1000", "1", "3", "2")
    floor.house.keep(Bin(SILVER, "W-01", block="inbound"))
    hand.presses("ok")

    assert (hand.prompt, hand.refused) == ("adjust summary", "bin_blocked")
    hand.presses("ok")
    assert hand.prompt == "adjust summary"


def test_a_blocked_item_is_refused_where_it_is_scanned(floor: Floor, hand: Hand) -> None:
    floor.house.item("1000", blocked=True)

    hand.scans("W-01", "1000")

    assert (hand.prompt, hand.refused) == ("adjust item", "blocked")


def test_a_document_scanned_in_a_job_is_refused(floor: Floor, hand: Hand) -> None:
    floor.house.open_count("W-02")

    hand.scans("C1")

    assert (hand.prompt, hand.refused != "") == ("adjust bin", True)


def test_a_document_scanned_at_the_lot_is_no_new_lot(floor: Floor, hand: Hand) -> None:
    document = floor.house.open_count("W-02")
    hand.scans("W-01", "LOTS")

    hand.scans(document)

    assert (hand.prompt, hand.refused) == ("adjust lot", "no_match_kind")


def test_a_pack_identifier_counts_its_pieces(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("BX", "1000", uom="BOX"))
    hand.scans("W-01", "1000")
    hand.types("1")

    assert hand.scans("BX").counted == 6
    assert hand.scans("1000").counted == 7


def test_saf_28_over_the_limit_the_summary_asks_for_a_second_person(floor: Floor, hand: Hand) -> None:
    limit(floor, 2)
    hand.types("W-01", "1000", "1", "3", "2")
    hand.presses("ok")
    assert (hand.prompt, hand.told) == ("adjust who", "over_limit")

    hand.scans("U:SUE")
    assert (hand.prompt, hand.view.secret) == ("adjust pin", True)
    hand.types(PIN)
    assert (hand.prompt, "body.signed" in hand.body) == ("adjust summary", True)
    hand.presses("ok")

    assert hand.told == "posted"
    register = floor.house.rows(Register)[-1]
    assert (register.operator, register.second_person) == ("ANNA", "SUE")


def test_saf_28_enter_instead_leaves_it_for_approval_with_its_scans(floor: Floor, hand: Hand) -> None:
    limit(floor, 2)
    hand.types("W-01", "LOTS", "L1", "1", "3", "2")
    hand.presses("ok", "ok")

    assert (hand.prompt, hand.told, hand.view.outcome) == ("adjust bin", "left_for_approval", "none")
    (pending,) = floor.house.rows(PendingAdjustment)
    assert (pending.bin, pending.item, pending.lot, pending.qty, pending.reason) == ("W-01", "LOTS", "L1", 3, "FOUND")


@pytest.mark.parametrize(
    ("who", "pin", "refused"),
    [
        ("SUE", "135792", "login_refused"),
        ("NOBODY", PIN, "login_refused"),
        ("ANNA", PIN, "same_person"),
        ("PIA", PIN, "no_right"),
    ],
)
def test_saf_28_nobody_else_signs(floor: Floor, hand: Hand, who: str, pin: str, refused: str) -> None:
    limit(floor, 2)
    hand.types("W-01", "1000", "1", "3", "2")
    hand.presses("ok")

    hand.types(who, pin)

    assert (hand.prompt, hand.refused) == ("adjust who", refused)
    assert floor.house.lying() == ["W-01 1000 5"]


def test_saf_28_esc_goes_back_to_the_summary_unsigned(floor: Floor, hand: Hand) -> None:
    limit(floor, 2)
    hand.types("W-01", "1000", "1", "3", "2")
    hand.presses("ok")
    hand.types("SUE")

    hand.presses("back")

    assert (hand.prompt, "body.signed" in hand.body) == ("adjust summary", False)


def test_saf_28_a_signature_is_for_what_was_signed_only(floor: Floor, hand: Hand) -> None:
    limit(floor, 2)
    hand.types("W-01", "1000", "1", "3", "2")
    hand.presses("ok")
    hand.types("SUE", PIN)

    hand.presses("back", "back", "back")
    hand.types("4", "2")
    hand.presses("ok")

    assert hand.prompt == "adjust who"


def test_two_adjustments_in_a_row_are_two_postings(floor: Floor, hand: Hand) -> None:
    for _ in range(2):
        hand.types("W-01", "1000", "1", "3", "2")
        hand.presses("ok")

    assert floor.house.lying() == ["W-01 1000 11"]
