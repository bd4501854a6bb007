"""My day at every size, by keys and by scans (floor-flows.md, My day): what a supervisor decides on, and decides."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from domain.books import Books
from domain.people.access import situation_of
from domain.site import Operator
from domain.work.adjusting import PostAdjustment, leave_for_approval
from domain.work.count_expectation import OpenCount
from domain.work.counting import EnterCount, enter_count, finish_count, open_count
from storage import Store
from tests.pty.operating import HANDS, Floor, Hand, every_size, posted
from tests.pty.warehouse import LONG_BIN

pytestmark = pytest.mark.slow


def leave_work(books: Books) -> None:
    """Two finished counts and two adjustments over the limit for each hand."""
    otto = books.records.one(Operator, "OTTO")
    assert otto is not None
    situation = situation_of(books.records, otto, now=datetime.now(UTC), terminal="t2", location="P")
    for row in "KS":
        for bin, figures in ((f"{row}-1", {"1001": 9, "1002": 17}), (f"{row}-3", {"1001": 2})):
            count = open_count(books, situation, OpenCount("P", bin)).no
            for item, qty in figures.items():
                lot = "L1" if item == "1002" else ""
                figure = EnterCount(count, item, Decimal(qty), bin=bin, lot=lot)
                enter_count(books, situation.confirming("not_expected"), figure)
            finish_count(books, situation, count)
        for qty in (6, 7):
            told = replace(situation, operation_id=f"{row}{qty}")
            found = PostAdjustment("1001", Decimal(qty), location="P", bin=LONG_BIN, uom="PCS", reason="FOUND")
            leave_for_approval(books, told, found)


def decide_on_counts(hand: Hand, row: str, turn: int) -> None:
    hand.digit(2)
    first, second = f"C{2 * turn - 1}", f"C{2 * turn}"
    hand.see(f"1 {first} {row}-1 by OTTO", f"2 {second} {row}-3 by OTTO", "DOC>")
    hand.digit(1)
    hand.see(f"MY DAY {first}", "1/2 differ -2. Enter=post 8=recount", "1001: 9, was 10", "ENTER>")
    hand.enter()
    hand.see(f"Posted as {first}", f"1 {second} {row}-3 by OTTO", "DOC>")
    hand.digit(1)
    hand.see("1/1 differ 4. Enter=post 8=recount", "1001: 2, was 0", "ENTER>")
    hand.digit(8)
    hand.see(f"Sent back: {second}", "DOC>")
    hand.command("back")
    hand.see("2 Counts to post")


def decide_on_adjustments(hand: Hand, turn: int) -> None:
    hand.digit(3)
    hand.see("1 OTTO: R", "1001 6 PCS FOUND", "2 OTTO: R", "1001 7 PCS FOUND", "DOC>")
    hand.digit(1)
    hand.see(f"OTTO: {LONG_BIN} 1001 6 PCS FOUND", "Enter=post 8=refuse", "ENTER>")
    hand.enter()
    hand.see("Posted as", "DOC>")
    hand.digit(1)
    hand.see(f"OTTO: {LONG_BIN} 1001 7 PCS FOUND", "ENTER>")
    hand.digit(8)
    hand.see(f"Why is A{2 * turn} refused?", "1 Found", "2 Damaged", "WHY>")
    hand.digit(2)
    hand.see(f"Refused: A{2 * turn}", "DOC>")
    hand.command("back")
    hand.see("3 Adjustments to approve")


@every_size
def test_my_day_by_keys_and_by_scans(database: Path, columns: int, rows: int) -> None:
    with Store.open(str(database)) as store:
        store.transaction(leave_work)

    with Floor(database, columns=columns, rows=rows) as floor:
        floor.sign_in("SARA")
        floor.see("LOC>[P]")
        Hand(floor).enter()
        for turn, (row, work) in enumerate(zip("KS", HANDS.values(), strict=True), 1):
            hand = work(floor)
            hand.see("9 More")
            hand.digit(9)
            hand.see("8 My day")
            hand.digit(8)
            hand.see("1 My postings", "2 Counts to post", "3 Adjustments to approve")
            decide_on_counts(hand, row, turn)
            decide_on_adjustments(hand, turn)
            hand.digit(1)
            hand.see("count C1: 2 rows", "DOC>")
            for shown in "2 Counts to post", "9 Session":
                hand.command("back")
                hand.see(shown)
            hand.command("back")

    assert posted(database) == ["1001 -1 COUNT", "1001 6 FOUND"] * 2
