"""Forms that are recognised and not read yet: envelopes, HIBC, data identifiers.

A wrong reading is worse than none: each answers E_NOT_BUILT with its form, and is never taken for anything else.
Not here: forms that are read (prefixes.py, gtin.py, gs1.py, reader.py).
"""

from __future__ import annotations

import re

from domain.scanning.cleaning import ENVELOPE_STARTS, Scan
from domain.scanning.reading import Reading

_DATA_IDENTIFIER = re.compile("(1T|1P|14D|16D|[PQSKV]).+")


def _not_built(scan: Scan, form: str) -> Reading:
    return scan.refused("E_NOT_BUILT", form=form)


def envelope(scan: Scan) -> Reading | None:
    """Recognise an ISO 15434 envelope (step 3)."""
    return _not_built(scan, "envelope") if scan.text.startswith(ENVELOPE_STARTS) else None


def hibc(scan: Scan) -> Reading | None:
    """Recognise a supplier label of the health industry (step 6)."""
    return _not_built(scan, "hibc") if scan.text.startswith("+") else None


def data_identifier(scan: Scan) -> Reading | None:
    """Recognise a single data identifier, where the device may send them (step 11)."""
    found = scan.profile.di_1d and _DATA_IDENTIFIER.fullmatch(scan.text)
    return _not_built(scan, "data_identifier") if found else None
