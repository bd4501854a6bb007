"""Look-up: what a bin, an item, a lot or a serial is and where (floor-flows.md, Lookup). Read only.

An answer is a sheet of lines; a line is a code of the texts and its facts, so that it can be said in any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item, ItemUnit, Variant
from domain.people.rights import require_right
from domain.places.books import BinStock
from domain.site import Bin, Location
from domain.situation import Situation
from domain.tracking.cards import InfoCard
from domain.values import ONE, ZERO, fold
from domain.work.documents import CountJournal
from domain.work.held import free_to_take
from domain.work.stock_here import Goods

MOST_FOUND = 99
"""More items than that are better narrowed by another word."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of an answer."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer: what it is about, most important first, and the rows to page through."""

    head: tuple[SheetLine, ...]
    rows: tuple[SheetLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LookUp:
    """What to look up: a bin (at `location`), item, lot, serial, package, location, document, or a list of items."""

    kind: str
    code: str
    location: str = ""
    item: str = ""
    """Narrows a number to one item."""
    aspect: str = ""
    """Of an item: "" where it is, variants, units."""
    items: tuple[str, ...] = ()
    """The list, as `find_items` gave it."""


def look_up(books: Books, situation: Situation, command: LookUp) -> Sheet:
    """Answer a look-up (right `look`).

    Raises Refused("unknown") for what is not there.
    """
    require_right(situation, "look")
    answers = {
        "bin": _bin,
        "item": _item,
        "lot": _number,
        "serial": _number,
        "package": _number,
        "location": _location,
        "document": _document,
        "items": _items,
    }
    return answers[command.kind](books, command)


def _bin(books: Books, asked: LookUp) -> Sheet:
    bin = books.records.one(Bin, asked.location, asked.code)
    if bin is None:
        raise Refused("bin_elsewhere", bin=asked.code, location=asked.location)
    rows = tuple(_content(books, row) for row in books.bins.in_bin(asked.location, bin.code))
    head = [SheetLine("sheet.bin", {"bin": bin.code, "location": bin.location, "zone": bin.zone})]
    if bin.block != "none":
        head.append(SheetLine("sheet.blocked_bin", {"block": bin.block}))
    return Sheet((*head, *(() if rows else (SheetLine("sheet.empty"),))), rows)


def _content(books: Books, row: BinStock) -> SheetLine:
    location = books.records.one(Location, row.location) or Location(row.location, bin_mandatory=True)
    goods = Goods(row.item, row.variant, row.lot, row.serial, row.package)
    free = min(row.qty, free_to_take(books, location, row.bin, goods))
    number = row.serial or row.lot
    kind = "serial" if row.serial else "lot"
    known = books.numbers.known(row.item, row.variant, kind, fold(number)) if number else None
    return SheetLine(
        "sheet.content",
        {
            "item": row.item,
            "variant": row.variant,
            "number": number,
            "expires": known.expires if known else None,
            "qty": row.qty,
            "uom": row.uom,
            "free": free,
            "held": row.qty - free or None,
        },
    )


def _item(books: Books, asked: LookUp) -> Sheet:
    item = books.records.one(Item, asked.code)
    if item is None:
        raise Refused("unknown", code=asked.code, prompt="item")
    head = [SheetLine("sheet.item", {"item": item.no, "text": item.description})]
    if item.blocked:
        head.append(SheetLine("sheet.blocked_item", {"why": item.blocked_reason}))
    if asked.aspect == "variants":
        variants = books.records.rows(Variant, item=item.no)
        return Sheet(
            tuple(head), tuple(SheetLine("sheet.variant", {"code": v.code, "text": v.description}) for v in variants)
        )
    if asked.aspect == "units":
        units = books.records.rows(ItemUnit, item=item.no) or [ItemUnit(item.no, item.base_uom)]
        rows = (SheetLine("sheet.unit", {"uom": u.uom, "qty": u.qty_per_unit, "base": item.base_uom}) for u in units)
        return Sheet(tuple(head), tuple(rows))
    held = books.stock.on_hand(item.no)
    total = sum((row.qty for row in held), ZERO)
    head.append(SheetLine("sheet.total", {"qty": total, "uom": item.base_uom}))
    return Sheet(tuple(head), tuple(_places(books, item, asked.location)))


def find_items(books: Books, situation: Situation, text: str) -> list[str]:
    """Return the items whose number or texts contain every word of a typed text, best first (right `look`).

    At most one more than MOST_FOUND. Attributes and categories are not searched yet (catalogue.md, Resolving 6).
    """
    require_right(situation, "look")
    words = text.split()
    return books.items.with_words(words, MOST_FOUND + 1) if words else []


def _items(books: Books, asked: LookUp) -> Sheet:
    """List the items found, with what is on hand here and elsewhere (catalogue.md, On the floor)."""
    head = (SheetLine("sheet.more_found", {"n": MOST_FOUND}),) if len(asked.items) > MOST_FOUND else ()
    return Sheet(head, tuple(_hit(books, no, asked.location) for no in asked.items[:MOST_FOUND]))


def _hit(books: Books, no: str, here: str) -> SheetLine:
    held = books.stock.on_hand(no)
    at_hand = sum((row.qty for row in held if row.location == here), ZERO)
    elsewhere = sum((row.qty for row in held), ZERO) - at_hand
    text = _card(books, no).description
    return SheetLine("sheet.hit", {"item": no, "text": text, "here": at_hand, "elsewhere": elsewhere or None})


def _places(books: Books, item: Item, here: str) -> Iterable[SheetLine]:
    """Yield where an item is: the location worked at first, its bins by ranking, then the rest."""
    rows = books.bins.of_item(item.no)
    ranking = {
        (row.location, row.bin): bin.ranking
        for row in rows
        if (bin := books.records.one(Bin, row.location, row.bin)) is not None
    }
    rows.sort(
        key=lambda row: (
            row.location != here,
            row.location,
            -ranking.get((row.location, row.bin), 0),
            row.bin,
            row.lot,
            row.serial,
        )
    )
    for row in rows:
        yield SheetLine(
            "sheet.place",
            {
                "bin": row.bin,
                "location": "" if row.location == here else row.location,
                "number": row.serial or row.lot,
                "qty": row.qty,
                "uom": row.uom,
            },
        )
    with_bins = {row.location for row in rows}
    for held in books.stock.on_hand(item.no):
        if held.qty and held.location not in with_bins:
            yield SheetLine(
                "sheet.place",
                {"bin": "", "location": held.location, "number": held.lot, "qty": held.qty, "uom": item.base_uom},
            )


def _number(books: Books, asked: LookUp) -> Sheet:
    known = [
        number
        for number in books.numbers.known_anywhere(asked.kind, fold(asked.code))
        if asked.item in ("", number.item)
    ]
    if not known:
        raise Refused("unknown", code=asked.code, prompt=asked.kind)
    head: list[SheetLine] = []
    rows: list[SheetLine] = []
    for number in known:
        item = _card(books, number.item)
        head.append(SheetLine(f"sheet.{asked.kind}", {"number": number.no, "item": item.no, "text": item.description}))
        if number.expires:
            head.append(SheetLine("sheet.expires", {"date": number.expires}))
        card = books.records.one(InfoCard, asked.kind, number.item, number.variant, number.key)
        if card and card.blocked:
            head.append(SheetLine("sheet.blocked_number", {"number": number.no}))
        rows += _number_places(books, asked, item, number.variant, number.no)
    if not rows:
        head.append(SheetLine("sheet.not_in_stock"))
    return Sheet(tuple(head), tuple(rows))


def _number_places(books: Books, asked: LookUp, item: Item, variant: str, no: str) -> list[SheetLine]:
    kind = asked.kind
    in_bins = [row for row in books.bins.of_number(kind, fold(no)) if (row.item, row.variant) == (item.no, variant)]
    lines = [
        _place("" if row.location == asked.location else row.location, row.bin, row.qty, row.uom) for row in in_bins
    ]
    seen = {row.location for row in in_bins}
    if kind == "serial":
        state = books.numbers.serial(item.no, variant, no)
        if state and state.state == "in_stock" and state.location not in seen:
            lines.append(_place(state.location, "", ONE, item.base_uom))
        return lines
    for held in books.stock.on_hand(item.no, variant):
        if getattr(held, kind) == no and held.qty and held.location not in seen:
            lines.append(_place(held.location, "", held.qty, item.base_uom))
    return lines


def _place(location: str, bin: str, qty: Decimal, uom: str) -> SheetLine:
    return SheetLine("sheet.place", {"location": location, "bin": bin, "qty": qty, "uom": uom})


def _card(books: Books, item: str) -> Item:
    return books.records.one(Item, item) or Item(item, base_uom="")


def _location(books: Books, asked: LookUp) -> Sheet:
    location = books.records.one(Location, asked.code)
    if location is None:
        raise Refused("unknown", code=asked.code, prompt="location")
    rows = (
        SheetLine(
            "sheet.content",
            {
                "item": row.item,
                "variant": row.variant,
                "number": row.lot,
                "qty": row.qty,
                "uom": _card(books, row.item).base_uom,
                "free": row.qty,
            },
        )
        for row in books.stock.at_location(location.code)
        if row.qty
    )
    return Sheet((SheetLine("sheet.location", {"location": location.code, "text": location.name}),), tuple(rows))


def _document(books: Books, asked: LookUp) -> Sheet:
    journal = books.records.one(CountJournal, asked.code)
    if journal is None:
        raise Refused("unknown", code=asked.code, prompt="document")
    facts = {"document": journal.no, "bin": journal.bin or journal.location, "status": journal.status}
    return Sheet((SheetLine("sheet.document", facts),))
