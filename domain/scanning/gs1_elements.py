"""The elements of one GS1 label put together: what may not stand together, and what is missing (SCN-48, 49, 53).

Not here: taking a text apart into elements (gs1_strings.py, gs1.py, gs1_link.py), what a value means (gs1_values.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

from domain.scanning.ai_table import LINK_KEYS
from domain.scanning.label_facts import clash, together
from domain.scanning.reading import Facts, Reading

Element: TypeAlias = tuple[str, Facts]
"""An identifier and the facts of its value."""

_NEVER_TOGETHER = (
    ("01", "02"),
    ("01", "37"),
    ("01", "255"),
    ("21", "235"),
    ("420", "421"),
    ("422", "426"),
    ("8006", "01"),
    ("8006", "37"),
)
_KEYS = LINK_KEYS.keys() | {"02"}
"""What a whole label has one of (SCN-49)."""


def reading_of(raw: str, elements: Iterable[Element], *warn: str) -> Reading:
    """Return what all elements of a label say, or why they cannot be of one label."""
    facts: dict[str, str | dict[str, str]] = {}
    beside: dict[str, Facts] = {}
    for ai, own in elements:
        if not fits(beside, ai, own):
            return _misfit(raw, beside, ai, own)
        if ai in beside:
            warn += ("W_DUP",)
        beside[ai] = own
        if twice := clash(facts, own):
            return _refused(raw, "E_DUP", ai=ai, a=twice[1], b=twice[2])
        facts = together(facts, own)
    if _is_part(beside):
        warn += ("W_PART",)
    if str(facts.get("gtin", "")).startswith("9") and not any(map(_says_how_much, beside)):
        warn += ("W_VAR",)
    return Reading(raw, "gs1", facts, tuple(dict.fromkeys(warn)))


def fits(beside: Mapping[str, Facts], ai: str, own: Facts) -> bool:
    """Say whether an element may stand beside others: not twice with another value, no forbidden pair (SCN-48)."""
    return beside.get(ai, own) == own and _apart(ai).isdisjoint(beside)


def _misfit(raw: str, beside: Mapping[str, Facts], ai: str, own: Facts) -> Reading:
    if ai in beside:
        return _refused(raw, "E_DUP", ai=ai, a=_told(beside[ai]), b=_told(own))
    return _refused(raw, "E_PAIR", a=next(other for other in beside if other in _apart(ai)), b=ai)


def _refused(raw: str, error: str, **facts: str) -> Reading:
    return Reading(raw, error=error, error_facts=facts)


@cache
def _apart(ai: str) -> frozenset[str]:
    """Return what may not stand beside an identifier; for a measure that is itself in another scale."""
    if _is_measure(ai):
        return frozenset(f"{ai[:3]}{decimals}" for decimals in range(6)) - {ai}
    return frozenset(other for pair in _NEVER_TOGETHER if ai in pair for other in pair) - {ai}


def _is_measure(ai: str) -> bool:
    return len(ai) == len("310n") and "31" <= ai[:2] <= "36"


def _says_how_much(ai: str) -> bool:
    return ai in ("30", "8001") or _is_measure(ai)


def _is_part(ais: Iterable[str]) -> bool:
    """Say whether another label must hold the rest (SCN-49)."""
    present = set(ais)
    if present.isdisjoint(_KEYS) or ("02" in present) != ("37" in present):
        return True
    return "254" in present and "414" not in present


def _told(facts: Facts) -> str:
    """Return the value of an element as it is told."""
    value = next(iter(facts.values()))
    return value if isinstance(value, str) else next(iter(value.values()))
