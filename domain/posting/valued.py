"""The one place where rows of value reach the ledgers: the door, invoices, charges and revaluations end here."""

from __future__ import annotations

from collections.abc import Sequence

from domain.books import Books
from domain.ledger.entries import LedgerRow
from domain.situation import Situation


def append_rows(books: Books, situation: Situation, rows: Sequence[LedgerRow]) -> None:  # noqa: ARG001
    """Append rows that carry numbers of the open register, and let follow what hangs on their value."""
    books.ledger.append(rows)
