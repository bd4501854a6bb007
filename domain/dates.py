"""Dates: formulas counted from a day (PER-02), and dates typed at a prompt.

Not here: which dates may be posted to (posting), dates inside a label (scanning).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from domain.errors import Refused

_TERM = "(?:[0-9]{1,4}[DWMQY]|C[WMQY])"
_FORMULA = re.compile(f"[+-]?{_TERM}(?:[+-]{_TERM})*")
_PART = re.compile("([+-]?)(C|[0-9]+)([DWMQY])")
_MONTHS = {"M": 1, "Q": 3, "Y": 12}
_DAYS = {"D": 1, "W": 7}


def formula_date(formula: str, base: date) -> date:
    """Return the day a formula names, counted from `base` (PER-02).

    Terms are taken from left to right: `2W`, `-30D`, `CM` the end of the month, `-CM` its first day, `-1M-CM`.
    Weeks run from Monday to Sunday. A day that the month reached does not have becomes its last.

    Raises Refused("bad_formula"): not a formula, or the day is outside the calendar.
    """
    text = formula.strip().upper()
    if not _FORMULA.fullmatch(text):
        raise Refused("bad_formula", formula=formula)
    day = base
    try:
        for sign, count, unit in _PART.findall(text):
            day = _moved(day, backwards=sign == "-", count=count, unit=unit)
    except (ValueError, OverflowError) as error:
        raise Refused("bad_formula", formula=formula) from error
    return day


def bound_of(text: str, work_date: date) -> date:
    """Return a bound of a posting window: a fixed date, or a formula counted from the work date (PER-02)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return formula_date(text, work_date)


def _moved(day: date, *, backwards: bool, count: str, unit: str) -> date:
    """Return `day` after one term; `count` C is the current period."""
    if count == "C":
        return _first_day(day, unit) if backwards else _last_day(day, unit)
    steps = -int(count) if backwards else int(count)
    if unit in _DAYS:
        return day + timedelta(days=steps * _DAYS[unit])
    return _months_on(day, steps * _MONTHS[unit])


def _first_day(day: date, period: str) -> date:
    if period == "W":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[period]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _last_day(day: date, period: str) -> date:
    first = _first_day(day, period)
    if period == "W":
        return first + timedelta(days=6)
    return month_end(_months_on(first, _MONTHS[period] - 1))


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def full_year(two_digits: int, today: date) -> int:
    """Return the year two digits mean: 50 years back to 50 ahead of `today` (SCN-44)."""
    century, now = divmod(today.year, 100)
    ahead = two_digits - now
    if ahead >= 51:
        century -= 1
    elif ahead <= -50:
        century += 1
    return century * 100 + two_digits


def typed_date(text: str, today: date) -> date:
    """Return the day an operator typed: DDMMYY, MMYY for the last day of a month, or YYYY-MM-DD (floor-flows.md 4).

    Raises Refused("bad_date"): another form, or a day that does not exist.
    """
    entry = text.strip()
    try:
        if re.fullmatch(r"[0-9]{6}", entry):
            return date(full_year(int(entry[4:]), today), int(entry[2:4]), int(entry[:2]))
        if re.fullmatch(r"[0-9]{4}", entry):
            return month_end(date(full_year(int(entry[2:]), today), int(entry[:2]), 1))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", entry):
            return date.fromisoformat(entry)
    except ValueError as error:
        raise Refused("bad_date") from error
    raise Refused("bad_date")
