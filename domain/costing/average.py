"""The average cost of decreases, period by period (costing.md COS-40..49).

What each period leaves is kept (`cost_period`). A group in which something changed is walked again from the period in
which that was, until a period leaves what it left before (COS-46); the walk is noted (`cost_walk`) and may be
interrupted after any part. A decrease that comes after all that was looked at only takes from what is left. Not here:
what is written of it (adjusting.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from domain.books import Books
from domain.costing.average_periods import period_end, period_start
from domain.costing.shares import CostFacts, value_of
from domain.ledger.books import CostAverage, CostPeriod, CostWalk
from domain.ledger.entries import ItemEntry
from domain.site import Settings
from domain.values import ZERO, amount

COSTING = "average"


@dataclass(slots=True)
class _Pool:
    """What a period has to give."""

    qty: Decimal = ZERO
    cost: Decimal = ZERO

    def add(self, qty: Decimal, cost: Decimal) -> None:
        self.qty += qty
        self.cost += cost


@dataclass(slots=True)
class _Period:
    """What falls in a period of a group, in entry order."""

    averaged: list[ItemEntry] = field(default_factory=list)
    others: list[tuple[int, Decimal, Decimal]] = field(default_factory=list)
    """Entry, quantity and cost of what comes in by itself: all but the decreases valued by average."""


@dataclass(slots=True)
class Part:
    """A part of a walk: what it gives, and what is left of the walk after it."""

    costs: list[tuple[ItemEntry, Decimal]]
    """Decreases that cost another than they stand at, with that (below zero)."""
    periods: list[CostPeriod]
    rest: CostWalk | None


class Averages:
    """The averages of one item while it is settled."""

    def __init__(self, books: Books, settings: Settings, item: str, facts: CostFacts) -> None:
        self._costs = books.costs
        self._settings = settings
        self._item = item
        self._facts = facts
        self._basis = f"{settings.average_cost_period} {settings.average_cost_calc_type}"

    def changed(self, entries: Collection[ItemEntry]) -> Iterator[tuple[ItemEntry, Decimal]]:
        """Take entries with new value, or newly applied, into account.

        Yields each decrease that comes after all others and costs another than it stands at, with that (below zero).
        For what else changed a walk is noted.
        """
        through = self._through()
        walks = {(walk.variant, walk.location): walk for walk in self._costs.walks(self._item)}
        for entry in sorted(entries, key=_entry_order):
            group = self._group(entry)
            if group not in walks and self._comes_last(entry, through):
                if not self._facts.stands_at(entry.id, cost := self._taken_last(entry)):
                    yield entry, cost
            else:
                walks[group] = self._widened(walks.get(group), entry)
        for walk in walks.values():
            self._costs.keep_walk(walk)
        newest = max([*entries, through] if through else entries, key=_entry_order)
        self._costs.keep_averaged(CostAverage(self._item, self._basis, newest.id))

    def part(self, walk: CostWalk, size: int) -> Part:
        """Return the first part of a walk: whole periods of about `size` value entries."""
        first = period_start(self._settings, walk.since)
        full = self._costs.date_after(self._item, first, size)
        last = period_end(self._settings, full) if full else date.max
        history = self._costs.history(self._item, first, last)
        self._facts.read(history)
        periods = self._periods([entry for entry in history.entries if self._group(entry) == _place(walk)])
        kept = {one.valuation_date: one for one in self._costs.periods(self._item, *_place(walk), first, last)}
        opening = self._costs.last_period(self._item, *_place(walk), first)
        pool = _Pool(opening.qty, opening.cost) if opening else _Pool()
        part = Part([], [], None if last == date.max else replace(walk, since=last + timedelta(days=1)))
        for end in sorted(end for end in periods.keys() | kept.keys() if first <= end <= last):
            part.costs.extend(self._of_period(periods[end], pool))
            part.periods.append(CostPeriod(self._item, *_place(walk), end, pool.qty, pool.cost))
            if end >= walk.upto and part.periods[-1] == kept.get(end):
                part.rest = None  # what comes after begins with what it began with before
                break
        return part

    def walked(self, walk: CostWalk, part: Part) -> None:
        """Note that a part is written."""
        for period in part.periods:
            self._costs.keep_period(period)
        if part.rest:
            self._costs.keep_walk(part.rest)
        else:
            self._costs.end_walk(walk)

    def is_short(self, walk: CostWalk, size: int) -> bool:
        """Say whether no more than so many value entries are dated from the day on where a walk begins."""
        return self._costs.date_after(self._item, period_start(self._settings, walk.since), size) is None

    def _through(self) -> ItemEntry | None:
        """Return the newest entry that was looked at; averages made on another basis are forgotten."""
        found = self._costs.averaged(self._item)
        if found and found.basis == self._basis:
            return self._facts.entry(found.through)
        self._costs.forget_averages(self._item)
        first = self._costs.first_date(self._item)
        for variant, location in self._costs.groups(self._item) if self._is_by_place else [("", "")]:
            self._costs.keep_walk(CostWalk(self._item, variant, location, first, first))
        return None

    @property
    def _is_by_place(self) -> bool:
        return self._settings.average_cost_calc_type == "item_location_variant"

    def _group(self, entry: ItemEntry) -> tuple[str, str]:
        return (entry.variant, entry.location) if self._is_by_place else ("", "")

    def _comes_last(self, entry: ItemEntry, through: ItemEntry | None) -> bool:
        """Say whether an entry only takes from what all periods so far leave, and nothing takes its cost yet."""
        facts = self._facts
        if through is None or _entry_order(entry) <= _entry_order(through):
            return False
        if entry.qty > 0 or facts.returns(entry.id) or not facts.is_averaged(entry.id, COSTING):
            return False
        last = self._costs.last_period(self._item, *self._group(entry), date.max)
        return last is None or period_end(self._settings, facts.valued(entry.id)) >= last.valuation_date

    def _taken_last(self, entry: ItemEntry) -> Decimal:
        """Return the cost of a decrease that comes last, and keep what it leaves."""
        group = self._group(entry)
        last = self._costs.last_period(self._item, *group, date.max)
        pool = _Pool(last.qty, last.cost) if last else _Pool()
        cost = self._average(entry, pool)
        end = period_end(self._settings, self._facts.valued(entry.id))
        self._costs.keep_period(CostPeriod(self._item, *group, end, pool.qty + entry.qty, pool.cost + cost))
        return cost

    def _widened(self, walk: CostWalk | None, entry: ItemEntry) -> CostWalk:
        """Return the walk of an entry's group so that it goes over all days the entry is valued on."""
        dates = [row.valuation_date for row in self._facts.values(entry.id)]
        first, last = min(dates), max(*dates, self._facts.valued(entry.id))
        if walk is None:
            return CostWalk(self._item, *self._group(entry), first, last)
        return replace(walk, since=min(walk.since, first), upto=max(walk.upto, last))

    def _periods(self, entries: Sequence[ItemEntry]) -> dict[date, _Period]:
        """Return what falls in which period: by its valuation date, a revaluation by its own (COS-45)."""
        facts = self._facts
        periods: dict[date, _Period] = defaultdict(_Period)
        for entry in entries:
            end = period_end(self._settings, facts.valued(entry.id))
            if entry.qty < 0 and facts.is_averaged(entry.id, COSTING):
                periods[end].averaged.append(entry)
                continue
            periods[end].others.append((entry.id, entry.qty, ZERO))
            for row in facts.values(entry.id):
                is_own = row.entry_type == "revaluation"
                at = period_end(self._settings, row.valuation_date) if is_own else end
                periods[at].others.append((entry.id, ZERO, value_of(row)))
        return periods

    def _of_period(self, period: _Period, pool: _Pool) -> Iterator[tuple[ItemEntry, Decimal]]:
        """Share the pool among the decreases of a period, in entry order (COS-40, COS-41)."""
        facts, step = self._facts, self._settings.amount_rounding
        here = {number for number, *_ in period.others}
        rows = [row for entry in period.averaged for row in facts.returns(entry.id)]
        back = {row.inbound_entry for row in rows if row.inbound_entry in here}
        hanging = {
            number
            for number in here - back
            if any(row.fixed and row.inbound_entry in back for row in facts.suppliers(number))
        }
        for number, qty, cost in period.others:
            if number not in back and number not in hanging:
                pool.add(qty, cost)
        cost_back: dict[int, Decimal] = {}
        for entry in period.averaged:
            cost = self._average(entry, pool)
            if not facts.stands_at(entry.id, cost):
                yield entry, cost
            pool.add(entry.qty, cost)
            for row in facts.returns(entry.id):
                if row.inbound_entry in back:
                    cost_back[row.inbound_entry] = amount(cost * row.qty / entry.qty, step)
                    pool.add(row.qty, cost_back[row.inbound_entry])
        for row in (row for number in hanging for row in facts.suppliers(number)):
            whole = cost_back.get(row.inbound_entry)
            increase = facts.entry(row.inbound_entry)
            pool.add(row.qty, -facts.taken(row) if whole is None else amount(whole * row.qty / increase.qty, step))

    def _average(self, entry: ItemEntry, pool: _Pool) -> Decimal:
        """Return the cost of a decrease; with nothing in the pool it keeps what it was posted with (COS-43)."""
        if pool.qty <= 0 or pool.cost < 0:
            return self._facts.provisional(entry.id)
        return amount(pool.cost * entry.qty / pool.qty, self._settings.amount_rounding)


def _entry_order(entry: ItemEntry) -> tuple[object, ...]:
    return entry.posted_at, entry.id


def _place(walk: CostWalk) -> tuple[str, str]:
    return walk.variant, walk.location
