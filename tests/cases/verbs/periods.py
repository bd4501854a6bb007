"""Inventory periods (periods-and-valuation.md PER-10..14)."""

from __future__ import annotations

from datetime import date

from domain.costing.periods import close_period, create_period, periods, reopen_period
from tests.cases.arguments import Arguments
from tests.cases.matching import Actual
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import Mistake
from tests.cases.world import World


@verb("close_period", takes="ending")
def close(world: World, step: Arguments) -> Result:
    """Close a period and those before it."""
    world.do(close_period, _ending(step))
    return None


@verb("reopen_period", takes="ending")
def reopen(world: World, step: Arguments) -> Result:
    """Reopen a period and those after it."""
    world.do(reopen_period, _ending(step))
    return None


def give_periods(world: World, rows: list[Arguments]) -> None:
    """Make the periods of the given state, and close those that are closed."""
    endings = [(_ending(row), row.flag("closed")) for row in rows]
    for ending, _ in endings:
        world.do(create_period, ending)
    closed = [ending for ending, is_closed in endings if is_closed]
    if closed:
        world.do(close_period, max(closed))


def period_rows(world: World) -> list[dict[str, Actual]]:
    """Return the periods as cases show them."""
    return [{"ending": one.ending, "name": one.name, "closed": one.closed} for one in world.ask(periods)]


def _ending(row: Arguments) -> date:
    ending = row.day("ending")
    if ending is None:
        raise Mistake("a period has no ending")
    return ending
