"""What open picks hold of the stock in a bin, and what is left to take (bins.md 22).

Asked of the open lines each time: a bin has few of them, and nothing has to be kept in step (docs/decisions/0006).
Not here: what a pick may take at all (pick_stock.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.site import Location
from domain.tracking.numbers import KINDS, told_apart, tracking_code
from domain.values import ZERO
from domain.work.activities import ActivityLine
from domain.work.stock_here import Goods, portions_here, quantity_here

Share: TypeAlias = tuple[tuple[str, str], ...]
"""Some numbers of goods, by kind; () is any of them."""


def held_here(books: Books, location: str, bin: str, item: str, variant: str) -> list[ActivityLine]:
    """Return the open lines that will take of an item from a bin, or from a location without bins (`bin` "")."""
    lines = books.records.rows(ActivityLine, location=location, bin=bin, item=item, variant=variant)
    return [line for line in lines if line.outstanding]


def goods_of(line: ActivityLine) -> Goods:
    """Return what a line names."""
    return Goods(line.item, line.variant, line.lot, line.serial, line.package)


def shares(goods: Goods | ActivityLine) -> Iterator[Share]:
    """Yield every share of stock that goods are of: a line without numbers holds any, one of a lot any of the lot.

    No share may promise more than it has: so of one lot no more is free than of all lots together.
    """
    named = [(kind, getattr(goods, kind)) for kind in KINDS if getattr(goods, kind)]
    for many in range(len(named) + 1):
        yield from combinations(named, many)


def free_to_take(
    books: Books, location: Location, bin: str, goods: Goods, *, but: str = "", besides: Decimal = ZERO
) -> Decimal:
    """Return what of the goods may be taken: the quantity here less what open picks but `but` hold. Base units.

    `besides` is what is taken of other numbers of the item at the same time.
    """
    lines = held_here(books, location.code, bin, goods.item, goods.variant)
    return free_beside(books, location, bin, goods, [line for line in lines if line.activity != but], besides=besides)


def free_beside(
    books: Books,
    location: Location,
    bin: str,
    goods: Goods,
    lines: Iterable[ActivityLine],
    *,
    besides: Decimal = ZERO,
) -> Decimal:
    """Return what of the goods may be taken beside what these lines hold of the same place. Base units.

    Numbers that the goods do not name may be any.
    """
    item = books.records.one(Item, goods.item)
    if item is None:
        return ZERO
    here = portions_here(books, location, bin, item, goods.variant)
    free = []
    for share in shares(told_apart(tracking_code(books.records, item), goods)):
        lies = sum((portion.qty for portion in here if share in shares(portion.goods)), ZERO)
        held = sum((line.outstanding for line in lines if share in shares(line)), ZERO)
        free.append(lies - held if share else lies - held - besides)
    return max(ZERO, min(free))


def in_hand(books: Books, location: Location, bin: str, goods: Goods) -> Decimal:
    """Return what of exactly these goods pickers took and did not post yet: it lies here in the books only."""
    item = books.records.one(Item, goods.item)
    if item is None:
        return ZERO
    tracking = tracking_code(books.records, item)
    goods = told_apart(tracking, goods)
    lines = held_here(books, location.code, bin, goods.item, goods.variant)
    of_goods = [line for line in lines if told_apart(tracking, goods_of(line)) == goods]
    return sum((line.qty_to_handle for line in of_goods), ZERO)


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
