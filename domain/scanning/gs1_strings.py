"""GS1 element strings whose separators all arrived: identifiers and values from left to right (SCN-40, SCN-41).

Not here: strings that may have lost separators (gs1_lost_separators.py), the forms a string comes in (gs1.py,
gs1_link.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from domain.scanning.cleaning import GS, Scan
from domain.scanning.gs1_elements import Element, reading_of
from domain.scanning.gs1_identifiers import SET_82, ai_at, identifier
from domain.scanning.gs1_values import facts_of
from domain.scanning.gtin import EAN_8, EAN_13, ITF_14, UPC_A
from domain.scanning.reading import Reading

Value: TypeAlias = tuple[str, str]
"""What stands where an identifier should, and the text up to the next."""


def read_separated(scan: Scan, text: str, *warn: str) -> Reading:
    """Read elements that end after their length, at a separator or at the end."""
    if not text.strip(GS):
        return scan.refused("E_EMPTY")
    return read_values(scan, _values(text), *warn, *(("W_SEP",) if GS + GS in text else ()))


def read_values(scan: Scan, values: Iterable[Value], *warn: str) -> Reading:
    """Read values that are known to belong to their identifiers."""
    elements: list[Element] = []
    for ai, text in values:
        known = identifier(ai)
        if known is None:
            return _unknown(scan, ai)
        facts = facts_of(scan, known, text)
        if isinstance(facts, Reading):
            return facts
        elements.append((ai, facts))
    return reading_of(scan.raw, elements, *scan.warn, *warn)


def padded(values: Iterable[Value]) -> tuple[list[Value], tuple[str, ...]]:
    """Return the values with GTINs of 14 digits, and the warning where one was shorter (SCN-60, SCN-71)."""
    given = list(values)
    full = [
        (ai, text.zfill(ITF_14) if ai in ("01", "02") and len(text) in (EAN_8, UPC_A, EAN_13) else text)
        for ai, text in given
    ]
    return full, () if full == given else ("W_PAD",)


def _values(text: str) -> Iterator[Value]:
    for part in text.split(GS):
        at = 0
        while at < len(part):
            ai = ai_at(part, at)
            known = identifier(ai)
            start = at + len(ai)
            at = start + known.longest if known and known.is_predefined else len(part)
            yield ai, part[start:at]


def _unknown(scan: Scan, ai: str) -> Reading:
    if foreign := SET_82.search(ai):
        return scan.refused("E_CHARSET", char=foreign[0])
    return scan.refused("E_AI", ai=ai)
