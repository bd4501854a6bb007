"""Look-up of a document: its status, how far it is, who has it (floor-flows.md, Lookup).

A count is told without its figures: it is blind (decision 2). Not here: postings as such, and undoing them (my_day.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.books import Books
from domain.errors import Refused
from domain.orders.documents import Order
from domain.orders.order_lines import lines_of as order_lines
from domain.orders.posted_documents import PostedDocument
from domain.orders.taking_back import lines_of_document
from domain.work.activities import Activity, ActivityLine
from domain.work.counting import count_lines
from domain.work.documents import Claim, CountJournal
from domain.work.pick_lines import is_answered
from domain.work.picking import lines_of as pick_lines
from domain.work.picking import walking_order
from domain.work.sheets import Sheet, SheetLine


def document_sheet(books: Books, no: str, now: datetime) -> Sheet:
    """Return the sheet of a document; who has it is told of a lease that runs `now`. Raises Refused("unknown")."""
    records = books.records
    if journal := records.one(CountJournal, no):
        return _count(books, journal, now)
    if order := records.one(Order, no):
        return _order(books, order)
    if pick := records.one(Activity, no):
        return _pick(books, pick, now)
    if posted := records.one(PostedDocument, no):
        return _posted(books, posted)
    raise Refused("unknown", code=no, prompt="document")


def _count(books: Books, journal: CountJournal, now: datetime) -> Sheet:
    lines = count_lines(books, journal.no)
    done = sum(1 for line in lines if line.qty_counted is not None)
    facts = {"document": journal.no, "bin": journal.bin or journal.location, "status": journal.status}
    rows = (
        SheetLine(
            "sheet.count_line",
            {
                "bin": "" if journal.bin else line.bin,
                "item": line.item,
                "variant": line.variant,
                "number": line.serial or line.lot or line.package,
                "counted": None if line.qty_counted is None else "!",
            },
        )
        for line in lines
    )
    return Sheet((SheetLine("sheet.document", facts), *_far(books, journal.no, done, len(lines), now)), tuple(rows))


def _order(books: Books, order: Order) -> Sheet:
    lines = order_lines(books.records, order.no)
    head = [SheetLine("sheet.order", {"document": order.no, "order_kind": order.kind, "status": order.status})]
    if order.partner:
        head.append(SheetLine("sheet.partner", {"partner": order.partner, "text": order.partner_name}))
    if order.due:
        head.append(SheetLine("sheet.due", {"date": order.due}))
    done = sum(1 for line in lines if not line.outstanding)
    head.append(SheetLine("sheet.lines_done", {"done": done, "n": len(lines)}))
    head += [SheetLine("sheet.pick_of", {"document": pick.no}) for pick in books.records.rows(Activity, order=order.no)]
    rows = (
        SheetLine(
            "sheet.order_line",
            {"item": line.item, "variant": line.variant, "qty": line.qty, "uom": line.uom, "done": line.qty_handled},
        )
        for line in lines
    )
    return Sheet(tuple(head), tuple(rows))


def _posted(books: Books, document: PostedDocument) -> Sheet:
    """Tell what was shipped or received; what an undo took back stands below zero."""
    facts = {"document": document.no, "posted_kind": document.kind, "order": document.order}
    head = [SheetLine("sheet.posted", facts), SheetLine("sheet.posted_on", {"date": document.posting_date})]
    if document.partner:
        head.append(SheetLine("sheet.partner", {"partner": document.partner, "text": document.partner_name}))
    rows = (
        SheetLine(
            "sheet.posted_line",
            {
                "item": line.item,
                "variant": line.variant,
                "number": line.serial or line.lot or line.package,
                "qty": line.qty,
                "uom": line.uom,
            },
        )
        for line in lines_of_document(books.records, document.no)
    )
    return Sheet(tuple(head), tuple(rows))


def _pick(books: Books, pick: Activity, now: datetime) -> Sheet:
    lines = walking_order(pick_lines(books.records, pick.no))
    done = sum(1 for line in lines if is_answered(line))
    head = SheetLine("sheet.pick", {"document": pick.no, "order": pick.order, "location": pick.location})
    return Sheet((head, *_far(books, pick.no, done, len(lines), now)), tuple(map(_pick_line, lines)))


def _pick_line(line: ActivityLine) -> SheetLine:
    return SheetLine(
        "sheet.pick_line",
        {
            "bin": line.bin,
            "item": line.item,
            "variant": line.variant,
            "number": line.serial or line.lot or line.package,
            "qty": line.outstanding,
            "done": line.qty_to_handle,
        },
    )


def _far(books: Books, no: str, done: int, lines: int, now: datetime) -> Iterator[SheetLine]:
    """Yield how far a document is, and whose lease of it runs."""
    yield SheetLine("sheet.lines_done", {"done": done, "n": lines})
    claim = books.records.one(Claim, no)
    if claim is not None and claim.until > now:
        yield SheetLine("sheet.holder", {"operator": claim.operator})
