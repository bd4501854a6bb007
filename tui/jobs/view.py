"""What stands on a screen: made by the session, painted by the floor screen at any size, read by tests and `see`.

A View holds codes and facts, never finished sentences: words are made by `tui/texts` where they are shown.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Fact = str | int | Decimal | date | None


def as_fact(value: object) -> Fact:
    """Return a value of the domain as a fact of a View: moments in the zone they come in, the rest as text."""
    if value is None or isinstance(value, str | int | Decimal | date):
        return value
    return str(value)


@dataclass(frozen=True, slots=True)
class Message:
    """A code of the texts and the facts that fill it."""

    code: str
    facts: dict[str, Fact] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a digit list. `digit` is what is pressed; `label` is a code of the texts or text from the books."""

    digit: str
    label: Message


@dataclass(frozen=True, slots=True)
class View:
    """One painted state of a terminal."""

    job: str
    """Name of the job (glossary), or login, menu, locked: the title."""
    prompt: str
    """Name of the prompt that has the scan line (glossary)."""
    operator: str = ""
    location: str = ""
    profile: str = ""
    """The device profile by which scans are read here (SCN-104)."""
    document: str = ""
    progress: str = ""
    """`3/14`, or ""."""
    body: tuple[Message, ...] = ()
    """What to do and what is known, most important first: the free lines under the title."""
    choices: tuple[Choice, ...] = ()
    """A list to choose from by digit; empty where the prompt takes text."""
    field: str | None = None
    """What Enter would take, shown in the scan line; None = nothing."""
    want: dict[str, Fact] = dataclasses.field(default_factory=dict)
    """Asked for: bin, item, lot, serial, expires, package, qty."""
    got: dict[str, Fact] = dataclasses.field(default_factory=dict)
    """Accepted on the open line, same keys."""
    counted: Decimal | None = None
    lines: tuple[dict[str, Fact], ...] = ()
    """Lines of the document, for wide screens and `see`."""
    error: Message | None = None
    """The refusal that stands until it is acknowledged."""
    ignored: int = 0
    """Scans discarded while the refusal stands."""
    message: Message | None = None
    """The last notice or what was last accepted."""
    outcome: str = "none"
    """posted, finished or none: what the last answer did."""
    commands: tuple[str, ...] = ()
    """Ids of commands that mean something here, in the order of the key bar."""
    keys: dict[str, str] = dataclasses.field(default_factory=dict)
    """Keys that are another command at this site: they count with the View they came with (SITE-06)."""
    digits: bool = False
    """True where one digit alone is an answer and needs no Enter."""
    secret: bool = False
    """True where what is typed must not be shown (PIN)."""
    is_whole: bool = False
    """True where every character counts: nothing is cut, and what does not fit is paged to."""
    bells: int = 0
    """0 taken, 1 question, 2 refused (SCN-110)."""
