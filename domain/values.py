"""Quantities, money, unit cost, codes and numbers: how each is rounded, folded and read.

Not here: dates and date formulas (dates.py), how a value is kept in a table (storage).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ZERO = Decimal(0)
ONE = Decimal(1)
QTY_STEP = Decimal("0.00001")
"""Quantities and unit costs have five decimals (items.md, Conventions)."""
AMOUNT_STEP = Decimal("0.01")
LARGEST = Decimal("90000000000000")
"""Nothing larger fits a scaled 64-bit integer (storage-notes 1)."""

_FOLD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Return `value` on the nearest multiple of `step`, halves away from zero."""
    if step in (QTY_STEP, AMOUNT_STEP):
        return value.quantize(step, ROUND_HALF_UP)
    return (value / step).quantize(ONE, ROUND_HALF_UP) * step


def quantity(value: Decimal) -> Decimal:
    """Return `value` as a quantity: five decimals, halves away from zero."""
    return value.quantize(QTY_STEP, ROUND_HALF_UP)


def amount(value: Decimal, step: Decimal = AMOUNT_STEP) -> Decimal:
    """Return `value` as money, on `amount_rounding` (costing.md, `rnd`)."""
    return rounded(value, step)


def unit_cost(value: Decimal, step: Decimal = QTY_STEP) -> Decimal:
    """Return `value` as a cost per base unit, on `unit_rounding`."""
    return rounded(value, step)


def decimal_from(text: str) -> Decimal | None:
    """Read plain decimal text (digits, one sign, one point); anything else or a figure too large gives None."""
    body = text.strip().lstrip("+-")
    if not body or not body.replace(".", "", 1).isdigit() or not body.isascii():
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if abs(value) <= LARGEST else None


def plain(value: Decimal) -> str:
    """Return a quantity as people write it: no exponent, no trailing zeros (`12`, `0.5`)."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def code(text: str) -> str:
    """Return a code (item, location, bin, reason ...) as it is stored: trimmed, in capitals."""
    return text.strip().upper()


def fold(number: str) -> str:
    """Return the key under which a lot, serial or package is compared (decision 4).

    Only a-z are folded, so that every database folds alike (storage: `UPPER` of the ASCII letters).
    """
    return number.translate(_FOLD)
