"""A question takes only its keys and holds scans until it is answered (decision 39; SCN-13; floor-flows.md 21)."""

import pytest

from domain.items.card import Identifier
from domain.site import Location
from domain.work.documents import CountLine
from tests.domain.notation import SILVER
from tests.tui.session.hand import Floor, Hand
from tui.capture import Line
from tui.jobs.view import Message


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """Counting W-01, where an item that is not on the list was just scanned and counted."""
    hand = floor.at_work("PIA")
    hand.types("6")
    hand.scans("W-01", "1001")
    hand.types("2")
    assert (hand.asked, hand.view.bells, hand.view.commands) == ("not_expected", 1, ("ok", "back"))
    return hand


def lines(floor: Floor) -> list[str]:
    return [line.item for line in floor.house.rows(CountLine) if line.counts]


def test_enter_is_yes_where_the_question_confirms_what_was_asked_for(floor: Floor, hand: Hand) -> None:
    hand.presses("ok")

    assert (hand.told, lines(floor)) == ("recount", ["1001"])


def test_esc_is_no_and_stands_at_the_prompt_as_before(floor: Floor, hand: Hand) -> None:
    hand.presses("back")

    assert (hand.prompt, hand.asked, lines(floor)) == ("count qty", "", [])


@pytest.mark.parametrize("key", ["1", "9", "?"])
def test_any_other_key_does_nothing(floor: Floor, hand: Hand, key: str) -> None:
    hand.types(key)
    hand.presses("done", "find", "menu")

    assert (hand.asked, lines(floor)) == ("not_expected", [])


def test_labels_answer_like_the_keys(floor: Floor, hand: Hand) -> None:
    hand.scans("%%CANCEL")

    assert (hand.prompt, hand.asked, lines(floor)) == ("count qty", "", [])


def test_scn_13_scans_are_held_and_answered_in_their_order_afterwards(floor: Floor, hand: Hand) -> None:
    hand.scans("1001", "1001", "LOTS", apart=0.6)
    assert (hand.asked, len(floor.scans())) == ("not_expected", 6)

    hand.presses("back")

    assert hand.asked == "not_expected"
    assert [scan.raw for scan in floor.scans()[6:]] == [b"1001", b"1001", b"LOTS"]
    assert [scan.outcome for scan in floor.scans()] == ["accepted"] * 9


def test_a_held_scan_that_is_refused_makes_the_ones_behind_it_ignored(floor: Floor, hand: Hand) -> None:
    hand.scans("nowhere", "1001", "1001")

    hand.presses("back")

    assert (hand.refused, hand.view.ignored) == ("barcode_at_qty", 2)
    assert [scan.code for scan in floor.scans()[-3:]] == ["barcode_at_qty", "refusal_stands", "refusal_stands"]


def test_a_held_scan_may_lead_to_a_question_that_holds_the_rest(floor: Floor, hand: Hand) -> None:
    hand.scans("1001", "LOTS", "LOTS")

    hand.presses("back")

    assert (hand.asked, [scan.raw for scan in floor.scans()[6:]]) == ("not_expected", [b"1001", b"LOTS"])
    hand.presses("back")
    assert [scan.raw for scan in floor.scans()[8:]] == [b"LOTS"]


def test_where_yes_overrides_a_rule_enter_is_no_and_1_is_yes(floor: Floor) -> None:
    floor.house.freeze("warn")
    floor.house.open_count("W-01", by="SUE")
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("1", "2", "2")

    hand.presses("ok")
    assert (hand.asked, hand.view.body[0].facts) == ("bin_in_count", {"bin": "W-01", "document": "C1"})
    hand.presses("ok")
    assert (hand.prompt, hand.asked) == ("adjust summary", "")
    hand.presses("ok")
    hand.types("1")

    assert hand.told == "posted"


def test_a_question_asked_after_a_beep_is_shown(floor: Floor) -> None:
    floor.house.freeze("warn")
    floor.house.open_count("W-01", by="SUE")
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("1", "2", "2")
    hand.scans("1000")

    hand.presses("ok")

    assert (hand.asked, hand.view.bells) == ("bin_in_count", 1)


def test_two_questions_for_one_answer_are_asked_one_after_the_other(floor: Floor) -> None:
    floor.house.freeze("warn")
    floor.house.open_count("W-01", by="SUE")
    floor.house.room("W-01", "1000", 6)
    floor.house.keep(Location(SILVER, bin_mandatory=True, bin_capacity_policy="allow_more"))
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("1", "2", "2")

    hand.presses("ok")
    hand.types("1")
    assert (hand.asked, hand.view.body[0].facts) == ("bin_full_ask", {"max": 6, "qty": 1})
    hand.types("1")

    assert (hand.told, floor.house.lying()) == ("posted", ["W-01 1000 7"])


def test_a_code_that_means_several_things_is_chosen_by_digit(floor: Floor) -> None:
    floor.house.keep(Identifier("1000", "1001"))
    floor.house.item("W-01")
    hand = floor.at_work()

    hand.scans("W-01")
    assert hand.asked == "choice"
    assert [choice.label.facts["kind"] for choice in hand.view.choices] == ["bin", "item"]
    hand.types("2")

    assert (hand.prompt, hand.body[0]) == ("lookup menu", "sheet.item")


@pytest.mark.parametrize("key", ["3", "0"])
def test_a_digit_that_is_not_offered_is_refused_and_the_choice_stands(floor: Floor, key: str) -> None:
    floor.house.item("W-01")
    hand = floor.at_work()
    hand.scans("W-01")

    hand.types(key)
    assert (hand.view.prompt, hand.view.error) == ("question", Message("bad_choice", {"n": 2}))
    hand.presses("ok")

    assert (hand.asked, len(hand.offered)) == ("choice", 2)


def test_any_other_text_leaves_the_choice_standing(floor: Floor) -> None:
    floor.house.item("W-01")
    hand = floor.at_work()
    hand.scans("W-01")

    hand.types("x")
    hand.presses("ok")

    assert hand.asked == "choice"


def test_decision_39_enter_is_named_only_where_it_is_yes(floor: Floor, hand: Hand) -> None:
    assert hand.view.commands == ("ok", "back")
    hand.presses("back", "back", "short")

    assert (hand.asked, hand.view.commands) == ("empty_ask", ("back",))


def test_an_item_with_variants_asks_which(floor: Floor) -> None:
    floor.house.variant("1000", "RED")
    floor.house.variant("1000", "BLUE")
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "1000")

    assert [choice.label.facts["variant"] for choice in hand.view.choices] == ["BLUE", "RED", ""]
    hand.types("2")

    assert hand.prompt == "adjust sign"
    assert hand.body == ["body.bin", "body.item", "body.variant"]


def test_scn_13_what_was_typed_before_the_question_was_painted_is_in_the_journal_and_answers_nothing(
    floor: Floor, hand: Hand
) -> None:
    before = len(floor.scans())

    hand.view = hand.terminal.pass_over(Line(b"8", "keyed", 0))
    hand.view = hand.terminal.pass_over(Line(b"", "keyed", 0))

    assert (hand.asked, lines(floor)) == ("not_expected", [])
    assert [(scan.raw, scan.outcome, scan.code) for scan in floor.scans()[before:]] == [
        (b"8", "ignored", "typed_ahead")
    ]


def test_decision_26_keys_at_a_question_that_mean_nothing_are_in_the_journal_as_ignored(
    floor: Floor, hand: Hand
) -> None:
    hand.types("7")

    assert (floor.scans()[-1].raw, floor.scans()[-1].outcome) == (b"7", "ignored")
