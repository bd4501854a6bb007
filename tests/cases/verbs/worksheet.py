"""The application worksheet (ledger.md LED-28, LED-29)."""

from __future__ import annotations

from domain.posting.worksheet import Apply, Unapply, apply, unapply
from tests.cases.arguments import Arguments
from tests.cases.verbs.built import Result, verb
from tests.cases.verbs.posting import entry_of
from tests.cases.world import World


@verb("unapply", takes="inbound outbound")
def take_back(world: World, step: Arguments) -> Result:
    """Take back an application."""
    world.do(unapply, Unapply(*_both(world, step)))
    return None


@verb("apply", takes="inbound outbound")
def draw(world: World, step: Arguments) -> Result:
    """Draw a decrease from an increase."""
    world.do(apply, Apply(*_both(world, step)))
    return None


def _both(world: World, step: Arguments) -> tuple[int, int]:
    return entry_of(world, step.text("inbound")), entry_of(world, step.text("outbound"))
