"""Many rows in one statement: a statement of its own for each row costs more outside the database than inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from storage.columns import holders

T = TypeVar("T")

SIZES = (64, 8, 1)
"""Rows in a statement; few sizes, so that each is compiled once."""


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield all rows in their order, cut into pieces of these sizes."""
    at = 0
    for size in SIZES:
        while len(rows) - at >= size:
            yield rows[at : at + size]
            at += size


def values_of(count: int, width: int) -> str:
    """Return the VALUES of `count` rows of `width` columns."""
    return "VALUES " + ", ".join([f"({holders(width)})"] * count)
