"""What a step or a stock row moves: quantity, unit and numbers as the door takes them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from domain.items.card import Item
from domain.items.moving import unit_of
from domain.posting import TrackingRow
from domain.values import ONE, ZERO, quantity
from tests.cases.arguments import Arguments
from tests.cases.vocabulary import Mistake
from tests.cases.world import World


@dataclass(frozen=True, slots=True)
class Goods:
    """A quantity in its unit, and the numbers it has; a line without numbers has one empty row."""

    qty: Decimal
    tracking: tuple[TrackingRow, ...]


def goods_of(world: World, line: Arguments) -> Goods:
    """Read `qty`, `serials` and `tracking`; rows are in the line's unit and make its quantity where it has none."""
    if "tracking" in line:
        parts = line.rows("tracking")
    elif "serials" in line:
        parts = [Arguments({**line.tree, "serial": serial, "qty": "1"}, line.today) for serial in line.texts("serials")]
    else:
        qty = line.number("qty")
        if qty is None:
            raise Mistake("a line without a quantity")
        return Goods(qty, (_row(line, None),))
    qtys = [_quantity(part) for part in parts]
    per_unit = _qty_per_unit(world, line)
    rows = tuple(_row(part, quantity(qty * per_unit)) for part, qty in zip(parts, qtys, strict=True))
    total = line.number("qty")
    return Goods(sum(qtys, ZERO) if total is None else total, rows)


def _quantity(part: Arguments) -> Decimal:
    qty = part.number("qty")
    if qty is None and not part.text("serial"):
        raise Mistake("a tracking row without a quantity")
    return ONE if qty is None else qty


def _row(part: Arguments, qty_base: Decimal | None) -> TrackingRow:
    return TrackingRow(
        lot=part.text("lot"),
        serial=part.text("serial"),
        package=part.text("package"),
        expires=part.day("expires"),
        qty_base=qty_base,
    )


def _qty_per_unit(world: World, line: Arguments) -> Decimal:
    if not line.text("uom"):
        return ONE
    item = world.ask(lambda books: books.records.one(Item, line.text("item")))
    return world.ask(lambda books: unit_of(books.records, item, line.text("uom")).qty_per_unit) if item else ONE
