"""Pick at every size, by keys and by scans (floor-flows.md, Pick): short, pieces, lots, every drop, two terminals."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import aisle
from tests.pty.operating import HANDS, Floor, Hand, ScanningHand, every_size, hang_up, kill, log_of, posted
from tests.pty.test_drops import WAYS, Stand, command, digit, give, number, walked
from tests.pty.warehouse import LONG_BIN, order_goods

pytestmark = pytest.mark.slow

SHIPPED = ["1001 -3", "1001 -4", "1002 L1 -1", "1004 SN1 -1"]


@pytest.fixture
def order(database: Path) -> str:
    """Four lines in four bins, one as long as bins may be."""
    return order_goods(database, "1001 4 K-1", f"1001 3 {LONG_BIN}", "1002 2 W-01", "1004 1 W-02")


def at_pick(floor: Floor, hand: Hand, who: str, order: str) -> None:
    """Sign in and open the order."""
    floor.sign_in(who)
    floor.until(lambda floor: "LOC>" in floor.text or "SCAN>" in floor.text)
    if "LOC>" in floor.text:
        floor.send(b"\r")
    hand.see("3 Pick", "SCAN>")
    hand.digit(3)
    hand.see("DOC>")
    hand.give(order)


def full_and_part(hand: Hand) -> None:
    """Refuse the wrong bin and item and too much, take back, take a line in the longest bin."""
    hand.see("GO K-1", "TAKE 4 PCS", "BIN>")
    hand.give("B:K-2")
    hand.see("REFUSED", "Go to K-1, not K-2", "Enter=go on>")
    hand.enter()
    hand.see("GO K-1", "BIN>")
    hand.give("B:K-1")
    hand.see("BIN K-1", "ITEM>")
    hand.give("I:1002")
    hand.see("REFUSED", "Wrong item: 1002. Need 1001", "Enter=go on>")
    hand.enter()
    hand.see("BIN K-1", "ITEM>")
    hand.give("I:1001")
    hand.see("QTY>[4]")
    hand.number("5")
    hand.see("REFUSED", "Max 4 left", "Enter=go on>")
    hand.enter()
    hand.see("QTY>[4]")
    hand.enter()
    hand.see("1/4", f"GO {LONG_BIN}", "TAKE 3 PCS", "BIN>")
    hand.command("back")
    hand.see("0/4", "QTY>[4]")
    hand.enter()
    hand.see("1/4", f"GO {LONG_BIN}", "BIN>")
    hand.give(f"B:{LONG_BIN}")
    hand.see(f"BIN {LONG_BIN}", "ITEM>")
    hand.give("I:1001")
    hand.see("QTY>[3]")
    hand.enter()
    hand.see("2/4", "GO W-01", "TAKE 2 PCS", "BIN>")


def lot_short_and_piece(hand: Hand) -> None:
    """A lot of which one is missing, then one piece, which needs no quantity."""
    hand.give("B:W-01")
    hand.see("BIN W-01", "ITEM>")
    hand.give("I:1002")
    hand.see("LOT>")
    hand.give("L:L1")
    hand.see("LOT L1", "QTY>[2]")
    hand.command("short")
    hand.see("How many are really there?", "QTY>")
    hand.number("1")
    hand.see("1 Bin empty", "2 Damaged", "WHY>")
    hand.digit(2)
    hand.see("Count bin W-01? 1=yes", "?>")
    hand.enter()
    hand.see("3/4", "GO W-02", "BIN>")
    hand.give("B:W-02")
    hand.see("BIN W-02", "ITEM>")
    hand.give("I:1004")
    hand.see("SN>")
    hand.give("S:SN1")
    hand.see("4/4", "all lines done")


@every_size
@pytest.mark.parametrize("kind", HANDS)
def test_pick_by_keys_and_by_scans(database: Path, order: str, kind: str, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        hand = HANDS[kind](floor)
        at_pick(floor, hand, "OTTO", order)
        full_and_part(hand)
        lot_short_and_piece(hand)
        hand.command("done")
        hand.see("4 of 4 lines, 1 short", "Ship and post? Enter", "ENTER>")
        hand.enter()
        hand.see("Posted as")

    assert sorted(posted(database)) == SHIPPED


def stands(order: str) -> list[Stand]:
    """Every prompt of a pick, as it stands after a drop."""
    return [
        digit(3, "DOC>"),
        give(order, "GO K-1", "BIN>"),
        command("split", "Scan the other bin", "BIN>"),
        command("back", "GO K-1", "THEN", "BIN>"),
        command("next", f"GO {LONG_BIN}", "BIN>"),
        give(f"B:{LONG_BIN}", f"BIN {LONG_BIN}", "ITEM>"),
        give("I:1001", "QTY>[3]"),
        give("I:1001", "QTY>[1]"),
        number("3", "1/4", "GO W-01", "BIN>"),
        give("B:W-01", "BIN W-01", "ITEM>"),
        give("I:1002", "LOT>"),
        give("L:L1", "LOT L1", "QTY>[2]"),
        command("short", "How many are really", "QTY>"),
        number("1", "1 Bin empty", "WHY>"),
        digit(2, "Count bin W-01? 1=yes", "?>"),
        command("back", "2/4", "GO W-02", "BIN>"),
        command("menu", "1 Reset line", "2 List lines"),
        digit(2, "4 W-02 1004 1"),
        command("back", "GO W-02", "BIN>"),
        give("B:W-02", "BIN W-02", "ITEM>"),
        give("I:1004", "SN>"),
        give("S:SN1", "3/4", "GO K-1", "BIN>"),
        give("B:K-1", "BIN K-1", "ITEM>"),
        give("I:1001", "QTY>[4]"),
        number("4", "4/4", "all lines done"),
        command("done", "4 of 4 lines, 1 short", "ENTER>"),
    ]


@pytest.mark.parametrize("leave", [kill, pytest.param(hang_up, marks=pytest.mark.long)], ids=WAYS)
def test_a_pick_goes_on_at_every_prompt_and_posts_once(
    database: Path, order: str, leave: Callable[[Floor], None]
) -> None:
    with walked(database, leave, stands(order)) as floor:
        floor.send(b"\r")
        floor.see("Posted as", "DOC>")
        leave(floor)
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Posted as", "Resume", "?>")

    assert sorted(posted(database)) == SHIPPED
    assert aisle(database.parent, "verify").stdout == "aisle.db: clean.\n"


@pytest.mark.parametrize("moment", ["the key is sent", "the disk is written", "it is painted"])
def test_killed_while_it_posts_the_goods_are_shipped_once_and_the_truth_is_told(database: Path, moment: str) -> None:
    order = order_goods(database, "1001 4 K-1")
    with Floor(database) as floor:
        hand = ScanningHand(floor)
        at_pick(floor, hand, "OTTO", order)
        hand.see("GO K-1", "BIN>")
        floor.send(b"B:K-1\rI:1001\r")
        hand.see("QTY>[4]")
        floor.send(b"\r")
        hand.see("all lines done")
        hand.command("done")
        hand.see("Ship and post? Enter")
        written = log_of(database)
        floor.send(b"\r")
        if moment == "the disk is written":
            floor.until(lambda _: log_of(database) != written)
        if moment == "it is painted":
            floor.see("Posted as")
        kill(floor)

    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Resume", "?>")
        told = "Posted as" in floor.text
        assert posted(database) == ["1001 -4"] * told
        floor.send(b"\r")
        if not told:
            floor.see("Ship and post? Enter")
            floor.send(b"\r")
            floor.see("Posted as")

    assert posted(database) == ["1001 -4"]


def test_a_pick_is_taken_over_with_what_was_picked_and_its_former_picker_is_told(database: Path, order: str) -> None:
    with Floor(database, terminal="t1") as one, Floor(database, terminal="t2") as two:
        first = ScanningHand(one)
        at_pick(one, first, "OTTO", order)
        first.see("GO K-1", "BIN>")
        one.send(b"B:K-1\rI:1001\r")
        first.see("QTY>[4]")
        first.enter()
        first.see("1/4", "BIN>")
        second = ScanningHand(two)
        at_pick(two, second, "SARA", order)
        second.see("OTTO left at 1/4. Take? 1=yes", "?>")
        second.digit(1)
        second.see("PICK1", "1/4", f"GO {LONG_BIN}", "BIN>")
        first.give(f"B:{LONG_BIN}")
        first.see("REFUSED", "SARA took PICK1", "Enter=go on>")
        first.enter()
        first.see("BIN>")
        first.command("back")
        first.see("DOC>")

    assert posted(database) == []


def test_another_without_the_right_may_not_take_a_pick_that_is_in_work(database: Path, order: str) -> None:
    with Floor(database, terminal="t1") as one, Floor(database, terminal="t2") as two:
        first = ScanningHand(one)
        at_pick(one, first, "OTTO", order)
        first.see("GO K-1", "BIN>")
        second = ScanningHand(two)
        at_pick(two, second, "PAT", order)
        second.see("REFUSED", "OTTO has PICK1", "Enter=go on>")
