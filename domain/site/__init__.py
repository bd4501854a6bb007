"""What a site is: places, goods, rules and people, as the site file says them and the database keeps them (site.md).

Frozen dataclasses only. Reading and checking the file is `config/`; applying a changed one is `set_up.py`; what may lie
and move where is `places/`; what a number is for is `tracking/`; who may do what is `people/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from domain.site.accounts import Account, DefaultGroups, GeneralAccounts, InventoryAccounts, PostingGroups
from domain.site.goods import CountingPeriod, ItemTemplate, ReasonCode, SeriesPattern, TrackingCode, UnitOfMeasure
from domain.site.people import AdjustLimit, Operator, Printer, ResponsibilityCenter, Role, Skill, SkillHeld
from domain.site.places import (
    AgentService,
    Bin,
    BinContent,
    BinType,
    Calendar,
    Equipment,
    FlowBins,
    Location,
    PutawayStep,
    PutawayTemplate,
    Route,
    ShippingAgent,
    WarehouseClass,
    Zone,
)
from domain.site.settings import (
    CatalogNumberFormat,
    CountingRules,
    OverReceipt,
    SessionTimes,
    Settings,
    Tolerance,
)
from domain.site.terminals import DeviceProfile, JobForm, Scanning, ScanRule

__all__ = [
    "Account",
    "AdjustLimit",
    "AgentService",
    "Bin",
    "BinContent",
    "BinType",
    "Calendar",
    "CatalogNumberFormat",
    "CountingPeriod",
    "CountingRules",
    "Currency",
    "DefaultGroups",
    "DeviceProfile",
    "Equipment",
    "FlowBins",
    "GeneralAccounts",
    "InventoryAccounts",
    "ItemTemplate",
    "JobForm",
    "Location",
    "Operator",
    "OverReceipt",
    "PostingGroups",
    "Printer",
    "PutawayStep",
    "PutawayTemplate",
    "ReasonCode",
    "ResponsibilityCenter",
    "Role",
    "Route",
    "ScanRule",
    "Scanning",
    "SeriesPattern",
    "SessionTimes",
    "Settings",
    "ShippingAgent",
    "Site",
    "SiteHead",
    "Skill",
    "SkillHeld",
    "Tolerance",
    "TrackingCode",
    "UnitOfMeasure",
    "WarehouseClass",
    "Zone",
]


@dataclass(frozen=True, slots=True)
class Currency:
    """What amounts are in."""

    code: str = "EUR"
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class SiteHead:
    """The values a site has once."""

    KEY: ClassVar[tuple[str, ...]] = ("id",)
    AUDITED: ClassVar[bool] = True

    id: int = 1
    site: str = ""
    timezone: str = "UTC"
    language: str = "en"
    currency: Currency = field(default_factory=Currency)
    settings: Settings = field(default_factory=Settings)
    document_series: dict[str, str] = field(default_factory=dict)
    """Kind of document to number series; a kind not named has a built-in one."""
    default_groups: DefaultGroups = field(default_factory=DefaultGroups)
    scanning: Scanning = field(default_factory=Scanning)
    keys: dict[str, str] = field(default_factory=dict)
    """Key to command, where it is another than the delivered one."""
    forms: dict[str, JobForm] = field(default_factory=dict)
    """By job."""
    work_types: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind of work to the skills it demands."""


@dataclass(frozen=True, slots=True)
class Site:
    """A whole site: what a file describes, or what the database holds. All tuples are in file order."""

    head: SiteHead = field(default_factory=SiteHead)
    locations: tuple[Location, ...] = ()
    routes: tuple[Route, ...] = ()
    shipping_agents: tuple[ShippingAgent, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    bin_types: tuple[BinType, ...] = ()
    warehouse_classes: tuple[WarehouseClass, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    zones: tuple[Zone, ...] = ()
    bins: tuple[Bin, ...] = ()
    bin_contents: tuple[BinContent, ...] = ()
    putaway_templates: tuple[PutawayTemplate, ...] = ()
    tracking_codes: tuple[TrackingCode, ...] = ()
    number_series: tuple[SeriesPattern, ...] = ()
    units_of_measure: tuple[UnitOfMeasure, ...] = ()
    reason_codes: tuple[ReasonCode, ...] = ()
    counting_periods: tuple[CountingPeriod, ...] = ()
    posting_groups: tuple[PostingGroups, ...] = ()
    """One, or none where the default chart is used."""
    item_templates: tuple[ItemTemplate, ...] = ()
    roles: tuple[Role, ...] = ()
    operators: tuple[Operator, ...] = ()
    skills: tuple[Skill, ...] = ()
    responsibility_centers: tuple[ResponsibilityCenter, ...] = ()
    printers: tuple[Printer, ...] = ()
