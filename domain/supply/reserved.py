"""How much of the stock is promised to somebody: the one question about reservations."""

from __future__ import annotations

from decimal import Decimal

from domain.values import ZERO


def reserved_quantity(item: str, variant: str, location: str) -> Decimal:  # noqa: ARG001 - asked by key, once built
    """Return the base quantity of that stock tied to demand: 0, because nothing can be reserved yet (decision 64)."""
    return ZERO
