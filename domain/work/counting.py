"""Counting: open a count journal, count it blind or from a sheet, finish it (counting.md, Rules: journal; 38-41).

A journal holds one line per item, variant, bin and number. What the books expect is count_expectation.py, posting
is count_posting.py. Count orders, recordings and warehouse counts are not built yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import InvariantBroken, NeedsConfirm, Refused
from domain.items.card import Item
from domain.items.moving import card_cost, in_base_unit, item_to_move
from domain.people.rights import require_right
from domain.places.lying import bin_of
from domain.series import next_number
from domain.site import Location, Tolerance
from domain.situation import Situation
from domain.tracking.numbers import KINDS, TrackingRow, as_first_received, in_bins, told_apart, tracking_code
from domain.values import ZERO, fold
from domain.work.claims import claim, release, renew
from domain.work.count_expectation import (
    OpenCount,
    expected_lines,
    in_books,
    journal_of,
    journal_to,
    location_of_line,
    location_to_count,
    refuse_posted,
    refuse_uncounted,
)
from domain.work.documents import CountJournal, CountLine

SERIES = "C"


@dataclass(frozen=True, slots=True)
class EnterCount:
    """A figure for one line. `qty` is what lies there, in `uom`."""

    journal: str
    item: str
    qty: Decimal
    bin: str = ""
    variant: str = ""
    lot: str = ""
    serial: str = ""
    package: str = ""
    expires: date | None = None
    uom: str = ""


@dataclass(frozen=True, slots=True)
class NothingMore:
    """There is nothing (more) in a bin, or nothing more of one item there."""

    journal: str
    bin: str = ""
    """"" is the bin of the journal, or the location without bins."""
    item: str = ""
    variant: str = ""


def open_count(books: Books, situation: Situation, command: OpenCount) -> CountJournal:
    """Make a count journal with a blind line for all that should be there, and claim it (right `count`).

    A bin (or a location without bins) that an open journal already holds gives that journal, claimed by this operator.
    Raises Refused("order_finished") while a finished count of it waits for the supervisor, and for an unknown, directed
    or in-transit location and a bin that is not there.
    """
    require_right(situation, "count", command.location)
    location = location_to_count(books, command.location)
    if command.bin:
        bin_of(books.records, location, command.bin)
    if command.bin or not (location.bin_mandatory or command.items):
        _refuse_second_count(books, location, command.bin)
        for held in books.records.rows(CountJournal, location=location.code, bin=command.bin, status="open"):
            claim(books, situation, held.no)
            return held
    no = next_number(books.records, SERIES)
    journal = CountJournal(no, location.code, command.bin, "open", situation.operator.code, situation.now)
    books.records.save(journal)
    for line_no, line in enumerate(expected_lines(books, situation, location, command), 1):
        books.records.save(replace(line, journal=no, line_no=line_no))
    claim(books, situation, no)
    return journal


def count_lines(books: Books, journal: str) -> list[CountLine]:
    """Return the lines of a journal in their order."""
    return books.records.rows(CountLine, journal=journal)


def take_count(books: Books, situation: Situation, journal_no: str) -> CountJournal:
    """Open a count journal that was made before, claimed by this operator (right `count`).

    Raises Refused("order_finished") for one that waits for the supervisor or is posted, Refused("document_elsewhere")
    for one of another location than the one worked at (decision 11).
    """
    journal = journal_to(books, situation, "count", journal_no)
    if situation.location not in ("", journal.location):
        raise Refused("document_elsewhere", document=journal_no, location=journal.location)
    if journal.status != "open":
        raise Refused("order_finished", document=journal_no)
    claim(books, situation, journal_no)
    return journal


def renew_count(books: Books, situation: Situation, journal_no: str) -> CountJournal:
    """Return an open journal, claimed by this operator, with his lease renewed (right `count`; floor-flows.md 16).

    Raises Refused("order_finished") for one that waits for the supervisor or is posted, Refused("taken_over").
    """
    journal = journal_to(books, situation, "count", journal_no)
    if journal.status != "open":
        raise Refused("order_finished", document=journal_no)
    renew(books, situation, journal_no)
    return journal


def enter_count(books: Books, situation: Situation, command: EnterCount) -> CountLine:
    """Take a figure from a counting sheet as it is (right `count`).

    Raises Refused as `find_or_add_line` does, "bad_qty" for a figure below zero or a serial other than 0 or 1.
    """
    line, qty = _line_and_quantity(books, situation, command)
    return _keep(books, situation, line, qty)


def count_blind(books: Books, situation: Situation, command: EnterCount) -> CountLine:
    """Take a figure from the floor, asking for a recount outside the tolerance (counting.md 40, decision 59).

    The returned line is counted (`qty_counted` is set), or it is not and a recount is due. A second figure equal to
    the first, or inside the tolerance, is accepted; else a third is taken as it is and marked for review.
    """
    line, qty = _line_and_quantity(books, situation, command)
    if line.qty_counted is not None:  # counted before: a new figure starts over
        line = replace(line, counts=0, first_count=None, review=False)
    expected = in_books(books, line, location_of_line(books, line))
    tolerance = situation.settings.counting.recount_tolerance
    item = books.records.one(Item, line.item)
    is_inside = _is_inside(tolerance, expected, qty, card_cost(item) if item else ZERO)
    counts = line.counts + 1
    if is_inside or (counts == 2 and qty == line.first_count):
        return _keep(books, situation, replace(line, counts=counts), qty)
    if counts <= 2:
        recount = replace(line, counts=counts, first_count=qty if counts == 1 else line.first_count, qty_counted=None)
        books.records.save(recount)
        return recount
    return _keep(books, situation, replace(line, counts=counts, review=True), qty)


def count_rest_as_zero(books: Books, situation: Situation, command: NothingMore) -> list[CountLine]:
    """Count what is not counted yet as 0: "bin empty", said and confirmed (floor-flows.md); return what stays open.

    A line whose recount is due stays open: a figure that was doubted is not replaced in passing (counting.md 40).
    """
    journal = renew_count(books, situation, command.journal)
    meant = [
        line
        for line in count_lines(books, journal.no)
        if line.bin == (command.bin or journal.bin) and line.qty_counted is None
        if not command.item or (line.item, line.variant) == (command.item, command.variant)
    ]
    for line in meant:
        if not line.counts:
            _keep(books, situation, line, ZERO)
    return [line for line in meant if line.counts]


def finish_count(books: Books, situation: Situation, journal_no: str) -> CountJournal:
    """Hand a journal to the supervisor (right `count`).

    Raises Refused("nothing_handled") for a journal without lines, Refused("open_lines") while one is not counted.
    """
    journal = renew_count(books, situation, journal_no)
    lines = count_lines(books, journal.no)
    if not lines:
        raise Refused("nothing_handled", variant="count")
    refuse_uncounted(lines)
    finished = replace(journal, status="finished", finished_by=situation.operator.code, finished_at=situation.now)
    books.records.save(finished)
    release(books, situation, journal.no)
    return finished


def counted_before(books: Books, command: EnterCount) -> Decimal | None:
    """Return the figure that the journal has already for that item, bin and numbers."""
    line = _line_of(count_lines(books, command.journal), command)
    return line.qty_counted if line else None


def close_empty_count(books: Books, situation: Situation, journal_no: str) -> None:
    """Drop an open journal without lines: a bin that is empty, as the books say, needs no proof."""
    journal = renew_count(books, situation, journal_no)
    if count_lines(books, journal.no):
        raise InvariantBroken(f"count {journal.no} has lines and was to be dropped")
    books.records.remove(journal)
    release(books, situation, journal.no)


def reopen_count(books: Books, situation: Situation, journal_no: str) -> CountJournal:
    """Send a finished count back to the floor (right `post_count`)."""
    journal = journal_to(books, situation, "post_count", journal_no)
    refuse_posted(books, journal)
    if journal.status == "open":
        raise Refused("recording_open", n=journal.no)
    reopened = replace(journal, status="open", finished_by="", finished_at=None)
    books.records.save(reopened)
    return reopened


def _line_and_quantity(books: Books, situation: Situation, command: EnterCount) -> tuple[CountLine, Decimal]:
    journal = renew_count(books, situation, command.journal)
    item = item_to_move(books.records, situation.settings, command.item, command.variant)
    if command.qty < 0:
        raise Refused("bad_qty", max=situation.settings.max_typed_qty)
    qty = in_base_unit(books.records, item, command.uom, command.qty).qty_base
    line = find_or_add_line(books, situation, journal, command, item)
    if line.serial and qty not in (0, 1):
        raise Refused("bad_qty", serial=line.serial)
    return line, qty


def find_or_add_line(
    books: Books, situation: Situation, journal: CountJournal, command: EnterCount, item: Item
) -> CountLine:
    """Return the journal's line of that item, bin and numbers; an unlisted one is made after a yes.

    Raises:
        Refused("missing"): a lot or serial its stock is told apart by (counting.md 11).
        Refused("serial_counted"): the serial was counted in another bin of this journal (counting.md 18).
        NeedsConfirm("not_expected"): not on the list.
    """
    tracking = tracking_code(books.records, item)
    for kind in KINDS:
        if not getattr(command, kind) and in_bins(tracking, kind):
            raise Refused("missing", what=kind)
    row = as_first_received(
        books,
        item,
        command.variant,
        told_apart(tracking, TrackingRow(command.lot, command.serial, command.package, command.expires)),
    )
    bin = command.bin or journal.bin
    command = replace(command, bin=bin, lot=row.lot, serial=row.serial, package=row.package)
    lines = count_lines(books, journal.no)
    if row.serial and command.qty and any(_is_counted_elsewhere(line, command) for line in lines):
        raise Refused("serial_counted", serial=row.serial)
    line = _line_of(lines, command)
    if line is not None:
        return replace(line, expires=row.expires or line.expires)
    bin_of(books.records, location_to_count(books, journal.location), bin)
    if "not_expected" not in situation.confirmed:
        raise NeedsConfirm("not_expected", item=item.no, document=journal.no)
    return CountLine(
        journal=journal.no,
        line_no=max((line.line_no for line in lines), default=0) + 1,
        item=item.no,
        variant=command.variant,
        bin=bin,
        lot=row.lot,
        serial=row.serial,
        package=row.package,
        expires=row.expires,
        uom=item.base_uom,
        listed=False,
        snapshot_at=situation.now,
    )


def _line_of(lines: Sequence[CountLine], command: EnterCount) -> CountLine | None:
    """Return the line of those goods; numbers are the same in any case of letters (counting.md 13, decision 4)."""
    return next((line for line in lines if _identity(line) == _identity(command)), None)


def _identity(of: CountLine | EnterCount) -> tuple[str, ...]:
    return of.item, of.variant, of.bin, fold(of.lot), fold(of.serial), fold(of.package)


def _is_counted_elsewhere(line: CountLine, command: EnterCount) -> bool:
    is_same = (line.item, line.variant, fold(line.serial)) == (command.item, command.variant, fold(command.serial))
    return is_same and _identity(line) != _identity(command) and bool(line.qty_counted)


def _keep(books: Books, situation: Situation, line: CountLine, qty: Decimal) -> CountLine:
    """Accept a figure and bring the expectation to this moment (counting.md 9)."""
    journal = journal_of(books, line.journal)
    _refuse_counted_twice(books, journal, line)
    counted = replace(
        line,
        qty_calculated=in_books(books, line, location_to_count(books, journal.location)),
        qty_counted=qty,
        counted_at=situation.now,
        counted_by=situation.operator.code,
    )
    books.records.save(counted)
    return counted


def _is_inside(tolerance: Tolerance, expected: Decimal, qty: Decimal, unit_cost: Decimal) -> bool:
    """Say whether a figure needs no recount; every part given must hold, none given is 0 (decision 42)."""
    difference = abs(qty - expected)
    limits = [
        tolerance.qty,
        tolerance.pct * abs(expected) / 100 if tolerance.pct is not None else None,
    ]
    given = [limit for limit in limits if limit is not None]
    by_value = tolerance.value is None or difference * unit_cost <= tolerance.value
    if not given and tolerance.value is None:
        return difference == 0
    return by_value and all(difference <= limit for limit in given)


def _refuse_second_count(books: Books, location: Location, bin: str) -> None:
    """Refuse to begin a count of what is counted and not posted (decision 3: nothing doubles)."""
    for waiting in books.records.rows(CountJournal, location=location.code, bin=bin, status="finished"):
        raise Refused("order_finished", document=waiting.no)


def _refuse_counted_twice(books: Books, journal: CountJournal, line: CountLine) -> None:
    """Refuse a figure for goods that another journal has one for: posting both would write them off twice."""
    for status in ("open", "finished"):
        for other in books.records.rows(CountJournal, location=journal.location, status=status):
            if other.no == journal.no or other.bin not in ("", line.bin):
                continue
            theirs = [one for one in count_lines(books, other.no) if _identity(one) == _identity(line)]
            if any(one.qty_counted is not None for one in theirs):
                raise Refused("count_twice", item=line.item, bin=line.bin, document=other.no)
