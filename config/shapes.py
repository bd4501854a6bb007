"""The shapes of values that several forms of the site file have: codes, choices, times, keys, addresses.

Not here: which field has which (site_form.py), reading single scalars (scalars.py).
"""

from __future__ import annotations

import re
from decimal import Decimal
from types import GenericAlias

from config import scalars
from config.forms import shaped
from config.scalars import Unreadable, code_of, key_of, one_of, text, whole_number
from domain.scanning.site_rules import BadPattern, pattern
from domain.site.terminals import KEYS

_NAMES = {"esc": "escape"}
_NEVER = {
    **dict.fromkeys("sq", "it holds up the line"),
    **dict.fromkeys("cz\\", "it stops programs"),
    **dict.fromkeys("hijm", "it is Backspace, Tab or Enter"),
    **dict.fromkeys("ab", "it belongs to screen and tmux"),
}
"""Ctrl with these is never bound, and why (decision 24)."""


def choice(*allowed: str) -> object:
    """Return the shape of one of these words."""
    return shaped(str, one_of(*allowed), {"enum": list(allowed)})


def list_of(shape: object) -> object:
    """Return the shape of a list."""
    return GenericAlias(tuple, (shape, ...))


def whole(least: int, most: int = scalars.LARGEST_WHOLE) -> object:
    """Return the shape of a whole number between two bounds."""
    return shaped(int, whole_number(least, most), {"type": "integer", "minimum": least, "maximum": most})


def role_code(value: object) -> str:
    """Read the code of a role, kept in small letters."""
    return key_of(20)(value).lower()


def _screen(value: object) -> str:
    if not re.fullmatch("[1-9][0-9]{1,2}x[1-9][0-9]{0,2}", text(value)):
        raise Unreadable(f'"{value}" is not a screen', "write columns and rows like 20x8")
    return str(value)


def _pattern(value: object) -> str:
    try:
        pattern(text(value))
    except BadPattern as error:
        raise Unreadable(
            f"is not a pattern of RE2, {error}", "write it without look-around or back-references"
        ) from error
    return str(value)


def _schedule(value: object) -> str:
    """Read when a background run starts: an interval, a time of day, or none."""
    entry = text(value).strip().lower()
    if not re.fullmatch("none|[1-9][0-9]{0,3}[smh]|([01][0-9]|2[0-3]):[0-5][0-9]", entry):
        raise Unreadable(f'"{value}" is not a schedule', "write an interval like 15m, a time like 02:30, or none")
    return entry


def _number_pattern(value: object) -> str:
    """Read how numbers of a series look: one run of #, and parts of the date."""
    entry = text(value)
    fixed = re.sub(r"\{(?:YYYY|YY|MM|DD)\}", "", entry)
    if len(re.findall("#+", fixed)) != 1 or set(fixed) & set("{}"):
        right = "write one run of # for the counter, {YY} {YYYY} {MM} {DD} for the date"
        raise Unreadable(f'"{entry}" is not a number pattern', right)
    return entry


def _address(value: object) -> str:
    found = re.fullmatch(r"([A-Za-z0-9.:_\[\]-]+):([0-9]{1,5})", text(value))
    if not found or not 0 < int(found[2]) < 2**16:
        raise Unreadable(f'"{value}" is not an address', 'write host and port like "127.0.0.1:9100"')
    return str(value)


def key_name(value: object) -> str:
    """Read the name of a key that `keys` may give to a command (decision 24)."""
    entry = text(value).strip().lower()
    name = _NAMES.get(entry, entry)
    if name in KEYS:
        return name
    right = "write f1 to f20, esc, tab, left or right"
    found = re.fullmatch(r"(?:(?:ctrl|c)[-+]|\^)(.)", entry)
    if found and found[1] in _NEVER:
        raise Unreadable(f"Ctrl-{found[1].upper()} is never bound, {_NEVER[found[1]]}", right)
    if found or re.match(r"(ctrl|alt|shift|meta)[-+]", entry):
        raise Unreadable(f'"{value}" needs two keys at once', right)
    raise Unreadable(f'"{value}" is not a key that can be bound', right)


CODE = shaped(str, code_of(10))
KEY = shaped(str, key_of(10))
LONG_CODE = shaped(str, code_of(20))
LONG_KEY = shaped(str, key_of(20))
ROLE = shaped(str, role_code)
FORMULA = shaped(str, scalars.date_formula)
BOUND = shaped(str, scalars.date_bound)
SECONDS = shaped(int, scalars.seconds, {"type": "string", "pattern": "^[0-9]{1,6}[smh]$"})
ROUNDING = shaped(Decimal, scalars.number_above_zero, {"type": "number", "exclusiveMinimum": 0})
RANKING = whole(-scalars.LARGEST_WHOLE)
BLOCK = choice("none", "inbound", "outbound", "all")
LANGUAGE = shaped(str, scalars.language)
TIME_ZONE = shaped(str, scalars.time_zone)
SCREEN = shaped(str, _screen)
PATTERN = shaped(str, _pattern)
SCHEDULE = shaped(str, _schedule)
NUMBER_PATTERN = shaped(str, _number_pattern)
ADDRESS = shaped(str, _address)
PERIOD = choice("day", "week", "month", "quarter", "year")
