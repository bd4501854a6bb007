"""The outer machine of a terminal: what stands around the jobs and takes every line and key.

Log-in and lock are jobs on the stack like the others; here are the refusal that stands until acknowledged, the
question that waits for its key, scans held or discarded meanwhile, and the scan journal. One answer is one
transaction: journal row, state and what was posted commit together, before anything is painted (decision 26).

Not here: what is kept between two answers (state.py), work left behind (parked.py), a screen, a database.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol, TypeVar

from domain.books import Books
from domain.errors import AisleError, Collided, InvariantBroken, NeedsConfirm, SetupError
from domain.people.access import count_wrong_pin, find_operator, may_be_pin, situation_of
from domain.people.books import ScanRecord, TerminalSession
from domain.scanning.partial import joined
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.scanning.resolver import Found
from domain.scanning.separators import profile_in_force
from domain.site import Operator, SiteHead
from domain.situation import Situation
from domain.values import ONE, decimal_from
from domain.work.claims import take_along
from domain.work.documents import Claim
from tui.capture import Line
from tui.commands import by_label, by_typed
from tui.jobs.explain import LOOKED_BACK, Explain, is_code
from tui.jobs.how_read import journalled
from tui.jobs.job import Ambiguous, Beep, Do, Given, PartLabel, Step, as_digit, who_of
from tui.jobs.keeping import from_text, to_text
from tui.jobs.login import Lock, Resume
from tui.jobs.lookup import Lookup
from tui.jobs.menu import Menu, begin
from tui.jobs.pages import Pages
from tui.jobs.undo import ask_and_undo, can_undo
from tui.jobs.view import Message, View, as_fact
from tui.parked import document_of, is_work, left_behind, let_go, park, where
from tui.shown import shown
from tui.state import BACK, ENTER, YES, HeldLine, Question, State

R = TypeVar("R")

NOBODY = Operator(code="")

ANSWERS: dict[str, dict[str, str]] = {
    "not_expected": {ENTER: "not_expected"},
    "add_or_replace": {ENTER: "count_add", "8": "count_replace"},
    "other_bin": {ENTER: "other_bin"},
    "undo_ask": {ENTER: "undo_ask"},
}
"""Questions whose keys are not Enter = no, 1 = yes: key to the code it confirms (decision 39)."""
_TIMES = re.compile(r"[0-9]{1,7}(\.[0-9]{1,5})?\*")
"""`3*`: as much as may be typed at a quantity (floor-flows.md 7)."""
_RISKY_PROMPTS = {"summary", "pin", "question"}
"""Where %%OK is ignored: Enter would post, delete or sign (floor-flows.md 2)."""
_COUNTING_PROMPTS = {"qty", "serial"}
"""Where the same scan again within `repeat_ms` is a double read (SCN-14)."""


_AWAY = {"cannot_open", "no_database"}
"""Told as no_server, and tried again by itself (floor-flows.md 17)."""


class TransactionStore(Protocol):
    """The one door to the database."""

    def transaction(self, work: Callable[[Books], R]) -> R:
        """Run `work` in one transaction, again from the start where the database asks for it."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What becomes of one scan in the journal."""

    outcome: str = "accepted"
    code: str = ""
    reading: Reading | None = None


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
            row = books.records.one(TerminalSession, self._terminal)
            if row is None:
                return self._kept(books, State(), 0)
            drop_after = (books.records.one(SiteHead, 1) or SiteHead()).settings.session.drop_after
            is_lost = self._now() - row.seen_at >= timedelta(seconds=drop_after)
            if row.holder not in ("", self._holder) and self._is_alive(row.holder) and not is_lost:
                raise SetupError("terminal_in_use", terminal=self._terminal)
            return self._kept(books, State(), let_go(books, row, self._now()))

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
        ignored = _Verdict("ignored", "typed_ahead")
        return self._transact(
            lambda books, state, scans: (state, self._journalled(books, state, scans, line, ignored, 0))
        )

    def press(self, command: str) -> View:
        """Answer a key, by the id of its command."""
        return self._answered(None, command)

    def start(self, job: str, document: str = "") -> View:
        """Stand at a job's first prompt, as the menu or a document scanned there would."""

        def opened(state: State, do: Do) -> Step:
            return Step(state.job, push=begin(job, do, document))

        return self._transact(lambda books, state, scans: self._stepped(books, state, scans, opened))

    def idle(self) -> View:
        """Lock the terminal (SAF-24); where nobody is signed in, a log-in left half way is forgotten."""

        def cover(_: Books, state: State, scans: int) -> tuple[State, int]:
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
            let_go(books, self._row(books), self._now())

        self._store.transaction(work)

    def _answered(self, line: Line | None, command: str) -> View:
        if self._stopped is not None:
            return self._acknowledged_stop(line, command)
        view = self._transact(lambda books, state, scans: self._given(books, state, scans, line, command))
        if self._stopped is not None and line is not None and line.raw:
            self._unkept.append((line, self._stopped.code))
        return view

    def _transact(self, answer: Callable[[Books, State, int], tuple[State, int]]) -> View:
        """Run one answer in its transaction; what no transaction can keep stands here until acknowledged."""

        def work(books: Books) -> View:
            row = self._row(books)
            state, scans = answer(books, from_text(row.state), row.scans)
            return self._kept(books, state, scans)

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

    def _row(self, books: Books) -> TerminalSession:
        """Return the terminal's row, after the scans that no transaction has kept yet."""
        row = books.records.one(TerminalSession, self._terminal)
        if row is None or row.holder != self._holder:
            raise SetupError("terminal_in_use", terminal=self._terminal)
        if not self._unkept:
            return row
        state, scans = from_text(row.state), row.scans
        for line, why in self._unkept:
            scans = self._journalled(books, state, scans, line, _Verdict("ignored", why), 0)
        return replace(row, scans=scans)

    def _kept(self, books: Books, state: State, scans: int) -> View:
        """Keep the state and return its View: what the screen will show is on disk first."""
        books.records.save(
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
        head = books.records.one(SiteHead, 1) or SiteHead()
        view = shown(state, state.job.view(self._do(books, state)))
        return replace(view, profile=self._profile, keys=head.keys)

    def _do(self, books: Books, state: State, confirmed: tuple[str, ...] = ()) -> Do:
        head = books.records.one(SiteHead, 1) or SiteHead()
        return Do(
            books=books,
            situation=replace(self._situation(books, state), confirmed=frozenset(confirmed)),
            scanning=head.scanning,
            new_operation=lambda: str(uuid.uuid4()),
            prompt=state.job.prompt,
            times=state.times,
        )

    def _situation(self, books: Books, state: State) -> Situation:
        operator = books.records.one(Operator, state.operator) if state.operator else NOBODY
        if operator is None:  # taken off the site file while signed in
            operator = NOBODY
        return situation_of(
            books.records,
            operator,
            now=self._now(),
            terminal=self._terminal,
            profile=self._profile,
            location=state.location,
        )

    def _given(self, books: Books, state: State, scans: int, line: Line | None, command: str) -> tuple[State, int]:
        """Answer one line or key, then the scans that were held for it; after a log-off they are left."""
        asked = state.covered or state
        state, scans = self._one(books, state, scans, line, command)
        while state.held and state.question is None:
            waiting, held = state.held[0], state.held[1:]
            again = Line(bytes.fromhex(waiting.raw), waiting.source, float(waiting.at))
            state = replace(state, held=held)
            if state.operator:
                state, scans = self._one(books, state, scans, again, "")
            else:
                scans = self._journalled(books, asked, scans, again, _Verdict("ignored", "left"), 0)
        return state, scans

    def _one(self, books: Books, state: State, scans: int, line: Line | None, command: str) -> tuple[State, int]:
        state = replace(state, is_beep=False)
        if line is None or not line.raw:
            return self._commanded(books, state, scans, command)
        reading = self._read(books, state, line.text)
        command = _command_of(line.text, reading)
        is_held = state.question is not None and line.source != "keyed" and state.job.prompt != "pin"
        if is_held and len(line.text) > 1 and not command:
            held = HeldLine(line.raw.hex(), line.source, repr(line.at))
            return replace(state, held=(*state.held, held)), scans  # a question takes only its keys (SCN-13)
        before, sealed = state, books.ledger.sealed
        state, verdict = self._line_answered(books, state, line, reading, command)
        register = books.ledger.sealed if books.ledger.sealed != sealed else 0
        return state, self._journalled(books, before, scans, line, verdict, register)

    def _read(self, books: Books, state: State, text: str) -> Reading:
        head = books.records.one(SiteHead, 1) or SiteHead()
        profile = profile_in_force(books.records, head.scanning, self._profile)
        return read(text, head.scanning, profile, self._situation(books, state).work_date)

    def _with_parts(self, books: Books, state: State, reading: Reading) -> tuple[State, Reading]:
        """Return what a label says with the parts that wait for it; they go where it is not their partner (SCN-49)."""
        whole: Reading | None = None
        for part in (self._read(books, state, part.text) for part in state.parts):
            whole = part if whole is None else joined(whole, part)
        together = joined(whole, reading) if whole else None
        return (_without_parts(state), reading) if together is None else (state, together)

    def _line_answered(
        self, books: Books, state: State, line: Line, reading: Reading, command: str
    ) -> tuple[State, _Verdict]:
        if state.refusal is not None and state.job.holds_refusals:
            if command in (ENTER, BACK):
                return _acknowledged(state), _Verdict(reading=reading)
            return replace(state, ignored=state.ignored + 1), _Verdict("ignored", "refusal_stands", reading)
        state = _acknowledged(state)  # on menus and in look-up the next scan replaces the message (decision 25)
        if state.question is not None:
            answered = self._question_answered(books, state, command or line.text)
            is_ignored = answered is state
            return answered, _Verdict("ignored", "question_stands", reading) if is_ignored else _verdict_of(
                answered, reading
            )
        if command == ENTER and state.job.prompt in _RISKY_PROMPTS:
            return state, _Verdict("ignored", "ok_label", reading)
        if command:
            state = self._pressed(books, state, command)
            return state, _verdict_of(state, reading)
        if state.job.prompt == "pin" and line.source != "keyed" and not may_be_pin(line.text):
            # a stray scan is no guess (SAF-23), a PIN whose keys a slow line delivered together is one
            refusal = Message("barcode_at_pin")
            return replace(state, refusal=refusal, message=None), _Verdict("refused", refusal.code, reading)
        is_secret = self._is_secret(books, state, line)
        times = None if is_secret else _times_of(line.text, reading)
        if times is not None:
            counting = replace(state, times=times, last_text="", message=Message("next_counts", {"qty": times}))
            return counting, _Verdict(reading=reading)
        if self._is_repeat(books, state, line):
            repeated = replace(state, message=Message("repeat_ignored"), last_at=repr(line.at), outcome="none")
            return repeated, _Verdict("ignored", "repeat_ignored", reading)
        state, whole = self._with_parts(books, state, reading)
        state = self._answer(books, state, Given(whole, line.source, line.at))
        if is_secret:  # a PIN is kept nowhere, and what it uncovers goes on as it was
            return state, _verdict_of(state, reading)
        last_text = line.text if state.job.prompt in _COUNTING_PROMPTS else ""
        state = replace(_counted(state), last_text=last_text, last_at=repr(line.at))
        return self._with_ways_out(books, state, line), _verdict_of(state, reading)

    def _with_ways_out(self, books: Books, state: State, line: Line) -> State:
        """Offer other ways, once it is acknowledged, where a text is refused the third time in a row (SCN-112)."""
        if state.refusal is None:
            return state
        scans = books.terminals.last_scans(self._terminal, LOOKED_BACK)
        before = [(scan.raw, scan.outcome) for scan in scans if scan.outcome != "ignored" and is_code(scan)]
        is_third = before[:2] == [(line.raw, "refused")] * 2
        return replace(state, message=Message("refused_thrice")) if is_third else state

    def _is_secret(self, books: Books, state: State, line: Line) -> bool:
        """Say whether a line is a PIN or, as a name that nobody has, may be one: it is kept nowhere (SAF-22).

        Of what came all at once only the shape of a PIN may be one: the rest is a label.
        """
        if state.job.prompt != "who" or (line.source == "scanned" and not may_be_pin(line.text)):
            return state.job.prompt == "pin"
        reading = self._read(books, state, line.text)
        return find_operator(books.records, who_of(reading)) is None

    def _is_repeat(self, books: Books, state: State, line: Line) -> bool:
        """Say whether a scan is the same as the last one at a counting prompt, too soon to be another (SCN-14)."""
        if line.source == "keyed" or line.text != state.last_text or state.job.prompt not in _COUNTING_PROMPTS:
            return False
        head = books.records.one(SiteHead, 1) or SiteHead()
        return 0 <= (line.at - float(state.last_at)) * 1000 < head.scanning.repeat_ms

    def _commanded(self, books: Books, state: State, scans: int, command: str) -> tuple[State, int]:
        if state.refusal is not None and (state.job.holds_refusals or command == ENTER):
            return (_acknowledged(state) if command in (ENTER, BACK) else state), scans
        state = _acknowledged(state)
        if state.question is not None:
            return self._question_answered(books, state, command), scans
        return self._pressed(books, state, command), scans

    def _pressed(self, books: Books, state: State, command: str, confirmed: tuple[str, ...] = ()) -> State:
        def press(state: State, do: Do) -> Step:
            is_open = state.operator and not isinstance(state.job, Lock | Resume)
            if command == "find" and is_open and not isinstance(state.job, Lookup):
                return Step(state.job, push=Lookup())
            if command == "explain" and is_open and not isinstance(state.job, Explain):
                return Step(state.job, push=Explain.begin(do))
            if command == "help":
                return Step(state.job, message=Message(f"hint.{state.job.prompt}"))
            if command == BACK and can_undo(state.posted, do):
                return ask_and_undo(state.posted, state.job, do)
            return state.job.press(command, do)

        if state.times != ONE:  # a key comes between it and the next scan; back takes nothing else back
            state = replace(state, times=ONE)
            if command == BACK:
                return replace(state, message=None)
        return self._tried(books, state, press, Question("", {}, {}, confirmed, command=command))

    def _answer(
        self, books: Books, state: State, given: Given, confirmed: tuple[str, ...] = (), chosen: Found | None = None
    ) -> State:
        def answer(state: State, do: Do) -> Step:
            do.given, do.chosen = given, chosen
            return state.job.answer(given, do)

        held = HeldLine(given.reading.raw.encode("utf-8", "surrogateescape").hex(), given.source, repr(given.at))
        return self._tried(books, state, answer, Question("", {}, {}, confirmed, line=held, chosen=chosen))

    def _stepped(self, books: Books, state: State, scans: int, step: Callable[[State, Do], Step]) -> tuple[State, int]:
        return self._tried(books, state, step, Question("", {}, {})), scans

    def _tried(self, books: Books, state: State, answer: Callable[[State, Do], Step], asking: Question) -> State:
        """Run an answer; a refusal undoes what it did, but not what it must leave (design.md, decision 26)."""
        do = self._do(books, state, asking.confirmed)
        parts, alone = state.parts, _without_parts(state)
        try:
            with books.savepoint():
                return replace(self._after(books, alone, answer(alone, do)), posted=do.posted)
        except PartLabel as part:
            kept = (*parts, asking.line) if asking.line else parts
            return replace(alone, parts=kept, message=Message(part.code), outcome="none")
        except Ambiguous as ambiguous:
            found = ambiguous.choices.found
            facts: dict[str, object] = {"n": len(found), "pages": Pages(found).progress or None}
            return replace(state, question=replace(asking, code="choice", facts=facts, found=found))
        except NeedsConfirm as needed:
            answers = ANSWERS.get(needed.code, {YES: needed.code})
            facts = {name: as_fact(value) for name, value in needed.facts.items()}
            return replace(state, question=replace(asking, code=needed.code, facts=facts, answers=answers))
        except Beep as beep:
            return replace(alone, is_beep=True, message=Message(beep.code), outcome="none")
        except Collided:  # the whole transaction is tried again with what is there now (storage-notes 4)
            raise
        except AisleError as refused:
            if refused.code == "busy":
                raise
            self._leave_traces(books, do, refused)
            return _refused(alone, refused, do.situation)

    def _leave_traces(self, books: Books, do: Do, refused: AisleError) -> None:
        """Write what the refusal itself must leave: the wrong PIN counted, the denied right audited (SAF-23, 29)."""
        if do.wrong_pin is not None:
            count_wrong_pin(books, do.situation, do.wrong_pin)
        if refused.code in ("no_right", "not_your_location"):
            with books.ledger.command(do.situation.head("change")):
                told = str(refused.facts.get("action") or refused.facts.get("location", ""))
                who = str(refused.facts.get("operator", do.situation.operator.code))
                books.records.note("operator", who, refused.code, "", told)

    def _question_answered(self, books: Books, state: State, key: str) -> State:
        """Answer the question that stands: its keys, Esc = no, Enter = no unless it says otherwise (decision 39)."""
        question = state.question
        if question is None:
            raise InvariantBroken("a question was answered that does not stand")
        open_again = replace(state, question=None)
        number = as_digit(key)
        if question.code == "choice" and number is not None:
            pages = Pages(question.found, question.page)
            if pages.turns(key):
                return replace(state, question=replace(question, page=pages.next))
            if not 1 <= number <= len(pages.shown):  # the list still stands behind the refusal
                return replace(state, refusal=Message("bad_choice", {"n": len(pages.shown)}))
            return self._again(books, open_again, question, question.confirmed, pages.shown[number - 1])
        if key in question.answers:
            confirmed = (*question.confirmed, question.answers[key])
            return self._again(books, open_again, question, confirmed, question.chosen)
        closes = (BACK,) if question.code == "choice" else (ENTER, BACK)
        return replace(open_again, posted=0) if key in closes else state

    def _again(
        self, books: Books, state: State, question: Question, confirmed: tuple[str, ...], chosen: Found | None
    ) -> State:
        """Answer the same input again, with what was confirmed or chosen."""
        if question.line is None:
            return self._pressed(books, state, question.command, confirmed)
        state, reading = self._with_parts(books, state, self._read(books, state, question.line.text))
        given = Given(reading, question.line.source, float(question.line.at))
        return _counted(self._answer(books, state, given, confirmed, chosen))

    def _after(self, books: Books, state: State, step: Step) -> State:
        """Return the state a step leads to."""
        if step.is_log_off:
            return self._logged_off(books, state)
        if step.signed_in:
            return self._signed_in(books, state, step)
        if step.job is None and state.covered is not None:
            return state.covered
        jobs = state.jobs[:-1] if step.job is None else (*state.jobs[:-1], step.job)
        if step.push is not None:
            jobs = (*jobs, step.push)
        if step.resumed:
            jobs = from_text(step.resumed).jobs
            for job in jobs:
                take_along(books, self._situation(books, state), document_of(job))
        location = state.location if step.location is None else step.location
        return replace(
            state,
            jobs=jobs,
            location=location,
            message=step.message,
            outcome=step.outcome,
            refusal=None,
            ignored=0,
        )

    def _signed_in(self, books: Books, state: State, step: Step) -> State:
        """Stand at the menu; work left behind is offered first, with the outcome of the last operation (SAF-04)."""
        location = step.location or ""
        state = replace(State(), operator=step.signed_in, location=location, jobs=(Menu(),))
        for row in books.records.rows(TerminalSession, operator=step.signed_in):
            if row.terminal != self._terminal and not self._is_alive(row.holder):
                let_go(books, row, self._now())
        for parked in left_behind(books, self._situation(books, state)):
            left = from_text(parked.state)
            told = replace(state, message=left.message, outcome=left.outcome if left.message else "none")
            if is_work(left):
                unposted = Message("not_posted") if left.job.prompt == "summary" else None
                resume = Resume(parked.parked_at.isoformat(), *where(left.jobs))
                return replace(told, message=state.message or left.message or unposted, jobs=(Menu(), resume))
            books.records.remove(parked)  # it had just ended: only its outcome is told
            state = told
        return state

    def _logged_off(self, books: Books, state: State) -> State:
        """Keep drafts, end claims (floor-flows.md, Session); somebody else may do so at a locked terminal."""
        situation = self._situation(books, state)
        left = state.covered or State()
        park(books, left, self._terminal, self._now())
        for claim in books.records.rows(Claim, operator=state.operator):
            if claim.terminal == self._terminal:
                books.records.remove(claim)
        with books.ledger.command(situation.head("change")):
            books.records.note("operator", state.operator, "logoff", "", self._terminal)
        return State(held=(*left.held, *state.held))

    def _journalled(self, books: Books, state: State, scans: int, line: Line, verdict: _Verdict, register: int) -> int:
        """Keep the raw scan with its outcome; of what is or may be a PIN only that it was typed."""
        is_secret = self._is_secret(books, state, line)
        reading = verdict.reading
        books.terminals.journal(
            ScanRecord(
                terminal=self._terminal,
                no=scans + 1,
                at=self._now(),
                operator=state.operator,
                location=state.location,
                profile=self._profile,
                source=line.source,
                raw=b"" if is_secret else line.raw,
                prompt=state.job.prompt,
                outcome=verdict.outcome,
                code=verdict.code,
                reading="" if is_secret or reading is None else json.dumps(journalled(reading)),
                register=register if verdict.outcome == "accepted" else 0,
            )
        )
        return scans + 1


def _command_of(text: str, reading: Reading) -> str:
    """Return the id of the command a typed twin or a label means, "" for none (floor-flows.md 2, 3)."""
    typed = by_typed(text) if text else None
    if typed is not None:
        return typed.id
    if reading.kind == "command":
        labelled = by_label(reading.text("command"))
        return labelled.id if labelled else ""
    return ""


def _times_of(text: str, reading: Reading) -> Decimal | None:
    """Return what `3*` or %%QTY=3 says the next scan counts."""
    if reading.kind == "command" and reading.text("qty"):
        return decimal_from(reading.text("qty"))
    return decimal_from(text[:-1]) or None if _TIMES.fullmatch(text) else None


def _without_parts(state: State) -> State:
    """Return the state without the labels that waited for another; that it is wanted is not told again either."""
    return replace(state, parts=(), message=None) if state.parts else state


def _counted(state: State) -> State:
    """Return the state after a scan: `3*` is said for one that is neither refused nor asked about."""
    return state if state.refusal or state.question else replace(state, times=ONE)


def _acknowledged(state: State) -> State:
    return replace(state, refusal=None, ignored=0)


def _refused(state: State, refused: AisleError, situation: Situation) -> State:
    """Return the state in which a refusal stands: held until acknowledged inside a job (decision 25).

    What was told last is told again afterwards: a recount that is due, the number a posting got.
    """
    facts = {
        name: situation.local(value) if isinstance(value, datetime) else value for name, value in refused.facts.items()
    }
    message = Message(refused.code, {name: as_fact(value) for name, value in facts.items()})
    jobs = (*state.jobs[:-1], state.job.after_refusal())
    return replace(state, jobs=jobs, refusal=message, ignored=0, outcome="none")


def _verdict_of(state: State, reading: Reading) -> _Verdict:
    if state.refusal is not None:
        return _Verdict("refused", state.refusal.code, reading)
    if state.is_beep:
        return _Verdict("ignored", "key_not_here", reading)
    return _Verdict(reading=reading)
