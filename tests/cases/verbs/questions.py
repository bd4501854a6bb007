"""Questions that change nothing: parse, convert, date_formula, audit."""

from __future__ import annotations

from decimal import Decimal

from domain.books import Books
from domain.dates import formula_date
from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import in_base_unit, unit_of
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.site import DeviceProfile, SiteHead
from domain.values import quantity
from domain.work.looking_up import find_items
from tests.cases.arguments import Arguments
from tests.cases.matching import Actual
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import Mistake
from tests.cases.world import World


@verb("parse", takes="scan")
def parse(world: World, step: Arguments) -> Result:
    """Read a scan with the site's prefixes."""
    head = world.ask(lambda books: books.records.one(SiteHead, 1)) or SiteHead()
    return reading_of(read(step.text("scan"), head.scanning, DeviceProfile(), world.now.date()))


def reading_of(reading: Reading) -> dict[str, Actual]:
    """Return a reading as cases and vectors show it: kind, facts and warn, or error and readings."""
    return {
        "kind": reading.kind,
        "facts": dict(reading.facts),
        "warn": list(reading.warn),
        "error": reading.error,
        "readings": [reading_of(other) for other in reading.readings],
    }


@verb("find_items", takes="text")
def find(world: World, step: Arguments) -> Result:
    """Find items by words of their texts."""
    return {"items": world.do(find_items, step.text("text"))}


@verb("convert", takes="item qty uom to")
def convert(world: World, step: Arguments) -> Result:
    """Convert a quantity between two units of an item (ITM-12, ITM-13)."""
    qty = step.number("qty")
    if qty is None:
        raise Mistake("convert: qty is blank")
    return {"qty": world.ask(lambda books: _converted(books, step, qty))}


def _converted(books: Books, step: Arguments, qty: Decimal) -> Decimal:
    item = books.records.one(Item, step.text("item"))
    if item is None:
        raise Refused("unknown", code=step.text("item"), prompt="item")
    base = in_base_unit(books.records, item, step.text("uom"), qty).qty_base
    return quantity(base / unit_of(books.records, item, step.text("to")).qty_per_unit)


@verb("date_formula", takes="formula")
def date_formula(world: World, step: Arguments) -> Result:
    """Count a date from today."""
    return {"date": formula_date(step.text("formula"), world.now.date())}


@verb("audit", takes="")
def audit(world: World, step: Arguments) -> Result:
    """Check the invariants."""
    return {"problems": world.problems()}
