"""A small warehouse on disk, and an operator who works in it by looking at Views alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from domain.books import Books
from domain.items.card import Item
from domain.people.access import SetPin, set_pin, situation_of
from domain.people.rights import DEFAULT_ROLES, SYSTEM
from domain.posting import JournalLine, TrackingRow
from domain.site import Bin, Location, Operator, ReasonCode
from domain.situation import Situation
from domain.work.opening import opening_lines, post_opening
from storage import Store
from tui.capture import Line
from tui.jobs.view import View
from tui.session import Terminal

OPERATOR, PIN = "SARA", "730519"
COUNTED = {"1001": Decimal(3), "1002": Decimal(4)}
"""What the operator finds in W-02, whatever the books say: items without and with lots."""


def now() -> datetime:
    return datetime.now(UTC)


def system(books: Books) -> Situation:
    return situation_of(books.records, SYSTEM, now=now(), terminal="test")


def make_warehouse(path: Path) -> None:
    """Two bins, one untracked item and one with lots in each, a supervisor with a PIN."""

    def set_up(books: Books) -> None:
        situation = system(books)
        entities = (
            DEFAULT_ROLES["supervisor"],
            Location("P", bin_mandatory=True),
            Bin("P", "W-01"),
            Bin("P", "W-02"),
            ReasonCode("FOUND", "Found"),
            Item("1001", "Bell", unit_cost=Decimal(2)),
            Item("1002", "Brake", tracking="LOT", unit_cost=Decimal(3)),
            Operator(OPERATOR, role="supervisor", locations=("P",), home="P"),
        )
        with books.ledger.command(situation.head("change")):
            for entity in entities:
                books.records.save(entity)
        set_pin(books, situation, SetPin(OPERATOR, PIN))
        lines = [JournalLine("positive_adj", "1001", Decimal(10), "P", bin) for bin in ("W-01", "W-02")] + [
            JournalLine("positive_adj", "1002", Decimal(5), "P", "W-02", tracking=(TrackingRow(lot="L1"),))
        ]
        post_opening(books, situation, opening_lines(lines))

    with Store.create(str(path)) as store:
        store.transaction(set_up)


@dataclass
class Worker:
    """An operator at a terminal: each input follows from the View alone, and what was confirmed is told on."""

    terminal: Terminal
    choose: Random
    confirm: Callable[[str], None]
    """Given the number of each posting the screen says was posted."""
    clock: float = 0.0
    view: View = field(init=False)
    _is_done: bool = False
    """Nothing more to do in this job: back to the main menu."""

    def work(self, answers: int) -> None:
        """Sign in and go on for so many answers."""
        self._see(self.terminal.connect())
        for _ in range(answers):
            self._see(self._answer(self.view))

    def _see(self, view: View) -> None:
        self.view = view
        if view.outcome == "posted" and view.message is not None:
            self.confirm(str(view.message.facts["document"]))

    def _answer(self, view: View) -> View:
        if view.error is not None:
            self._is_done = True
            assert view.error.code == "order_finished", f"refused at {view.job} {view.prompt}: {view.error}"
            return self._enter()
        if view.prompt == "question" and view.body[0].code == "undo_ask":
            return self.terminal.press("back")
        keys = {
            "login": self._sign_in,
            "menu": self._menu,
            "adjust": self._adjust,
            "move": self._move,
            "count": self._count,
        }
        return keys.get(view.job, self._my_day)(view)

    def _type(self, text: str) -> View:
        self.clock += 1
        return self.terminal.take(Line(text.encode(), "keyed", self.clock))

    def _enter(self) -> View:
        return self.terminal.press("ok")

    def _sign_in(self, view: View) -> View:
        return self._type(OPERATOR if view.prompt == "who" else PIN)

    def _menu(self, view: View) -> View:
        if view.prompt == "question":
            return self._enter()  # resume
        if any(choice.label.code == "menu.my_day" for choice in view.choices):
            return self.terminal.press("back") if self._is_done else self._type("8")
        self._is_done = False
        return self._type(self.choose.choice("5767779"))

    def _adjust(self, view: View) -> View:
        if view.prompt == "question":  # an open count holds the bin
            return self._type("1")
        answers = {"bin": "B:W-01", "item": "I:1001", "sign": "1", "qty": "1", "reason": "1"}
        self._is_done |= view.prompt == "bin" and view.outcome == "posted"
        if self._is_done and view.prompt == "bin":
            return self.terminal.press("back")
        return self._enter() if view.prompt == "summary" else self._type(answers[view.prompt])

    def _move(self, view: View) -> View:
        if view.prompt == "question":  # an open count holds the bin
            return self._type("1")
        answers = {"bin": "B:W-01", "item": "I:1001", "qty": "1", "place": "B:W-02"}
        self._is_done |= view.prompt == "bin" and view.outcome == "posted"
        if self._is_done and view.prompt == "bin":
            return self.terminal.press("back")
        return self._type(answers[view.prompt])

    def _count(self, view: View) -> View:
        if view.prompt == "document":
            self._is_done |= view.outcome == "finished"
            return self.terminal.press("back") if self._is_done else self._type("B:W-02")
        if view.prompt == "summary":
            return self._enter()
        if view.prompt == "item":
            waiting = [line for line in view.lines if line["qty_counted"] is None]
            return self._type(f"I:{waiting[0]['item']}") if waiting else self.terminal.press("done")
        if view.prompt == "lot":
            return self._type("L:L1")
        return self._type(str(COUNTED[str(view.got["item"])]))

    def _my_day(self, view: View) -> View:
        if view.prompt == "summary":
            return self._enter()
        self._is_done |= view.prompt == "document" and not view.choices
        if self._is_done:
            return self.terminal.press("back")
        return self._type("2" if view.prompt == "menu" else "1")
