"""The forms of a GS1 string: marked by the device, keyed with brackets, or known by how it begins (SCN-30, 60).

Not here: the string itself (gs1_strings.py, gs1_lost_separators.py), links (gs1_link.py).
"""

from __future__ import annotations

import re

from domain.scanning.cleaning import GS, Scan
from domain.scanning.gs1_identifiers import identifier
from domain.scanning.gs1_link import link
from domain.scanning.gs1_lost_separators import read_unseparated
from domain.scanning.gs1_strings import padded, read_separated, read_values
from domain.scanning.gtin import wrong_number
from domain.scanning.reading import Reading

_SYMBOLOGIES = {"C1", "e0", "e1", "e2", "d2", "Q3", "J1"}
_START = re.compile("00[0-9]{18}|0[12][0-9]{14}")
_BRACKETS = re.compile(r"\( *([0-9]{2,4}) *\)")


def gs1_by_identifier(scan: Scan) -> Reading | None:
    """Read a GS1 string that the device says is one (step 1)."""
    if scan.symbology not in _SYMBOLOGIES:
        return None
    return link(scan) or _string(scan)


def gs1_without_identifier(scan: Scan) -> Reading | None:
    """Read a GS1 string known by its separator, or by a full number at its start (step 10)."""
    start = _START.match(scan.text)
    if start and (wrong := wrong_number(scan, start[0][2:])):
        return wrong
    if GS in scan.text:
        return _string(scan)
    return _string(scan, "W_NOFNC1") if start else None


def keyed_gs1(scan: Scan) -> Reading | None:
    """Read a GS1 string typed with its identifiers in brackets; other brackets are part of a value (step 8, SCN-60)."""
    text = scan.text
    if not text.startswith("("):
        return None
    first = _BRACKETS.match(text)
    if first is None:
        return scan.refused("E_HRI")
    if identifier(first[1]) is None:
        return scan.refused("E_AI", ai=first[1])
    brackets = [found for found in _BRACKETS.finditer(text) if identifier(found[1])]
    ends = [*(found.start() for found in brackets[1:]), len(text)]
    values, warn = padded(
        (found[1], text[found.end() : end].strip(" ")) for found, end in zip(brackets, ends, strict=True)
    )
    return read_values(scan, values, *warn)


def _string(scan: Scan, *warn: str) -> Reading:
    if GS in scan.text or scan.profile.gs_proven:
        return read_separated(scan, scan.text, *warn)
    return read_unseparated(scan, scan.text, *warn)
