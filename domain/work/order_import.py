"""Orders from a file: rows of one number are one order, all faults of all rows are told, then all or nothing (SITE-09).

A row is a line of an order, or with the same `line` as another one more set of numbers of that line. Not here: the
file and its columns (config/import_map), how a fault is told (the command line).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Identifier, Item, ItemUnit, Variant
from domain.items.moving import pack
from domain.orders.documents import Order, OrderLine, OrderTracking
from domain.orders.order import (
    check_location,
    check_releasable,
    delete_order,
    due_first,
    refuse_handled,
    refuse_locked,
)
from domain.orders.order_lines import LineOrdered, ordered_line
from domain.people.rights import require_right
from domain.posting import TrackingRow
from domain.records import Records
from domain.site import Bin
from domain.situation import Situation
from domain.values import ONE, ZERO, code, quantity
from domain.work.importing import Progress, RowFault, as_held, fault_of

REASON = "IMPORT"


@dataclass(frozen=True, slots=True)
class OrderRow:
    """What one row says of an order; what it does not say another row of the order may."""

    row: int
    """Line of the file; likewise in every fault."""
    no: str
    head: Mapping[str, Any]
    """Field of Order to its value. Any: each has a type of its own; likewise `line`."""
    line: Mapping[str, Any]
    """Field of LineOrdered to its value."""
    line_key: str = ""
    """What tells the lines of an order apart; "" is a line of its own."""
    numbers: TrackingRow | None = None
    numbers_qty: Decimal | None = None
    """How much of the line these numbers are of, in its unit; None is the row's quantity, of which the line is made."""


@dataclass(frozen=True, slots=True)
class ImportOrders:
    """Make orders; with `replace` those that are there, open and not handled are written anew."""

    rows: tuple[OrderRow, ...]
    replace: bool = False


@dataclass(frozen=True, slots=True)
class OrdersImported:
    """Numbers of the orders, by what became of them. Nothing was saved where there are faults."""

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    released: tuple[str, ...]
    """Of both, those the file says are released (decision 64)."""
    lines: int
    faults: tuple[RowFault, ...]


@dataclass(slots=True)
class _Planned:
    """An order as its rows make it."""

    order: Order
    before: Order | None
    lines: list[OrderLine] = field(default_factory=list)
    named: list[OrderTracking] = field(default_factory=list)


def check_orders(
    books: Books, situation: Situation, command: ImportOrders, progress: Progress | None = None
) -> OrdersImported:
    """Say what `import_orders` would do, without doing it."""
    return _planned(books, situation, command, progress)[0]


def import_orders(books: Books, situation: Situation, command: ImportOrders) -> OrdersImported:
    """Save all orders, or nothing where a row has a fault (right `documents`, and `release` for released ones)."""
    require_right(situation, "documents")
    result, planned = _planned(books, situation, command)
    if result.faults:
        return result
    for one in planned:
        for right in ("documents", "release") if one.order.status == "released" else ("documents",):
            require_right(situation, right, one.order.location)
    with books.ledger.command(situation.head("import")):
        for one in planned:
            if one.before is not None:
                delete_order(books.records, one.before, REASON)
        lines = [line for one in planned for line in one.lines]
        books.records.read_ahead(OrderLine, ((line.order, line.line_no) for line in lines))
        named = [row for one in planned for row in one.named]
        books.records.read_ahead(OrderTracking, ((row.order, row.line_no, row.row_no) for row in named))
        books.records.save_all([*(one.order for one in planned), *lines, *named], REASON)
    return result


def _planned(
    books: Books, situation: Situation, command: ImportOrders, progress: Progress | None = None
) -> tuple[OrdersImported, list[_Planned]]:
    """Return what becomes of every order, and the orders."""
    by_order: dict[str, list[OrderRow]] = defaultdict(list)
    for row in command.rows:
        by_order[row.no].append(row)
    _read_ahead(books.records, command.rows)
    faults: list[RowFault] = []
    planned = []
    done = 0
    for rows in by_order.values():
        planned.append(_order(books, situation, rows, faults, is_replacing=command.replace))
        done += len(rows)
        if progress:
            progress(done, len(command.rows))
    result = OrdersImported(
        new=tuple(one.order.no for one in planned if one.before is None),
        replaced=tuple(one.order.no for one in planned if one.before is not None),
        released=tuple(one.order.no for one in planned if one.order.status == "released"),
        lines=sum(len(one.lines) for one in planned),
        faults=tuple(faults),
    )
    return result, planned


def _read_ahead(records: Records, rows: Sequence[OrderRow]) -> None:
    """Read what the rows name with few statements."""
    records.read_ahead(Order, ((row.no,) for row in rows))
    records.read_ahead(Item, ((code(row.line["item"]),) for row in rows))
    records.read_ahead(Identifier, ((as_held(row.line["item"]),) for row in rows))
    items = [(row, item) for row in rows if (item := records.one(Item, code(row.line["item"])))]
    units = ((item.no, uom) for row, item in items for uom in (item.base_uom, row.line.get("uom", "")))
    records.read_ahead(ItemUnit, units)
    records.read_ahead(Variant, ((item.no, row.line["variant"]) for row, item in items if "variant" in row.line))
    records.read_ahead(Bin, ((row.head.get("location", ""), row.line["bin"]) for row in rows if "bin" in row.line))


def _order(
    books: Books, situation: Situation, rows: Sequence[OrderRow], faults: list[RowFault], *, is_replacing: bool
) -> _Planned:
    """Return the order of these rows; what is wrong with any goes to `faults`."""
    records, first = books.records, rows[0]
    head = _agreed([(row, row.head) for row in rows], faults)
    head = {"kind": "sales_order", "location": situation.settings.default_location, **head}
    planned = _Planned(Order(no=first.no, created_at=situation.now, **head), records.one(Order, first.no))
    wrong = _wrong_with_head(records, planned, is_replacing=is_replacing)
    faults.extend(fault_of(first.row, refused) for refused in wrong)
    for number, of_line in enumerate(_by_line(rows), 1):
        try:
            line, named = ordered_line(books, planned.order, number, _line(records, of_line, faults))
            if planned.order.status == "released":
                check_releasable(records, situation.settings, planned.order.kind, line)
        except Refused as refused:
            faults.append(fault_of(of_line[0].row, refused))
            continue
        planned.lines.append(line)
        planned.named += named
    planned.order = due_first(planned.order, planned.lines)
    return planned


def _wrong_with_head(records: Records, planned: _Planned, *, is_replacing: bool) -> Iterator[Refused]:
    """Yield what is wrong with an order as a whole; one that is there must be open and not handled to be replaced."""
    kept = planned.before
    try:
        if kept is not None and is_replacing:
            refuse_locked(kept)
            refuse_handled(records, kept.no)
        elif kept is not None:
            yield Refused("order_exists", document=kept.no)
        check_location(records, planned.order.location)
    except Refused as refused:
        yield refused


def _by_line(rows: Sequence[OrderRow]) -> Iterator[list[OrderRow]]:
    """Yield the rows of each line in the order of the file."""
    lines: dict[object, list[OrderRow]] = defaultdict(list)
    for number, row in enumerate(rows):
        lines[row.line_key or number].append(row)
    yield from lines.values()


def _line(records: Records, rows: Sequence[OrderRow], faults: list[RowFault]) -> LineOrdered:
    """Return the line that some rows make; where they do not say of how much their numbers are, they add up to it."""
    adds_up = all(row.numbers_qty is None for row in rows)
    skipped = {"qty"} if adds_up else set()
    said = [(row, {name: value for name, value in row.line.items() if name not in skipped}) for row in rows]
    told = _agreed(said, faults)
    if adds_up:
        told["qty"] = sum((row.line["qty"] for row in rows), ZERO)
    no, variant, uom = _item_named(records, told["item"])
    line = LineOrdered(**{"variant": variant, "uom": uom, "bin": "", **told, "item": no})
    item = records.one(Item, no)
    per_unit = pack(records, item, line.uom) if item else ONE
    tracking = tuple(
        replace(row.numbers, qty_base=quantity((row.numbers_qty or row.line["qty"]) * per_unit))
        for row in rows
        if row.numbers is not None
    )
    return replace(line, tracking=tracking)


def _agreed(said: Iterable[tuple[OrderRow, Mapping[str, Any]]], faults: list[RowFault]) -> dict[str, Any]:
    """Return what some rows say together: the first to say a value counts, and another one is a fault."""
    told: dict[str, Any] = {}  # as in OrderRow
    said_in: dict[str, int] = {}
    for row, values in said:
        for name, value in values.items():
            if told.setdefault(name, value) != value:
                is_now = {"is_now": told[name], "row": said_in[name]}
                faults.append(fault_of(row.row, Refused("said_otherwise", prompt=name, document=row.no, **is_now)))
            said_in.setdefault(name, row.row)
    return told


def _item_named(records: Records, text: str) -> tuple[str, str, str]:
    """Return item, variant and unit of an item number, else of a code that stands for an item (catalogue.md)."""
    no, held = code(text), as_held(text)
    if records.one(Item, no) is None:
        if known := records.one(Identifier, held):
            return known.item, known.variant, known.uom
        if held.isdecimal() and (cards := records.rows(Item, gtin=held)):
            return cards[0].no, "", ""
    return no, "", ""
