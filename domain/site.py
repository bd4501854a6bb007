"""What a site is: places, rules and people, as the site file says them and the database keeps them.

Frozen dataclasses only, and the command that applies a changed site. Reading and checking the file is `config/`;
what may lie and move where is `places/`; what a number is for is `tracking/`; who may do what is `people/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from domain.values import AMOUNT_STEP, QTY_STEP, ZERO


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Recount tolerance; every part given must hold, none given is 0 (counting.md 40)."""

    pct: Decimal | None = None
    qty: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CountingRules:
    """`settings.counting`."""

    freeze: str = "warn"
    """none | warn | refuse (counting.md 38)."""
    recount_tolerance: Tolerance = field(default_factory=Tolerance)


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """`settings.session`, all in seconds."""

    idle_lock: int = 600
    drop_after: int = 60
    keep_input: int = 86400
    claim_lease: int = 900


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's settings that are built, named as in the site file."""

    default_costing: str = "fifo"
    amount_rounding: Decimal = AMOUNT_STEP
    unit_rounding: Decimal = QTY_STEP
    allow_posting_from: str | None = None
    """A date or a date formula (PER-02)."""
    allow_posting_to: str | None = None
    prevent_negative_inventory: bool = True
    variant_mandatory_if_exists: bool = False
    location_mandatory: bool = True
    default_location: str = ""
    counting: CountingRules = field(default_factory=CountingRules)
    max_typed_qty: Decimal = Decimal(99999)
    session: SessionTimes = field(default_factory=SessionTimes)
    pin_min_length: int = 6


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """`scanning.profiles`: what is particular to a device (SCN-104)."""

    gs_proven: bool = False
    gs_tokens: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    di_1d: bool = False
    paste: bool = False
    burst_end_ms: int | None = None
    screen: str = ""
    terminal: str = "auto"
    """auto | ascii | mono."""


@dataclass(frozen=True, slots=True)
class ScanRule:
    """`scanning.rules`: labels of another system, read by a pattern (SCN-103)."""

    rank: int
    """The lower one counts where two match."""
    kind: str
    match: str
    """A pattern of RE2 for the whole text; its named groups become facts."""


@dataclass(frozen=True, slots=True)
class Scanning:
    """`scanning`: how a code is captured and read at this site."""

    prefixes: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "bin": ("B:",),
            "lot": ("L:",),
            "serial": ("S:",),
            "item": ("I:",),
            "pallet": ("P:",),
            "order": ("O:",),
            "user": ("U:",),
            "command": ("%%", "C:"),
        }
    )
    """Kind to the prefixes that mark it; an empty tuple switches the kind off (SCN-100)."""
    rules: tuple[ScanRule, ...] = ()
    burst_gap_ms: int = 50
    burst_end_ms: int = 0
    repeat_ms: int = 500
    bells: bool = True
    profiles: dict[str, DeviceProfile] = field(default_factory=dict)


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
class TrackingCode:
    """Which numbers an item needs when (tracking.md). `X_specific` implies `X_warehouse` and every flag of X."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    description: str = ""
    serial_specific: bool = False
    serial_warehouse: bool = False
    serial_purchase_in: bool = False
    serial_purchase_out: bool = False
    serial_sales_in: bool = False
    serial_sales_out: bool = False
    serial_pos_adj_in: bool = False
    serial_pos_adj_out: bool = False
    serial_neg_adj_in: bool = False
    serial_neg_adj_out: bool = False
    serial_transfer: bool = False
    serial_info_must_exist_in: bool = False
    serial_info_must_exist_out: bool = False
    serial_create_info_on_posting: bool = False
    lot_specific: bool = False
    lot_warehouse: bool = False
    lot_purchase_in: bool = False
    lot_purchase_out: bool = False
    lot_sales_in: bool = False
    lot_sales_out: bool = False
    lot_pos_adj_in: bool = False
    lot_pos_adj_out: bool = False
    lot_neg_adj_in: bool = False
    lot_neg_adj_out: bool = False
    lot_transfer: bool = False
    lot_info_must_exist_in: bool = False
    lot_info_must_exist_out: bool = False
    lot_create_info_on_posting: bool = False
    package_specific: bool = False
    package_warehouse: bool = False
    package_purchase_in: bool = False
    package_purchase_out: bool = False
    package_sales_in: bool = False
    package_sales_out: bool = False
    package_pos_adj_in: bool = False
    package_pos_adj_out: bool = False
    package_neg_adj_in: bool = False
    package_neg_adj_out: bool = False
    package_transfer: bool = False
    package_info_must_exist_in: bool = False
    package_info_must_exist_out: bool = False
    use_expiration: bool = False
    require_expiration_entry: bool = False
    strict_expiration: bool = False
    warranty_formula: str = ""
    require_warranty_entry: bool = False


@dataclass(frozen=True, slots=True)
class UnitOfMeasure:
    """A unit of the site's list."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""
    international: str = ""


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """Why stock changes; offered by digit in the order of `position`, from 1."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    text: str = ""
    offered_for: tuple[str, ...] = ("adjust",)
    """`for` of the site file: adjust, short, reclassify, return, block."""
    needs_approval: bool = False
    location: str = ""
    value_zero: bool = False
    position: int = 1


@dataclass(frozen=True, slots=True)
class AdjustLimit:
    """Per posting: quantity in base units, value at the card's unit cost; None is no limit (SAF-28)."""

    qty: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What its holders may do: actions of SAF-27, `*` for all of them."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    may: tuple[str, ...] = ()
    adjust_limit: AdjustLimit | None = None


@dataclass(frozen=True, slots=True)
class SkillHeld:
    """A licence of an operator; `until` None never lapses."""

    skill: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who signs in. The PIN is kept elsewhere (people/)."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""
    role: str = ""
    locations: tuple[str, ...] = ()
    home: str = ""
    badge: str = ""
    skills: tuple[SkillHeld, ...] = ()
    zones: tuple[str, ...] = ()
    language: str = ""
    printer: str = ""
    adjust_limit: AdjustLimit | None = None
    """None: the role's."""
    allow_posting_from: str | None = None
    allow_posting_to: str | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class SiteHead:
    """The values a site has once."""

    KEY: ClassVar[tuple[str, ...]] = ("id",)
    AUDITED: ClassVar[bool] = True

    id: int = 1
    site: str = ""
    timezone: str = "UTC"
    language: str = "en"
    currency: str = "EUR"
    settings: Settings = field(default_factory=Settings)
    scanning: Scanning = field(default_factory=Scanning)


@dataclass(frozen=True, slots=True)
class Site:
    """A whole site: what a file describes, or what the database holds. All tuples are in file order."""

    head: SiteHead = field(default_factory=SiteHead)
    locations: tuple[Location, ...] = ()
    bin_types: tuple[BinType, ...] = ()
    zones: tuple[Zone, ...] = ()
    bins: tuple[Bin, ...] = ()
    bin_contents: tuple[BinContent, ...] = ()
    tracking_codes: tuple[TrackingCode, ...] = ()
    units_of_measure: tuple[UnitOfMeasure, ...] = ()
    reason_codes: tuple[ReasonCode, ...] = ()
    roles: tuple[Role, ...] = ()
    operators: tuple[Operator, ...] = ()
