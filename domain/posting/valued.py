"""The one place where rows of value reach the ledgers: the door, invoices, charges and revaluations end here."""

from __future__ import annotations

from collections.abc import Sequence

from domain.books import Books
from domain.costing.adjusting import AdjustCosts, Adjusted, adjust_costs, settle_touched
from domain.costing.periods import check_dates
from domain.ledger.entries import LedgerRow
from domain.situation import Situation


def append_rows(books: Books, situation: Situation, rows: Sequence[LedgerRow]) -> None:
    """Append rows that carry numbers of the open register, and settle what hangs on their value (COS-59)."""

    def append(some: Sequence[LedgerRow]) -> None:
        books.ledger.append(some)

    check_dates(books, situation, rows)
    append(rows)
    settle_touched(books, situation, rows, append)


def adjust_all(books: Books, situation: Situation, command: AdjustCosts) -> Adjusted:
    """Settle items until nothing changes."""
    return adjust_costs(books, situation, command, books.ledger.append)
