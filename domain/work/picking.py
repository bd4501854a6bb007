"""Inventory picks made from released orders, and taken away again (picking.md 1-18, 33; set-up level 3).

    create_pick(books, situation, order_no) -> Activity
    delete_pick(books, situation, no)
    lines_of(records, no) -> list[ActivityLine]           in the order they were made
    walking_order(lines) -> list[ActivityLine]            by bin ranking, then bin
    pick_to(books, situation, no) -> Activity             for a command on it: right, location, not done yet

Locations without requirement flags are picked the same way: the pick is the draft of the shipment (floor-flows.md 4).
Not here: what of the stock may be picked (pick_stock.py), lists and finding (pick_lists.py), work on the lines
(pick_lines.py, pick_places.py), posting (pick_posting.py), and warehouse picks (levels 4-6), which are not built yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import item_to_move
from domain.orders.documents import OUTBOUND, Order, OrderLine, OrderTracking
from domain.orders.order import order_of
from domain.orders.order_lines import lines_of as order_lines
from domain.people.rights import require_right
from domain.places.lying import stock_location
from domain.records import Records
from domain.series import next_document_number
from domain.site import Location, TrackingCode
from domain.situation import Situation
from domain.tracking.numbers import KINDS, TrackingRow, in_bins, is_needed, known_date, tracking_code
from domain.values import ONE, ZERO
from domain.work.activities import Activity, ActivityLine, PostedPick
from domain.work.claims import claim, end
from domain.work.pick_stock import Pickable, pickables
from domain.work.stock_here import Goods

SERIES = "PICK"
"""The built-in number series."""
LINE_STEP = 10000
"""Between the numbers of two lines, so that a split finds room (rule 28)."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an order line that becomes a pick line."""

    goods: Goods
    qty: Decimal
    bin: str = ""
    ranking: int = 0
    expires: date | None = None
    is_fixed: bool = False
    is_piece: bool = False


def create_pick(books: Books, situation: Situation, order_no: str) -> Activity:
    """Make a pick of all that may be picked of a released order (right `pick`).

    Raises Refused:
        not_released, and a blocked item or variant (1); use_warehouse at levels 4-6.
        complete_only: the order ships complete and a line is not free in full (7).
        what keeps the first line from being picked at all: lots_expired, only_nonpick, bin_dedicated, bin_blocked,
            blocked, not_enough (on other picks), else nothing_to_do (2).
    """
    order = _order_to_pick(books, situation, order_no)
    location = place_to_pick(books.records, order.location)
    wants = _wants(books, situation, order)
    stocks = pickables(books, location, {(want.item, want.line.variant) for want in wants})
    why: list[Refused] = []
    made: list[ActivityLine] = []
    for want in wants:
        search = _Search(books, situation, want, stocks[want.item.no, want.line.variant])
        parts = list(search.parts(pick_fefo=location.pick_fefo))
        free = sum((part.qty for part in parts), ZERO)
        if order.shipping_advice == "complete" and free < want.qty:
            raise Refused("complete_only", n=free, m=want.qty)
        if location.always_create_pick_line and free < want.qty:
            parts += search.without_bin(want.qty - free)
        why += search.why
        made += [_as_line(want.line, location, part) for part in parts]
    if not made:
        raise why[0] if why else Refused("nothing_to_do", job="pick")
    return _keep(books, order, situation, made)


def delete_pick(books: Books, situation: Situation, no: str) -> None:
    """Take a pick away: its stock is free again, numbers it proposed go with it (rule 33; right `approve`).

    Raises Refused: what pick_to refuses, and what claims.claim does while somebody works on it.
    """
    activity = pick_to(books, situation, no, right="approve")
    claim(books, situation, no)
    remove_pick(books, activity)


def remove_pick(books: Books, activity: Activity) -> None:
    """Delete a pick with its lines, whosever claim it is."""
    books.records.remove_all([*lines_of(books.records, activity.no), activity])
    end(books, activity.no)


def lines_of(records: Records, no: str) -> list[ActivityLine]:
    """Return the lines of a pick in the order they were made."""
    return records.rows(ActivityLine, activity=no)


def walking_order(lines: Iterable[ActivityLine]) -> list[ActivityLine]:
    """Return lines by bin ranking, then bin; those without a bin come last, in the order they were made."""
    return sorted(lines, key=lambda line: (not line.bin, -line.bin_ranking, line.bin, line.line_no))


def place_to_pick(records: Records, code: str) -> Location:
    """Return a location where picks post: not directed, and shipments are no documents of their own (bins.md, levels).

    Raises Refused: unknown, transit_only, use_warehouse.
    """
    location = stock_location(records, code, when_directed="warehouse pick")
    if location.require_shipment:
        raise Refused("use_warehouse", location=code, what="warehouse pick")
    return location


def pick_to(books: Books, situation: Situation, no: str, *, right: str = "pick") -> Activity:
    """Return a pick for a command on it.

    Raises Refused: no_right and not_your_location before anything is told of it (SAF-25), document_elsewhere (decision
    11), done where it is posted already (41), unknown.
    """
    activity = books.records.one(Activity, no)
    require_right(situation, right, activity.location if activity else "")
    if activity is None:
        raise gone(books.records, no)
    if activity.location and situation.location not in ("", activity.location):
        raise Refused("document_elsewhere", document=no, location=activity.location)
    return activity


def gone(records: Records, no: str) -> Refused:
    """Return the refusal of a pick that is not there: who posted it last and when, else unknown (rule 41)."""
    posted = max(records.rows(PostedPick, no=no), key=lambda row: row.posted_at, default=None)
    if posted is None:
        return Refused("unknown", code=no, prompt="document")
    return Refused("done", operator=posted.operator, time=posted.posted_at)


def entry_type_of(order: Order) -> str:
    """Return what posting a pick of the order writes: a sale, or a purchase that goes back."""
    return "sale" if order.kind == "sales_order" else "purchase"


def needed_numbers(tracking: TrackingCode, order: Order) -> list[str]:
    """Return the kinds of numbers each line has to name: kept in bins, or needed by its posting (35; tracking.md 8)."""
    entry_type = entry_type_of(order)
    return [kind for kind in KINDS if in_bins(tracking, kind) or is_needed(tracking, kind, entry_type, increase=False)]


def proposed(line: ActivityLine) -> tuple[str, str, str]:
    """Return the lot, serial and package a line was made with."""
    return line.proposed_lot, line.proposed_serial, line.proposed_package


def _order_to_pick(books: Books, situation: Situation, order_no: str) -> Order:
    found = books.records.one(Order, order_no)
    require_right(situation, "pick", found.location if found else "")
    order = order_of(books.records, order_no)
    if order.kind not in OUTBOUND:
        raise Refused("nothing_to_do", job="pick", code=order.no)
    if order.status != "released":
        raise Refused("not_released", document=order.no)
    return order


@dataclass(frozen=True, slots=True)
class _Want:
    """What of an order line is on no pick yet, and which numbers it names."""

    line: OrderLine
    item: Item
    qty: Decimal
    named: tuple[tuple[Goods, Decimal], ...]
    needs_serial: bool


def _wants(books: Books, situation: Situation, order: Order) -> list[_Want]:
    """Return what may be asked of the stock for an order (rules 1, 2), line by line."""
    records = books.records
    lines = [line for line in order_lines(records, order.no) if line.location == order.location]
    records.read_ahead(Item, ((line.item,) for line in lines))
    picks = [(pick.no,) for pick in records.rows(Activity, order=order.no)]
    on_picks, numbers = defaultdict(list), defaultdict(list)
    for pick_line in records.rows_equal(ActivityLine, ("activity",), picks):
        on_picks[pick_line.order_line].append(pick_line)
    for row in records.rows(OrderTracking, order=order.no):
        numbers[row.line_no].append(row)
    wants = []
    for line in lines:
        item = records.one(Item, line.item)
        qty = line.outstanding_base - _total(on_picks[line.line_no])
        if item is None or item.type != "inventory" or qty <= 0:
            continue
        item_to_move(records, situation.settings, line.item, line.variant)
        named = tuple(_named(line, row, on_picks[line.line_no]) for row in numbers[line.line_no])
        needs_serial = "serial" in needed_numbers(tracking_code(records, item), order)
        wants.append(_Want(line, item, qty, named, needs_serial))
    return wants


def _named(line: OrderLine, row: OrderTracking, on_picks: Iterable[ActivityLine]) -> tuple[Goods, Decimal]:
    """Return numbers an order line names, with what of them is on no pick yet."""
    numbers = row.lot, row.serial, row.package
    of_row = [one for one in on_picks if one.is_number_fixed and proposed(one) == numbers]
    return Goods(line.item, line.variant, *numbers), row.outstanding_base - _total(of_row)


def _total(lines: Iterable[ActivityLine]) -> Decimal:
    return sum((line.outstanding for line in lines), ZERO)


class _Search:
    """The search for what one order line wants in the stock that may be picked."""

    def __init__(self, books: Books, situation: Situation, want: _Want, stock: Pickable) -> None:
        self._books = books
        self._work_date = situation.work_date
        self._want = want
        self._stock = stock
        self._tracking = tracking_code(books.records, want.item)
        self._any = Goods(want.item.no, want.line.variant)
        self.why = list(stock.why)

    def parts(self, *, pick_fefo: bool) -> Iterator[_Part]:
        """Yield what is found: numbers the order names first (9), then by expiry (10-13), then any."""
        wanted = self._want.qty
        for goods, qty in self._want.named:
            yield from self._taken(goods, min(qty, wanted), is_fixed=True)
            wanted -= min(qty, wanted)
        is_passed = False
        if self._tracking.strict_expiration or (pick_fefo and any(in_bins(self._tracking, kind) for kind in KINDS)):
            dated, is_passed = self._by_expiry()
            for goods in dated:
                for part in self._taken(goods, wanted):
                    wanted -= part.qty
                    yield part
        if is_passed:  # 11: no line without numbers beside expired ones
            self.why.insert(0, Refused("lots_expired"))
        else:
            yield from self._taken(self._any, wanted)

    def without_bin(self, qty: Decimal) -> list[_Part]:
        """Return the rest that is nowhere to be had, for a location that wants a line all the same (8)."""
        return self._pieces(_Part(self._any, qty))

    def _by_expiry(self) -> tuple[list[Goods], bool]:
        """Return dated goods, first expiry first, then lowest lot and serial, and whether expired ones were passed.

        Undated goods are not proposed (12).
        """
        dated = [(row.expires, row.goods) for row in self._stock.rows if row.expires]
        usable = [(expires, goods) for expires, goods in dated if not self._is_expired(expires)]
        usable.sort(key=lambda row: (row[0], row[1].lot, row[1].serial))
        return list(dict.fromkeys(goods for _, goods in usable)), len(usable) < len(dated)

    def _is_expired(self, expires: date) -> bool:
        return self._tracking.strict_expiration and expires < self._work_date

    def _taken(self, goods: Goods, need: Decimal, *, is_fixed: bool = False) -> Iterator[_Part]:
        numbers = TrackingRow(goods.lot, goods.serial, goods.package)
        expires = known_date(self._books, self._want.item, goods.variant, numbers)
        for taken in self._stock.take(goods, need, first=self._want.line.bin):
            yield from self._pieces(_Part(goods, taken.qty, taken.bin, taken.ranking, expires, is_fixed))

    def _pieces(self, part: _Part) -> list[_Part]:
        """Return a part, or one for each piece where serials are scanned (15)."""
        return [replace(part, qty=ONE, is_piece=True)] * int(part.qty) if self._want.needs_serial else [part]


def _keep(books: Books, order: Order, situation: Situation, lines: Sequence[ActivityLine]) -> Activity:
    no = next_document_number(books.records, "pick", SERIES, situation.work_date)
    activity = Activity(
        no=no,
        kind="pick",
        is_inventory=True,
        location=order.location,
        order=order.no,
        partner=order.partner,
        due=order.due,
        priority=order.priority,
        created_at=situation.now,
    )
    books.records.save(activity)
    books.records.save_all(
        replace(line, activity=no, line_no=number * LINE_STEP) for number, line in enumerate(lines, 1)
    )
    return activity


def _as_line(line: OrderLine, location: Location, part: _Part) -> ActivityLine:
    goods = part.goods
    return ActivityLine(
        activity="",
        line_no=0,
        action="take" if location.bin_mandatory else "",
        location=location.code,
        item=line.item,
        order_line=line.line_no,
        variant=line.variant,
        uom=line.uom,
        qty_per_unit=line.qty_per_unit,
        qty=part.qty,
        bin=part.bin,
        bin_ranking=part.ranking,
        lot=goods.lot,
        serial=goods.serial,
        package=goods.package,
        expires=part.expires,
        is_number_fixed=part.is_fixed,
        is_piece=part.is_piece,
        proposed_lot=goods.lot,
        proposed_serial=goods.serial,
        proposed_package=goods.package,
    )
