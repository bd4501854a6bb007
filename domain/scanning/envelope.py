"""ISO 15434 envelopes: GS1 elements and fields with data identifiers in one two-dimensional code (SCN-80).

Not here: the elements (gs1_strings.py), the fields (data_identifiers.py).
"""

from __future__ import annotations

from domain.scanning.cleaning import ENVELOPE_STARTS, EOT, GS, RS, Scan
from domain.scanning.data_identifiers import read_fields
from domain.scanning.gs1_strings import read_separated
from domain.scanning.label_facts import clash, together
from domain.scanning.reading import Reading

_GS1, _FIELDS = f"05{GS}", f"06{GS}"
"""How the formats that are read begin."""


def envelope(scan: Scan) -> Reading | None:
    """Read `[)>` RS, formats with RS between them, EOT; the first RS and EOT may be missing (step 3)."""
    if not scan.text.startswith(ENVELOPE_STARTS):
        return None
    body = scan.text.removeprefix(">").removeprefix("[)>")
    is_odd = scan.text.startswith(">") or not body.startswith(RS) or not body.endswith(EOT)
    formats = body.removeprefix(RS).removesuffix(EOT).removesuffix(RS).split(RS)
    if any(not one.startswith((_GS1, _FIELDS)) or EOT in one for one in formats):
        return scan.refused("E_ENV")
    return _merged(scan, formats, *(("W_ENV",) if is_odd else ()))


def _merged(scan: Scan, formats: list[str], *warn: str) -> Reading:
    """Return what all formats say together; one may be empty, not all."""
    elements = GS.join(one.removeprefix(_GS1).strip(GS) for one in formats if one.startswith(_GS1))
    fields = [field for one in formats if one.startswith(_FIELDS) for field in one.removeprefix(_FIELDS).split(GS)]
    gs1 = read_separated(scan, elements) if elements.strip(GS) else Reading(scan.raw)
    mh10 = read_fields(scan, filter(None, fields))
    if gs1.error or mh10.error:
        return gs1 if gs1.error else mh10
    if not gs1.facts and not mh10.facts:
        return scan.refused("E_EMPTY")
    if twice := clash(gs1.facts, mh10.facts):
        return scan.refused("E_DUP", ai=twice[0], a=twice[1], b=twice[2])
    facts = together(gs1.facts, mh10.facts)
    return Reading(scan.raw, "mh10", facts, tuple(dict.fromkeys((*scan.warn, *gs1.warn, *warn))))
