"""The application worksheet: which increase supplies which decrease, changed by hand (LED-28, LED-29).

    unapply(books, situation, Unapply(...)) -> Posted       take back what a decrease drew on an increase
    apply(books, situation, Apply(...)) -> Posted           draw an open decrease from an open increase, fixed
    leave(books, situation, item) -> Posted                 let the rules apply what is open still

From the first of these to `leave` an item is held: nobody else posts it. What was taken back stands in the books, so a
dropped line loses nothing, and whoever leaves the worksheet finishes it. Not here: applications that a posting makes
itself (stock.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from domain.books import Books
from domain.costing.periods import first_open_day
from domain.errors import InvariantBroken, Refused
from domain.items.card import Item
from domain.ledger.application import Supply, feeds
from domain.ledger.entries import Application, ItemEntry, shown
from domain.people.rights import require_right
from domain.posting.posted import Posted, once
from domain.posting.stock import may_lose, may_stay_open, source_of, suppliers_of
from domain.posting.valued import append_rows
from domain.records import Records
from domain.site import Location
from domain.situation import Situation
from domain.tracking.numbers import KINDS, is_specific, tracking_code

SOURCE = "application_worksheet"


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item in the application worksheet."""

    KEY: ClassVar[tuple[str, ...]] = ("item",)
    AUDITED: ClassVar[bool] = True

    item: str
    operator: str
    since: datetime
    entries: tuple[int, ...]
    """What was touched, in the order in which it was."""


@dataclass(frozen=True, slots=True)
class Unapply:
    """An application to be taken back."""

    inbound: int
    outbound: int


@dataclass(frozen=True, slots=True)
class Apply:
    """An application to be made, of as much as is open of both."""

    inbound: int
    outbound: int


def refuse_held(records: Records, situation: Situation, items: Iterable[str]) -> None:
    """Refuse items that somebody else has in the worksheet.

    Raises Refused("item_unapplied").
    """
    held = {row.item for row in records.rows(HeldItem) if row.operator != situation.operator.code}
    for item in items if held else ():
        if item in held:
            raise Refused("item_unapplied", item=item)


def unapply(books: Books, situation: Situation, command: Unapply) -> Posted:
    """Take back what a decrease drew on an increase: both are open again by that much (right `ledger`).

    Raises Refused: item_unapplied; cannot_unapply for transfers, corrections, drop shipments, what is dated in a closed
    period, and where there is nothing to take back.
    """
    require_right(situation, "ledger")

    def work() -> Posted:
        inbound, outbound = _both(books, command.inbound, command.outbound)
        rows = [row for row in books.entries.drawn_by(outbound.id) if row.inbound_entry == inbound.id]
        rows = [row for row in rows if not row.cost_application]
        opened = first_open_day(books)
        is_closed = opened is not None and any(row.posting_date < opened for row in rows)
        if not rows or is_closed or not may_lose(outbound, inbound):
            raise Refused("cannot_unapply", no=shown(outbound.id))
        register = _held(books, situation, inbound, outbound)
        mirrors = [row._replace(id=books.ledger.number(), qty=-row.qty, cancels=row.id) for row in rows]
        append_rows(books, situation, mirrors)
        return Posted(register, "", (inbound.id, outbound.id))

    return once(books, situation, "unapply", SOURCE, work)


def apply(books: Books, situation: Situation, command: Apply) -> Posted:
    """Draw an open decrease from an open increase, which the rules do not undo again (LED-23; right `ledger`).

    Raises Refused: item_unapplied; entry_differs in item, variant, location, sign or number; entry_used where nothing
    is open; cost_circle where cost would flow back into the increase (LED-29).
    """
    require_right(situation, "ledger")

    def work() -> Posted:
        inbound, outbound = _both(books, command.inbound, command.outbound)
        _check_fits(books, inbound, outbound)
        qty = min(_open_qty(books, inbound), _open_qty(books, outbound))
        if _is_circle(books, inbound.id, outbound.id):
            raise Refused("cost_circle", no=shown(inbound.id))
        register = _held(books, situation, inbound, outbound)
        append_rows(books, situation, [_application(books, inbound, outbound, qty, fixed=True)])
        return Posted(register, "", (inbound.id, outbound.id))

    return once(books, situation, "apply", SOURCE, work)


def leave(books: Books, situation: Situation, item_no: str) -> Posted:
    """Apply what is open of the entries touched as a posting would, and give the item free (right `ledger`).

    Whoever has the right may do it, for one who does not come back. Raises Refused: unknown, where the item is not in
    the worksheet; not_enough, where a decrease would stay open that may not (LED-31).
    """
    require_right(situation, "ledger")

    def work() -> Posted:
        held = books.records.one(HeldItem, item_no)
        if held is None:
            raise Refused("unknown", code=item_no, prompt="item")
        touched = sorted((_entry(books, number) for number in held.entries), key=lambda one: (one.posted_at, one.id))
        register = books.ledger.register(after=touched[-1].posted_at).id
        for entry in touched:
            append_rows(books, situation, _applied(books, entry))
        for entry in touched:
            _check_covered(books, situation, entry)
        books.records.remove(held)
        append_rows(books, situation, [], applied_anew=item_no)
        return Posted(register, "", held.entries)

    return once(books, situation, "leave", SOURCE, work)


def _applied(books: Books, entry: ItemEntry) -> list[Application]:
    """Return what an open entry is applied to by the rules (LED-18..20)."""
    open_part = books.entries.open_part(entry.id)
    item = _item(books, entry)
    is_decrease = entry.qty < 0
    if open_part is None or (not is_decrease and item.costing == "specific"):
        return []
    tracking = tracking_code(books.records, item)
    numbers = {kind: getattr(entry, kind) for kind in KINDS if is_specific(tracking, kind)}
    newest_first = item.costing == "lifo"
    candidates = books.stock.open_entries(
        entry.item, entry.variant, entry.location, increases=is_decrease, newest_first=newest_first, **numbers
    )

    def is_barred(other: int) -> bool:
        return _is_circle(books, other, entry.id) if is_decrease else _is_circle(books, entry.id, other)

    draws = Supply(candidates, newest_first=newest_first).draw(abs(open_part.remaining_qty), is_barred)
    others = [(_entry(books, draw.entry), draw.qty) for draw in draws]
    if is_decrease:
        return [_application(books, other, entry, qty) for other, qty in others]
    return [_application(books, entry, other, qty) for other, qty in others]


def _check_covered(books: Books, situation: Situation, entry: ItemEntry) -> None:
    open_part = books.entries.open_part(entry.id)
    if open_part is None or entry.qty > 0:
        return
    item = _item(books, entry)
    location = books.records.one(Location, entry.location) or Location(entry.location)
    tracking = tracking_code(books.records, item)
    if not may_stay_open(situation.settings, item, tracking, location, entry.entry_type):
        raise Refused("not_enough", qty=open_part.remaining_qty - entry.qty, short=-open_part.remaining_qty)


def _check_fits(books: Books, inbound: ItemEntry, outbound: ItemEntry) -> None:
    tracking = tracking_code(books.records, _item(books, outbound))
    fields = ["item", "variant", "location", *(kind for kind in KINDS if is_specific(tracking, kind))]
    for field in fields:
        if getattr(inbound, field) != getattr(outbound, field):
            raise Refused("entry_differs", no=shown(inbound.id), field=field)
    if inbound.qty < 0 or outbound.qty > 0:
        raise Refused("entry_differs", no=shown(inbound.id), field="sign")


def _is_circle(books: Books, inbound: int, outbound: int) -> bool:
    """Say whether an increase takes its cost from a decrease, on whatever way."""
    source = source_of(books, inbound)
    return bool(source) and feeds(
        outbound, source, lambda one: source_of(books, one), lambda one: suppliers_of(books, one)
    )


def _application(
    books: Books, inbound: ItemEntry, outbound: ItemEntry, qty: Decimal, *, fixed: bool = False
) -> Application:
    return Application(
        id=books.ledger.number(),
        item_entry=outbound.id,
        inbound_entry=inbound.id,
        outbound_entry=outbound.id,
        qty=-qty,
        posting_date=max(inbound.posting_date, outbound.posting_date),
        fixed=fixed,
    )


def _held(books: Books, situation: Situation, *entries: ItemEntry) -> int:
    """Hold the item of these entries, note them as touched, and return the number of the register opened for it."""
    item = entries[0].item
    refuse_held(books.records, situation, [item])
    register = books.ledger.register(after=max(entry.posted_at for entry in entries))
    held = books.records.one(HeldItem, item) or HeldItem(item, situation.operator.code, register.posted_at, ())
    touched = dict.fromkeys([*held.entries, *(entry.id for entry in entries)])
    books.records.save(replace(held, entries=tuple(touched)))
    return register.id


def _both(books: Books, inbound: int, outbound: int) -> tuple[ItemEntry, ItemEntry]:
    return _entry(books, inbound), _entry(books, outbound)


def _entry(books: Books, number: int) -> ItemEntry:
    entry = books.entries.one(number)
    if entry is None:
        raise Refused("unknown", code=shown(number), prompt="entry")
    return entry


def _open_qty(books: Books, entry: ItemEntry) -> Decimal:
    found = books.entries.open_part(entry.id)
    if found is None:
        raise Refused("entry_used", no=shown(entry.id))
    return abs(found.remaining_qty)


def _item(books: Books, entry: ItemEntry) -> Item:
    item = books.records.one(Item, entry.item)
    if item is None:
        raise InvariantBroken(f"item {entry.item} has entries, but no card")
    return item
