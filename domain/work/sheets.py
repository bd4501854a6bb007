"""The answer of a look-up: lines of codes and facts, so that it can be said in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of an answer."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer: what it is about, most important first, and the rows to page through."""

    head: tuple[SheetLine, ...]
    rows: tuple[SheetLine, ...] = ()


def place(location: str, bin: str, number: str, qty: Decimal, uom: str, free: Decimal | None = None) -> SheetLine:
    """Return the line of some stock in one place; `free` is told where it is less than all."""
    return SheetLine(
        "sheet.place",
        {
            "bin": bin,
            "location": location,
            "number": number,
            "qty": qty,
            "uom": uom,
            "free": free,
            "held": qty - free if free is not None and free < qty else None,
        },
    )
