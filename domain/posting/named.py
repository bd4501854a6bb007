"""Lines that name an entry: which one they may, and what they then cost (LED-23, LED-25, LED-34, COS-03, COS-53).

How much of it is free to be drawn on or returned is stock.py; the value entries of a correction are rows.py.
"""

from __future__ import annotations

from dataclasses import replace

from domain.books import Books
from domain.errors import InvariantBroken, Refused
from domain.ledger.entries import ItemEntry, shown
from domain.posting.line import NamedEntry, Part
from domain.site import Settings
from domain.tracking.numbers import KINDS, is_specific
from domain.values import ZERO, amount


def with_named(books: Books, settings: Settings, part: Part) -> Part:
    """Return the part with the entry its line applies to or from, at the cost of that entry.

    Raises Refused: missing where a return must name one; unknown; entry_differs where it is of other goods, another
    place or the same sign. Where a receipt or shipment would be corrected: invoiced, undone_before, or cannot_undo for
    one that was revalued or bears a charge.
    """
    line = part.line
    number = line.applies_to or line.applies_from
    if not number:
        _check_may_be_unnamed(settings, part)
        return part
    entry = books.entries.one(number)
    if entry is None:
        raise Refused("unknown", code=shown(number), prompt="document")
    _check_fits(part, entry)
    named = NamedEntry(entry, tuple(books.entries.values(number)))
    if line.is_correction and entry.entry_type in ("purchase", "sale") and named.is_invoiced:
        raise Refused("undone_before" if _is_corrected(books, entry) else "invoiced")
    if line.is_correction and any(row.entry_type == "revaluation" for row in named.values):
        raise Refused("cannot_undo", why="revalued")
    if line.is_correction and any(row.item_charge_no for row in named.values):
        raise Refused("cannot_undo", why="charged")
    if line.is_correction and part.moved.qty_base != -entry.qty:
        raise InvariantBroken(f"entry {shown(number)} is corrected by {part.moved.qty_base} only (LED-34)")
    if part.item.costing == "standard" and line.applies_to and not line.is_correction:
        return replace(part, named=named)  # COS-04
    share = named.cost * part.moved.qty_base / entry.qty
    return replace(part, named=named, value=amount(share, settings.amount_rounding) if part.value or share else ZERO)


def _check_may_be_unnamed(settings: Settings, part: Part) -> None:
    """Refuse a return without the entry that it reverses, where its cost must be reversed exactly (LED-27)."""
    way = part.line.entry_type, part.is_increase
    is_exact_sale = way == ("sale", True) and settings.exact_cost_reversing_sales
    if is_exact_sale or (way == ("purchase", False) and settings.exact_cost_reversing_purchases):
        raise Refused("missing", what="entry")


def _is_corrected(books: Books, entry: ItemEntry) -> bool:
    if entry.qty > 0:
        others = [row.outbound_entry for row in books.entries.drawn_on(entry.id)]
    else:
        others = [row.inbound_entry for row in books.entries.drawn_by(entry.id) if row.cost_application]
    return any(other.correction for number in others if (other := books.entries.one(number)))


def _check_fits(part: Part, entry: ItemEntry) -> None:
    """Check that it is an entry of the same goods and place, and of the other sign (LED-23, LED-25)."""
    line = part.line
    wanted = {"item": part.item.no, "variant": line.variant, "location": part.location.code}
    wanted |= {kind: getattr(part.numbers, kind) for kind in KINDS if is_specific(part.tracking, kind)}
    for field, value in wanted.items():
        if getattr(entry, field) != value:
            raise Refused("entry_differs", no=shown(entry.id), field=field)
    if part.is_increase == (entry.qty > 0) or (line.applies_from and not part.is_increase):
        raise Refused("entry_differs", no=shown(entry.id), field="sign")
