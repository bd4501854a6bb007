"""Posting inventory cost to the general ledger (general-ledger.md GL-12)."""

from __future__ import annotations

from domain.posting.to_gl import PostToGl, post_to_gl
from tests.cases.arguments import Arguments
from tests.cases.verbs.built import Result, verb
from tests.cases.world import World


@verb("post_inventory_cost_to_gl", takes="")
def post_inventory_cost_to_gl(world: World, step: Arguments) -> Result:
    """Post what waits, entry by entry."""
    return {"posted": world.do(post_to_gl, PostToGl()).posted}
