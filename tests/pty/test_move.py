"""Move at every size, by keys and by scans (floor-flows.md, Move): parts, lots, serials, a whole bin; every drop."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.books import Books
from storage import Store, verify
from tests.cli.program import aisle
from tests.pty.operating import HANDS, Floor, Hand, ScanningHand, every_size, hang_up, kill, log_of, posted
from tests.pty.test_drops import WAYS, command, digit, give, number, walked
from tests.pty.warehouse import LONG_BIN

pytestmark = pytest.mark.slow


def lying(database: Path, *bins: str) -> list[str]:
    """Return what lies in bins, in the trade's notation, and check that the books are sound."""

    def rows(books: Books) -> list[str]:
        return [
            " ".join(filter(None, (row.bin, row.item, row.lot, row.serial, f"{row.qty.normalize():f}")))
            for bin in bins
            for row in books.bins.in_bin("P", bin)
        ]

    with Store.open(str(database)) as store:
        assert verify(store) == []
        return store.question(rows)


def part(hand: Hand) -> None:
    """Take back every answer once, ask for too much, then move some of what is there."""
    hand.give(f"B:{LONG_BIN}")
    hand.see(f"BIN {LONG_BIN}", "Enter = the whole bin", "ITEM>")
    hand.give("I:1001")
    hand.see("1001 Bicycle b", "QTY>[10]")
    hand.command("back")
    hand.see("ITEM>")
    hand.command("back")
    hand.see("BIN>")
    hand.give(f"B:{LONG_BIN}")
    hand.see("ITEM>")
    hand.give("I:1001")
    hand.see("QTY>[10]")
    hand.number("11")
    hand.see("REFUSED", "Only 10 here, 1 short", "Enter=go on>")
    hand.enter()
    hand.see("QTY>[10]")
    hand.count(2, "I:1001")
    hand.see("2 PCS 1001", "TO>")
    hand.give(f"B:{LONG_BIN}")
    hand.see("REFUSED", "From and to are the same", "Enter=go on>")
    hand.enter()
    hand.see("2 PCS 1001", "TO>")
    hand.give("B:K-3")
    hand.see("Moved 2", "BIN>")


def lot_and_serial(hand: Hand) -> None:
    """A lot that lies there alone is not asked, and a serial is one piece."""
    hand.give("B:W-01")
    hand.see("BIN W-01", "ITEM>")
    hand.give("I:1002")
    hand.see("LOT L1", "QTY>[5]")
    hand.enter()
    hand.see("5 PCS 1002", "TO>")
    hand.give("B:K-3")
    hand.see("Moved 5", "BIN>")
    hand.give("B:W-02")
    hand.see("BIN W-02", "ITEM>")
    hand.give("S:SN1")
    hand.see("1 PCS 1004", "TO>")
    hand.give("B:K-3")
    hand.see("Moved 1", "BIN>")


def whole_bin(hand: Hand) -> None:
    """The list of all that lies there goes with one scan."""
    hand.give("B:K-3")
    hand.see("BIN K-3", "ITEM>")
    hand.enter()
    hand.see("K-3 lines: 3", "TO>")
    hand.give("B:S-3")
    hand.see("Moved 3 lines", "BIN>")


@every_size
def test_move_by_keys_and_by_scans(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        floor.sign_in("OTTO")
        hand = HANDS["keys"](floor)
        hand.see("5 Move", "SCAN>")
        hand.digit(5)
        hand.see("BIN>")
        part(hand)
        hand = HANDS["scans"](floor)
        lot_and_serial(hand)
        whole_bin(hand)

    assert posted(database) == []
    assert lying(database, "K-3", "S-3") == ["S-3 1001 2", "S-3 1002 L1 5", "S-3 1004 SN1 1"]


@pytest.mark.parametrize("moves", [1, 3])
def test_n_moves_cost_one_key_and_one_each(database: Path, moves: int) -> None:
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("5 Move", "SCAN>")
        floor.keys = 0
        hand = ScanningHand(floor)
        hand.digit(5)
        hand.see("BIN>")
        for bin in (LONG_BIN, "W-01", "K-1")[:moves]:
            hand.give(f"B:{bin}")
            hand.give("I:1001")
            hand.see("QTY>[10]")
            hand.enter()
            hand.see("TO>")
            hand.give("B:K-3")
            hand.see("Moved 10", "BIN>")
        assert floor.keys == 1 + moves

    assert lying(database, "K-3") == [f"K-3 1001 {10 * moves}"]


STANDS = [
    digit(5, "BIN>"),
    give("B:W-02", "BIN W-02", "ITEM>"),
    give("B:W-01", "BIN W-01", "ITEM>"),
    give("I:1001", "1001 Bicycle b", "QTY>[10]"),
    command("back", "BIN W-01", "ITEM>"),
    give("L:L1", "1002 Brake pad", "LOT L1", "QTY>[5]"),
    give("L:L1", "QTY>[1]"),
    number("3", "3 PCS 1002", "TO>"),
]


@pytest.mark.parametrize("leave", [kill, pytest.param(hang_up, marks=pytest.mark.long)], ids=WAYS)
def test_a_move_goes_on_at_every_prompt_and_posts_once(database: Path, leave: Callable[[Floor], None]) -> None:
    with walked(database, leave, STANDS) as floor:
        floor.send(b"B:K-3\r")
        floor.see("Moved 3", "BIN>")
        leave(floor)
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Moved 3", "Resume", "?>")

    assert lying(database, "K-3", "W-01") == ["K-3 1002 L1 3", "W-01 1001 10", "W-01 1002 L1 2", "W-01 1003 G1 8"]
    assert aisle(database.parent, "verify").stdout == "aisle.db: clean.\n"


@pytest.mark.parametrize("moment", ["the key is sent", "the disk is written", "it is painted"])
def test_killed_while_it_moves_the_goods_lie_in_one_place_and_the_truth_is_told(database: Path, moment: str) -> None:
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.send(b"5\rB:W-01\rI:1001\r")
        floor.see("QTY>[10]")
        floor.send(b"\r")
        floor.see("TO>")
        written = log_of(database)
        floor.send(b"B:K-3\r")
        if moment == "the disk is written":
            floor.until(lambda _: log_of(database) != written)
        if moment == "it is painted":
            floor.see("Moved 10")
        kill(floor)

    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Resume", "?>")
        told = "Moved 10" in floor.text
        assert lying(database, "K-3") == ["K-3 1001 10"] * told
        floor.send(b"\r")
        if not told:
            floor.see("10 PCS 1001", "TO>")
            floor.send(b"B:K-3\r")
            floor.see("Moved 10")

    assert lying(database, "K-3") == ["K-3 1001 10"]
