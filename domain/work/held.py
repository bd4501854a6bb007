"""What of the stock in a bin is promised or said to be missing, and what is left to take (bins.md 22).

Asked of the open lines each time: a bin has few of them, and nothing has to be kept in step (docs/decisions/0006).
Not here: what a pick may take at all (pick_stock.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import in_base_unit
from domain.places.books import BinStock
from domain.site import Location
from domain.tracking.numbers import KINDS, told_apart, tracking_code
from domain.values import ZERO
from domain.work.activities import ActivityLine
from domain.work.documents import PendingAdjustment
from domain.work.stock_here import Goods, portions_here, quantity_here

Share: TypeAlias = tuple[tuple[str, str], ...]
"""Some numbers of goods, by kind; () is any of them."""
Place: TypeAlias = tuple[str, str, str]
"""Bin ("" at a location without bins), item and variant."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Goods in a bin that a pick will take, or that are reported missing; numbers they do not name may be any."""

    document: str
    line_no: int
    """0 for an adjustment."""
    bin: str
    goods: Goods
    qty: Decimal


def holds(books: Books, location: str, places: Iterable[Place]) -> dict[Place, list[Hold]]:
    """Return what open picks and adjustments that wait for approval hold in these places (bins.md 22)."""
    wanted = set(places)
    found: dict[Place, list[Hold]] = defaultdict(list)
    keys = ((location, *place) for place in sorted(wanted))
    for line in books.records.rows_equal(ActivityLine, ("location", "bin", "item", "variant"), keys):
        if line.outstanding:
            found[line.bin, line.item, line.variant].append(hold_of(line))
    for loss in books.records.rows(PendingAdjustment, location=location, status="waiting"):
        item = books.records.one(Item, loss.item)
        if item is not None and loss.qty < 0 and (loss.bin, loss.item, loss.variant) in wanted:
            goods = Goods(loss.item, loss.variant, loss.lot, loss.serial, loss.package)
            qty = -in_base_unit(books.records, item, loss.uom, loss.qty).qty_base
            found[loss.bin, loss.item, loss.variant].append(Hold(loss.no, 0, loss.bin, goods, qty))
    return found


def hold_of(line: ActivityLine) -> Hold:
    """Return what a pick line holds."""
    return Hold(line.activity, line.line_no, line.bin, goods_of(line), line.outstanding)


def goods_of(line: ActivityLine) -> Goods:
    """Return what a line names."""
    return Goods(line.item, line.variant, line.lot, line.serial, line.package)


def shares(goods: Goods) -> Iterator[Share]:
    """Yield every share of stock that goods are of: without numbers they are any, with a lot alone any of the lot.

    No share may promise more than it has: so of one lot no more is free than of all lots together.
    """
    named = [(kind, getattr(goods, kind)) for kind in KINDS if getattr(goods, kind)]
    for many in range(len(named) + 1):
        yield from combinations(named, many)


def free_to_take(books: Books, location: Location, bin: str, goods: Goods, *, besides: Decimal = ZERO) -> Decimal:
    """Return what of the goods may be taken: the quantity here less what is held. Base units.

    `besides` is what is taken of other numbers of the item at the same time.
    """
    return free_beside(books, location, bin, goods, _holds_here(books, location, bin, goods), besides=besides)


def free_beside(
    books: Books, location: Location, bin: str, goods: Goods, held: Iterable[Hold], *, besides: Decimal = ZERO
) -> Decimal:
    """Return what of the goods may be taken beside what is `held` of the same place. Base units.

    Numbers that the goods do not name may be any.
    """
    item = books.records.one(Item, goods.item)
    if item is None:
        return ZERO
    here = portions_here(books, location, bin, item, goods.variant)
    free = []
    for share in shares(told_apart(tracking_code(books.records, item), goods)):
        lies = sum((portion.qty for portion in here if share in shares(portion.goods)), ZERO)
        promised = sum((hold.qty for hold in held if share in shares(hold.goods)), ZERO)
        free.append(lies - promised if share else lies - promised - besides)
    return max(ZERO, min(free))


def free_of_rows(books: Books, rows: Sequence[BinStock]) -> list[Decimal]:
    """Return of each row of bins what is free to take, in its unit; what is held is read once a location."""
    held: dict[str, dict[Place, list[Hold]]] = {}
    for code in dict.fromkeys(row.location for row in rows):
        held[code] = holds(books, code, [_place(row) for row in rows if row.location == code])
    return [_free_of(books, row, held[row.location].get(_place(row), [])) for row in rows]


def refuse_held(
    books: Books, location: Location, bin: str, goods: Goods, qty: Decimal, *, besides: Decimal = ZERO
) -> None:
    """Refuse to take more than is here, or than is free (bins.md 22); `besides` as in `free_to_take`.

    Raises Refused("not_enough"), naming the document that holds most.
    """
    here = quantity_here(books, location, bin, goods)
    if qty > here:
        raise Refused("not_enough", qty=here, short=qty - here)
    free = free_to_take(books, location, bin, goods, besides=besides)
    if qty > free:
        most = max(_holds_here(books, location, bin, goods), key=lambda hold: hold.qty)
        raise Refused("not_enough", qty=free, n=most.qty, document=most.document)


def in_hand(books: Books, location: Location, bin: str, goods: Goods) -> Decimal:
    """Return what of exactly these goods pickers took and did not post yet: it lies here in the books only."""
    item = books.records.one(Item, goods.item)
    if item is None:
        return ZERO
    tracking = tracking_code(books.records, item)
    goods = told_apart(tracking, goods)
    lines = books.records.rows(ActivityLine, location=location.code, bin=bin, item=goods.item, variant=goods.variant)
    of_goods = [line for line in lines if told_apart(tracking, goods_of(line)) == goods]
    return sum((line.qty_to_handle for line in of_goods), ZERO)


def _free_of(books: Books, row: BinStock, held: Sequence[Hold]) -> Decimal:
    if not held:
        return row.qty
    location = books.records.one(Location, row.location) or Location(row.location, bin_mandatory=True)
    goods = Goods(row.item, row.variant, row.lot, row.serial, row.package)
    return min(row.qty, free_beside(books, location, row.bin, goods, held))


def _place(row: BinStock) -> Place:
    return row.bin, row.item, row.variant


def _holds_here(books: Books, location: Location, bin: str, goods: Goods) -> list[Hold]:
    place = bin, goods.item, goods.variant
    return holds(books, location.code, [place])[place]
