"""Comparing what a case expects with what came out; nothing here reads a file or a database.

Expectations are text, as the loader gives them; what came out is typed, and its type says how the text is meant.
Matching is partial: a mapping that came out is complete, so a key it does not have is a mistake in the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from domain.values import plain
from tests.cases.vocabulary import Mistake

Expected: TypeAlias = "str | list[Expected] | dict[str, Expected] | None"
Actual: TypeAlias = "str | bool | int | Decimal | date | Sequence[Actual] | Mapping[str, Actual] | None"

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WRAPPERS = ("any_order", "includes")
MODES = frozenset({"only", "partial"})
"""Keys that say how to compare; they expect nothing themselves."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that was not met."""

    where: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.where}, expected {self.expected}, got {self.got}"


def number_from(text: str) -> Decimal | None:
    """Read an exact decimal of any size; None for anything else."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def date_from(text: str, today: date) -> date | None:
    """Read an ISO date, or `D`, `D+3`, `D-2` counted from the case's today; None for anything else."""
    if text == "D":
        return today
    if text[:2] in ("D+", "D-") and text[2:].isdecimal():
        return today + timedelta(days=int(text[1:]))
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def difference(expected: Expected, actual: Actual, *, today: date, where: str = "") -> Difference | None:
    """Return the first place where `actual` is not what is expected, or None where all of it matches."""
    if isinstance(expected, dict):
        wrapper = next((name for name in WRAPPERS if name in expected), "")
        if wrapper:
            return _unordered(wrapper, expected, actual, today, where)
        return _mapping(expected, actual, today, where)
    if isinstance(expected, list):
        return _sequence(expected, actual, today, where)
    if _is_scalar(actual) and _same(expected, actual, today):
        return None
    return Difference(where, shown(expected), shown(actual))


def _is_scalar(actual: Actual) -> bool:
    return actual is None or isinstance(actual, str | bool | int | Decimal | date)


def _same(expected: str | None, actual: Actual, today: date) -> bool:
    """Say whether a scalar is the one expected; null is blank or absent."""
    if expected is None or expected == "":
        return actual is None or actual == ""
    if isinstance(actual, bool):
        return expected == ("true" if actual else "false")
    if isinstance(actual, int | Decimal):
        return number_from(expected) == actual
    if isinstance(actual, datetime):
        return expected == actual.isoformat()
    if isinstance(actual, date):
        return date_from(expected, today) == actual
    return expected == actual


def _mapping(expected: dict[str, Expected], actual: Actual, today: date, where: str) -> Difference | None:
    if not isinstance(actual, Mapping):
        return Difference(where, shown(expected), shown(actual))
    for key, value in expected.items():
        place = f"{where}.{key}" if where else key
        if key not in actual:
            return Difference(place, shown(value), "no such key")
        if found := difference(value, actual[key], today=today, where=place):
            return found
    return None


def _sequence(expected: list[Expected], actual: Actual, today: date, where: str) -> Difference | None:
    if not isinstance(actual, Sequence) or isinstance(actual, str):
        return Difference(where, shown(expected), shown(actual))
    for number, (want, row) in enumerate(zip(expected, actual, strict=False), 1):
        if found := difference(want, row, today=today, where=f"{where}[{number}]"):
            return found
    if len(expected) != len(actual):
        return Difference(where, f"{len(expected)} rows", f"{len(actual)}: {shown(actual)}")
    return None


def _unordered(
    wrapper: str, expected: dict[str, Expected], actual: Actual, today: date, where: str
) -> Difference | None:
    wanted = expected[wrapper]
    if len(expected) > 1 or not isinstance(wanted, list):
        raise Mistake(f"{where}: {wrapper} stands alone and holds a list")
    if not isinstance(actual, Sequence) or isinstance(actual, str):
        return Difference(where, shown(wanted), shown(actual))
    if wrapper == "any_order" and len(wanted) != len(actual):
        return Difference(where, f"{len(wanted)} rows", f"{len(actual)}: {shown(actual)}")
    fits = [
        [place for place, row in enumerate(actual) if difference(want, row, today=today) is None] for want in wanted
    ]
    missing = _unpaired(fits)
    return None if missing is None else Difference(where, f"a row {shown(wanted[missing])}", shown(actual))


def _unpaired(fits: list[list[int]]) -> int | None:
    """Give each wanted row a row of its own (`fits` lists those it matches); return one that gets none."""
    taken: dict[int, int] = {}

    def place(want: int, tried: set[int]) -> bool:
        for row in fits[want]:
            if row not in tried:
                tried.add(row)
                if row not in taken or place(taken[row], tried):
                    taken[row] = want
                    return True
        return False

    return next((want for want in range(len(fits)) if not place(want, set())), None)


def shown(value: Expected | Actual) -> str:
    """Return a value as it would stand in a case file."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {shown(item)}" for key, item in value.items() if item not in (None, "")) + "}"
    if isinstance(value, str):
        return value or "''"
    if isinstance(value, Sequence):
        return "[" + ", ".join(shown(item) for item in value) + "]"
    return str(value)


def changes(expected: Expected, where: str = "") -> Iterator[tuple[str, Expected]]:
    """Yield the expectation once for each of its scalars, with that scalar changed, and the place of the change."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            if key not in MODES:
                for place, changed in changes(value, f"{where}.{key}" if where else key):
                    yield place, {**expected, key: changed}
    elif isinstance(expected, list):
        for number, value in enumerate(expected):
            for place, changed in changes(value, f"{where}[{number + 1}]"):
                yield place, [*expected[:number], changed, *expected[number + 1 :]]
    else:
        yield where, _changed(expected)


def _changed(scalar: str | None) -> str:
    """Return another value of the same kind."""
    if scalar in ("true", "false"):
        return "false" if scalar == "true" else "true"
    number = number_from(scalar) if scalar else None
    if number is not None:
        return plain(number + 1000003)
    day = date_from(scalar, date(2026, 1, 15)) if scalar else None
    if scalar and day:
        return f"{scalar[:1]}+9999" if scalar[0] == "D" else (day + timedelta(days=9999)).isoformat()
    return f"{scalar or ''}~"
