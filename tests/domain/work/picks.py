"""Orders and picks in the trade's notation: `ordered(house, "1000 6", "W-02 LOTS lot L1 3")`, read back as lines.

An order line without a place leaves the bin to the program.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from domain.orders.documents import Order
from domain.orders.order import SaveOrder, release_order, save_order
from domain.orders.order_lines import LineOrdered
from domain.people.rights import SYSTEM
from domain.posting import TrackingRow
from domain.values import plain
from domain.work.activities import Activity, ActivityLine
from domain.work.pick_lines import (
    NameNumber,
    TakeQuantity,
    TakeSerial,
    name_number,
    open_pick,
    take_quantity,
    take_serial,
)
from domain.work.picking import create_pick, lines_of, walking_order
from tests.domain.notation import SILVER, Warehouse, goods

STEP = 10000


def ordered(house: Warehouse, *texts: str, at: str = SILVER, is_released: bool = True, **head: Any) -> str:
    """Order goods of a customer, one line each, and release the order; return its number."""
    order = Order("", head.pop("kind", "sales_order"), at, **head)
    no = house.do(save_order, SaveOrder(order, tuple(map(_line, texts))), SYSTEM.code).no
    if is_released:
        house.do(release_order, no, SYSTEM.code)
    return no


def _line(text: str) -> LineOrdered:
    told = goods(text if text.startswith("W-") else f"- {text}")
    named = (told.numbers,) if told.numbers != TrackingRow() else ()
    tracking = tuple(TrackingRow(row.lot, row.serial, row.package, qty_base=told.qty) for row in named)
    return LineOrdered(told.item, told.qty, told.uom, told.variant, told.bin, tracking=tracking)


def picked(house: Warehouse, *texts: str, by: str = "PIA", **head: Any) -> str:
    """Order goods, make a pick of them and open it; return its number."""
    pick = make_pick(house, ordered(house, *texts, **head))
    house.do(open_pick, pick, by, location=head.get("at", SILVER))
    return pick


def make_pick(house: Warehouse, order: str, by: str = "PIA") -> str:
    """Make a pick of an order; return its number."""
    return house.do(create_pick, order, by).no


def lines(house: Warehouse, pick: str) -> list[str]:
    """Return the lines of a pick in the order they were made, as they stand."""
    return [written(line) for line in rows(house, pick)]


def walk(house: Warehouse, pick: str) -> list[str]:
    """Return the lines of a pick in walking order."""
    return [written(line) for line in walking_order(rows(house, pick))]


def rows(house: Warehouse, pick: str) -> list[ActivityLine]:
    """Return the lines of a pick."""
    return house.ask(lambda books: lines_of(books.records, pick))


def written(line: ActivityLine) -> str:
    """Return a line as `W-01 1000 lot L1 6`, with `took 4` where something is taken and `short` where it is."""
    numbers = "".join(f" {kind} {number}" for kind in ("lot", "serial") if (number := getattr(line, kind)))
    took = f" took {plain(line.qty_to_handle)}" if line.qty_to_handle else ""
    short = f" short {line.reason}" if line.is_short else ""
    return f"{line.bin or '-'} {line.item}{numbers} {plain(line.outstanding)}{took}{short}"


def take(house: Warehouse, pick: str, line: int, qty: str | int, by: str = "PIA", **told: Any) -> ActivityLine:
    """Take a quantity of a line, counted from 1."""
    return house.do(take_quantity, TakeQuantity(pick, line * STEP, Decimal(qty)), by, **told)


def scan(house: Warehouse, pick: str, line: int, serial: str, by: str = "PIA", **told: Any) -> ActivityLine:
    """Scan a piece of a line, counted from 1."""
    return house.do(take_serial, TakeSerial(pick, line * STEP, serial), by, **told)


def name_lot(house: Warehouse, pick: str, line: int, lot: str, reason: str = "", **told: Any) -> ActivityLine:
    """Scan a lot for a line, counted from 1."""
    return house.do(name_number, NameNumber(pick, line * STEP, lot=lot, reason=reason), "PIA", **told)


def picks(house: Warehouse) -> Iterable[Activity]:
    """Return all open picks."""
    return house.ask(lambda books: books.records.rows(Activity))
