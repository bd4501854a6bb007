"""What the supervisor does with a finished count: look at the differences, post them (counting.md 6-9, LED-11)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import card_cost
from domain.people.rights import require_right
from domain.posting import Counted, JournalLine, TrackingRow, post
from domain.site import Location
from domain.situation import Situation
from domain.values import ZERO
from domain.work.claims import end
from domain.work.count_expectation import in_books, journal_of, location_to_count, refuse_uncounted
from domain.work.counting import count_lines
from domain.work.documents import CountJournal, CountLine
from domain.work.posted import Posted, once

REASON = "COUNT"
AS_EXPECTED = "as_expected"
LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class PostCount:
    """Post the differences. `uncounted` is "", as_expected or leave_out (decision 2)."""

    journal: str
    uncounted: str = ""
    seen: datetime | None = None
    """When the count was finished that the supervisor looked at; another one is not posted in its stead."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A counted line as the supervisor sees it; quantities in base units, `value` at the card's unit cost."""

    line: CountLine
    difference: Decimal | None
    """None while the line is not counted."""
    moved_since: Decimal
    """Net movement from the moment of counting until now (counting.md 9)."""
    value: Decimal


def differences(books: Books, situation: Situation, journal_no: str) -> list[Difference]:
    """Return the lines of a journal with what the supervisor decides on (right `post_count`)."""
    journal = journal_of(books, journal_no)
    require_right(situation, "post_count", journal.location)
    found = []
    location = location_to_count(books, journal.location)
    for line in count_lines(books, journal_no):
        now = in_books(books, line, location)
        difference = None if line.qty_counted is None else line.qty_counted - line.qty_calculated
        item = books.records.one(Item, line.item)
        moved = now - line.qty_calculated
        value = (difference or ZERO) * (card_cost(item) if item else ZERO)
        found.append(Difference(line, difference, moved, value))
    return found


def counts_to_post(books: Books, situation: Situation, location: str) -> list[CountJournal]:
    """Return the finished counts of a location (right `post_count`)."""
    require_right(situation, "post_count", location)
    return books.records.rows(CountJournal, location=location, status="finished")


def post_count(books: Books, situation: Situation, command: PostCount) -> Posted:
    """Post the differences of a journal and the proof of every counted line (right `post_count`; LED-11).

    Raises Refused("open_lines") for lines not counted unless `uncounted` says what becomes of them, and what posting
    refuses: a difference on a blocked number (decision 54), a loss the bin no longer holds.
    """
    journal = journal_of(books, command.journal)
    require_right(situation, "post_count", journal.location)

    def work() -> Posted:
        if command.seen is not None and command.seen != journal.finished_at:
            raise Refused("changed", operator=journal.finished_by or journal.opened_by)
        if journal.status == "posted":
            raise Refused("done", operator=journal.finished_by or journal.opened_by, time="")
        lines = _lines_to_post(books, situation, journal, command.uncounted)
        posting = post(books, situation, lines, source="count")
        books.records.save(
            replace(
                journal,
                status="posted",
                finished_by=journal.finished_by or situation.operator.code,
                finished_at=journal.finished_at or situation.now,
                register=posting.register,
            )
        )
        end(books, journal.no)
        return Posted(posting.register, journal.no, posting.entries)

    return once(books, situation, "post_count", "count", work)


def _lines_to_post(books: Books, situation: Situation, journal: CountJournal, uncounted: str) -> list[JournalLine]:
    """Losses first: a serial found in another bin of the same count has left its old one then."""
    lines = count_lines(books, journal.no)
    if uncounted == AS_EXPECTED:
        location = location_to_count(books, journal.location)
        lines = [_as_expected(books, situation, line, location) for line in lines]
    elif uncounted == LEAVE_OUT:
        lines = [line for line in lines if line.qty_counted is not None]
    refuse_uncounted(lines)
    journal_lines = [_journal_line(journal, line) for line in lines]
    return sorted(journal_lines, key=lambda line: line.entry_type != "negative_adj")


def _as_expected(books: Books, situation: Situation, line: CountLine, location: Location) -> CountLine:
    if line.qty_counted is not None:
        return line
    now = in_books(books, line, location)
    return replace(
        line, qty_calculated=now, qty_counted=now, counted_at=situation.now, counted_by=situation.operator.code
    )


def _journal_line(journal: CountJournal, line: CountLine) -> JournalLine:
    counted, counted_at = line.qty_counted, line.counted_at
    assert counted is not None  # noqa: S101 - refuse_uncounted saw to it
    assert counted_at is not None  # noqa: S101 - likewise
    difference = counted - line.qty_calculated
    return JournalLine(
        entry_type="negative_adj" if difference < 0 else "positive_adj",
        item=line.item,
        qty=abs(difference),
        location=journal.location,
        bin=line.bin,
        variant=line.variant,
        uom=line.uom,
        tracking=(TrackingRow(line.lot, line.serial, line.package, line.expires),),
        reason=REASON,
        document_no=journal.no,
        counted=Counted(line.qty_calculated, counted, counted_at, line.counted_by, line.listed),
    )
