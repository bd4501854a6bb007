"""One posting: what it did, and 1 undoes it after a summary (floor-flows.md, My day and undo; LED-38)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from domain.work.my_day import DayPosting, posting_seen
from domain.work.stock_changes import StockChange
from tui.jobs.job import Beep, Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.undo import summary, undone
from tui.jobs.view import Choice, Message, View

UNDO = "1"


@kept
@dataclass(frozen=True, slots=True)
class ShownPosting:
    """A posting that is looked at, or about to be undone."""

    name: ClassVar[str] = "posting"
    holds_refusals: ClassVar[bool] = True

    register: int
    operation: str = ""
    """Made when the summary opens; "" before."""

    @property
    def prompt(self) -> str:
        """A menu of what can be done with it, then the summary."""
        return "summary" if self.operation else "menu"

    def answer(self, given: Given, do: Do) -> Step:
        """1 opens the summary of an undo; the summary takes keys only."""
        if self.operation or given.text != UNDO or not do.run(posting_seen, self.register).to_undo:
            raise Beep
        return Step(replace(self, operation=do.new_operation()))

    def press(self, command: str, do: Do) -> Step:
        """Enter posts the undo; back takes the summary away, then leaves."""
        if command == "back":
            return Step(replace(self, operation="") if self.operation else None)
        if command != "ok" or not self.operation:
            raise not_here()
        return undone(self.register, None, do, self.operation)

    def after_refusal(self) -> ShownPosting:
        """Stand at the same place."""
        return self

    def resumed(self) -> ShownPosting:
        """Stand at the same place."""
        return self

    def view(self, do: Do) -> View:
        """Show what it did, or what the undo does."""
        seen = do.run(posting_seen, self.register)
        head = posting_line(DayPosting(seen.posted, seen.is_undone), do)
        view = View(job=self.name, prompt=self.prompt, document=seen.posted.document)
        if self.operation:
            return replace(view, body=summary(seen.to_undo, seen.posted.document), commands=("ok", "back"))
        choices = (Choice(UNDO, Message("posting.undo")),) if seen.to_undo else ()
        return replace(
            view,
            body=(head, *map(_change_line, seen.changes)),
            choices=choices,
            digits=bool(choices),
            commands=("back", "find"),
        )


def posting_line(posting: DayPosting, do: Do) -> Message:
    """Return a posting in one line, with its time at the site."""
    posted = posting.posted
    return Message(
        "body.posting",
        {
            "time": do.situation.local(posted.posted_at),
            "source": posted.source,
            "document": posted.document,
            "n": posted.lines,
            "undone": "!" if posting.is_undone else None,
        },
    )


def _change_line(change: StockChange) -> Message:
    return Message(
        "body.posted_line",
        {
            "bin": change.bin,
            "item": change.item,
            "variant": change.variant,
            "number": change.number,
            "qty": change.qty,
            "counted": change.counted,
        },
    )
