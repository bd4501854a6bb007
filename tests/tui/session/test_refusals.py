"""A refusal stands until it is acknowledged; scans meanwhile are told and kept (floor-flows.md 8; decisions 25, 26)."""

import pytest

from domain.items.card import Identifier
from tests.tui.session.hand import Floor, Hand


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """At the item prompt of an adjustment, with a refusal standing."""
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "nowhere")
    assert (hand.prompt, hand.refused, hand.view.bells) == ("adjust item", "unknown", 2)
    return hand


def outcomes(floor: Floor) -> list[tuple[bytes, str, str]]:
    return [(scan.raw, scan.outcome, scan.code) for scan in floor.scans()]


def test_the_refusal_names_what_was_scanned_and_what_is_wanted(hand: Hand) -> None:
    assert hand.view.error is not None
    assert hand.view.error.facts == {"code": "nowhere", "prompt": "item"}


@pytest.mark.parametrize("clears", ["ok", "%%OK", ".."])
def test_scn_112_the_third_refusal_of_the_same_text_in_a_row_offers_other_ways(hand: Hand, clears: str) -> None:
    def clear() -> None:
        hand.presses("ok") if clears == "ok" else hand.scans(clears)

    clear()
    hand.scans("nowhere", "nowhere")
    clear()
    assert hand.told == ""
    hand.scans("nowhere")
    clear()

    assert (hand.refused, hand.told) == ("", "refused_thrice")


@pytest.mark.parametrize("between", ["1000", "elsewhere"])
def test_scn_112_another_scan_between_begins_anew(floor: Floor, between: str) -> None:
    hand = floor.at_work("VERA")
    hand.types("8")

    hand.scans("nowhere", "nowhere", between, "nowhere")
    hand.presses("ok")
    assert hand.told == ""
    hand.scans("nowhere", "nowhere")
    hand.presses("ok")

    assert hand.told == "refused_thrice"


def test_scans_that_arrive_meanwhile_are_counted_and_change_nothing(hand: Hand) -> None:
    hand.scans("1000", "1000", "1001")

    assert (hand.prompt, hand.refused, hand.view.ignored) == ("adjust item", "unknown", 3)


def test_decision_26_they_are_in_the_journal_as_ignored_with_their_bytes(floor: Floor, hand: Hand) -> None:
    hand.scans("1000", "B:W-02")

    assert outcomes(floor)[-3:] == [
        (b"nowhere", "refused", "unknown"),
        (b"1000", "ignored", "refusal_stands"),
        (b"B:W-02", "ignored", "refusal_stands"),
    ]


@pytest.mark.parametrize("key", ["ok", "back"])
def test_enter_and_esc_acknowledge_and_do_nothing_else(hand: Hand, key: str) -> None:
    hand.scans("1000")

    hand.presses(key)

    assert (hand.prompt, hand.refused, hand.view.ignored) == ("adjust item", "", 0)


@pytest.mark.parametrize("label", ["%%OK", "%%BACK", "%%CANCEL", "C:OK", ".."])
def test_the_labels_and_the_typed_twin_acknowledge_too(hand: Hand, label: str) -> None:
    hand.scans(label)

    assert (hand.prompt, hand.refused) == ("adjust item", "")


@pytest.mark.parametrize("key", ["done", "short", "next", "find", "menu", "explain", "help", "split", "full"])
def test_no_other_key_acknowledges(hand: Hand, key: str) -> None:
    hand.presses(key)

    assert (hand.prompt, hand.refused) == ("adjust item", "unknown")


def test_after_acknowledging_the_next_scan_counts(hand: Hand) -> None:
    hand.presses("ok")

    hand.scans("1000")

    assert (hand.prompt, hand.refused) == ("adjust sign", "")


def test_a_stack_of_blind_scans_does_not_run_into_later_prompts(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7")

    hand.scans("W-01", "W-99", "1000", "1", "3", "1", apart=0.001)

    assert (hand.prompt, hand.refused, hand.view.ignored) == ("adjust item", "unknown", 4)


def test_decision_25_on_the_menu_the_next_scan_replaces_the_message(floor: Floor) -> None:
    hand = floor.at_work()

    hand.scans("nowhere")
    assert hand.refused == "unknown"
    hand.scans("1000")

    assert (hand.prompt, hand.refused) == ("lookup menu", "")


def test_decision_25_in_look_up_too(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("8")

    hand.scans("nowhere", "W-01")

    assert (hand.prompt, hand.refused, hand.view.ignored) == ("lookup menu", "", 0)


@pytest.mark.parametrize("key", ["ok", "back"])
def test_on_the_menu_enter_and_esc_take_the_message_away_first(floor: Floor, key: str) -> None:
    hand = floor.at_work()
    hand.scans("nowhere")

    hand.presses("ok")
    assert (hand.prompt, hand.refused) == ("menu menu", "")

    hand.scans("nowhere")
    hand.presses(key)
    assert hand.refused == ""


def test_a_refused_scan_leaves_no_trace_of_its_answer(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("2", "6")

    assert (hand.prompt, hand.refused) == ("adjust qty", "not_enough")
    assert hand.presses("ok").got["qty"] is None


def test_a_key_without_meaning_is_refused_in_words(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7")

    hand.presses("split")

    assert hand.refused == "key_not_here"


def at_item_with_part(floor: Floor) -> Hand:
    """ANNA adjusting in W-01 after a label with nothing but the lot L77."""
    floor.house.keep(Identifier("04006381333931", "LOTS"))
    hand = floor.at_work()
    hand.scans("7", "W-01", "]C110L77")
    assert hand.told == "part_label"
    return hand


def test_scn_49_a_part_label_waits_for_the_other_one(floor: Floor) -> None:
    hand = at_item_with_part(floor)

    hand.scans("]C10104006381333931")

    assert (hand.prompt, hand.view.got["item"], hand.view.got["lot"]) == ("adjust sign", "LOTS", "L77")


def test_scn_49_after_a_refusal_neither_part_nor_screen_waits_any_more(floor: Floor) -> None:
    hand = at_item_with_part(floor)
    hand.scans("]C10109506000134352")
    assert hand.refused == "unknown"

    hand.presses("ok")
    assert hand.told == ""
    hand.scans("]C10104006381333931")

    assert hand.prompt == "adjust lot"


def test_scn_49_what_is_no_partner_ends_the_wait_also_where_it_is_asked_about(floor: Floor) -> None:
    hand = at_item_with_part(floor)
    floor.house.variant("1000", "RED")
    hand.scans("1000")
    assert hand.asked == "choice"

    hand.presses("back")
    assert hand.told == ""
    hand.scans("]C10104006381333931")

    assert hand.prompt == "adjust lot"
