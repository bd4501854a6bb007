"""F9: what came of the last scan: how it was read, what it means in the books, what it led to (SCN-110..112)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import ClassVar

from domain.errors import Refused
from domain.people.books import ScanRecord
from domain.scanning.reading import Reading
from domain.scanning.resolver import KINDS, Choices, Expected, resolve
from tui.commands import by_typed
from tui.jobs.how_read import found_told, how_read, reading_from
from tui.jobs.job import DOCUMENTS, Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.view import Message, View, as_fact

_LOOKED_BACK = 20
"""Lines since the scan: digits of lists, and the commands that led here and back."""


@kept
@dataclass(frozen=True, slots=True)
class Explain:
    """The scan before F9, as the journal has it. Without a reading where there was none."""

    name: ClassVar[str] = "explain"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "menu"

    reading: Reading | None = None
    source: str = ""
    outcome: str = ""
    code: str = ""
    scanned_at: str = ""
    """The prompt it was scanned at."""
    page: int = 0

    @classmethod
    def begin(cls, do: Do) -> Explain:
        """Return the operator's newest scan at this terminal; the line that asks for it is journalled later."""
        for scan in do.books.terminals.last_scans(do.situation.terminal, _LOOKED_BACK):
            raw = scan.raw.decode("utf-8", errors="replace")
            if scan.operator == do.situation.operator.code and _is_explained(scan, raw):
                reading = reading_from(raw, json.loads(scan.reading))
                return cls(reading, scan.source, scan.outcome, scan.code, scan.prompt)
        return cls()

    def answer(self, given: Given, do: Do) -> Step:
        """Take 0 for the next page; anything else is scanned where one came from."""
        pages = self._pages(do)
        if not pages.turns(given.text):
            raise not_here()
        return Step(replace(self, page=pages.next))

    def press(self, command: str, do: Do) -> Step:
        """Enter pages, round to the first; back returns to the prompt one came from."""
        if command == "back":
            return Step(None)
        if command != "ok":
            raise not_here()
        return Step(replace(self, page=self._pages(do).next))

    def after_refusal(self) -> Explain:
        """Stay."""
        return self

    def resumed(self) -> Explain:
        """Stay."""
        return self

    def view(self, do: Do) -> View:
        """Show one page of it."""
        pages = self._pages(do)
        return View(
            job=self.name,
            prompt=self.prompt,
            progress=pages.progress,
            body=tuple(pages.shown),
            commands=("ok", "back") if pages.count > 1 else ("back",),
        )

    def _pages(self, do: Do) -> Pages[Message]:
        if self.reading is None:
            return Pages((Message("body.no_scan"),))
        lines = (
            *how_read(self.reading),
            *_meaning(self.reading, do),
            Message(
                "body.outcome",
                {"source": self.source, "outcome": self.outcome, "prompt": self.scanned_at, "code": self.code},
            ),
        )
        return Pages(lines, self.page)


def _is_explained(scan: ScanRecord, raw: str) -> bool:
    """Say whether a line is a code: no digit of a list, no command, nothing kept secret."""
    is_command = by_typed(raw) is not None or '"kind": "command"' in scan.reading
    return len(raw) > 1 and bool(scan.reading) and not is_command


def _meaning(reading: Reading, do: Do) -> tuple[Message, ...]:
    """Return what it means in the books now, at any prompt of the location."""
    if reading.error and not reading.readings:
        return ()
    accepts = frozenset(KINDS) - {"operator"}
    location = do.situation.location
    try:
        found = do.ask(resolve, reading, accepts=accepts, location=location, expected=Expected(), documents=DOCUMENTS)
    except Refused as refused:
        return (Message(refused.code, {name: as_fact(fact) for name, fact in refused.facts.items()}),)
    return tuple(map(found_told, found.found if isinstance(found, Choices) else (found,)))
