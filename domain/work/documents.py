"""The documents of counting and adjusting, drafts until they are posted; and which documents a scan may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from domain.orders.documents import Order
from domain.values import ZERO
from domain.work.activities import Activity


@dataclass(frozen=True, slots=True)
class Claim:
    """A lease of a document by an operator (floor-flows.md 16)."""

    KEY: ClassVar[tuple[str, ...]] = ("document",)
    AUDITED: ClassVar[bool] = False

    document: str
    operator: str
    terminal: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CountJournal:
    """A count of one bin, or of a location (without bins: `bin` is "")."""

    KEY: ClassVar[tuple[str, ...]] = ("no",)
    AUDITED: ClassVar[bool] = False

    no: str
    location: str
    bin: str
    status: str
    """open, finished (waits for the supervisor), posted."""
    opened_by: str
    opened_at: datetime
    finished_by: str = ""
    finished_at: datetime | None = None
    register: int = 0


@dataclass(frozen=True, slots=True)
class CountLine:
    """One identity to count. `qty_counted` None is not counted; a keyed 0 is a count (decision 2). Base units."""

    KEY: ClassVar[tuple[str, ...]] = ("journal", "line_no")
    AUDITED: ClassVar[bool] = False

    journal: str
    line_no: int
    item: str
    variant: str
    bin: str
    lot: str
    serial: str
    package: str
    expires: date | None
    uom: str
    listed: bool
    """False where the counter added it."""
    qty_calculated: Decimal = ZERO
    """What the books say, brought to the moment of counting (counting.md 9)."""
    snapshot_at: datetime | None = None
    qty_counted: Decimal | None = None
    counted_at: datetime | None = None
    counted_by: str = ""
    first_count: Decimal | None = None
    """The figure that asked for a recount."""
    counts: int = 0
    review: bool = False
    """A third count, taken as it is: the supervisor looks at it."""


@dataclass(frozen=True, slots=True)
class PendingAdjustment:
    """An adjustment over the operator's limit, left for approval with its scans (SAF-28)."""

    KEY: ClassVar[tuple[str, ...]] = ("no",)
    AUDITED: ClassVar[bool] = True

    no: str
    operator: str
    asked_at: datetime
    location: str
    bin: str
    item: str
    variant: str
    lot: str
    serial: str
    package: str
    expires: date | None
    qty: Decimal
    """Signed, in `uom`: + found, - missing."""
    uom: str
    reason: str
    operation_id: str
    status: str = "waiting"
    """waiting, approved, refused."""
    decided_by: str = ""
    register: int = 0


DOCUMENTS = (CountJournal, Order, Activity)
"""Kinds of document a scan may name."""
