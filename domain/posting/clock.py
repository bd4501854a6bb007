"""The server's clock: posting stops while it stands behind what was posted, until somebody confirms it (SAF-34).

Entry order stays true without this: a register is never posted before its forerunner (storage). But a clock that went
back may be as wrong now as it was before, and dates what is counted and due.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from domain.books import Books
from domain.errors import Refused
from domain.people.rights import require_right
from domain.situation import Situation

MOST_BACK = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class ConfirmedClock:
    """The one step back that was confirmed last. One row, with `id` 1."""

    KEY: ClassVar[tuple[str, ...]] = ("id",)
    AUDITED: ClassVar[bool] = False  # the event is audited; `clock_at` moves with each posting

    id: int
    posted_at: datetime
    """Of the newest register then: one much later was posted by a clock that had caught up, and ends this."""
    clock_at: datetime
    """The latest the clock showed since."""


def confirm_clock(books: Books, situation: Situation, reason: str) -> None:
    """Let posting go on although the clock went back: it is right now (right `unlock`, with a reason; audited)."""
    require_right(situation, "unlock")
    if not reason.strip():
        raise Refused("missing", what="reason")
    with books.ledger.command(situation.head("change")):
        posted_at = books.ledger.register().posted_at
        books.records.save(ConfirmedClock(1, posted_at, situation.now))
        books.records.note("clock", "1", "confirmed", posted_at.isoformat(), situation.now.isoformat(), reason)


def refuse_clock_back(books: Books, situation: Situation, posted_at: datetime) -> None:
    """Refuse a posting whose register had to be put after a clock that now shows less.

    Raises Refused("clock_back") where nobody confirmed that, or the clock went back once more.
    """
    if posted_at - situation.now <= MOST_BACK:
        return
    confirmed = books.records.one(ConfirmedClock, 1)
    if confirmed is None or posted_at - confirmed.posted_at > MOST_BACK:
        raise Refused("clock_back")
    if confirmed.clock_at - situation.now > MOST_BACK:
        raise Refused("clock_back")
    books.records.save(replace(confirmed, clock_at=max(confirmed.clock_at, situation.now)))
