"""What an operator posted today and left open, and what one posting did (floor-flows.md, My day).

Not here: undoing it (undoing.py), counts to post and adjustments to approve (count_posting.py, adjusting.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from domain.books import Books
from domain.errors import Refused
from domain.ledger.books import PostedRegister
from domain.ledger.entries import register_called
from domain.orders.posted_documents import PostedDocument
from domain.people.rights import require_right
from domain.situation import Situation
from domain.values import code
from domain.work.activities import Activity
from domain.work.counting import count_lines
from domain.work.documents import Claim, CountJournal, CountLine
from domain.work.pick_lines import is_answered
from domain.work.picking import lines_of
from domain.work.stock_changes import StockChange, changes_of
from domain.work.undoing import Undone, undo_offered


@dataclass(frozen=True, slots=True)
class DayPosting:
    """A posting in the list of the day."""

    posted: PostedRegister
    is_undone: bool


@dataclass(frozen=True, slots=True)
class SeenPosting:
    """A posting somebody looks at, and what he may take back of it."""

    posted: PostedRegister
    changes: tuple[StockChange, ...]
    is_undone: bool
    to_undo: tuple[StockChange, ...]


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A document that is not finished, and how far it is."""

    document: str
    place: str
    """The bin of a count, else the location; the order of a pick."""
    done: int
    lines: int


def postings_of_the_day(books: Books, situation: Situation) -> list[DayPosting]:
    """Return the operator's own postings of the work date, newest first (right `look`)."""
    require_right(situation, "look")
    midnight = datetime.combine(situation.work_date, time(), ZoneInfo(situation.timezone))
    posted = books.ledger.posted_by(situation.operator.code, midnight.astimezone(UTC))
    undone = {row.register for row in books.records.rows_equal(Undone, ["register"], ((one.id,) for one in posted))}
    return [DayPosting(one, one.id in undone) for one in posted]


def posting_seen(books: Books, situation: Situation, register: int) -> SeenPosting:
    """Return what a posting did (right `look` for one's own, `undo_any` for others')."""
    posted = books.ledger.posted(register)
    changes = changes_of(books, register)
    right = "look" if posted.operator == situation.operator.code else "undo_any"
    for location in {change.location for change in changes}:
        require_right(situation, right, location)
    is_undone = books.records.one(Undone, register) is not None
    return SeenPosting(posted, tuple(changes), is_undone, tuple(undo_offered(books, situation, register)))


def posting_named(books: Books, situation: Situation, name: str) -> SeenPosting:
    """Return a posting by the name its answer gave it, whosever it is (right `undo_any`).

    Raises Refused("unknown").
    """
    require_right(situation, "undo_any")
    document = books.records.one(PostedDocument, code(name)) or books.records.one(CountJournal, code(name))
    register = document.register if document else register_called(name)
    if not register or not changes_of(books, register):
        raise Refused("unknown", code=name, prompt="document")
    return posting_seen(books, situation, register)


def counts_left_open(books: Books, situation: Situation, location: str) -> list[LeftOpen]:
    """Return the counts of a location that the operator opened and nobody finished, oldest first (right `count`)."""
    require_right(situation, "count", location)
    rows = books.records.rows(CountJournal, location=location, status="open")
    own = sorted((row for row in rows if row.opened_by == situation.operator.code), key=lambda row: row.opened_at)
    return [_count_left(row, count_lines(books, row.no)) for row in own]


def picks_left_open(books: Books, situation: Situation, location: str) -> list[LeftOpen]:
    """Return the picks of a location that the operator claimed last and nobody finished (right `pick`)."""
    require_right(situation, "pick", location)
    claimed = [row.document for row in books.records.rows(Claim, operator=situation.operator.code)]
    picks = books.records.rows_equal(Activity, ["no"], ((no,) for no in claimed))
    return [_pick_left(books, pick) for pick in picks if pick.location == location]


def _count_left(journal: CountJournal, lines: Sequence[CountLine]) -> LeftOpen:
    done = sum(1 for line in lines if line.qty_counted is not None)
    return LeftOpen(journal.no, journal.bin or journal.location, done, len(lines))


def _pick_left(books: Books, pick: Activity) -> LeftOpen:
    lines = lines_of(books.records, pick.no)
    return LeftOpen(pick.no, pick.order, sum(1 for line in lines if is_answered(line)), len(lines))
