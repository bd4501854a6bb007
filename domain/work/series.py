"""Numbers of documents: counters moved inside the transaction that uses them."""

from __future__ import annotations

from dataclasses import replace

from domain.records import Records
from domain.work.documents import NumberSeries


def next_number(records: Records, series: str) -> str:
    """Return the next number of a series, its code and a count: `C7`."""
    counter = records.one(NumberSeries, series) or NumberSeries(series)
    counter = replace(counter, last=counter.last + 1)
    records.save(counter)
    return f"{series}{counter.last}"
