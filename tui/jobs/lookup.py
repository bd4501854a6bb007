"""Look-up: scan anything, read where it is, back to the exact prompt (floor-flows.md, Lookup).

Not here: what 6 (block.py) and 1 after an unknown code (learn.py) do; everything else changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from domain.errors import Refused
from domain.scanning.resolver import Found
from domain.values import code
from domain.work.looking_up import MOST_FOUND, LookUp, find_items, is_posted_document, items_of_vendor, look_up
from domain.work.sheets import Sheet, SheetLine
from tui.jobs.block import Block
from tui.jobs.how_read import reading_of
from tui.jobs.job import Do, Given, Step, as_digit, not_here, who_of
from tui.jobs.keeping import kept
from tui.jobs.learn import Learn
from tui.jobs.pages import NEXT, Pages
from tui.jobs.view import Choice, Message, View, as_fact

_ASPECTS = {"1": "variants", "2": "units", "3": "availability"}
BLOCK = "6"
_BLOCKABLE = ("item", "lot", "serial", "package")
LEARN = "1"
"""The digit after an unknown code."""
_NOTHING = {"unknown", "unreadable"}
"""What a scan means that is nothing: typed, it may be words of an item's text (catalogue.md, Resolving 6)."""
_KINDS = {"bin", "item", "lot", "serial", "package", "document", "location"}


@kept
@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked at, and which page of it."""

    name: ClassVar[str] = "lookup"
    holds_refusals: ClassVar[bool] = False
    prompt: ClassVar[str] = "menu"

    kind: str = ""
    code: str = ""
    item: str = ""
    aspect: str = ""
    page: int = 0
    found: tuple[str, ...] = ()
    """The items that typed words were found in: searched once, so that the list stays as it is chosen from."""
    before: Lookup | None = None
    """The list an item was chosen from."""

    @classmethod
    def of(cls, found: Found, do: Do) -> Lookup:
        """Return the look-up of something found. Refuses what cannot be shown."""
        kinds = {"bin": found.bin, "item": found.item, "location": found.location, "document": found.document}
        code = kinds.get(found.kind) or found.number
        lookup = cls(kind=found.kind, code=code, item=found.item if found.kind != "item" else "")
        lookup.sheet(do)
        return lookup

    def sheet(self, do: Do) -> Sheet:
        """Return the answer as it stands now."""
        asked = LookUp(self.kind, self.code, do.situation.location, self.item, self.aspect, self.found)
        return do.run(look_up, asked)

    def answer(self, given: Given, do: Do) -> Step:
        """Take the next scan or typed text, 0 for the next page, a digit for an item or what it offers."""
        if given.text == LEARN and (learn := _refused_just_now(do)):
            return Step(self, push=learn)
        if self.found and as_digit(given.text) is not None:
            return Step(self._chosen(given.text))
        if self.kind and given.text == NEXT:
            return self.press("ok", do)
        if self.kind == "item" and given.text in _ASPECTS:
            return Step(replace(self, aspect=_ASPECTS[given.text], page=0))
        if given.text == BLOCK and self._may_be_blocked(do):
            return Step(self, push=Block.of(self.kind, self.code, self.item, do))
        try:
            return Step(Lookup.of(do.find(given, _KINDS), do))
        except Refused as refused:
            no = who_of(given.reading)
            if refused.code == "unknown" and do.run(is_posted_document, no):
                return Step(Lookup("document", code(no)))
            found = _otherwise(refused, given, do)
            if not found:
                raise _offering(refused, given, do) from None
        return Step(Lookup("items", found=tuple(found)) if len(found) > 1 else Lookup("item", found[0]))

    def _chosen(self, text: str) -> Lookup:
        pages = Pages(self.found[:MOST_FOUND], self.page)
        if pages.turns(text):
            return replace(self, page=pages.next)
        return Lookup("item", pages.chosen(text), before=self)

    def press(self, command: str, do: Do) -> Step:
        """Enter pages, round to the first; back returns to the place or list, then to the prompt one came from."""
        if command == "back":
            return Step(replace(self, aspect="", page=0) if self.aspect else self.before)
        if command != "ok" or not self.kind:
            raise not_here()
        return Step(replace(self, page=Pages(self.sheet(do).rows, self.page).next))

    def _may_be_blocked(self, do: Do) -> bool:
        return self.kind in _BLOCKABLE and "block" in do.situation.rights

    def after_refusal(self) -> Lookup:
        """The next scan simply replaces the message (decision 25)."""
        return self

    def resumed(self) -> Lookup:
        """Stand at the same sheet."""
        return self

    def view(self, do: Do) -> View:
        """Show the head of the sheet and one page of its rows."""
        if not self.kind:
            return View(job=self.name, prompt=self.prompt, body=(Message("body.look"),), commands=("back", "explain"))
        sheet = self.sheet(do)
        pages = Pages(sheet.rows, self.page)
        read_at = f"{do.situation.local(do.situation.now):%H:%M}"
        if self.found:
            return View(
                job=self.name,
                prompt=self.prompt,
                document=read_at,
                progress=pages.progress,
                body=tuple(_messages(sheet.head)),
                choices=pages.choices(_message),
                digits=True,
                commands=("back", "explain"),
            )
        aspects = _ASPECTS if self.kind == "item" and not self.aspect else {}
        choices = [Choice(key, Message(f"aspect.{aspect}")) for key, aspect in aspects.items()]
        if not self.aspect and self._may_be_blocked(do):
            choices.append(Choice(BLOCK, Message("aspect.block")))
        return View(
            job=self.name,
            prompt=self.prompt,
            document=read_at,
            body=(
                *_messages((*sheet.head, *pages.shown)),
                *([Message("body.nothing_here")] if self.aspect and not sheet.rows else []),
            ),
            progress=pages.progress,
            lines=tuple({name: as_fact(value) for name, value in row.facts.items()} for row in sheet.rows),
            choices=tuple(choices),
            digits=self.kind == "item" or bool(choices),
            commands=("ok", "back", "explain") if pages.count > 1 else ("back", "explain"),
        )


def _otherwise(refused: Refused, given: Given, do: Do) -> list[str]:
    """Return the items that a code which is nothing else names: a vendor's number, or words of a text if typed."""
    if refused.code not in _NOTHING:
        return []
    found = do.run(items_of_vendor, given.text)
    return found or (do.run(find_items, given.text) if given.source == "keyed" else [])


def _messages(lines: Iterable[SheetLine]) -> Iterable[Message]:
    return map(_message, lines)


def _message(line: SheetLine) -> Message:
    return Message(line.code, {name: as_fact(value) for name, value in line.facts.items()})


def _offering(refused: Refused, given: Given, do: Do) -> Refused:
    """Return the refusal of a code; of one that this operator may learn it says so."""
    if refused.code != "unknown" or not Learn.of(given.reading, do):
        return refused
    return Refused("unknown", **(refused.facts | {"learn": LEARN}))


def _refused_just_now(do: Do) -> Learn | None:
    """Return the job to learn the code of the line before this one, where it was unknown; a PIN has no reading."""
    last = do.books.terminals.last_scans(do.situation.terminal, 1)
    is_unknown = bool(last) and last[0].code == "unknown" and bool(last[0].reading)
    return Learn.of(reading_of(last[0]), do) if is_unknown else None
