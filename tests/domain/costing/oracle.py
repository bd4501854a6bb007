"""A second calculation of each costing method, plain and slow, straight from the rules (COS-40..43, COS-52, COS-58).

It knows nothing of the product: it reads a history as it was told, applies quantities itself, and costs all of it anew.
Single item, one place, never below zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass
class Told:
    """One event: a purchase, a sale, a return of a sale (`of`), freight on a purchase (`of`)."""

    kind: str
    day: date
    qty: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    of: int = -1


@dataclass
class _Entry:
    told: Told
    number: int
    left: Decimal
    valued: date
    cost: Decimal
    drawn: list[tuple[int, Decimal]] = field(default_factory=list)


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def costs(history: list[Told], costing: str, period_end) -> dict[int, Decimal]:
    """Return the cost of each purchase, sale and return by its place in the history, rounding entries included."""
    entries = _applied(history, costing)
    for told in history:
        if told.kind == "freight":
            entries[told.of].cost += told.amount
    if costing == "average":
        _average(entries, period_end)
    else:
        _by_application(entries)
        _round(entries)
    return {number: entry.cost for number, entry in entries.items()}


def _applied(history: list[Told], costing: str) -> dict[int, _Entry]:
    entries: dict[int, _Entry] = {}
    for number, told in enumerate(history):
        if told.kind == "freight":
            continue
        entry = entries[number] = _Entry(told, number, told.qty, told.day, told.amount)
        if told.kind == "return":
            entry.valued = max(told.day, entries[told.of].valued)
        if told.kind != "sale":
            continue
        stock = [one for one in entries.values() if one.told.kind != "sale" and one.left]
        stock.sort(key=lambda one: (one.told.day, one.number), reverse=costing == "lifo")
        for one in stock:
            taken = min(one.left, entry.left)
            if taken:
                one.left -= taken
                entry.left -= taken
                entry.drawn.append((one.number, taken))
        entry.valued = max([told.day, *(entries[one].valued for one, _ in entry.drawn)])
    return entries


def _by_application(entries: dict[int, _Entry]) -> None:
    for entry in entries.values():  # what is drawn on, or returned, was told before
        if entry.told.kind == "return":
            sale = entries[entry.told.of]
            entry.cost = entry.cost + cents(-sale.cost * entry.told.qty / sale.told.qty)
        elif entry.told.kind == "sale":
            entry.cost = -sum(
                (cents(entries[one].cost * taken / entries[one].told.qty) for one, taken in entry.drawn), Decimal(0)
            )


def _round(entries: dict[int, _Entry]) -> None:
    given: dict[int, Decimal] = {}
    for entry in entries.values():
        for one, taken in entry.drawn:
            share = cents(entries[one].cost * taken / entries[one].told.qty)
            given[one] = given.get(one, Decimal(0)) + share
    for one, shares in given.items():
        if not entries[one].left:
            entries[one].cost = shares


def _average(entries: dict[int, _Entry], period_end) -> None:
    """Until nothing changes: returns hang on sales, and sales on the pool that returns are in."""
    freight = {number: entry.cost for number, entry in entries.items() if entry.told.kind == "return"}
    while True:
        before = [entry.cost for entry in entries.values()]
        qty = cost = Decimal(0)
        for end in sorted({period_end(entry.valued) for entry in entries.values()}):
            here = [entry for entry in entries.values() if period_end(entry.valued) == end]
            sales = [entry for entry in here if entry.told.kind == "sale"]
            sold = {entry.number for entry in sales}
            back = [entry for entry in here if entry.told.kind == "return" and entry.told.of in sold]
            for entry in here:
                if entry not in sales and entry not in back:
                    qty, cost = qty + entry.told.qty, cost + entry.cost
            for sale in sales:
                sale.cost = -cents(cost * sale.told.qty / qty) if qty > 0 and cost >= 0 else Decimal(0)
                qty, cost = qty - sale.told.qty, cost + sale.cost
                for entry in back:
                    if entry.told.of == sale.number:
                        entry.cost = cents(-sale.cost * entry.told.qty / sale.told.qty) + freight[entry.number]
                        qty, cost = qty + entry.told.qty, cost + entry.cost
        for entry in entries.values():
            if entry.told.kind == "return":
                sale = entries[entry.told.of]
                entry.cost = cents(-sale.cost * entry.told.qty / sale.told.qty) + freight[entry.number]
        if [entry.cost for entry in entries.values()] == before:
            return
