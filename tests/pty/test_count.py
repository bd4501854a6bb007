"""Count at every size, by keys and by scans (floor-flows.md, Count): blind, recounted, and nothing left out."""

from pathlib import Path

import pytest

from tests.pty.operating import HANDS, Floor, Hand, counted, every_size, posted

pytestmark = pytest.mark.slow


def count_quantities(hand: Hand, row: str, journal: str) -> None:
    """A figure as expected, one that asks for a recount, goods nobody expected, and one figure in place of another."""
    hand.see("Scan a bin, or the number of a count", "DOC>")
    hand.give(f"B:{row}-1")
    hand.see(f"COUNT {journal}", "0/2", f"BIN {row}-1", "ITEM>")
    hand.give("I:1001")
    hand.see("1001 Bicycle b", "QTY>")
    hand.count(10, "I:1001")
    hand.see("1001: 10 PCS counted", "1/2", "ITEM>")
    hand.give("I:1002")
    hand.see("1002 Brake pad", "LOT>")
    hand.give("L:L1")
    hand.see("LOT L1", "QTY>")
    assert "17" not in hand.floor.text, "a blind count shows what the books expect"
    hand.count(16, "I:1002")
    hand.see("Recount please", "LOT L1", "QTY>")
    assert "17" not in hand.floor.text, "a recount shows what the books expect"
    hand.number("16")
    hand.see("1002 L1: 16 PCS counted", "2/2", "ITEM>")
    hand.give("I:1003")
    hand.see("1003 Chain grease", "LOT>")
    hand.give(f"L:LOT-{row}")
    hand.see(f"LOT LOT-{row}", "EXP>")
    hand.number("0131")
    hand.see("EXP 2031-01-31", "QTY>")
    hand.number("2")
    hand.see("Not expected. Add? Enter", f"LOT LOT-{row}", "?>")
    hand.enter()
    hand.see("Recount please", "2/3", "QTY>")
    hand.number("2")
    hand.see(f"1003 LOT-{row}: 2 PCS counted", "3/3", "ITEM>")
    hand.give("I:1001")
    hand.see("1001 Bicycle b", "QTY>")
    hand.number("10")
    hand.see("Add (Enter) or Replace (8)?", "?>")
    hand.digit(8)
    hand.see("1001: 10 PCS counted", "ITEM>")
    hand.command("done")
    hand.see("3 counted, 0 open. Finish? Enter", "ENTER>")
    hand.enter()
    hand.see(f"Finished {journal}", "DOC>")


def count_serials(hand: Hand, row: str, journal: str) -> None:
    """Each piece once; the list of what is open, and the rest said to be not there."""
    hand.give(f"B:{row}-2")
    hand.see(f"BIN {row}-2", "0/3", "ITEM>")
    hand.give("I:1004")
    hand.see("1004 Head lamp", "SN>")
    hand.give(f"S:{row}1")
    hand.see(f"SN {row}1 counted: 1", "1/3", "SN>")
    hand.give(f"S:{row}2")
    hand.see(f"SN {row}2 counted: 2", "2/3", "SN>")
    hand.give(f"S:{row}1")
    hand.see("REFUSED", "Already scanned", "Enter=go on>")
    hand.enter()
    hand.see("SN>")
    hand.command("done")
    hand.see("REFUSED", "1 line not counted", "Enter=go on>")
    hand.enter()
    hand.see("SN>")
    hand.command("menu")
    hand.see("1 Reset line", "2 List lines", "3 Leave")
    hand.digit(2)
    hand.see("Not counted yet", "1 1004")
    hand.digit(1)
    hand.see("1004 Head lamp", "SN>")
    hand.command("short")
    hand.see("No more 1004 here? 1=yes", "?>")
    hand.digit(1)
    hand.see("3/3", "ITEM>")
    hand.command("menu")
    hand.see("2 List lines")
    hand.digit(2)
    hand.see("All counted. F2 finishes")
    hand.command("done")
    hand.see("3 counted, 0 open. Finish? Enter", "ENTER>")
    hand.enter()
    hand.see(f"Finished {journal}", "DOC>")


def count_an_empty_bin(hand: Hand, row: str) -> None:
    """Left for later it comes back by its bin; without lines there is nothing to finish, only to say so."""
    hand.give(f"B:{row}-3")
    hand.see(f"BIN {row}-3", "ITEM>")
    hand.command("next")
    hand.see("DOC>")
    hand.give(f"B:{row}-3")
    hand.see(f"BIN {row}-3", "ITEM>")
    hand.command("done")
    hand.see("REFUSED", "No lines recorded", "Enter=go on>")
    hand.enter()
    hand.see("ITEM>")
    hand.command("short")
    hand.see("Bin empty: all zero? 1=yes", "?>")
    hand.digit(1)
    hand.see("Finished", "DOC>")


@every_size
def test_count_by_keys_and_by_scans(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        floor.sign_in("OTTO")
        for row, numbers, work in (("K", "C1 C2", HANDS["keys"]), ("S", "C4 C5", HANDS["scans"])):
            quantities, serials = numbers.split()
            hand = work(floor)
            hand.see("6 Count", "SCAN>")
            hand.digit(6)
            count_quantities(hand, row, quantities)
            count_serials(hand, row, serials)
            count_an_empty_bin(hand, row)
            hand.command("back")

    assert posted(database) == []
    assert counted(database, "C1", "C4") == [
        f"{item} {number}{qty}"
        for row in "KS"
        for item, number, qty in (("1001", "", 10), ("1002", "L1 ", 16), ("1003", f"LOT-{row} ", 2))
    ]
    assert counted(database, "C2", "C5") == [
        "1004 K1 1",
        "1004 K2 1",
        "1004 K3 0",
        "1004 S1 1",
        "1004 S2 1",
        "1004 S3 0",
    ]
