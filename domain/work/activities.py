"""Warehouse activities: the lines a picker follows, a draft until they are posted (picking.md, Data).

Not here: how they are made (picking.py), worked (pick_lines.py) and posted (pick_posting.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from domain.values import ONE, ZERO


@dataclass(frozen=True, slots=True)
class Activity:
    """A pick, put-away or movement. Gone when nothing of it is outstanding."""

    KEY: ClassVar[tuple[str, ...]] = ("no",)
    AUDITED: ClassVar[bool] = False

    no: str
    kind: str
    """pick (put_away and movement follow)."""
    is_inventory: bool
    """It posts its order at once (set-up level 3); else it registers (levels 4-6)."""
    location: str
    order: str
    """The order it was made from."""
    partner: str = ""
    due: date | None = None
    priority: int = 0
    assigned: str = ""
    """Operator it is dealt out to, "" is free work."""
    stands_at: str = ""
    """The bin answered last: accepted, so it travels with the pick to whoever takes it over (floor-flows.md 16)."""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One instruction. Quantities in base units, never signed."""

    KEY: ClassVar[tuple[str, ...]] = ("activity", "line_no")
    AUDITED: ClassVar[bool] = False

    activity: str
    line_no: int
    """In the order it was made, by 10000; re-spaced when a split leaves no gap (picking.md 28)."""
    action: str
    """take, or "" where the location has no bins."""
    location: str
    item: str
    order_line: int
    variant: str = ""
    uom: str = ""
    """The order line's, for showing; quantities here are base."""
    qty_per_unit: Decimal = ONE
    qty: Decimal = ZERO
    """Asked for, less what went to another line."""
    qty_handled: Decimal = ZERO
    """Posted before."""
    qty_to_handle: Decimal = ZERO
    """Really taken so far; starts at 0 (decision 58)."""
    bin: str = ""
    bin_ranking: int = 0
    lot: str = ""
    serial: str = ""
    package: str = ""
    expires: date | None = None
    is_number_fixed: bool = False
    """Named by the order or a specific reservation: no other number may be taken (picking.md 9, 30)."""
    is_piece: bool = False
    """One piece of several, each to be scanned by its serial (picking.md 15)."""
    proposed_lot: str = ""
    """What the pick was made with, likewise the two below; "" is for the picker to name. Put back restores them."""
    proposed_serial: str = ""
    proposed_package: str = ""
    is_short: bool = False
    """The picker said there is no more; `reason` says why."""
    reason: str = ""
    handled_by: str = ""
    handled_at: datetime | None = None

    @property
    def outstanding(self) -> Decimal:
        """What is not posted yet."""
        return self.qty - self.qty_handled


@dataclass(frozen=True, slots=True)
class PostedPick:
    """A posting of an inventory pick: who did it and when, long after its lines are gone (picking.md, Data)."""

    KEY: ClassVar[tuple[str, ...]] = ("no", "register")
    AUDITED: ClassVar[bool] = False

    no: str
    register: int
    document: str
    """The shipment it made."""
    order: str
    location: str
    operator: str
    posted_at: datetime
