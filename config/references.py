"""Whether the rows of a site file agree with each other (SITE-03, bins.md 1, 3, 4, 6, 8, 14).

Not here: whether a row is well formed (forms.py), whether the stock allows a change (domain/set_up.py). Only what names
a section without faults is judged, so that one mistake is reported once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from config.bins import BinRow
from config.forms import Findings, Path
from config.scan_rules import check_scanning
from domain.people.rights import SYSTEM
from domain.site import Bin, BinContent, BinType, FlowBins, Location, Operator, ReasonCode, Role, SiteHead, Zone

T = TypeVar("T")
Placed = tuple[Path, T]
"""A row with its path."""

_BIN_TYPES = {
    frozenset({"receive"}),
    frozenset({"ship"}),
    frozenset({"put_away"}),
    frozenset({"pick"}),
    frozenset({"put_away", "pick"}),
    frozenset[str](),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file says, each row with its path."""

    head: SiteHead
    locations: dict[str, Placed[Location]]
    bin_types: dict[str, Placed[BinType]]
    zones: dict[str, dict[str, Placed[Zone]]]
    """By location and code."""
    bin_rows: Sequence[BinRow]
    bins: dict[tuple[str, str], Bin]
    bin_contents: Sequence[Placed[BinContent]]
    reason_codes: dict[str, Placed[ReasonCode]]
    roles: dict[str, Role]
    operators: dict[str, Placed[Operator]]


def check_references(findings: Findings, rows: Rows) -> None:
    """Note every row that names something the site does not have, or that contradicts another."""
    _check_head(findings, rows)
    _check_locations(findings, rows)
    _check_bin_types(findings, rows)
    _check_zones(findings, rows)
    _check_bins(findings, rows)
    _check_bin_contents(findings, rows)
    for path, reason in rows.reason_codes.values():
        _check_location(findings, rows, (*path, "location"), reason.location)
    _check_operators(findings, rows)


def _check_known(findings: Findings, path: Path, section: str, code: str, known: Collection[str]) -> bool:
    """Note a code that a section lacks; "" names nothing. Says whether the code is there."""
    if code and code not in known and findings.is_sound(section):
        there = f"write one of {', '.join(list(known)[:10])}" if known else "there is none to name yet"
        findings.add(path, f"{code} is not in {section}", there)
    return code in known


def _check_location(findings: Findings, rows: Rows, path: Path, code: str) -> bool:
    return _check_known(findings, path, "locations", code, rows.locations)


def _check_head(findings: Findings, rows: Rows) -> None:
    _check_location(findings, rows, ("settings", "default_location"), rows.head.settings.default_location)
    check_scanning(findings, rows.head.scanning)


def _check_locations(findings: Findings, rows: Rows) -> None:
    """Check what the flags of a location need of each other (bins.md 1, 3, 4) and the bins it names."""
    for path, location in rows.locations.values():
        if location.directed and location.in_transit:
            findings.add((*path, "directed"), "a location in transit", "leave out one of in_transit and directed")
        if location.bins.adjustment and not location.directed:
            findings.add((*path, "bins", "adjustment"), "only for directed locations", "leave it out")
        handles_all = (
            location.require_receive
            and location.require_shipment
            and location.require_pick
            and location.require_putaway
        )
        if location.use_cross_docking and not handles_all:
            needed = "switch on require_receive, require_shipment, require_pick and require_putaway"
            findings.add((*path, "use_cross_docking"), "needs all four documents", needed)
        if location.pick_fefo and not location.require_pick:
            findings.add((*path, "pick_fefo"), "needs picks", "switch on require_pick")
        elif location.pick_fefo and location.require_shipment and not location.bin_mandatory:
            findings.add((*path, "pick_fefo"), "needs bins where shipments are required", "switch on bin_mandatory")
        for flow in dataclasses.fields(FlowBins):
            bin = getattr(location.bins, flow.name)
            if bin and (location.code, bin) not in rows.bins and findings.is_sound("bins"):
                findings.add((*path, "bins", flow.name), f"{bin} is not a bin of {location.code}", "add it to bins")


def _check_bin_types(findings: Findings, rows: Rows) -> None:
    for path, bin_type in rows.bin_types.values():
        flags = ("receive", "ship", "put_away", "pick")
        if frozenset(flag for flag in flags if getattr(bin_type, flag)) not in _BIN_TYPES:
            allowed = "write receive, ship, put_away, pick, put_away and pick, or none"
            findings.add(path, "these flags do not go together", allowed)


def _check_bin_type(findings: Findings, rows: Rows, path: Path, location: str, bin_type: str) -> None:
    """Check that a bin type exists and that its location is directed (bins.md 6)."""
    _check_known(findings, path, "bin_types", bin_type, rows.bin_types)
    if bin_type and location in rows.locations and not rows.locations[location][1].directed:
        findings.add(path, f"{location} is not directed", "leave the bin type out")


def _check_zones(findings: Findings, rows: Rows) -> None:
    for path, zone in (row for zones in rows.zones.values() for row in zones.values()):
        if _check_location(findings, rows, (*path, "location"), zone.location):
            _check_bin_type(findings, rows, (*path, "bin_type"), zone.location, zone.bin_type)


def _check_bins(findings: Findings, rows: Rows) -> None:
    for row in rows.bin_rows:
        if _check_location(findings, rows, (*row.path, "location"), row.location):
            zones = rows.zones.get(row.location, ())
            _check_known(findings, (*row.path, "zone"), "zones", row.given.get("zone", ""), zones)
            _check_bin_type(findings, rows, (*row.path, "bin_type"), row.location, row.given.get("bin_type", ""))


def _check_bin_contents(findings: Findings, rows: Rows) -> None:
    """Check the bins of contents, one default an item (bins.md 8) and min <= max (14)."""
    seen: dict[tuple[str, ...], Path] = {}
    defaults: dict[tuple[str, str, str], str] = {}
    for path, content in rows.bin_contents:
        if (content.location, content.bin) not in rows.bins and findings.is_sound("bins"):
            findings.add((*path, "bin"), f"{content.bin} is not a bin of {content.location}", "add it to bins")
        key = (content.location, content.bin, content.item, content.variant, content.uom)
        if key in seen:
            findings.add(path, f"the same content as at {findings.place(seen[key])}", "keep one of the two")
        seen.setdefault(key, path)
        if content.max and content.min > content.max:
            findings.add((*path, "min"), f"{content.min} is above max {content.max}", "write a min up to the max")
        whose = (content.location, content.item, content.variant)
        if content.default and defaults.setdefault(whose, content.bin) != content.bin:
            findings.add((*path, "default"), f"default bin already {defaults[whose]}", "keep one default an item")


def _check_operators(findings: Findings, rows: Rows) -> None:
    known_by = {code: code for code in rows.operators}  # a badge is looked up like a code (SAF-22)
    for path, operator in rows.operators.values():
        if operator.code == SYSTEM.code:
            findings.add_key(path, f"{SYSTEM.code} is the program's own operator", "choose another code")
        _check_known(findings, (*path, "role"), "roles", operator.role, rows.roles)
        for index, code in enumerate(operator.locations):
            _check_location(findings, rows, (*path, "locations", index), code)
        if operator.home and operator.home not in operator.locations:
            findings.add((*path, "home"), f"{operator.home} is not among his locations", "add it to locations")
        zones = [zone for place in operator.locations for zone in rows.zones.get(place, ())]
        for index, code in enumerate(operator.zones):
            _check_known(findings, (*path, "zones", index), "zones", code, zones)
        holder = known_by.setdefault(operator.badge.upper(), operator.code) if operator.badge else operator.code
        if holder != operator.code:
            findings.add((*path, "badge"), f"{operator.badge} already names {holder}", "give each a badge of his own")
