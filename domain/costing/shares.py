"""What a decrease costs by the increases it draws on, and a return by its decrease (COS-52, COS-53).

Reads entries as they stand. Not here: what is written of it (adjusting.py), the average of a period (average.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import InvariantBroken
from domain.ledger.books import History
from domain.ledger.entries import Application, ItemEntry, ValueEntry, register_of, shown
from domain.values import ZERO, amount


class CostFacts:
    """Entries with their value as they stand now, what is written of them included; each is read once."""

    def __init__(self, books: Books, step: Decimal) -> None:
        self._books = books
        self._step = step
        self._values: dict[int, list[ValueEntry]] = {}
        self._entries: dict[int, ItemEntry] = {}
        self._drawn_by: dict[int, list[Application]] = {}
        self._valued: dict[int, date] = {}

    def forget(self) -> None:
        """Forget what was read; all that was written must be in the ledgers by now."""
        for known in (self._values, self._entries, self._drawn_by, self._valued):
            known.clear()

    def read(self, history: History) -> None:
        """Take over what was read of many entries at once."""
        self._entries |= {entry.id: entry for entry in history.entries}
        self._values |= {entry.id: [] for entry in history.entries}
        self._drawn_by |= {entry.id: [] for entry in history.entries}
        for value in history.values:
            self._values[value.item_entry].append(value)
        for row in history.applications:
            self._drawn_by[row.outbound_entry].append(row)

    def entry(self, number: int) -> ItemEntry:
        """Return an item entry."""
        if number not in self._entries:
            entry = self._books.entries.one(number)
            if entry is None:
                raise InvariantBroken(f"item entry {shown(number)} is named, but not there")
            self._entries[number] = entry
        return self._entries[number]

    def values(self, number: int) -> list[ValueEntry]:
        """Return the value entries of an entry, oldest first."""
        if number not in self._values:
            self._values[number] = self._books.entries.values(number)
        return self._values[number]

    def wrote(self, row: ValueEntry) -> None:
        """Take a value entry just written into account."""
        self.values(row.item_entry)
        self._values[row.item_entry].append(row)

    def suppliers(self, number: int) -> list[Application]:
        """Return what a decrease drew, oldest first."""
        return [row for row in self._of_decrease(number) if not row.cost_application]

    def returns(self, number: int) -> list[Application]:
        """Return the own rows of the increases that take the cost of a decrease."""
        return [row for row in self._of_decrease(number) if row.cost_application]

    def drawn(self, number: int) -> list[Application]:
        """Return what decreases drew on an increase."""
        return [row for row in self._books.entries.drawn_on(number) if not row.cost_application]

    def source(self, number: int) -> Application | None:
        """Return the own row of an increase that takes the cost of a decrease."""
        own = [row for row in self._books.entries.drawn_on(number) if row.cost_application]
        return own[0] if own else None

    def cost(self, number: int) -> Decimal:
        """Return all an entry costs, be it expected, without what rounding left on it."""
        return sum((value_of(row) for row in self.values(number) if row.entry_type != "rounding"), ZERO)

    def valued(self, number: int) -> date:
        """Return the valuation date in force of an entry (LED-22)."""
        if number not in self._valued:
            rows = self.values(number)
            dates = [row.valuation_date for row in rows if row.entry_type != "revaluation"]
            if self.entry(number).qty < 0:
                dates += [self.valued(row.inbound_entry) for row in self.suppliers(number)]
            self._valued[number] = max(dates)
        return self._valued[number]

    def is_averaged(self, number: int, costing: str) -> bool:
        """Say whether a decrease costs the average of its period: one fixed to an entry does not (COS-03)."""
        return costing == "average" and not any(row.fixed for row in self.suppliers(number))

    def taken(self, row: Application) -> Decimal:
        """Return what a decrease takes of the cost of an increase by an application, above zero (COS-52).

        A revaluation of only a part of the increase enters for the decreases that it affects (COS-66).
        """
        increase = self.entry(row.inbound_entry)
        cost = ZERO
        for value in self.values(increase.id):
            if value.partial_revaluation:
                if self._is_affected(row.outbound_entry, value):
                    cost += value_of(value) * increase.qty / value.valued_qty
            elif value.entry_type != "rounding":
                cost += value_of(value)
        return amount(cost * abs(row.qty) / increase.qty, self._step)

    def applied_cost(self, number: int) -> Decimal:
        """Return what a decrease costs, below zero: its shares, and what it draws on nothing at provisional cost."""
        entry, drawn = self.entry(number), self.suppliers(number)
        open_qty = -entry.qty + sum((row.qty for row in drawn), ZERO)
        rest = amount(self.provisional(number) * open_qty / entry.qty, self._step) if open_qty else ZERO
        return -sum((self.taken(row) for row in drawn), ZERO) - rest

    def provisional(self, number: int) -> Decimal:
        """Return what an entry was posted with: all that no adjustment wrote (COS-04)."""
        return sum((value_of(row) for row in self.values(number) if not row.adjustment), ZERO)

    def returned_cost(self, own: Application, costing: str) -> Decimal:
        """Return the cost of an increase that takes that of a decrease: a return, a transfer's second half (COS-53)."""
        out = own.outbound_entry
        if own.transferred_from_entry and not self.is_averaged(out, costing):
            drawn = [row for row in self.suppliers(out) if row.inbound_entry == own.transferred_from_entry]
            if drawn:
                return self.taken(drawn[0]._replace(qty=own.qty))
        return amount(self.cost(out) * own.qty / self.entry(out).qty, self._step)

    def is_invoiced(self, number: int) -> bool:
        """Say whether an entry is invoiced as a whole (LED-17)."""
        invoiced = sum((row.invoiced_qty for row in self.values(number)), ZERO)
        return invoiced == self.entry(number).qty

    def stands_at(self, number: int, cost: Decimal) -> bool:
        """Say whether an entry costs so much already, wholly as expected or wholly as actual cost."""
        actual = sum((row.cost_amount_actual for row in self.values(number)), ZERO)
        expected = sum((row.cost_amount_expected for row in self.values(number)), ZERO)
        return actual + expected == cost and not (actual and expected)

    def _of_decrease(self, number: int) -> list[Application]:
        if number not in self._drawn_by:
            self._drawn_by[number] = self._books.entries.drawn_by(number)
        return self._drawn_by[number]

    def _is_affected(self, decrease: int, revaluation: ValueEntry) -> bool:
        """Say whether a decrease was posted after a revaluation of its supplier, or is dated later (COS-66)."""
        is_after = register_of(decrease) > register_of(revaluation.id)
        return is_after or self.valued(decrease) > revaluation.valuation_date


def value_of(row: ValueEntry) -> Decimal:
    """Return the value a row moves, actual and expected."""
    return row.cost_amount_actual + row.cost_amount_expected


def of_invoices(values: Sequence[ValueEntry]) -> list[ValueEntry]:
    """Return the value entries that invoiced something of an entry."""
    return [row for row in values if row.invoiced_qty and not row.adjustment]
