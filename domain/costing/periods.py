"""Inventory periods: which dates may still be posted to, closing and reopening (periods-and-valuation.md PER-01..14).

Not here: the posting window of company and operator (posting/checks.py), accounting periods, value on a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from domain.books import Books
from domain.errors import Refused
from domain.ledger.entries import LedgerRow, ValueEntry
from domain.people.rights import require_right
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class InventoryPeriod:
    """A stretch of time up to a day (PER-10)."""

    KEY: ClassVar[tuple[str, ...]] = ("ending",)
    AUDITED: ClassVar[bool] = True

    ending: date
    name: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class InventoryPeriodEntry:
    """What was done with a period: closed or reopened, by whom and when (PER-12, PER-13)."""

    KEY: ClassVar[tuple[str, ...]] = ("ending", "entry_no")
    AUDITED: ClassVar[bool] = True

    ending: date
    entry_no: int
    type: str
    """close, reopen."""
    operator: str
    at: datetime
    closing_register: int


def first_open_day(books: Books) -> date | None:
    """Return the first day that may be posted to, None where no period is closed (PER-03)."""
    closed = books.costs.closed_until()
    return closed + timedelta(days=1) if closed else None


def check_dates(books: Books, situation: Situation, rows: Sequence[LedgerRow]) -> None:
    """Refuse value in a closed period (PER-03), or valued before the earliest day allowed (PER-05).

    Raises Refused: period_closed; valuation_early.
    """
    values = [row for row in rows if isinstance(row, ValueEntry) and not row.adjustment]
    if not values:
        return
    opened = first_open_day(books)
    if opened and min(row.posting_date for row in values) < opened:
        raise Refused("period_closed", date=opened - timedelta(days=1))
    earliest = situation.settings.earliest_allowed_valuation_date
    if earliest and min(row.valuation_date for row in values) < earliest:
        raise Refused("valuation_early", date=earliest)


def periods(books: Books) -> list[InventoryPeriod]:
    """Return the periods by their ending dates."""
    return sorted(books.records.rows(InventoryPeriod), key=lambda period: period.ending)


def create_period(books: Books, situation: Situation, ending: date) -> InventoryPeriod:
    """Make a period that ends on a day (right `ledger`).

    Raises Refused("period_refused") where that day is closed already (PER-10).
    """
    require_right(situation, "ledger")
    closed = books.costs.closed_until()
    if closed and ending <= closed:
        raise Refused("period_refused", why="before")
    period = books.records.one(InventoryPeriod, ending) or InventoryPeriod(ending, f"{ending:%B %Y}")
    with books.ledger.command(situation.head("change")):
        books.records.save(period)
    return period


def close_period(books: Books, situation: Situation, ending: date) -> list[InventoryPeriod]:
    """Close a period and all before it (PER-11, PER-12; right `ledger`); return those closed now.

    Raises Refused: unknown; period_refused where it is closed, stock is negative or cost is not adjusted up to its end.
    """
    require_right(situation, "ledger")
    if _period(books, ending).closed:
        raise Refused("period_refused", why="closed")
    if books.costs.short_by(ending):
        raise Refused("period_refused", why="negative")
    if books.costs.unadjusted_by(ending):
        raise Refused("period_refused", why="unadjusted")
    return _set(books, situation, [one for one in periods(books) if one.ending <= ending and not one.closed], "close")


def reopen_period(books: Books, situation: Situation, ending: date) -> list[InventoryPeriod]:
    """Reopen a period and all after it (PER-13; right `ledger`); return those reopened.

    Raises Refused: unknown; period_refused where it is open.
    """
    require_right(situation, "ledger")
    if not _period(books, ending).closed:
        raise Refused("period_refused", why="open")
    return _set(books, situation, [one for one in periods(books) if one.ending >= ending and one.closed], "reopen")


def _period(books: Books, ending: date) -> InventoryPeriod:
    period = books.records.one(InventoryPeriod, ending)
    if period is None:
        raise Refused("unknown", code=ending, prompt="period")
    return period


def _set(books: Books, situation: Situation, some: Sequence[InventoryPeriod], type: str) -> list[InventoryPeriod]:
    changed = [replace(period, closed=type == "close") for period in some]
    with books.ledger.command(situation.head("change")):
        register = books.ledger.register()
        for period in changed:
            number = len(books.records.rows(InventoryPeriodEntry, ending=period.ending)) + 1
            entry = InventoryPeriodEntry(
                period.ending, number, type, situation.operator.code, register.posted_at, register.id
            )
            books.records.save_all([period, entry])
    return changed
