"""Adjust at every size, by keys and by scans (floor-flows.md, Adjust; SAF-28): what stands at each decisive prompt."""

from pathlib import Path

import pytest

from tests.pty.operating import HANDS, Floor, Hand, every_size, posted, scanned
from tests.pty.warehouse import LONG_BIN, PINS

pytestmark = pytest.mark.slow

GOODS = f"BIN {LONG_BIN}", "1001 Bicycle bell, chromed"


def found(hand: Hand) -> None:
    """Take back every answer once, then go through to the posting."""
    hand.give(f"B:{LONG_BIN}")
    hand.see(GOODS[0], "ITEM>")
    hand.give("I:1001")
    hand.see("1001", "1 + found", "2 - missing", "1 2>")
    hand.digit(1)
    hand.see("+ found", "QTY>")
    hand.command("back")
    hand.see("1 + found", "1 2>")
    hand.digit(1)
    hand.see("+ found", "QTY>")
    hand.count(2, "I:1001")
    hand.see("2 PCS", "1 Found", "2 Damaged", "WHY>")
    hand.digit(1)
    hand.see(f"{LONG_BIN} 1001 2 PCS FOUND. Post? Enter", "ENTER>")
    hand.enter()
    hand.see("Posted as", "BIN>")


def missing_lot(hand: Hand) -> None:
    """More than is there is refused; what was answered before the refusal stays."""
    hand.give("B:W-01")
    hand.see("BIN W-01", "ITEM>")
    hand.give("I:1002")
    hand.see("1002 Brake pad", "LOT>")
    hand.give("L:L1")
    hand.see("LOT L1", "1 2>")
    hand.digit(2)
    hand.see("- missing", "QTY>")
    hand.number("9")
    hand.see("REFUSED", " here, ", " short", "Enter=go on>")
    hand.enter()
    hand.see("LOT L1", "- missing", "QTY>")
    hand.number("2")
    hand.see("-2 PCS", "WHY>")
    hand.digit(2)
    hand.see("W-01 1002 L1 -2 PCS DAMAGED. Post? Enter", "Brake pad", "ENTER>")
    hand.enter()
    hand.see("Posted as", "BIN>")


def found_serial(hand: Hand, serial: str) -> None:
    """One piece, never asked how many; a serial in stock cannot be found once more."""
    hand.give("B:W-02")
    hand.see("BIN W-02", "ITEM>")
    hand.give("I:1004")
    hand.see("1004 Head lamp", "SN>")
    hand.give("S:SN1")
    hand.see("SN SN1", "1 2>")
    hand.digit(1)
    hand.see("REFUSED", "SN SN1 already in stock", "Enter=go on>")
    hand.enter()
    hand.see("SN SN1", "1 2>")
    hand.command("back")
    hand.see("1004 Head lamp", "SN>")
    hand.give(f"S:{serial}")
    hand.see(f"SN {serial}", "1 2>")
    hand.digit(1)
    hand.see("1 PCS", "WHY>")
    hand.digit(1)
    hand.see(f"W-02 1004 {serial} 1 PCS FOUND. Post? Enter", "ENTER>")
    hand.enter()
    hand.see("Posted as", "BIN>")


def found_with_expiry(hand: Hand, lot: str) -> None:
    """Goods that come in under a new lot want its date; a month stands for its last day."""
    hand.give("B:W-01")
    hand.see("BIN W-01", "ITEM>")
    hand.give("I:1003")
    hand.see("1003 Chain grease", "LOT>")
    hand.give(f"L:{lot}")
    hand.see("1 2>")
    hand.digit(1)
    hand.see("+ found", "EXP>")
    hand.number("9999")
    hand.see("REFUSED", "Not a date: DDMMYY", "Enter=go on>")
    hand.enter()
    hand.see("EXP>")
    hand.number("0231")
    hand.see("EXP 2031-02-28", "QTY>")
    hand.number("3")
    hand.see("3 PCS", "WHY>")
    hand.digit(1)
    hand.see(f"W-01 1003 {lot} 3 PCS FOUND. Post? Enter", "EXP 2031-02-28", "ENTER>")
    hand.enter()
    hand.see("Posted as", "BIN>")


def over_limit(hand: Hand, qty: int) -> None:
    """Go to the summary of more than the operator may post alone, and try to post it."""
    hand.give("B:W-01")
    hand.see("BIN W-01", "ITEM>")
    hand.give("I:1001")
    hand.see("1 2>")
    hand.digit(1)
    hand.see("+ found", "QTY>")
    hand.number(str(qty))
    hand.see(f"{qty} PCS", "WHY>")
    hand.digit(1)
    hand.see("Post? Enter", "ENTER>")
    hand.enter()
    hand.see("Over your limit.", f"W-01 1001 {qty} PCS FOUND", "or Enter to leave it", "WHO>")


def signed_by_a_second_person(hand: Hand) -> None:
    over_limit(hand, 6)
    hand.give("U:OTTO")
    hand.see("PIN of the second person", "PIN>")
    hand.number(PINS["OTTO"])
    hand.see("REFUSED", "Second person must be another", "Enter=go on>")
    hand.enter()
    hand.see("W-01 1001 6 PCS FOUND", "WHO>")
    hand.give("U:SARA")
    hand.see("W-01 1001 6 PCS FOUND", "PIN of the second person", "PIN>")
    hand.number(PINS["SARA"])
    hand.see("W-01 1001 6 PCS FOUND. Post? Enter", "Signed by SARA", "ENTER>")
    hand.enter()
    hand.see("Posted as", "BIN>")


def left_for_approval(hand: Hand, number: str) -> None:
    over_limit(hand, 7)
    hand.enter()
    hand.see(f"Left for approval: {number}", "BIN>")


@every_size
def test_adjust_by_keys_and_by_scans(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        floor.sign_in("OTTO")
        for turn, work in enumerate(HANDS.values(), 1):
            hand = work(floor)
            hand.see("7 Adjust", "SCAN>")
            hand.digit(7)
            hand.see("BIN>")
            found(hand)
            missing_lot(hand)
            found_serial(hand, f"NEW-{turn}")
            found_with_expiry(hand, f"LOT-{turn}")
            signed_by_a_second_person(hand)
            left_for_approval(hand, f"A{turn}")
            hand.command("back")

    assert posted(database) == [
        entry
        for turn in (1, 2)
        for entry in (
            "1001 2 FOUND",
            "1002 L1 -2 DAMAGED",
            f"1004 NEW-{turn} 1 FOUND",
            f"1003 LOT-{turn} 3 FOUND",
            "1001 6 FOUND",
        )
    ]
    assert not {PINS[who].encode() for who in PINS} & {raw for raw, _ in scanned(database)}
