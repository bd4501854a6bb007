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
RESUMED = "resumed"
PASSING = ("undo_ask", "bin_in_count")
"""Questions over a prompt, which work that was left behind does not ask again."""


def now() -> datetime:
    return datetime.now(UTC)


def system(books: Books) -> Situation:
    return situation_of(books.records, SYSTEM, now=now(), terminal="test")


def make_warehouse(path: Path) -> None:
    """Two bins, an item without lots in both, one with lots in each, a supervisor with a PIN."""

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
            Item("1003", "Chain", tracking="LOT", unit_cost=Decimal(5)),
            Operator(OPERATOR, role="supervisor", locations=("P",), home="P"),
        )
        with books.ledger.command(situation.head("change")):
            for entity in entities:
                books.records.save(entity)
        set_pin(books, situation, SetPin(OPERATOR, PIN))
        lines = [
            JournalLine("positive_adj", "1001", Decimal(1000), "P", "W-01"),
            JournalLine("positive_adj", "1001", Decimal(10), "P", "W-02"),
            JournalLine("positive_adj", "1002", Decimal(5), "P", "W-02", tracking=(TrackingRow(lot="L1"),)),
            JournalLine("positive_adj", "1003", Decimal(1000), "P", "W-01", tracking=(TrackingRow(lot="A"),)),
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
    """Given what the screen says was done, and the number of the posting."""
    stand: Callable[[str], None] = lambda _: None
    """Given where the operator stands after each answer, or RESUMED before he stands where work was left."""
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
        asked = view.body[0].code if view.prompt == "question" else ""
        if asked == "resume":
            self.stand(RESUMED)
        elif view.job != "login" and asked not in PASSING:
            self.stand(f"{view.job} {view.prompt} {view.document} {view.got}")
        if view.outcome == "posted" and view.message is not None:
            done = "undone" if view.message.code == "undone" else "posted"
            self.confirm(f"{done} {view.message.facts['document']}")

    def _answer(self, view: View) -> View:
        if view.error is not None:
            self._is_done = True
            known = ("order_finished", "cannot_undo")
            assert view.error.code in known, f"refused at {view.job} {view.prompt}: {view.error}"
            return self._enter()
        if view.prompt == "question":
            return self._question(view.body[0].code)
        keys = {
            "login": self._sign_in,
            "menu": self._menu,
            "adjust": self._adjust,
            "move": self._move,
            "count": self._count,
            "pick": self._pick,
            "reclassify": self._reclassify,
            "posting": self._posting,
        }
        return keys.get(view.job, self._my_day)(view)

    def _question(self, code: str) -> View:
        """Take every third posting back; go on with work left behind, and in a bin that is being counted."""
        if code == "undo_ask":
            return self.terminal.press(self.choose.choice(("ok", "back", "back")))
        return self._type("1") if code == "bin_in_count" else self._enter()

    def _type(self, text: str) -> View:
        self.clock += 1
        return self.terminal.take(Line(text.encode(), "keyed", self.clock))

    def _enter(self) -> View:
        return self.terminal.press("ok")

    def _sign_in(self, view: View) -> View:
        return self._type(OPERATOR if view.prompt == "who" else PIN)

    def _menu(self, view: View) -> View:
        if any(choice.label.code == "menu.my_day" for choice in view.choices):
            return self.terminal.press("back") if self._is_done else self._type(self.choose.choice("188"))
        self._is_done = False
        return self._type(self.choose.choice("3335677999"))

    def _adjust(self, view: View) -> View:
        answers = {"bin": "B:W-01", "item": "I:1001", "sign": "1", "qty": "1", "reason": "1"}
        self._is_done |= view.prompt == "bin" and view.outcome == "posted"
        if self._is_done and view.prompt == "bin":
            return self.terminal.press("back")
        return self._enter() if view.prompt == "summary" else self._type(answers[view.prompt])

    def _move(self, view: View) -> View:
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

    def _pick(self, view: View) -> View:
        """Take what is told; of every third line that wants two, one is said to be all there is."""
        told = {row.code: row.facts for row in view.body}
        if view.prompt == "document":
            self._is_done |= view.outcome == "posted" or not view.choices
            return self.terminal.press("back") if self._is_done else self._enter()
        if view.prompt == "finish":
            return self.terminal.press("done")
        if view.prompt == "qty" and "body.really_there" not in told:
            is_short = told["body.take"]["qty"] == 2 and self.choose.random() < 1 / 3
            return self.terminal.press("short") if is_short else self._enter()
        answers = {"bin": "B:W-01", "lot": "L:A", "qty": "1", "reason": "1"}
        if view.prompt == "item":
            return self._type(f"I:{told['body.item']['item']}")
        return self._enter() if view.prompt == "summary" else self._type(answers[view.prompt])

    def _reclassify(self, view: View) -> View:
        """Give one piece of a lot another lot number."""
        answers = {"change": "1", "bin": "B:W-01", "item": "I:1003", "lot": "L:A", "qty": "1", "new": "B"}
        self._is_done |= view.prompt == "change" and view.outcome == "posted"
        if self._is_done and view.prompt == "change":
            return self.terminal.press("back")
        return self._enter() if view.prompt == "summary" else self._type(answers[view.prompt])

    def _posting(self, view: View) -> View:
        """Take a posting of today back, where that can be done."""
        self._is_done |= view.prompt == "menu" and not view.choices
        if self._is_done:
            return self.terminal.press("back")
        return self._enter() if view.prompt == "summary" else self._type("1")

    def _my_day(self, view: View) -> View:
        """Undo a posting or post a count."""
        if view.prompt == "summary":
            return self._enter()
        self._is_done |= view.prompt == "document" and (not view.choices or view.outcome == "posted")
        if self._is_done:
            return self.terminal.press("back")
        if view.prompt == "menu":
            return self._type(self.choose.choice("12"))
        postings = [choice.digit for choice in view.choices if choice.label.code == "body.posting"]
        return self._type(self.choose.choice(postings or "1"))
