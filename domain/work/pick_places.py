"""Other bins for pick lines, lines split by hand, and bins to be counted (picking.md 27, 28, 31).

    stand_at(books, situation, StandAt) -> Activity                 the bin was scanned or its check digits typed
    free_in_bin(books, situation, ChangeBin) -> Decimal             what F6 shows; refuses as change_bin does
    change_bin(books, situation, ChangeBin) -> ActivityLine         the line that is to be taken there
    split_line(books, situation, SplitLine) -> ActivityLine         the new line
    count_bin(books, situation, CountBin) -> CountJournal | None    after a short line; None where one is open

Not here: quantities and numbers (pick_lines.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.people.rights import require_right
from domain.places.lying import bin_of
from domain.situation import Situation
from domain.values import QTY_STEP, ZERO
from domain.work.activities import Activity, ActivityLine
from domain.work.claims import release
from domain.work.count_expectation import OpenCount
from domain.work.counting import open_count
from domain.work.documents import CountJournal
from domain.work.frozen import ask_frozen
from domain.work.held import goods_of
from domain.work.pick_at_work import free_for, line_to_work, pick_to_work, taken_part
from domain.work.pick_splitting import split_off
from domain.work.pick_stock import refuse_unpickable
from domain.work.picking import place_to_pick


@dataclass(frozen=True, slots=True)
class StandAt:
    """The picker is at a bin; "" is nowhere."""

    activity: str
    bin: str


@dataclass(frozen=True, slots=True)
class ChangeBin:
    """Take what is still wanted of a line from another bin (F6)."""

    activity: str
    line_no: int
    bin: str


@dataclass(frozen=True, slots=True)
class SplitLine:
    """Keep `qty` of what is outstanding on the line; the rest goes to a new one, in `bin` where it is named."""

    activity: str
    line_no: int
    qty: Decimal
    bin: str = ""


@dataclass(frozen=True, slots=True)
class CountBin:
    """Have the bin of a line counted for its item (31)."""

    activity: str
    line_no: int


def stand_at(books: Books, situation: Situation, command: StandAt) -> Activity:
    """Keep on the pick at which bin its picker stands: the next line there does not ask again.

    Raises NeedsConfirm("bin_in_count") where an open count holds the bin, Refused under `refuse` (counting.md 38).
    """
    activity = pick_to_work(books, situation, command.activity)
    ask_frozen(books, situation, activity.location, [command.bin])
    activity = replace(activity, stands_at=command.bin)
    books.records.save(activity)
    return activity


def free_in_bin(books: Books, situation: Situation, command: ChangeBin) -> Decimal:
    """Return what of a line's goods is free in another bin.

    Raises Refused: no_bins, bin_elsewhere, only_nonpick, bin_dedicated, bin_blocked, same_bin, and not_enough where
    nothing is free there (27).
    """
    line = line_to_work(books, situation, command.activity, command.line_no)
    return _free(books, line, command.bin)


def change_bin(books: Books, situation: Situation, command: ChangeBin) -> ActivityLine:
    """Take a line from another bin; where that has less, or part was taken already, the line splits (27).

    Raises Refused as free_in_bin does, and asks as stand_at does.
    """
    line = line_to_work(books, situation, command.activity, command.line_no)
    free = _free(books, line, command.bin)
    ask_frozen(books, situation, line.location, [command.bin])
    rest = line.outstanding - line.qty_to_handle
    if free < rest or line.qty_to_handle:
        _, line = split_off(books, line, min(free, rest))
    return _moved(books, line, command.bin)


def split_line(books: Books, situation: Situation, command: SplitLine) -> ActivityLine:
    """Split a line by hand: item and numbers stay the same, and the bin unless another is named (28).

    Raises Refused: bad_qty unless 0 < qty < outstanding and what was taken stays, and for a bin as free_in_bin does.
    """
    line = line_to_work(books, situation, command.activity, command.line_no)
    if not max(line.qty_to_handle, QTY_STEP) <= command.qty < line.outstanding:
        raise Refused("bad_qty", max=line.outstanding)
    rest = line.outstanding - command.qty
    is_elsewhere = command.bin not in ("", line.bin)
    if is_elsewhere and (free := _free(books, line, command.bin)) < rest:
        raise Refused("not_enough", qty=free, short=rest - free)
    _, new = split_off(books, line, rest)
    return _moved(books, new, command.bin) if is_elsewhere else new


def count_bin(books: Books, situation: Situation, command: CountBin) -> CountJournal | None:
    """Make a count of a line's item in its bin, for whoever takes it (31; right `count`).

    None where a count of the bin is open or waits for the supervisor: it will tell.
    """
    line = line_to_work(books, situation, command.activity, command.line_no)
    require_right(situation, "count", line.location)
    for status in ("open", "finished"):
        if books.records.rows(CountJournal, location=line.location, bin=line.bin, status=status):
            return None
    journal = open_count(books, situation, OpenCount(line.location, line.bin, items=(line.item,), zero_stock=True))
    release(books, situation, journal.no)
    return journal


def _free(books: Books, line: ActivityLine, code: str) -> Decimal:
    """Return what is free in another bin for what is not taken of a line yet."""
    if line.qty_to_handle == line.outstanding:
        raise Refused("too_many", qty=ZERO)
    location = place_to_pick(books.records, line.location)
    bin_of(books.records, location, code)
    if code == line.bin:
        raise Refused("same_bin")
    refuse_unpickable(books.records, location, code, goods_of(line))
    free = free_for(books, line, code, goods_of(line), taken_part(line))
    if not free:
        raise Refused("not_enough", qty=free, short=line.outstanding - line.qty_to_handle)
    return free


def _moved(books: Books, line: ActivityLine, code: str) -> ActivityLine:
    bin = bin_of(books.records, place_to_pick(books.records, line.location), code)
    line = replace(line, bin=code, bin_ranking=bin.ranking if bin else 0, is_short=False, reason="")
    books.records.save(line)
    return line
