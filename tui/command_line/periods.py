"""`aisle period`: list, create, close and reopen inventory periods (periods-and-valuation.md PER-10..14)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date

from domain.books import Books
from domain.costing.periods import InventoryPeriod, close_period, create_period, periods, reopen_period
from domain.situation import Situation
from tui.command_line.printing import agreed, say
from tui.command_line.reports import day_of
from tui.command_line.system import opened, system

Change = Callable[[Books, Situation, date], Sequence[InventoryPeriod]]


def show(options: Namespace) -> int:
    """List the periods by their ending dates."""
    with opened(options, read_only=True) as store:
        for period in store.question(periods):
            say(f"{period.ending}  {'closed' if period.closed else 'open  '}  {period.name}")
    return 0


def create(options: Namespace) -> int:
    """Make a period that ends on a day."""
    return _change(options, lambda books, situation, day: [create_period(books, situation, day)], "open")


def close(options: Namespace) -> int:
    """Close a period and all before it, once that is agreed: nothing is posted to those days then."""
    question = f"After this nothing can be posted on or before {options.ending}. Close?"
    if not options.yes and not agreed(question):
        return 1
    return _change(options, close_period, "closed")


def reopen(options: Namespace) -> int:
    """Reopen a period and all after it."""
    return _change(options, reopen_period, "open")


def _change(options: Namespace, change: Change, state: str) -> int:
    ending = day_of(options.ending)
    with opened(options) as store:
        for period in store.transaction(lambda books: change(books, system(books), ending)):
            say(f"{period.name} ({period.ending}) is {state}.")
    return 0
