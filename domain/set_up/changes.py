"""What differs between two sites, row by row (SITE-05).

Not here: which changes the books forbid (rules.py), making them (apply.py), showing them (config/plan.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.records import Entity
from domain.site import (
    Bin,
    BinContent,
    BinType,
    Calendar,
    CountingPeriod,
    Equipment,
    ItemTemplate,
    Location,
    Operator,
    PostingGroups,
    Printer,
    PutawayTemplate,
    ReasonCode,
    ResponsibilityCenter,
    Role,
    Route,
    SeriesPattern,
    ShippingAgent,
    Site,
    Skill,
    TrackingCode,
    UnitOfMeasure,
    WarehouseClass,
    Zone,
)

SECTIONS: dict[str, tuple[str, type[Entity]]] = {
    "locations": ("location", Location),
    "routes": ("route", Route),
    "shipping_agents": ("shipping agent", ShippingAgent),
    "calendars": ("calendar", Calendar),
    "bin_types": ("bin type", BinType),
    "warehouse_classes": ("warehouse class", WarehouseClass),
    "equipment": ("equipment", Equipment),
    "zones": ("zone", Zone),
    "bins": ("bin", Bin),
    "bin_contents": ("bin content", BinContent),
    "putaway_templates": ("put-away template", PutawayTemplate),
    "tracking_codes": ("tracking code", TrackingCode),
    "number_series": ("number series", SeriesPattern),
    "units_of_measure": ("unit", UnitOfMeasure),
    "reason_codes": ("reason code", ReasonCode),
    "counting_periods": ("counting period", CountingPeriod),
    "posting_groups": ("posting groups", PostingGroups),
    "item_templates": ("item template", ItemTemplate),
    "roles": ("role", Role),
    "operators": ("operator", Operator),
    "skills": ("skill", Skill),
    "responsibility_centers": ("responsibility center", ResponsibilityCenter),
    "printers": ("printer", Printer),
}
"""Sections of a site in reading order: what one row is called, and its kind."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs: made (`old` is None), changed, or removed (`new` is None)."""

    title: str
    old: Any
    """Any: each section has entities of its own kind; likewise `new`."""
    new: Any

    @property
    def name(self) -> str:
        """Return what people call the row: `bin WHITE W-01-01`."""
        row = self.new or self.old
        key = () if row.KEY == ("id",) else _key(row)  # of these there is one
        return " ".join([self.title, *(str(part) for part in key if part != "")])

    def differing(self, *fields: str) -> list[str]:
        """Return which of these fields of a row that was there are no longer the same; removed, all of them."""
        if self.old is None:
            return []
        return [name for name in fields if self.new is None or getattr(self.old, name) != getattr(self.new, name)]


def changes(old: Site, new: Site) -> list[Change]:
    """Return what makes `new` of `old`: by section what is made or changed, then what is removed (SITE-05)."""
    found = [Change("site", old.head, new.head)] if old.head != new.head else []
    for section, (title, _) in SECTIONS.items():
        before = {_key(row): row for row in getattr(old, section)}
        after = {_key(row): row for row in getattr(new, section)}
        found += [Change(title, before.get(key), row) for key, row in after.items() if before.get(key) != row]
        found += [Change(title, row, None) for key, row in before.items() if key not in after]
    return found


def _key(row: Entity) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in row.KEY)
