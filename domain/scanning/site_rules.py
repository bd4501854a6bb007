"""Labels of other systems, read by patterns of the site (SCN-103).

Not here: labels with a prefix (prefixes.py), refusing a rule in the site file (config/).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from domain.scanning.cleaning import Scan
from domain.scanning.gtin import EAN_8, EAN_13, ITF_14, SSCC, UPC_A, wrong_number
from domain.scanning.label_facts import iso_day
from domain.scanning.prefixes import CODES, command, kept_code
from domain.scanning.quantity import label_quantity
from domain.scanning.reading import Reading
from domain.site import ScanRule

_DATES = {"expiry", "made", "packed", "due", "best_before", "sell_by"}
_QUANTITIES = {"qty", "content_qty"}
_LENGTHS = {"gtin": (EAN_8, UPC_A, EAN_13, ITF_14), "content_gtin": (EAN_8, UPC_A, EAN_13, ITF_14), "sscc": (SSCC,)}
_TEXTS = """
addl_id cust_part hibc_item licence_plate location lot order origin part part_alt revision serial supplier
supplier_part uom variant
"""
FACTS = frozenset({*_DATES, *_QUANTITIES, *_LENGTHS, *_TEXTS.split()})
"""What a named group may be called beside the main fact of its kind."""
_OWN_FACT = {"command": "command", "gtin": "gtin", "rcn": "gtin", "url": "url"}


class BadPattern(Exception):
    """RE2 does not take a pattern; says why."""


def main_fact(kind: str) -> str:
    """Return the fact that a rule of this kind must name, "" where any will do."""
    return "code" if kind in CODES else _OWN_FACT.get(kind, "")


@cache
def pattern(match: str) -> re.Pattern[str]:
    """Return a pattern of RE2, which answers as one of `re` does but in linear time.

    Raises BadPattern.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled: re.Pattern[str] = re2.compile(match, options)
    except re2.error as error:
        raise BadPattern(error.args[0].decode(errors="replace")) from error
    return compiled


def by_site_rule(scan: Scan) -> Reading | None:
    """Read a label that a rule of the site describes; two rules of one rank leave it open (step 5)."""
    readings = [replace(_read(scan, rule.kind, match.groupdict()), rule=rule.match) for rule, match in _rules_for(scan)]
    if not readings:
        return None
    sound = tuple(reading for reading in readings if not reading.error)
    if len(readings) == 1 or not sound:
        return readings[0]
    return Reading(scan.raw, error="E_AMBIG", readings=sound)


def _rules_for(scan: Scan) -> list[tuple[ScanRule, re.Match[str]]]:
    """Return the rules of the lowest rank that match, with how they do."""
    found = [(rule, match) for rule in scan.scanning.rules if (match := pattern(rule.match).fullmatch(scan.text))]
    lowest = min((rule.rank for rule, _ in found), default=0)
    return [(rule, match) for rule, match in found if rule.rank == lowest]


def _read(scan: Scan, kind: str, groups: Mapping[str, str | None]) -> Reading:
    """Read what the named groups hold; one that took no part is no fact, unless the kind needs it."""
    if kind == "command":
        return command(scan, groups["command"] or "")
    facts: dict[str, str] = {}
    for name, text in groups.items():
        if text or name == main_fact(kind):
            value = _value(scan, kind, name, text or "")
            if isinstance(value, Reading):
                return value
            facts[name] = value
    return scan.read(kind, **facts)


def _value(scan: Scan, kind: str, name: str, text: str) -> str | Reading:
    """Return a fact as every other form of label gives it, or the error it leads to (SCN-04, SCN-05)."""
    if name == "code":
        return kept_code(kind, text) or scan.refused("E_VALUE", kind=kind, code=scan.text)
    if name in _DATES:
        return iso_day(text.replace("-", "")) or scan.refused("E_DATE", date=text)
    if name in _QUANTITIES:
        return label_quantity(text) or scan.refused("E_QTY", qty=text)
    if lengths := _LENGTHS.get(name):
        if len(text) not in lengths or not text.isdigit():
            return scan.refused("E_VALUE", digits=" or ".join(str(length) for length in lengths))
        return wrong_number(scan, text) or text.zfill(ITF_14)
    return text
