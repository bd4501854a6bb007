"""Moving goods from bin to bin of one location, at once (putaway-and-movement.md 29, 31; floor-flows.md, Move).

Not here: planned movements and replenishment, which are documents; what changes besides the bin (reclassifying.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import in_base_unit
from domain.ledger.entries import shown
from domain.people.rights import require_right
from domain.places.books import BinStock
from domain.places.lying import bin_of, check_block
from domain.posting import Movement, post
from domain.posting.posted import Posted, once
from domain.site import Bin, BinType, Location
from domain.situation import Situation
from domain.tracking.numbers import KINDS
from domain.values import fold
from domain.work.frozen import ask_frozen
from domain.work.held import free_to_take, refuse_held
from domain.work.stock_here import Goods, Portion


@dataclass(frozen=True, slots=True)
class MoveGoods:
    """Goods, each out of its bin, into one bin."""

    location: str
    to_bin: str
    portions: tuple[Portion, ...]
    reason: str = ""
    posting_date: date | None = None


def move_goods(books: Books, situation: Situation, command: MoveGoods) -> Posted:
    """Move goods, all or none (right `move`); bin entries only, reserved and blocked numbers too (RES-35, decision 5).

    Raises Refused for what the rules of posting refuse, and:
        Refused("put_away_first"), Refused("bin_type"): out of, or into, a bin that receives (bins.md 18).
        Refused("not_enough"): more than lies there, or than open picks leave (bins.md 22).
        NeedsConfirm("bin_in_count"): an open count holds one of the bins (counting.md 38).
    """
    require_right(situation, "move", command.location)

    def work() -> Posted:
        location = location_with_bins(books, command.location)
        sources = dict.fromkeys(portion.bin for portion in command.portions)
        for bin in sources:
            refuse_source(books, location, bin)
        _refuse_target(books, location, command.to_bin)
        refuse_held_together(books, location, command.portions)
        ask_frozen(books, situation, location.code, [*sources, command.to_bin])
        posting = post(books, situation, [_movement(command, portion) for portion in command.portions], source="move")
        return Posted(posting.register, shown(posting.register))

    return once(books, situation, "move_goods", "move", work)


def location_with_bins(books: Books, code: str) -> Location:
    """Return a location where something can be moved: only bins make a move.

    Raises Refused("unknown"), Refused("no_bins").
    """
    location = books.records.one(Location, code)
    if location is None:
        raise Refused("unknown", code=code, prompt="location")
    if not location.bin_mandatory:
        raise Refused("no_bins", location=location.code)
    return location


def refuse_source(books: Books, location: Location, code: str) -> None:
    """Refuse a bin that nothing may be moved out of (bins.md 16, 18)."""
    bin = bin_of(books.records, location, code)
    if bin is None:
        return
    check_block(bin, None, increase=False)
    if _receives(books, bin):
        raise Refused("put_away_first", bin=bin.code)


def _refuse_target(books: Books, location: Location, code: str) -> None:
    """Refuse a bin that takes nothing by a move: it receives, or is the location's adjustment bin (bins.md 3, 18)."""
    bin = bin_of(books.records, location, code)
    if bin is not None and (_receives(books, bin) or bin.code == location.bins.adjustment):
        raise Refused("bin_type", bin=bin.code, type=bin.bin_type)


def refuse_held_together(books: Books, location: Location, portions: Sequence[Portion]) -> None:
    """Refuse portions that, taken together, are more than is here or than open picks leave (bins.md 22)."""
    wanted: dict[tuple[str, Goods], Decimal] = defaultdict(Decimal)
    for portion in portions:
        wanted[portion.bin, portion.goods] += _base_quantity(books, portion)
    of_item: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for (bin, goods), qty in wanted.items():
        key = bin, goods.item, goods.variant
        refuse_held(books, location, bin, goods, qty, besides=of_item[key])
        of_item[key] += qty


def whole_bin(books: Books, location: Location, bin: str) -> list[Portion]:
    """Return what of everything in a bin is free to take.

    Raises Refused: nothing lies there, or open picks hold it all.
    """
    return _free(books, location, books.bins.in_bin(location.code, bin))


def whole_package(books: Books, location: Location, package: str, bin: str = "") -> list[Portion]:
    """Return what of a package is free to take: all that carries it in `bin`, else at the location (tracking.md 34).

    Raises Refused: it is not here, or open picks hold it all.
    """
    rows = [row for row in books.bins.of_number("package", fold(package)) if row.location == location.code]
    rows = [row for row in rows if bin in ("", row.bin)]
    if not rows:
        raise Refused("not_here", number=package, bin=bin or location.code)
    return _free(books, location, rows)


def bins_with(books: Books, location: Location, goods: Goods) -> list[str]:
    """Return the bins in which goods lie, by ranking, then code; numbers that are blank do not narrow."""
    told = {kind: number for kind in KINDS if (number := getattr(goods, kind))} | {"variant": goods.variant}
    rows = books.bins.of_item(goods.item, location.code)
    found = {row.bin for row in rows if all(getattr(row, name) == value for name, value in told.items())}
    bins = [bin for bin in books.records.rows(Bin, location=location.code) if bin.code in found]
    return [bin.code for bin in sorted(bins, key=attrgetter("ranking"), reverse=True)]


def _free(books: Books, location: Location, rows: Sequence[BinStock]) -> list[Portion]:
    """Return what of bin rows is free; of several lots no more together than open picks leave of the item."""
    if not rows:
        raise Refused("nothing_handled", variant="post")
    found = []
    taken: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        goods, key = Goods(row.item, row.variant, row.lot, row.serial, row.package), (row.bin, row.item, row.variant)
        free = min(row.qty_base, free_to_take(books, location, row.bin, goods, besides=taken[key]))
        taken[key] += free
        if free:
            found.append(Portion(row.bin, goods, free))
    if not found:
        refuse_held(books, location, row.bin, goods, row.qty_base)
    return found


def _receives(books: Books, bin: Bin) -> bool:
    found = books.records.one(BinType, bin.bin_type) if bin.bin_type else None
    return found is not None and found.receive


def _base_quantity(books: Books, portion: Portion) -> Decimal:
    item = books.records.one(Item, portion.goods.item)
    if item is None:
        raise Refused("unknown", code=portion.goods.item, prompt="item")
    return in_base_unit(books.records, item, portion.uom, portion.qty).qty_base


def _movement(command: MoveGoods, portion: Portion) -> Movement:
    goods = portion.goods
    return Movement(
        item=goods.item,
        qty=portion.qty,
        location=command.location,
        from_bin=portion.bin,
        to_bin=command.to_bin,
        variant=goods.variant,
        uom=portion.uom,
        lot=goods.lot,
        serial=goods.serial,
        package=goods.package,
        posting_date=command.posting_date,
        reason=command.reason,
    )
