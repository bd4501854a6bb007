"""Which increases a decrease draws on, and which open decreases an increase fills (LED-15..20)."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.ledger.books import OpenEntry


@dataclass(frozen=True, slots=True)
class Draw:
    """A part of an open entry taken by another; `qty` is above zero."""

    entry: int
    qty: Decimal
    posting_date: date


@dataclass(slots=True)
class _Layer:
    """An open entry and what is still left of it, without sign."""

    entry: OpenEntry
    left: Decimal

    @property
    def rank(self) -> tuple[date, datetime, int]:
        """Posting date, then entry order (decision 33)."""
        return self.entry.posting_date, self.entry.posted_at, self.entry.entry


class Supply:
    """The open entries of one key in the order in which they are drawn, less what this posting already took.

    Reads no further than it must: an item with a hundred thousand open receipts costs as much as one with two.
    """

    def __init__(self, entries: Iterator[OpenEntry], *, newest_first: bool = False) -> None:
        self._entries = entries
        self._newest_first = newest_first
        self._read: _Layer | None = None
        self._made: list[_Layer] = []
        self.latest: datetime | None = None
        """The latest posted_at read so far: what is built on these entries is later (storage-notes 2)."""

    def add(self, entry: OpenEntry) -> None:
        """Offer an entry that this posting itself opens."""
        insort(self._made, _Layer(entry, abs(entry.remaining_qty)), key=lambda layer: layer.rank)

    def draw(self, need: Decimal) -> list[Draw]:
        """Take up to `need` (above zero), one entry until it is used up, then the next (LED-19).

        The draws may add up to less than `need`: that much stays open.
        """
        draws: list[Draw] = []
        while need > 0 and (layer := self._next()):
            taken = min(layer.left, need)
            layer.left -= taken
            need -= taken
            draws.append(Draw(layer.entry.entry, taken, layer.entry.posting_date))
        return draws

    def _next(self) -> _Layer | None:
        """Return the layer to draw from: the first of what was read and what was made that has something left."""
        if self._read is None or not self._read.left:
            entry = next(self._entries, None)
            self._read = _Layer(entry, abs(entry.remaining_qty)) if entry else None
            if entry and (self.latest is None or entry.posted_at > self.latest):
                self.latest = entry.posted_at
        first = -1 if self._newest_first else 0
        while self._made and not self._made[first].left:
            del self._made[first]
        if not self._made or self._read is None:
            return self._made[first] if self._made else self._read
        pick = max if self._newest_first else min
        return pick(self._read, self._made[first], key=lambda layer: layer.rank)
