"""What a site file says differently from the dataclasses of `domain.site`: choices, lengths, names, what is only kept.

Not here: how a form is made and read (forms.py), single shapes (shapes.py), what the rows become (schema.py).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from types import GenericAlias
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator

from config import shapes
from config.forms import Form, Rules, form_of, shaped
from config.import_fields import FIELDS
from config.ranges import bin_codes
from config.scalars import Unreadable, key_of, number_above_zero, one_of, seconds_text, text
from config.shapes import choice, list_of
from domain.items.card import Item
from domain.people.rights import ACTIONS, EVERY_ACTION
from domain.scanning.reading import KINDS
from domain.site import (
    Account,
    AgentService,
    Bin,
    BinContent,
    BinType,
    Calendar,
    CatalogNumberFormat,
    CountingPeriod,
    CountingRules,
    Currency,
    DefaultGroups,
    DeviceProfile,
    Equipment,
    FlowBins,
    GeneralAccounts,
    InventoryAccounts,
    ItemTemplate,
    JobForm,
    Location,
    Operator,
    OverReceipt,
    PostingGroups,
    Printer,
    PutawayTemplate,
    ReasonCode,
    ResponsibilityCenter,
    Role,
    Route,
    Scanning,
    ScanRule,
    SeriesPattern,
    SessionTimes,
    Settings,
    ShippingAgent,
    SiteHead,
    Skill,
    SkillHeld,
    TrackingCode,
    UnitOfMeasure,
    WarehouseClass,
    Zone,
)
from domain.site.goods import DOCUMENT_KINDS
from domain.site.people import WORK
from domain.site.settings import SHORT_REASONS
from domain.site.terminals import COMMANDS, INPUTS, JOBS, OUTPUTS

_FIELDS = list_of(choice(*INPUTS, *OUTPUTS))


def _prefix(value: object) -> str:
    if not text(value).strip():
        raise Unreadable("is blank", "write a prefix like B:, or null to switch it off")
    if not re.fullmatch("[!-~]([ -~]*[!-~])?", str(value)):
        raise Unreadable(f'"{value}" never stands on a label', "write letters without accents, digits or signs")
    return str(value)


def _listed(value: object) -> object:
    """Read one text or a list of them; null is an empty list."""
    return [] if value is None else [value] if isinstance(value, str) else value


def _columns(value: object) -> str:
    if not re.fullmatch("[1-9][0-9]{1,2}", text(value)):
        raise Unreadable(f'"{value}" is not a width', "write the columns of a screen, like 20")
    return str(value)


def _all_of(kind: type, shape: object, *but: str) -> dict[str, object]:
    """Return one shape for every field of a dataclass but some."""
    return {part.name: shape for part in dataclasses.fields(kind) if part.name not in but}


_OF_ZONE = {
    "bin_type": shapes.CODE,
    "ranking": shapes.RANKING,
    "warehouse_class": shapes.CODE,
    "equipment": shapes.CODE,
}
_ONE_OR_MORE = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "null"}]}
_DEFAULT_PREFIXES = Scanning().prefixes
_PREFIXES = GenericAlias(
    dict, (choice(*_DEFAULT_PREFIXES), shaped(list_of(shaped(str, _prefix)), _listed, _ONE_OR_MORE))
)
_KEPT_SECTIONS = """
routes shipping_agents calendars putaway_templates counting_periods item_templates forms
responsibility_centers printers
"""
_KEPT_SETTINGS = """
cost_adjustment_schedule cost_adjustment_logging
stockout_warning
default_responsibility_center default_qty_to_ship default_qty_to_receive direct_transfer_posting over_receipt_codes
default_over_receipt_code catalog_number_format look_ahead_period look_ahead_bucket default_safety_lead_time load_check
audit_years durability warehouse_adjustment
"""

RULES: dict[type, Rules] = {
    SiteHead: Rules(
        shapes={"timezone": shapes.TIME_ZONE, "language": shapes.LANGUAGE},
        codes={
            "document_series": one_of(*DOCUMENT_KINDS),
            "keys": shapes.key_name,
            "forms": one_of(*JOBS),
            "work_types": one_of(*WORK),
        },
        values={"document_series": shapes.LONG_KEY, "keys": choice(*COMMANDS), "work_types": list_of(shapes.KEY)},
        left_out=("id",),
        kept=frozenset(_KEPT_SECTIONS.split()),
    ),
    Currency: Rules(shapes={"code": shaped(str, key_of(3)), "decimals": shapes.whole(0, 5)}),
    Settings: Rules(
        shapes={
            "default_costing": choice("fifo", "lifo", "average", "standard", "specific"),
            "average_cost_period": choice("day", "week", "month", "quarter", "year", "accounting_period"),
            "average_cost_calc_type": choice("item", "item_location_variant"),
            "automatic_cost_adjustment": choice("never", "day", "week", "month", "quarter", "year", "always"),
            "cost_adjustment_schedule": shapes.SCHEDULE,
            "cost_adjustment_logging": choice("disabled", "errors", "all"),
            "amount_rounding": shapes.ROUNDING,
            "unit_rounding": shapes.ROUNDING,
            "allow_posting_from": shapes.BOUND,
            "allow_posting_to": shapes.BOUND,
            "default_location": shapes.CODE,
            "default_responsibility_center": shapes.CODE,
            "default_qty_to_ship": choice("remainder", "blank"),
            "default_qty_to_receive": choice("remainder", "blank"),
            "direct_transfer_posting": choice("direct_transfer", "shipment_and_receipt"),
            "default_over_receipt_code": shapes.CODE,
            "look_ahead_period": shapes.FORMULA,
            "look_ahead_bucket": shapes.PERIOD,
            "default_safety_lead_time": shapes.FORMULA,
            "warehouse_adjustment": choice("nightly", "by_hand"),
            "short_reasons": list_of(choice(*SHORT_REASONS)),
            "skill_check": choice("not_used", "code_shown", "warning_shown", "enforced"),
            "max_typed_qty": shaped(Any, number_above_zero, {"type": "number", "exclusiveMinimum": 0}),
            "pin_min_length": shapes.whole(6, 12),
            "audit_years": shapes.whole(1, 100),
            "durability": choice("full", "relaxed"),
        },
        codes={"over_receipt_codes": key_of(10)},
        kept=frozenset(_KEPT_SETTINGS.split()),
    ),
    CatalogNumberFormat: Rules(
        shapes={
            "parts": choice(
                "vendor_item_no",
                "manufacturer_vendor_item_no",
                "vendor_item_no_manufacturer",
                "entry_no",
                "series",
            )
        }
    ),
    CountingRules: Rules(shapes={"freeze": choice("none", "warn", "refuse")}),
    SessionTimes: Rules(
        shapes=_all_of(SessionTimes, shapes.SECONDS),
        written={part.name: seconds_text for part in dataclasses.fields(SessionTimes)},
    ),
    Scanning: Rules(
        shapes={"prefixes": Annotated[_PREFIXES, AfterValidator(lambda found: _DEFAULT_PREFIXES | found)]},
    ),
    ScanRule: Rules(shapes={"kind": choice(*KINDS), "match": shapes.PATTERN}),
    DeviceProfile: Rules(shapes={"screen": shapes.SCREEN, "terminal": choice("auto", "ascii", "mono")}),
    JobForm: Rules(
        codes={"rows": _columns, "labels": one_of(*INPUTS, *OUTPUTS), "confirm": one_of(*INPUTS)},
        shapes={"hide": _FIELDS},
        values={"rows": _FIELDS, "confirm": choice("scan", "check", "key", "none")},
    ),
    DefaultGroups: Rules(shapes=_all_of(DefaultGroups, shapes.LONG_CODE)),
    Location: Rules(
        shapes={
            "cross_dock_due": shapes.FORMULA,
            "default_bin_selection": choice("none", "fixed", "last_used"),
            "pick_bin_policy": choice("default_bin", "bin_ranking"),
            "putaway_bin_policy": choice("default_bin", "template"),
            "putaway_template": shapes.CODE,
            "bin_capacity_policy": choice("never", "allow_more", "prohibit"),
            "special_equipment": choice("none", "bin", "sku_item"),
            "assembly_handling": choice(
                "none", "invt_movement", "invt_pick", "whse_pick_optional", "whse_pick_mandatory"
            ),
            "inbound_handling": shapes.FORMULA,
            "outbound_handling": shapes.FORMULA,
            "calendar": shapes.CODE,
        },
        left_out=("code",),
    ),
    FlowBins: Rules(shapes=_all_of(FlowBins, shapes.LONG_CODE)),
    Route: Rules(
        shapes={
            "from_location": shapes.KEY,
            "to_location": shapes.KEY,
            **dict.fromkeys(("in_transit", "agent", "service"), shapes.CODE),
        },
        renamed={"from_location": "from", "to_location": "to"},
    ),
    ShippingAgent: Rules(codes={"services": key_of(10)}, left_out=("code",)),
    AgentService: Rules(shapes={"time": shapes.FORMULA}),
    Calendar: Rules(
        shapes={"weekly_off": list_of(choice("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
        left_out=("code",),
    ),
    BinType: Rules(left_out=("code",)),
    WarehouseClass: Rules(bare="name", left_out=("code",)),
    Equipment: Rules(shapes={"skill": shapes.CODE}, left_out=("code",)),
    Zone: Rules(shapes={"location": shapes.KEY, "code": shapes.KEY, **_OF_ZONE}),
    Bin: Rules(
        shapes={
            "location": shapes.KEY,
            "code": shaped(Any, bin_codes),  # Any: a value of our own that pydantic hands on
            "zone": shapes.CODE,
            "block": shapes.BLOCK,
            "check": shapes.CODE,
            **_OF_ZONE,
        },
    ),
    BinContent: Rules(
        shapes={
            "location": shapes.KEY,
            "bin": shapes.LONG_KEY,
            "item": shapes.LONG_KEY,
            "variant": shapes.CODE,
            "uom": shapes.CODE,
            "block": shapes.BLOCK,
        },
        defaults={"variant": "", "uom": Item(no="").base_uom},
        left_out=("from_site",),
    ),
    PutawayTemplate: Rules(bare="steps", left_out=("code",)),
    TrackingCode: Rules(shapes={"warranty_formula": shapes.FORMULA}, left_out=("code",)),
    SeriesPattern: Rules(
        shapes={"pattern": shapes.NUMBER_PATTERN, "increment": shapes.whole(1)},
        left_out=("code",),
    ),
    UnitOfMeasure: Rules(left_out=("code",)),
    ReasonCode: Rules(
        shapes={
            "offered_for": list_of(choice("adjust", "short", "reclassify", "return", "block")),
            "location": shapes.CODE,
        },
        renamed={"offered_for": "for"},
        bare="text",
        left_out=("code", "position"),
    ),
    CountingPeriod: Rules(shapes={"times_per_year": shapes.whole(1, 366)}, left_out=("code",)),
    PostingGroups: Rules(
        codes={"accounts": key_of(20)},
        shapes=dict.fromkeys(("business", "product", "inventory"), list_of(shapes.LONG_KEY)),
        left_out=("id",),
    ),
    Account: Rules(shapes={"type": choice("balance", "income")}),
    InventoryAccounts: Rules(shapes=_all_of(InventoryAccounts, shapes.LONG_CODE) | {"location": shapes.CODE}),
    GeneralAccounts: Rules(shapes=_all_of(GeneralAccounts, shapes.LONG_CODE, "blocked")),
    Item: Rules(
        shapes={part.name: shaped(Any, FIELDS["items"][part.name]) for part in dataclasses.fields(Item)},
        left_out=("no", "no2", "gtin", "blocked", "blocked_reason"),
    ),
    Role: Rules(shapes={"may": list_of(choice(*ACTIONS, EVERY_ACTION))}, left_out=("code",)),
    Operator: Rules(
        shapes={
            "role": shapes.ROLE,
            "locations": list_of(shapes.KEY),
            "home": shapes.CODE,
            "zones": list_of(shapes.KEY),
            "language": shapes.LANGUAGE,
            "printer": shapes.CODE,
            "allow_posting_from": shapes.BOUND,
            "allow_posting_to": shapes.BOUND,
            "sales_center": shapes.CODE,
            "purchase_center": shapes.CODE,
        },
        left_out=("code",),
        elsewhere={"pin": "set a PIN with `aisle operator pin CODE`; it is never in a file"},
        kept=frozenset({"printer", "sales_center", "purchase_center"}),
    ),
    SkillHeld: Rules(shapes={"skill": shapes.KEY}, bare="skill"),
    Skill: Rules(bare="name", left_out=("code",)),
    ResponsibilityCenter: Rules(shapes={"location": shapes.CODE}, left_out=("code",)),
    Printer: Rules(shapes={"kind": choice("zpl", "text"), "address": shapes.ADDRESS}, left_out=("code",)),
    OverReceipt: Rules(),
}

HEAD = form_of(SiteHead, RULES)


class Section(NamedTuple):
    """A section by code: what its rows become, the form of a row, the reader of its code."""

    kind: type
    form: type[Form]
    read_code: Callable[[object], str]


def _section(kind: type, longest: int = 10) -> Section:
    return Section(kind, form_of(kind, RULES), key_of(longest))


KEYED = {
    "locations": _section(Location),
    "shipping_agents": _section(ShippingAgent),
    "calendars": _section(Calendar),
    "bin_types": _section(BinType),
    "warehouse_classes": _section(WarehouseClass),
    "equipment": _section(Equipment),
    "putaway_templates": _section(PutawayTemplate),
    "tracking_codes": _section(TrackingCode),
    "number_series": _section(SeriesPattern, 20),
    "units_of_measure": _section(UnitOfMeasure),
    "reason_codes": _section(ReasonCode),
    "counting_periods": _section(CountingPeriod),
    "item_templates": Section(ItemTemplate, form_of(Item, RULES), key_of(10)),
    "roles": Section(Role, form_of(Role, RULES), shapes.role_code),
    "operators": _section(Operator, 20),
    "skills": _section(Skill),
    "responsibility_centers": _section(ResponsibilityCenter),
    "printers": _section(Printer),
}
LISTED = {
    "routes": form_of(Route, RULES),
    "zones": form_of(Zone, RULES),
    "bins": form_of(Bin, RULES),
    "bin_contents": form_of(BinContent, RULES),
}
"""Sections that are lists."""
SINGLE = {"posting_groups": form_of(PostingGroups, RULES)}
"""Sections that are one row."""
