"""What a job is: a small frozen state that answers, and the little it knows of the rest.

A job reads top to bottom like its flow in floor-flows.md. It refuses by raising `Refused`; a rule that needs a yes
raises `NeedsConfirm` and the answer comes again with the code confirmed. Transactions, refusals that stand, questions
and the scan journal are the session's.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

from domain.books import Books
from domain.errors import AisleError, Refused
from domain.people.access import SignIn, name_of, sign_in
from domain.posting.posted import Posted
from domain.scanning.reading import Reading
from domain.scanning.resolver import Choices, Expected, Found, resolve
from domain.site import Operator, Scanning
from domain.situation import Situation
from domain.values import ONE
from domain.work.documents import DOCUMENTS
from tui.jobs.view import Message, View

C = TypeVar("C")
R = TypeVar("R")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Given:
    """A scan or typed text, read but not yet looked up."""

    reading: Reading
    source: str
    """scanned, keyed or pasted."""
    at: float
    """Seconds, of the terminal's own clock: for double reads."""

    @property
    def text(self) -> str:
        """The text as it came, without outer blanks."""
        return self.reading.raw.strip()


class Ambiguous(AisleError):
    """A code means several things: the session asks which, and the same answer comes again with the one chosen."""

    def __init__(self, choices: Choices) -> None:
        super().__init__("choice", n=len(choices.found))
        self.choices = choices


class PartLabel(AisleError):
    """A label that says only a part: it is kept, and the label with the rest is asked for (SCN-49)."""

    def __init__(self) -> None:
        super().__init__("part_label")


class Beep(AisleError):
    """A scan where only keys count: a beep, and nothing happens (floor-flows.md 3a, summary)."""

    def __init__(self) -> None:
        super().__init__("key_not_here")


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer leads to: the job as it goes on, None when it is left."""

    job: Job | None
    message: Message | None = None
    outcome: str = "none"
    push: Job | None = None
    """A job on top of this one (look-up, lock)."""
    location: str | None = None
    """The location worked at from now on."""
    signed_in: str = ""
    """The operator who signed in."""
    resumed: str = ""
    """A parked stack to stand on again, as it was kept."""
    is_log_off: bool = False


@dataclass(slots=True)
class Do:
    """What a job may do: ask the books, run a command, find what a scan means. Lives for one answer."""

    books: Books
    situation: Situation
    scanning: Scanning
    new_operation: Callable[[], str]
    prompt: str = ""
    """The prompt that is answered, for what a refusal says it wants."""
    given: Given | None = None
    chosen: Found | None = None
    """What the operator picked from the list a scan led to."""
    times: Decimal = ONE
    """`3*` or %%QTY=3: what the next scan counts."""
    posted: int = 0
    """The register this answer posted, 0 for none."""
    wrong_pin: SignIn | None = None
    """A log-in that was refused: counted after the refusal undid the rest (SAF-23)."""

    def ask(self, question: Callable[Concatenate[Books, P], R], *args: P.args, **named: P.kwargs) -> R:
        """Return the answer of a question to the books."""
        return question(self.books, *args, **named)

    def run(self, function: Callable[[Books, Situation, C], R], command: C, operation_id: str = "") -> R:
        """Run a command in the operator's situation."""
        result = function(self.books, replace(self.situation, operation_id=operation_id), command)
        if isinstance(result, Posted):
            self.posted = result.register
        return result

    def find(
        self, given: Given, accepts: AbstractSet[str], expected: Expected | None = None, *, location: str = ""
    ) -> Found:
        """Return what a scan means at a prompt that accepts these kinds, its bins at `location`, else where one works.

        Raises Refused where it means nothing or the wrong kind of thing, Ambiguous where it means several.
        """
        if self.chosen is not None:
            return self.chosen
        found = resolve(
            self.books,
            given.reading,
            accepts=frozenset(accepts),
            location=location or self.situation.location,
            expected=replace(expected or Expected(), prompt="" if self.prompt == "menu" else self.prompt),
            documents=DOCUMENTS,
        )
        if isinstance(found, Choices):
            raise Ambiguous(found)
        return found

    def who(self, given: Given) -> str:
        """Return whom a badge, label or code names, as `sign` takes it; the name of nobody is not kept (SAF-22)."""
        return name_of(self.books.records, who_of(given.reading))

    def sign(self, who: str, pin: str, event: str) -> Operator:
        """Check the PIN a person gives for an event of the audit trail; a refusal counts against person and device."""
        command = SignIn(who, pin, event)
        try:
            return sign_in(self.books, self.situation, command)
        except Refused as refused:
            if refused.code == "login_refused":
                self.wrong_pin = command
            raise


class Job(Protocol):
    """A dialogue at its prompt. Every method takes the state as it is and returns what it leads to."""

    name: ClassVar[str]
    """As in the glossary; the title of the screen."""
    holds_refusals: ClassVar[bool]
    """True where a refusal stands until acknowledged and scans are discarded meanwhile (decision 25)."""

    @property
    def prompt(self) -> str:
        """Name of the prompt that has the scan line."""

    def answer(self, given: Given, do: Do) -> Step:
        """Take a scan or typed text."""

    def press(self, command: str, do: Do) -> Step:
        """Take a command by its id; `ok` is Enter on an empty field."""

    def after_refusal(self) -> Job:
        """Return the state a refusal leaves behind: itself, except where typed things are thrown away."""

    def resumed(self) -> Job:
        """Return the state in which it goes on after the line dropped: itself, less what a person must do again."""

    def view(self, do: Do) -> View:
        """Return what stands on the screen. Operator, location and messages are added by the session."""


def who_of(reading: Reading) -> str:
    """Return the name a badge, label or typed text gives."""
    return reading.text("code") or reading.raw.strip()


def not_here() -> Refused:
    """Return the refusal of a key without meaning at this prompt."""
    return Refused("key_not_here")


def as_digit(text: str) -> int | None:
    """Return the one digit a text is, None for anything else."""
    return int(text) if len(text) == 1 and text.isascii() and text.isdigit() else None


def digit(text: str, most: int) -> int:
    """Return the digit chosen from a list of `most`.

    Raises Refused("bad_choice") for anything else, Refused("key_not_here") where there is nothing to choose.
    """
    if not most:
        raise not_here()
    number = as_digit(text)
    if number is None or not 1 <= number <= most:
        raise Refused("bad_choice", n=most)
    return number
