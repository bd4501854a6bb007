"""F9: what came of the last scan: how it was read, what it means in the books, what it led to (SCN-110..112)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from domain.errors import Refused
from domain.people.books import ScanRecord
from domain.scanning.reading import Reading
from domain.scanning.resolver import KINDS, Choices, Expected, resolve
from domain.work.documents import DOCUMENTS
from tui.commands import by_typed
from tui.jobs.how_read import found_told, how_read, reading_of
from tui.jobs.job import Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.learn import Learn
from tui.jobs.pages import Pages
from tui.jobs.site_rule import SiteRule
from tui.jobs.view import Choice, Message, View, as_fact

LOOKED_BACK = 20
"""Lines since the scan: digits of lists, and the commands that led here and back."""
_SHORTEST_CODE = 2
_NO_GOODS = ("url", "user")
"""Kinds that the books of the warehouse know nothing of."""


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
        for scan in do.books.terminals.last_scans(do.situation.terminal, LOOKED_BACK):
            if scan.operator == do.situation.operator.code and is_code(scan):
                return cls(reading_of(scan), scan.source, scan.outcome, scan.code, scan.prompt)
        return cls()

    def answer(self, given: Given, do: Do) -> Step:
        """Take 0 for the next page, a digit to learn the code; anything else is scanned where one came from."""
        pages = self._pages(do)
        if pages.turns(given.text):
            return Step(replace(self, page=pages.next))
        for number, job in self._offers(do):
            if given.text == number:
                return Step(self, push=job)
        raise not_here()

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
            is_whole=True,
            choices=tuple(Choice(number, Message(f"{job.name}.offer")) for number, job in self._offers(do)),
            digits=self.reading is not None,
            commands=("ok", "back") if pages.count > 1 else ("back",),
        )

    def _offers(self, do: Do) -> list[tuple[str, Learn | SiteRule]]:
        """Return what can be done, by digit, about a code that nothing is known of (right `learn_code`)."""
        if self.reading is None:
            return []
        learn = Learn.of(self.reading, do)
        rule = SiteRule.of(self.reading, do) if learn or self.reading.error else None
        return [(number, job) for number, job in (("1", learn), ("2", rule)) if job]

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


def is_code(scan: ScanRecord) -> bool:
    """Say whether a line is a code: no digit of a list, no command, nothing kept secret."""
    if len(scan.raw) < _SHORTEST_CODE or not scan.reading:
        return False
    reading = reading_of(scan)
    return reading.kind != "command" and by_typed(reading.raw) is None


def _meaning(reading: Reading, do: Do) -> tuple[Message, ...]:
    """Return what it means in the books now, at any prompt of the location."""
    if reading.kind in _NO_GOODS or (reading.error and not reading.readings):
        return ()
    accepts = frozenset(KINDS) - {"operator"}
    location = do.situation.location
    try:
        found = do.ask(resolve, reading, accepts=accepts, location=location, expected=Expected(), documents=DOCUMENTS)
    except Refused as refused:
        return (Message(refused.code, {name: as_fact(fact) for name, fact in refused.facts.items()}),)
    return tuple(map(found_told, found.found if isinstance(found, Choices) else (found,)))
