"""Several terminals on one database: one name twice, one operator twice, one count for two (floor-flows.md 15..18)."""

from pathlib import Path

import pytest

from tests.pty.operating import Floor, ScanningHand, counted, kill, posted

pytestmark = pytest.mark.slow


def counting(floor: Floor, operator: str) -> ScanningHand:
    """Sign in and scan the bin K-1 at Count."""
    floor.sign_in(operator)
    floor.until(lambda floor: "LOC>" in floor.text or "SCAN>" in floor.text)
    if "LOC>" in floor.text:
        floor.send(b"\r")
    hand = ScanningHand(floor)
    hand.see("6 Count", "SCAN>")
    hand.digit(6)
    hand.see("DOC>")
    hand.give("B:K-1")
    return hand


def count(hand: ScanningHand, qty: int, *seen: str) -> None:
    hand.give("I:1001")
    hand.see("1001 Bicycle", "QTY>")
    hand.number(str(qty))
    hand.see(*seen)


def test_a_name_is_one_terminal_at_a_time(database: Path) -> None:
    with Floor(database) as first:
        first.until_shown("WHO>")
        with Floor(database) as second:
            assert second.exit_status() == 1
            told = second.output().decode()
            assert told.startswith("Terminal t1 is in use by another process: ")
            assert told.count("\n") == 1
        first.sign_in("OTTO")
        first.see("7 Adjust", "SCAN>")
        kill(first)
    with Floor(database) as third:
        third.sign_in("OTTO")
        third.see("7 Adjust", "SCAN>")


def test_an_operator_takes_his_count_to_another_terminal_and_the_first_is_told(database: Path) -> None:
    with Floor(database, terminal="t1") as one, Floor(database, terminal="t2") as two:
        first = counting(one, "OTTO")
        first.see("COUNT C1", "0/2", "ITEM>")
        second = counting(two, "OTTO")
        second.see("OTTO has C1. Take? 1=yes", "?>")
        second.digit(1)
        second.see("COUNT C1", "0/2", "ITEM>")
        count(second, 10, "1/2", "ITEM>")
        first.give("I:1002")
        first.see("REFUSED", "OTTO took C1", "Enter=go on>")

    assert counted(database, "C1") == ["1001 10"]
    assert posted(database) == []


def test_a_supervisor_takes_over_and_others_may_not(database: Path) -> None:
    with Floor(database, terminal="t1") as one, Floor(database, terminal="t2") as two:
        first = counting(one, "OTTO")
        first.see("COUNT C1", "ITEM>")
        count(first, 10, "1/2", "ITEM>")
        second = counting(two, "PAT")
        second.see("REFUSED", "OTTO has C1", "Enter=go on>")
        kill(two)
        with Floor(database, terminal="t3") as three:
            third = counting(three, "SARA")
            third.see("OTTO has C1. Take? 1=yes", "?>")
            third.enter()
            third.see("DOC>")
            third.give("B:K-1")
            third.see("OTTO has C1. Take? 1=yes", "?>")
            third.digit(1)
            third.see("COUNT C1", "1/2", "ITEM>")
            first.give("I:1002")
            first.see("REFUSED", "SARA took C1", "Enter=go on>")

    assert counted(database, "C1") == ["1001 10"]


def test_work_taken_up_at_another_terminal_is_not_offered_at_the_first(database: Path) -> None:
    with Floor(database, terminal="t1") as floor:
        counting(floor, "OTTO").see("COUNT C1", "ITEM>")
        kill(floor)
    with Floor(database, terminal="t2") as floor:
        floor.sign_in("OTTO")
        floor.see("Resume C1", "?>")
        floor.send(b"\r")
        floor.see("COUNT C1", "0/2", "ITEM>")
        with Floor(database, terminal="t1") as first:
            first.sign_in("OTTO")
            first.see("6 Count", "SCAN>")
        count(ScanningHand(floor), 10, "1/2", "ITEM>")

    assert counted(database, "C1") == ["1001 10"]


def test_two_terminals_post_in_turn_and_both_are_booked(database: Path) -> None:
    with Floor(database, terminal="t1") as one, Floor(database, terminal="t2") as two:
        floors = one, two
        for floor in floors:
            floor.sign_in("OTTO")
            floor.send(b"7\rB:W-01\rI:1001\r")
            floor.see("1 2>")
        for text, seen in ("1", "QTY>"), ("2", "WHY>"), ("1", "Post? Enter"):
            for floor in floors:
                floor.send(f"{text}\r".encode())
            for floor in floors:
                floor.see(seen)
        for floor in floors:
            floor.send(b"\r")
        for floor in floors:
            floor.see("Posted as")

    assert posted(database) == ["1001 2 FOUND"] * 2
