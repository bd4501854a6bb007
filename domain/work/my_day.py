"""What an operator posted today and left open, and the lines of one posting (floor-flows.md, My day)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.books import Books
from domain.errors import Refused
from domain.ledger.books import PostedRegister
from domain.ledger.entries import BinEntry, ItemEntry, PhysicalEntry
from domain.people.rights import require_right
from domain.situation import Situation
from domain.work.counting import count_lines
from domain.work.documents import CountJournal, CountLine


@dataclass(frozen=True, slots=True)
class PostedLine:
    """What a posting did to one item and number in one place; quantities in base units."""

    bin: str
    item: str
    variant: str
    number: str
    qty: Decimal
    """Signed."""
    counted: Decimal | None = None
    """What was counted there; None where nothing was."""


@dataclass(frozen=True, slots=True)
class OpenCountJournal:
    """A count that is not finished, and how far it is."""

    journal: CountJournal
    counted: int
    lines: int


def postings_of_the_day(books: Books, situation: Situation) -> Sequence[PostedRegister]:
    """Return the operator's own postings of the work date, newest first (right `look`)."""
    require_right(situation, "look")
    midnight = datetime.combine(situation.work_date, time(), ZoneInfo(situation.timezone))
    return books.ledger.posted_by(situation.operator.code, midnight.astimezone(UTC))


def lines_posted(books: Books, situation: Situation, document: str) -> list[PostedLine]:
    """Return the lines of one of the operator's own postings of the day, by its name (right `look`).

    A count has all its lines, those without a difference too; else bins are told where there are any.
    """
    posted = next((row for row in postings_of_the_day(books, situation) if row.document == document), None)
    if posted is None:
        raise Refused("unknown", code=document, prompt="document")
    if proofs := books.ledger.rows_of(posted.id, PhysicalEntry):
        return [_line(row, row.bin, row.qty_counted - row.qty_calculated, counted=row.qty_counted) for row in proofs]
    if in_bins := books.ledger.rows_of(posted.id, BinEntry):
        return [_line(row, row.bin, row.qty_base) for row in in_bins]
    return [_line(row, "", row.qty) for row in books.ledger.rows_of(posted.id, ItemEntry)]


def counts_left_open(books: Books, situation: Situation, location: str) -> list[OpenCountJournal]:
    """Return the counts of a location that the operator opened and nobody finished, oldest first (right `count`)."""
    require_right(situation, "count", location)
    rows = books.records.rows(CountJournal, location=location, status="open")
    own = sorted((row for row in rows if row.opened_by == situation.operator.code), key=lambda row: row.opened_at)
    return [_left_open(row, count_lines(books, row.no)) for row in own]


def _left_open(journal: CountJournal, lines: list[CountLine]) -> OpenCountJournal:
    counted = sum(1 for line in lines if line.qty_counted is not None)
    return OpenCountJournal(journal, counted, len(lines))


def _line(
    row: PhysicalEntry | BinEntry | ItemEntry, bin: str, qty: Decimal, counted: Decimal | None = None
) -> PostedLine:
    return PostedLine(bin, row.item, row.variant, row.serial or row.lot or row.package, qty, counted)
