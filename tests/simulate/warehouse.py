"""The warehouse of the simulation: bins and a location without, goods with all kinds of numbers, orders that come."""

from __future__ import annotations

import contextlib
import random
from dataclasses import replace
from decimal import Decimal

from domain.errors import Refused
from domain.items.card import Item, ItemUnit
from domain.orders.documents import Order
from domain.orders.order import SaveOrder, release_order, save_order
from domain.orders.order_lines import LineOrdered
from domain.orders.order_list import orders_to_do
from domain.people.credentials import Pin
from domain.site import Bin, Location, Operator, ReasonCode, TrackingCode
from domain.values import ZERO
from tests.domain.notation import EAST, SILVER, Warehouse

PIN = "246813"
PEOPLE = {
    "ANNA": "operator",
    "BEN": "operator",
    "CLEO": "operator",
    "DAN": "operator",
    "PIA": "picker",
    "PETER": "picker",
    "SUE": "supervisor",
    "TOM": "supervisor",
}
BINS = [f"W-{number:02}" for number in range(1, 13)]
PLAIN = ["1000", "1001", "1002", "BOLT"]
LOTS = ["MILK", "GLUE"]
SERIALS = ["DRILL"]
ITEMS = [*PLAIN, *LOTS, *SERIALS]
LABELS = {"1001": "9521234000020", "MILK": "]C1010952123400003710MILK-2"}
"""Barcodes scanned instead of the item's number now and then."""
_OPEN_ORDERS = 10
_LOW = 40


def open_for_work(house: Warehouse, pin_hash: str) -> None:
    """Set the warehouse up and fill its bins."""
    house.keep(
        Location(SILVER, bin_mandatory=True, require_pick=True, pick_fefo=True),
        Location(EAST),
        *(Bin(SILVER, bin, ranking=100 - number, check=f"{number:02}") for number, bin in enumerate(BINS)),
        TrackingCode("DATED", lot_specific=True, lot_warehouse=True, use_expiration=True),
        ReasonCode("RENAMED", "New label", offered_for=("reclassify",), position=9),
        *(Item(no) for no in PLAIN if no != "1001"),
        Item("1001", gtin="09521234000020"),
        Item("MILK", tracking="DATED", gtin="09521234000037"),
        Item("GLUE", tracking="LOT"),
        Item("DRILL", tracking="SERIAL"),
        ItemUnit("BOLT", "BOX", Decimal(100)),
        *(
            Operator(code, role=role, locations=(SILVER, EAST), home=SILVER, badge=f"OP-{code}")
            for code, role in PEOPLE.items()
        ),
        *(Pin(code, pin_hash, house.now) for code in PEOPLE),
    )
    for number, bin in enumerate(BINS):
        house.stock(f"{bin} {PLAIN[number % 4]} {40 + number}", f"{bin} {PLAIN[(number + 1) % 4]} 25", at="2")
        house.stock(f"{bin} MILK lot MILK-{number % 3} expires 2026-0{6 + number % 3}-15 12", at="1")
        house.stock(f"{bin} GLUE lot G{number % 4} 9", f"{bin} DRILL serial SN-{number}-A 1", at="3")
        house.stock(f"{bin} DRILL serial SN-{number}-B 1", f"{EAST} {PLAIN[number % 4]} 30", at="3")


def keep_orders_coming(house: Warehouse, draw: random.Random) -> None:
    """Release a new order where few are left to pick."""
    if len(house.ask(lambda books: orders_to_do(books, SILVER))) >= _OPEN_ORDERS + draw.randrange(4):
        return
    items = draw.sample(ITEMS, draw.randint(1, 4))
    lines = [LineOrdered(no, Decimal(1 if no in SERIALS else draw.randint(1, 6)), "", "", bin="") for no in items]
    if draw.random() < 0.2:
        lines.append(replace(lines[0], item="BOLT", uom="BOX", qty=Decimal(1)))
    head = Order(
        no="", kind="sales_order", location=SILVER, partner=f"C{draw.randrange(9)}", priority=draw.randrange(3)
    )
    with contextlib.suppress(Refused):  # somebody has blocked an item: the order stays open
        order = house.do(save_order, SaveOrder(head, tuple(lines)), "OLE")
        house.do(release_order, order.no, "OLE")


def keep_stock_coming(house: Warehouse, draw: random.Random, delivery: int) -> None:
    """Put a delivery away where an item runs low; a blocked one is sent back."""
    item, bin = draw.choice(ITEMS), draw.choice(BINS)
    lying = house.ask(lambda books: sum((row.qty_base for row in books.bins.of_item(item, SILVER)), ZERO))
    if lying > _LOW:
        return
    goods = {
        "MILK": [f"lot MILK-{delivery} expires 2027-01-{1 + delivery % 28:02} 20"],
        "GLUE": [f"lot G{delivery} 20"],
        "DRILL": [f"serial SN-{delivery}-{piece} 1" for piece in range(6)],
    }
    with contextlib.suppress(Refused):
        house.stock(*(f"{bin} {item} {told}" for told in goods.get(item, ["50"])), at="2")
