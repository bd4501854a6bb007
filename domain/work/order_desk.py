"""What the office does with orders of which picks may be open: reopen, cancel, post (DOC-02, DOC-16, DOC-18).

    reopen(books, situation, no) -> Order
    cancel(books, situation, no)
    post_order(books, situation, PostOrder) -> Posted     all that is to be handled, or what is said of each line

Not here: what an order itself allows (domain/orders), the picks (picking.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.moving import in_base_unit
from domain.orders.documents import OUTBOUND, Order, OrderLine
from domain.orders.order import cancel_order, order_of, reopen_order
from domain.orders.order_lines import lines_of, tracking_of
from domain.orders.shipped_lines import WAYS, Handled, item_of
from domain.orders.shipping import receive_order, ship_order
from domain.people.rights import require_right
from domain.posting import TrackingRow
from domain.posting.posted import Posted, once
from domain.records import Records
from domain.situation import Situation
from domain.work.activities import Activity
from domain.work.picking import lines_of as pick_lines
from domain.work.picking import remove_pick

SOURCE = "order"


@dataclass(frozen=True, slots=True)
class PostOrder:
    """Ship or receive an order at the desk; what is not said of a line is what the line has to be handled."""

    no: str
    qty: Mapping[int, Decimal] | None = None
    """By line, in its unit; lines not named stay. None is every line."""
    tracking: Mapping[int, tuple[TrackingRow, ...]] = field(default_factory=dict)
    """By line, in base units; a line not named has the numbers it names."""
    posting_date: date | None = None
    is_invoiced: bool = False


def reopen(books: Books, situation: Situation, no: str) -> Order:
    """Open a released order for changes; its picks of which nothing is taken go (DOC-02; right `release`).

    Raises Refused("reopen_handled") where something is taken.
    """
    _refuse_taken(books.records, situation, no, "release")
    order = reopen_order(books, situation, no)
    _remove_picks(books, no)
    return order


def cancel(books: Books, situation: Situation, no: str) -> None:
    """Delete an order of which nothing is handled or taken, and its picks (DOC-16; right `documents`).

    Raises Refused("reopen_handled").
    """
    _refuse_taken(books.records, situation, no, "documents")
    cancel_order(books, situation, no)
    _remove_picks(books, no)


def post_order(books: Books, situation: Situation, command: PostOrder) -> Posted:
    """Post a shipment or receipt from the order itself (rights `ship`, `receive`).

    Raises Refused: use_warehouse while a pick of it is open (DOC-18), and what posting an order is refused for.
    """

    def work() -> Posted:
        records = books.records
        order = order_of(records, command.no)
        require_right(situation, WAYS[order.kind].right, order.location)
        if picks := _picks_of(records, order.no):
            raise Refused("use_warehouse", location=order.location, what=picks[0].no)
        handled = [part for line in lines_of(records, order.no) for part in _handled(records, line, command)]
        post = ship_order if order.kind in OUTBOUND else receive_order
        return post(
            books,
            situation,
            order.no,
            handled,
            source=SOURCE,
            posting_date=command.posting_date,
            is_invoiced=command.is_invoiced,
        )

    return once(books, situation, "post_order", SOURCE, work)


def _handled(records: Records, line: OrderLine, command: PostOrder) -> Iterator[Handled]:
    """Yield what is posted of a line: under the numbers said, else under those it names, else under none."""
    qty_base = line.to_handle_base
    if command.qty is not None:
        qty = command.qty.get(line.line_no, Decimal())
        qty_base = in_base_unit(records, item_of(records, line.item), line.uom, qty).qty_base
    rows = command.tracking.get(line.line_no) or [
        TrackingRow(row.lot, row.serial, row.package, row.expires, qty_base=row.outstanding_base)
        for row in tracking_of(records, line.order, line.line_no)
    ]
    for row in rows:
        taken = qty_base if row.qty_base is None else min(qty_base, row.qty_base)
        qty_base -= taken
        if taken:
            yield Handled(line.line_no, taken, replace(row, qty_base=None))
    if qty_base:
        yield Handled(line.line_no, qty_base)


def _picks_of(records: Records, order: str) -> list[Activity]:
    return records.rows(Activity, order=order)


def _refuse_taken(records: Records, situation: Situation, no: str, right: str) -> None:
    """Refuse who may not change an order, then to change one of which a pick holds goods."""
    require_right(situation, right, order_of(records, no).location)
    for pick in _picks_of(records, no):
        if any(line.qty_to_handle for line in pick_lines(records, pick.no)):
            raise Refused("reopen_handled", document=pick.no)


def _remove_picks(books: Books, order: str) -> None:
    for pick in _picks_of(books.records, order):
        remove_pick(books, pick)
