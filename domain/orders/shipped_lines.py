"""Parts of order lines that are shipped or received: each as a journal line, a posted line, and on the order.

Not here: whether they may be posted at all (shipping.py, the door).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import unit_of
from domain.orders.documents import Order, OrderLine, OrderTracking
from domain.orders.posted_documents import PostedDocument, PostedLine
from domain.posting import BinShare, JournalLine, Origin, TrackingRow
from domain.records import Records
from domain.tracking.numbers import KINDS
from domain.values import ONE, ZERO, amount, fold, quantity

NO_NUMBERS = TrackingRow()


@dataclass(frozen=True, slots=True)
class Handled:
    """What was taken or put of one order line under one set of numbers."""

    line_no: int
    qty_base: Decimal
    """Above zero."""
    numbers: TrackingRow = NO_NUMBERS
    bins: tuple[BinShare, ...] = ()
    """None is the bin that the order line names."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a kind of order is posted (documents.md, What each posting writes)."""

    entry_type: str
    sign: Decimal
    """Of the quantity on the journal line: a return turns the entry type round."""
    document: str
    series: str
    source_type: str
    right: str


WAYS = {
    "sales_order": Way("sale", ONE, "sales_shipment", "PS", "customer", "ship"),
    "purchase_order": Way("purchase", ONE, "purchase_receipt", "PR", "vendor", "receive"),
    "sales_return_order": Way("sale", -ONE, "sales_return_receipt", "PSR", "customer", "receive"),
    "purchase_return_order": Way("purchase", -ONE, "purchase_return_shipment", "PPR", "vendor", "ship"),
}


class ShippedLines:
    """An order while its parts are handled, before anything is written."""

    def __init__(
        self, records: Records, order: Order, lines: Sequence[OrderLine], document: PostedDocument, step: Decimal
    ) -> None:
        self._records = records
        self._order = order
        self._document = document
        self._step = step
        self.lines = {line.line_no: line for line in lines}
        rows = records.rows(OrderTracking, order=order.no)
        self.named = {(row.line_no, row.row_no): row for row in rows}
        """The numbers that the lines name."""
        self.journal: list[JournalLine] = []
        self._posted: list[PostedLine] = []

    def add(self, part: Handled, *, is_invoiced: bool) -> None:
        """Handle one part."""
        before = self.lines[part.line_no]
        after = self.lines[part.line_no] = _handled_more(before, part.qty_base, is_invoiced=is_invoiced)
        item = item_of(self._records, before.item)
        uom, qty = self._in_unit_of(before, item, part.qty_base)
        posted = PostedLine(
            document=self._document.no,
            line_no=len(self._posted) + 1,
            order_line=part.line_no,
            item=item.no,
            qty=qty,
            qty_base=part.qty_base,
            variant=before.variant,
            uom=uom,
            lot=part.numbers.lot,
            serial=part.numbers.serial,
            package=part.numbers.package,
            qty_invoiced_base=part.qty_base if is_invoiced else ZERO,
        )
        self._posted.append(posted)
        if item.type == "inventory":  # nothing else moves stock (DOC-63)
            self._name(before, part)
            line = replace(self._journal_line(before, part, posted), is_invoiced=is_invoiced)
            self.journal.append(replace(line, amount=self._cost(before, after)))

    def posted_with(self, entries: Sequence[int]) -> list[PostedLine]:
        """Return the posted lines with the item entries of those that move stock, given in their order."""
        left = iter(entries)
        return [
            replace(line, item_entry=next(left) if item_of(self._records, line.item).type == "inventory" else 0)
            for line in self._posted
        ]

    def _in_unit_of(self, line: OrderLine, item: Item, qty_base: Decimal) -> tuple[str, Decimal]:
        """Return a quantity in the line's unit where that holds it exactly, else in the base unit (ITM-13, ITM-14)."""
        step = unit_of(self._records, item, line.uom).qty_rounding_precision
        qty = quantity(qty_base / line.qty_per_unit)
        is_exact = qty * line.qty_per_unit == qty_base and not (step and qty % step)
        return (line.uom, qty) if is_exact else (item.base_uom, qty_base)

    def _journal_line(self, line: OrderLine, part: Handled, posted: PostedLine) -> JournalLine:
        order, way = self._order, WAYS[self._order.kind]
        return JournalLine(
            entry_type=way.entry_type,
            item=line.item,
            qty=way.sign * posted.qty,
            location=line.location,
            bin=line.bin,
            variant=line.variant,
            uom=posted.uom,
            tracking=(replace(part.numbers, qty_base=part.qty_base),),
            posting_date=self._document.posting_date,
            document_no=self._document.no,
            origin=Origin(
                document_type=way.document,
                document_line=posted.line_no,
                external_document_no=order.external_document_no,
                order_type=order.kind,
                order_no=order.no,
                order_line=line.line_no,
                source_type=way.source_type if order.partner else "",
                source_no=order.partner,
            ),
            bins=part.bins,
            applies_to=line.applies_to_entry or 0,
            applies_from=line.applies_from_entry or 0,
        )

    def _cost(self, before: OrderLine, after: OrderLine) -> Decimal | None:
        """Return what this part of a line costs, so that all parts add up to the line (decision 22)."""
        if before.unit_cost is None:
            return None
        whole = before.qty * before.unit_cost
        upto, done = (amount(whole * line.qty_handled_base / line.qty_base, self._step) for line in (after, before))
        return upto - done

    def _name(self, line: OrderLine, part: Handled) -> None:
        """Handle the numbers that the line names; goods it does not name take of what it leaves open (DOC-65).

        Raises Refused("lot_named_by_order") where nothing is left open.
        """
        rows = [row for (line_no, _), row in self.named.items() if line_no == line.line_no]
        left = part.qty_base
        for row in rows:
            if taken := min(left, row.outstanding_base) if is_named(row, part.numbers) else ZERO:
                left -= taken
                handled = row.qty_handled_base + taken
                self.named[row.line_no, row.row_no] = replace(row, qty_handled_base=handled)
        if left > line.outstanding_base - sum((row.outstanding_base for row in rows), ZERO):
            wanted = next(row for row in rows if row.outstanding_base)
            raise Refused("lot_named_by_order", lot=_number(wanted), scanned=_number(part.numbers) or line.item)


def item_of(records: Records, no: str) -> Item:
    """Return the item of a line."""
    item = records.one(Item, no)
    if item is None:
        raise Refused("unknown", code=no, prompt="item")
    return item


def _handled_more(line: OrderLine, qty_base: Decimal, *, is_invoiced: bool) -> OrderLine:
    """Return the line with more of it handled; what to handle next is all that is left (DOC-10, DOC-64)."""
    handled = line.qty_handled_base + qty_base
    return replace(
        with_handled(line, handled), qty_invoiced_base=line.qty_invoiced_base + (qty_base if is_invoiced else ZERO)
    )


def with_handled(line: OrderLine, handled_base: Decimal) -> OrderLine:
    """Return a line of which so much is handled, in its own unit as near as five decimals are (ITM-13)."""
    is_all = handled_base == line.qty_base
    return replace(
        line,
        qty_handled=line.qty if is_all else quantity(handled_base / line.qty_per_unit),
        qty_handled_base=handled_base,
        qty_to_handle=None,
        qty_to_handle_base=None,
    )


def is_named(row: OrderTracking, numbers: TrackingRow | PostedLine) -> bool:
    """Say whether goods of these numbers are what a row names; what it leaves blank may be any."""
    return all(fold(getattr(row, kind)) in ("", fold(getattr(numbers, kind))) for kind in KINDS)


def _number(named: OrderTracking | TrackingRow) -> str:
    return named.lot or named.serial or named.package
