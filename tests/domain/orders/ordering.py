"""Orders in the trade's notation: `order(house, "1000 lot L7 12", "1001 3 BOX", kind="sales_order")`.

A line is written as goods are (notation.py) without their place: `ITEM [variant V] [lot L] [serial S] QTY [UNIT]`.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.orders.documents import Order, OrderLine, OrderTracking
from domain.orders.order import SaveOrder, release_order, save_order
from domain.orders.order_lines import LineOrdered
from domain.orders.shipped_lines import Handled
from domain.orders.shipping import receive_order, ship_order
from domain.posting import BinShare, TrackingRow
from domain.posting.posted import Posted, once
from tests.domain.notation import SILVER, Warehouse, goods


def ordered(text: str, **more: Any) -> LineOrdered:
    """Return one line as it is ordered; the program chooses its bin."""
    told = goods(f"{SILVER} {text}")
    named = () if told.numbers == TrackingRow() else (told.numbers,)
    line = LineOrdered(told.item, told.qty, told.uom, told.variant, bin="", tracking=named)
    return replace(line, **more)


def order(house: Warehouse, *lines: str | LineOrdered, kind: str = "sales_order", **head: Any) -> str:
    """Keep an order of these lines; return its number."""
    command = SaveOrder(
        Order(**{"no": "", "kind": kind, "location": SILVER} | head),
        tuple(ordered(line) if isinstance(line, str) else line for line in lines),
    )
    return house.do(save_order, command, "OLE").no


def released(house: Warehouse, *lines: str | LineOrdered, **head: Any) -> str:
    """Keep an order and release it."""
    no = order(house, *lines, **head)
    house.do(release_order, no, "OLE")
    return no


def line_of(house: Warehouse, no: str, line_no: int = 1) -> OrderLine:
    """Return a line as it is kept."""
    line = house.one(OrderLine, no, line_no)
    assert line is not None
    return line


def named_by(house: Warehouse, no: str, line_no: int = 1) -> list[OrderTracking]:
    """Return the numbers that a line names."""
    return house.ask(lambda books: books.records.rows(OrderTracking, order=no, line_no=line_no))


def handled(line_no: int, text: str) -> Handled:
    """Return `[lot L] QTY [BIN QTY ...]` taken of a line."""
    words = text.split()
    lot = words[1] if words[0] == "lot" else ""
    qty, *shares = words[2:] if lot else words
    bins = tuple(BinShare(bin, Decimal(share)) for bin, share in zip(shares[::2], shares[1::2], strict=True))
    return Handled(line_no, Decimal(qty), TrackingRow(lot), bins)


def post(house: Warehouse, no: str, *parts: Handled, by: str = "SUE", receive: bool = False, **terms: Any) -> Posted:
    """Post in a register of its own, as the work that calls it does."""
    function = receive_order if receive else ship_order
    return house.do(
        lambda books, situation, _: once(
            books, situation, "test", "pick", lambda: function(books, situation, no, parts, source="pick", **terms)
        ),
        None,
        by,
    )
