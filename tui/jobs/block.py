"""Block what is looked at, or free it again: a reason, a summary, Enter (floor-flows.md, Lookup; right `block`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from domain.work.adjusting import reasons_for
from domain.work.blocking import Blocking, block, is_blocked, unblock
from tui.jobs.job import Beep, Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.view import Fact, Message, View


@kept
@dataclass(frozen=True, slots=True)
class Block:
    """What is to be blocked or freed, and why."""

    name: ClassVar[str] = "block"
    holds_refusals: ClassVar[bool] = True

    kind: str
    code: str
    item: str
    """Of a lot or serial, "" for every item that has the number."""
    is_blocked: bool
    """It is now, so it is freed."""
    reason: str = ""
    page: int = 0

    @classmethod
    def of(cls, kind: str, code: str, item: str, do: Do) -> Block:
        """Return the job for what is looked at."""
        return cls(kind, code, item, do.run(is_blocked, Blocking(kind, code, item)))

    @property
    def prompt(self) -> str:
        """The reason, then the summary."""
        return "summary" if self.reason else "reason"

    def answer(self, given: Given, do: Do) -> Step:
        """Take a reason by its digit; where the site has none for this, in words."""
        if self.reason:
            raise Beep
        codes = [row.code for row in reasons_for(do.books, "block")]
        if not codes:
            return Step(replace(self, reason=given.text))
        pages = Pages(codes, self.page)
        if pages.turns(given.text):
            return Step(replace(self, page=pages.next))
        return Step(replace(self, reason=pages.chosen(given.text)))

    def press(self, command: str, do: Do) -> Step:
        """Enter blocks or frees; back takes the reason back, then leaves."""
        if command == "back":
            return Step(replace(self, reason="") if self.reason else None)
        if command != "ok" or not self.reason:
            raise not_here()
        blocking = Blocking(self.kind, self.code, self.item, self.reason)
        if self.is_blocked:
            do.run(unblock, blocking)
            return Step(None, message=Message("unblocked", {"number": self.code}))
        do.run(block, blocking)
        return Step(None, message=Message("blocked_now", {"number": self.code}))

    def after_refusal(self) -> Block:
        """Stand at the same prompt."""
        return self

    def resumed(self) -> Block:
        """Stand at the same prompt."""
        return self

    def view(self, do: Do) -> View:
        """Show what is done to what; at the summary that Enter does it."""
        facts: dict[str, Fact] = {"number": self.code, "item": self.item, "way": "free" if self.is_blocked else "block"}
        if self.reason:
            asked = Message("body.block_now", facts | {"reason": self.reason})
            return View(job=self.name, prompt=self.prompt, body=(asked,), commands=("ok", "back"))
        pages = Pages([Message("text", {"text": row.text}) for row in reasons_for(do.books, "block")], self.page)
        return View(
            job=self.name,
            prompt=self.prompt,
            progress=pages.progress,
            body=(Message("body.block", facts),),
            choices=pages.choices(lambda row: row),
            digits=bool(pages.rows),
            commands=("back",),
        )
