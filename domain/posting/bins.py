"""Bins as they stand while the parts of one posting move goods: none below zero, none too full.

Whether a bin lets the goods in or out at all is places/.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item, ItemUnit
from domain.items.moving import cubage_of, unit_of, weight_of
from domain.places.books import BinStock
from domain.places.lying import check_one_lot, check_room, total
from domain.posting.checks import content_of
from domain.posting.line import Part
from domain.site import Bin
from domain.situation import Situation
from domain.values import ZERO

_Measure = Callable[[Item, ItemUnit], Decimal]


class BinsOnTheWay:
    """What lies in the bins of one posting, before anything is written."""

    def __init__(self, books: Books, situation: Situation) -> None:
        self._books = books
        self._situation = situation
        self._bins: dict[tuple[str, str, str | None], list[BinStock]] = {}

    def read_ahead(self, parts: Sequence[Part]) -> None:
        """Read with few statements what the parts find in their bins, where a bin need not be known whole."""
        all_places = (_place(part, bin) for part in parts for bin, _ in part.bins)
        places = {(location, bin, item) for location, bin, item in all_places if item}
        self._bins |= {place: [] for place in places}
        for row in self._books.bins.of_items_in_bins(places):
            self._bins[row.location, row.bin, row.item].append(row)

    def move(self, part: Part) -> None:
        """Take a part out of its bins, or lay it down in them."""
        for bin, qty in part.bins:
            self._move(part, bin, qty)

    def _move(self, part: Part, bin: Bin, qty: Decimal) -> None:
        there = self._in_bin(part, bin)
        mine = [row for row in there if (row.item, row.variant) == (part.item.no, part.line.variant)]
        lot, serial, package = part.kept_in_bins()
        same = [row for row in mine if (row.lot, row.serial, row.package) == (lot, serial, package)]
        before = total(same)
        after = before + qty
        if after < 0:
            raise Refused("not_enough", qty=before, short=-after)  # no bin below zero, ever (bins.md 24)
        if part.is_increase:
            check_one_lot(bin, mine, part.line.variant, lot)
            if part.line.counted is None:
                self._check_room(part, bin, qty, there, total(mine))
        for row in same:
            there.remove(row)
        if after:
            uom = part.item.base_uom
            keys = (part.location.code, bin.code, part.item.no, part.line.variant, uom, lot, serial, package)
            there.append(BinStock(*keys, qty=after, qty_base=after))

    def _check_room(self, part: Part, bin: Bin, added: Decimal, there: Sequence[BinStock], mine: Decimal) -> None:
        """Check the content's maximum, then weight and cubage of everything in the bin (bins.md 14, 20)."""
        policy = part.location.bin_capacity_policy
        if policy == "never":
            return
        records = self._books.records
        content = content_of(records, part, bin)
        if content is not None:
            check_room(self._situation, policy, "qty", content.max, mine + added)
        unit = unit_of(records, part.item, "")
        weight = sum((self._of_unit(row, weight_of) for row in there), added * weight_of(part.item, unit))
        cubage = sum((self._of_unit(row, cubage_of) for row in there), added * cubage_of(part.item, unit))
        check_room(self._situation, policy, "weight", bin.max_weight, weight)
        check_room(self._situation, policy, "cubage", bin.max_cubage, cubage)

    def _of_unit(self, row: BinStock, measure: _Measure) -> Decimal:
        item = self._books.records.one(Item, row.item)
        if item is None:  # deleted while its stock lies here: it has no measures any more
            return ZERO
        return row.qty * measure(item, unit_of(self._books.records, item, row.uom))

    def _in_bin(self, part: Part, bin: Bin) -> list[BinStock]:
        """Return what lies in a bin, or of the part's item there."""
        key = _place(part, bin)
        if key not in self._bins:
            self._bins[key] = self._books.bins.in_bin(*key)
        return self._bins[key]


def _place(part: Part, bin: Bin) -> tuple[str, str, str | None]:
    """Return location, bin and item of a part; no item where everything in the bin takes of its room."""
    return part.location.code, bin.code, part.item.no if part.location.bin_capacity_policy == "never" else None
