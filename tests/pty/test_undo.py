"""Undo at every size, by keys and by scans (floor-flows.md 23, My day): after a posting by Esc, later from My day."""

from pathlib import Path

import pytest

from tests.pty.operating import HANDS, Floor, Hand, every_size, posted
from tests.pty.warehouse import LONG_BIN

pytestmark = pytest.mark.slow


def missing(hand: Hand, qty: int) -> None:
    """Post so many bells missing from the bin with the longest code."""
    hand.give(f"B:{LONG_BIN}")
    hand.see("ITEM>")
    hand.give("I:1001")
    hand.see("1 2>")
    hand.digit(2)
    hand.see("- missing", "QTY>")
    hand.count(qty, "I:1001")
    hand.see("WHY>")
    hand.digit(2)
    hand.see("Post? Enter", "ENTER>")
    hand.enter()
    hand.see("Posted as", "BIN>")


def undo_at_once(hand: Hand) -> None:
    """No leaves what was posted, and the next Esc the job; yes takes it back."""
    missing(hand, 2)
    hand.command("back")
    hand.see(f"Undo: 2 back to {LONG_BIN}? Enter", "?>")
    hand.enter()
    hand.see("Undone:", "BIN>")
    missing(hand, 3)
    hand.command("back")
    hand.see("Undo: 3 back", "?>")
    hand.command("back")
    hand.see("Posted as", "BIN>")
    hand.command("back")
    hand.see("9 More")


def undo_later(hand: Hand) -> None:
    """The newest stands first; what is undone says so."""
    hand.digit(9)
    hand.see("8 My day")
    hand.digit(8)
    hand.see("1 My postings")
    hand.digit(1)
    hand.see("adjust", "DOC>")
    hand.digit(1)
    hand.see("POSTED", f"{LONG_BIN} 1001 -3", "1 Undo", "SCAN>")
    hand.digit(1)
    hand.see("Undo: 3 of 1001 back", "Post? Enter", "ENTER>")
    hand.command("back")
    hand.see("1 Undo", "SCAN>")
    hand.digit(1)
    hand.see("Undo: 3 of 1001 back", "ENTER>")
    hand.enter()
    hand.see("Undone:", "undo", ": undone", "DOC>")
    for _ in range(3):
        hand.command("back")


@every_size
def test_undo_by_keys_and_by_scans(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        floor.sign_in("OTTO")
        for work in HANDS.values():
            hand = work(floor)
            hand.see("7 Adjust")
            hand.digit(7)
            hand.see("BIN>")
            undo_at_once(hand)
            undo_later(hand)

    assert posted(database) == ["1001 -2 DAMAGED", "1001 2 UNDO", "1001 -3 DAMAGED", "1001 3 UNDO"] * 2
