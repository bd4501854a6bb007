"""Which increases a decrease draws on, and which open decreases an increase fills (LED-15..20)."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from domain.ledger.books import OpenEntry
from domain.values import ZERO


@dataclass(frozen=True, slots=True)
class Draw:
    """A part of an open entry taken by another; `qty` is above zero."""

    entry: int
    qty: Decimal
    posting_date: date
    is_fixed: bool = False


class Supply:
    """The open entries of one key in the order in which they are drawn, less what this posting already took.

    Reads no further than it must: an item with a hundred thousand open receipts costs as much as one with two.
    """

    def __init__(self, entries: Iterator[OpenEntry], *, newest_first: bool = False) -> None:
        self._entries = entries
        self._newest_first = newest_first
        self._read: OpenEntry | None = None
        self._made: list[OpenEntry] = []
        self._taken: dict[int, Decimal] = {}
        self.latest: datetime | None = None
        """The latest posted_at read so far: what is built on these entries is later (storage-notes 2)."""

    def add(self, entry: OpenEntry) -> None:
        """Offer an entry that this posting itself opens."""
        insort(self._made, entry, key=_rank)

    def left(self, entry: OpenEntry) -> Decimal:
        """Return what is left of an entry, without sign."""
        return abs(entry.remaining_qty) - self._taken.get(entry.entry, ZERO)

    def draw(self, need: Decimal, is_barred: Callable[[int], bool] | None = None) -> list[Draw]:
        """Take up to `need` (above zero), one entry until it is used up, then the next (LED-19).

        Entries that are barred are passed over. The draws may add up to less than `need`: that much stays open.
        """
        draws: list[Draw] = []
        passed: list[OpenEntry] = []
        while need > 0 and (entry := self._next()):
            if is_barred and is_barred(entry.entry):
                self._remove(entry)
                passed.append(entry)
                continue
            taken = min(self.left(entry), need)
            need -= taken
            draws.append(self._draw(entry, taken))
        for entry in passed:
            self.add(entry)
        return draws

    def take(self, entry: OpenEntry, qty: Decimal) -> Draw:
        """Take from this very entry, whatever comes before it (LED-23)."""
        return replace(self._draw(entry, qty), is_fixed=True)

    def give_back(self, entry: OpenEntry, qty: Decimal) -> None:
        """Offer again what was taken from an entry, be it before this posting."""
        self._taken[entry.entry] = self._taken.get(entry.entry, ZERO) - qty
        self.add(entry)

    def _draw(self, entry: OpenEntry, qty: Decimal) -> Draw:
        self._taken[entry.entry] = self._taken.get(entry.entry, ZERO) + qty
        return Draw(entry.entry, qty, entry.posting_date)

    def _remove(self, entry: OpenEntry) -> None:
        if entry is self._read:
            self._read = None
        else:
            self._made.remove(entry)

    def _next(self) -> OpenEntry | None:
        """Return the entry to draw from: the first of what was read and what was made that has something left."""
        while self._read is None or not self.left(self._read):
            self._read = next(self._entries, None)
            if self._read is None:
                break
            if self.latest is None or self._read.posted_at > self.latest:
                self.latest = self._read.posted_at
        first = -1 if self._newest_first else 0
        while self._made and not self.left(self._made[first]):
            del self._made[first]
        if not self._made or self._read is None:
            return self._made[first] if self._made else self._read
        pick = max if self._newest_first else min
        return pick(self._read, self._made[first], key=_rank)


def feeds(
    decrease: int, source: int, source_of: Callable[[int], int], suppliers_of: Callable[[int], Sequence[int]]
) -> bool:
    """Say whether the cost of a decrease flows into `source`, another one, or is its own (LED-20, LED-29).

    What takes its cost from `source` may then not be applied to the decrease: cost would flow in a circle. `source_of`
    tells the decrease whose cost an increase takes, 0 for none.
    """
    asked, seen = [source], {0}
    while asked:
        one = asked.pop()
        if one == decrease:
            return True
        if one not in seen:
            seen.add(one)
            asked += [source_of(supplier) for supplier in suppliers_of(one)]
    return False


def _rank(entry: OpenEntry) -> tuple[date, datetime, int]:
    """Posting date, then entry order (decision 33)."""
    return entry.posting_date, entry.posted_at, entry.entry
