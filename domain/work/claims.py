"""Claims: a document is worked on at one terminal at a time, for the length of a lease (floor-flows.md 16, 18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.errors import NeedsConfirm, Refused
from domain.records import RecordBooks
from domain.situation import Situation
from domain.work.documents import Claim


def claim(books: RecordBooks, situation: Situation, document: str, **progress: int) -> None:
    """Take or renew the operator's lease of a document, at this terminal.

    `progress` is told with the question: `n` of `m` lines are done.

    Raises:
        Refused("held"): another operator's lease still runs, and this one has no `take_over`.
        NeedsConfirm("take_ask"): it is the operator's own at another terminal, or the lease is over, or `take_over`
            allows it: a yes takes it.
    """
    held = books.records.one(Claim, document)
    me = situation.operator.code
    if held is not None and not _is_held_here(held, situation):
        if held.operator != me and held.until > situation.now and "take_over" not in situation.rights:
            raise Refused("held", operator=held.operator, document=document)
        if "take_ask" not in situation.confirmed:
            raise NeedsConfirm("take_ask", operator=held.operator, document=document, **progress)
    until = situation.now + timedelta(seconds=situation.settings.session.claim_lease)
    books.records.save(Claim(document, me, situation.terminal, until))


def renew(books: RecordBooks, situation: Situation, document: str) -> None:
    """Renew the lease with an answer.

    Raises Refused("taken_over") where the document was taken meanwhile, by somebody else or at another terminal.
    """
    held = books.records.one(Claim, document)
    if held is not None and not _is_held_here(held, situation):
        raise Refused("taken_over", operator=held.operator, document=document)
    claim(books, situation, document)


def take_along(books: RecordBooks, situation: Situation, document: str) -> None:
    """Bring the operator's own claim to the terminal at which he takes his work up again (floor-flows.md 15)."""
    held = books.records.one(Claim, document)
    if held is not None and held.operator == situation.operator.code:
        books.records.save(replace(held, terminal=situation.terminal))


def release(books: RecordBooks, situation: Situation, document: str) -> None:
    """End the operator's own claim: the document is done or given back."""
    held = books.records.one(Claim, document)
    if held is not None and held.operator == situation.operator.code:
        books.records.remove(held)


def end(books: RecordBooks, document: str) -> None:
    """End whosever claim: there is nothing more to do on the document."""
    held = books.records.one(Claim, document)
    if held is not None:
        books.records.remove(held)


def _is_held_here(held: Claim, situation: Situation) -> bool:
    return (held.operator, held.terminal) == (situation.operator.code, situation.terminal)
