"""Values as fields of a CSV file that no spreadsheet takes for a formula (SAF-42)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from domain.values import decimal_from, plain

RISKY = ("=", "+", "-", "@", "\t", "\r", "\0")


def csv_field(value: object) -> str:
    """Return a value as it stands in a file; a text that looks like a formula and is no number gets an apostrophe."""
    text = as_text(value)
    return f"'{text}" if text.startswith(RISKY) and decimal_from(text) is None else text


def as_text(value: object) -> str:
    """Return a value as people read it: moments in UTC, nothing for None."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="backslashreplace")
    return "" if value is None else str(value)
