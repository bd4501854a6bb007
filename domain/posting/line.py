"""A journal line, what it is split into, and what a posting answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.items.card import Item
from domain.items.moving import Moved
from domain.site import Bin, Location, TrackingCode
from domain.tracking.numbers import TrackingRow, told_apart


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count line proves (LED-11). Base units."""

    qty_calculated: Decimal
    qty_counted: Decimal
    counted_at: datetime
    operator: str
    is_listed: bool = True
    """The books expected it there: an inbound block does not stop the difference (bins.md 16)."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of a journal. The entry type gives the sign; a negative quantity turns it round (adjusting.md 1)."""

    entry_type: str
    """positive_adj or negative_adj."""
    item: str
    qty: Decimal
    """In `uom`; 0 only where a count found no difference."""
    location: str = ""
    bin: str = ""
    variant: str = ""
    uom: str = ""
    """"" is the base unit."""
    tracking: tuple[TrackingRow, ...] = ()
    """Their base quantities add up to the line's; none is a line without numbers."""
    unit_cost: Decimal | None = None
    """Per `uom`; None is the card's. Increases only."""
    amount: Decimal | None = None
    """Of the whole line; wins over `unit_cost`."""
    posting_date: date | None = None
    """None is the work date."""
    reason: str = ""
    document_no: str = ""
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """What was written: the register and the item entries in the order of the lines."""

    register: int
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One entry to be: a line, or the part of it with one set of numbers. Quantities are signed."""

    line: JournalLine
    item: Item
    tracking: TrackingCode
    location: Location
    bin: Bin | None
    moved: Moved
    numbers: TrackingRow
    value: Decimal
    posting_date: date

    @property
    def is_increase(self) -> bool:
        """Say whether stock grows by it."""
        return self.moved.qty_base > 0

    def kept_in_bins(self) -> tuple[str, str, str]:
        """Return lot, serial and package as the bins keep them."""
        kept = told_apart(self.tracking, self.numbers)
        return kept.lot, kept.serial, kept.package
