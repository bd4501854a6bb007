"""What a posting command answers, and how the same command sent twice answers the first result (SAF-03)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields

from domain.books import Books
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class Posted:
    """A posting that is done: its register, the number people know it by, its item entries."""

    register: int
    document: str
    entries: tuple[int, ...] = ()
    left_out: int = 0
    """Lines of the document that were not posted."""


def once(books: Books, situation: Situation, command: str, source: str, work: Callable[[], Posted]) -> Posted:
    """Run `work` in a register of its own and keep its result under the operation id.

    An operation id that was done before answers what it answered then, and nothing is written. Without one the
    command may be repeated.
    """
    if situation.operation_id:
        stored = books.ledger.answered(situation.operation_id)
        if stored is not None:
            return posted_from(stored)
    with books.ledger.command(situation.head(source)):
        posted = work()
        if situation.operation_id:
            result = {field.name: getattr(posted, field.name) for field in fields(posted)}
            books.ledger.answer(situation.operation_id, command, json.dumps(result))
    return posted


def posted_from(stored: str) -> Posted:
    """Read a stored result; one from before `left_out` has none."""
    kept = json.loads(stored)
    return Posted(**kept | {"entries": tuple(kept["entries"])})
