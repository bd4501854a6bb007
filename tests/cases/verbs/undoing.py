"""undo, undo_shipment, undo_receipt (ledger.md LED-34..38; documents.md DOC-70..74)."""

from __future__ import annotations

from domain.books import Books
from domain.orders.posted_documents import PostedDocument
from domain.work.undoing import UndoPosting, undo_posting
from tests.cases.arguments import Arguments
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import Mistake
from tests.cases.world import World


@verb("undo", takes="of date")
def undo(world: World, step: Arguments) -> Result:
    """Undo what a step posted, as a whole."""
    return _undone(world, step, UndoPosting(world.register(step.text("of")), posting_date=step.day("date")))


@verb("undo_shipment", "undo_receipt", takes="of line date")
def undo_document(world: World, step: Arguments) -> Result:
    """Undo a shipment or receipt, or one line of it; `of` may be its order, whose last one it is then."""
    name = step.text("of")
    if name in world.registers:
        register = world.register(name)
    else:
        no = world.document(name)
        register = world.ask(lambda books: _last_of(books, no))
    return _undone(world, step, UndoPosting(register, order_line=int(step.number("line") or 0)))


def _undone(world: World, step: Arguments, command: UndoPosting) -> Result:
    posted = world.do(undo_posting, command, confirm=step.flag("confirm"))
    world.name_entries(step.text("as") or step.text("id"), posted.entries)
    return {"document": posted.document}


def _last_of(books: Books, order: str) -> int:
    posted = [document.register for document in books.records.rows(PostedDocument, order=order)]
    if not posted:
        raise Mistake(f"nothing was posted of {order}")
    return max(posted)
