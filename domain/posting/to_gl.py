"""Posting inventory cost to the general ledger: the batch through what waits (GL-12..18, GL-21).

    post_to_gl(books, situation, PostToGl(...)) -> PostedToGl       posts, one register a run
    look_at_gl(books, situation, PostToGl(...)) -> PostedToGl       says what that would do, writes nothing

Not here: accounts (accounts/), posting at once with the value (valued.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.accounts.chart import chart_of
from domain.accounts.entries import SOURCE, Movement, entries_by_group, entries_one_by_one, movements
from domain.books import Books
from domain.errors import Refused
from domain.people.rights import require_right
from domain.posting.checks import posting_date_allowed
from domain.situation import Situation
from domain.values import ZERO

MOST = 100_000
"""Value entries in one register, which holds a million rows; each may take eight."""


@dataclass(frozen=True, slots=True)
class PostToGl:
    """Post what waits, entry by entry or per posting group."""

    upto: date | None = None
    """Only value entries dated by then."""
    items: tuple[str, ...] = ()
    """None is every item."""
    per_group: bool = False
    document_no: str = ""
    """Of the G/L entries of groups; others have that of their value entry."""
    after: int = 0
    """Only value entries of higher numbers: where the run before stopped."""
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Skipped:
    """A value entry that could not be posted, and why (GL-15)."""

    value_entry: int
    reason: Refused


@dataclass(frozen=True, slots=True)
class PostedToGl:
    """What a run did, or would do."""

    posted: int
    """Value entries."""
    skipped: tuple[Skipped, ...]
    last: int
    """The last value entry it looked at, 0 where no more waits after it."""


def post_to_gl(books: Books, situation: Situation, command: PostToGl) -> PostedToGl:
    """Post what can be posted and name what cannot (right `ledger`); with nothing new there is no register (GL-17).

    Raises Refused: gl_document_missing, gl_document_given.
    """
    result, moves = _planned(books, situation, command)
    with books.ledger.command(situation.head(SOURCE)):
        number = books.ledger.number
        if command.per_group:
            rows = entries_by_group(number, moves, command.document_no)
        else:
            rows = entries_one_by_one(number, moves)
        books.ledger.append(list(rows))
    return result


def look_at_gl(books: Books, situation: Situation, command: PostToGl) -> PostedToGl:
    """Return what `post_to_gl` would do (right `ledger`)."""
    return _planned(books, situation, command)[0]


def _planned(books: Books, situation: Situation, command: PostToGl) -> tuple[PostedToGl, list[Movement]]:
    require_right(situation, "ledger")
    if command.per_group and not command.document_no:
        raise Refused("gl_document_missing")
    if command.document_no and not command.per_group:
        raise Refused("gl_document_given")
    chart, with_expected = chart_of(books.records), situation.settings.expected_cost_posting
    waiting = books.general_ledger.waiting(
        upto=command.upto,
        items=command.items,
        with_expected=with_expected,
        after=command.after,
        most=command.most,
    )
    moves: list[Movement] = []
    skipped = []
    for value, missing in waiting:
        try:
            posting_date_allowed(situation, value.posting_date)  # GL-14
            expected = missing.expected if with_expected else ZERO
            moves += movements(chart, value, actual=missing.actual, expected=expected)
        except Refused as reason:
            skipped.append(Skipped(value.id, reason))
    last = waiting[-1][0].id if len(waiting) == command.most else 0
    return PostedToGl(len(waiting) - len(skipped), tuple(skipped), last), moves
