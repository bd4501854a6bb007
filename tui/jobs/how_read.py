"""How a text was read, in lines: its characters by name, mark, deciding step, parts, warnings (decision 24, SCN-114).

Shared by F9, the scanner check and `aisle scan`. Not here: the reading itself (domain/scanning), its words (tui/texts).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from domain.people.books import ScanRecord
from domain.scanning.reading import Reading
from domain.scanning.resolver import Found
from tui.jobs.keeping import kept
from tui.jobs.view import Message
from tui.texts import HANDHELD, clean

kept(Reading)

_SHORT = 20
"""A value up to here stands in one line with its name."""
_MARKS = ("C0", "C1", "E0", "E3", "E4", "I1", "J1", "Q3", "d2", "e0", "e1", "e2")
"""Symbology marks with a meaning of their own; of the others the letter says which symbology it is."""
_JOURNALLED = ("kind", "facts", "warn", "error", "error_facts", "symbology", "step", "rule")


def how_read(reading: Reading) -> tuple[Message, ...]:
    """Return all there is to tell of a reading, most important first."""
    return (
        *(Message("body.raw", {"raw": line}) for line in _in_lines(map(_name, reading.raw))),
        *_result(reading),
        *_mark(reading.symbology),
        Message("body.step", {"step": reading.step or "cleaning"}),
        *(Message("body.warning", {"warning": warning}) for warning in reading.warn),
    )


def found_told(found: Found) -> Message:
    """Return what a code means in the books, in one line."""
    named = {"item": found.item, "bin": found.bin, "location": found.location, "document": found.document}
    return Message(
        "body.choice",
        {
            "kind": found.kind,
            "code": found.number or named.get(found.kind, ""),
            "item": found.item if found.number else "",
            "at_bin": found.bin if found.kind != "bin" else "",
            "variant": found.variant,
            "no_variant": (found.is_variant_chosen and not found.variant) or None,
            "uom": found.uom,
            "lot": found.label.lot or found.label.serial,
            "expires": found.label.expires,
        },
    )


def named(text: str) -> str:
    """Return each character as itself or by its name, so that no two are shown alike."""
    return "".join(map(_name, text))


def in_lines(text: str) -> list[str]:
    """Return a text of any length in pieces that no screen cuts."""
    return _in_lines(clean(text))


def journalled(reading: Reading) -> dict[str, object]:
    """Return what the scan journal keeps of a reading besides its raw text: what is not blank."""
    told: dict[str, object] = {name: value for name in _JOURNALLED if (value := getattr(reading, name))}
    readings = [journalled(one) for one in reading.readings]
    return told | ({"readings": readings} if readings else {})


def reading_of(scan: ScanRecord) -> Reading:
    """Return the reading of a row of the scan journal that has one."""
    return _read_back(scan.raw.decode("utf-8", errors="replace"), json.loads(scan.reading))


def _read_back(raw: str, told: Mapping[str, Any]) -> Reading:  # Any: JSON, as `journalled` made it
    facts = {name: value for name, value in told.items() if name in _JOURNALLED}
    readings = tuple(_read_back(raw, one) for one in told.get("readings", ()))
    return Reading(raw, **(facts | {"warn": tuple(told.get("warn", ())), "readings": readings}))


def _result(reading: Reading) -> Iterator[Message]:
    """The kind and the parts, or the error; of a label with several readings each of them."""
    if reading.error:
        yield Message("unreadable", {"e_code": reading.error, **reading.error_facts})
    else:
        yield Message("body.read_as", {"read_as": reading.kind})
    for name, value in _parts(reading):
        if len(value) <= _SHORT:
            yield Message("body.part", {"part": name, "value": value})
        else:
            yield Message("body.part", {"part": name, "value": ""})
            yield from (Message("text", {"text": line}) for line in in_lines(value))
    for number, one in enumerate(reading.readings, 1):
        yield Message("body.reading", {"number": number})
        yield from _result(one)


def _parts(reading: Reading) -> Iterator[tuple[str, str]]:
    """The facts, those without a name by their identifier, a bare code by its kind; then the rule of the site."""
    for name, value in reading.facts.items():
        if not isinstance(value, str):
            yield from ((key if name == "measure" else f"({key})", text) for key, text in value.items())
        else:
            yield (reading.kind if name == "code" else name), value
    if reading.rule:
        yield "rule", reading.rule


def _mark(symbology: str) -> Iterator[Message]:
    if symbology:
        meaning = symbology if symbology in _MARKS else symbology[0]
        yield Message("body.mark", {"mark": f"]{symbology}", "symbology": meaning})


def _name(character: str) -> str:
    if character == " ":
        return "<SP>"
    if character == "<":
        return "<LT>"
    named = clean(character)
    return named if len(named) > 1 or character.isascii() else f"<U+{ord(character):04X}>"


def _in_lines(pieces: Iterable[str]) -> list[str]:
    lines = [""]
    for piece in pieces:
        if len(lines[-1] + piece) > HANDHELD:
            lines.append("")
        lines[-1] += piece
    return lines
