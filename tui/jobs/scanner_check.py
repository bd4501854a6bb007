"""Scanner check: anything scanned is shown as it came, and whether separators arrive (SCN-114, SCN-51).

Not here: what is kept of a test (domain/scanning/separators.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from domain.scanning.cleaning import GS
from domain.scanning.reading import Reading
from domain.scanning.separators import (
    TEST_LABEL,
    Device,
    doubt_separators,
    profile_in_force,
    prove_separators,
    separator_of,
)
from domain.site import DeviceProfile
from tui.jobs.how_read import how_read, named
from tui.jobs.job import Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.view import Message, View

_RIGHT = "set_up"


@kept
@dataclass(frozen=True, slots=True)
class ScannerCheck:
    """The last scan of the check."""

    name: ClassVar[str] = "scanner_check"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "menu"

    reading: Reading | None = None
    source: str = ""
    separator: str | None = None
    """What came between the parts of the test label, None for any other scan."""
    page: int = 0

    def answer(self, given: Given, do: Do) -> Step:
        """Show whatever is scanned; the test label settles what is known of the device. 0 is the next page."""
        pages = self._pages(do)
        if pages.turns(given.text):
            return Step(replace(self, page=pages.next))
        profile = _profile(do)
        separator = separator_of(given.reading.raw, do.scanning, profile, do.situation.work_date)
        checked = ScannerCheck(given.reading, given.source, separator)
        if separator is None or given.source != "scanned":
            return Step(checked)
        return Step(checked, message=_settled(do, profile, arrives=separator == GS))

    def press(self, command: str, do: Do) -> Step:
        """Enter pages, round to the first; back leaves."""
        if command == "back":
            return Step(None)
        if command != "ok" or self.reading is None:
            raise not_here()
        return Step(replace(self, page=self._pages(do).next))

    def after_refusal(self) -> ScannerCheck:
        """The next scan simply replaces the message."""
        return self

    def resumed(self) -> ScannerCheck:
        """Start over: it may be another device."""
        return ScannerCheck()

    def view(self, do: Do) -> View:
        """Show the verdict of a test first, then how the scan was read, then what is known of the device."""
        pages = self._pages(do)
        return View(
            job=self.name,
            prompt=self.prompt,
            progress=pages.progress,
            body=tuple(pages.shown),
            is_whole=True,
            commands=("ok", "back") if pages.count > 1 else ("back",),
        )

    def _pages(self, do: Do) -> Pages[Message]:
        asked = (Message("body.check"), Message("body.test_label", {"label": TEST_LABEL}))
        read = asked if self.reading is None else how_read(self.reading)
        proven = "proven" if _profile(do).gs_proven else None
        device = Message("body.device", {"profile": do.situation.profile, "proven": proven})
        return Pages((*self._verdict(do), *read, device), self.page)

    def _verdict(self, do: Do) -> Iterator[Message]:
        """What the test label shows, and what to set on the scanner."""
        if self.separator is None:
            return
        if self.source != "scanned":
            yield Message("body.not_scanned")
        elif self.separator == GS:
            yield Message("body.separator_arrives")
        elif not self.separator:
            yield Message("body.separator_lost")
            yield Message("body.send_gs")
        else:
            yield Message("body.separator_other", {"raw": named(self.separator)})
            yield Message("body.send_gs")
            if do.situation.profile and named(self.separator) == self.separator:
                yield Message("body.gs_token", {"raw": self.separator, "profile": do.situation.profile})


def _profile(do: Do) -> DeviceProfile:
    return profile_in_force(do.books.records, do.scanning, do.situation.profile)


def _settled(do: Do, profile: DeviceProfile, *, arrives: bool) -> Message | None:
    """Keep what a test showed where it is news, and say so; proving a device is set-up (SAF-27)."""
    name = do.situation.profile
    if profile.gs_proven == arrives or name not in do.scanning.profiles:
        return None
    if not arrives:
        do.run(doubt_separators, Device(name))
        return Message("separators_doubted", {"profile": name})
    if _RIGHT not in do.situation.rights:
        return Message("separators_not_kept")
    do.run(prove_separators, Device(name))
    return Message("separators_proven", {"profile": name})
