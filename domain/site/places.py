"""Places: locations, zones, bins, what their bins are for, and the ways between locations (bins.md, transfers.md).

Not here: what may lie and move where (places/).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from domain.values import ZERO


@dataclass(frozen=True, slots=True)
class FlowBins:
    """`locations.CODE.bins`: the bins goods flow through, blank where there is none."""

    receipt: str = ""
    shipment: str = ""
    adjustment: str = ""
    cross_dock: str = ""
    to_assembly: str = ""
    from_assembly: str = ""
    ato_shipment: str = ""
    qc: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place with stock of its own (bins.md, Data)."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""
    address: tuple[str, ...] = ()
    in_transit: bool = False
    bin_mandatory: bool = False
    require_receive: bool = False
    require_shipment: bool = False
    require_putaway: bool = False
    require_pick: bool = False
    directed: bool = False
    use_cross_docking: bool = False
    cross_dock_due: str = ""
    default_bin_selection: str = "fixed"
    """none | fixed | last_used; never used at directed locations."""
    pick_bin_policy: str = "default_bin"
    putaway_bin_policy: str = "default_bin"
    putaway_template: str = ""
    use_putaway_worksheet: bool = False
    always_create_pick_line: bool = False
    always_create_putaway_line: bool = False
    pick_fefo: bool = False
    allow_breakbulk: bool = False
    bin_capacity_policy: str = "never"
    """never | allow_more | prohibit (bins.md 20)."""
    check_warehouse_class: bool = False
    special_equipment: str = "none"
    assembly_handling: str = "none"
    inbound_handling: str = ""
    outbound_handling: str = ""
    calendar: str = ""
    use_adcs: bool = True
    bins: FlowBins = field(default_factory=FlowBins)


@dataclass(frozen=True, slots=True)
class BinType:
    """What a bin of a directed location may do; six combinations exist (bins.md)."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    receive: bool = False
    ship: bool = False
    put_away: bool = False
    pick: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """An area of a location; bins made in it inherit from it (bins.md 6)."""

    KEY: ClassVar[tuple[str, ...]] = ("location", "code")
    AUDITED: ClassVar[bool] = True

    location: str
    code: str
    description: str = ""
    bin_type: str = ""
    ranking: int = 0
    warehouse_class: str = ""
    equipment: str = ""
    cross_dock: bool = False


@dataclass(frozen=True, slots=True)
class Bin:
    """A shelf, with what it inherited from its zone already filled in."""

    KEY: ClassVar[tuple[str, ...]] = ("location", "code")
    AUDITED: ClassVar[bool] = True

    location: str
    code: str
    description: str = ""
    zone: str = ""
    bin_type: str = ""
    ranking: int = 0
    warehouse_class: str = ""
    equipment: str = ""
    block: str = "none"
    """none | inbound | outbound | all."""
    max_cubage: Decimal = ZERO
    """0 is no limit; likewise max_weight."""
    max_weight: Decimal = ZERO
    cross_dock: bool = False
    dedicated: bool = False
    one_lot_per_bin: bool = False
    check: str = ""
    """Check digits an operator may type instead of scanning."""


@dataclass(frozen=True, slots=True)
class BinContent:
    """Policy of one item, variant and unit in a bin; quantities are never here."""

    KEY: ClassVar[tuple[str, ...]] = ("location", "bin", "item", "variant", "uom")
    AUDITED: ClassVar[bool] = True

    location: str
    bin: str
    item: str
    variant: str
    uom: str
    fixed: bool = False
    default: bool = False
    min: Decimal = ZERO
    max: Decimal = ZERO
    """In `uom`; 0 is no limit."""
    block: str = "none"
    from_site: bool = False
    """True where the site file says it; the program's own (first receipt, bins.md 11) are not touched by an apply."""


@dataclass(frozen=True, slots=True)
class WarehouseClass:
    """What goods and bins must have in common (bins.md 19)."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a zone, a bin or an item is handled with."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""
    skill: str = ""
    """The licence it demands (ORG-31)."""


@dataclass(frozen=True, slots=True)
class PutawayStep:
    """A line of a put-away template: the bins that have all of these are tried (putaway-and-movement.md 12)."""

    fixed: bool = False
    floating: bool = False
    same_item: bool = False
    uom_match: bool = False
    less_than_min: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class PutawayTemplate:
    """In which bins a place is looked for, one step after the other."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    steps: tuple[PutawayStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """The way from one location to another (transfers.md)."""

    KEY: ClassVar[tuple[str, ...]] = ("from_location", "to_location")
    AUDITED: ClassVar[bool] = True

    from_location: str
    to_location: str
    in_transit: str = ""
    """The location the goods are at meanwhile; "" where the route is direct."""
    agent: str = ""
    service: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True)
class AgentService:
    """A service of a shipping agent."""

    time: str = ""
    """Date formula."""


@dataclass(frozen=True, slots=True)
class ShippingAgent:
    """Who carries goods."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""
    services: dict[str, AgentService] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which nobody works."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    weekly_off: tuple[str, ...] = ()
    """mon, tue, wed, thu, fri, sat, sun."""
    holidays: tuple[date, ...] = ()
