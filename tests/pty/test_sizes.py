"""Whatever the terminal is and however it is resized (textual-notes 3.5, 7; floor-flows.md 28)."""

import shlex
import signal
from pathlib import Path

import pytest

from tests.pty.operating import PROGRAM, SIZES, Floor, Hand, posted
from tests.pty.terminal import PtyTerminal

pytestmark = pytest.mark.slow

ABSURD = [(5, 3), (1, 1), (19, 7), (500, 3), (3, 200), (300, 100)]


def half_typed(floor: Floor) -> Hand:
    """Sign in, go to the quantity of what was found, and type the first of two digits."""
    floor.sign_in("OTTO")
    floor.send(b"7\rB:W-01\rI:1001\r")
    hand = Hand(floor)
    hand.see("1 2>")
    hand.digit(1)
    hand.see("QTY>")
    floor.press(b"2")
    hand.see("QTY>2")
    return hand


def finish(hand: Hand) -> None:
    hand.number("")
    hand.see("2 PCS", "WHY>")
    hand.digit(1)
    hand.see("W-01 1001 2 PCS FOUND. Post? Enter", "ENTER>")
    hand.enter()
    hand.see("Posted as", "BIN>")


def test_a_terminal_resized_keeps_the_prompt_and_what_is_typed(database: Path) -> None:
    with Floor(database) as floor:
        hand = half_typed(floor)
        for columns, rows in (*SIZES[1:], *SIZES[-2::-1]):
            floor.resize(columns, rows)
            hand.see("1001 Bicycle", "+ found", "QTY>2")
            assert floor.is_cursor_shown
        finish(hand)

    assert posted(database) == ["1001 2 FOUND"]


def test_resized_and_back_before_it_looks_it_is_painted_again(database: Path) -> None:
    with Floor(database) as floor:
        half_typed(floor)
        floor.signal(signal.SIGSTOP)
        floor.resize(5, 3)
        floor.resize(20, 8)
        assert "BIN W-01" not in floor.text
        floor.signal(signal.SIGCONT)
        floor.until_shown("BIN W-01")
        floor.until_shown("QTY>2")


def test_at_an_absurd_size_it_lives_answers_and_comes_back(database: Path) -> None:
    with Floor(database) as floor:
        hand = half_typed(floor)
        for columns, rows in ABSURD:
            floor.output()
            floor.resize(columns, rows)
            floor.until(lambda floor: floor.unread)
            floor.resize(20, 8)
            floor.until_shown("QTY>2")
        floor.output()
        floor.resize(5, 3)
        floor.until(lambda floor: floor.unread)
        floor.press(b"\r")
        floor.resize(20, 8)
        hand.see("2 PCS", "WHY>")
        hand.digit(1)
        hand.see("Post? Enter")
        hand.enter()
        hand.see("Posted as")

    assert posted(database) == ["1001 2 FOUND"]


@pytest.mark.parametrize(
    "term",
    ["vt220", "linux", *(pytest.param(term, marks=pytest.mark.long) for term in ("xterm", "vt100", "screen", "tmux"))],
)
def test_a_job_is_done_at_any_kind_of_terminal(database: Path, term: str) -> None:
    find = b"\x1b[[E" if term == "linux" else b"\x1b[15~"
    with Floor(database, term=term) as floor:
        hand = half_typed(floor)
        finish(hand)
        floor.press(find)
        hand.see("LOOKUP", "Scan anything")
        hand.give("B:W-01")
        hand.see("1001 12 PCS")
        for shown in "BIN>", "7 Adjust", "Log off? 1=yes":
            hand.command("back")
            hand.see(shown)
        hand.digit(1)
        hand.see("WHO>")
        hand.command("back")
        assert floor.exit_status() == 0

    assert posted(database) == ["1001 2 FOUND"]


@pytest.mark.parametrize(("term", "told"), [("dumb", "dumb"), ("", "not set"), ("unknown", "unknown")])
def test_what_is_no_terminal_is_told_in_one_sentence(database: Path, term: str, told: str) -> None:
    with Floor(database, term=term) as floor:
        assert floor.exit_status() == 2
        sentence = f"TERM is {told}: set TERM to the kind of your terminal, such as vt100\r\n"
        assert floor.output().decode() == sentence


def test_the_terminal_is_left_as_it_was(database: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    program = shlex.join(map(str, [PROGRAM, "run", "--database", database]))
    with PtyTerminal(["sh", "-c", f"stty -g > {before}; {program}; stty -g > {after}"]) as terminal:
        terminal.until_shown("WHO>")
        terminal.send(b"\x1b")
        assert terminal.exit_status() == 0

    assert before.read_text() == after.read_text()
