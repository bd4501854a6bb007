"""Commands on orders: made, changed, released, reopened, cancelled (documents.md DOC-01, DOC-02, DOC-10..16).

Not here: the lines and their numbers (order_lines.py), what picks hold of an order (domain/work/order_desk.py asks that
first), lists (order_list.py), posting (shipping.py), files of orders (domain/work/order_import.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.books import Books
from domain.errors import Refused
from domain.items.moving import item_to_move
from domain.orders.documents import Order, OrderLine, OrderTracking
from domain.orders.order_lines import LineOrdered, changed_line, item_to_order, lines_of, ordered_line, tracking_of
from domain.people.rights import require_right
from domain.posting import TrackingRow
from domain.records import Records
from domain.series import next_document_number
from domain.site import Location, Settings
from domain.situation import Situation

SERIES = {
    "sales_order": "SO",
    "purchase_order": "PO",
    "sales_return_order": "SRO",
    "purchase_return_order": "PRO",
}
"""Built-in number series by kind."""
FREE_WHEN_RELEASED = frozenset({"qty_to_handle", "bin"})
"""Fields of a line that may change on a released order (DOC-02); its numbers may, too."""


@dataclass(frozen=True, slots=True)
class SaveOrder:
    """Make an order, or write one anew that is open and not handled; without a number it gets the next one."""

    order: Order
    lines: tuple[LineOrdered, ...]


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    """Change fields of an order's head. Any: each field has a type of its own."""

    no: str
    changes: Mapping[str, Any]
    """Fields of Order but its number, kind, location and status."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Change fields of a line, or the numbers it names."""

    order: str
    line_no: int
    changes: Mapping[str, Any]
    """Fields of LineOrdered and `qty_to_handle`. Any: each has a type of its own."""
    tracking: tuple[TrackingRow, ...] | None = None
    """None leaves them."""


def order_of(records: Records, no: str) -> Order:
    """Return an order.

    Raises Refused("unknown").
    """
    order = records.one(Order, no)
    if order is None:
        raise Refused("unknown", code=no, prompt="document")
    return order


def save_order(books: Books, situation: Situation, command: SaveOrder) -> Order:
    """Keep an order with all its lines, open (right `documents`).

    Raises Refused: what its lines are refused for (order_lines.py), an unknown location, and of an order that is there
    already locked_line where it is released and reopen_handled where something is handled.
    """
    require_right(situation, "documents", command.order.location)
    check_location(books.records, command.order.location)
    with books.ledger.command(situation.head("change")):
        no = command.order.no or next_order_number(books.records, situation, command.order.kind)
        order = replace(command.order, no=no, status="open", created_at=situation.now)
        if kept := books.records.one(Order, no):
            refuse_locked(kept)
            refuse_handled(books.records, no)
            delete_order(books.records, kept)
        rows = [ordered_line(books, order, number, wanted) for number, wanted in enumerate(command.lines, 1)]
        order = due_first(order, [line for line, _ in rows])
        books.records.save_all([order, *(line for line, _ in rows), *(row for _, named in rows for row in named)])
    return order


def release_order(books: Books, situation: Situation, no: str) -> Order:
    """Lock an order and offer it to the floor (DOC-01; right `release`). One that is released stays so."""
    order = order_of(books.records, no)
    with books.ledger.command(situation.head("change")):
        return released(books, situation, order)


def released(books: Books, situation: Situation, order: Order) -> Order:
    """Return an order released inside the running command: posting an open one releases it first (DOC-01).

    Raises Refused: nothing_to_release, missing (location or variant where they are mandatory), and what an item was
    blocked for since it was ordered (ITM-54).
    """
    require_right(situation, "release", order.location)
    if order.status == "released":
        return order
    lines = lines_of(books.records, order.no)
    if not lines:
        raise Refused("nothing_to_release")
    for line in lines:
        check_releasable(books.records, situation.settings, order.kind, line)
    order = replace(order, status="released")
    books.records.save(order)
    return order


def check_releasable(records: Records, settings: Settings, kind: str, line: OrderLine) -> None:
    """Refuse a line that may not be shipped or received as it stands (DOC-01, ITM-54)."""
    item = item_to_order(records, kind, line.item, line.variant)
    if item.type != "inventory":
        return
    if not line.location and settings.location_mandatory:
        raise Refused("missing", what="location")
    item_to_move(records, settings, line.item, line.variant)


def reopen_order(books: Books, situation: Situation, no: str) -> Order:
    """Open a released order for changes (right `release`). Picks are asked before (domain/work/order_desk.py)."""
    order = order_of(books.records, no)
    require_right(situation, "release", order.location)
    order = replace(order, status="open")
    with books.ledger.command(situation.head("change")):
        books.records.save(order)
    return order


def cancel_order(books: Books, situation: Situation, no: str) -> None:
    """Delete an order nothing of which is handled (right `documents`). Picks are asked before.

    Raises Refused("reopen_handled").
    """
    order = order_of(books.records, no)
    require_right(situation, "documents", order.location)
    refuse_handled(books.records, no)
    with books.ledger.command(situation.head("change")):
        delete_order(books.records, order)


def change_order(books: Books, situation: Situation, command: ChangeOrder) -> Order:
    """Change the head of an open order (DOC-02; right `documents`)."""
    order = order_of(books.records, command.no)
    require_right(situation, "documents", order.location)
    refuse_locked(order)
    order = replace(order, **command.changes)
    with books.ledger.command(situation.head("change")):
        books.records.save(order)
    return order


def change_line(books: Books, situation: Situation, command: ChangeLine) -> OrderLine:
    """Change a line of an order (DOC-02, DOC-10..15; right `documents`).

    Raises Refused: locked_line for what a released order keeps, and what changed_line refuses.
    """
    records = books.records
    order = order_of(records, command.order)
    require_right(situation, "documents", order.location)
    if command.changes.keys() - FREE_WHEN_RELEASED:
        refuse_locked(order)
    line = records.one(OrderLine, order.no, command.line_no)
    if line is None:
        raise Refused("unknown", code=command.line_no, prompt="line")
    before = tracking_of(records, order.no, line.line_no)
    line, named = changed_line(books, order, line, before, command.changes, command.tracking)
    with books.ledger.command(situation.head("change")):
        kept = {row.row_no for row in named}
        for row in before:
            if row.row_no not in kept:
                records.remove(row)
        records.save_all([line, *named])
    return line


def refuse_locked(order: Order) -> None:
    """Refuse to change a released order (DOC-02)."""
    if order.status == "released":
        raise Refused("locked_line", document=order.no)


def refuse_handled(records: Records, no: str) -> None:
    """Refuse to write anew or delete an order of which something is shipped or received (DOC-16)."""
    if any(line.qty_handled_base for line in lines_of(records, no)):
        raise Refused("reopen_handled", document=no)


def check_location(records: Records, code: str) -> None:
    """Refuse an order at a location that does not exist, or is only passed through."""
    location = records.one(Location, code) if code else None
    if code and location is None:
        raise Refused("unknown", code=code, prompt="location")
    if location is not None and location.in_transit:
        raise Refused("transit_only", location=code)


def next_order_number(records: Records, situation: Situation, kind: str) -> str:
    """Return the next number of the kind's series that no order has: partners' orders bring numbers of their own."""
    while records.one(Order, no := next_document_number(records, kind, SERIES[kind], situation.work_date)):
        pass
    return no


def due_first(order: Order, lines: list[OrderLine]) -> Order:
    """Return the order due when its first line is, where its head does not say."""
    dues = [line.due for line in lines if line.due]
    return order if order.due or not dues else replace(order, due=min(dues))


def delete_order(records: Records, order: Order, reason: str = "") -> None:
    """Delete an order with its lines and their numbers."""
    for row in records.rows(OrderTracking, order=order.no):
        records.remove(row, reason)
    for line in lines_of(records, order.no):
        records.remove(line, reason)
    records.remove(order, reason)
