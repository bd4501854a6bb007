"""What open picks hold, in the trade's notation: `hold(house, "W-01 LOTS lot L1 3")`, exactly those goods there."""

from __future__ import annotations

from domain.orders.documents import Order, OrderLine
from domain.work.activities import Activity, ActivityLine
from tests.domain.notation import Warehouse, goods


def hold(house: Warehouse, text: str, pick: str = "PK1") -> None:
    """Let a pick of an order of its own hold some goods; without a number any of the item."""
    told, order = goods(text), f"S-{pick}"
    numbers = told.numbers
    line = ActivityLine(
        activity=pick,
        line_no=10000,
        action="take" if told.bin else "",
        location=told.location,
        item=told.item,
        order_line=10000,
        variant=told.variant,
        qty=told.qty,
        bin=told.bin,
        lot=numbers.lot,
        serial=numbers.serial,
        package=numbers.package,
    )
    house.keep(
        Order(order, "sales_order", told.location, status="released"),
        OrderLine(order, 10000, told.item, told.qty, told.qty, told.variant, told.location),
        Activity(pick, "pick", is_inventory=True, location=told.location, order=order),
        line,
    )
