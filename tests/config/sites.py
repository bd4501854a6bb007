"""Sites as hypothesis makes them: every field of every kind of row, whatever the file may say for it."""

from __future__ import annotations

import dataclasses
import typing
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any

from hypothesis import strategies as st

from config.implied import default_codes, implied
from config.json_schema import json_schema
from config.site_form import KEYED, RULES
from domain.people.rights import DEFAULT_ROLES
from domain.site import (
    Bin,
    BinContent,
    ItemTemplate,
    Location,
    Operator,
    Route,
    Settings,
    Site,
    SiteHead,
    TrackingCode,
    Zone,
)

TEXT = st.text(max_size=30) | st.sampled_from(
    [
        "null",
        "~",
        "yes",
        "07",
        "1e3",
        "- a",
        "{x}",
        "a: b #c",
        "'",
        '"',
        "\u202e\x85\n",
        "=",
        "<<",
        "2026-01-01",
        "é\t ",
    ]
)
CODES = ("NO", "1000", "07", "1E3", "A-1", "Ö{", "~", "NULL", "2026-01-01", "#X", "'Y'")
FORMULAS = st.sampled_from(["", "2W", "-1M-CM"])
NAMED: dict[str, st.SearchStrategy[Any]] = {
    "location": st.just("NO"),
    "locations": st.just(("NO", "07")),
    "home": st.sampled_from(["", "NO"]),
    "zones": st.just(()),
    "role": st.sampled_from(["", "picker"]),
    "item": st.sampled_from(CODES),
    "Currency.code": st.sampled_from(["EUR", "KWD"]),
    "amount_rounding": st.just(Decimal(5)),
    "unit_rounding": st.just(Decimal("0.0001")),
    "pattern": st.sampled_from(["L{YY}-##", "#"]),
    "Printer.address": st.just("host:9100"),
    "match": st.just("V(?P<lot>.)"),
    "ScanRule.kind": st.just("gs1"),
    "screen": st.just("20x8"),
    "hide": st.just(()),
    "check": st.sampled_from(["", "07"]),
    "timezone": st.sampled_from(["UTC", "Europe/Copenhagen"]),
    "language": st.sampled_from(["en", "pt-BR"]),
    "cost_adjustment_schedule": st.sampled_from(["none", "02:30", "15m"]),
    "max_typed_qty": st.just(Decimal("12.5")),
    "pin_min_length": st.integers(6, 12),
    "audit_years": st.integers(1, 9),
    "times_per_year": st.integers(1, 9),
    "increment": st.integers(1, 9),
    "decimals": st.integers(0, 5),
    "prefixes": st.just(
        {"bin": ("B:", "BIN:"), "lot": ()} | dict.fromkeys(("serial", "item", "pallet", "order", "user", "command"), ())
    ),
    **dict.fromkeys(("cross_dock_due", "inbound_handling", "outbound_handling", "warranty_formula", "time"), FORMULAS),
    **dict.fromkeys(("look_ahead_period", "default_safety_lead_time"), FORMULAS),
    **dict.fromkeys(("allow_posting_from", "allow_posting_to"), st.none() | st.sampled_from(["-1M-CM", "2026-12-31"])),
    **dict.fromkeys(("idle_lock", "drop_after", "keep_input", "claim_lease"), st.integers(1, 99_999)),
}
"""Fields, of one kind or of all, in which not every value of their type may stand, or that name another row."""
ABSENT = """
default_location default_responsibility_center default_over_receipt_code putaway_template calendar in_transit directed
bins warehouse_class equipment bin_type zone skill skills agent service printer sales_center purchase_center
document_series work_types default_groups keys forms badge use_cross_docking pick_fefo from_site
"""
"""Fields left as they are by default: what they name is not there, or they need others."""


def _choices(kind: type, key: str) -> list[str]:
    """Return what may stand there, where the schema for editors lists it."""
    definition = _DEFINITIONS.get(kind.__name__, {})
    for part in definition.get("anyOf", [definition]):
        for way in part.get("properties", {}).get(key, {}).get("anyOf", ()):
            if "enum" in way.get("items", way):
                return list(way.get("items", way)["enum"])
    return []


_DEFINITIONS = json_schema()["$defs"]


def values(hint: Any, choices: list[str]) -> st.SearchStrategy[Any]:
    """Return any value of a type."""
    parts = typing.get_args(hint)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: st.sampled_from(choices) if choices else TEXT,
        bool: st.booleans(),
        int: st.integers(0, 9_999),
        Decimal: st.decimals(0, 9_999, places=5),
        date: st.dates(),
    }
    if hint in simple:
        return simple[hint]
    if isinstance(hint, UnionType):
        return st.none() | values(parts[0], choices)
    if typing.get_origin(hint) is tuple:
        return st.lists(values(parts[0], choices), max_size=2).map(tuple)
    if typing.get_origin(hint) is dict:
        return st.dictionaries(st.sampled_from(CODES), values(parts[1], choices), max_size=2)
    return rows(hint)


def rows(kind: type, **given: Any) -> st.SearchStrategy[Any]:
    """Return any row of a kind; `given` are fields that are known."""
    rules, hints = RULES.get(kind), typing.get_type_hints(kind)
    fields = {}
    for field in dataclasses.fields(kind):
        if field.name not in given and field.name not in ABSENT.split():
            key = rules.renamed.get(field.name, field.name) if rules else field.name
            named = NAMED.get(f"{kind.__name__}.{field.name}", NAMED.get(field.name))
            fields[field.name] = values(hints[field.name], _choices(kind, key)) if named is None else named
    return st.builds(kind, **{name: st.just(value) for name, value in given.items()}, **fields)


def _consistent(row: Any) -> Any:
    """Return a row with what its flags set, as the file would make it."""
    if isinstance(row, TrackingCode):
        for kind in ("serial", "lot", "package"):
            if not getattr(row, f"{kind}_specific"):
                row = dataclasses.replace(row, **{f"{kind}_warehouse": False})
    for _, forced in implied(type(row), {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}):
        row = dataclasses.replace(row, **forced)
    return row


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Any site with a row or two of each kind."""
    sections: dict[str, Any] = {}
    for section, (kind, _, _) in KEYED.items():
        if kind in (Location, ItemTemplate, Operator) or section in ("bin_types", "units_of_measure", "roles"):
            continue
        codes = draw(st.lists(st.sampled_from(CODES), max_size=2, unique=True))
        named = [_consistent(draw(rows(kind, code=code))) for code in codes]
        sections[section] = tuple(
            dataclasses.replace(row, position=digit) if section == "reason_codes" else row
            for digit, row in enumerate(named, 1)
        )
    sections["tracking_codes"] = tuple(
        (default_codes() | {row.code: row for row in sections["tracking_codes"]}).values()
    )
    locations = tuple(draw(rows(Location, code=code, in_transit=False)) for code in ("NO", "07"))
    zones = tuple(draw(rows(Zone, location="NO", code=code)) for code in ("P", "Q"))
    codes = draw(st.lists(st.from_regex("[AB][0-2]{1,2}-[0-9X]", fullmatch=True), max_size=9, unique=True))
    bins = tuple(
        dataclasses.replace(draw(rows(Bin, code=code)), zone=draw(st.sampled_from(["", "P", "Q"]))) for code in codes
    )
    contents = tuple(
        draw(rows(BinContent, bin=code, variant="", uom="PCS", default=False, max=Decimal(0), from_site=True))
        for code in codes[:2]
    )
    return Site(
        head=draw(rows(SiteHead, id=1, site="X", settings=draw(rows(Settings)))),
        locations=locations,
        zones=zones,
        bins=bins,
        bin_contents=contents,
        routes=(Route("NO", "07", direct=draw(st.booleans())),),
        operators=tuple(draw(rows(Operator, code=code)) for code in ("ANNA", "OLE")),
        roles=tuple(DEFAULT_ROLES.values()),
        **sections,
    )
