"""A journal line, what it is split into, and what a posting answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from domain.items.card import Item
from domain.items.moving import Moved
from domain.ledger.entries import ItemEntry, ValueEntry
from domain.site import Bin, Location, TrackingCode
from domain.tracking.numbers import MOVEMENT, TRANSFER, TrackingRow, told_apart
from domain.values import ZERO


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
class Origin:
    """Which documents a line comes from, as the entries will tell."""

    document_type: str = ""
    """sales_shipment, purchase_receipt ... (glossary)."""
    document_line: int = 0
    external_document_no: str = ""
    order_type: str = ""
    order_no: str = ""
    order_line: int = 0
    source_type: str = ""
    """customer or vendor, with `source_no`."""
    source_no: str = ""


@dataclass(frozen=True, slots=True)
class BinShare:
    """What of a line lies in one bin. Base units, never signed."""

    bin: str
    qty_base: Decimal


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of a journal. The entry type gives the sign; a negative quantity turns it round (adjusting.md 1)."""

    entry_type: str
    """positive_adj, negative_adj, purchase or sale; the door itself makes lines of movements and transfers."""
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
    origin: Origin = Origin()
    bins: tuple[BinShare, ...] = ()
    """Where one entry goes with several bins (decision 57), with at most one tracking row; wins over `bin`."""
    is_invoiced: bool = True
    """False for what is received or shipped and not invoiced yet: expected value (LED-04, decision 65)."""
    applies_to: int = 0
    """The item entry this one is fixed to (LED-23)."""
    applies_from: int = 0
    """The decrease whose cost an increase takes (LED-25)."""
    is_correction: bool = False
    """Written by an undo (LED-34)."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Goods from one bin to another of the same location: bin entries only (putaway-and-movement.md 31)."""

    item: str
    qty: Decimal
    """In `uom`, above 0."""
    location: str
    from_bin: str
    to_bin: str
    variant: str = ""
    uom: str = ""
    lot: str = ""
    serial: str = ""
    package: str = ""
    posting_date: date | None = None
    reason: str = ""
    document_no: str = ""
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Reclassification:
    """A transfer pair: out of the old location, bin and numbers, into the new ones (reclassifying.md, LED-10)."""

    item: str
    qty: Decimal
    """In `uom`, above 0."""
    location: str
    new_location: str
    bin: str = ""
    new_bin: str = ""
    variant: str = ""
    uom: str = ""
    tracking: tuple[TrackingRow, ...] = ()
    new_tracking: tuple[TrackingRow, ...] = ()
    """As many rows as `tracking`, each what the row of the same place becomes, whole: a blank number goes; none keeps
    all. A date that neither row has is kept, one that only the old row has goes (reclassifying.md 12)."""
    posting_date: date | None = None
    reason: str = ""
    document_no: str = ""
    origin: Origin = Origin()
    applies_to: int = 0
    """The item entry the out-entry is fixed to: an undo goes back the way it came."""
    is_correction: bool = False


Line: TypeAlias = JournalLine | Movement | Reclassification


@dataclass(frozen=True, slots=True)
class Posting:
    """What was written: the register and the item entries in the order of the lines."""

    register: int
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry that a line applies to or from, with its value entries."""

    entry: ItemEntry
    values: tuple[ValueEntry, ...]

    @property
    def cost(self) -> Decimal:
        """Return all it cost, signed, be it expected; what rounding left on it is nobody's (COS-52, COS-58)."""
        kept = [value for value in self.values if value.entry_type != "rounding"]
        return sum((value.cost_amount_actual + value.cost_amount_expected for value in kept), ZERO)

    @property
    def expected(self) -> Decimal:
        """Return what of its cost is expected still."""
        return sum((value.cost_amount_expected for value in self.values), ZERO)

    @property
    def is_invoiced(self) -> bool:
        """Say whether any of it is invoiced."""
        return any(value.invoiced_qty for value in self.values)


@dataclass(frozen=True, slots=True)
class Part:
    """What one set of numbers of a line moves: an item entry and its bin entries. Quantities are signed."""

    line: JournalLine
    item: Item
    tracking: TrackingCode
    location: Location
    bins: tuple[tuple[Bin, Decimal], ...]
    """What of it goes into or out of which bin, in base units; none at a location without bins."""
    moved: Moved
    numbers: TrackingRow
    value: Decimal
    posting_date: date
    variance: Decimal = ZERO
    """How much of the value was not paid for it (COS-20)."""
    named: NamedEntry | None = None
    """What the line applies to or from."""

    @property
    def is_increase(self) -> bool:
        """Say whether stock grows by it."""
        return self.moved.qty_base > 0

    @property
    def is_movement(self) -> bool:
        """Say whether it is in bins only: one side of a movement."""
        return self.line.entry_type == MOVEMENT

    @property
    def is_in_half(self) -> bool:
        """Say whether it is the second half of a transfer: it follows the one it comes from."""
        return self.line.entry_type == TRANSFER and self.is_increase

    def kept_in_bins(self) -> tuple[str, str, str]:
        """Return lot, serial and package as the bins keep them."""
        kept = told_apart(self.tracking, self.numbers)
        return kept.lot, kept.serial, kept.package
