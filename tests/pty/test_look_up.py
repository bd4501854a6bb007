"""Look-up at every size, by keys and by scans (floor-flows.md, Lookup): all of an answer can be read."""

from pathlib import Path

import pytest

from tests.pty.operating import HANDS, Floor, Hand, every_size, posted, squeezed
from tests.pty.warehouse import LONG_BIN

pytestmark = pytest.mark.slow


def look_up_goods(hand: Hand) -> None:
    """A bin, an item with its units, a lot, a serial, a location; what means nothing is named whole."""
    hand.see("Scan anything, or type part of a name", "SCAN>")
    hand.give(f"B:{LONG_BIN}")
    hand.see(f"BIN {LONG_BIN}", "1001 10 PCS", "1002 L1 5 PCS")
    hand.give("I:1001")
    hand.see("1001 Bicycle", "On hand 40 PCS")
    hand.digit(2)
    hand.see("1 PCS = 1 PCS", "1 BOX = 6 PCS")
    hand.digit(3)
    hand.see("+ on the way, - needed", "P: 40, 40 free, +0 -0")
    hand.digit(1)
    hand.see("1001 Bicycle", "Nothing here")
    hand.give("L:G1")
    hand.see("LOT G1 of 1003", "EXP 2031-01-31", "W-01 8 PCS")
    hand.give("S:SN1")
    hand.see("SN SN1 of 1004", "W-02 1 PCS")
    hand.give("NO-SUCH-LABEL-12345")
    hand.see("REFUSED", "Read NO-SUCH-LABEL-12345: unknown")
    hand.give("SHOP")
    hand.see("SHOP Shop")


def page_through(hand: Hand) -> None:
    """Enter shows the next rows, until every place was there."""
    hand.give("I:1002")
    hand.see("1002 Brake pad", "On hand 44 PCS")
    places = {squeezed(f"{bin} L1 {qty} PCS") for bin, qty in ((LONG_BIN, 5), ("W-01", 5), ("K-1", 17), ("S-1", 17))}
    for _ in range(len(places)):
        places -= {place for place in places if place in hand.floor.work}
        if not places:
            return
        hand.enter()
        hand.floor.see_another()
    pytest.fail(f"never shown: {places}")


@every_size
def test_look_up_by_keys_and_by_scans(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        floor.sign_in("OTTO")
        for work in HANDS.values():
            hand = work(floor)
            hand.see("8 Lookup", "SCAN>")
            hand.digit(8)
            look_up_goods(hand)
            page_through(hand)
            hand.command("back")
            hand.see("7 Adjust")
            hand.digit(7)
            hand.see("BIN>")
            hand.give("B:W-01")
            hand.see("BIN W-01", "ITEM>")
            hand.command("find")
            hand.see("LOOKUP", "Scan anything, or type part of a name")
            hand.give("S:K2")
            hand.see("K-2 1 PCS")
            hand.command("back")
            hand.see("ADJUST", "BIN W-01", "ITEM>")
            hand.command("back")
            hand.see("BIN>")
            hand.command("back")

    assert posted(database) == []
