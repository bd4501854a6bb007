"""`aisle cost adjust`: late cost reaches what was taken before it, an item at a time (COS-59).

Each step commits by itself, so a run may be cut off at any moment and goes on where it was the next time.
"""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from domain.books import Books
from domain.costing.adjusting import AdjustCosts, Adjusted, unadjusted_items
from domain.errors import Refused
from domain.items.card import Item
from domain.posting.valued import adjust_all
from domain.values import ZERO
from tui.command_line.printing import counted, figure, progress, say
from tui.command_line.system import opened, system

STEP = 500
"""Value entries in one transaction."""


def adjust(options: Namespace) -> int:
    """Settle the items named, or all that wait, and say what that changed."""
    with opened(options) as store:
        for no in options.items:
            if store.question(partial(_card, no)) is None:
                raise Refused("unknown", code=no, prompt="item")
        waiting = [item for item in store.question(unadjusted_items) if not options.items or item in options.items]
        tell, written, difference = progress("Adjusting cost"), 0, ZERO
        for done, item in enumerate(waiting, 1):
            is_done = False
            while not is_done:
                adjusted = store.transaction(partial(_step, item))
                written, difference = written + adjusted.written, difference + adjusted.difference
                is_done = adjusted.is_done
            tell(done, len(waiting))
        say(f"{counted(len(waiting), 'item')} adjusted: {counted(written, 'correction')}, {figure(difference)} in all.")
    return 0


def _card(no: str, books: Books) -> Item | None:
    return books.records.one(Item, no)


def _step(item: str, books: Books) -> Adjusted:
    return adjust_all(books, system(books), AdjustCosts((item,), most=STEP))
