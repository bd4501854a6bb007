"""What the supervisor does with a finished count: look at the differences, post them (counting.md 6-9, LED-11)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.books import Books
from domain.errors import InvariantBroken, NeedsConfirm, Refused
from domain.items.card import Item, Variant
from domain.items.moving import card_cost
from domain.people.rights import require_right
from domain.posting import Counted, JournalLine, TrackingRow, post
from domain.posting.posted import Posted, once
from domain.site import Location
from domain.situation import Situation
from domain.tracking.cards import InfoCard
from domain.tracking.numbers import KINDS, UNTRACKED, is_needed, tracking_code
from domain.values import ZERO, amount, fold, plain
from domain.work.claims import end
from domain.work.count_expectation import in_books, journal_to, location_to_count, refuse_posted, refuse_uncounted
from domain.work.counting import count_lines
from domain.work.documents import CountJournal, CountLine

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
    """A counted line as the supervisor sees it; quantities in base units, `value` as posting it gives."""

    line: CountLine
    difference: Decimal | None
    """None while the line is not counted."""
    moved_since: Decimal
    """Net movement from the moment of counting until now (counting.md 9)."""
    value: Decimal
    is_blocked: bool
    """It may not be posted: its item is blocked, or it is a difference on a blocked number (decision 54)."""


def differences(books: Books, situation: Situation, journal_no: str) -> list[Difference]:
    """Return the lines of a journal with what the supervisor decides on (right `post_count`)."""
    journal = journal_to(books, situation, "post_count", journal_no)
    found = []
    location = location_to_count(books, journal.location)
    for line in count_lines(books, journal_no):
        now = in_books(books, line, location)
        difference = None if line.qty_counted is None else line.qty_counted - line.qty_calculated
        item = books.records.one(Item, line.item)
        moved = now - line.qty_calculated
        cost = ZERO if item is None or item.inventory_value_zero else card_cost(item)
        value = amount((difference or ZERO) * cost, situation.settings.amount_rounding)
        found.append(Difference(line, difference, moved, value, _is_blocked(books, line)))
    return found


def counts_to_post(books: Books, situation: Situation, location: str) -> list[CountJournal]:
    """Return the finished counts of a location, the one that waits longest first (right `post_count`)."""
    require_right(situation, "post_count", location)
    rows = books.records.rows(CountJournal, location=location, status="finished")
    return sorted(rows, key=lambda row: row.finished_at or row.opened_at)


def post_count(books: Books, situation: Situation, command: PostCount) -> Posted:
    """Post the differences of a journal and the proof of every counted line (right `post_count`; LED-11).

    Raises Refused("open_lines") for lines not counted unless `uncounted` says what becomes of them, and what posting
    refuses: a loss the bin no longer holds, blocked lines alone. Among others these raise NeedsConfirm("blocked_ask"):
    after a yes they are left out (decision 54). They stay counted on the journal, and the audit trail says so.
    """
    journal = journal_to(books, situation, "post_count", command.journal)

    def work() -> Posted:
        refuse_posted(books, journal)
        if command.seen is not None and command.seen != journal.finished_at:
            raise _changed(journal)
        of_journal = count_lines(books, journal.no)
        counted = _counted_lines(books, situation, journal, of_journal, command.uncounted)
        lines = _without_blocked(books, situation, counted)
        posting = post(books, situation, _losses_first(journal, lines), source="count")
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
        return Posted(posting.register, journal.no, posting.entries, left_out=len(of_journal) - len(lines))

    return once(books, situation, "post_count", "count", work)


def _changed(journal: CountJournal) -> Refused:
    """Return the refusal of another count than was looked at: somebody counts again, or has counted again."""
    if journal.status == "open":
        return Refused("recording_open", n=journal.no)
    return Refused("changed", operator=journal.finished_by)


def _counted_lines(
    books: Books, situation: Situation, journal: CountJournal, lines: list[CountLine], uncounted: str
) -> list[CountLine]:
    """Return the counted lines; those without a figure are refused, or become what `uncounted` says (decision 2)."""
    if uncounted == AS_EXPECTED:
        location = location_to_count(books, journal.location)
        lines = [_as_expected(books, situation, line, location) for line in lines]
    elif uncounted == LEAVE_OUT:
        lines = [line for line in lines if line.qty_counted is not None]
    refuse_uncounted(lines)
    return lines


def _without_blocked(books: Books, situation: Situation, lines: list[CountLine]) -> list[CountLine]:
    """Leave out what is blocked, after a yes; where that is all, posting refuses it (decision 54)."""
    books.records.read_ahead(Item, ((line.item,) for line in lines))
    books.records.read_ahead(Variant, ((line.item, line.variant) for line in lines if line.variant))
    blocked = [line for line in lines if _is_blocked(books, line)]
    if len(blocked) in (0, len(lines)):
        return lines
    if "blocked_ask" not in situation.confirmed:
        first = blocked[0]
        raise NeedsConfirm("blocked_ask", n=len(blocked), code=first.serial or first.lot or first.package or first.item)
    for line in blocked:
        figures = plain(line.qty_calculated), plain(line.qty_counted or ZERO)
        key = json.dumps([line.journal, line.line_no], separators=(",", ":"))
        books.records.note("count_line", key, "left_out", *figures)
    return [line for line in lines if line not in blocked]


def _is_blocked(books: Books, line: CountLine) -> bool:
    """Say whether a line may not be posted: its item or variant is blocked, or it differs on a blocked number.

    Or it differs and the posting needs a number that stock is not told apart by: adjust, which asks it, has to do it.
    """
    records = books.records
    item = records.one(Item, line.item)
    variant = records.one(Variant, line.item, line.variant) if line.variant else None
    if (item and item.blocked) or (variant and variant.blocked):
        return True
    if item is None or line.qty_counted in (None, line.qty_calculated):
        return False
    increase = (line.qty_counted or ZERO) > line.qty_calculated
    tracking = tracking_code(records, item)
    for kind in KINDS:
        if number := getattr(line, kind):
            card = records.one(InfoCard, kind, line.item, line.variant, fold(number))
            if card is not None and card.blocked:
                return True
        elif tracking is not UNTRACKED and is_needed(tracking, kind, _entry_type(increase=increase), increase=increase):
            return True
    return False


def _entry_type(*, increase: bool) -> str:
    return "positive_adj" if increase else "negative_adj"


def _losses_first(journal: CountJournal, lines: list[CountLine]) -> list[JournalLine]:
    """Return what is posted: a serial found in another bin of the same count has left its old one first."""
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
    if counted is None or counted_at is None:
        raise InvariantBroken(f"line {line.line_no} of {journal.no} is posted without a figure")
    difference = counted - line.qty_calculated
    return JournalLine(
        entry_type=_entry_type(increase=difference >= 0),
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
