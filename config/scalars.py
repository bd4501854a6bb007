"""From the text of a file to a value: numbers, yes and no, dates, times, codes, choices.

Each reader takes what stands in the file and returns the value, or raises Unreadable saying what would be right.
Not here: which field wants which (schema.py, import_map.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.dates import formula_date
from domain.errors import Refused
from domain.values import QTY_STEP, ZERO, code, decimal_from

LONGEST_TEXT = 250
LARGEST_WHOLE = 2**31 - 1
_SECONDS = {"s": 1, "m": 60, "h": 3600}


class Unreadable(ValueError):
    """A text that is not what its field wants."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(f"{wrong}: {right}")
        self.wrong = wrong
        self.right = right


def text(value: object) -> str:
    """Read one text of at most 250 characters."""
    if not isinstance(value, str):
        shape = "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "empty"
        raise Unreadable(f"is {shape}", "write one value")
    if len(value) > LONGEST_TEXT:
        raise Unreadable(f"has {len(value)} characters", f"write at most {LONGEST_TEXT}")
    return value


def truth(value: object) -> bool:
    """Read `true` or `false`; nothing else is a yes or a no (SITE-01)."""
    if text(value) not in ("true", "false"):
        raise Unreadable(f'"{value}" is not a yes or no', "write true or false")
    return value == "true"


def number(value: object) -> Decimal:
    """Read a number from 0 with at most five decimals."""
    found = decimal_from(text(value))
    if found is None:
        raise Unreadable(f'"{value}" is not a number', "write it like 12.5")
    if found < ZERO:
        raise Unreadable(f"{value} is below 0", "write 0 or more")
    if found != found.quantize(QTY_STEP):
        raise Unreadable(f"{value} has more than five decimals", "write at most five")
    return found


def number_above_zero(value: object) -> Decimal:
    """Read a number that is not 0."""
    found = number(value)
    if found == ZERO:
        raise Unreadable("0 is not allowed", "write more than 0")
    return found


def whole_number(least: int = 0, most: int = LARGEST_WHOLE) -> Callable[[object], int]:
    """Return the reader of a whole number between two bounds."""

    def read(value: object) -> int:
        if not re.fullmatch("-?[0-9]{1,10}", text(value)):
            raise Unreadable(f'"{value}" is not a whole number', "write digits only")
        found = int(str(value))
        if not least <= found <= most:
            raise Unreadable(f"{value} is out of range", f"write {least} to {most}")
        return found

    return read


def day(value: object) -> date:
    """Read an ISO date."""
    entry = text(value)
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", entry):
            return date.fromisoformat(entry)
    except ValueError:
        pass
    raise Unreadable(f'"{entry}" is not a date', "write it like 2026-12-31")


def seconds(value: object) -> int:
    """Read a time span, `60s`, `10m` or `24h`, as seconds."""
    found = re.fullmatch("([0-9]{1,6})([smh])", text(value))
    if not found or not int(found[1]):
        raise Unreadable(f'"{value}" is not a time', "write it like 60s, 10m or 24h")
    return int(found[1]) * _SECONDS[found[2]]


def seconds_text(seconds: int) -> str:
    """Return a time span as `seconds` reads it, in its largest unit."""
    unit = next(unit for unit in "hms" if seconds % _SECONDS[unit] == 0)
    return f"{seconds // _SECONDS[unit]}{unit}"


def date_formula(value: object) -> str:
    """Read a date formula (PER-02), kept as text; "" is none."""
    entry = text(value)
    try:
        if entry:
            formula_date(entry, date(2000, 1, 1))
    except Refused as error:
        raise Unreadable(f'"{entry}" is not a date formula', "write it like 2W, 1M or -1M-CM") from error
    return entry


def date_bound(value: object) -> str:
    """Read a date or a date formula, kept as text."""
    entry = text(value)
    return day(entry).isoformat() if re.match("[0-9]{4}-", entry) else date_formula(entry)


def code_of(longest: int) -> Callable[[object], str]:
    """Return the reader of a code: text, folded to capitals, at most `longest` characters; "" is none."""

    def read(value: object) -> str:
        found = code(text(value))
        if len(found) > longest:
            raise Unreadable(f'"{found}" has {len(found)} characters', f"write at most {longest}")
        if not found.isprintable():
            raise Unreadable("holds a character that cannot be printed", "write letters and digits")
        return found

    return read


def key_of(longest: int) -> Callable[[object], str]:
    """Return the reader of a code that must be there."""
    read_code = code_of(longest)

    def read(value: object) -> str:
        if not (found := read_code(value)):
            raise Unreadable("is blank", f"write a code of 1 to {longest} characters")
        return found

    return read


def one_of(*allowed: str) -> Callable[[object], str]:
    """Return the reader of a choice, read in any case."""

    def read(value: object) -> str:
        found = text(value).strip().lower()
        if found not in allowed:
            raise Unreadable(f'"{value}" is not a choice', f"write {', '.join(allowed[:-1])} or {allowed[-1]}")
        return found

    return read


def time_zone(value: object) -> str:
    """Read an IANA name."""
    name = text(value)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise Unreadable(f'"{name}" is not a time zone', "write an IANA name like Europe/Copenhagen") from error
    return name


def language(value: object) -> str:
    """Read a language, `en` or `pt-BR`."""
    if not re.fullmatch("[a-z]{2}(-[A-Z]{2})?", text(value)):
        raise Unreadable(f'"{value}" is not a language', "write two letters like en")
    return str(value)
