"""My day: own postings, counts to post, adjustments to approve, own work left open (floor-flows.md, My day).

Not here: a posting that is looked at, and its undo (posting.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from domain.values import ZERO
from domain.work.adjusting import (
    RefuseAdjustment,
    approve_adjustment,
    reasons_for,
    refuse_adjustment,
    waiting_adjustments,
)
from domain.work.count_posting import Difference, PostCount, counts_to_post, differences, post_count
from domain.work.counting import reopen_count
from domain.work.documents import CountJournal, PendingAdjustment
from domain.work.my_day import counts_left_open, picks_left_open, posting_named, postings_of_the_day
from tui.jobs.documents import job_on
from tui.jobs.job import Beep, Do, Given, Step, as_digit, not_here, who_of
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.posting import ShownPosting, posting_line
from tui.jobs.view import Fact, Message, View

POSTINGS, COUNTS, APPROVALS, DRAFTS = "postings", "counts", "approvals", "drafts"
_LISTS = {POSTINGS: {"look"}, COUNTS: {"post_count"}, APPROVALS: {"approve"}, DRAFTS: {"count", "pick"}}
"""The lists by digit, and the rights of which each needs one."""


@kept
@dataclass(frozen=True, slots=True)
class MyDay:
    """A list, or one document of it."""

    name: ClassVar[str] = "my_day"
    holds_refusals: ClassVar[bool] = True

    section: str = ""
    page: int = 0
    """Of the list that is shown: documents, or reasons to refuse one."""
    document: str = ""
    operation: str = ""
    seen: datetime | None = None
    """When the count that is shown was finished: no other is posted in its stead."""
    is_refusing: bool = False
    """An adjustment is being refused: its reason is asked."""

    @property
    def prompt(self) -> str:
        """A menu, a list of documents, or the summary of one that waits for a decision."""
        if self.is_refusing:
            return "reason"
        if self.document:
            return "summary"
        return "document" if self.section else "menu"

    def answer(self, given: Given, do: Do) -> Step:
        """Choose by digit: a list, a document, 8 to send back or refuse."""
        if self.is_refusing:
            return self._refused(given, do)
        if self.document:
            return self._eight(given, do)
        if self.section:
            return self._document(given, do)
        return Step(MyDay(section=Pages(self._offered(do)).chosen(given.text)))

    def press(self, command: str, do: Do) -> Step:
        """Enter posts a count or approves an adjustment; back goes up."""
        if command == "back":
            return Step(self._up(do))
        if command != "ok" or not self.document:
            raise not_here()
        if self.section == COUNTS:
            posted = do.run(post_count, PostCount(self.document, seen=self.seen), self.operation)
        else:
            posted = do.run(approve_adjustment, self.document)
        facts: dict[str, Fact] = {"document": posted.document}
        if posted.left_out:
            facts["left_out"] = posted.left_out
        return Step(MyDay(section=self.section), message=Message("posted", facts), outcome="posted")

    def after_refusal(self) -> MyDay:
        """Stand at the same place."""
        return self

    def resumed(self) -> MyDay:
        """Stand at the same place."""
        return self

    def view(self, do: Do) -> View:
        """Show the menu, a list, or what is decided on."""
        if self.is_refusing:
            reasons = [Message("text", {"text": row.text}) for row in reasons_for(do.books, "adjust")]
            return self._list(reasons, Message("body.why_refused", {"document": self.document}))
        if not self.section:
            return self._list([Message(f"my_day.{section}") for section in self._offered(do)])
        rows = self._rows(do)
        if not self.document:
            return self._list([row for _, row in rows], *(() if rows else (Message("body.nothing_here"),)))
        told = [row for no, row in rows if no == self.document]
        decided = replace(self._list([], *told, Message("body.approve")), digits=True, commands=("ok", "back", "find"))
        if self.section == APPROVALS:
            return decided
        found = do.run(differences, self.document)
        return replace(decided, body=_difference_lines(found), lines=tuple(map(_as_line, found)))

    def _list(self, rows: list[Message], *body: Message) -> View:
        pages = Pages(rows, self.page)
        return View(
            job=self.name,
            prompt=self.prompt,
            document=self.document,
            progress=pages.progress,
            body=body,
            choices=pages.choices(lambda row: row),
            digits=bool(rows),
            commands=("back", "find"),
        )

    def _offered(self, do: Do) -> list[str]:
        return [section for section, rights in _LISTS.items() if rights & do.situation.rights]

    def _rows(self, do: Do) -> list[tuple[str, Message]]:
        """Return the documents of the list with their lines; postings by their register."""
        lists: dict[str, Callable[[Do], list[tuple[str, Message]]]] = {
            POSTINGS: _postings,
            COUNTS: _counts,
            APPROVALS: _approvals,
            DRAFTS: _drafts,
        }
        return lists[self.section](do)

    def _document(self, given: Given, do: Do) -> Step:
        if self.section == POSTINGS and as_digit(given.text) is None and "undo_any" in do.situation.rights:
            return Step(self, push=ShownPosting(do.run(posting_named, who_of(given.reading)).posted.id))
        pages = Pages(self._rows(do), self.page)
        if pages.turns(given.text):
            return Step(replace(self, page=pages.next))
        chosen, _ = pages.chosen(given.text)
        if self.section == POSTINGS:
            return Step(self, push=ShownPosting(int(chosen)))
        if self.section == DRAFTS:
            return Step(self, push=job_on(chosen, do))
        journal = do.books.records.one(CountJournal, chosen) if self.section == COUNTS else None
        seen = journal.finished_at if journal else None
        return Step(replace(self, document=chosen, operation=do.new_operation(), seen=seen))

    def _eight(self, given: Given, do: Do) -> Step:
        if given.text != "8":
            raise Beep
        if self.section == APPROVALS:
            return Step(replace(self, is_refusing=True, page=0))
        journal = do.run(reopen_count, self.document)
        return Step(MyDay(section=COUNTS), message=Message("sent_back", {"document": journal.no}))

    def _refused(self, given: Given, do: Do) -> Step:
        pages = Pages(reasons_for(do.books, "adjust"), self.page)
        if pages.turns(given.text):
            return Step(replace(self, page=pages.next))
        do.run(refuse_adjustment, RefuseAdjustment(self.document, pages.chosen(given.text).code))
        return Step(MyDay(section=APPROVALS), message=Message("refused_adjustment", {"document": self.document}))

    def _up(self, do: Do) -> MyDay | None:
        """Return what is above; past all that could not be shown as its right was taken away meanwhile."""
        if not self.section:
            return None
        if not _LISTS[self.section] & do.situation.rights:
            return MyDay()
        if self.is_refusing:
            return replace(self, is_refusing=False)
        return MyDay(section=self.section, page=self.page) if self.document else MyDay()


def _difference_lines(found: list[Difference]) -> tuple[Message, ...]:
    """Tell a count: where, how much differs and what it is worth, then its lines, those that differ first."""
    differing = sum(1 for one in found if one.difference)
    value = sum((one.value for one in found), ZERO)
    bins = {one.line.bin for one in found}
    bin = bins.pop() if len(bins) == 1 else ""
    rows = [
        Message(
            "body.difference",
            {
                "bin": "" if bin else one.line.bin,
                "item": one.line.item,
                "variant": one.line.variant,
                "number": one.line.serial or one.line.lot or one.line.package,
                "counted": one.line.qty_counted,
                "expected": one.line.qty_calculated,
                "moved": one.moved_since or None,
                "review": "!" if one.line.review else None,
                "blocked": "!" if one.is_blocked else None,
            },
        )
        for one in sorted(found, key=lambda one: not one.difference)
    ]
    summary = Message("body.count_summary", {"bin": bin, "n": len(found), "differ": differing, "value": value})
    return (summary, *rows)


def _as_line(found: Difference) -> dict[str, Fact]:
    return {
        "bin": found.line.bin or None,
        "item": found.line.item,
        "variant": found.line.variant or None,
        "lot": found.line.lot or None,
        "serial": found.line.serial or None,
        "qty_calculated": found.line.qty_calculated,
        "qty_counted": found.line.qty_counted,
        "difference": found.difference,
        "moved_since": found.moved_since,
    }


def _postings(do: Do) -> list[tuple[str, Message]]:
    rows = do.ask(postings_of_the_day, do.situation)
    return [(str(row.posted.id), posting_line(row, do)) for row in rows]


def _counts(do: Do) -> list[tuple[str, Message]]:
    return [
        (
            row.no,
            Message("body.count", {"document": row.no, "bin": row.bin or row.location, "operator": row.finished_by}),
        )
        for row in do.run(counts_to_post, do.situation.location)
    ]


def _approvals(do: Do) -> list[tuple[str, Message]]:
    return [(row.no, _told(row)) for row in do.run(waiting_adjustments, do.situation.location)]


def _drafts(do: Do) -> list[tuple[str, Message]]:
    location, rights = do.situation.location, do.situation.rights
    counts = do.run(counts_left_open, location) if "count" in rights else []
    picks = do.run(picks_left_open, location) if "pick" in rights else []
    return [
        (
            row.document,
            Message("body.draft", {"document": row.document, "bin": row.place, "done": row.done, "n": row.lines}),
        )
        for row in (*counts, *picks)
    ]


def _told(row: PendingAdjustment) -> Message:
    return Message(
        "body.waiting",
        {
            "document": row.no,
            "operator": row.operator,
            "bin": row.bin,
            "item": row.item,
            "variant": row.variant,
            "number": row.serial or row.lot or row.package,
            "qty": row.qty,
            "uom": row.uom,
            "reason": row.reason,
        },
    )
