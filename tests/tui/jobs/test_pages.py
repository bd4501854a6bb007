"""Lists that have more entries than digits: 0 turns the page, in every list there is (floor-flows.md 13)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.site import Location, Operator, ReasonCode
from domain.work.adjusting import leave_for_approval
from tests.domain.notation import adjustment
from tests.tui.session.hand import PIN, Floor, Hand
from tui.jobs.view import Message

TWELVE = [f"X{number:02}" for number in range(1, 13)]


def variants(floor: Floor) -> Hand:
    floor.house.item("1001", variant_mandatory="yes")
    for code in TWELVE:
        floor.house.variant("1001", code)
    hand = floor.at_work()
    hand.types("7", "W-01", "1001")
    return hand


def hits(floor: Floor) -> Hand:
    for code in TWELVE:
        floor.house.item(code, tracking="LOT")
        floor.house.stock(f"W-01 {code} lot L7 1")
    hand = floor.at_work()
    hand.types("7", "W-01", "L7")
    return hand


def reasons(floor: Floor) -> Hand:
    floor.house.keep(*(ReasonCode(code, code, position=9) for code in TWELVE[3:]))
    hand = floor.at_work()
    hand.types("7", "W-01", "1000", "1", "2")
    return hand


def reasons_to_refuse(floor: Floor) -> Hand:
    floor.house.keep(*(ReasonCode(code, code, position=9) for code in TWELVE[3:]))
    floor.house.do(leave_for_approval, adjustment("W-01 1000 11"), operation="op")
    hand = floor.at_work("SUE")
    hand.types("9", "8", "3", "1", "8")
    return hand


def documents(floor: Floor) -> Hand:
    for _ in TWELVE:
        floor.house.adjust("W-01 1000 1")
    hand = floor.at_work()
    hand.types("9", "8", "1")
    return hand


def open_lines(floor: Floor) -> Hand:
    for code in TWELVE:
        floor.house.item(code)
        floor.house.stock(f"W-03 {code} 1")
    hand = floor.at_work()
    hand.types("6", "W-03")
    hand.presses("menu")
    hand.types("2")
    return hand


def twelve_locations(floor: Floor) -> None:
    floor.house.keep(*(Location(code) for code in TWELVE))
    floor.house.keep(Operator("ANNA", role="operator", locations=tuple(TWELVE)))


def locations_at_log_in(floor: Floor) -> Hand:
    twelve_locations(floor)
    hand = floor.hand()
    hand.types("ANNA", PIN)
    return hand


def locations_at_the_menu(floor: Floor) -> Hand:
    twelve_locations(floor)
    hand = floor.hand()
    hand.types("ANNA", PIN, "1", "9", "9", "1")
    return hand


LISTS = [
    variants,
    hits,
    reasons,
    reasons_to_refuse,
    documents,
    open_lines,
    locations_at_log_in,
    locations_at_the_menu,
]
every_list = pytest.mark.parametrize("stand_at", LISTS)


def digits(hand: Hand) -> str:
    return "".join(choice.digit for choice in hand.view.choices)


@every_list
def test_0_turns_to_the_next_page_and_round_to_the_first(floor: Floor, stand_at: Callable[[Floor], Hand]) -> None:
    hand = stand_at(floor)
    first = hand.view.choices
    assert (digits(hand), hand.view.progress, hand.view.digits) == ("1234567890", "1/2", True)

    hand.types("0")
    assert (digits(hand), hand.view.progress) == ("1230", "2/2")
    hand.types("0")

    assert hand.view.choices == first


@every_list
def test_a_digit_past_the_end_is_refused_and_the_list_still_stands(
    floor: Floor, stand_at: Callable[[Floor], Hand]
) -> None:
    hand = stand_at(floor)
    hand.types("0")
    page = hand.view.choices

    hand.types("4")
    assert hand.view.error == Message("bad_choice", {"n": 3})
    hand.presses("ok")

    assert (hand.view.choices, hand.view.error) == (page, None)


@pytest.mark.parametrize(
    ("stand_at", "prompt", "told"),
    [
        (variants, "adjust sign", "X10"),
        (hits, "adjust sign", "X10"),
        (reasons, "adjust summary", "X10"),
        (open_lines, "count qty", "X10"),
        (locations_at_log_in, "menu menu", "X10"),
        (locations_at_the_menu, "menu menu", "X10"),
    ],
)
def test_a_digit_of_the_next_page_takes_the_row_that_stands_there(
    floor: Floor, stand_at: Callable[[Floor], Hand], prompt: str, told: str
) -> None:
    hand = stand_at(floor)

    hand.types("0", "1")

    assert hand.prompt == prompt
    assert told in f"{hand.view.body} {hand.view.location}"


def test_0_is_no_choice_where_one_page_is_all(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7", "W-01", "1000", "1", "2")

    hand.types("0")

    assert hand.view.error == Message("bad_choice", {"n": 3})


def test_the_question_says_that_there_is_more(floor: Floor) -> None:
    hand = variants(floor)

    assert hand.view.body[0] == Message("choice", {"n": 12, "pages": "1/2"})
