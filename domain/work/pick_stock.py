"""What may be picked of an item at a location, and from which bins in which order (picking.md 4, 13, 16-18, 21).

Not here: which lot is to go first (picking.py), what is free in one given bin whatever it is for (held.py), bins of
directed locations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.places.lying import check_block
from domain.records import Records
from domain.site import Bin, BinContent, Location
from domain.supply.reserved import reserved_quantity
from domain.tracking.cards import InfoCard
from domain.tracking.numbers import KINDS, TrackingRow, known_date
from domain.values import ZERO, fold
from domain.work.activities import ActivityLine
from domain.work.held import Hold, Share, hold_of, holds, shares
from domain.work.stock_here import Goods, Portion, portions_here


@dataclass(frozen=True, slots=True)
class Lying:
    """Goods of one set of numbers in one bin, or at a location without bins (`bin` "")."""

    bin: str
    ranking: int
    goods: Goods
    expires: date | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A part of a need, from one bin. Base units."""

    bin: str
    ranking: int
    qty: Decimal


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A bin (or a location without bins) and what lies there of an item."""

    bin: str
    ranking: int
    portions: tuple[Portion, ...]
    held: tuple[Hold, ...]


class Pickable:
    """What may be picked of an item at a location, less what is taken here (rules 4, 13).

    `shelves` come in the order in which they are emptied. `why` holds the refusals met, the nearest to a pick first.
    """

    def __init__(self, books: Books, location: Location, item: Item, variant: str, shelves: Iterable[_Shelf]) -> None:
        self.why: list[Refused] = []
        self.rows: list[Lying] = []
        """What may be picked, in the order in which bins are emptied."""
        self._free: dict[tuple[str, Share], Decimal] = defaultdict(Decimal)
        for shelf in shelves:
            if self._is_open(books.records, location, shelf.bin, Goods(item.no, variant)):
                self._read(books, location, item, shelf)
        self._whole = sum((qty for (_, share), qty in self._free.items() if not share), ZERO)
        self._whole -= reserved_quantity(item.no, variant, location.code)

    def free(self, bin: str, goods: Goods) -> Decimal:
        """Return what may be picked of the goods in a bin; a number they do not name may be any."""
        return max(ZERO, min(self._whole, *(self._free[bin, share] for share in shares(goods))))

    def take(self, goods: Goods, need: Decimal, *, first: str = "") -> Iterator[Taken]:
        """Take up to `need`, bin by bin, bin `first` before all others (rules 18, 21)."""
        bins = {row.bin: row.ranking for row in self.rows}
        for bin in sorted(bins, key=lambda code: code != first):
            qty = min(need, self.free(bin, goods))
            if qty:
                need -= qty
                self._whole -= qty
                self._hold(bin, goods, qty)
                yield Taken(bin, bins[bin], qty)

    def _read(self, books: Books, location: Location, item: Item, shelf: _Shelf) -> None:
        for portion in shelf.portions:
            goods = portion.goods
            if self._is_open(books.records, location, "", goods):
                numbers = TrackingRow(goods.lot, goods.serial, goods.package)
                expires = known_date(books, item, goods.variant, numbers)
                self.rows.append(Lying(shelf.bin, shelf.ranking, goods, expires))
                self._hold(shelf.bin, goods, -portion.qty)
        for hold in shelf.held:
            self._hold(shelf.bin, hold.goods, hold.qty)
            self.why.append(Refused("not_enough", qty=ZERO, n=hold.qty, document=hold.document))

    def _hold(self, bin: str, goods: Goods, qty: Decimal) -> None:
        for share in shares(goods):
            self._free[bin, share] -= qty

    def _is_open(self, records: Records, location: Location, bin: str, goods: Goods) -> bool:
        """Say whether a pick may take from the bin, or of the goods; keep the reason where not."""
        try:
            if bin:
                refuse_unpickable(records, location, bin, goods)
            refuse_blocked_number(records, goods)
        except Refused as refused:
            self.why.append(refused)
            return False
        return True


def pickables(
    books: Books, location: Location, wanted: Collection[tuple[Item, str]], *, but: ActivityLine | None = None
) -> dict[tuple[str, str], Pickable]:
    """Return what may be picked of items and variants, by both, read with few statements.

    `but` is a line whose own share counts as free.
    """
    lying = _in_bins(books, location, wanted) if location.bin_mandatory else _at_location(books, location, wanted)
    held = holds(books, location.code, [(bin, *key) for key, bins in lying.items() for bin in bins])
    own = hold_of(but) if but else None
    found = {}
    for item, variant in wanted:
        key = item.no, variant
        shelves = [
            _Shelf(bin, ranking, tuple(lying[key][bin]), tuple(hold for hold in held[bin, *key] if hold != own))
            for bin, ranking in _emptied(books.records, location, item, variant, lying[key])
        ]
        found[key] = Pickable(books, location, item, variant, shelves)
    return found


_Lying: TypeAlias = dict[tuple[str, str], dict[str, list[Portion]]]
"""By item and variant, then by bin."""


def _in_bins(books: Books, location: Location, wanted: Collection[tuple[Item, str]]) -> _Lying:
    lying: _Lying = {(item.no, variant): defaultdict(list) for item, variant in wanted}
    for row in books.bins.of_items_at(location.code, {item.no for item, _ in wanted}):
        if (row.item, row.variant) in lying:
            goods = Goods(row.item, row.variant, row.lot, row.serial, row.package)
            lying[row.item, row.variant][row.bin].append(Portion(row.bin, goods, row.qty_base))
    places = [(item, variant, bin) for item, variant in wanted for bin in lying[item.no, variant]]
    books.records.read_ahead(Bin, ((location.code, bin) for _, _, bin in places))
    books.records.read_ahead(
        BinContent, ((location.code, bin, item.no, variant, item.base_uom) for item, variant, bin in places)
    )
    return lying


def _at_location(books: Books, location: Location, wanted: Collection[tuple[Item, str]]) -> _Lying:
    return {(item.no, variant): {"": portions_here(books, location, "", item, variant)} for item, variant in wanted}


def _emptied(
    records: Records, location: Location, item: Item, variant: str, codes: Iterable[str]
) -> list[tuple[str, int]]:
    """Return bins with their ranking in the order in which they are emptied (17, 18)."""
    if not location.bin_mandatory:
        return [("", 0)]
    bins = [bin for code in codes if (bin := records.one(Bin, location.code, code))]

    def rank(bin: Bin) -> tuple[bool, bool, int, str]:
        content = records.one(BinContent, location.code, bin.code, item.no, variant, item.base_uom)
        is_default = content is not None and content.default and location.pick_bin_policy == "default_bin"
        return not bin.cross_dock, not is_default, -bin.ranking, bin.code

    return [(bin.code, bin.ranking) for bin in sorted(bins, key=rank)]


def refuse_unpickable(records: Records, location: Location, code: str, goods: Goods) -> None:
    """Refuse a bin that no pick takes from (rule 16; bins.md 16, 17).

    Raises Refused: not a bin of the location, a flow bin of it ("only_nonpick"), dedicated, blocked outbound.
    """
    bin = records.one(Bin, location.code, code)
    if bin is None:
        raise Refused("bin_elsewhere", bin=code, location=location.code)
    flow = location.bins
    flows = {flow.receipt: "RECEIVE", flow.shipment: "SHIP", flow.qc: "QC", flow.adjustment: "ADJUSTMENT"}
    if code in flows:
        raise Refused("only_nonpick", bin=code, type=flows[code])
    if bin.dedicated:
        raise Refused("bin_dedicated", bin=code)
    item = records.one(Item, goods.item)
    uom = item.base_uom if item else ""
    check_block(bin, records.one(BinContent, location.code, code, goods.item, goods.variant, uom), increase=False)


def refuse_blocked_number(records: Records, goods: Goods) -> None:
    """Refuse goods under a blocked lot, serial or package (tracking.md 25)."""
    for kind in KINDS:
        number = getattr(goods, kind)
        card = records.one(InfoCard, kind, goods.item, goods.variant, fold(number)) if number else None
        if card is not None and card.blocked:
            raise Refused("blocked", what=kind, code=number)
