"""Reclassify at every size, by keys and by scans (floor-flows.md, Reclassify): lot, date, serial, place; every drop."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import aisle
from tests.pty.operating import HANDS, Floor, Hand, ScanningHand, every_size, hang_up, kill, posted
from tests.pty.test_drops import WAYS, command, digit, give, number, walked
from tests.pty.test_move import lying
from tests.pty.warehouse import LONG_BIN

pytestmark = pytest.mark.slow


def open_job(hand: Hand) -> None:
    hand.digit(9)
    hand.see("1 Reclassify", "SCAN>")
    hand.digit(1)


def begin(hand: Hand, change: int) -> None:
    hand.digit(change)
    hand.see("BIN>")


def another_lot(hand: Hand, lot: str) -> None:
    """Take back every answer once, then go through to the posting."""
    begin(hand, 1)
    hand.give(f"B:{LONG_BIN}")
    hand.see(f"BIN {LONG_BIN}", "ITEM>")
    hand.give("I:1002")
    hand.see("1002 Brake pad", "LOT>")
    hand.give("L:L1")
    hand.see("LOT L1", "QTY>[")
    hand.command("back")
    hand.see("LOT>")
    hand.give("L:L1")
    hand.see("LOT L1", "QTY>[")
    hand.number("2")
    hand.see("2 PCS 1002", "NEW>")
    hand.give("L:L1")
    hand.see("REFUSED", "Nothing changes", "Enter=go on>")
    hand.enter()
    hand.see("2 PCS 1002", "NEW>")
    hand.give(f"L:{lot}")
    hand.see("2 PCS 1002. Post? Enter", f"L1 -> {lot}", "ENTER>")
    hand.enter()
    hand.see("Posted as", "1-6>")


def another_date(hand: Hand, typed: str, shown: str) -> None:
    """The whole lot, wherever it lies; a month stands for its last day."""
    begin(hand, 2)
    hand.give("I:1003")
    hand.see("1003 Chain grease", "LOT>")
    hand.give("L:G1")
    hand.see("LOT G1", "EXP>")
    hand.number("9999")
    hand.see("REFUSED", "Not a date: DDMMYY", "Enter=go on>")
    hand.enter()
    hand.see("EXP>")
    hand.number(typed)
    hand.see("8 PCS 1003. Post? Enter", f"-> {shown}", "ENTER>")
    hand.enter()
    hand.see("Posted as", "1-6>")


def another_serial(hand: Hand, old: str, new: str) -> None:
    """One piece, never asked how many; a serial in stock is taken."""
    begin(hand, 3)
    hand.give("B:W-02")
    hand.see("BIN W-02", "ITEM>")
    hand.give("I:1004")
    hand.see("1004 Head lamp", "SN>")
    hand.give(f"S:{old}")
    hand.see("1 PCS 1004", "NEW>")
    hand.give("S:K1")
    hand.see("REFUSED", "SN K1 already in stock", "Enter=go on>")
    hand.enter()
    hand.see("1 PCS 1004", "NEW>")
    hand.give(f"S:{new}")
    hand.see("1 PCS 1004. Post? Enter", f"{old} -> {new}", "ENTER>")
    hand.enter()
    hand.see("Posted as", "1-6>")


def another_location(hand: Hand) -> None:
    begin(hand, 5)
    hand.give("B:W-01")
    hand.see("BIN W-01", "ITEM>")
    hand.give("I:1001")
    hand.see("1001 Bicycle b", "QTY>[")
    hand.count(2, "I:1001")
    hand.see("1 P", "2 SHOP", "NEW>")
    hand.digit(2)
    hand.see("2 PCS 1001. Post? Enter", "P -> SHOP", "ENTER>")
    hand.enter()
    hand.see("Posted as", "1-6>")


@every_size
def test_reclassify_by_keys_and_by_scans(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        floor.sign_in("OTTO")
        floor.see("9 More", "SCAN>")
        for turn, work in enumerate(HANDS.values(), 1):
            hand = work(floor)
            open_job(hand)
            hand.see("1 Lot", "5 Location", "1-6>")
            another_lot(hand, f"NEW-{turn}")
            another_date(hand, f"0{turn}32", ("2032-01-31", "2032-02-29")[turn - 1])
            another_serial(hand, *(("SN1", "SN7"), ("SN7", "SN8"))[turn - 1])
            another_location(hand)
            hand.command("back")
            hand.see("Undo:", "?>")
            hand.command("back")
            hand.see("1-6>")
            hand.command("back")
            hand.see("1 Reclassify", "SCAN>")
            hand.command("back")
            hand.see("9 More", "SCAN>")

    renamed = [("SN1", "SN7"), ("SN7", "SN8")]
    assert posted(database) == [
        entry
        for turn in (1, 2)
        for entry in (
            "1002 L1 -2",
            f"1002 NEW-{turn} 2",
            "1003 G1 -8",
            "1003 G1 8",
            f"1004 {renamed[turn - 1][0]} -1",
            f"1004 {renamed[turn - 1][1]} 1",
            "1001 -2",
            "1001 2",
        )
    ]
    assert lying(database, LONG_BIN) == [
        f"{LONG_BIN} 1001 10",
        f"{LONG_BIN} 1002 L1 1",
        f"{LONG_BIN} 1002 NEW-1 2",
        f"{LONG_BIN} 1002 NEW-2 2",
    ]


def test_another_lot_costs_six_keys(database: Path) -> None:
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("9 More", "SCAN>")
        floor.keys = 0
        hand = ScanningHand(floor)
        open_job(hand)
        hand.see("1 Lot", "1-6>")
        begin(hand, 1)
        hand.give("B:W-01")
        hand.give("I:1003")
        hand.give("L:G1")
        hand.see("QTY>[8]")
        hand.enter()
        hand.see("NEW>")
        hand.give("L:G2")
        hand.see("EXP>[2031-01-31]")
        hand.enter()
        hand.see("8 PCS 1003. Post? Enter", "G1 -> G2")
        hand.enter()
        hand.see("Posted as")
        assert floor.keys == 6

    assert posted(database) == ["1003 G1 -8", "1003 G2 8"]


STANDS = [
    (open_job, ("1 Lot", "1-6>"), ""),
    digit(1, "BIN>"),
    give("B:W-02", "BIN W-02", "ITEM>"),
    give("B:W-01", "BIN W-01", "ITEM>"),
    give("I:1003", "1003 Chain grease", "LOT>"),
    give("L:G1", "LOT G1", "QTY>[8]"),
    give("L:G1", "QTY>[1]"),
    number("3", "3 PCS 1003", "NEW>"),
    command("back", "QTY>[8]"),
    number("4", "4 PCS 1003", "NEW>"),
    give("L:G2", "EXP>[2031-01-31]"),
    number("0231", "4 PCS 1003. Post? Enter", "ENTER>"),
]


@pytest.mark.parametrize("leave", [kill, pytest.param(hang_up, marks=pytest.mark.long)], ids=WAYS)
def test_a_reclassification_goes_on_at_every_prompt_and_posts_once(
    database: Path, leave: Callable[[Floor], None]
) -> None:
    with walked(database, leave, STANDS) as floor:
        floor.send(b"\r")
        floor.see("Posted as", "1-6>")
        leave(floor)
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Posted as", "Resume", "?>")

    assert posted(database) == ["1003 G1 -4", "1003 G2 4"]
    assert aisle(database.parent, "verify").stdout == "aisle.db: clean.\n"
