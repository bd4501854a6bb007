"""Stock as it stands while the lines of one posting move it: what is drawn, and what may not go below zero."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from domain.books import Books
from domain.errors import NeedsConfirm, Refused
from domain.items.card import Item, ItemUnit
from domain.items.moving import cubage_of, prevents_negative, unit_of, weight_of
from domain.ledger.application import Draw, Supply
from domain.ledger.books import OpenEntry
from domain.places.books import BinStock
from domain.places.lying import check_one_lot, check_room, total
from domain.posting.checks import content_of
from domain.posting.line import Part
from domain.site import Bin
from domain.situation import Situation
from domain.supply.reserved import reserved_quantity
from domain.tracking.numbers import KINDS, is_specific
from domain.values import ZERO

_Measure = Callable[[Item, ItemUnit], Decimal]
_NOW_OR_LATER = datetime.max.replace(tzinfo=UTC)
"""What this posting opens comes after all that stands, within one posting date (decision 33)."""


class StockOnTheWay:
    """Stock as it stands while the parts of one posting move it, before anything is written."""

    def __init__(self, books: Books, situation: Situation) -> None:
        self._books = books
        self._situation = situation
        self._supplies: dict[tuple[object, ...], Supply] = {}
        self._bins: dict[tuple[str, str, str | None], list[BinStock]] = {}
        self._asked: set[tuple[str, str, str]] = set()

    @property
    def latest(self) -> datetime | None:
        """The latest posted_at among the entries the posting builds on."""
        return max((supply.latest for supply in self._supplies.values() if supply.latest), default=None)

    def read_ahead(self, parts: Sequence[Part]) -> None:
        """Read with few statements what the parts find in their bins, where a bin need not be known whole."""
        places = {(place, bin, item) for place, bin, item in _places(parts) if item}
        self._bins |= {place: [] for place in places}
        for row in self._books.bins.of_items_in_bins(places):
            self._bins[row.location, row.bin, row.item].append(row)

    def move(self, part: Part, number: int) -> list[Draw]:
        """Take or lay down a part; return what it draws: increases for a decrease, open decreases for an increase.

        `number` is a stand-in below zero under which later parts may draw on this one (rows.py puts the entry in).
        """
        if not part.moved.qty_base:
            return []
        if not part.is_increase and not part.is_movement:
            self._check_reserved(part)
        for bin, qty in part.bins:
            self._move_in_bin(part, bin, qty)
        if part.is_movement:
            return []
        rest = abs(part.moved.qty_base)
        draws = self._supply(part, increases=not part.is_increase).draw(rest)
        for draw in draws:
            rest -= draw.qty
        if rest and not part.is_increase:
            self._check_covered(part, rest)
        if rest:
            self._supply(part, increases=part.is_increase).add(_opened(part, number, rest))
        return draws

    def _supply(self, part: Part, *, increases: bool) -> Supply:
        """Return the candidates of a part (LED-18), read once for all parts of the same key."""
        numbers = {kind: getattr(part.numbers, kind) for kind in KINDS if is_specific(part.tracking, kind)}
        key = (part.item.no, part.line.variant, part.location.code, increases, *numbers.items())
        if key not in self._supplies:
            newest_first = part.item.costing == "lifo"
            entries = self._books.stock.open_entries(
                part.item.no,
                part.line.variant,
                part.location.code,
                increases=increases,
                newest_first=newest_first,
                **numbers,
            )
            self._supplies[key] = Supply(entries, newest_first=newest_first)
        return self._supplies[key]

    def _check_reserved(self, part: Part) -> None:
        """Ask once per item, variant and location before reserved stock is taken (adjusting.md 6)."""
        key = (part.item.no, part.line.variant, part.location.code)
        reserved = reserved_quantity(*key)
        if reserved and key not in self._asked and "reserved_ask" not in self._situation.confirmed:
            raise NeedsConfirm("reserved_ask", qty=reserved)
        self._asked.add(key)

    def _check_covered(self, part: Part, uncovered: Decimal) -> None:
        """Refuse a decrease that stays open where it may not (LED-31, ITM-61, ITM-62)."""
        specific = next((kind for kind in KINDS if is_specific(part.tracking, kind)), None)
        if not specific and not part.bins and not prevents_negative(part.item, self._situation.settings):
            return
        there = abs(part.moved.qty_base) - uncovered
        if specific and not there:
            number = getattr(part.numbers, specific)
            raise Refused("not_in_stock", number=number, location=part.location.code)
        raise Refused("not_enough", qty=there, short=uncovered)

    def _move_in_bin(self, part: Part, bin: Bin, qty: Decimal) -> None:
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


def _places(parts: Sequence[Part]) -> Iterator[tuple[str, str, str | None]]:
    return (_place(part, bin) for part in parts for bin, _ in part.bins)


def _place(part: Part, bin: Bin) -> tuple[str, str, str | None]:
    """Return location, bin and item of a part; no item where everything in the bin takes of its room."""
    return part.location.code, bin.code, part.item.no if part.location.bin_capacity_policy == "never" else None


def _opened(part: Part, number: int, rest: Decimal) -> OpenEntry:
    return OpenEntry(
        entry=number,
        item=part.item.no,
        variant=part.line.variant,
        location=part.location.code,
        lot=part.numbers.lot,
        serial=part.numbers.serial,
        package=part.numbers.package,
        posting_date=part.posting_date,
        posted_at=_NOW_OR_LATER,
        remaining_qty=rest,
    )
