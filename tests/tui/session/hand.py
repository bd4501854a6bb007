"""Somebody at a terminal, without the terminal: scans, typed text and keys go to a real session over real books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import argon2
import pytest

from domain.people.books import ScanRecord
from domain.people.credentials import Pin
from storage import Store
from storage.columns import quoted, shape_of
from tests.domain.notation import PEOPLE, Warehouse, warehouse
from tui.capture import Line
from tui.jobs.view import View
from tui.session import Terminal, TransactionStore

PIN = "246813"
_HASH = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)


@dataclass
class Floor:
    """A warehouse with people who have a PIN, and the processes of its terminals."""

    house: Warehouse
    file: Path
    alive: set[str] = field(default_factory=set)
    processes: int = 0

    def hand(
        self,
        terminal: str = "T1",
        *,
        profile: str = "",
        store: TransactionStore | None = None,
        report: Callable[..., str] | None = None,
    ) -> Hand:
        """Connect a new process to a terminal."""
        self.processes += 1
        holder = f"process {self.processes}"
        self.alive.add(holder)
        session = Terminal(
            store or self.house.store,
            now=lambda: self.house.now,
            terminal=terminal,
            holder=holder,
            is_alive=self.alive.__contains__,
            report=report or _fail,
            profile=profile,
        )
        return Hand(self, terminal, holder, session, session.connect())

    def at_work(self, who: str = "ANNA", terminal: str = "T1", profile: str = "") -> Hand:
        """Sign somebody in at a terminal."""
        hand = self.hand(terminal, profile=profile)
        hand.signs_in(who)
        assert hand.view.prompt in ("menu", "question")
        return hand

    def opened(self, watch: Callable[[str, str], None]) -> Store:
        """Open the database once more, telling each statement."""
        return Store.open(str(self.file), on_statement=watch)

    def scans(self) -> list[ScanRecord]:
        """Return the scan journal, oldest first."""
        shape = shape_of(ScanRecord)
        sql = f"SELECT {quoted(shape.names)} FROM scan_journal ORDER BY at, no"
        return self.house.store.reading(lambda connection: [shape.entity(row) for row in connection.execute(sql)])


@dataclass
class Hand:
    """One person's scanner and keys; a second passes before each of them."""

    floor: Floor
    name: str
    holder: str
    terminal: Terminal
    view: View

    def scans(self, *texts: str, apart: float = 1.0) -> View:
        """Scan labels one after the other."""
        return self._lines(texts, "scanned", apart)

    def types(self, *texts: str, apart: float = 1.0) -> View:
        """Type text and Enter."""
        return self._lines(texts, "keyed", apart)

    def presses(self, *commands: str) -> View:
        """Press keys, by the ids of their commands."""
        for command in commands:
            self.floor.house.pass_time(seconds=1)
            self.view = self.terminal.press(command)
        return self.view

    def signs_in(self, who: str, pin: str = PIN) -> View:
        """Type operator and PIN; the home location is taken."""
        self.types(who, pin)
        if self.view.prompt == "location":
            self.presses("ok")
        return self.view

    def drops(self) -> None:
        """Die without a word, as a line does."""
        self.floor.alive.discard(self.holder)

    def _lines(self, texts: tuple[str, ...], source: str, apart: float) -> View:
        for text in texts:
            self.floor.house.pass_time(seconds=apart)
            self.view = self.terminal.take(Line(text.encode(), source, self.floor.house.now.timestamp()))
        return self.view

    @property
    def prompt(self) -> str:
        """Where he stands: job and prompt."""
        return f"{self.view.job} {self.view.prompt}"

    @property
    def refused(self) -> str:
        """The code of the refusal that stands."""
        return self.view.error.code if self.view.error else ""

    @property
    def told(self) -> str:
        """The code of the last notice."""
        return self.view.message.code if self.view.message else ""

    @property
    def asked(self) -> str:
        """The code of the question that stands."""
        return self.view.body[0].code if self.view.prompt == "question" else ""

    @property
    def body(self) -> list[str]:
        """The codes of the lines of the screen."""
        return [message.code for message in self.view.body]

    @property
    def offered(self) -> dict[str, str]:
        """The choices by digit: the text or the code of each."""
        return {one.digit: str(one.label.facts.get("text", one.label.code)) for one in self.view.choices}


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """A floor of its own."""
    with warehouse(tmp_path) as house:
        yield prepared(house, tmp_path)


def prepared(house: Warehouse, folder: Path) -> Floor:
    """Give everybody a PIN, and the floor some goods: 1000 in pieces and boxes, LOTS by lot, PIECES by serial."""
    house.keep(*(Pin(who, _HASH, house.now) for who in PEOPLE))
    house.item("1000", description="Bicycle")
    house.unit("1000", "BOX", 6)
    house.item("1001", description="Tricycle")
    house.item("LOTS", tracking="LOT")
    house.item("PIECES", tracking="SERIAL")
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3", "W-01 PIECES serial S1 1", "W-02 1001 9")
    return Floor(house, folder / "aisle.db")


def _fail(error: BaseException) -> str:
    """A crash of the session fails the test."""
    raise error
