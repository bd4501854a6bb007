"""When an item is next to be counted (counting.md 32-36): windows of dates from a frequency a year."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from domain.dates import month_end

MONTHLY = (1, 2, 3, 4, 6, 12)
HALVES_OF_MONTHS = 24


def next_counting_window(
    frequency: int, today: date, last: date | None, window: tuple[date, date] | None = None
) -> tuple[date, date]:
    """Return first and last day of the next window for an item counted `frequency` times a year.

    `last` is the day of the last count, `window` the window in force, where there are any.
    """
    if frequency in MONTHLY or frequency == HALVES_OF_MONTHS:
        held = _calendar_window(frequency, last or today)
        return _calendar_window(frequency, held[1] + timedelta(days=1)) if last else held  # rules 33, 34, 36
    days = 366 if calendar.isleap(today.year) else 365
    length = timedelta(days=days // frequency)
    start = _start_of_window(length, today, last, window)
    return start, start + length - timedelta(days=1)


def _calendar_window(frequency: int, day: date) -> tuple[date, date]:
    """Return the calendar window that holds `day`: months from 1 January, or halves of months."""
    if frequency == HALVES_OF_MONTHS:
        end = month_end(day)
        middle = end.day // 2
        return (
            (day.replace(day=1), day.replace(day=middle)) if day.day <= middle else (day.replace(day=middle + 1), end)
        )
    months = 12 // frequency
    first = (day.month - 1) // months * months + 1
    return date(day.year, first, 1), month_end(date(day.year, first + months - 1, 1))


def _start_of_window(length: timedelta, today: date, last: date | None, window: tuple[date, date] | None) -> date:
    """Rule 35: any other frequency counts in steps of its own length."""
    if window is None or last is None:
        return last + length if last else today
    start, end = window
    if last < start:
        return last + length
    start = end + timedelta(days=1)
    while start <= last:
        start += length
    return start
