"""Orders: made, changed, released, posted (documents.md; README: Documents). `line` counts from 1 in the order shown.

Invoices, transfers and assembly orders are not built.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.books import Books
from domain.orders.documents import Order, OrderLine
from domain.orders.order import ChangeLine, ChangeOrder, SaveOrder, change_line, change_order, release_order, save_order
from domain.orders.order_lines import LineOrdered, lines_of, tracking_of
from domain.orders.posted_documents import PostedDocument
from domain.orders.taking_back import lines_of_document
from domain.posting import TrackingRow
from domain.situation import Situation
from domain.values import ZERO, quantity
from domain.work.order_desk import PostOrder, cancel, post_order, reopen
from tests.cases.arguments import Arguments
from tests.cases.goods import goods_of
from tests.cases.matching import Actual
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import STEP, Mistake, NotBuilt, words
from tests.cases.world import World

KINDS = words("sales_order purchase_order sales_return_order purchase_return_order")
HEAD = words("party location date released shipping_advice lines priority external_document_no due")
LINE = words(
    "item qty uom variant bin unit_cost unit_price expected ship tracking lot serial package expires"
    " applies_to applies_from"
)
_TO_HANDLE = words("qty_to_ship qty_to_receive")


@verb(*KINDS, takes=" ".join(HEAD))
def order(world: World, step: Arguments) -> Result:
    """Keep an order, released where it says so."""
    lines = step.rows("lines")
    for line in lines:
        if unknown := line.tree.keys() - LINE:
            raise NotBuilt(f"order line {min(unknown)}")
    command = SaveOrder(
        Order(
            no="",
            kind=step.text("do"),
            location=step.text("location", world.location),
            partner=step.text("party"),
            due=step.day("due"),
            priority=int(step.number("priority") or 0),
            shipping_advice=step.text("shipping_advice", "partial"),
            external_document_no=step.text("external_document_no"),
            order_date=step.day("date"),
        ),
        tuple(_line(world, line) for line in lines),
    )
    no = world.do(_kept_and_released if step.flag("released") else save_order, command).no
    world.documents[step.text("as") or step.text("id")] = no, order_of
    return world.do(order_of, no)


def _kept_and_released(books: Books, situation: Situation, command: SaveOrder) -> Order:
    return release_order(books, situation, save_order(books, situation, command).no)


def _line(world: World, line: Arguments) -> LineOrdered:
    goods = goods_of(world, line)
    return LineOrdered(
        item=line.text("item"),
        qty=goods.qty,
        uom=line.text("uom"),
        variant=line.text("variant"),
        bin=line.text("bin") if "bin" in line else None,
        due=line.day("ship") or line.day("expected"),
        unit_price=line.number("unit_price"),
        unit_cost=line.number("unit_cost"),
        tracking=tuple(row for row in goods.tracking if row.has_numbers),
        applies_to_entry=_entry(world, line.text("applies_to")),
        applies_from_entry=_entry(world, line.text("applies_from")),
    )


def _entry(world: World, name: str) -> int | None:
    if name and name not in world.entries:
        raise Mistake(f"{name} is no entry")
    return world.entries[name] if name else None


@verb("release", takes="of")
def release(world: World, step: Arguments) -> Result:
    """Release an order."""
    return world.do(order_of, world.do(release_order, _order(world, step)).no)


@verb("reopen", takes="of")
def reopen_it(world: World, step: Arguments) -> Result:
    """Reopen an order."""
    return world.do(order_of, world.do(reopen, _order(world, step)).no)


@verb("cancel", takes="of")
def cancel_it(world: World, step: Arguments) -> Result:
    """Cancel an order."""
    world.do(cancel, _order(world, step))
    return None


@verb("change", takes="of party date due priority shipping_advice external_document_no")
def change(world: World, step: Arguments) -> Result:
    """Change the head of an order."""
    names = {"party": "partner", "date": "order_date"}
    typed: dict[str, Any] = {"date": step.day, "due": step.day, "priority": lambda name: int(step.number(name) or 0)}
    fields = step.tree.keys() - STEP - {"of"}
    changes = {names.get(name, name): typed.get(name, step.text)(name) for name in fields}
    no = _order(world, step)
    world.do(change_order, ChangeOrder(no, changes))
    return world.do(order_of, no)


@verb("change_line", takes=f"of line {' '.join(LINE | _TO_HANDLE)}")
def change_of_line(world: World, step: Arguments) -> Result:
    """Change a line of an order."""
    no = _order(world, step)
    line = _line_of(world, no, step)
    typed: dict[str, Any] = {
        **dict.fromkeys(("qty", "unit_cost", "unit_price", *_TO_HANDLE), step.number),
        **dict.fromkeys(("ship", "expected"), step.day),
    }
    names = {"ship": "due", "expected": "due"} | dict.fromkeys(_TO_HANDLE, "qty_to_handle")
    fields = step.tree.keys() - STEP - {"of", "line", "tracking", "lot", "serial", "package", "expires"}
    changes = {names.get(field, field): typed.get(field, step.text)(field) for field in fields}
    told = Arguments({"qty": str(line.qty), "item": line.item, "uom": line.uom} | dict(step.tree), step.today)
    tracking = None
    if step.tree.keys() & {"tracking", "lot", "serial"}:
        tracking = tuple(row for row in goods_of(world, told).tracking if row.has_numbers)
    world.do(change_line, ChangeLine(no, line.line_no, changes, tracking))
    rows: Any = world.do(order_of, no)["lines"]  # as order_of makes them
    return {"line": rows[line.line_no - 1], "warnings": []}


@verb("type_tracking", takes="of line row lot serial package qty expires")
def type_tracking(world: World, step: Arguments) -> Result:
    """Type into a row of the numbers that a line names."""
    no = _order(world, step)
    line = _line_of(world, no, step)
    rows = world.ask(lambda books: tracking_of(books.records, no, line.line_no))
    number = int(step.number("row") or 0)
    if not 1 <= number <= len(rows):
        raise Mistake(f"there is no row {number}")
    typed: dict[str, Any] = {"qty": step.number, "expires": step.day}
    said = {name: typed.get(name, step.text)(name) for name in step.tree.keys() - STEP - {"of", "line", "row"}}
    if "qty" in said:
        said["qty_base"] = said.pop("qty")
    tracking = [TrackingRow(row.lot, row.serial, row.package, row.expires, qty_base=row.qty_base) for row in rows]
    tracking[number - 1] = replace(tracking[number - 1], **said)
    world.do(change_line, ChangeLine(no, line.line_no, {}, tuple(tracking)))
    shown: Any = world.do(order_of, no)["lines"]  # as order_of makes them
    return {"rows": shown[line.line_no - 1]["tracking"]}


@verb("post_shipment", "post_receipt", takes="of lines tracking date")
def post(world: World, step: Arguments) -> Result:
    """Ship or receive an order, all that is to be handled or what the step says of each line."""
    no = _order(world, step)
    is_shipment = world.ask(lambda books: _kind(books, no)) in ("sales_order", "purchase_return_order")
    if is_shipment != (step.text("do") == "post_shipment"):
        raise Mistake(f"{step.text('of')} is not posted so")
    lines = {row.line_no: row for row in world.ask(lambda books: lines_of(books.records, no))}
    told = step.part("lines")
    command = PostOrder(
        no,
        qty={int(line): told.number(line) or ZERO for line in told.tree} if "lines" in step else None,
        tracking={
            int(line): goods_of(
                world, Arguments({"item": lines[int(line)].item, "tracking": rows}, step.today)
            ).tracking
            for line, rows in step.part("tracking").tree.items()
        },
        posting_date=step.day("date"),
    )
    posted = world.do(post_order, command, confirm=step.flag("confirm"))
    name = step.text("as") or step.text("id")
    world.name_entries(name, posted.entries)
    if name:
        world.documents[name] = posted.document, posted_document_of
    return world.do(posted_document_of, posted.document)


def order_of(books: Books, _: Situation, no: str) -> dict[str, Actual]:
    """Return an order as cases show it; one that is done or cancelled has no lines."""
    order = books.records.one(Order, no)
    if order is None:
        return {"status": "done", "lines": []}
    return {
        "status": order.status,
        "party": order.partner,
        "location": order.location,
        "date": order.order_date,
        "due": order.due,
        "priority": order.priority,
        "shipping_advice": order.shipping_advice,
        "external_document_no": order.external_document_no,
        "lines": [_shown(books, order, line) for line in lines_of(books.records, no)],
    }


def _shown(books: Books, order: Order, line: OrderLine) -> dict[str, Actual]:
    """Return a line with every quantity in its unit and, with `_base`, in the base unit."""
    to, done = (
        ("to_receive", "received") if order.kind in ("purchase_order", "sales_return_order") else ("to_ship", "shipped")
    )
    to_invoice = line.qty_handled_base + line.to_handle_base - line.qty_invoiced_base  # DOC-12
    quantities = {
        "qty": (line.qty, line.qty_base),
        "outstanding": (line.outstanding, line.outstanding_base),
        "qty_outstanding": (line.outstanding, line.outstanding_base),
        f"qty_{to}": (line.to_handle, line.to_handle_base),
        f"qty_{done}": (line.qty_handled, line.qty_handled_base),
        "qty_to_invoice": (quantity(to_invoice / line.qty_per_unit), to_invoice),
        "qty_invoiced": (quantity(line.qty_invoiced_base / line.qty_per_unit), line.qty_invoiced_base),
        "reserved": (ZERO, ZERO),  # decision 64
    }
    rows = tracking_of(books.records, order.no, line.line_no)
    date_name = "ship" if to == "to_ship" else "expected"
    shown: dict[str, Actual] = {
        "line": line.line_no,
        "item": line.item,
        "variant": line.variant,
        "location": line.location,
        "bin": line.bin,
        "uom": line.uom,
        "unit_cost": line.unit_cost,
        "unit_price": line.unit_price,
        date_name: line.due,
        "tracking": [
            {"lot": row.lot, "serial": row.serial, "package": row.package, "expires": row.expires, "qty": row.qty_base}
            for row in rows
        ],
        "tracking_open": sum((row.outstanding_base for row in rows), ZERO),
        "tracking_handled": sum((row.qty_handled_base for row in rows), ZERO),
    }
    for name, (qty, qty_base) in quantities.items():
        shown |= {name: qty, f"{name}_base": qty_base}
    return shown


def posted_document_of(books: Books, _: Situation, no: str) -> dict[str, Actual]:
    """Return a posted document as cases show it: its lines by order line, corrections among them."""
    document = books.records.one(PostedDocument, no)
    if document is None:
        raise Mistake(f"there is no document {no}")
    return {
        "type": document.kind,
        "date": document.posting_date,
        "party": document.partner,
        "lines": [
            {
                "line": line.order_line,
                "item": line.item,
                "variant": line.variant,
                "uom": line.uom,
                "qty": line.qty,
                "qty_base": line.qty_base,
                "lot": line.lot,
                "serial": line.serial,
                "package": line.package,
                "correction": bool(line.corrects),
            }
            for line in lines_of_document(books.records, no)
        ],
    }


def posted_documents(world: World) -> list[dict[str, Actual]]:
    """Return every posted document in the order of their postings, each with the order it is `of` by its name."""
    names = {no: name for name, (no, _) in world.documents.items()}
    found = world.ask(lambda books: books.records.rows(PostedDocument))
    return [
        {**world.do(posted_document_of, document.no), "of": names.get(document.order)}
        for document in sorted(found, key=lambda document: document.register)
    ]


def _order(world: World, step: Arguments) -> str:
    return world.document(step.text("of"), order_of)


def _kind(books: Books, no: str) -> str:
    order = books.records.one(Order, no)
    return order.kind if order else ""


def _line_of(world: World, no: str, step: Arguments) -> OrderLine:
    lines, number = world.ask(lambda books: lines_of(books.records, no)), step.number("line")
    if number is None or not 1 <= number <= len(lines):
        raise Mistake(f"there is no line {number}")
    return lines[int(number) - 1]
