"""Numbers of documents: counters moved inside the transaction that uses them.

Not here: how a site writes its series (site/goods.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from domain.records import Records
from domain.site import SeriesPattern, SiteHead

_COUNTER = re.compile("#+")


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


def next_document_number(records: Records, kind: str, built_in: str, day: date) -> str:
    """Return the next number of a kind of document: of the series the site has for it, else of the `built_in` one."""
    head = records.one(SiteHead, SiteHead().id) or SiteHead()
    series = head.document_series.get(kind)
    pattern = records.one(SeriesPattern, series) if series else None
    return next_number(records, built_in) if pattern is None else _next_of(records, pattern, day)


def _next_of(records: Records, series: SeriesPattern, day: date) -> str:
    """Return the next number as the site writes it: `L{YY}{MM}-#####` is `L2603-00007`."""
    before = records.one(NumberSeries, series.code)
    last = series.start if before is None else before.last + series.increment
    records.save(NumberSeries(series.code, last))
    parts = {"{YYYY}": f"{day:%Y}", "{YY}": f"{day:%y}", "{MM}": f"{day:%m}", "{DD}": f"{day:%d}"}
    text = series.pattern
    for part, written in parts.items():
        text = text.replace(part, written)
    return _COUNTER.sub(lambda run: f"{last:0{len(run[0])}}", text, count=1)
