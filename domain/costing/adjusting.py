"""Cost adjustment: late cost reaches what was taken before it, by corrections that are only appended (COS-50..59).

    adjust_costs(books, situation, AdjustCosts(...)) -> Adjusted      everything that waits, or some items
    settle(books, situation, item, append, limit) -> Settled          one item, inside the running command
    settle_touched(books, situation, rows, append)                    what a posting touched, where settings want it

What waits is marked by what was appended (storage/marks.py), so a run that was cut off goes on where it was, and a
second one writes nothing (COS-56). Not here: assembly (COS-80), a log of the runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from domain.books import Books
from domain.costing.average import COSTING, Averages
from domain.costing.periods import first_open_day
from domain.costing.shares import CostFacts, of_invoices, value_of
from domain.costing.valuing import cost_per_base
from domain.dates import bound_of, formula_date
from domain.errors import InvariantBroken
from domain.items.card import Item
from domain.ledger.books import CostWalk
from domain.ledger.entries import ItemEntry, LedgerRow, ValueEntry
from domain.people.rights import require_right
from domain.situation import Situation
from domain.values import ZERO, amount

SOURCE = "cost_adjustment"
MOST_ROUNDS = 100  # COS-50
INSIDE_A_POSTING = 200
"""Value entries; more is left to the next run (COS-59, decision 46)."""
MARKS_AT_ONCE = 500
WALKED_AT_ONCE = 1_000
"""Value entries; a walk reads whole periods of about so many at a time."""
_WINDOWS = {"day": "-1D", "week": "-1W", "month": "-1M", "quarter": "-1Q", "year": "-1Y"}

Append: TypeAlias = Callable[[Sequence[LedgerRow]], None]
"""What writes rows of value and lets follow what hangs on them (posting/valued.py)."""


@dataclass(frozen=True, slots=True)
class AdjustCosts:
    """Settle what waits for cost adjustment."""

    items: tuple[str, ...] = ()
    """None is every item."""
    most: int | None = None
    """Value entries written of an item before it stops; what is left stays marked."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was written for an item, and whether all of it is settled now."""

    written: int
    is_done: bool
    difference: Decimal = ZERO
    """By how much the cost of decreases and of what hangs on them changed."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What a run did: items looked at, value entries written, and whether all of that is settled."""

    items: int
    written: int
    difference: Decimal
    is_done: bool


def adjust_costs(books: Books, situation: Situation, command: AdjustCosts, append: Append) -> Adjusted:
    """Settle items until nothing changes (right `cost`)."""
    require_right(situation, "cost")
    waiting = books.costs.marked_items()
    items = [item for item in waiting if not command.items or item in command.items]
    with books.ledger.command(situation.head(SOURCE)):
        settled = [settle(books, situation, item, append, command.most) for item in items]
    return Adjusted(
        items=len(items),
        written=sum(one.written for one in settled),
        difference=sum((one.difference for one in settled), ZERO),
        is_done=all(one.is_done for one in settled),
    )


def unadjusted_items(books: Books, upto: date | None = None) -> list[str]:
    """Return the items of which something waits for cost adjustment, with `upto` only where it is dated by then."""
    return books.costs.marked_items() if upto is None else books.costs.unadjusted_by(upto)


def settle(
    books: Books,
    situation: Situation,
    item_no: str,
    append: Append,
    limit: int | None = None,
    *,
    is_inside: bool = False,
) -> Settled:
    """Settle one item inside the running command; with `limit` stop soon after so many value entries.

    Inside a posting only what the posting changed, and little of that.
    """
    item = books.records.one(Item, item_no)
    if item is None:
        raise InvariantBroken(f"item {item_no} has entries, but no card")
    return _Settling(books, situation, item, append, limit, is_inside=is_inside).run()


def settle_touched(books: Books, situation: Situation, rows: Sequence[LedgerRow], append: Append) -> None:
    """Settle the items that a posting touched, where its entries are dated within the window (COS-59).

    A posting of more value entries than may be written inside of it leaves them marked, whatever they would give.
    """
    setting = situation.settings.automatic_cost_adjustment
    if setting == "never":
        return
    values = [row for row in rows if isinstance(row, ValueEntry)]
    if len(values) > INSIDE_A_POSTING:
        return
    if setting != "always":
        first = formula_date(_WINDOWS[setting], situation.work_date)
        values = [row for row in values if _dated(books, row) >= first]
    left = INSIDE_A_POSTING
    for item in dict.fromkeys(row.item for row in values):
        left -= settle(books, situation, item, append, left, is_inside=True).written
        if left <= 0:
            return


def _dated(books: Books, row: ValueEntry) -> date:
    entry = books.entries.one(row.item_entry)
    return entry.posting_date if entry else row.posting_date


class _Stopped(Exception):
    """Enough was written for now; what is left is marked."""


class _Settling:
    """One item while it is settled."""

    def __init__(
        self, books: Books, situation: Situation, item: Item, append: Append, limit: int | None, *, is_inside: bool
    ) -> None:
        self._books = books
        self._situation = situation
        self._item = item
        self._append = append
        self._limit = limit
        self._is_inside = is_inside
        self._step = situation.settings.amount_rounding
        self._facts = CostFacts(books, self._step)
        self._averages = Averages(books, situation.settings, item.no, self._facts)
        self._first_day = _first_day(books, situation)
        self._waiting: list[LedgerRow] = []
        """What is written next."""
        self._written = 0
        self._difference = ZERO

    def run(self) -> Settled:
        """Go on until nothing is marked; applied cost first, then the average (COS-50)."""
        try:
            if self._is_inside:
                self._leave_what_waited()
            for _ in range(MOST_ROUNDS):
                while marks := self._books.costs.marks(self._item.no, MARKS_AT_ONCE):
                    self._follow_marks(marks)
                walks = self._books.costs.walks(self._item.no)
                if not walks:
                    break
                for walk in walks:
                    self._walk(walk)
        except _Stopped:
            return Settled(self._written, is_done=False, difference=self._difference)
        self._keep_unit_cost()
        return Settled(self._written, is_done=True, difference=self._difference)

    def _leave_what_waited(self) -> None:
        """Leave an item to the next run where more waits than what was just posted can be (COS-59)."""
        costs, item = self._books.costs, self._item.no
        if costs.walks(item) or len(costs.marks(item, INSIDE_A_POSTING + 1)) > INSIDE_A_POSTING:
            raise _Stopped

    def _follow_marks(self, marks: Sequence[int]) -> None:
        """Follow what changed; where that is too much, all of it stays marked."""
        self._books.costs.settled(self._item.no, marks)
        self._facts.forget()
        try:
            for at in marks:
                self._stop_if_enough()
                self._follow(at)
            if self._item.costing == COSTING:
                for entry, cost in self._averages.changed([self._facts.entry(at) for at in marks]):
                    self._correct(entry, cost)
                    self._flush()
                    self._books.costs.settled(self._item.no, [entry.id])
            self._flush()
        except _Stopped:
            self._flush()
            self._books.costs.mark(self._item.no, marks)
            raise

    def _walk(self, walk: CostWalk | None) -> None:
        """Correct what is valued by average in the periods of a walk; inside a posting a short one only."""
        while walk:
            self._facts.forget()
            if self._is_inside and not self._averages.is_short(walk, WALKED_AT_ONCE):
                raise _Stopped
            part = self._averages.part(walk, WALKED_AT_ONCE)
            done = []
            for entry, cost in part.costs:
                if self._is_enough:
                    break
                self._correct(entry, cost)
                done.append(entry)
            self._flush()
            self._books.costs.settled(self._item.no, [entry.id for entry in done])  # what they cost changes no pool
            for entry in done:
                self._cost_returns(entry)
            self._flush()
            if len(done) < len(part.costs):
                raise _Stopped
            self._averages.walked(walk, part)
            walk = part.rest
            self._stop_if_enough()

    @property
    def _is_enough(self) -> bool:
        return self._limit is not None and self._written >= self._limit

    def _stop_if_enough(self) -> None:
        if self._is_enough:
            raise _Stopped

    def _flush(self) -> None:
        """Append what was written; it is marked by that."""
        self._append(self._waiting)
        self._waiting = []

    def _follow(self, number: int) -> None:
        """Bring an entry, and those that take its cost, up to date (COS-52, COS-53)."""
        entry, facts = self._facts.entry(number), self._facts
        if entry.qty < 0:
            self._cost_decrease(entry)
            self._cost_returns(entry)
            for row in facts.suppliers(number):
                self._round(facts.entry(row.inbound_entry))
            return
        if own := facts.source(number):
            self._correct(entry, facts.returned_cost(own, self._item.costing))
        for row in facts.drawn(number):
            self._stop_if_enough()
            decrease = facts.entry(row.outbound_entry)
            self._cost_decrease(decrease)
            if decrease.entry_type == "transfer":
                self._cost_returns(decrease)
        self._round(entry)

    def _cost_decrease(self, entry: ItemEntry) -> None:
        if not self._facts.is_averaged(entry.id, self._item.costing):
            self._correct(entry, self._facts.applied_cost(entry.id))

    def _cost_returns(self, entry: ItemEntry) -> None:
        for own in self._facts.returns(entry.id):
            self._correct(self._facts.entry(own.inbound_entry), self._facts.returned_cost(own, self._item.costing))

    def _correct(self, entry: ItemEntry, cost: Decimal) -> None:
        """Write what an entry's direct cost lacks, over its invoices by quantity, the rest as expected (COS-52, 54)."""
        values = [row for row in self._facts.values(entry.id) if row.entry_type == "direct_cost"]
        values = [row for row in values if not row.item_charge_no]
        invoiced = upto = ZERO
        for invoice in of_invoices(values):
            invoiced += invoice.invoiced_qty
            before, upto = upto, amount(cost * invoiced / entry.qty, self._step)
            own = sum((row.cost_amount_actual for row in values if invoice.id in (row.id, row.applies_to_entry)), ZERO)
            self._write(invoice, actual=upto - before - own)
        expected = sum((row.cost_amount_expected for row in values), ZERO)
        self._write(values[0], expected=cost - upto - expected)

    def _round(self, increase: ItemEntry) -> None:
        """Write what rounding leaves on an increase that is used up and settled (COS-58)."""
        facts = self._facts
        values = facts.values(increase.id)
        rounded = sum((value_of(row) for row in values if row.entry_type == "rounding"), ZERO)
        is_used_up = self._books.entries.open_part(increase.id) is None
        if not is_used_up and not rounded:
            return
        drawn = facts.drawn(increase.id)
        if any(facts.is_averaged(row.outbound_entry, self._item.costing) for row in drawn):
            return
        numbers = [increase.id, *(row.outbound_entry for row in drawn)]
        is_final = is_used_up and all(map(facts.is_invoiced, numbers))
        left = facts.cost(increase.id) - sum(map(facts.taken, drawn), ZERO) if is_final else ZERO
        if left + rounded:
            direct = [row for row in of_invoices(values) if row.entry_type == "direct_cost"]
            self._write(direct[-1], actual=-left - rounded, entry_type="rounding")

    def _write(
        self, of: ValueEntry, *, actual: Decimal = ZERO, expected: Decimal = ZERO, entry_type: str = "direct_cost"
    ) -> None:
        """Append a correction of a value entry; nothing for 0."""
        if not actual and not expected:
            return
        row = of._replace(
            id=self._books.ledger.number(),
            entry_type=entry_type,
            posting_date=max(of.posting_date, self._first_day),
            valuation_date=self._facts.valued(of.item_entry),
            entry_qty=ZERO,
            invoiced_qty=ZERO,
            cost_per_unit=cost_per_base(actual + expected, of.valued_qty, self._situation.settings),
            cost_amount_actual=actual,
            cost_amount_expected=expected,
            cost_amount_non_invtbl=ZERO,
            expected_cost=bool(expected),
            adjustment=True,
            applies_to_entry=of.id,
            sales_amount_expected=ZERO,
            sales_amount_actual=ZERO,
            purchase_amount_expected=ZERO,
            purchase_amount_actual=ZERO,
            discount_amount=ZERO,
            source_code=SOURCE,
        )
        self._waiting.append(row)
        self._facts.wrote(row)
        self._written += 1
        self._difference += actual + expected

    def _keep_unit_cost(self) -> None:
        """Bring the card's unit cost up to what stock costs; nil stock has that of its last decrease (COS-70, 71)."""
        books = self._books
        if self._item.costing == "standard":
            if self._item.unit_cost != self._item.standard_cost:
                books.records.save(replace(self._item, unit_cost=self._item.standard_cost))
            return
        qty, cost = books.costs.totals(self._item.no)
        for entry in books.costs.short_entries(self._item.no):
            qty -= self._facts.entry(entry).qty
            cost -= self._facts.cost(entry)
        if not qty and (last := books.costs.last_decrease(self._item.no)):
            qty, cost = last.qty, self._facts.cost(last.id)
        if qty and cost / qty > 0:
            item = books.records.one(Item, self._item.no) or self._item
            unit_cost = cost_per_base(cost, qty, self._situation.settings)
            if unit_cost != item.unit_cost:
                books.records.save(replace(item, unit_cost=unit_cost))


def _first_day(books: Books, situation: Situation) -> date:
    """Return the first day that corrections may be dated on (COS-55)."""
    opened = first_open_day(books) or date.min
    setting = situation.settings.allow_posting_from
    return max(opened, bound_of(setting, situation.work_date)) if setting else opened
