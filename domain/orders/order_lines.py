"""Lines of an order: what may be ordered, in which unit, under which numbers (DOC-10..16, ITM-12..16, ITM-50..54).

Not here: rights and the state of the order (order.py), posting a line (shipping.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item, Variant
from domain.items.moving import in_base_unit
from domain.orders.documents import Order, OrderLine, OrderTracking
from domain.places.lying import bin_of
from domain.posting import TrackingRow
from domain.records import Records
from domain.site import BinContent, Location
from domain.tracking.numbers import as_first_received, known_date, tracking_code
from domain.values import ONE, ZERO

FIXED_ONCE_HANDLED = ("item", "variant", "uom")
"""Fields that stay once something of the line is handled (DOC-15)."""
_BLOCKED_FOR = {"sales_order": ("sales_blocked", "sales"), "purchase_order": ("purchasing_blocked", "purchase")}


@dataclass(frozen=True, slots=True)
class LineOrdered:
    """What one line of an order asks for."""

    item: str
    qty: Decimal
    """In `uom`, above zero."""
    uom: str = ""
    """"" is the base unit."""
    variant: str = ""
    bin: str | None = None
    """None takes the item's default bin, "" leaves it to the program."""
    due: date | None = None
    """None is the order's."""
    unit_price: Decimal | None = None
    unit_cost: Decimal | None = None
    tracking: tuple[TrackingRow, ...] = ()
    """Numbers it names; their base quantities add up to the line's or less."""
    applies_to_entry: int | None = None
    applies_from_entry: int | None = None


def lines_of(records: Records, no: str) -> list[OrderLine]:
    """Return the lines of an order in their order."""
    return records.rows(OrderLine, order=no)


def tracking_of(records: Records, no: str, line_no: int) -> list[OrderTracking]:
    """Return the numbers a line names."""
    return records.rows(OrderTracking, order=no, line_no=line_no)


def item_to_order(records: Records, kind: str, no: str, variant: str) -> Item:
    """Return the item when it may be ordered; on returns only a whole block counts (ITM-50..54).

    Raises Refused: unknown, blocked, blocked_for.
    """
    item = records.one(Item, no)
    if item is None:
        raise Refused("unknown", code=no, prompt="item")
    row = records.one(Variant, no, variant) if variant else None
    if variant and row is None:
        raise Refused("unknown", code=variant, prompt="variant")
    flag, what = _BLOCKED_FOR.get(kind, ("", ""))
    for card, kind_of_card, code in ((item, "item", no), (row, "variant", variant)):
        if card is not None and card.blocked:
            raise Refused("blocked", what=kind_of_card, code=code)
        if card is not None and flag and getattr(card, flag):
            raise Refused("blocked_for", item=no, what=what)
    return item


def ordered_line(
    books: Books, order: Order, line_no: int, wanted: LineOrdered
) -> tuple[OrderLine, list[OrderTracking]]:
    """Return a line of an order and the numbers it names.

    Raises Refused: an item that may not be ordered, no quantity, a unit or bin there is not, a quantity the unit does
    not allow, numbers the item does not have or more of them than are ordered.
    """
    records = books.records
    item = item_to_order(records, order.kind, wanted.item, wanted.variant)
    if wanted.qty <= 0:
        raise Refused("missing", what="qty")
    moved = in_base_unit(records, item, wanted.uom, wanted.qty)
    line = OrderLine(
        order=order.no,
        line_no=line_no,
        item=item.no,
        qty=moved.qty,
        qty_base=moved.qty_base,
        variant=wanted.variant,
        location=order.location,
        bin=_bin(records, order.location, item, wanted),
        uom=moved.uom,
        qty_per_unit=moved.qty_per_unit,
        due=wanted.due or order.due,
        unit_price=wanted.unit_price,
        unit_cost=wanted.unit_cost,
        applies_to_entry=wanted.applies_to_entry,
        applies_from_entry=wanted.applies_from_entry,
    )
    return line, _named(books, item, line, wanted.tracking)


def changed_line(
    books: Books,
    order: Order,
    line: OrderLine,
    before: Sequence[OrderTracking],
    changes: Mapping[str, Any],  # each field has a type of its own
    tracking: Sequence[TrackingRow] | None,
) -> tuple[OrderLine, list[OrderTracking]]:
    """Return a line and its numbers after a change; what is handled of it stays (DOC-13..15).

    Raises Refused: reopen_handled where less is left than is handled or the goods would be others, and what
    ordered_line and a quantity to handle are refused for.
    """
    handled = line.qty_handled_base
    if handled and any(name in changes and changes[name] != getattr(line, name) for name in FIXED_ONCE_HANDLED):
        raise Refused("reopen_handled", document=order.no)
    fields = {name: getattr(line, name) for name in LineOrdered.__slots__ if name != "tracking"}
    rows = tuple(_as_row(row) for row in before) if tracking is None else tuple(tracking)
    ordered = {name: value for name, value in changes.items() if name != "qty_to_handle"}
    wanted = LineOrdered(**{**fields, **ordered, "tracking": rows})
    changed, named = ordered_line(books, order, line.line_no, wanted)
    if changed.qty_base < handled:
        raise Refused("reopen_handled", document=order.no)
    changed = replace(
        changed,
        qty_handled=line.qty_handled,
        qty_handled_base=handled,
        qty_invoiced_base=line.qty_invoiced_base,
        qty_to_handle=None if "qty" in changes else line.qty_to_handle,
        qty_to_handle_base=None if "qty" in changes else line.qty_to_handle_base,
    )
    _check_balance(changed, changed.outstanding, changed.outstanding_base)
    if "qty_to_handle" in changes:
        changed = _to_handle(books.records, changed, changes["qty_to_handle"])
    return changed, _keep_handled(order, named, before)


def _to_handle(records: Records, line: OrderLine, qty: Decimal | None) -> OrderLine:
    """Return the line with another quantity to handle, never more than is outstanding (DOC-13, ITM-14, ITM-16)."""
    if qty is None:
        return replace(line, qty_to_handle=None, qty_to_handle_base=None)
    if not ZERO <= qty <= line.outstanding:
        raise Refused("too_many", qty=line.outstanding)
    item = item_to_order(records, "", line.item, line.variant)
    qty_base = in_base_unit(records, item, line.uom, qty).qty_base
    _check_balance(line, line.outstanding - qty, line.outstanding_base - qty_base)
    return replace(line, qty_to_handle=qty, qty_to_handle_base=qty_base)


def _check_balance(line: OrderLine, rest: Decimal, rest_base: Decimal) -> None:
    """Refuse a quantity that leaves a rest in one unit only (ITM-16)."""
    if bool(rest) != bool(rest_base) or rest_base < 0:
        raise Refused("bad_qty", qty=line.outstanding)


def _bin(records: Records, location: str, item: Item, wanted: LineOrdered) -> str:
    """Return the bin of a line: the one named, else the item's default bin at its location (bins.md 11)."""
    place = records.one(Location, location)
    if wanted.bin:
        if place is None:
            raise Refused("no_bins", location=location)
        bin_of(records, place, wanted.bin)
        return wanted.bin
    if wanted.bin == "" or place is None or place.directed or not place.bin_mandatory:
        return ""
    whose = {"location": location, "item": item.no, "variant": wanted.variant}
    return next((content.bin for content in records.rows(BinContent, **whose, default=True)), "")


def _named(books: Books, item: Item, line: OrderLine, rows: Sequence[TrackingRow]) -> list[OrderTracking]:
    """Return the numbers of a line as they first came in, together not more than it orders (tracking.md 6, 9)."""
    if not rows:
        return []
    if tracking_code(books.records, item).code in ("", "NONE"):
        raise Refused("not_tracked", item=item.no)
    found = []
    for row_no, given in enumerate(rows, 1):
        row = as_first_received(books, item, line.variant, given)
        qty_base = (
            line.qty_base if row.qty_base is None else in_base_unit(books.records, item, "", row.qty_base).qty_base
        )
        if qty_base <= 0:
            raise Refused("missing", what="qty")
        if row.serial and qty_base != ONE:
            raise Refused("bad_qty", serial=row.serial)
        expires = _expiry(books, item, line.variant, row)
        found.append(
            OrderTracking(line.order, line.line_no, row_no, qty_base, row.lot, row.serial, row.package, expires)
        )
    if len({_key(row) for row in found}) < len(found):
        raise Refused("duplicate")
    total = sum((row.qty_base for row in found), ZERO)
    if total > line.qty_base:
        raise Refused("total_differs", qty=line.qty_base, total=total)
    return found


def _expiry(books: Books, item: Item, variant: str, row: TrackingRow) -> date | None:
    """Return the date of a row: of a lot in stock its own, whatever is typed (tracking.md 21)."""
    own = known_date(books, item, variant, row)
    is_fixed = own is not None and bool(row.lot) and bool(books.stock.on_hand(item.no, variant, lot=row.lot))
    return own if is_fixed else row.expires or own


def _keep_handled(order: Order, named: Sequence[OrderTracking], before: Sequence[OrderTracking]) -> list[OrderTracking]:
    """Return the numbers with what is handled of each; none of that may go (DOC-15)."""
    handled = {_key(row): row.qty_handled_base for row in before if row.qty_handled_base}
    kept = [replace(row, qty_handled_base=handled.pop(_key(row), ZERO)) for row in named]
    if handled or any(row.outstanding_base < 0 for row in kept):
        raise Refused("reopen_handled", document=order.no)
    return kept


def _as_row(row: OrderTracking) -> TrackingRow:
    return TrackingRow(row.lot, row.serial, row.package, row.expires, qty_base=row.qty_base)


def _key(row: OrderTracking) -> tuple[str, str, str]:
    return row.lot, row.serial, row.package
