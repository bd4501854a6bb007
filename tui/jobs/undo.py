"""Undo at the terminal: what it takes back in words, and the question after a posting (floor-flows.md 23).

Not here: which key asks (tui/answering.py), a posting looked at later (posting.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import NeedsConfirm
from domain.work.stock_changes import StockChange
from domain.work.undoing import UndoPosting, undo_offered, undo_posting
from tui.jobs.job import Do, Job, Step
from tui.jobs.view import Fact, Message


def can_undo(register: int, do: Do) -> bool:
    """Say whether this operator is asked about undoing what was just posted; 0 is nothing."""
    return bool(register and do.run(undo_offered, register))


def ask_and_undo(register: int, job: Job, do: Do) -> Step:
    """Take back what a job has just posted, after a yes."""
    if "undo_ask" not in do.situation.confirmed:
        document = do.books.ledger.posted(register).document
        raise NeedsConfirm("undo_ask", **_told(do.run(undo_offered, register), document))
    return undone(register, job, do, do.new_operation())


def undone(register: int, job: Job | None, do: Do, operation: str) -> Step:
    """Take a posting back and go on with a job, or with what stands below it."""
    posted = do.run(undo_posting, UndoPosting(register), operation)
    return Step(job, message=Message("undone", {"document": posted.document}), outcome="posted")


def summary(changes: Sequence[StockChange], document: str) -> tuple[Message, ...]:
    """Return what an undo does, as it stands before the Enter that posts it."""
    back = _back(changes)
    lines = [Message("body.undo_line", _facts(change)) for change in back]
    return (Message("body.undo", _told(changes, document)), *(lines if len(back) > 1 else ()))


def _told(changes: Sequence[StockChange], document: str) -> dict[str, Fact]:
    back = _back(changes)
    return _facts(back[0]) if len(back) == 1 else {"document": document, "n": len(back)}


def _back(changes: Sequence[StockChange]) -> Sequence[StockChange]:
    """Return where goods come back; where none do, what goes again. Of a movement only one side is told."""
    return [change for change in changes if change.qty < 0] or changes


def _facts(change: StockChange) -> dict[str, Fact]:
    return {
        "qty": abs(change.qty),
        "item": change.item,
        "variant": change.variant,
        "number": change.number,
        "bin": change.bin or change.location,
        "way": "back" if change.qty < 0 else "out",
    }
