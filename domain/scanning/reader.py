"""What a scanned or typed text is: one typed result with named facts, or one clear refusal (scanning.md).

Pure: text, settings and today in, a Reading out; nothing is raised, whatever comes in (SCN-01, SCN-02).
Not here: what the facts mean in stock (resolver.py), how bytes become a text (the terminal's capture).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from domain.scanning.cleaning import Scan, cleaned
from domain.scanning.data_identifiers import data_identifier
from domain.scanning.envelope import envelope
from domain.scanning.gs1 import gs1_by_identifier, gs1_without_identifier, keyed_gs1
from domain.scanning.gs1_link import link
from domain.scanning.gtin import ITF_14, digits_only, retail_by_identifier
from domain.scanning.hibc import hibc
from domain.scanning.prefixes import internal_label, without_stars
from domain.scanning.reading import Reading
from domain.scanning.site_rules import by_site_rule
from domain.site import DeviceProfile, Scanning

_SHORTEST_DOUBLE = 16
_PLAIN = re.compile("[A-Za-z0-9][A-Za-z0-9 ._/+-]{0,39}")


def read(text: str, scanning: Scanning, profile: DeviceProfile, today: date) -> Reading:
    """Return what `text` is: the first step that recognises it decides, and its error does not fall through."""
    scan = cleaned(text, scanning, profile, today)
    if isinstance(scan, Reading):
        return scan
    step, reading = (
        _first(_STEPS_AS_SCANNED, scan) or _first(_STEPS, without_stars(scan)) or ("nothing", scan.refused("E_NOMATCH"))
    )
    return replace(reading, step=step, symbology=scan.symbology)


def _first(steps: Mapping[str, Callable[[Scan], Reading | None]], scan: Scan) -> tuple[str, Reading] | None:
    return next(((name, reading) for name, step in steps.items() if (reading := step(scan))), None)


def _itf_of_another_length(scan: Scan) -> Reading | None:
    """An ITF that is not ITF-14 is a code of its own, never an article number (step 2)."""
    if scan.symbology != "I1" or len(scan.text) == ITF_14:
        return None
    return _plain_code(scan) or scan.refused("E_NOMATCH")


def _glued_double(scan: Scan) -> Reading | None:
    """The same code twice without an end mark between (step 4)."""
    half, odd = divmod(len(scan.text), 2)
    if odd or len(scan.text) < _SHORTEST_DOUBLE or scan.text[:half] != scan.text[half:]:
        return None
    return scan.refused("E_DOUBLE")


def _plain_code(scan: Scan) -> Reading | None:
    """A code without any mark of what it is (step 12)."""
    return scan.read("plain", code=scan.text) if _PLAIN.fullmatch(scan.text) else None


_STEPS_AS_SCANNED = {
    "gs1_mark": gs1_by_identifier,
    "retail_mark": retail_by_identifier,
    "other_itf": _itf_of_another_length,
    "envelope": envelope,
    "double": _glued_double,
}
_STEPS = {
    "prefix": internal_label,
    "site_rule": by_site_rule,
    "hibc": hibc,
    "link": link,
    "keyed_gs1": keyed_gs1,
    "digits": digits_only,
    "gs1": gs1_without_identifier,
    "data_identifier": data_identifier,
    "plain": _plain_code,
}
"""The table of scanning.md, Recognising, in its order; a pair of stars is taken off between the two."""
