"""The process is killed or the line drops at every prompt of a job (floor-flows.md 14, 15; SAF-03, 04, 24; T-03, T-08).

The next log-in stands at the same prompt with what was answered; nothing is posted by it, and nothing twice.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.cli.program import aisle
from tests.pty.operating import Floor, ScanningHand, counted, hang_up, kill, log_of, posted, taken_up
from tests.pty.warehouse import PINS, lock_after

pytestmark = pytest.mark.slow

Act = Callable[[ScanningHand], None]
Stand = tuple[Act, tuple[str, ...], str]
"""What is done, what then stands on the screen, and what is told besides, once."""

STANDING = 6
"""Rows of the smallest screen down to the scan line; what was last accepted is not told again."""


def give(label: str, *seen: str) -> Stand:
    return lambda hand: hand.give(label), seen, ""


def digit(digit: int, *seen: str) -> Stand:
    return lambda hand: hand.digit(digit), seen, ""


def number(text: str, *seen: str, told: str = "") -> Stand:
    return lambda hand: hand.number(text), seen, told


def command(name: str, *seen: str) -> Stand:
    return lambda hand: hand.command(name), seen, ""


ADJUST = [
    digit(7, "BIN>"),
    give("B:W-02", "BIN W-02", "ITEM>"),
    give("I:1004", "BIN W-02", "1004 Head lamp", "SN>"),
    command("back", "BIN W-02", "ITEM>"),
    give("B:W-01", "BIN W-01", "ITEM>"),
    give("I:1003", "1003 Chain grease", "LOT>"),
    give("L:NEW", "LOT NEW", "1 + found", "1 2>"),
    digit(1, "+ found", "EXP>"),
    number("0231", "EXP 2031-02-28", "QTY>"),
    give("L:NEW", "QTY>[1]"),
    number("3", "3 PCS", "WHY>"),
    digit(1, "W-01 1003 NEW 3 PCS FOUND. Post? Enter", "ENTER>"),
]
COUNT = [
    digit(6, "DOC>"),
    give("B:K-1", "COUNT C1", "0/2", "ITEM>"),
    give("I:1002", "1002 Brake pad", "LOT>"),
    give("L:L1", "LOT L1", "QTY>"),
    number("16", "0/2", "LOT L1", "QTY>", told="Recount please"),
    number("16", "1/2", "ITEM>"),
    give("I:1001", "1001 Bicycle b", "QTY>"),
    give("I:1001", "QTY>[1]"),
    number("10", "2/2", "ITEM>"),
    command("menu", "1 Reset line", "2 List lines"),
    digit(2, "All counted. F2 finishes"),
    command("done", "2 counted, 0 open. Finish? Enter", "ENTER>"),
]
COUNT_SERIALS = [
    digit(6, "DOC>"),
    give("B:K-2", "COUNT C1", "0/3", "ITEM>"),
    give("I:1004", "1004 Head lamp", "SN>"),
    give("S:K1", "1/3", "SN>"),
    command("menu", "2 List lines"),
    digit(2, "Not counted yet", "1 1004"),
]

WAYS = {"kill -9": kill, "line dropped": hang_up}
ways = pytest.mark.parametrize("leave", WAYS.values(), ids=WAYS)
long_ways = pytest.mark.parametrize("leave", [kill, pytest.param(hang_up, marks=pytest.mark.long)], ids=WAYS)


def until_standing(floor: Floor, rows: list[str]) -> None:
    floor.until(lambda floor: floor.lines[:STANDING] == rows)


@contextmanager
def walked(database: Path, leave: Callable[[Floor], None], stands: Sequence[Stand]) -> Iterator[Floor]:
    """Lose the terminal after each answer, take the work up, and give the terminal it was last taken up on."""
    with ExitStack() as terminals:
        floor = terminals.enter_context(Floor(database))
        floor.sign_in("OTTO")
        floor.see("7 Adjust", "SCAN>")
        for act, seen, told in stands:
            act(ScanningHand(floor))
            floor.see(*seen, told)
            stood = floor.lines[:STANDING]
            leave(floor)
            floor = terminals.enter_context(taken_up(database))
            floor.see(*seen)
            until_standing(floor, stood)
        yield floor


@long_ways
def test_an_adjustment_goes_on_at_every_prompt_and_posts_once(database: Path, leave: Callable[[Floor], None]) -> None:
    with walked(database, leave, ADJUST) as floor:
        floor.send(b"\r")
        floor.see("Posted as", "BIN>")
        leave(floor)
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Posted as", "Resume", "?>")

    assert posted(database) == ["1003 NEW 3 FOUND"]
    assert aisle(database.parent, "verify").stdout == "aisle.db: clean.\n"


@long_ways
def test_a_count_goes_on_at_every_prompt_with_its_figures_once(database: Path, leave: Callable[[Floor], None]) -> None:
    with walked(database, leave, COUNT) as floor:
        floor.send(b"\r")
        floor.see("Finished C1", "DOC>")
        leave(floor)
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Finished C1", "Resume", "?>")

    assert counted(database, "C1") == ["1001 10", "1002 L1 16"]
    assert posted(database) == []
    assert aisle(database.parent, "verify").stdout == "aisle.db: clean.\n"


@long_ways
def test_a_count_of_serials_goes_on_with_those_scanned(database: Path, leave: Callable[[Floor], None]) -> None:
    with walked(database, leave, COUNT_SERIALS):
        pass

    assert counted(database, "C1") == ["1004 K1 1"]


@ways
def test_half_a_quantity_a_refusal_and_a_question_go_and_the_prompt_stays(
    database: Path, leave: Callable[[Floor], None]
) -> None:
    with walked(database, leave, []) as floor:
        hand = ScanningHand(floor)
        hand.digit(7)
        hand.see("BIN>")
        hand.give("B:W-01")
        hand.give("I:1001")
        hand.see("1001 Bicycle", "1 2>")
        hand.digit(2)
        hand.see("- missing", "QTY>")
        floor.press(b"1")
        floor.see("QTY>1")
        leave(floor)
    with taken_up(database) as floor:
        hand = ScanningHand(floor)
        hand.see("1001 Bicycle", "- missing", "QTY>")
        floor.until(lambda floor: "QTY>" in floor.lines)
        hand.number("11")
        hand.see("REFUSED", "Only 10 here, 1 short", "Enter=go on>")
        leave(floor)
    with taken_up(database) as floor:
        hand = ScanningHand(floor)
        hand.see("1001 Bicycle", "- missing", "QTY>")
        hand.command("back")
        hand.see("1 2>")
        for prompt in "ITEM>", "BIN>", "7 Adjust":
            hand.command("back")
            hand.see(prompt)
        hand.digit(6)
        hand.see("DOC>")
        hand.give("B:W-02")
        hand.give("I:1001")
        hand.see("1001 Bicycle", "QTY>")
        hand.number("2")
        hand.see("Not expected. Add? Enter", "?>")
        floor.send(b"I:1004\rS:SN1\r")
        leave(floor)
    with taken_up(database) as floor:
        floor.see("1001 Bicycle", "QTY>")

    assert posted(database) == []
    assert counted(database, "C1") == []


def test_a_second_person_signs_anew_where_the_terminal_went(database: Path) -> None:
    def over_the_limit(floor: Floor) -> ScanningHand:
        hand = ScanningHand(floor)
        hand.see("6 PCS FOUND. Post? Enter", "ENTER>")
        assert "Signed" not in floor.text
        hand.enter()
        hand.see("Over your limit", "WHO>")
        return hand

    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.send(b"7\rB:W-01\rI:1001\r")
        hand = ScanningHand(floor)
        hand.see("1 2>")
        for text, seen in ("1", "QTY>"), ("6", "WHY>"), ("1", "Post? Enter"):
            hand.number(text)
            hand.see(seen)
        kill(floor)
    with taken_up(database) as floor:
        over_the_limit(floor).give("U:SARA")
        floor.see("PIN>")
        hang_up(floor)
    with taken_up(database) as floor:
        hand = over_the_limit(floor)
        hand.give("U:SARA")
        hand.see("PIN>")
        hand.number(PINS["SARA"])
        hand.see("Signed by SARA", "ENTER>")
        kill(floor)
    with taken_up(database) as floor:
        over_the_limit(floor)

    assert posted(database) == []


@long_ways
def test_a_locked_terminal_leaves_the_work_and_not_the_lock(database: Path, leave: Callable[[Floor], None]) -> None:
    lock_after(database, seconds=5)
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.send(b"7\rB:W-01\r")
        floor.see("Locked: PIN of OTTO", "PIN>")
        assert "W-01" not in floor.text
        leave(floor)

    lock_after(database, seconds=600)
    with taken_up(database) as floor:
        floor.see("BIN W-01", "ITEM>")


@pytest.mark.parametrize("moment", ["the key is sent", "the disk is written", "it is painted"])
def test_killed_while_it_posts_the_truth_is_told_and_it_is_posted_once(database: Path, moment: str) -> None:
    """T-08: whatever the kill left of it, the ledger and what the next log-in says agree."""
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.send(b"7\rB:W-01\rI:1001\r")
        hand = ScanningHand(floor)
        for text, seen in ("1", "QTY>"), ("2", "WHY>"), ("1", "Post? Enter"):
            hand.number(text)
            hand.see(seen)
        written = log_of(database)
        floor.send(b"\r")
        if moment == "the disk is written":
            floor.until(lambda _: log_of(database) != written)
        if moment == "it is painted":
            floor.see("Posted as")
        kill(floor)

    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("osted", "Resume", "?>")
        told = "Not posted" not in floor.text
        assert posted(database) == ["1001 2 FOUND"] * told
        floor.send(b"\r")
        if not told:
            floor.see("Post? Enter", "ENTER>")
            floor.send(b"\r")
            floor.see("Posted as")

    assert posted(database) == ["1001 2 FOUND"]
