"""`aisle application`: which receipt supplies what was taken, listed and changed by hand (LED-28, LED-29).

aisle application list ITEM
aisle application remove INCREASE DECREASE
aisle application add INCREASE DECREASE
aisle application leave ITEM
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import date

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.ledger.books import History
from domain.ledger.entries import ItemEntry, entry_called, shown
from domain.posting.worksheet import Apply, HeldItem, Unapply, apply, leave, unapply
from domain.situation import Situation
from domain.values import ZERO
from storage import Store
from tui.command_line.printing import complain, figure, say
from tui.command_line.system import opened, system
from tui.texts import clean


def show(options: Namespace) -> int:
    """List the entries of an item, what each drew on which other, and what is open; say who holds the item."""
    with opened(options, read_only=True) as store:
        if store.question(lambda books: books.records.one(Item, options.item)) is None:
            raise Refused("unknown", code=options.item, prompt="item")
        history = store.question(lambda books: books.costs.history(options.item, date.min, date.max))
        for entry in history.entries:
            say(_told(history, entry))
        _tell_holder(store, options.item)
    return 0


def remove(options: Namespace) -> int:
    """Take back what a decrease drew on an increase."""
    command = Unapply(_number(options.increase), _number(options.decrease))
    return _change(options, lambda books, situation: unapply(books, situation, command))


def add(options: Namespace) -> int:
    """Draw an open decrease from an open increase."""
    command = Apply(_number(options.increase), _number(options.decrease))
    return _change(options, lambda books, situation: apply(books, situation, command))


def finish(options: Namespace) -> int:
    """Apply what is open of the entries touched, and give the item free."""
    with opened(options) as store:
        store.transaction(lambda books: leave(books, system(books), options.item))
    say(f"{clean(options.item)} is free again: what was open of the entries touched is applied as far as stock allows.")
    return 0


def _change(options: Namespace, change: Callable[[Books, Situation], object]) -> int:
    with opened(options) as store:
        store.transaction(lambda books: change(books, system(books)))
        entry = store.question(lambda books: books.entries.one(_number(options.decrease)))
        if entry is not None:
            _tell_holder(store, entry.item)
    return 0


def _told(history: History, entry: ItemEntry) -> str:
    """Return `1-7.1  2026-01-20  sale  -4: 1-3.1 4 fixed, 0 open`."""
    other_side = [
        row for row in history.applications if entry.id == (row.inbound_entry, row.outbound_entry)[entry.qty < 0]
    ]
    rows = [row for row in other_side if not row.cost_application]
    open_qty = abs(entry.qty) + sum((row.qty for row in rows), ZERO)
    names = [
        f"{shown(row.inbound_entry if entry.qty < 0 else row.outbound_entry)} {figure(-row.qty)}"
        f"{' fixed' if row.fixed else ''}"
        for row in rows
    ]
    drawn = ", ".join([*names, f"{figure(open_qty)} open"])
    return f"{shown(entry.id)}  {entry.posting_date}  {entry.entry_type}  {figure(entry.qty)}: {drawn}"


def _tell_holder(store: Store, item: str) -> None:
    held = store.question(lambda books: books.records.one(HeldItem, item))
    if held:
        who = clean(held.operator)
        complain(f"{clean(item)} is in the worksheet of {who}: end with `aisle application leave {clean(item)}`.")


def _number(name: str) -> int:
    number = entry_called(name)
    if not number:
        raise Refused("unknown", code=name, prompt="entry")
    return number
