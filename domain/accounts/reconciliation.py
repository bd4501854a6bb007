"""How the general ledger agrees with the value entries, a line for each type of account (GL-22..24).

The general ledger knows neither items nor locations, so with such a filter its columns are left blank (GL-23). The G/L
date of a value entry is its own, so both ledgers are cut at the same edge, and nobody posts to an account by hand. Not
here: the chart (chart.py); the columns "of which to WIP", which only production fills.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.accounts.chart import Chart, chart_of
from domain.accounts.pairs import INVENTORY_SIDE, PAIRS, kind_of
from domain.books import Books
from domain.ledger.books import ValueSum
from domain.values import ZERO

ACCOUNTS = (
    "inventory",
    "inventory_interim",
    "wip",
    "inventory_adjmt",
    "direct_cost_applied",
    "overhead_applied",
    "purchase_variance",
    "invt_accrual_interim",
    "cogs",
    "cogs_interim",
    "material_variance",
    "capacity_variance",
    "subcontracted_variance",
    "cap_overhead_variance",
    "mfg_overhead_variance",
)
"""The rows (GL-22)."""
_NOTHING = dict.fromkeys(INVENTORY_SIDE, ZERO)


@dataclass(frozen=True, slots=True)
class ReconciliationLine:
    """What value entries say of an account, and what stands on it."""

    account: str
    inventory: Decimal
    interim: Decimal
    wip: Decimal
    total: Decimal
    gl_total: Decimal | None
    difference: Decimal | None
    """None where the general ledger cannot be asked."""
    warning: str
    """Why they differ: expected_not_posted, not_posted, account_shared, account_removed; or ""."""


def reconcile(
    books: Books, *, upto: date | None = None, item: str | None = None, location: str | None = None
) -> list[ReconciliationLine]:
    """Return a line for each type of account, all value entries dated by a day counted, posted or not."""
    ledger = books.general_ledger
    told = _projected(ledger.value_sums(upto=upto, item=item, location=location))
    if item is not None or location is not None:
        return [_line(account, told[account], None, "") for account in ACCOUNTS]
    chart, balances = chart_of(books.records), ledger.balances(upto=upto)
    waiting = _projected(ledger.waiting_sums(upto=upto))
    lines = []
    for account in ACCOUNTS:
        gl_total = sum((balances.get(number, ZERO) for number in chart.numbers_of(account)), ZERO)
        is_equal = gl_total == sum(told[account].values(), ZERO)
        warning = "" if is_equal else _warning(chart, account, waiting[account], balances)
        lines.append(_line(account, told[account], gl_total, warning))
    return lines


def _projected(sums: Sequence[ValueSum]) -> dict[str, dict[str, Decimal]]:
    """Return what each account would hold, by column; kinds without a pair are named by the batch alone (GL-04)."""
    found: dict[str, dict[str, Decimal]] = defaultdict(_NOTHING.copy)
    for row in sums:
        for amount, is_expected in ((row.actual, False), (row.expected, True)):
            pair = PAIRS.get((row.item_entry_type, kind_of(row.entry_type, row.variance_type), is_expected))
            if pair and amount:
                account, balancing = pair
                column = account if account in INVENTORY_SIDE else "inventory"
                found[account][column] += amount
                found[balancing][column] -= amount
    return found


def _warning(chart: Chart, account: str, waiting: Mapping[str, Decimal], balances: Mapping[str, Decimal]) -> str:
    """Return the first reason for a difference that applies (GL-24)."""
    own = chart.numbers_of(account)
    others = frozenset().union(*(chart.numbers_of(other) for other in ACCOUNTS if other != account))
    if waiting["inventory_interim"]:
        return "expected_not_posted"
    if waiting["inventory"] or waiting["wip"]:
        return "not_posted"
    if own & others:
        return "account_shared"
    return "account_removed" if balances.keys() - own - others else ""


def _line(account: str, columns: dict[str, Decimal], gl_total: Decimal | None, warning: str) -> ReconciliationLine:
    total = sum(columns.values(), ZERO)
    difference = None if gl_total is None else gl_total - total
    inventory, interim, wip = (columns[name] for name in INVENTORY_SIDE)
    return ReconciliationLine(account, inventory, interim, wip, total, gl_total, difference, warning)
