"""Rows of bins to bins: ranges, the zone's values, later rows for one code (SITE-04, bins.md 6).

Not here: the form of a row (site_form.py), how a range is written (ranges.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from config.forms import Findings, Given, Path
from config.ranges import BinCodes
from domain.site import Bin, Zone

MOST_BINS = 1_000_000
_OF_ZONE = ("bin_type", "ranking", "warehouse_class", "equipment", "cross_dock")


@dataclass(frozen=True, slots=True)
class BinRow:
    """One row of `bins`: where it stands, the codes it makes, and what else it says."""

    path: Path
    location: str
    codes: BinCodes
    given: Given


def bins_of(
    findings: Findings, rows: Sequence[BinRow], zones: Mapping[str, Mapping[str, Zone]]
) -> dict[tuple[str, str], Bin]:
    """Return the bins by location and code, in the order the rows make them.

    A later row for a single code of a range says what differs there; any other code made twice is a fault. `zones` are
    by location and code.
    """
    made: dict[tuple[str, str], BinRow] = {}
    if sum(len(row.codes) for row in rows) > MOST_BINS:
        findings.add(("bins",), f"more than {MOST_BINS:,} bins", "leave some out")
        return {}
    for row in rows:
        for code in row.codes:
            key = (row.location, code)
            before = made.get(key)
            if before and (row.codes.is_range or not before.codes.is_range):
                first = findings.place((*before.path, "code"))
                findings.add((*row.path, "code"), f"{code} is there twice, first at {first}", "keep one of the two")
                break
            made[key] = replace(row, given=before.given | row.given) if before else row
    return {key: _bin(row, key[1], zones.get(row.location, {})) for key, row in made.items()}


def _bin(row: BinRow, code: str, zones: Mapping[str, Zone]) -> Bin:
    return Bin(row.location, code, **(inherited(zones.get(row.given.get("zone", ""))) | row.given))


def inherited(zone: Zone | None) -> Given:
    """Return what a bin has from its zone unless it says its own (bins.md 6)."""
    return {name: getattr(zone, name) for name in _OF_ZONE} if zone else {}
