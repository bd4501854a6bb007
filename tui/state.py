"""All a terminal knows between two answers, as it is kept on its row.

Nothing here decides: what an answer makes of it is answering.py, how it is written is jobs/keeping.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from domain.scanning.label import Label
from domain.scanning.resolver import Found
from domain.values import ONE
from tui.jobs.job import Job
from tui.jobs.keeping import kept
from tui.jobs.login import Login
from tui.jobs.view import Message

YES, ENTER, BACK = "1", "ok", "back"
"""Keys of questions: digits as typed, the others by the id of their command."""

kept(Found)
kept(Label)
kept(Message)


@kept
@dataclass(frozen=True, slots=True)
class Question:
    """What waits for a key, and the input that is answered again when it came."""

    code: str
    facts: dict[str, object]
    answers: dict[str, str]
    """Key to the code it confirms."""
    confirmed: tuple[str, ...] = ()
    """Codes confirmed before this one, for the same input."""
    found: tuple[Found, ...] = ()
    """What to choose from by digit."""
    page: int = 0
    """Of what to choose from."""
    chosen: Found | None = None
    """What was chosen before this question, for the same input."""
    line: HeldLine | None = None
    command: str = ""


@kept
@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line kept for later; `raw` is hexadecimal."""

    raw: str
    source: str
    at: str

    @property
    def text(self) -> str:
        """What the reader takes: bytes that are no UTF-8 stand for themselves."""
        return bytes.fromhex(self.raw).decode("utf-8", "surrogateescape")


@kept
@dataclass(frozen=True, slots=True)
class State:
    """All a terminal knows between two answers."""

    operator: str = ""
    location: str = ""
    jobs: tuple[Job, ...] = (Login(),)
    """The stack; the last one has the prompt."""
    refusal: Message | None = None
    ignored: int = 0
    question: Question | None = None
    held: tuple[HeldLine, ...] = ()
    parts: tuple[HeldLine, ...] = ()
    """Labels that say only a part, until the label with the rest is scanned (SCN-49)."""
    message: Message | None = None
    outcome: str = "none"
    posted: int = 0
    """The register the last answer posted: back offers to undo it (floor-flows.md 23); 0 once another answer came."""
    is_beep: bool = False
    """The last scan meant nothing where only keys count."""
    times: Decimal = ONE
    last_text: str = ""
    last_at: str = ""
    """When the last scan was delivered, for double reads."""
    covered: State | None = None
    """What a lock stands before: the PIN brings it back as it was (SAF-24)."""

    @property
    def job(self) -> Job:
        """The job that has the prompt."""
        return self.jobs[-1]
