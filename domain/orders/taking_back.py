"""What an undo gives back to the order of a posted document (DOC-70, LED-37).

Not here: the counter-entries and whether they may be posted (domain/work/undoing.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.books import Books
from domain.errors import Refused
from domain.orders.documents import OrderLine, OrderTracking
from domain.orders.posted_documents import PostedDocument, PostedLine
from domain.orders.shipped_lines import is_named, with_handled
from domain.records import Records
from domain.values import ZERO


def document_of(records: Records, register: int) -> PostedDocument | None:
    """Return the posted document that a register left, None where it left none."""
    found = records.rows(PostedDocument, register=register)
    return found[0] if found else None


def lines_of_document(records: Records, no: str) -> list[PostedLine]:
    """Return the lines of a posted document, corrections last."""
    return records.rows(PostedLine, document=no)


def take_back(books: Books, register: int, corrections: Mapping[int, int], *, order_line: int = 0) -> None:
    """Write correction lines under the posted lines of a register, and make their quantities outstanding again.

    `corrections` names for each item entry taken back the entry that does it; lines that moved no stock go along, with
    `order_line` those of that line alone. A register that left no document gives nothing back.

    Raises Refused: undone_before, invoiced (DOC-71).
    """
    records = books.records
    document = document_of(records, register)
    if document is None:
        return
    lines = lines_of_document(records, document.no)
    done = {line.corrects for line in lines}
    taken = [
        line
        for line in lines
        if not line.corrects
        and order_line in (0, line.order_line)
        and (not line.item_entry or line.item_entry in corrections)
    ]
    for number, line in enumerate(taken, len(lines) + 1):
        if line.line_no in done:
            raise Refused("undone_before")
        if line.qty_invoiced_base:
            raise Refused("invoiced")
        records.save(
            replace(
                line,
                line_no=number,
                qty=-line.qty,
                qty_base=-line.qty_base,
                item_entry=corrections.get(line.item_entry, 0),
                corrects=line.line_no,
            )
        )
        _give_back(records, document.order, line)


def _give_back(records: Records, order: str, posted: PostedLine) -> None:
    """Lower what is handled on the order line, and of the numbers it names."""
    line = records.one(OrderLine, order, posted.order_line)
    if line is None:
        raise Refused("invoiced")  # the order is done with (DOC-03)
    records.save(with_handled(line, line.qty_handled_base - posted.qty_base))
    left = posted.qty_base
    for row in records.rows(OrderTracking, order=order, line_no=line.line_no):
        if given := min(left, row.qty_handled_base) if is_named(row, posted) else ZERO:
            left -= given
            records.save(replace(row, qty_handled_base=row.qty_handled_base - given))
