"""The keys a job costs from the menu to its end (floor-flows.md 3b), at the smallest terminal; scans are free."""

from pathlib import Path

import pytest

from tests.pty.operating import Floor, Hand, ScanningHand, counted, posted
from tests.pty.warehouse import order_goods

pytestmark = pytest.mark.slow


class KeyedHand(Hand):
    """Scans every code, and presses keys for all else."""

    give = ScanningHand.give


def at_menu(floor: Floor) -> KeyedHand:
    floor.sign_in("OTTO")
    floor.see("7 Adjust", "SCAN>")
    floor.keys = 0
    return KeyedHand(floor)


@pytest.mark.parametrize("qty", ["2", "1.5"])
def test_adjust_one_costs_five_and_the_digits_of_its_quantity(database: Path, qty: str) -> None:
    with Floor(database) as floor:
        hand = at_menu(floor)
        hand.digit(7)
        hand.see("BIN>")
        hand.give("B:W-01")
        hand.give("I:1002")
        hand.give("L:L1")
        hand.see("1 2>")
        hand.digit(2)
        hand.see("QTY>")
        hand.number(qty)
        hand.see("WHY>")
        hand.digit(2)
        hand.see("Post? Enter")
        hand.enter()
        hand.see("Posted as")
        assert floor.keys == 5 + len(qty)

    assert posted(database) == [f"1002 L1 -{qty} DAMAGED"]


def count_the_bin(hand: Hand) -> None:
    """Two lines, each of two digits."""
    hand.digit(6)
    hand.see("DOC>")
    hand.give("B:K-1")
    hand.see("0/2", "ITEM>")
    hand.give("I:1001")
    hand.see("QTY>")
    hand.count(10, "I:1001")
    hand.see("1/2", "ITEM>")
    hand.give("I:1002")
    hand.see("LOT>")
    hand.give("L:L1")
    hand.see("QTY>")
    hand.count(17, "I:1002")
    hand.see("2/2", "ITEM>")
    Hand.command(hand, "done")
    hand.see("2 counted, 0 open. Finish? Enter")
    hand.enter()
    hand.see("Finished C1")


def test_count_keyed_costs_three_and_each_line_its_digits_and_one(database: Path) -> None:
    with Floor(database) as floor:
        count_the_bin(at_menu(floor))
        assert floor.keys == 1 + 2 * (2 + 1) + 2

    assert counted(database, "C1") == ["1001 10", "1002 L1 17"]


def test_count_by_scan_costs_three_and_each_line_one(database: Path) -> None:
    with Floor(database) as floor:
        at_menu(floor)
        count_the_bin(ScanningHand(floor))
        assert floor.keys == 1 + 2 + 2

    assert counted(database, "C1") == ["1001 10", "1002 L1 17"]


def test_look_up_costs_one_key_and_at_the_menu_none(database: Path) -> None:
    with Floor(database) as floor:
        hand = at_menu(floor)
        hand.give("I:1001")
        hand.see("LOOKUP", "1001 Bicycle")
        assert floor.keys == 0
        hand.command("back")
        hand.see("8 Lookup")
        hand.digit(8)
        hand.see("LOOKUP")
        hand.give("B:W-01")
        hand.see("BIN W-01")
        assert floor.keys == 1 + 1


ORDERED = ("1001 3 K-1", "1001 2 W-01", "1001 2 S-1")
IN_WALKING_ORDER = (("K-1", 3), ("S-1", 2), ("W-01", 2))


def test_pick_takes_all_for_three_and_each_line_one(database: Path) -> None:
    order = order_goods(database, *ORDERED)
    with Floor(database) as floor:
        hand = at_menu(floor)
        hand.digit(3)
        hand.see("DOC>")
        hand.give(order)
        for bin, _ in IN_WALKING_ORDER:
            hand.see(f"GO {bin}", "BIN>")
            hand.give(f"B:{bin}")
            hand.give("I:1001")
            hand.see("QTY>[")
            hand.enter()
        hand.see("all lines done", "F2>")
        hand.command("done")
        hand.see("Ship and post? Enter")
        hand.enter()
        hand.see("Posted as")
        assert floor.keys == 1 + 3 + 2

    assert sorted(posted(database)) == ["1001 -2", "1001 -2", "1001 -3"]


def test_pick_by_scans_costs_three(database: Path) -> None:
    order = order_goods(database, *ORDERED)
    with Floor(database) as floor:
        hand = at_menu(floor)
        hand.digit(3)
        hand.see("DOC>")
        hand.give(order)
        for bin, qty in IN_WALKING_ORDER:
            hand.see(f"GO {bin}", "BIN>")
            hand.give(f"B:{bin}")
            hand.give("I:1001")
            hand.see(f"QTY>[{qty}]")
            hand.give(f"%%QTY={qty}")
            hand.give("I:1001")
        hand.see("all lines done", "F2>")
        hand.command("done")
        hand.see("Ship and post? Enter")
        hand.enter()
        hand.see("Posted as")
        assert floor.keys == 1 + 2

    assert sorted(posted(database)) == ["1001 -2", "1001 -2", "1001 -3"]
