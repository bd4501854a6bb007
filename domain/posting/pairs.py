"""Lines of every kind as parts: a movement is two of them, out of one bin and into the other.

What may be posted of one line is checks.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.books import Books
from domain.errors import Refused
from domain.posting.checks import check_line, read_ahead
from domain.posting.line import JournalLine, Movement, Part
from domain.posting.numbers import NumbersOnTheWay
from domain.situation import Situation
from domain.tracking.numbers import MOVEMENT, TrackingRow


def check_lines(books: Books, situation: Situation, lines: Sequence[JournalLine | Movement]) -> list[Part]:
    """Turn lines into parts that may be posted as far as they can be judged without stock (adjusting.md 2-4, 9)."""
    journal_lines = [one for line in lines for one in _sides(line)]
    if len(journal_lines) > 1:
        read_ahead(books.records, journal_lines)
    numbers = NumbersOnTheWay(books)
    return [part for line in journal_lines for part in check_line(books, situation, line, numbers)]


def _sides(line: JournalLine | Movement) -> Sequence[JournalLine]:
    """Return the lines a line is made of: a movement goes out of its bin first (putaway-and-movement.md 31)."""
    if isinstance(line, JournalLine):
        return (line,)
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
