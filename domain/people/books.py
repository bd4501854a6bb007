"""What a terminal keeps: its session, work left behind, and every raw scan.

`state` is the session as JSON, written and read by the terminal's room; the domain does not look into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol


@dataclass(frozen=True, slots=True)
class TerminalSession:
    """What a terminal is doing. One row a terminal."""

    KEY: ClassVar[tuple[str, ...]] = ("terminal",)
    AUDITED: ClassVar[bool] = False

    terminal: str
    operator: str
    location: str
    profile: str
    holder: str
    """The process at the terminal: host, pid, start of the process; "" when it left."""
    seen_at: datetime
    scans: int
    """How many scans this terminal has journalled: the `no` of the last one."""
    state: str


@dataclass(frozen=True, slots=True)
class ParkedWork:
    """Work an operator left when the line dropped, until he resumes it (SAF-24)."""

    KEY: ClassVar[tuple[str, ...]] = ("operator", "parked_at")
    AUDITED: ClassVar[bool] = False

    operator: str
    parked_at: datetime
    terminal: str
    location: str
    state: str


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """One raw scan and what became of it (decision 26). Append-only, keyed (terminal, no)."""

    terminal: str
    no: int
    at: datetime
    operator: str
    location: str
    profile: str
    source: str
    """scanned, keyed or pasted."""
    raw: bytes
    prompt: str
    outcome: str
    """accepted, refused or ignored."""
    code: str
    """The refusal's code, or why it was ignored; "" when accepted."""
    reading: str
    """What the reader made of it, as JSON; "" where it was not read."""
    register: int
    """The register its answer posted, 0 for none."""


class Terminals(Protocol):
    """The scan journal; sessions are entities."""

    def journal(self, scan: ScanRecord) -> None:
        """Append one scan."""

    def last_scans(self, terminal: str, most: int) -> list[ScanRecord]:
        """Return up to `most` scans of a terminal, the newest first (F9)."""
