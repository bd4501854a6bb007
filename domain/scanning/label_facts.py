"""What the facts of labels have in common: dates of eight digits, and two sets of facts put together.

Not here: which facts a label has (gs1_values.py, data_identifiers.py, hibc.py), its quantity (quantity.py).
"""

from __future__ import annotations

import re
from datetime import date

from domain.scanning.reading import Facts

_EIGHT_DIGITS = re.compile("[0-9]{8}")


def iso_day(digits: str) -> str | None:
    """Return the day of YYYYMMDD as it is kept, None where there is none."""
    if not _EIGHT_DIGITS.fullmatch(digits):
        return None
    try:
        return date.fromisoformat(digits).isoformat()
    except ValueError:
        return None


def clash(known: Facts, own: Facts) -> tuple[str, str, str] | None:
    """Return the first fact that both have and that differs, with its two values."""
    for name, value in own.items():
        other = known.get(name, value)
        if isinstance(other, dict) and isinstance(value, dict):
            if inner := clash(other, value):
                return inner
        elif other != value:
            return name, str(other), str(value)
    return None


def together(known: Facts, own: Facts) -> dict[str, str | dict[str, str]]:
    """Return the facts of both, which do not clash."""
    both = dict(known)
    for name, value in own.items():
        other = both.get(name)
        both[name] = other | value if isinstance(other, dict) and isinstance(value, dict) else value
    return both
