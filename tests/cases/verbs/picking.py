"""Inventory picks: made, worked at the desk, posted, claimed (picking.md; README: Warehouse work).

`line` counts from 1 in the order shown. Warehouse picks (levels 4-6) are not built.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from domain.books import Books
from domain.orders.documents import Order
from domain.site import Location, Operator
from domain.situation import Situation
from domain.values import ZERO
from domain.work.activities import ActivityLine
from domain.work.claims import claim as claim_document
from domain.work.claims import release
from domain.work.pick_lines import (
    NameNumber,
    ShortLine,
    TakeQuantity,
    name_number,
    short_line,
    short_reasons,
    take_quantity,
)
from domain.work.pick_places import ChangeBin, SplitLine, change_bin, split_line
from domain.work.pick_posting import PostPick, post_pick
from domain.work.picking import create_pick, delete_pick, lines_of
from tests.cases.arguments import Arguments
from tests.cases.matching import Actual
from tests.cases.verbs.built import BUILT, Result, verb
from tests.cases.verbs.orders import cancel_it, change_of_line, posted_document_of
from tests.cases.vocabulary import Mistake, NotBuilt
from tests.cases.world import World

C = TypeVar("C")
R = TypeVar("R")


@verb("create_pick", takes="of kind")
def create(world: World, step: Arguments) -> Result:
    """Make a pick of an order."""
    order = world.document(step.text("of"))
    _require_inventory(world, order, step.text("kind", "inventory"))
    no = world.do(create_pick, order, confirm=step.flag("confirm")).no
    world.documents[step.text("as") or step.text("id")] = no, pick_of
    return world.do(pick_of, no)


@verb("handle", takes="of line qty bin lot serial package")
def handle(world: World, step: Arguments) -> Result:
    """Take what a picker takes: from this bin, of these numbers, so much."""
    line = _line(world, step)
    if step.text("bin") not in ("", line.bin):
        line = _work(world, step, change_bin, ChangeBin(line.activity, line.line_no, step.text("bin")))
    numbers = step.text("lot"), step.text("serial"), step.text("package")
    if any(numbers):
        line = _work(world, step, name_number, NameNumber(line.activity, line.line_no, *numbers, _reason(world, step)))
    _work(world, step, take_quantity, TakeQuantity(line.activity, line.line_no, _quantity(step)))
    return world.do(pick_of, line.activity)


@verb("split_line", takes="of line qty bin")
def split(world: World, step: Arguments) -> Result:
    """Split a line."""
    line = _line(world, step)
    _work(world, step, split_line, SplitLine(line.activity, line.line_no, _quantity(step), step.text("bin")))
    return world.do(pick_of, line.activity)


@verb("short", takes="of line qty reason")
def short(world: World, step: Arguments) -> Result:
    """Say how much of a line there is, and why not more."""
    line = _line(world, step)
    _work(world, step, short_line, ShortLine(line.activity, line.line_no, _quantity(step), step.text("reason")))
    return world.do(pick_of, line.activity)


@verb("swap_lot", takes="of line lot")
def swap_lot(world: World, step: Arguments) -> Result:
    """Scan another lot on a line."""
    line = _line(world, step)
    named = NameNumber(line.activity, line.line_no, lot=step.text("lot"), reason=_reason(world, step))
    _work(world, step, name_number, named)
    return world.do(pick_of, line.activity)


@verb("register", takes="of all date")
def register(world: World, step: Arguments) -> Result:
    """Post a pick; `all` takes first what is open."""
    no = _pick(world, step)
    if step.flag("all"):
        for line in world.do(_lines, no):
            _work(world, step, take_quantity, TakeQuantity(no, line.line_no, line.outstanding))
    posted = world.do(post_pick, PostPick(no, step.day("date")), confirm=step.flag("confirm"))
    if name := step.text("as") or step.text("id"):
        world.name_entries(name, posted.entries)
        world.documents[name] = posted.document, posted_document_of
    return world.do(pick_of, no)


@verb("cancel", takes="of")
def cancel(world: World, step: Arguments) -> Result:
    """Delete a pick, or cancel an order."""
    if world.documents.get(step.text("of"), ("", None))[1] is not pick_of:
        return cancel_it(world, step)
    world.do(delete_pick, _pick(world, step))
    return None


@verb("claim", "take_over", takes="of who")
def claim(world: World, step: Arguments) -> Result:
    """Claim a document for somebody; to take over says yes."""
    no, who = world.document(step.text("of")), step.text("who")

    def work(books: Books, situation: Situation, document: str) -> None:
        operator = books.records.one(Operator, who)
        if operator is None:
            raise Mistake(f"{who} is no operator")
        claim_document(books, replace(situation, operator=operator, terminal=f"T-{who}"), document)

    world.do(work, no, confirm=step.flag("confirm") or step.text("do") == "take_over")
    return None


@verb("change_line", takes=" ".join(BUILT["change_line"].takes | {"line_no"}))
def change_line(world: World, step: Arguments) -> Result:
    """Change a line of an order; of a pick only its number, as an old pick may have it (picking.md 28)."""
    if "line_no" not in step:
        return change_of_line(world, step)
    line, number = _line(world, step), step.number("line_no")
    if number is None:
        raise Mistake("change_line: line_no is blank")

    def work(books: Books, _: Situation, line_no: int) -> None:
        books.records.remove(line)
        books.records.save(replace(line, line_no=line_no))

    world.do(work, int(number))
    return world.do(pick_of, line.activity)


def pick_of(books: Books, _: Situation, no: str) -> dict[str, Actual]:
    """Return a pick as cases show it; one that is done has no lines."""
    lines: list[dict[str, Actual]] = [
        {
            "line_no": line.line_no,
            "action": line.action or None,
            "item": line.item,
            "variant": line.variant,
            "location": line.location,
            "bin": line.bin,
            "bin_ranking": line.bin_ranking,
            "lot": line.lot,
            "serial": line.serial,
            "package": line.package,
            "expires": line.expires,
            "uom": line.uom,
            "qty": line.qty / line.qty_per_unit,
            "qty_base": line.qty,
            "qty_to_handle": line.qty_to_handle / line.qty_per_unit,
            "qty_handled": line.qty_handled / line.qty_per_unit,
            "qty_outstanding": line.outstanding / line.qty_per_unit,
            "reason": line.reason,
        }
        for line in lines_of(books.records, no)
    ]
    takes = [line for line in lines if line["action"]]
    total = sum((line.qty for line in lines_of(books.records, no) if line.action), ZERO)
    return {"lines": lines, "takes": takes, "places": [], "take_qty": total, "place_qty": ZERO}


def _require_inventory(world: World, order_no: str, kind: str) -> None:
    """Raise NotBuilt where a pick would be a warehouse pick."""
    order = world.ask(lambda books: books.records.one(Order, order_no))
    place = world.ask(lambda books: books.records.one(Location, order.location)) if order else None
    if kind != "inventory" or (place and (place.directed or place.require_shipment)):
        raise NotBuilt("create_pick warehouse")


def _pick(world: World, step: Arguments) -> str:
    return world.document(step.text("of"), pick_of)


def _lines(books: Books, _: Situation, no: str) -> list[ActivityLine]:
    return lines_of(books.records, no)


def _line(world: World, step: Arguments) -> ActivityLine:
    """Return the line of a step."""
    lines, number = world.do(_lines, _pick(world, step)), step.number("line")
    if number is None or not 1 <= number <= len(lines):
        raise Mistake(f"there is no line {number}")
    return lines[int(number) - 1]


def _quantity(step: Arguments) -> Decimal:
    qty = step.number("qty")
    if qty is None:
        raise Mistake(f"{step.text('do')}: qty is blank")
    return qty


def _reason(world: World, step: Arguments) -> str:
    """Return the reason of a step that says yes and gives none of its own."""
    reasons = world.do(lambda books, situation, _: short_reasons(books, situation), None)
    return reasons[0] if step.flag("confirm") else ""


def _work(world: World, step: Arguments, function: Callable[[Books, Situation, C], R], command: C) -> R:
    """Work on a line at the desk: nobody holds the pick afterwards (floor-flows.md 16)."""
    done = world.do(function, command, confirm=step.flag("confirm"))
    world.do(release, _pick(world, step))
    return done
