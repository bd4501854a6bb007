"""What an operator posted today (floor-flows.md, My day)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from domain.books import Books
from domain.ledger.books import PostedRegister
from domain.people.rights import require_right
from domain.situation import Situation


def postings_of_the_day(books: Books, situation: Situation) -> Sequence[PostedRegister]:
    """Return the operator's own postings of the work date, newest first (right `look`)."""
    require_right(situation, "look")
    midnight = datetime.combine(situation.work_date, time(), ZoneInfo(situation.timezone))
    return books.ledger.posted_by(situation.operator.code, midnight.astimezone(UTC))
