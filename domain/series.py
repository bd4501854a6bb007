"""Numbers of documents: counters moved inside the transaction that uses them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from domain.records import Records


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """A counter for document numbers, moved inside the transaction that uses it."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = False

    code: str
    last: int = 0


def next_number(records: Records, series: str) -> str:
    """Return the next number of a series, its code and a count: `C7`."""
    counter = records.one(NumberSeries, series) or NumberSeries(series)
    counter = replace(counter, last=counter.last + 1)
    records.save(counter)
    return f"{series}{counter.last}"
