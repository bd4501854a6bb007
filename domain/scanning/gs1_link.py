"""Links: a GS1 Digital Link is read like a label, any other is only a link (SCN-70..72). Nothing is ever fetched.

Not here: what its values mean (gs1_values.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.scanning.ai_table import LINK_KEYS
from domain.scanning.cleaning import LINK_STARTS, Scan
from domain.scanning.gs1_identifiers import identifier
from domain.scanning.gs1_strings import Value, padded, read_values
from domain.scanning.reading import Reading

_ADDRESS = re.compile(
    r"https?://(?:[^/?#@]*@)?"
    r"(?:\[[0-9a-f:.]+\]|[0-9a-z._~%!$&'()*+,;=-]+)(?::(?P<port>[0-9]{0,5}))?"
    r"(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_LAST_PORT = 65_535
_BROKEN_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_PERCENT = re.compile("(?:%[0-9A-Fa-f]{2})+")
_NOT_IN_A_LINK = re.compile("[^!-~]")


def link(scan: Scan) -> Reading | None:
    """Read a link (step 7)."""
    if not scan.text.lower().startswith(LINK_STARTS):
        return None
    address = _ADDRESS.fullmatch(scan.text)
    if address is None or int(address["port"] or 0) > _LAST_PORT or _BROKEN_PERCENT.search(scan.text):
        return scan.refused("E_LINK")
    run = _run((address["path"] or "").strip("/").split("/"))
    if run:
        return _digital_link(scan, run, address["query"] or "")
    return scan.refused("E_LINK") if _NOT_IN_A_LINK.search(scan.text) else scan.read("url", url=scan.text)


def _run(segments: Sequence[str]) -> list[Value]:
    """Return the pairs from the last key on whose followers are all its qualifiers; none where there is no such key."""
    for at in range(len(segments) - 2, -1, -2):
        names, values = segments[at::2], segments[at + 1 :: 2]
        if names[0] in LINK_KEYS and set(names[1:]) <= set(_qualifiers(names[0])) and all(values):
            return list(zip(names, values, strict=True))
    return []


def _digital_link(scan: Scan, run: Sequence[Value], query: str) -> Reading:
    """Return what path and query say; qualifiers belong in the path, in their order (SCN-71)."""
    parameters = [(name, value) for name, _, value in (part.partition("=") for part in query.split("&"))]
    known = [(name, value) for name, value in parameters if identifier(name)]
    order = _qualifiers(run[0][0])
    places = [order.index(name) for name, _ in run[1:]]
    is_odd = places != sorted(places) or any(name in order for name, _ in known)
    values, warn = padded((ai, _decoded(value)) for ai, value in [*run, *known])
    return read_values(scan, values, *warn, *(("W_LINK",) if is_odd else ()))


def _qualifiers(key: str) -> list[str]:
    return LINK_KEYS[key].split()


def _decoded(text: str) -> str:
    """Return a value without its percent codes, decoded once (SCN-72)."""
    return _PERCENT.sub(lambda codes: bytes.fromhex(codes[0].replace("%", "")).decode(errors="replace"), text)
