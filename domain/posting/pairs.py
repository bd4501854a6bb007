"""Lines of every kind as parts: a movement is two of them, out of one bin and into the other.

What may be posted of one line is checks.py; a reclassification and what it may change, reclassifying.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.books import Books
from domain.errors import Refused
from domain.posting.checks import check_line, read_ahead
from domain.posting.line import JournalLine, Line, Movement, Part, Reclassification
from domain.posting.numbers import NumbersOnTheWay
from domain.posting.reclassifying import movements_of, reclassified
from domain.posting.worksheet import refuse_held
from domain.situation import Situation
from domain.tracking.numbers import MOVEMENT, TrackingRow


def check_lines(books: Books, situation: Situation, lines: Sequence[Line]) -> list[Part]:
    """Turn lines into parts that may be posted as far as they can be judged without stock (adjusting.md 2-4, 9)."""
    refuse_held(books.records, situation, (line.item for line in lines))
    sides = [side for line in lines for side in _sides(books, line)]
    if len(sides) > 1:
        read_ahead(books.records, [side for side in sides if isinstance(side, JournalLine)])
    numbers = NumbersOnTheWay(books)
    parts: list[Part] = []
    for side in sides:
        if isinstance(side, JournalLine):
            parts += check_line(books, situation, side, numbers)
        else:
            parts += reclassified(books, situation, side, numbers)
    numbers.check_whole_lots()
    return parts


def _sides(books: Books, line: Line) -> list[JournalLine | Reclassification]:
    """Return the lines a line is made of; one that changes the bin alone is a movement (decision 38)."""
    if isinstance(line, Movement):
        return [*_sides_of_movement(line)]
    movements = movements_of(books, line) if isinstance(line, Reclassification) else []
    return [side for movement in movements for side in _sides_of_movement(movement)] or [line]


def _sides_of_movement(line: Movement) -> list[JournalLine]:
    """Return what goes out of a bin, then what goes into the other (putaway-and-movement.md 31)."""
    if line.qty <= 0:
        raise Refused("missing", what="qty")
    if line.from_bin == line.to_bin:
        raise Refused("same_bin")
    row = TrackingRow(line.lot, line.serial, line.package)
    return [
        JournalLine(
            entry_type=MOVEMENT,
            item=line.item,
            qty=qty,
            location=line.location,
            bin=bin,
            variant=line.variant,
            uom=line.uom,
            tracking=(row,) if row.has_numbers else (),
            posting_date=line.posting_date,
            reason=line.reason,
            document_no=line.document_no,
            origin=line.origin,
        )
        for bin, qty in ((line.from_bin, -line.qty), (line.to_bin, line.qty))
    ]
