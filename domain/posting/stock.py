"""Stock as it stands while the lines of one posting move it: what each part draws on, and what may not stay open.

Which entries are candidates and in which order is ledger/; what lies in bins is bins.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from domain.books import Books
from domain.costing.valuing import shares
from domain.errors import NeedsConfirm, Refused
from domain.items.card import Item
from domain.items.moving import prevents_negative
from domain.ledger.application import Draw, Supply, feeds
from domain.ledger.books import OpenEntry
from domain.ledger.entries import Application, ItemEntry, shown
from domain.posting.bins import BinsOnTheWay
from domain.posting.line import Part
from domain.site import Location, Settings, TrackingCode
from domain.situation import Situation
from domain.supply.reserved import reserved_quantity
from domain.tracking.numbers import KINDS, TRANSFER, UNTRACKED, is_specific
from domain.values import ZERO

_FIRST = -(1 << 40)
"""Stand-ins are below zero and, as entry order wants it, rising."""
_NOW_OR_LATER = datetime.max.replace(tzinfo=UTC)
"""What this posting opens comes after all that stands, within one posting date (decision 33)."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A part and what it draws on: increases for a decrease, open decreases for an increase."""

    number: int
    """A stand-in for its entry, under which later parts draw on it (rows.py puts the entry in)."""
    part: Part
    draws: Sequence[Draw] = ()
    taken_back: Sequence[Application] = ()
    """What others drew on the entry it is fixed to, and give back (LED-24)."""
    source: int = 0
    """The decrease whose cost an increase takes (LED-10, LED-25)."""
    supplier: int = 0
    """The increase that a transferred one comes from."""


@dataclass(frozen=True, slots=True)
class Refilled:
    """A decrease that was posted before and lost a supplier, with what it draws on instead (LED-24)."""

    entry: ItemEntry
    draws: Sequence[Draw]


class StockOnTheWay:
    """Stock as it stands while the parts of one posting move it, before anything is written."""

    def __init__(self, books: Books, situation: Situation) -> None:
        self._books = books
        self._situation = situation
        self._bins = BinsOnTheWay(books, situation)
        self._supplies: dict[tuple[object, ...], Supply] = {}
        self._asked: set[tuple[str, str, str]] = set()
        self._numbers = count(_FIRST)
        self._planned: dict[int, Planned] = {}
        self._last = 0
        """The number of the part moved last."""
        self._returned: dict[int, Decimal] = {}
        self._robbed: dict[int, tuple[ItemEntry, Part, Decimal]] = {}
        """Decreases that lost suppliers, with a part of the same goods, and how much."""
        self._taken_back: set[int] = set()
        self._named: list[datetime] = []

    @property
    def latest(self) -> datetime | None:
        """The latest posted_at among the entries the posting builds on."""
        read = [supply.latest for supply in self._supplies.values() if supply.latest]
        return max([*read, *self._named], default=None)

    def plan(self, parts: Sequence[Part]) -> tuple[list[Planned], list[Refilled]]:
        """Move all parts, then fill again what they took suppliers from."""
        if len(parts) > 1:
            self._bins.read_ahead(parts)
        planned = [plan for part in parts for plan in self.move(part)]
        return planned, [self._refilled(*robbed) for robbed in self._robbed.values()]

    def move(self, part: Part) -> list[Planned]:
        """Take or lay down a part; one that comes in by a transfer may become several."""
        if not part.moved.qty_base:
            return [Planned(0, part)]
        if not part.is_increase and not part.is_movement:
            self._check_reserved(part)
        self._bins.move(part)
        if part.is_movement:
            return [Planned(0, part)]
        if part.is_in_half:
            return [self._increase(one, self._last, supplier) for one, supplier in self._portions(part)]
        planned = self._increase(part, part.line.applies_from) if part.is_increase else self._decrease(part)
        self._last = planned.number
        return [planned]

    def _portions(self, part: Part) -> list[tuple[Part, int]]:
        """Return the entries of a transfer's second half, each with its supplier, at the cost that went out (LED-10).

        One for each supplier of the first half; a single one, without, for Average.
        """
        out = self._planned[self._last]
        draws = out.draws
        if part.item.costing == "average" and not any(draw.is_fixed for draw in draws):
            draws = [Draw(0, part.moved.qty_base, part.posting_date)]
        qtys = [draw.qty for draw in draws]
        values = shares(-out.part.value, qtys, self._situation.settings.amount_rounding)
        return [(_portion(part, draw.qty, value), draw.entry) for draw, value in zip(draws, values, strict=True)]

    def _increase(self, part: Part, source: int, supplier: int = 0) -> Planned:
        """Lay down an increase: it fills open decreases first, of which a Specific item has none (LED-20)."""
        if part.named and part.line.applies_from:
            self._check_returned(part, part.named.entry)
        supply, need = self._supply(part, increases=False), part.moved.qty_base
        draws: list[Draw] = []
        if part.named and part.line.applies_to:
            draws = [self._take_open(part, part.named.entry, supply)]
            need -= draws[0].qty
        if part.item.costing != "specific":
            is_barred = (lambda decrease: self._feeds(decrease, source)) if source else None
            draws += supply.draw(need, is_barred)
        return self._keep(Planned(next(self._numbers), part, draws, source=source, supplier=supplier))

    def _decrease(self, part: Part) -> Planned:
        """Take a decrease: of the entry it is fixed to (LED-23), else of the candidates in their order (LED-16)."""
        number = next(self._numbers)
        if part.named:
            draw, taken_back = self._take_fixed(part, part.named.entry)
            return self._keep(Planned(number, part, [draw], taken_back))
        return self._keep(Planned(number, part, self._supply(part, increases=True).draw(-part.moved.qty_base)))

    def _keep(self, planned: Planned) -> Planned:
        """Offer later parts what stays open of this one, if it may."""
        part = planned.part
        self._planned[planned.number] = planned
        rest = abs(part.moved.qty_base)
        for draw in planned.draws:
            rest -= draw.qty
        if rest and not part.is_increase:
            self._check_covered(part, rest)
        if rest:
            self._supply(part, increases=part.is_increase).add(_opened(part, planned.number, rest))
        return planned

    def _supply(self, part: Part, *, increases: bool) -> Supply:
        """Return the candidates of a part (LED-18), read once for all parts of the same key."""
        kinds = () if part.tracking is UNTRACKED else KINDS
        numbers = {kind: getattr(part.numbers, kind) for kind in kinds if is_specific(part.tracking, kind)}
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

    def _take_open(self, part: Part, decrease: ItemEntry, supply: Supply) -> Draw:
        """Push an increase into the open decrease that it names (LED-23).

        Raises Refused("entry_used") where nothing of that is open.
        """
        entry = self._open_part(part, decrease)
        left = supply.left(entry)
        if not left:
            raise Refused("entry_used", no=shown(entry.entry))
        return supply.take(entry, min(left, part.moved.qty_base))

    def _take_fixed(self, part: Part, supplier: ItemEntry) -> tuple[Draw, list[Application]]:
        """Draw a decrease from the increase that it names, and from no other (LED-23)."""
        supply, entry = self._supply(part, increases=True), self._open_part(part, supplier)
        need = -part.moved.qty_base
        taken_back = self._take_back(part, supplier, need - supply.left(entry))
        if taken_back:
            supply.give_back(entry, -sum((row.qty for row in taken_back), ZERO))
        return supply.take(entry, need), taken_back

    def _take_back(self, part: Part, supplier: ItemEntry, missing: Decimal) -> list[Application]:
        """Take back what others drew on a supplier automatically, oldest first, until enough is free (LED-24).

        Raises Refused: entry_fixed where some of that may not be taken back, else entry_used.
        """
        taken_back: list[Application] = []
        code = "entry_used"
        for row in self._books.entries.drawn_on(supplier.id) if missing > 0 else ():
            decrease = self._books.entries.one(row.outbound_entry)
            if missing <= 0 or decrease is None or row.cost_application or row.id in self._taken_back:
                continue
            if row.fixed or not may_lose(decrease, supplier):
                code = "entry_fixed"
                continue
            missing += row.qty
            taken_back.append(row)
            self._taken_back.add(row.id)
            lost = self._robbed[decrease.id][2] if decrease.id in self._robbed else ZERO
            self._robbed[decrease.id] = decrease, part, lost - row.qty
            self._named.append(decrease.posted_at)
        if missing > 0:
            raise Refused(code, no=shown(supplier.id))
        return taken_back

    def _open_part(self, part: Part, entry: ItemEntry) -> OpenEntry:
        """Return what was open of an entry of the part's goods before this posting."""
        self._named.append(entry.posted_at)
        nothing = replace(_opened(part, entry.id, ZERO), posting_date=entry.posting_date, posted_at=entry.posted_at)
        return self._books.entries.open_part(entry.id) or nothing

    def _refilled(self, decrease: ItemEntry, part: Part, lost: Decimal) -> Refilled:
        """Apply again a decrease that lost suppliers, to whatever is open now (LED-24).

        Raises Refused("not_enough") where it would stay open and may not (LED-31).
        """
        supply = self._supply(part, increases=True)
        draws = supply.draw(lost, lambda increase: self._feeds(decrease.id, self._source(increase)))
        rest = lost - sum((draw.qty for draw in draws), ZERO)
        if rest and not self._may_stay_open(part, decrease.entry_type):
            raise Refused("not_enough", qty=lost - rest, short=rest)
        return Refilled(decrease, draws)

    def _feeds(self, decrease: int, source: int) -> bool:
        return feeds(decrease, source, self._source, self._suppliers)

    def _source(self, increase: int) -> int:
        planned = self._planned.get(increase)
        return planned.source if planned else source_of(self._books, increase)

    def _suppliers(self, decrease: int) -> list[int]:
        planned = self._planned.get(decrease)
        return [draw.entry for draw in planned.draws] if planned else suppliers_of(self._books, decrease)

    def _check_returned(self, part: Part, source: ItemEntry) -> None:
        """Refuse to return more than a decrease took (LED-26)."""
        self._named.append(source.posted_at)
        if source.id not in self._returned:
            rows = [row for row in self._books.entries.drawn_by(source.id) if row.cost_application]
            self._returned[source.id] = sum((row.qty for row in rows), ZERO)
        left = -source.qty - self._returned[source.id]
        if part.moved.qty_base > left:
            raise Refused("over_return", qty=left)
        self._returned[source.id] += part.moved.qty_base

    def _check_reserved(self, part: Part) -> None:
        """Ask once per item, variant and location before reserved stock is taken (adjusting.md 6)."""
        key = (part.item.no, part.line.variant, part.location.code)
        reserved = reserved_quantity(*key)
        if reserved and key not in self._asked and "reserved_ask" not in self._situation.confirmed:
            raise NeedsConfirm("reserved_ask", qty=reserved)
        self._asked.add(key)

    def _may_stay_open(self, part: Part, entry_type: str) -> bool:
        return may_stay_open(self._situation.settings, part.item, part.tracking, part.location, entry_type)

    def _check_covered(self, part: Part, uncovered: Decimal) -> None:
        """Refuse a decrease that stays open where it may not."""
        if self._may_stay_open(part, part.line.entry_type):
            return
        there = abs(part.moved.qty_base) - uncovered
        specific = next((kind for kind in KINDS if is_specific(part.tracking, kind)), None)
        if specific and not there:
            number = getattr(part.numbers, specific)
            raise Refused("not_in_stock", number=number, location=part.location.code)
        raise Refused("not_enough", qty=there, short=uncovered)


def source_of(books: Books, increase: int) -> int:
    """Return the decrease whose cost an increase takes, 0 for none (LED-10, LED-25)."""
    own = [row for row in books.entries.drawn_on(increase) if row.item_entry == increase]
    return own[0].outbound_entry if own else 0


def suppliers_of(books: Books, decrease: int) -> list[int]:
    """Return the increases that a decrease draws on."""
    return [row.inbound_entry for row in books.entries.drawn_by(decrease) if not row.cost_application]


def may_stay_open(settings: Settings, item: Item, tracking: TrackingCode, location: Location, entry_type: str) -> bool:
    """Say whether a decrease of these goods may stay open (LED-31, ITM-60..62)."""
    is_never = entry_type == TRANSFER or location.bin_mandatory or any(is_specific(tracking, kind) for kind in KINDS)
    return not is_never and not prevents_negative(item, settings)


def may_lose(decrease: ItemEntry, supplier: ItemEntry) -> bool:
    """Say whether a decrease may lose a supplier: no transfer, correction or drop shipment (LED-29)."""
    is_held = decrease.correction or decrease.drop_shipment or supplier.correction
    return decrease.entry_type != TRANSFER and not is_held


def _portion(part: Part, qty: Decimal, value: Decimal) -> Part:
    moved = replace(part.moved, qty=qty / part.moved.qty_per_unit, qty_base=qty)
    return replace(part, moved=moved, bins=tuple((bin, qty) for bin, _ in part.bins), value=value)


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
