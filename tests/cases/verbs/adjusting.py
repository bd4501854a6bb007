"""adjust_up and adjust_down (adjusting.md, item journal)."""

from __future__ import annotations

from domain.work.adjusting import PostAdjustment, post_adjustment
from tests.cases.arguments import Arguments
from tests.cases.goods import goods_of
from tests.cases.verbs.built import Result, verb
from tests.cases.world import World

_TAKES = "item qty uom variant location bin lot serial serials package expires tracking unit_cost amount date reason"


@verb("adjust_up", takes=_TAKES)
def adjust_up(world: World, step: Arguments) -> Result:
    """Find goods."""
    return _adjust(world, step, sign=1)


@verb("adjust_down", takes=_TAKES)
def adjust_down(world: World, step: Arguments) -> Result:
    """Miss goods."""
    return _adjust(world, step, sign=-1)


def _adjust(world: World, step: Arguments, *, sign: int) -> Result:
    goods = goods_of(world, step)
    command = PostAdjustment(
        item=step.text("item"),
        qty=sign * goods.qty,
        location=step.text("location", world.location),
        bin=step.text("bin"),
        variant=step.text("variant"),
        uom=step.text("uom"),
        reason=step.text("reason", world.reason),
        unit_cost=step.number("unit_cost"),
        amount=step.number("amount"),
        posting_date=step.day("date"),
        tracking=goods.tracking,
    )
    posted = world.do(post_adjustment, command, confirm=step.flag("confirm"))
    world.name_entries(step.text("as") or step.text("id"), posted.entries)
    return {"document": posted.document, "entries": len(posted.entries)}
