"""Which orders wait to be worked on, and finding one (floor-flows.md, Pick: document).

Not here: who may take one and which pick is open for it (domain/work).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.books import Books
from domain.orders.documents import OUTBOUND, Order, OrderLine
from domain.records import Records
from domain.site import Bin, BinContent, Location
from domain.values import code

LAST_PRIORITY = 2**31
"""A priority of 0 is none: it comes after every other."""


@dataclass(frozen=True, slots=True)
class OrderToDo:
    """An order and what of it is outstanding."""

    order: Order
    lines: tuple[OrderLine, ...]
    """Those with something outstanding."""
    zone: str
    """Of the bin it begins in; "" where there are no zones, and where nothing lies."""


def orders_to_do(
    books: Books,
    location: str | None,
    *,
    kinds: Sequence[str] = OUTBOUND,
    status: str | None = "released",
    due: date | None = None,
    priority: int | None = None,
    zone: str | None = None,
) -> list[OrderToDo]:
    """Return the orders of a location with something outstanding, most pressing first.

    By due date (none last), priority (1 first, 0 last), zone of the first bin, number. `due` is the latest date wanted,
    `priority` the highest figure; None leaves any of them free, the location too.
    """
    given = {name: value for name, value in (("location", location), ("status", status)) if value is not None}
    found = [
        order
        for order in books.records.rows(Order, **given)
        if order.kind in kinds
        and (due is None or (order.due is not None and order.due <= due))
        and (priority is None or 0 < order.priority <= priority)
    ]
    to_do = [row for row in _to_do(books, found) if zone is None or row.zone == zone]
    return sorted(to_do, key=_pressing)


def find_orders(records: Records, text: str) -> list[Order]:
    """Return the order of that number, else those the partner calls so."""
    order = records.one(Order, code(text))
    if order is not None:
        return [order]
    named = list(dict.fromkeys([(text.strip(),), (code(text),)]))
    return records.rows_equal(Order, ("external_document_no",), named) if text.strip() else []


def _pressing(row: OrderToDo) -> tuple[date, int, str, str]:
    order = row.order
    return order.due or date.max, order.priority or LAST_PRIORITY, row.zone, order.no


def _to_do(books: Books, orders: Sequence[Order]) -> Iterator[OrderToDo]:
    lines: dict[str, list[OrderLine]] = defaultdict(list)
    for line in books.records.rows_equal(OrderLine, ("order",), ((order.no,) for order in orders)):
        if line.outstanding_base:
            lines[line.order].append(line)
    zones = _Zones(books)
    for order in orders:
        if lines[order.no]:
            yield OrderToDo(order, tuple(lines[order.no]), zones.first(lines[order.no][0]))


class _Zones:
    """Zones of first bins, read once for all orders that begin with the same goods."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._bins: dict[tuple[str, str, str], Bin | None] = {}

    def first(self, line: OrderLine) -> str:
        """Return the zone of the bin that a line names, else of the one its goods are taken from first."""
        bin = self._books.records.one(Bin, line.location, line.bin) if line.bin else self._lying(line)
        return bin.zone if bin else ""

    def _lying(self, line: OrderLine) -> Bin | None:
        key = (line.location, line.item, line.variant)
        if key not in self._bins:
            self._bins[key] = self._first_bin(*key)
        return self._bins[key]

    def _first_bin(self, location: str, item: str, variant: str) -> Bin | None:
        """Return the first bin that would be emptied: default, then by ranking, then by code (decisions 1 and 43)."""
        records = self._books.records
        place = records.one(Location, location)
        if place is None or not place.bin_mandatory:
            return None
        there = [row for row in self._books.bins.of_item(item, location) if row.variant == variant]
        bins = [bin for row in there if (bin := records.one(Bin, location, row.bin))]
        defaults = set()
        if not place.directed and place.pick_bin_policy == "default_bin":
            whose = {"location": location, "item": item, "variant": variant}
            defaults = {content.bin for content in records.rows(BinContent, **whose, default=True)}
        return min(bins, key=lambda one: (one.code not in defaults, -one.ranking, one.code), default=None)
