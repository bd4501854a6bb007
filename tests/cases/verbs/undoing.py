"""undo, undo_shipment, undo_receipt (ledger.md LED-34..38; documents.md DOC-70..74)."""

from __future__ import annotations

from domain.books import Books
from domain.orders.posted_documents import PostedDocument
from domain.work.activities import PostedPick
from domain.work.documents import CountJournal
from domain.work.undoing import UndoPosting, undo_posting
from tests.cases.arguments import Arguments
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import Mistake
from tests.cases.world import World


@verb("undo", takes="of date")
def undo(world: World, step: Arguments) -> Result:
    """Undo what a step posted, as a whole."""
    return _undone(world, step, UndoPosting(_register(world, step.text("of")), posting_date=step.day("date")))


@verb("undo_shipment", "undo_receipt", takes="of line")
def undo_document(world: World, step: Arguments) -> Result:
    """Undo a shipment or receipt, or what of it is of one line of the order."""
    line = int(step.number("line") or 0)
    return _undone(world, step, UndoPosting(_register(world, step.text("of")), order_line=line))


def _undone(world: World, step: Arguments, command: UndoPosting) -> Result:
    posted = world.do(undo_posting, command, confirm=step.flag("confirm"))
    world.name_entries(step.text("as") or step.text("id"), posted.entries)
    return {"document": posted.document}


def _register(world: World, name: str) -> int:
    """Return what the step called so posted; of a count, a pick or an order what was posted of it last."""
    if name in world.entries or name in world.registers:
        return world.register(name)
    no = world.document(name)
    return world.ask(lambda books: _posted_of(books, no))


def _posted_of(books: Books, no: str) -> int:
    journal = books.records.one(CountJournal, no)
    registers = [row.register for row in books.records.rows(PostedDocument, order=no)]
    registers += [row.register for row in books.records.rows(PostedPick, no=no)]
    registers += [journal.register] if journal else []
    if not any(registers):
        raise Mistake(f"nothing was posted of {no}")
    return max(registers)
