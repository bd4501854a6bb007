"""What may be picked of an item at a location, and from which bins in which order (picking.md 4, 13, 16-18, 21).

Not here: which lot is to go first (picking.py), what is free in one given bin whatever it is for (held.py), bins of
directed locations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
from domain.work.held import Share, held_here, shares
from domain.work.stock_here import Goods, portions_here


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


class Pickable:
    """What may be picked of an item at a location, less what is taken here (rules 4, 13).

    `but` is a line whose own share counts as free. `why` holds the refusals met, the nearest to a pick first.
    """

    def __init__(
        self, books: Books, location: Location, item: Item, variant: str, *, but: ActivityLine | None = None
    ) -> None:
        self.why: list[Refused] = []
        self.rows: list[Lying] = []
        """What may be picked, in the order in which bins are emptied."""
        self._free: dict[tuple[str, Share], Decimal] = defaultdict(Decimal)
        for bin, ranking in _bins(books, location, item, variant):
            if self._is_open(books.records, location, bin, Goods(item.no, variant)):
                self._read(books, location, item, variant, bin, ranking)
        for bin in dict.fromkeys(row.bin for row in self.rows):
            for line in held_here(books, location.code, bin, item.no, variant):
                if line != but:
                    self._hold(bin, line, line.outstanding)
                    self.why.append(Refused("not_enough", qty=ZERO, n=line.outstanding, document=line.activity))
        self._whole = sum((qty for (_, share), qty in self._free.items() if not share), ZERO)
        self._whole -= reserved_quantity(item.no, variant, location.code)

    def free(self, bin: str, goods: Goods) -> Decimal:
        """Return what may be picked of the goods in a bin; a number they do not name may be any."""
        return max(ZERO, min(self._whole, *(self._free[bin, share] for share in shares(goods))))

    def take(self, goods: Goods, need: Decimal, *, first: str = "") -> Iterator[Taken]:
        """Take up to `need`, bin by bin, bin `first` before all others (rules 18, 21)."""
        for bin, ranking in sorted(
            {row.bin: row.ranking for row in self.rows}.items(), key=lambda one: one[0] != first
        ):
            qty = min(need, self.free(bin, goods))
            if qty:
                need -= qty
                self._whole -= qty
                self._hold(bin, goods, qty)
                yield Taken(bin, ranking, qty)

    def _read(self, books: Books, location: Location, item: Item, variant: str, bin: str, ranking: int) -> None:
        for portion in portions_here(books, location, bin, item, variant):
            goods = portion.goods
            if self._is_open(books.records, location, "", goods):
                numbers = TrackingRow(goods.lot, goods.serial, goods.package)
                self.rows.append(Lying(bin, ranking, goods, known_date(books, item, variant, numbers)))
                self._hold(bin, goods, -portion.qty)

    def _hold(self, bin: str, goods: Goods | ActivityLine, qty: Decimal) -> None:
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


def _bins(books: Books, location: Location, item: Item, variant: str) -> list[tuple[str, int]]:
    """Return the bins that hold the item, with their ranking, in the order in which they are emptied (17, 18)."""
    if not location.bin_mandatory:
        return [("", 0)]
    held = {row.bin for row in books.bins.of_item(item.no, location.code) if row.variant == variant}
    bins = [bin for code in held if (bin := books.records.one(Bin, location.code, code))]
    contents = books.records.rows(BinContent, location=location.code, item=item.no, variant=variant)
    default = {content.bin for content in contents if content.default and location.pick_bin_policy == "default_bin"}
    bins.sort(key=lambda one: (not one.cross_dock, one.code not in default, -one.ranking, one.code))
    return [(bin.code, bin.ranking) for bin in bins]


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
