"""Forms that are recognised and not read yet: GS1 strings, envelopes, HIBC, links, data identifiers.

A wrong reading is worse than none: each answers E_NOT_BUILT with its form, and is never taken for anything else.
Not here: forms that are read (prefixes.py, gtin.py, reader.py).
"""

from __future__ import annotations

import re

from domain.scanning.cleaning import ENVELOPE_STARTS, GS, LINK_STARTS, Scan
from domain.scanning.gtin import wrong_number
from domain.scanning.reading import Reading

_GS1_SYMBOLOGIES = {"C1", "e0", "e1", "e2", "d2", "Q3", "J1"}
_GS1_START = re.compile("00[0-9]{18}|0[12][0-9]{14}")
_DATA_IDENTIFIER = re.compile("(1T|1P|14D|16D|[PQSKV]).+")


def _not_built(scan: Scan, form: str) -> Reading:
    return scan.refused("E_NOT_BUILT", form=form)


def gs1_by_identifier(scan: Scan) -> Reading | None:
    """Recognise a GS1 string by what the device says of it (step 1)."""
    return _not_built(scan, "gs1") if scan.symbology in _GS1_SYMBOLOGIES else None


def envelope(scan: Scan) -> Reading | None:
    """Recognise an ISO 15434 envelope (step 3)."""
    return _not_built(scan, "envelope") if scan.text.startswith(ENVELOPE_STARTS) else None


def hibc(scan: Scan) -> Reading | None:
    """Recognise a supplier label of the health industry (step 6)."""
    return _not_built(scan, "hibc") if scan.text.startswith("+") else None


def link(scan: Scan) -> Reading | None:
    """Recognise a link, a GS1 Digital Link or not (step 7)."""
    return _not_built(scan, "link") if scan.text.lower().startswith(LINK_STARTS) else None


def keyed_gs1(scan: Scan) -> Reading | None:
    """Recognise a GS1 string typed with brackets (step 8)."""
    return _not_built(scan, "gs1") if scan.text.startswith("(") else None


def gs1_without_identifier(scan: Scan) -> Reading | None:
    """Recognise a GS1 string by its separator, or by a full number at its start (step 10, SCN-30)."""
    start = _GS1_START.match(scan.text)
    if start is None:
        return _not_built(scan, "gs1") if GS in scan.text else None
    return wrong_number(scan, start[0][2:]) or _not_built(scan, "gs1")


def data_identifier(scan: Scan) -> Reading | None:
    """Recognise a single data identifier, where the device may send them (step 11)."""
    found = scan.profile.di_1d and _DATA_IDENTIFIER.fullmatch(scan.text)
    return _not_built(scan, "data_identifier") if found else None
