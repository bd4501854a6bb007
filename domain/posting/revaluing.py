"""Revaluation: what stock on hand is worth from a day on, by entry or by item (LED-09, COS-60..66).

Not here: how a revaluation reaches decreases (costing/shares.py), roll-up of standard costs (COS-25).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.costing.average_periods import period_end
from domain.costing.shares import value_of
from domain.costing.valuing import cost_per_base
from domain.errors import Refused
from domain.items.card import Item
from domain.ledger.entries import ItemEntry, ValueEntry, shown
from domain.people.rights import require_right
from domain.posting.checks import posting_date_allowed
from domain.posting.clock import refuse_clock_back
from domain.posting.posted import Posted, once
from domain.posting.valued import append_rows
from domain.situation import Situation
from domain.values import ZERO, amount, unit_cost

SOURCE = "revaluation"


@dataclass(frozen=True, slots=True)
class StockToValue:
    """Which stock is valued, and when."""

    item: str
    posting_date: date
    entry: int = 0
    """Only this increase; 0 is every increase of the item."""
    location: str | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Revalued:
    """An increase with what of it can be revalued, and what that is worth by then."""

    entry: ItemEntry
    values: tuple[ValueEntry, ...]
    qty: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class RevalueStock:
    """Give stock another value: of the whole, or per base unit."""

    stock: StockToValue
    new_value: Decimal | None = None
    new_unit_cost: Decimal | None = None
    """Where `new_value` is not given."""
    update_standard_cost: bool = False
    """The card of a Standard item gets the new cost too (COS-63)."""
    reason: str = ""


def inventory_value(books: Books, situation: Situation, stock: StockToValue) -> list[Revalued]:
    """Return the increases that can be revalued, in entry order (COS-60, COS-61; right `cost`).

    Raises Refused: unknown; revalue_refused, where Average forbids it (COS-64), stock is negative or there is none.
    """
    require_right(situation, "cost")
    item = books.records.one(Item, stock.item)
    if item is None:
        raise Refused("unknown", code=stock.item, prompt="item")
    if item.costing == "average":
        _check_average(books, situation, stock)
    if not stock.entry and item.no in books.costs.short_by(stock.posting_date):
        raise Refused("revalue_refused", item=item.no, why="negative")
    history = books.costs.history(item.no, date.min, date.max)
    values: dict[int, list[ValueEntry]] = defaultdict(list)
    for value in history.values:
        values[value.item_entry].append(value)
    used: dict[int, Decimal] = defaultdict(Decimal)
    for row in history.applications:
        if not row.cost_application and row.posting_date <= stock.posting_date:
            used[row.inbound_entry] += row.qty
    found = []
    for entry in history.entries:
        qty = entry.qty + used[entry.id]
        if qty > 0 and entry.qty > 0 and _is_meant(stock, entry) and _is_valued(item, stock, entry, values[entry.id]):
            worth = _value(values[entry.id], entry, qty, stock.posting_date)
            worth = amount(worth, situation.settings.amount_rounding)
            found.append(Revalued(entry, tuple(values[entry.id]), qty, worth))
    return found


def revalue_stock(books: Books, situation: Situation, command: RevalueStock) -> Posted:
    """Post the difference to the new value on the increases it is of (COS-62; right `cost`).

    Raises Refused as `inventory_value` does, and where there is nothing to revalue.
    """

    def work() -> Posted:
        stock, settings = command.stock, situation.settings
        posting_date_allowed(situation, stock.posting_date)
        found = inventory_value(books, situation, stock)
        qty = sum((one.qty for one in found), ZERO)
        if not qty:
            raise Refused("revalue_refused", item=stock.item, why="nothing_left")
        new_value = qty * (command.new_unit_cost or ZERO) if command.new_value is None else command.new_value
        new_value = amount(new_value, settings.amount_rounding)
        if new_value < 0:
            raise Refused("cost_below_zero", item=stock.item)
        latest = max(one.entry.posted_at for one in found)
        refuse_clock_back(books, situation, books.ledger.register(after=latest).posted_at)
        item = books.records.one(Item, stock.item)
        if command.update_standard_cost and item and item.costing == "standard":
            cost = unit_cost(new_value / qty, settings.unit_rounding)
            books.records.save(replace(item, standard_cost=cost, unit_cost=cost), command.reason)
        rows = _rows(books, situation, command, found, new_value)
        append_rows(books, situation, rows)
        return Posted(books.ledger.register().id, "", tuple(one.entry.id for one in found))

    require_right(situation, "cost")
    return once(books, situation, "revalue_stock", SOURCE, work)


def _check_average(books: Books, situation: Situation, stock: StockToValue) -> None:
    """Average is revalued per item, on the last day of a period, once it is adjusted by then (COS-64)."""
    per_place = situation.settings.average_cost_calc_type == "item_location_variant"
    why = ""
    if stock.entry:
        why = "per_item"
    elif period_end(situation.settings, stock.posting_date) != stock.posting_date:
        why = "last_day"
    elif not per_place and (stock.location is not None or stock.variant is not None):
        why = "no_places"
    elif per_place and (stock.location is None or stock.variant is None):
        why = "places"
    elif stock.item in books.costs.unadjusted_by(stock.posting_date):
        why = "unadjusted"
    if why:
        raise Refused("revalue_refused", item=stock.item, why=why)


def _is_meant(stock: StockToValue, entry: ItemEntry) -> bool:
    return (
        entry.posting_date <= stock.posting_date
        and stock.entry in (0, entry.id)
        and stock.location in (None, entry.location)
        and stock.variant in (None, entry.variant)
    )


def _is_valued(item: Item, stock: StockToValue, entry: ItemEntry, values: Sequence[ValueEntry]) -> bool:
    """Say whether an increase is wholly invoiced by then; Standard counts what is only expected too (COS-60)."""
    invoiced = sum((row.invoiced_qty for row in values if row.posting_date <= stock.posting_date), ZERO)
    return invoiced == entry.qty or item.costing == "standard"


def _value(values: Sequence[ValueEntry], entry: ItemEntry, qty: Decimal, upto: date) -> Decimal:
    """Return what a part of an increase is worth (COS-61); an earlier revaluation of a part is of that part."""
    value = ZERO
    for row in values:
        if row.valuation_date <= upto:
            value += value_of(row) * qty / (row.valued_qty if row.partial_revaluation else entry.qty)
    return value


def _rows(
    books: Books, situation: Situation, command: RevalueStock, found: Sequence[Revalued], new_value: Decimal
) -> list[ValueEntry]:
    """Spread the new value over the increases by quantity, the remainder carried on (COS-62)."""
    step, left, qty = situation.settings.amount_rounding, new_value, sum((one.qty for one in found), ZERO)
    rows = []
    for one in found:
        share = amount(left * one.qty / qty, step)
        left, qty = left - share, qty - one.qty
        if difference := share - one.value:
            rows.append(_row(books, situation, command, one, difference))
    return rows


def _row(books: Books, situation: Situation, command: RevalueStock, one: Revalued, difference: Decimal) -> ValueEntry:
    """Return the value entry; what is not invoiced yet of a Standard item is expected (COS-63)."""
    entry, step = one.entry, situation.settings.amount_rounding
    open_qty = entry.qty - sum((row.invoiced_qty for row in one.values), ZERO)
    expected = amount(difference * open_qty / entry.qty, step)
    first = one.values[0]
    return first._replace(
        id=books.ledger.number(),
        entry_type="revaluation",
        variance_type="",
        posting_date=command.stock.posting_date,
        valuation_date=max(command.stock.posting_date, first.valuation_date),
        valued_qty=one.qty,
        entry_qty=ZERO,
        invoiced_qty=ZERO,
        cost_per_unit=cost_per_base(difference, one.qty, situation.settings),
        cost_amount_actual=difference - expected,
        cost_amount_expected=expected,
        cost_amount_non_invtbl=ZERO,
        expected_cost=bool(expected),
        partial_revaluation=one.qty < entry.qty,
        document_type=SOURCE,
        document_no=shown(books.ledger.register().id),
        source_code=SOURCE,
        reason=command.reason,
    )
