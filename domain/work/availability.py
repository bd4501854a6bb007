"""How much of an item is here, free, on the way and needed, by location (availability.md AVL-13, AVL-15, AVL-60).

Computed from stock and open documents, nothing is stored. Transfers and assembly orders are not built, promising and
planning neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.books import Books
from domain.orders.documents import OUTBOUND, Order, OrderLine
from domain.supply.reserved import reserved_quantity
from domain.work.activities import Activity, ActivityLine


@dataclass(frozen=True, slots=True)
class Availability:
    """The figures of an item, all variants together, at one location. Base units."""

    location: str
    on_hand: Decimal
    reserved: Decimal
    """On stock."""
    on_the_way: Decimal
    """Outstanding on released purchase orders and customers' returns."""
    needed: Decimal
    """Outstanding on released sales orders and returns to vendors."""
    on_picks: Decimal
    """What open picks will take, or have taken and not posted."""

    @property
    def free(self) -> Decimal:
        """Available inventory (AVL-15)."""
        return self.on_hand - self.reserved


def availability_of(books: Books, item: str) -> list[Availability]:
    """Return the figures of every location that has some, by location."""
    on_hand, reserved, to_come, needed, on_picks = (defaultdict[str, Decimal](Decimal) for _ in range(5))
    stock = books.stock.on_hand(item)
    for row in stock:
        on_hand[row.location] += row.qty
    for variant, location in {(row.variant, row.location) for row in stock}:
        reserved[location] += reserved_quantity(item, variant, location)
    lines = books.records.rows(OrderLine, item=item)
    books.records.read_ahead(Order, ((line.order,) for line in lines))
    for line in lines:
        order = books.records.one(Order, line.order)
        if order is not None and order.status == "released":
            (needed if order.kind in OUTBOUND else to_come)[line.location] += line.outstanding_base
    for taken in _pick_lines_of(books, item, lines):
        on_picks[taken.location] += taken.outstanding
    figures = [
        Availability(place, on_hand[place], reserved[place], to_come[place], needed[place], on_picks[place])
        for place in sorted({*on_hand, *to_come, *needed, *on_picks})
    ]
    return [one for one in figures if one.on_hand or one.on_the_way or one.needed or one.on_picks]


def _pick_lines_of(books: Books, item: str, lines: Sequence[OrderLine]) -> list[ActivityLine]:
    """Return the open pick lines of an item, found by the order lines that want it."""
    picks = books.records.rows_equal(Activity, ["order"], ((line.order,) for line in lines))
    found = books.records.rows_equal(ActivityLine, ["activity"], ((pick.no,) for pick in picks))
    return [line for line in found if line.item == item and line.outstanding]
