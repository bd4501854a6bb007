"""Whether what the rows of a site file name is there (SITE-03).

Not here: whether a row is well formed (forms.py), whether what rows say goes together (agreement.py), whether the stock
allows a change (domain/set_up.py). Only what names a section without faults is judged, so that one mistake is reported
once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from config.bins import BinRow
from config.forms import Findings, Path
from domain.site import Bin, BinContent, BinType, FlowBins, Location, Operator, PostingGroups, Route, SiteHead, Zone

T = TypeVar("T")
Placed = tuple[Path, T]
"""A row with its path."""

_NAMED = (
    ("locations", "putaway_template", "putaway_templates"),
    ("locations", "calendar", "calendars"),
    ("equipment", "skill", "skills"),
    ("reason_codes", "location", "locations"),
    ("operators", "role", "roles"),
    ("operators", "printer", "printers"),
    ("operators", "sales_center", "responsibility_centers"),
    ("operators", "purchase_center", "responsibility_centers"),
    ("responsibility_centers", "location", "locations"),
)
"""Section, field of its rows, and the section whose codes stand there."""
_OF_ITEMS = {
    "base_uom": "units_of_measure",
    "sales_uom": "units_of_measure",
    "purchase_uom": "units_of_measure",
    "putaway_uom": "units_of_measure",
    "tracking": "tracking_codes",
    "lot_series": "number_series",
    "serial_series": "number_series",
    "warehouse_class": "warehouse_classes",
    "equipment": "equipment",
}
_OF_PLACES = {"bin_type": "bin_types", "warehouse_class": "warehouse_classes", "equipment": "equipment"}
_GROUPS = {"group": "inventory", "business": "business", "product": "product"}
"""Field of a row of posting set-up to the list of its groups."""
_FREE_IF_ABSENT = ("units_of_measure",)
"""Sections without which every code goes."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file says, each row with its path."""

    head: SiteHead
    keyed: dict[str, dict[str, Placed[Any]]]
    """Section to rows by code, with what every site has. Any: each section has entities of its own kind."""
    zones: dict[str, dict[str, Placed[Zone]]]
    """By location and code."""
    bin_rows: Sequence[BinRow]
    bins: dict[tuple[str, str], Bin]
    bin_contents: Sequence[Placed[BinContent]]
    routes: Sequence[Placed[Route]]
    posting_groups: PostingGroups | None

    @property
    def locations(self) -> dict[str, Placed[Location]]:
        """The locations by code."""
        return self.keyed["locations"]

    @property
    def bin_types(self) -> dict[str, Placed[BinType]]:
        """The bin types by code."""
        return self.keyed["bin_types"]

    @property
    def operators(self) -> dict[str, Placed[Operator]]:
        """The operators by code."""
        return self.keyed["operators"]


def check_references(findings: Findings, rows: Rows) -> None:
    """Note every row that names something the site does not have."""
    check = _Check(findings, rows, findings.faulty)
    for section, name, target in _NAMED:
        for path, row in rows.keyed[section].values():
            check.named((*path, name), target, getattr(row, name))
    _check_head(check, rows.head)
    _check_locations(check)
    _check_zones_and_bins(check)
    _check_bin_contents(check)
    _check_operators(check)
    _check_routes(check)
    for path, template in rows.keyed["item_templates"].values():
        for name, target in _OF_ITEMS.items():
            check.named((*path, name), target, template.fields.get(name, ""))
    if rows.posting_groups:
        _check_posting_groups(check, rows.posting_groups)


@dataclass(frozen=True, slots=True)
class _Check:
    """Notes what is named and not there."""

    findings: Findings
    rows: Rows
    faulty: frozenset[str | int]
    """Sections with faults in themselves: what is named there may be what is wrong."""

    def named(self, path: Path, section: str, code: str) -> bool:
        """Note a code that a section lacks; "" names nothing. Says whether the code is there."""
        known = self.rows.keyed[section]
        return (not known and section in _FREE_IF_ABSENT) or self.known(path, section, code, known)

    def known(self, path: Path, section: str, code: str, known: Collection[str]) -> bool:
        """Note a code that is not among the known ones of a section."""
        if code and code not in known and section.partition(".")[0] not in self.faulty:
            there = f"write one of {', '.join(list(known)[:10])}" if known else "there is none to name yet"
            self.findings.add(path, f"{code} is not in {section}", there)
        return code in known

    def bin(self, path: Path, location: str, bin: str) -> None:
        """Note a bin that its location lacks."""
        if bin and (location, bin) not in self.rows.bins and "bins" not in self.faulty:
            self.findings.add(path, f"{bin} is not a bin of {location}", "add it to bins")


def _check_head(check: _Check, head: SiteHead) -> None:
    settings = head.settings
    check.named(("settings", "default_location"), "locations", settings.default_location)
    check.named(
        ("settings", "default_responsibility_center"), "responsibility_centers", settings.default_responsibility_center
    )
    if settings.default_over_receipt_code not in ("", *settings.over_receipt_codes):
        known = ", ".join(settings.over_receipt_codes)
        right = f"write one of {known}" if known else "there is none to name yet"
        path = ("settings", "default_over_receipt_code")
        check.findings.add(path, f"{settings.default_over_receipt_code} is not in over_receipt_codes", right)
    for kind, series in head.document_series.items():
        check.named(("document_series", kind), "number_series", series)
    for work, skills in head.work_types.items():
        for index, skill in enumerate(skills):
            check.named(("work_types", work, index), "skills", skill)


def _check_locations(check: _Check) -> None:
    for path, location in check.rows.locations.values():
        for flow in dataclasses.fields(FlowBins):
            check.bin((*path, "bins", flow.name), location.code, getattr(location.bins, flow.name))


def _check_zones_and_bins(check: _Check) -> None:
    """Check what zones and bins name; where a bin has it from its zone, it is told of the zone alone."""
    for path, zone in (row for zones in check.rows.zones.values() for row in zones.values()):
        check.named((*path, "location"), "locations", zone.location)
        for name, target in _OF_PLACES.items():
            check.named((*path, name), target, getattr(zone, name))
    for row in check.rows.bin_rows:
        if check.named((*row.path, "location"), "locations", row.location):
            zones = check.rows.zones.get(row.location, ())
            check.known((*row.path, "zone"), "zones", row.given.get("zone", ""), zones)
        for name, target in _OF_PLACES.items():
            check.named((*row.path, name), target, row.given.get(name, ""))


def _check_bin_contents(check: _Check) -> None:
    for path, content in check.rows.bin_contents:
        check.bin((*path, "bin"), content.location, content.bin)
        check.named((*path, "uom"), "units_of_measure", content.uom)


def _check_operators(check: _Check) -> None:
    for path, operator in check.rows.operators.values():
        for index, code in enumerate(operator.locations):
            check.named((*path, "locations", index), "locations", code)
        zones = [zone for place in operator.locations for zone in check.rows.zones.get(place, ())]
        for index, code in enumerate(operator.zones):
            check.known((*path, "zones", index), "zones", code, zones)
        for index, held in enumerate(operator.skills):
            check.named((*path, "skills", index), "skills", held.skill)


def _check_routes(check: _Check) -> None:
    for path, route in check.rows.routes:
        check.named((*path, "from"), "locations", route.from_location)
        check.named((*path, "to"), "locations", route.to_location)
        check.named((*path, "in_transit"), "locations", route.in_transit)
        if check.named((*path, "agent"), "shipping_agents", route.agent):
            services = check.rows.keyed["shipping_agents"][route.agent][1].services
            check.known((*path, "service"), "shipping_agents", route.service, services)


def _check_posting_groups(check: _Check, groups: PostingGroups) -> None:
    """Check the groups and accounts that rows of set-up name (GL-06)."""
    for section in ("inventory_setup", "general_setup"):
        for index, row in enumerate(getattr(groups, section)):
            for field in dataclasses.fields(row):
                path = ("posting_groups", section, index, field.name)
                value = getattr(row, field.name)
                if field.name == "location":
                    check.named(path, "locations", value)
                elif listed := _GROUPS.get(field.name):
                    check.known(path, f"posting_groups.{listed}", value, getattr(groups, listed))
                elif isinstance(value, str):
                    check.known(path, "posting_groups.accounts", value, groups.accounts)
