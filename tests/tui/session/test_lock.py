"""An idle terminal is locked; the PIN uncovers it exactly as it was (SAF-24, floor-flows.md 17)."""

from collections.abc import Callable

import pytest

from domain.people.access import SetPin, set_pin
from domain.people.books import ParkedWork
from tests.tui.session.hand import PIN, Floor, Hand

WRONG = "135792"


def at_menu(hand: Hand) -> None:
    pass


def at_item(hand: Hand) -> None:
    hand.types("7")
    hand.scans("W-01")


def at_quantity(hand: Hand) -> None:
    at_item(hand)
    hand.scans("1000")
    hand.types("1")
    hand.scans("1000")


def at_refusal(hand: Hand) -> None:
    at_item(hand)
    hand.scans("nowhere", "1000")


def at_question(hand: Hand) -> None:
    hand.types("6")
    hand.scans("W-01", "1001")
    hand.types("2")
    hand.scans("LOTS")


def at_look_up(hand: Hand) -> None:
    at_quantity(hand)
    hand.presses("find")
    hand.scans("W-02")


PLACES = [at_menu, at_item, at_quantity, at_refusal, at_question, at_look_up]


@pytest.mark.parametrize("place", PLACES)
def test_the_pin_uncovers_the_terminal_exactly_as_it_was(floor: Floor, place: Callable[[Hand], None]) -> None:
    hand = floor.at_work()
    place(hand)
    before = hand.view

    hand.view = hand.terminal.idle()
    assert (hand.prompt, hand.view.secret, hand.body) == ("locked pin", True, ["body.locked"])
    hand.types(PIN)

    assert hand.view == before


def test_a_locked_terminal_shows_nothing_of_the_work(floor: Floor) -> None:
    hand = floor.at_work()
    at_question(hand)

    view = hand.terminal.idle()

    assert (view.document, view.lines, view.got, view.choices, view.error, view.message) == ("", (), {}, (), None, None)
    assert "LOTS" not in str(view)


def test_a_wrong_pin_leaves_it_locked_and_is_counted(floor: Floor) -> None:
    hand = floor.at_work()
    hand.terminal.idle()

    for _ in range(5):
        hand.types(WRONG)
        assert (hand.prompt, hand.refused) == ("locked pin", "login_refused")
    hand.types(PIN)

    assert (hand.prompt, hand.refused) == ("locked pin", "locked")


def test_the_pin_of_somebody_else_does_not_open_it(floor: Floor) -> None:
    floor.house.do(set_pin, SetPin("SUE", "975310"), "ADA")
    hand = floor.at_work()
    hand.terminal.idle()

    hand.types("975310")

    assert (hand.prompt, hand.refused) == ("locked pin", "login_refused")


@pytest.mark.parametrize("key", ["ok", "find", "explain", "done", "menu", "help"])
def test_no_other_key_opens_it(floor: Floor, key: str) -> None:
    hand = floor.at_work()
    hand.terminal.idle()

    hand.presses(key)

    assert hand.prompt == "locked pin"


def test_being_idle_again_changes_nothing(floor: Floor) -> None:
    hand = floor.at_work()
    at_item(hand)
    before = hand.view
    hand.terminal.idle()

    assert hand.terminal.idle().job == "locked"
    hand.types(PIN)

    assert hand.view == before


def test_nobody_signed_in_nothing_to_lock(floor: Floor) -> None:
    hand = floor.hand()

    assert hand.terminal.idle().job == "login"


def test_somebody_else_may_end_the_session_and_its_work_is_kept_for_its_owner(floor: Floor) -> None:
    hand = floor.at_work()
    at_item(hand)
    before = hand.view
    hand.terminal.idle()

    hand.presses("back")
    assert hand.asked == "log_off"
    hand.types("1")
    assert hand.prompt == "login who"
    hand.signs_in("SUE")
    assert (hand.prompt, hand.asked) == ("menu menu", "")

    other = floor.at_work("ANNA", "T2")
    assert other.asked == "resume"
    assert other.presses("ok").got == before.got


def test_decision_26_scans_held_under_the_lock_are_in_the_journal_when_somebody_else_signs_off(floor: Floor) -> None:
    hand = floor.at_work()
    at_question(hand)
    hand.terminal.idle()

    hand.presses("back")
    hand.types("1")

    scan = floor.scans()[-1]
    assert (scan.raw, scan.outcome, scan.code) == (b"LOTS", "ignored", "left")


def test_a_line_that_drops_while_locked_leaves_the_work_and_not_the_lock(floor: Floor) -> None:
    hand = floor.at_work()
    at_item(hand)
    before = hand.view
    hand.terminal.idle()
    hand.drops()

    hand = floor.at_work()
    assert hand.asked == "resume"
    hand.presses("ok")

    assert hand.view == before


def test_a_locked_menu_leaves_nothing_behind(floor: Floor) -> None:
    hand = floor.at_work()
    hand.terminal.idle()
    hand.terminal.hang_up()

    assert floor.house.rows(ParkedWork) == []
