"""A shift: who acts next, what may never be, and the transcript by which a replay is known to be the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

import argon2

from storage import verify
from storage.engines import Connection
from tests.domain.notation import Warehouse
from tests.simulate.person import Person
from tests.simulate.warehouse import PEOPLE, PIN, keep_orders_coming, keep_stock_coming, open_for_work
from tui.capture import Line
from tui.jobs.view import View
from tui.session import Terminal

CHECKED_EVERY = 250
"""Steps between two looks at the whole database."""
ORDERS_EVERY = 10
LEASE_AND_MORE = timedelta(minutes=16)

_OVERSHIPPED = """
SELECT l."order", l.line_no, l.qty_handled_base, l.qty_base, coalesce(s.shipped, 0) FROM order_line l
LEFT JOIN (SELECT order_no, order_line, -sum(qty) AS shipped FROM item_entry WHERE order_no <> ''
    GROUP BY order_no, order_line) s ON s.order_no = l."order" AND s.order_line = l.line_no
WHERE l.qty_handled_base > l.qty_base OR l.qty_handled_base <> coalesce(s.shipped, 0)"""
_ON_PICKS = """
SELECT a."order", p.order_line, sum(p.qty - p.qty_handled), l.qty_base - l.qty_handled_base
FROM activity_line p JOIN activity a ON a.no = p.activity
JOIN order_line l ON l."order" = a."order" AND l.line_no = p.order_line
GROUP BY a."order", p.order_line HAVING sum(p.qty - p.qty_handled) > l.qty_base - l.qty_handled_base"""
_BELOW_ZERO = "SELECT location, bin, item, lot, serial, qty_base FROM bin_balance WHERE qty_base < 0"
NEVER = {"shipped beyond or beside its order": _OVERSHIPPED, "promised twice": _ON_PICKS, "below zero": _BELOW_ZERO}


class Broken(AssertionError):
    """The shift came to something that may never be."""


@dataclass
class Shift:
    """Eight people, their terminals, and the clock they share."""

    house: Warehouse
    seed: int
    people: dict[str, Person] = field(default_factory=dict)
    terminals: dict[str, Terminal] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    steps: int = 0
    done: dict[str, int] = field(default_factory=dict)
    """How often each outcome and refusal was met."""

    def __post_init__(self) -> None:
        self._draw = random.Random(self.seed)
        self._transcript = sha256()
        hasher = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        open_for_work(self.house, hasher.hash(PIN))
        for code in PEOPLE:
            self.people[code] = Person(code, self.house, random.Random(f"{self.seed} {code}"))
            self._connect(code)

    @property
    def transcript(self) -> str:
        """What all saw and did, as one hash: the same seed gives the same."""
        return self._transcript.hexdigest()

    def play(self, steps: int, tell: Callable[[str], None] = lambda _: None) -> None:
        """Play so many steps. Raises Broken for what may never be, naming the step."""
        for _ in range(steps):
            self._step()
            if self.steps % CHECKED_EVERY == 0:
                self.check()
                tell(f"{self.steps} steps")
        self.check()

    def postings(self) -> dict[str, int]:
        """Return how often each kind of work was posted."""
        sql = "SELECT source, count(*) FROM register WHERE source <> 'change' GROUP BY source ORDER BY source"
        return self.house.store.reading(lambda connection: dict(connection.execute(sql).fetchall()))

    def check(self) -> None:
        """Look at the whole database."""
        problems = [f"{what}: {row}" for what, row in self.house.store.reading(_never)]
        problems += [str(finding) for finding in verify(self.house.store)]
        if problems:
            raise Broken(f"seed {self.seed}, step {self.steps}: {problems[:5]}")

    def _step(self) -> None:
        self.steps += 1
        if self.steps % ORDERS_EVERY == 1:
            keep_orders_coming(self.house, self._draw)
            keep_stock_coming(self.house, self._draw, self.steps)
        self.house.pass_time(seconds=self._draw.choice([1, 2, 3, 5, 20]))
        who = self._draw.choice(list(self.people))
        act, text = self.people[who].act(self.views[who])
        if act == "drop":
            self.terminals[who].hang_up()
            self.people[who].goes_on = ""
            self._connect(who)
        elif act == "wait":
            self.house.now += LEASE_AND_MORE
        elif act == "key":
            self._saw(who, self.terminals[who].press(text))
        else:
            source = "scanned" if act == "scan" else "keyed"
            line = Line(text.encode(), source, self.house.now.timestamp())
            self._saw(who, self.terminals[who].take(line))
        self._write(who, act, text)

    def _connect(self, who: str) -> None:
        terminal = Terminal(
            self.house.store,
            now=lambda: self.house.now,
            terminal=f"T-{who}",
            holder="simulation",
            is_alive=lambda holder: True,
            report=self._crashed,
        )
        self.terminals[who] = terminal
        self._saw(who, terminal.connect())

    def _saw(self, who: str, view: View) -> None:
        self.views[who] = view
        told = view.error.code if view.error else view.outcome
        self.done[told] = self.done.get(told, 0) + 1

    def _write(self, who: str, act: str, text: str) -> None:
        view = self.views[who]
        self._transcript.update(repr((self.steps, who, act, text, view)).encode())

    def _crashed(self, error: BaseException) -> str:
        raise Broken(f"seed {self.seed}, step {self.steps}: the session crashed") from error


def _never(connection: Connection) -> list[tuple[str, object]]:
    return [(what, row) for what, sql in NEVER.items() for row in connection.execute(sql).fetchall()]
