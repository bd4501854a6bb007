"""The menus: jobs by digit, what a scan at the menu opens, and the session's own settings (floor-flows.md 19)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from domain.errors import NeedsConfirm, Refused
from domain.people.rights import require_right
from tui.jobs.adjust import Adjust
from tui.jobs.count import Count
from tui.jobs.documents import job_on
from tui.jobs.job import Do, Given, Job, Step, as_digit, not_here
from tui.jobs.keeping import kept
from tui.jobs.login import ChangePin, locations_of
from tui.jobs.lookup import Lookup
from tui.jobs.move import Move
from tui.jobs.my_day import MyDay
from tui.jobs.pages import Pages
from tui.jobs.picks_offered import PicksOffered
from tui.jobs.reclassify import Reclassify
from tui.jobs.scanner_check import ScannerCheck
from tui.jobs.view import Choice, Message, View

MAIN = "main"
MORE = "more"
SESSION = "session"
LOCATION = "location"

_ENTRIES = {
    MAIN: "receive put_away pick ship move count adjust lookup more",
    MORE: "reclassify transfer trace print assemble unbox return my_day session",
    SESSION: "location scanner_check pin language printer handover - - log_off",
}
"""By digit, from 1 (floor-flows.md 19 and Session)."""
_JOBS: dict[str, tuple[str, Callable[[Do], Job]]] = {
    "pick": ("pick", lambda _: PicksOffered()),
    "ship": ("pick", lambda _: PicksOffered()),
    "move": ("move", Move.begin),
    "count": ("count", lambda _: Count()),
    "adjust": ("adjust", Adjust.begin),
    "lookup": ("look", lambda _: Lookup()),
    "reclassify": ("reclassify", lambda _: Reclassify()),
    "my_day": ("", lambda _: MyDay()),
    "scanner_check": ("", lambda _: ScannerCheck()),
}
"""Jobs that are built: the right each needs, and how it begins.

Ship goes on as Pick: so far goods are shipped where no warehouse shipment is required (floor-flows.md 4).
"""
_SUBMENUS = {"more": MORE, "session": SESSION, "location": LOCATION}


@kept
@dataclass(frozen=True, slots=True)
class Menu:
    """A menu; the main one is always at the bottom of the stack."""

    name: ClassVar[str] = "menu"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "menu"

    page: str = MAIN
    turned: int = 0
    """The page of a list of locations."""

    def answer(self, given: Given, do: Do) -> Step:
        """Take a digit, else a scan: a bin, item or number is looked up, a document opened, a location switched to."""
        number = as_digit(given.text)
        if number is not None:
            return self._location(given.text, do) if self.page == LOCATION else self._chosen(number, do)
        found = do.find(given, {"bin", "item", "lot", "serial", "package", "document", "location"})
        if found.kind == "location":
            return _switched(self, found.location, do)
        if found.kind == "document":
            return Step(self, push=job_on(found.document, do))
        return Step(self, push=Lookup.of(found, do))

    def press(self, command: str, do: Do) -> Step:
        """Back goes up a menu; at the main one it offers to log off."""
        if command != "back":
            raise not_here()
        if self.page != MAIN:
            return Step(None)
        if "log_off" not in do.situation.confirmed:
            raise NeedsConfirm("log_off")
        return Step(None, is_log_off=True)

    def after_refusal(self) -> Menu:
        """The menu stays."""
        return self

    def resumed(self) -> Menu:
        """The menu stays."""
        return self

    def view(self, do: Do) -> View:
        """Show what is built and allowed, at its fixed digit."""
        progress = ""
        if self.page == LOCATION:
            locations = self._locations(do)
            progress = locations.progress
            choices = locations.choices(lambda code: Message("text", {"text": code}))
        else:
            choices = tuple(
                Choice(str(number), Message(f"menu.{entry}"))
                for number, entry in enumerate(_ENTRIES[self.page].split(), 1)
                if _is_offered(entry, do)
            )
        return View(
            job=self.name,
            prompt=self.prompt,
            progress=progress,
            choices=choices,
            digits=True,
            commands=("back", "find", "explain"),
        )

    def _location(self, text: str, do: Do) -> Step:
        locations = self._locations(do)
        if locations.turns(text):
            return Step(replace(self, turned=locations.next))
        return _switched(None, locations.chosen(text), do)

    def _locations(self, do: Do) -> Pages[str]:
        return Pages(do.ask(locations_of, do.situation.operator), self.turned)

    def _chosen(self, number: int, do: Do) -> Step:
        entries = _ENTRIES[self.page].split()
        entry = entries[number - 1] if number else "-"
        if entry == "-":
            raise Refused("bad_choice", n=len(entries))
        if entry == "log_off":
            return Step(None, is_log_off=True)
        if entry == "pin":
            return Step(self, push=ChangePin())
        if entry in _SUBMENUS:
            return Step(self, push=Menu(_SUBMENUS[entry]))
        return Step(self, push=begin(entry, do))


def _is_offered(entry: str, do: Do) -> bool:
    if entry in _JOBS:
        right = _JOBS[entry][0]
        return not right or right in do.situation.rights
    return entry in (*_SUBMENUS, "pin", "log_off")


def _switched(menu: Menu | None, location: str, do: Do) -> Step:
    if location not in do.ask(locations_of, do.situation.operator):
        raise Refused("not_your_location", location=location)
    return Step(menu, location=location, message=Message("at_location", {"location": location}))


def begin(job: str, do: Do, document: str = "") -> Job:
    """Return a job at its first prompt, by name, or standing in a document.

    Raises Refused("job_not_built") for a job of the glossary that is not there yet, Refused("no_right").
    """
    if job not in _JOBS:
        raise Refused("job_not_built", menu=job)
    right, begun = _JOBS[job]
    if right:
        require_right(do.situation, right)
    return job_on(document, do) if document else begun(do)
