"""The average cost of decreases, period by period (costing.md COS-40..49).

What each period leaves is kept, so the walk begins at the first period in which something changed (COS-46). Not here:
what is written of it (adjusting.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.costing.average_periods import period_end, period_start
from domain.costing.shares import value_of
from domain.ledger.entries import Application, ItemEntry, ValueEntry
from domain.site import Settings
from domain.values import ZERO, amount


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


def average_costs(books: Books, settings: Settings, item: str, since: date) -> Iterator[tuple[ItemEntry, Decimal]]:
    """Yield each decrease from the period of `since` on that costs another than its average, with that (below zero)."""
    basis = f"{settings.average_cost_period} {settings.average_cost_calc_type}"
    first = period_end(settings, since) if books.costs.is_kept(item, basis) else None
    books.costs.forget_periods(item, first)
    history = _History(books, item, period_start(settings, since) if first else None)
    per_place = settings.average_cost_calc_type == "item_location_variant"
    groups: dict[tuple[str, str], list[ItemEntry]] = defaultdict(list)
    for entry in history.entries.values():
        groups[(entry.variant, entry.location) if per_place else ("", "")].append(entry)
    for place, entries in groups.items():
        pool = _Pool(*books.costs.opening(item, *place))
        for end, costs in _of_group(history, settings, entries, first, pool):
            yield from costs
            books.costs.keep_period(item, *place, end, pool.qty, pool.cost)
    books.costs.keep_basis(item, basis)


class _History:
    """What was posted of an item and is dated from `start` on, with the decreases that such increases filled."""

    def __init__(self, books: Books, item: str, start: date | None) -> None:
        self.entries = {entry.id: entry for entry in books.costs.entries_of(item, start)}
        self.values: dict[int, list[ValueEntry]] = defaultdict(list)
        for value in books.costs.values_of(item, start):
            self.values[value.item_entry].append(value)
        self.drawn_by: dict[int, list[Application]] = defaultdict(list)
        self.returns: dict[int, list[Application]] = defaultdict(list)
        for row in books.costs.applications_of(item, start):
            (self.returns if row.cost_application else self.drawn_by)[row.outbound_entry].append(row)
        self._valued: dict[int, date] = {}

    def valued(self, number: int) -> date:
        """Return the valuation date in force of an entry (LED-22)."""
        if number not in self._valued:
            dates = [row.valuation_date for row in self.values[number] if row.entry_type != "revaluation"]
            if self.entries[number].qty < 0:
                drawn = [row.inbound_entry for row in self.drawn_by[number]]
                dates += [self.valued(one) for one in drawn if one in self.entries]  # the others are dated before
            self._valued[number] = max(dates)
        return self._valued[number]

    def is_averaged(self, entry: ItemEntry) -> bool:
        return entry.qty < 0 and not any(row.fixed for row in self.drawn_by[entry.id])

    def stands_at(self, number: int, cost: Decimal) -> bool:
        """Say whether an entry costs so much already, wholly as expected or wholly as actual cost."""
        actual = sum((row.cost_amount_actual for row in self.values[number]), ZERO)
        expected = sum((row.cost_amount_expected for row in self.values[number]), ZERO)
        return actual + expected == cost and not (actual and expected)

    def provisional(self, number: int) -> Decimal:
        return sum((value_of(row) for row in self.values[number] if not row.adjustment), ZERO)


def _of_group(
    history: _History, settings: Settings, entries: Sequence[ItemEntry], first: date | None, pool: _Pool
) -> Iterator[tuple[date, Iterator[tuple[ItemEntry, Decimal]]]]:
    """Walk the periods of a group forward; what one leaves is where the next begins (COS-40, COS-46)."""
    members = {entry.id for entry in entries}
    periods: dict[date, _Period] = defaultdict(_Period)
    for entry in entries:
        end = period_end(settings, history.valued(entry.id))
        if history.is_averaged(entry):
            periods[end].averaged.append(entry)
            continue
        periods[end].others.append((entry.id, entry.qty, ZERO))
        for row in history.values[entry.id]:
            is_own = row.entry_type == "revaluation"
            at = period_end(settings, row.valuation_date) if is_own else end
            periods[at].others.append((entry.id, ZERO, value_of(row)))
    for end in sorted(periods):
        if first is None or end >= first:
            yield end, _of_period(history, settings, periods[end], members, pool)


def _of_period(
    history: _History, settings: Settings, period: _Period, members: set[int], pool: _Pool
) -> Iterator[tuple[ItemEntry, Decimal]]:
    """Share the pool among the decreases of a period, in entry order (COS-41)."""
    back = {
        row.inbound_entry: row
        for entry in period.averaged
        for row in history.returns[entry.id]
        if row.inbound_entry in members
    }
    here = {number for number, *_ in period.others}
    back = {number: row for number, row in back.items() if number in here}
    hanging = {
        number
        for number in here - back.keys()
        if any(row.fixed and row.inbound_entry in back for row in history.drawn_by[number])
    }
    for number, qty, cost in period.others:
        if number not in back and number not in hanging:
            pool.add(qty, cost)
    cost_back: dict[int, Decimal] = {}
    for entry in period.averaged:
        cost = _average(history, settings, entry, pool)
        if not history.stands_at(entry.id, cost):
            yield entry, cost
        pool.add(entry.qty, cost)
        for row in history.returns[entry.id]:
            if row.inbound_entry in back:
                returned = amount(cost * row.qty / entry.qty, settings.amount_rounding)
                cost_back[row.inbound_entry] = returned
                pool.add(row.qty, returned)
    for number in hanging:
        for row in history.drawn_by[number]:
            increase = history.entries[row.inbound_entry]
            whole = cost_back.get(row.inbound_entry, ZERO)
            pool.add(row.qty, amount(whole * row.qty / increase.qty, settings.amount_rounding))


def _average(history: _History, settings: Settings, entry: ItemEntry, pool: _Pool) -> Decimal:
    """Return the cost of a decrease; with nothing in the pool it keeps what it was posted with (COS-43)."""
    if pool.qty <= 0 or pool.cost < 0:
        return history.provisional(entry.id)
    return amount(pool.cost * entry.qty / pool.qty, settings.amount_rounding)
