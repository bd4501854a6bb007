"""The one place where rows of value reach the ledgers: the door, invoices, charges and revaluations end here."""

from __future__ import annotations

from collections.abc import Sequence

from domain.accounts.chart import chart_of
from domain.accounts.entries import entries_one_by_one, movements
from domain.books import Books
from domain.costing.adjusting import (
    INSIDE_A_POSTING,
    AdjustCosts,
    Adjusted,
    Append,
    adjust_costs,
    settle,
    settle_touched,
)
from domain.costing.periods import check_dates
from domain.ledger.entries import LedgerRow, ValueEntry
from domain.situation import Situation
from domain.values import ZERO


def append_rows(books: Books, situation: Situation, rows: Sequence[LedgerRow], *, applied_anew: str = "") -> None:
    """Append rows that carry numbers of the open register, and settle what hangs on their value (COS-59).

    With `applied_anew` that is an item whose applications were changed by hand.
    """
    append = _append(books, situation)
    check_dates(books, situation, rows)
    append(rows)
    settle_touched(books, situation, rows, append)
    if applied_anew and situation.settings.automatic_cost_adjustment != "never":
        settle(books, situation, applied_anew, append, INSIDE_A_POSTING, is_inside=True)


def adjust_all(books: Books, situation: Situation, command: AdjustCosts) -> Adjusted:
    """Settle items until nothing changes."""
    return adjust_costs(books, situation, command, _append(books, situation))


def _append(books: Books, situation: Situation) -> Append:
    """Return what appends rows; with automatic posting their value goes to the general ledger along with them (GL-11).

    An account that is missing or blocked refuses it all.
    """
    settings, ledger = situation.settings, books.ledger
    if not settings.automatic_cost_posting:
        return ledger.append
    chart = chart_of(books.records)

    def append(rows: Sequence[LedgerRow]) -> None:
        moves = []
        for value in rows:
            if isinstance(value, ValueEntry):
                expected = value.cost_amount_expected if settings.expected_cost_posting else ZERO
                moves += movements(chart, value, actual=value.cost_amount_actual, expected=expected)
        ledger.append([*rows, *entries_one_by_one(ledger.number, moves)])

    return append
