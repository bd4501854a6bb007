"""What one posting did to stock: as people look at it, and entry by entry as an undo counters it.

Not here: which postings somebody sees (my_day.py), taking one back (undoing.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from domain.books import Books
from domain.ledger.entries import BinEntry, ItemEntry, PhysicalEntry


@dataclass(frozen=True, slots=True)
class StockChange:
    """What a posting did to one item and number in one place; quantities in base units."""

    location: str
    bin: str
    item: str
    variant: str
    number: str
    qty: Decimal
    """Signed."""
    counted: Decimal | None = None
    """What was counted there; None where nothing was."""


@dataclass(frozen=True, slots=True)
class EntryInBins:
    """An item entry with the bin entries written beside it; none at a location without bins."""

    entry: ItemEntry
    bins: tuple[BinEntry, ...]


def changes_of(books: Books, register: int) -> list[StockChange]:
    """Return what a posting did.

    A count has all its lines, those without a difference too; else bins are told where there are any.
    """
    if proofs := books.ledger.rows_of(register, PhysicalEntry):
        return [_change(row, row.bin, row.qty_counted - row.qty_calculated, counted=row.qty_counted) for row in proofs]
    if in_bins := books.ledger.rows_of(register, BinEntry):
        return [_change(row, row.bin, row.qty_base) for row in in_bins]
    return [_change(row, "", row.qty) for row in books.ledger.rows_of(register, ItemEntry)]


def entries_of(books: Books, register: int) -> list[EntryInBins]:
    """Return the item entries of a posting, each with its bin entries: those numbered after it and before the next."""
    rows: list[ItemEntry | BinEntry] = [
        *books.ledger.rows_of(register, ItemEntry),
        *books.ledger.rows_of(register, BinEntry),
    ]
    found: list[tuple[ItemEntry, list[BinEntry]]] = []
    for row in sorted(rows, key=attrgetter("id")):
        if isinstance(row, ItemEntry):
            found.append((row, []))
        elif found:
            found[-1][1].append(row)
    return [EntryInBins(entry, tuple(bins)) for entry, bins in found]


def _change(
    row: PhysicalEntry | BinEntry | ItemEntry, bin: str, qty: Decimal, counted: Decimal | None = None
) -> StockChange:
    number = row.serial or row.lot or row.package
    return StockChange(row.location, bin, row.item, row.variant, number, qty, counted)
