"""Two labels of one good put together, where one of them says only a part (SCN-49, SCN-94, step 11).

Not here: keeping the first label until the other comes, and asking for it (the session).
"""

from __future__ import annotations

from domain.scanning.gs1_elements import reading_of
from domain.scanning.gs1_values import elements_of
from domain.scanning.label_facts import clash, together
from domain.scanning.reading import Reading

_GS1 = {"gs1", "gtin"}
_MH10_KEYS = {"part", "supplier_part", "part_alt", "licence_plate", "gtin", "content_gtin", "sscc"}
"""What a label with data identifiers names goods by."""


def joined(first: Reading, second: Reading) -> Reading | None:
    """Return what two labels say together, scanned in whichever order; None where they do not belong together.

    One of them must be a part (W_PART), and so may be what they say together. Where they contradict each other, the
    result is an error: E_DUP, or E_PAIR. The raw text is that of the second.
    """
    if first.error or second.error or "W_PART" not in first.warn + second.warn:
        return None
    if {first.kind, second.kind} <= _GS1:
        return _gs1(first, second)
    if first.kind == second.kind == "mh10":
        return _mh10(first, second)
    if first.kind == second.kind == "hibc":
        return _hibc(first, second)
    return None


def _gs1(first: Reading, second: Reading) -> Reading:
    """What both labels say alike is said once; all else must be able to stand on one label (SCN-48)."""
    elements = [*elements_of(first.facts)]
    elements += [element for element in elements_of(second.facts) if element not in elements]
    return reading_of(second.raw, elements, *_warnings(first, second, "W_PART", "W_VAR"))


def _mh10(first: Reading, second: Reading) -> Reading:
    reading = _together(first, second)
    if reading.error or reading.facts.keys() & _MH10_KEYS:
        return reading
    return Reading(reading.raw, reading.kind, reading.facts, (*reading.warn, "W_PART"))


def _hibc(first: Reading, second: Reading) -> Reading | None:
    """Join a second label only to the first whose check character it names (SCN-94); more of them may follow."""
    item, link = (first, second) if "hibc_item" in first.facts else (second, first)
    if "hibc_item" not in item.facts or link.text("hibc_link") != item.check:
        return None
    reading = _together(first, second)
    facts = {name: value for name, value in reading.facts.items() if name != "hibc_link"}
    return reading if reading.error else Reading(reading.raw, reading.kind, facts, reading.warn, check=item.check)


def _together(first: Reading, second: Reading) -> Reading:
    """Return the facts of both as of a whole label, or the one they contradict each other in."""
    if twice := clash(first.facts, second.facts):
        return Reading(second.raw, error="E_DUP", error_facts={"ai": twice[0], "a": twice[1], "b": twice[2]})
    facts = together(first.facts, second.facts)
    return Reading(second.raw, second.kind, facts, _warnings(first, second, "W_PART"))


def _warnings(first: Reading, second: Reading, *without: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in first.warn + second.warn if one not in without))
