"""One answer of a terminal, inside its transaction: a line or key meets the refusal, question or job that stands.

The refusal stands until acknowledged, the question waits for its key, scans meanwhile are held or discarded, and each
one is journalled. A refusal undoes what its answer did, but not what it must leave (decision 26).

Not here: the transaction, and what none can keep (session.py); what is kept between two answers (state.py).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.books import Books
from domain.errors import AisleError, Collided, InvariantBroken, NeedsConfirm
from domain.people.access import count_wrong_pin, find_operator, may_be_pin, situation_of
from domain.people.books import ScanRecord
from domain.scanning.partial import joined
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.scanning.resolver import Found
from domain.scanning.separators import profile_in_force
from domain.site import Operator, SiteHead
from domain.situation import Situation
from domain.values import ONE
from domain.work.claims import take_along
from tui.capture import Line
from tui.commands import command_given, times_given
from tui.jobs.explain import LOOKED_BACK, Explain, is_code
from tui.jobs.how_read import journalled
from tui.jobs.job import Ambiguous, Beep, Do, Given, PartLabel, Step, as_digit, who_of
from tui.jobs.keeping import from_text
from tui.jobs.login import Lock, Resume
from tui.jobs.lookup import Lookup
from tui.jobs.menu import Menu
from tui.jobs.pages import Pages
from tui.jobs.undo import ask_and_undo, can_undo
from tui.jobs.view import Message, as_fact
from tui.parked import document_of, log_off, offered
from tui.state import BACK, ENTER, YES, HeldLine, Question, State

NOBODY = Operator(code="")

ANSWERS: dict[str, dict[str, str]] = {
    "not_expected": {ENTER: "not_expected"},
    "add_or_replace": {ENTER: "count_add", "8": "count_replace"},
    "other_bin": {ENTER: "other_bin"},
    "undo_ask": {ENTER: "undo_ask"},
}
"""Questions whose keys are not Enter = no, 1 = yes: key to the code it confirms (decision 39)."""
_RISKY_PROMPTS = {"summary", "pin", "question"}
"""Where %%OK is ignored: Enter would post, delete or sign (floor-flows.md 2)."""
_COUNTING_PROMPTS = {"qty", "serial"}
"""Where the same scan again within `repeat_ms` is a double read (SCN-14)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one scan in the journal."""

    outcome: str = "accepted"
    code: str = ""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """The rules of an answer, with the books of its transaction and the terminal it is given at."""

    books: Books
    terminal: str
    profile: str
    now: Callable[[], datetime]
    """UTC."""
    is_alive: Callable[[str], bool]
    """Tells of the process that holds another terminal."""

    @property
    def head(self) -> SiteHead:
        """The site as it is applied now."""
        return self.books.records.one(SiteHead, 1) or SiteHead()

    def do(self, state: State, confirmed: tuple[str, ...] = ()) -> Do:
        """Return what the job of a state may do."""
        return Do(
            books=self.books,
            situation=replace(self._situation(state), confirmed=frozenset(confirmed)),
            scanning=self.head.scanning,
            new_operation=lambda: str(uuid.uuid4()),
            prompt=state.job.prompt,
            times=state.times,
        )

    def _situation(self, state: State) -> Situation:
        operator = self.books.records.one(Operator, state.operator) if state.operator else NOBODY
        if operator is None:  # taken off the site file while signed in
            operator = NOBODY
        return situation_of(
            self.books.records,
            operator,
            now=self.now(),
            terminal=self.terminal,
            profile=self.profile,
            location=state.location,
        )

    def answered(self, state: State, scans: int, line: Line | None, command: str) -> tuple[State, int]:
        """Answer one line or key, then the scans that were held for it; after a log-off they are left."""
        asked = state.covered or state
        state, scans = self._one(state, scans, line, command)
        while state.held and state.question is None:
            waiting, held = state.held[0], state.held[1:]
            again = Line(bytes.fromhex(waiting.raw), waiting.source, float(waiting.at))
            state = replace(state, held=held)
            if state.operator:
                state, scans = self._one(state, scans, again, "")
            else:
                scans = self.journalled(asked, scans, again, Verdict("ignored", "left"), 0)
        return state, scans

    def _one(self, state: State, scans: int, line: Line | None, command: str) -> tuple[State, int]:
        state = replace(state, is_beep=False)
        if line is None or not line.raw:
            return self._commanded(state, scans, command)
        reading = self._read(state, line.text)
        command = command_given(line.text, reading)
        is_held = state.question is not None and line.source != "keyed" and state.job.prompt != "pin"
        if is_held and len(line.text) > 1 and not command:
            held = HeldLine(line.raw.hex(), line.source, repr(line.at))
            return replace(state, held=(*state.held, held)), scans  # a question takes only its keys (SCN-13)
        before, sealed = state, self.books.ledger.sealed
        state, verdict = self._line_answered(state, line, reading, command)
        register = self.books.ledger.sealed if self.books.ledger.sealed != sealed else 0
        return state, self.journalled(before, scans, line, verdict, register)

    def _read(self, state: State, text: str) -> Reading:
        profile = profile_in_force(self.books.records, self.head.scanning, self.profile)
        return read(text, self.head.scanning, profile, self._situation(state).work_date)

    def _with_parts(self, state: State, reading: Reading) -> tuple[State, Reading]:
        """Return what a label says with the parts that wait for it; they go where it is not their partner (SCN-49)."""
        whole: Reading | None = None
        for part in (self._read(state, part.text) for part in state.parts):
            whole = part if whole is None else joined(whole, part)
        together = joined(whole, reading) if whole else None
        return (_without_parts(state), reading) if together is None else (state, together)

    def _line_answered(self, state: State, line: Line, reading: Reading, command: str) -> tuple[State, Verdict]:
        if state.refusal is not None and state.job.holds_refusals:
            if command in (ENTER, BACK):
                return _acknowledged(state), Verdict(reading=reading)
            return replace(state, ignored=state.ignored + 1), Verdict("ignored", "refusal_stands", reading)
        state = _acknowledged(state)  # on menus and in look-up the next scan replaces the message (decision 25)
        if state.question is not None:
            answered = self._question_answered(state, command or line.text)
            is_ignored = answered is state
            return answered, Verdict("ignored", "question_stands", reading) if is_ignored else _verdict_of(
                answered, reading
            )
        if command == ENTER and state.job.prompt in _RISKY_PROMPTS:
            return state, Verdict("ignored", "ok_label", reading)
        if command:
            state = self._pressed(state, command)
            return state, _verdict_of(state, reading)
        if state.job.prompt == "pin" and line.source != "keyed" and not may_be_pin(line.text):
            # a stray scan is no guess (SAF-23), a PIN whose keys a slow line delivered together is one
            refusal = Message("barcode_at_pin")
            return replace(state, refusal=refusal, message=None), Verdict("refused", refusal.code, reading)
        is_secret = self._is_secret(state, line)
        times = None if is_secret else times_given(line.text, reading)
        if times is not None:
            counting = replace(state, times=times, last_text="", message=Message("next_counts", {"qty": times}))
            return counting, Verdict(reading=reading)
        if self._is_repeat(state, line):
            repeated = replace(state, message=Message("repeat_ignored"), last_at=repr(line.at), outcome="none")
            return repeated, Verdict("ignored", "repeat_ignored", reading)
        state, whole = self._with_parts(state, reading)
        state = self._answer(state, Given(whole, line.source, line.at))
        if is_secret:  # a PIN is kept nowhere, and what it uncovers goes on as it was
            return state, _verdict_of(state, reading)
        last_text = line.text if state.job.prompt in _COUNTING_PROMPTS else ""
        state = replace(_counted(state), last_text=last_text, last_at=repr(line.at))
        return self._with_ways_out(state, line), _verdict_of(state, reading)

    def _with_ways_out(self, state: State, line: Line) -> State:
        """Offer other ways, once it is acknowledged, where a text is refused the third time in a row (SCN-112)."""
        if state.refusal is None:
            return state
        scans = self.books.terminals.last_scans(self.terminal, LOOKED_BACK)
        before = [(scan.raw, scan.outcome) for scan in scans if scan.outcome != "ignored" and is_code(scan)]
        is_third = before[:2] == [(line.raw, "refused")] * 2
        return replace(state, message=Message("refused_thrice")) if is_third else state

    def _is_secret(self, state: State, line: Line) -> bool:
        """Say whether a line is a PIN or, as a name that nobody has, may be one: it is kept nowhere (SAF-22).

        Of what came all at once only the shape of a PIN may be one: the rest is a label.
        """
        if state.job.prompt != "who" or (line.source == "scanned" and not may_be_pin(line.text)):
            return state.job.prompt == "pin"
        reading = self._read(state, line.text)
        return find_operator(self.books.records, who_of(reading)) is None

    def _is_repeat(self, state: State, line: Line) -> bool:
        """Say whether a scan is the same as the last one at a counting prompt, too soon to be another (SCN-14)."""
        if line.source == "keyed" or line.text != state.last_text or state.job.prompt not in _COUNTING_PROMPTS:
            return False
        return 0 <= (line.at - float(state.last_at)) * 1000 < self.head.scanning.repeat_ms

    def _commanded(self, state: State, scans: int, command: str) -> tuple[State, int]:
        if state.refusal is not None and (state.job.holds_refusals or command == ENTER):
            return (_acknowledged(state) if command in (ENTER, BACK) else state), scans
        state = _acknowledged(state)
        if state.question is not None:
            return self._question_answered(state, command), scans
        return self._pressed(state, command), scans

    def _pressed(self, state: State, command: str, confirmed: tuple[str, ...] = ()) -> State:
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
        return self._tried(state, press, Question("", {}, {}, confirmed, command=command))

    def _answer(
        self, state: State, given: Given, confirmed: tuple[str, ...] = (), chosen: Found | None = None
    ) -> State:
        def answer(state: State, do: Do) -> Step:
            do.given, do.chosen = given, chosen
            return state.job.answer(given, do)

        held = HeldLine(given.reading.raw.encode("utf-8", "surrogateescape").hex(), given.source, repr(given.at))
        return self._tried(state, answer, Question("", {}, {}, confirmed, line=held, chosen=chosen))

    def stepped(self, state: State, scans: int, step: Callable[[State, Do], Step]) -> tuple[State, int]:
        """Go where no line or key leads: the program itself was told to stand there."""
        return self._tried(state, step, Question("", {}, {})), scans

    def _tried(self, state: State, answer: Callable[[State, Do], Step], asking: Question) -> State:
        """Run an answer; a refusal undoes what it did, but not what it must leave (design.md, decision 26)."""
        do = self.do(state, asking.confirmed)
        parts, alone = state.parts, _without_parts(state)
        try:
            with self.books.savepoint():
                return replace(self._after(alone, answer(alone, do)), posted=do.posted)
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
            self._leave_traces(do, refused)
            return _refused(alone, refused, do.situation)

    def _leave_traces(self, do: Do, refused: AisleError) -> None:
        """Write what the refusal itself must leave: the wrong PIN counted, the denied right audited (SAF-23, 29)."""
        if do.wrong_pin is not None:
            count_wrong_pin(self.books, do.situation, do.wrong_pin)
        if refused.code in ("no_right", "not_your_location"):
            with self.books.ledger.command(do.situation.head("change")):
                told = str(refused.facts.get("action") or refused.facts.get("location", ""))
                who = str(refused.facts.get("operator", do.situation.operator.code))
                self.books.records.note("operator", who, refused.code, "", told)

    def _question_answered(self, state: State, key: str) -> State:
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
            return self._again(open_again, question, question.confirmed, pages.shown[number - 1])
        if key in question.answers:
            confirmed = (*question.confirmed, question.answers[key])
            return self._again(open_again, question, confirmed, question.chosen)
        closes = (BACK,) if question.code == "choice" else (ENTER, BACK)
        return replace(open_again, posted=0) if key in closes else state

    def _again(self, state: State, question: Question, confirmed: tuple[str, ...], chosen: Found | None) -> State:
        """Answer the same input again, with what was confirmed or chosen."""
        if question.line is None:
            return self._pressed(state, question.command, confirmed)
        state, reading = self._with_parts(state, self._read(state, question.line.text))
        given = Given(reading, question.line.source, float(question.line.at))
        return _counted(self._answer(state, given, confirmed, chosen))

    def _after(self, state: State, step: Step) -> State:
        """Return the state a step leads to."""
        if step.is_log_off:
            return log_off(self.books, self._situation(state), state)
        if step.signed_in:
            menu = State(operator=step.signed_in, location=step.location or "", jobs=(Menu(),))
            return offered(self.books, self._situation(menu), menu, self.is_alive)
        if step.job is None and state.covered is not None:
            return state.covered
        jobs = state.jobs[:-1] if step.job is None else (*state.jobs[:-1], step.job)
        if step.push is not None:
            jobs = (*jobs, step.push)
        if step.resumed:
            jobs = from_text(step.resumed).jobs
            for job in jobs:
                take_along(self.books, self._situation(state), document_of(job))
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

    def journalled(self, state: State, scans: int, line: Line, verdict: Verdict, register: int) -> int:
        """Keep the raw scan with its outcome; of what is or may be a PIN only that it was typed."""
        is_secret = self._is_secret(state, line)
        reading = verdict.reading
        self.books.terminals.journal(
            ScanRecord(
                terminal=self.terminal,
                no=scans + 1,
                at=self.now(),
                operator=state.operator,
                location=state.location,
                profile=self.profile,
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


def _verdict_of(state: State, reading: Reading) -> Verdict:
    if state.refusal is not None:
        return Verdict("refused", state.refusal.code, reading)
    if state.is_beep:
        return Verdict("ignored", "key_not_here", reading)
    return Verdict(reading=reading)
