"""One typical answer of each job, and the rows each leaves: what the reference of scan_to_paint has to commit.

Not here: a terminal, and what an answer takes there (scan_to_paint.py, curses_reference.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NoReturn, TypeVar

from benchmarks.by_hand import Posting, Written, record
from domain.books import Books
from domain.items.card import Identifier, ItemUnit
from domain.orders.documents import Order, OrderLine
from domain.posting import JournalLine
from domain.records import Entity
from domain.work.opening import opening_lines, post_opening
from domain.work.picking import create_pick
from storage import Store
from tests.kill.warehouse import OPERATOR, PIN, make_warehouse, now, system
from tui.capture import Line
from tui.session import Terminal, TransactionStore

R = TypeVar("R")

ESCAPE = "\x1b"
BOX = "4006381333931"
PIECES_IN_BOX = Decimal(2)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something given at a terminal, and what stands there when it is answered."""

    given: str
    shown: str


@dataclass(frozen=True, slots=True)
class JobAnswer:
    """A scan that is measured again and again in a job."""

    job: str
    way: tuple[Asked, ...]
    """From the menu to where it can be scanned."""
    scan: Asked
    again: Asked
    """Makes the terminal ready for it once more; not measured."""


_BIN = Asked("B:W-01", "ITEM>")
_NEXT_BIN = Asked(ESCAPE, "BIN>")
ANSWERS = (
    JobAnswer("adjust", (Asked("7", "BIN>"),), _BIN, _NEXT_BIN),
    JobAnswer("count", (Asked("6", "DOC>"), _BIN), Asked("I:1001", "QTY>"), Asked(ESCAPE, "ITEM>")),
    JobAnswer("move", (Asked("5", "BIN>"),), _BIN, _NEXT_BIN),
    JobAnswer("reclassify", (Asked("9", "1 Reclassify"), Asked("1", "1-6>"), Asked("1", "BIN>")), _BIN, _NEXT_BIN),
    JobAnswer(  # the box that fills a line: it is registered, and the next line is told
        "pick",
        (Asked("3", "DOC>"), Asked("1", "BIN>"), _BIN, Asked("I:1001", "QTY>")),
        Asked(BOX, "ITEM>"),
        Asked("I:1001", "QTY>"),
    ),
    JobAnswer(
        "look-up",
        (Asked("8", "Scan anything"), Asked("B:W-02", "BIN W-02")),
        Asked("B:W-01", "BIN W-01"),
        Asked("B:W-02", "BIN W-02"),
    ),
)


def make(path: Path, lines: int) -> None:
    """Make the warehouse, with a pick of so many lines, each of one box."""
    make_warehouse(path)

    def set_up(books: Books) -> None:
        situation = system(books)
        order = Order("SO1", "sales_order", "P", "released")
        entities: tuple[Entity, ...] = (
            ItemUnit("1001", "PCS"),
            ItemUnit("1001", "BOX", qty_per_unit=PIECES_IN_BOX),
            Identifier(BOX.zfill(14), "1001", uom="BOX"),
            order,
            *(_order_line(order.no, number) for number in range(1, lines + 1)),
        )
        with books.ledger.command(situation.head("import")):
            for entity in entities:
                books.records.save(entity)
        stock = JournalLine("positive_adj", "1001", lines * PIECES_IN_BOX, "P", "W-01")
        post_opening(books, situation, opening_lines([stock]))
        create_pick(books, situation, order.no)

    with Store.open(str(path)) as store:
        store.transaction(set_up)


def _order_line(order: str, number: int) -> OrderLine:
    return OrderLine(order, number, "1001", PIECES_IN_BOX, PIECES_IN_BOX, location="P", uom="PCS")


def written(path: Path, answer: JobAnswer, times: int) -> list[Written]:
    """Go to where the answer is given, and return the rows that each of so many scans leaves; they are not kept."""
    with Store.open(str(path)) as store:
        terminal = _terminal(store)
        terminal.connect()
        for asked in (Asked(OPERATOR, ""), Asked(PIN, ""), *answer.way):
            _give(terminal, asked)
    postings = [_posting(asked) for _ in range(times) for asked in (answer.scan, answer.again)]
    return record(path, postings)[::2]


@dataclass(frozen=True, slots=True)
class _Within:
    """The store of a terminal whose transaction has begun already."""

    books: Books

    def transaction(self, work: Callable[[Books], R]) -> R:
        return work(self.books)


def _posting(asked: Asked) -> Posting:
    return lambda books: _give(_terminal(_Within(books)), asked)


def _terminal(store: TransactionStore) -> Terminal:
    return Terminal(store, now=now, terminal="t1", holder="bench", is_alive=lambda _: True, report=_fail)


def _give(terminal: Terminal, asked: Asked) -> None:
    source = "scanned" if len(asked.given) > 1 else "keyed"
    line = Line(asked.given.encode(), source, now().timestamp())
    view = terminal.press("back") if asked.given == ESCAPE else terminal.take(line)
    assert view.error is None, view.error


def _fail(error: BaseException) -> NoReturn:
    raise error
