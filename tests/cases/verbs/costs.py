"""Cost adjustment (costing.md COS-50..59)."""

from __future__ import annotations

from domain.costing.adjusting import AdjustCosts
from domain.posting.valued import adjust_all
from tests.cases.arguments import Arguments
from tests.cases.verbs.built import Result, verb
from tests.cases.world import World


@verb("adjust_cost", takes="items")
def adjust_cost(world: World, step: Arguments) -> Result:
    """Settle what waits."""
    items = tuple(step.tree.get("items") or ())
    adjusted = world.do(adjust_all, AdjustCosts(items))
    return {"items": adjusted.items, "written": adjusted.written}
