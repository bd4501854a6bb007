"""move (putaway-and-movement.md 31)."""

from __future__ import annotations

from decimal import Decimal

from domain.posting import TrackingRow
from domain.work.moving import MoveGoods, move_goods
from domain.work.stock_here import Goods, Portion
from tests.cases.arguments import Arguments
from tests.cases.goods import goods_of
from tests.cases.verbs.built import Result, verb
from tests.cases.world import World

_GOODS = "item qty uom variant lot serial serials package tracking date reason"


@verb("move", takes=f"{_GOODS} location from_bin to_bin")
def move(world: World, step: Arguments) -> Result:
    """Move goods from bin to bin, at once."""
    goods = goods_of(world, step)
    command = MoveGoods(
        location=step.text("location"),
        to_bin=step.text("to_bin"),
        portions=tuple(_portion(step, row, goods.qty) for row in goods.tracking),
        reason=step.text("reason"),
        posting_date=step.day("date"),
    )
    posted = world.do(move_goods, command, confirm=step.flag("confirm"))
    return {"document": posted.document}


def _portion(step: Arguments, row: TrackingRow, qty: Decimal) -> Portion:
    """Return what one set of numbers moves: of the step's quantity in its unit, else its own base quantity."""
    goods = Goods(step.text("item"), step.text("variant"), row.lot, row.serial, row.package)
    if row.qty_base is None:
        return Portion(step.text("from_bin"), goods, qty, step.text("uom"))
    return Portion(step.text("from_bin"), goods, row.qty_base)
