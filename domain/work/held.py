"""What open picks hold of the stock in a bin, and what is left to take (bins.md 22).

Asked of the open lines each time: a bin has few of them, and nothing has to be kept in step (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.site import Location
from domain.tracking.numbers import KINDS
from domain.values import ZERO
from domain.work.activities import ActivityLine
from domain.work.stock_here import Goods, quantity_here


def held_here(books: Books, location: str, bin: str, item: str, variant: str) -> list[ActivityLine]:
    """Return the open lines that will take of an item from a bin, or from a location without bins (`bin` "")."""
    lines = books.records.rows(ActivityLine, location=location, bin=bin, item=item, variant=variant)
    return [line for line in lines if line.outstanding]


def free_to_take(
    books: Books, location: Location, bin: str, goods: Goods, *, but: str = "", besides: Decimal = ZERO
) -> Decimal:
    """Return what of the goods may be taken: the quantity here less what open picks but `but` hold. Base units.

    A line that names no number holds any: of one lot no more is free than of all lots together, less what is taken
    `besides` of other lots.
    """
    lines = [line for line in held_here(books, location.code, bin, goods.item, goods.variant) if line.activity != but]
    here = quantity_here(books, location, bin, goods)
    of_all = quantity_of_item_here(books, location, bin, goods.item, goods.variant) - _total(lines) - besides
    of_these = here - _total([line for line in lines if _names(line, goods)])
    return max(ZERO, min(of_all, of_these))


def refuse_held(
    books: Books, location: Location, bin: str, goods: Goods, qty: Decimal, *, besides: Decimal = ZERO
) -> None:
    """Refuse to take more than is here, or than open picks leave (bins.md 22); `besides` as in `free_to_take`.

    Raises Refused("not_enough"), naming the pick that holds most.
    """
    here = quantity_here(books, location, bin, goods)
    if qty > here:
        raise Refused("not_enough", qty=here, short=qty - here)
    free = free_to_take(books, location, bin, goods, besides=besides)
    if qty > free:
        lines = held_here(books, location.code, bin, goods.item, goods.variant)
        most = max(lines, key=lambda line: line.outstanding)
        raise Refused("not_enough", qty=free, n=most.outstanding, document=most.activity)


def quantity_of_item_here(books: Books, location: Location, bin: str, item: str, variant: str) -> Decimal:
    """Return the base quantity of an item in a bin, or at a location without bins, whatever its numbers."""
    if location.bin_mandatory:
        there = books.bins.in_bin(location.code, bin, item)
        return sum((row.qty_base for row in there if row.variant == variant), ZERO)
    return sum((row.qty for row in books.stock.on_hand(item, variant, location.code)), ZERO)


def _names(line: ActivityLine, goods: Goods) -> bool:
    """Say whether a line names numbers, and only such as these goods have."""
    named = [kind for kind in KINDS if getattr(line, kind)]
    return bool(named) and all(getattr(line, kind) == getattr(goods, kind) for kind in named)


def _total(lines: Sequence[ActivityLine]) -> Decimal:
    return sum((line.outstanding for line in lines), ZERO)
