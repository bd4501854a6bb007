"""A pick while somebody works on it: his lease renewed with each answer, and what is free for one of its lines.

Not here: the answers (pick_lines.py, pick_places.py), how picks are made (picking.py).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from domain.books import Books
from domain.errors import InvariantBroken
from domain.items.card import Item
from domain.orders.documents import Order
from domain.orders.order import order_of
from domain.situation import Situation
from domain.tracking.numbers import TrackingRow, known_date
from domain.values import ZERO
from domain.work.activities import Activity, ActivityLine
from domain.work.claims import renew
from domain.work.held import free_beside, hold_of, holds
from domain.work.picking import gone, pick_to, place_to_pick, proposed
from domain.work.stock_here import Goods


def pick_to_work(books: Books, situation: Situation, no: str, *, right: str = "pick") -> Activity:
    """Return a pick this operator works on, with his lease renewed.

    Raises Refused: what pick_to refuses, taken_over.
    """
    activity = pick_to(books, situation, no, right=right)
    renew(books, situation, no)
    return activity


def line_to_work(books: Books, situation: Situation, no: str, line_no: int, *, right: str = "pick") -> ActivityLine:
    """Return a line of a pick this operator works on; refuses as pick_to_work does, and done where it is gone (41)."""
    pick_to_work(books, situation, no, right=right)
    line = books.records.one(ActivityLine, no, line_no)
    if line is None:
        raise gone(books.records, no)
    return line


def unanswered(books: Books, line: ActivityLine) -> ActivityLine:
    """Return a line as if nobody had said anything of it, with the numbers it was made with."""
    lot, serial, package = proposed(line)
    return replace(
        line,
        qty_to_handle=ZERO,
        lot=lot,
        serial=serial,
        package=package,
        expires=known_date(books, item_of(books, line), line.variant, TrackingRow(lot, serial, package)),
        is_short=False,
        reason="",
        handled_by="",
        handled_at=None,
    )


def free_for(books: Books, line: ActivityLine, bin: str, goods: Goods, *beside: ActivityLine) -> Decimal:
    """Return what of the goods is free in a bin for a line, all other holds and the lines `beside` taken off."""
    location = place_to_pick(books.records, line.location)
    place = bin, line.item, line.variant
    held = holds(books, line.location, [place])[place]
    others = [hold for hold in held if (hold.document, hold.line_no) != (line.activity, line.line_no)]
    return free_beside(books, location, bin, goods, [*others, *(hold_of(one) for one in beside if one.bin == bin)])


def taken_part(line: ActivityLine) -> ActivityLine:
    """Return a line as it holds stock for what was taken already, nothing more."""
    return replace(line, qty=line.qty_handled + line.qty_to_handle)


def item_of(books: Books, line: ActivityLine) -> Item:
    """Return the item of a line."""
    item = books.records.one(Item, line.item)
    if item is None:
        raise InvariantBroken(f"pick {line.activity} names item {line.item}, which is not there")
    return item


def order_of_line(books: Books, line: ActivityLine) -> Order:
    """Return the order a line was made for."""
    activity = books.records.one(Activity, line.activity)
    return order_of(books.records, activity.order if activity else "")
