"""A pick line split in two: the new one comes right behind, all are re-spaced where no number is free (picking.md 28).

Not here: what may be split and why (pick_lines.py, pick_places.py).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from domain.books import Books
from domain.values import ZERO
from domain.work.activities import ActivityLine
from domain.work.picking import LINE_STEP, lines_of


def split_off(books: Books, line: ActivityLine, qty: Decimal) -> tuple[ActivityLine, ActivityLine]:
    """Move `qty` of what is outstanding to a new line behind; return the line that keeps the rest, and the new one.

    The new line is like the old one, and nothing of it is taken yet.
    """
    line, number = _room_behind(books, line)
    kept = replace(line, qty=line.qty - qty)
    new = replace(
        line,
        line_no=number,
        qty=qty,
        qty_handled=ZERO,
        qty_to_handle=ZERO,
        is_short=False,
        reason="",
        handled_by="",
        handled_at=None,
    )
    books.records.save_all([kept, new])
    return kept, new


def _room_behind(books: Books, line: ActivityLine) -> tuple[ActivityLine, int]:
    """Return the line, and a number between it and the next one."""
    numbers = [other.line_no for other in lines_of(books.records, line.activity)]
    place = numbers.index(line.line_no)
    if place + 1 == len(numbers):
        return line, line.line_no + LINE_STEP
    if numbers[place + 1] - line.line_no > 1:
        return line, (line.line_no + numbers[place + 1]) // 2
    line = _respaced(books, line, place)
    return line, line.line_no + LINE_STEP // 2


def _respaced(books: Books, line: ActivityLine, place: int) -> ActivityLine:
    """Number the lines of a pick anew; return the one that is at that place."""
    lines = lines_of(books.records, line.activity)
    books.records.remove_all(lines)
    books.records.save_all(replace(other, line_no=number * LINE_STEP) for number, other in enumerate(lines, 1))
    return replace(line, line_no=(place + 1) * LINE_STEP)
