"""Posting an order: what was shipped or received goes through the door and leaves a posted document (DOC-60..65).

    ship_order(books, situation, no, handled, source=...) -> Posted      sales orders, returns to vendors (right `ship`)
    receive_order(...) -> Posted                                         purchase orders, customers' returns (`receive`)

Both run inside the running command. Not here: which goods are taken (work/), what a part of a line is on the journal
(shipped_lines.py), taking a posting back (taking_back.py), invoicing what was posted before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.orders.documents import OUTBOUND, Order, OrderLine
from domain.orders.order import delete_order, order_of, released
from domain.orders.order_lines import lines_of
from domain.orders.posted_documents import PostedDocument
from domain.orders.shipped_lines import WAYS, Handled, ShippedLines, item_of
from domain.people.rights import require_right
from domain.posting import post
from domain.posting.posted import Posted
from domain.records import Records
from domain.series import next_document_number
from domain.site import Location
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class _Terms:
    """How a posting is done, whatever it ships or receives."""

    source: str
    document_no: str
    posting_date: date | None
    is_invoiced: bool


def ship_order(
    books: Books,
    situation: Situation,
    order_no: str,
    handled: Sequence[Handled],
    *,
    source: str,
    document_no: str = "",
    posting_date: date | None = None,
    is_invoiced: bool = False,
) -> Posted:
    """Post a shipment of an order; an open one is released first (DOC-01; right `ship`).

    Without `document_no` the shipment gets the next number; with `is_invoiced` it is invoiced in the same step.

    Raises Refused for what the door refuses, and:
        unknown: it is no order that is shipped.     use_warehouse: the location ships by document (DOC-18).
        nothing_handled.                             too_many: more than is outstanding (DOC-13).
        complete_only: it ships complete (DOC-17).   lot_named_by_order: the line wants other numbers.
    """
    order = order_of(books.records, order_no)
    if order.kind not in OUTBOUND:
        raise Refused("unknown", code=order_no, prompt="document")
    return _post(books, situation, order, handled, _Terms(source, document_no, posting_date, is_invoiced))


def receive_order(
    books: Books,
    situation: Situation,
    order_no: str,
    handled: Sequence[Handled],
    *,
    source: str,
    document_no: str = "",
    posting_date: date | None = None,
    is_invoiced: bool = False,
) -> Posted:
    """Post a receipt of an order, likewise (right `receive`)."""
    order = order_of(books.records, order_no)
    if order.kind in OUTBOUND:
        raise Refused("unknown", code=order_no, prompt="document")
    return _post(books, situation, order, handled, _Terms(source, document_no, posting_date, is_invoiced))


def _post(books: Books, situation: Situation, order: Order, handled: Sequence[Handled], terms: _Terms) -> Posted:
    """Post all lines or none (DOC-60), and bring the order up to it."""
    records, way = books.records, WAYS[order.kind]
    require_right(situation, way.right, order.location)
    _refuse_warehouse(records, order)
    if order.status != "released":  # DOC-01; whoever ships need not be one who releases
        order = released(books, situation, order)
    lines = lines_of(records, order.no)
    _check_quantities(records, order, lines, handled)
    posting_date = terms.posting_date or situation.work_date
    document = PostedDocument(
        no=terms.document_no or next_document_number(records, way.document, way.series, posting_date),
        kind=way.document,
        register=0,
        posting_date=posting_date,
        order=order.no,
        location=order.location,
        partner=order.partner,
        partner_name=order.partner_name,
        external_document_no=order.external_document_no,
    )
    shipped = ShippedLines(records, order, lines, document, situation.settings.amount_rounding)
    for part in handled:
        shipped.add(part, is_invoiced=terms.is_invoiced)
    entries = post(books, situation, shipped.journal, source=terms.source).entries if shipped.journal else ()
    register = books.ledger.register().id
    records.save_all([replace(document, register=register), *shipped.posted_with(entries)])
    if all(line.qty_invoiced_base == line.qty_base for line in shipped.lines.values()):
        delete_order(records, order)  # DOC-03
    else:
        records.save_all([*shipped.lines.values(), *shipped.named.values()])
    return Posted(register, document.no, tuple(entries))


def _refuse_warehouse(records: Records, order: Order) -> None:
    """Leave the posting to the warehouse document where the location wants one (DOC-18)."""
    location = records.one(Location, order.location)
    if location is None:
        return
    is_outbound = order.kind in OUTBOUND
    if location.require_shipment if is_outbound else location.require_receive:
        raise Refused("use_warehouse", location=location.code, what="shipments" if is_outbound else "receipts")


def _check_quantities(records: Records, order: Order, lines: Sequence[OrderLine], handled: Sequence[Handled]) -> None:
    """Refuse nothing, more than is outstanding (DOC-13), and less than all where it ships complete (DOC-17)."""
    if not handled:
        raise Refused("nothing_handled", variant="post")
    outstanding = {line.line_no: line.outstanding_base for line in lines}
    total: dict[int, Decimal] = defaultdict(Decimal)
    for part in handled:
        if part.line_no not in outstanding:
            raise Refused("unknown", code=part.line_no, prompt="line")
        if part.qty_base <= 0:
            raise Refused("missing", what="qty")
        total[part.line_no] += part.qty_base
        if total[part.line_no] > outstanding[part.line_no]:
            raise Refused("too_many", qty=outstanding[part.line_no], document=order.no)
    if order.shipping_advice != "complete" or order.kind not in OUTBOUND:
        return
    for line in lines:
        if total[line.line_no] < line.outstanding_base and item_of(records, line.item).type == "inventory":
            raise Refused("complete_only", n=total[line.line_no], m=line.outstanding_base, item=line.item)
