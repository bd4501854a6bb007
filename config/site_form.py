"""What a site file says differently from the dataclasses of `domain.site`: choices, lengths, names, what is not built.

Not here: how a form is made and read (forms.py), what the rows become (schema.py).
"""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from types import GenericAlias
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from config import scalars
from config.forms import NOT_BUILT, Rules, form_of, shaped
from config.ranges import bin_codes
from config.scalars import Unreadable, code_of, key_of, one_of, text, whole_number
from domain.items.card import Item
from domain.people.rights import ACTIONS, EVERY_ACTION
from domain.scanning.reading import KINDS
from domain.scanning.site_rules import BadPattern, pattern
from domain.site import (
    Bin,
    BinContent,
    BinType,
    CountingRules,
    DeviceProfile,
    FlowBins,
    Location,
    Operator,
    ReasonCode,
    Role,
    Scanning,
    ScanRule,
    SessionTimes,
    Settings,
    SiteHead,
    SkillHeld,
    TrackingCode,
    UnitOfMeasure,
    Zone,
)


def _choice(*allowed: str) -> object:
    return shaped(str, one_of(*allowed))


def _list_of(shape: object) -> object:
    return GenericAlias(tuple, (shape, ...))


def _currency(value: object) -> str:
    """Read `{code, decimals}`; amounts have two decimals in this version."""
    right = "write {code: EUR, decimals: 2}"
    if not isinstance(value, dict) or not set(value) <= {"code", "decimals"}:
        raise Unreadable("is not a currency", right)
    if value.get("decimals") not in (None, "2"):
        raise Unreadable(f"other than two decimals {NOT_BUILT}", right)
    return code_of(3)(value.get("code") or SiteHead().currency)


def _screen(value: object) -> str:
    if not re.fullmatch("[1-9][0-9]{1,2}x[1-9][0-9]{0,2}", text(value)):
        raise Unreadable(f'"{value}" is not a screen', "write columns and rows like 20x8")
    return str(value)


def _prefix(value: object) -> str:
    if not text(value).strip():
        raise Unreadable("is blank", "write a prefix like B:, or null to switch it off")
    if not re.fullmatch("[!-~]([ -~]*[!-~])?", str(value)):
        raise Unreadable(f'"{value}" never stands on a label', "write letters without accents, digits or signs")
    return str(value)


def _pattern(value: object) -> str:
    try:
        pattern(text(value))
    except BadPattern as error:
        raise Unreadable(
            f"is not a pattern of RE2, {error}", "write it without look-around or back-references"
        ) from error
    return str(value)


def _listed(value: object) -> object:
    """Read one text or a list of them; null is an empty list."""
    return [] if value is None else [value] if isinstance(value, str) else value


def role(value: object) -> str:
    """Read the code of a role, kept in small letters."""
    return key_of(20)(value).lower()


_CODE = shaped(str, code_of(10))
_KEY = shaped(str, key_of(10))
_LONG_KEY = shaped(str, key_of(20))
_BIN = shaped(str, code_of(20))
_ROLE = shaped(str, role)
_FORMULA = shaped(str, scalars.date_formula)
_BOUND = shaped(str, scalars.date_bound)
_SECONDS = shaped(int, scalars.seconds)
_ROUNDING = shaped(Decimal, scalars.number_above_zero)
_BLOCK = _choice("none", "inbound", "outbound", "all")
_RANKING = shaped(int, whole_number(least=-scalars.LARGEST_WHOLE))
_OF_ZONE = {"bin_type": _CODE, "ranking": _RANKING, "warehouse_class": _CODE, "equipment": _CODE}
_DEFAULT_PREFIXES = Scanning().prefixes
_PREFIXES = GenericAlias(
    dict, (_choice(*_DEFAULT_PREFIXES), Annotated[_list_of(shaped(str, _prefix)), BeforeValidator(_listed)])
)

_SECTIONS_TO_COME = """
routes shipping_agents calendars warehouse_classes equipment putaway_templates number_series document_series
counting_periods posting_groups default_groups item_templates keys forms skills work_types
responsibility_centers printers
"""
_SETTINGS_TO_COME = """
average_cost_period average_cost_calc_type automatic_cost_adjustment cost_adjustment_schedule cost_adjustment_logging
automatic_cost_posting expected_cost_posting earliest_allowed_valuation_date head_log stockout_warning
default_responsibility_center default_qty_to_ship default_qty_to_receive exact_cost_reversing_sales
exact_cost_reversing_purchases direct_transfer_posting over_receipt_codes default_over_receipt_code
catalog_number_format look_ahead_period look_ahead_bucket default_safety_lead_time short_reasons
offer_count_after_short load_check skill_check audit_years durability warehouse_adjustment
"""

RULES: dict[type, Rules] = {
    SiteHead: Rules(
        shapes={
            "timezone": shaped(str, scalars.time_zone),
            "language": shaped(str, scalars.language),
            "currency": shaped(str, _currency),
        },
        left_out=("id",),
        not_built=frozenset(_SECTIONS_TO_COME.split()),
    ),
    Settings: Rules(
        shapes={
            "default_costing": _choice("fifo", "lifo", "average", "standard", "specific"),
            "amount_rounding": _ROUNDING,
            "unit_rounding": _ROUNDING,
            "allow_posting_from": _BOUND,
            "allow_posting_to": _BOUND,
            "default_location": _CODE,
            "max_typed_qty": shaped(Decimal, scalars.number_above_zero),
            "pin_min_length": shaped(int, whole_number(6, 12)),
        },
        not_built=frozenset(_SETTINGS_TO_COME.split()),
    ),
    CountingRules: Rules(shapes={"freeze": _choice("none", "warn", "refuse")}),
    SessionTimes: Rules(
        shapes={"idle_lock": _SECONDS, "drop_after": _SECONDS, "keep_input": _SECONDS, "claim_lease": _SECONDS}
    ),
    Scanning: Rules(
        shapes={"prefixes": Annotated[_PREFIXES, AfterValidator(lambda found: _DEFAULT_PREFIXES | found)]},
    ),
    ScanRule: Rules(shapes={"kind": _choice(*KINDS), "match": shaped(str, _pattern)}),
    DeviceProfile: Rules(
        shapes={"screen": shaped(str, _screen), "terminal": _choice("auto", "ascii", "mono")},
    ),
    Location: Rules(
        shapes={
            "cross_dock_due": _FORMULA,
            "default_bin_selection": _choice("none", "fixed", "last_used"),
            "pick_bin_policy": _choice("default_bin", "bin_ranking"),
            "putaway_bin_policy": _choice("default_bin", "template"),
            "putaway_template": _CODE,
            "bin_capacity_policy": _choice("never", "allow_more", "prohibit"),
            "special_equipment": _choice("none", "bin", "sku_item"),
            "assembly_handling": _choice(
                "none", "invt_movement", "invt_pick", "whse_pick_optional", "whse_pick_mandatory"
            ),
            "inbound_handling": _FORMULA,
            "outbound_handling": _FORMULA,
            "calendar": _CODE,
        },
        left_out=("code",),
    ),
    FlowBins: Rules(shapes={field.name: _BIN for field in dataclasses.fields(FlowBins)}),
    BinType: Rules(left_out=("code",)),
    Zone: Rules(shapes={"location": _KEY, "code": _KEY, **_OF_ZONE}),
    Bin: Rules(
        shapes={
            "location": _KEY,
            "code": shaped(Any, bin_codes),  # Any: a value of our own that pydantic hands on
            "zone": _CODE,
            "block": _BLOCK,
            "check": _CODE,
            **_OF_ZONE,
        },
    ),
    BinContent: Rules(
        shapes={
            "location": _KEY,
            "bin": _LONG_KEY,
            "item": _LONG_KEY,
            "variant": _CODE,
            "uom": _CODE,
            "block": _BLOCK,
        },
        defaults={"variant": "", "uom": Item(no="").base_uom},
        left_out=("from_site",),
    ),
    TrackingCode: Rules(shapes={"warranty_formula": _FORMULA}, left_out=("code",)),
    UnitOfMeasure: Rules(left_out=("code",)),
    ReasonCode: Rules(
        shapes={
            "offered_for": _list_of(_choice("adjust", "short", "reclassify", "return", "block")),
            "location": _CODE,
        },
        renamed={"offered_for": "for"},
        bare="text",
        left_out=("code", "position"),
    ),
    Role: Rules(shapes={"may": _list_of(_choice(*ACTIONS, EVERY_ACTION))}, left_out=("code",)),
    Operator: Rules(
        shapes={
            "role": _ROLE,
            "locations": _list_of(_KEY),
            "home": _CODE,
            "zones": _list_of(_KEY),
            "language": shaped(str, scalars.language),
            "printer": _CODE,
            "allow_posting_from": _BOUND,
            "allow_posting_to": _BOUND,
        },
        left_out=("code",),
        not_built=frozenset({"sales_center", "purchase_center"}),
        elsewhere={"pin": "set a PIN with `aisle operator pin CODE`; it is never in a file"},
    ),
    SkillHeld: Rules(shapes={"skill": _KEY}, bare="skill"),
}

HEAD = form_of(SiteHead, RULES)
KEYED = {
    "locations": (form_of(Location, RULES), key_of(10)),
    "bin_types": (form_of(BinType, RULES), key_of(10)),
    "tracking_codes": (form_of(TrackingCode, RULES), key_of(10)),
    "units_of_measure": (form_of(UnitOfMeasure, RULES), key_of(10)),
    "reason_codes": (form_of(ReasonCode, RULES), key_of(10)),
    "roles": (form_of(Role, RULES), role),
    "operators": (form_of(Operator, RULES), key_of(20)),
}
"""Sections by code: the form of a row and the reader of its code."""
LISTED = {"zones": form_of(Zone, RULES), "bins": form_of(Bin, RULES), "bin_contents": form_of(BinContent, RULES)}
"""Sections that are lists."""
