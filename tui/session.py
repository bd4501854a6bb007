"""A terminal from connecting to hanging up: each answer in one transaction, painted only after it is kept.

Journal row, state and what was posted commit together (decision 26). What no transaction can keep - a busy or lost
database, a crash - stands on the screen until it is acknowledged, and the scans that met it are journalled later.

Not here: what an answer is (answering.py), what is kept between two (state.py), work left behind (parked.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from domain.books import Books
from domain.errors import AisleError, SetupError
from domain.people.books import TerminalSession
from tui.answering import Answering, Verdict
from tui.capture import Line
from tui.jobs.job import Do, Step
from tui.jobs.keeping import from_text, to_text
from tui.jobs.login import Lock
from tui.jobs.menu import begin
from tui.jobs.view import Message, View, as_fact
from tui.parked import let_go
from tui.shown import shown
from tui.state import BACK, ENTER, State

R = TypeVar("R")

_AWAY = {"cannot_open", "no_database"}
"""Told as no_server, and tried again by itself (floor-flows.md 17)."""


class TransactionStore(Protocol):
    """The one door to the database."""

    def transaction(self, work: Callable[[Books], R]) -> R:
        """Run `work` in one transaction, again from the start where the database asks for it."""


class Terminal:
    """One terminal from connecting to hanging up. Every method returns what is to be painted."""

    def __init__(
        self,
        store: TransactionStore,
        *,
        now: Callable[[], datetime],
        terminal: str,
        holder: str,
        is_alive: Callable[[str], bool],
        report: Callable[[BaseException], str],
        profile: str = "",
    ) -> None:
        """`now` gives UTC; `holder` names this process and `is_alive` tells of another's; `report` logs a crash."""
        self._store = store
        self._now = now
        self._terminal = terminal
        self._holder = holder
        self._is_alive = is_alive
        self._report = report
        self._profile = profile
        self._view = View(job="login", prompt="who")
        self._stopped: Message | None = None
        """A refusal that no transaction could keep: busy, no server, a crash. It stands like the others."""
        self._unkept: list[tuple[Line, str]] = []
        """Scans that met it, and why each is ignored: journalled by the next transaction that holds."""

    def connect(self) -> View:
        """Take the terminal: what was left here is parked for its operator, and log-in begins.

        Raises SetupError("terminal_in_use") while another process holds the terminal of that name. One that was not
        heard from for `drop_after` has lost its line without knowing: the device that comes back takes it (SAF-24).
        """

        def work(books: Books) -> View:
            answering = self._answering(books)
            row = books.records.one(TerminalSession, self._terminal)
            if row is None:
                return self._kept(answering, State(), 0)
            drop_after = answering.head.settings.session.drop_after
            is_lost = self._now() - row.seen_at >= timedelta(seconds=drop_after)
            if row.holder not in ("", self._holder) and self._is_alive(row.holder) and not is_lost:
                raise SetupError("terminal_in_use", terminal=self._terminal)
            return self._kept(answering, State(), let_go(books, row, self._now()))

        self._view = self._store.transaction(work)
        return self._view

    def view(self) -> View:
        """Return what stands on the screen."""
        return self._view

    def take(self, line: Line) -> View:
        """Answer a scan or typed text; an empty one is the Enter key."""
        return self._answered(line, "ok" if not line.raw else "")

    def pass_over(self, line: Line) -> View:
        """Journal a line that was typed before the question it would answer was painted (SCN-13)."""
        if not line.raw:
            return self._view
        ignored = Verdict("ignored", "typed_ahead")
        return self._transact(
            lambda answering, state, scans: (state, answering.journalled(state, scans, line, ignored, 0))
        )

    def press(self, command: str) -> View:
        """Answer a key, by the id of its command."""
        return self._answered(None, command)

    def start(self, job: str, document: str = "") -> View:
        """Stand at a job's first prompt, as the menu or a document scanned there would."""

        def opened(state: State, do: Do) -> Step:
            return Step(state.job, push=begin(job, do, document))

        return self._transact(lambda answering, state, scans: answering.stepped(state, scans, opened))

    def idle(self) -> View:
        """Lock the terminal (SAF-24); where nobody is signed in, a log-in left half way is forgotten."""

        def cover(_: Answering, state: State, scans: int) -> tuple[State, int]:
            if not state.operator:
                return State(), scans
            if isinstance(state.job, Lock):
                return state, scans
            return State(state.operator, state.location, (Lock(),), covered=state), scans

        return self._transact(cover)

    def retry(self) -> View:
        """Try again where the database was away; once it answers, the terminal stands where it stood."""
        if self._stopped is None or self._stopped.code != "no_server":
            return self._view
        return self._transact(lambda _, state, scans: (state, scans))

    def hang_up(self) -> None:
        """Leave the terminal: unfinished work is parked, nothing is posted (floor-flows.md 15)."""

        def work(books: Books) -> None:
            let_go(books, self._row(self._answering(books)), self._now())

        self._store.transaction(work)

    def _answered(self, line: Line | None, command: str) -> View:
        if self._stopped is not None:
            return self._acknowledged_stop(line, command)
        view = self._transact(lambda answering, state, scans: answering.answered(state, scans, line, command))
        if self._stopped is not None and line is not None and line.raw:
            self._unkept.append((line, self._stopped.code))
        return view

    def _transact(self, answer: Callable[[Answering, State, int], tuple[State, int]]) -> View:
        """Run one answer in its transaction; what no transaction can keep stands here until acknowledged."""

        def work(books: Books) -> View:
            answering = self._answering(books)
            row = self._row(answering)
            return self._kept(answering, *answer(answering, from_text(row.state), row.scans))

        try:
            self._view = self._store.transaction(work)
            self._stopped = None
            self._unkept.clear()
        except AisleError as error:
            code = "no_server" if error.code in _AWAY else error.code
            self._stop(Message(code, {name: as_fact(value) for name, value in error.facts.items()}))
        except Exception as error:  # noqa: BLE001 - the one place that turns a crash into "Stopped" (SAF-46)
            self._stop(Message("stopped", {"id": self._report(error)}))
        return self._view

    def _stop(self, message: Message) -> None:
        self._stopped = message
        self._view = replace(self._view, error=message, bells=2)

    def _acknowledged_stop(self, line: Line | None, command: str) -> View:
        if line is not None and line.raw:
            self._unkept.append((line, "refusal_stands"))
            self._view = replace(self._view, ignored=self._view.ignored + 1)
        elif command in (ENTER, BACK):
            self._stopped = None
            self._view = replace(self._view, error=None, ignored=0, bells=0)
        return self._view

    def _row(self, answering: Answering) -> TerminalSession:
        """Return the terminal's row, after the scans that no transaction has kept yet."""
        row = answering.books.records.one(TerminalSession, self._terminal)
        if row is None or row.holder != self._holder:
            raise SetupError("terminal_in_use", terminal=self._terminal)
        if not self._unkept:
            return row
        state, scans = from_text(row.state), row.scans
        for line, why in self._unkept:
            scans = answering.journalled(state, scans, line, Verdict("ignored", why), 0)
        return replace(row, scans=scans)

    def _kept(self, answering: Answering, state: State, scans: int) -> View:
        """Keep the state and return its View: what the screen will show is on disk first."""
        answering.books.records.save(
            TerminalSession(
                terminal=self._terminal,
                operator=state.operator,
                location=state.location,
                profile=self._profile,
                holder=self._holder,
                seen_at=self._now(),
                scans=scans,
                state=to_text(state),
            )
        )
        view = shown(state, state.job.view(answering.do(state)))
        return replace(view, profile=self._profile, keys=answering.head.keys)

    def _answering(self, books: Books) -> Answering:
        return Answering(books, self._terminal, self._profile, self._now, self._is_alive)
