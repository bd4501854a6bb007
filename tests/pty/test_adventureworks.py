"""The AdventureWorks sample at a real terminal: looked up, adjusted, counted, posted, and the value follows."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.program import adventureworks, aisle, needs_adventureworks
from tests.pty.operating import Floor, ScanningHand
from tests.pty.warehouse import PINS

pytestmark = [pytest.mark.slow, needs_adventureworks]

LOST = Decimal("266.59") + Decimal("108.78")
"""Two front wheels of 133.2955, and a rear wheel of 108.7844: each posting is rounded by itself."""


def value(folder: Path) -> Decimal:
    """Return what the report says all stock is worth."""
    told = re.search(r"value ([0-9,.]+)\.$", aisle(folder, "report", "stock").stderr)
    assert told is not None
    return Decimal(told[1].replace(",", ""))


def adjust_the_front_wheels(hand: ScanningHand) -> None:
    hand.digit(7)
    hand.see("BIN>")
    hand.give("B:B-03")
    hand.give("I:FW-M928")
    hand.see("1 + found", "2 - missing")
    hand.digit(2)
    hand.see("QTY>")
    hand.number("2")
    hand.see("1 Damaged", "WHY>")
    hand.digit(1)
    hand.see("B-03 FW-M928 -2 PCS DAMAGED. Post? Enter", "ENTER>")
    hand.enter()
    hand.see("Posted as", "BIN>")
    hand.command("back")
    hand.see("Undo: 2 back to B-03? Enter", "?>")
    hand.command("back")
    hand.see("BIN>")
    hand.command("back")


def count_the_rear_wheels(hand: ScanningHand) -> None:
    hand.see("6 Count", "SCAN>")
    hand.digit(6)
    hand.see("DOC>")
    hand.give("B:V-07")
    hand.see("COUNT C1", "0/1", "ITEM>")
    hand.give("I:RW-T905")
    hand.see("QTY>")
    hand.number("475")
    hand.see("Recount please", "QTY>")
    hand.number("475")
    hand.see("1/1", "ITEM>")
    hand.command("done")
    hand.see("1 counted, 0 open. Finish? Enter", "ENTER>")
    hand.enter()
    hand.see("Finished C1", "DOC>")
    hand.command("back")


def post_the_count(hand: ScanningHand) -> None:
    hand.see("9 More", "SCAN>")
    hand.digit(9)
    hand.see("8 My day")
    hand.digit(8)
    hand.see("2 Counts to post")
    hand.digit(2)
    hand.see("1 C1 V-07 by SARA", "DOC>")
    hand.digit(1)
    hand.see("1/1 differ -108.78. Enter=post", "RW-T905: 475, was 476", "ENTER>")
    hand.enter()
    hand.see("Posted as")


def test_adventureworks_at_a_terminal(tmp_path: Path) -> None:
    adventureworks(tmp_path)
    assert aisle(tmp_path, "operator", "pin", "SARA", "--stdin", typed=f"{PINS['SARA']}\n").returncode == 0
    before = value(tmp_path)

    with Floor(tmp_path / "aisle.db") as floor:
        floor.sign_in("SARA")
        hand = ScanningHand(floor)
        hand.see("2 SUBASSY", "LOC>[FG]")
        hand.digit(2)
        hand.see("7 Adjust", "SCAN>")
        hand.give("B:B-03")
        hand.see("BIN B-03", "FW-M928 388 PCS")
        hand.command("back")
        hand.see("7 Adjust", "SCAN>")
        adjust_the_front_wheels(hand)
        count_the_rear_wheels(hand)
        post_the_count(hand)

    assert value(tmp_path) == before - LOST
    assert aisle(tmp_path, "verify").stdout == "aisle.db: clean.\n"
