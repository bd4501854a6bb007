"""Look-up: what a bin, an item, a number, a location or a document is and where (floor-flows.md, Lookup). Read only.

Not here: the sheets of items (item_sheet.py) and of documents (document_sheet.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.orders.posted_documents import PostedDocument
from domain.people.rights import require_right
from domain.places.books import BinStock
from domain.site import Bin, Location
from domain.situation import Situation
from domain.tracking.books import KnownNumber
from domain.tracking.cards import InfoCard
from domain.values import ONE, code, fold
from domain.work.document_sheet import document_sheet
from domain.work.held import free_of_rows
from domain.work.item_sheet import item_sheet, items_sheet
from domain.work.sheets import Sheet, SheetLine, place

MOST_FOUND = 99
"""More items than that are better narrowed by another word."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What to look up: a bin (at `location`), item, lot, serial, package, location, document, or a list of items."""

    kind: str
    code: str
    location: str = ""
    item: str = ""
    """Narrows a lot or serial to one item."""
    aspect: str = ""
    """Of an item: "" where it is, variants, units, availability."""
    items: tuple[str, ...] = ()
    """The list, as `find_items` gave it."""


def look_up(books: Books, situation: Situation, command: LookUp) -> Sheet:
    """Answer a look-up (right `look`).

    Raises Refused("unknown") for what is not there.
    """
    require_right(situation, "look")
    here = command.location
    match command.kind:
        case "bin":
            return _bin(books, here, command.code)
        case "item":
            return item_sheet(books, command.code, here, command.aspect)
        case "items":
            return items_sheet(books, command.items, here, MOST_FOUND)
        case "package":
            return _package(books, command)
        case "location":
            return _location(books, command.code)
        case "document":
            return document_sheet(books, command.code, situation.now)
        case _:
            return _number(books, command)


def find_items(books: Books, situation: Situation, text: str) -> list[str]:
    """Return the items whose number or texts contain every word of a typed text, best first (right `look`).

    At most one more than MOST_FOUND. Attributes and categories are not searched yet (catalogue.md, Resolving 6).
    """
    require_right(situation, "look")
    words = text.split()
    return books.items.with_words(words, MOST_FOUND + 1) if words else []


def items_of_vendor(books: Books, situation: Situation, number: str) -> list[str]:
    """Return the items that their vendor calls so (right `look`; catalogue.md, Resolving 5)."""
    require_right(situation, "look")
    return [item.no for item in books.records.rows(Item, vendor_item_no=number)] if number else []


def is_posted_document(books: Books, situation: Situation, no: str) -> bool:
    """Say whether a shipment or receipt was posted under that number (right `look`)."""
    require_right(situation, "look")
    return books.records.one(PostedDocument, code(no)) is not None


def _bin(books: Books, location: str, code: str) -> Sheet:
    bin = books.records.one(Bin, location, code)
    if bin is None:
        raise Refused("bin_elsewhere", bin=code, location=location)
    rows = tuple(_contents(books, books.bins.in_bin(location, bin.code)))
    head = [SheetLine("sheet.bin", {"bin": bin.code, "location": bin.location, "zone": bin.zone})]
    if bin.block != "none":
        head.append(SheetLine("sheet.blocked_bin", {"block": bin.block}))
    return Sheet((*head, *(() if rows else (SheetLine("sheet.empty"),))), rows)


def _contents(books: Books, rows: Sequence[BinStock], asked: LookUp | None = None) -> Iterator[SheetLine]:
    """Yield what lies in bins, a line a row; it tells the bin where another thing was `asked` for."""
    for row, free in zip(rows, free_of_rows(books, rows), strict=True):
        yield _content(books, row, free, _where(asked, row.location, row.bin) if asked else "")


def _content(books: Books, row: BinStock, free: Decimal, where: str) -> SheetLine:
    number = row.serial or row.lot
    kind = "serial" if row.serial else "lot"
    known = books.numbers.known(row.item, row.variant, kind, fold(number)) if number else None
    return SheetLine(
        "sheet.content",
        {
            "where": where,
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


def _number(books: Books, asked: LookUp) -> Sheet:
    head: list[SheetLine] = []
    rows: list[SheetLine] = []
    for number in _known(books, asked):
        item = _card(books, number.item)
        head.append(SheetLine(f"sheet.{asked.kind}", {"number": number.no, "item": item.no, "text": item.description}))
        if number.expires:
            head.append(SheetLine("sheet.expires", {"date": number.expires}))
        if _is_blocked(books, number):
            head.append(SheetLine("sheet.blocked_number", {"number": number.no}))
        rows += _number_places(books, asked, item, number)
    if not rows:
        head.append(SheetLine("sheet.not_in_stock"))
    return Sheet(tuple(head), tuple(rows))


def _package(books: Books, asked: LookUp) -> Sheet:
    """Tell all that carries a package's number, wherever it is (floor-flows.md 6)."""
    known = _known(books, asked)
    head = [SheetLine("sheet.package", {"number": known[0].no})]
    if any(_is_blocked(books, number) for number in known):
        head.append(SheetLine("sheet.blocked_number", {"number": known[0].no}))
    in_bins = books.bins.of_number("package", known[0].key)
    rows = list(_contents(books, in_bins, asked))
    seen = {(row.item, row.variant, row.location) for row in in_bins}
    for number in known:
        uom = _card(books, number.item).base_uom
        rows += [
            _stock(number.item, number.variant, held.lot, held.qty, uom, held.location)
            for held in books.stock.on_hand(number.item, number.variant)
            if held.package == number.no and held.qty and (number.item, number.variant, held.location) not in seen
        ]
    return Sheet((*head, *(() if rows else (SheetLine("sheet.not_in_stock"),))), tuple(rows))


def _known(books: Books, asked: LookUp) -> list[KnownNumber]:
    known = [
        number
        for number in books.numbers.known_anywhere(asked.kind, fold(asked.code))
        if asked.item in ("", number.item)
    ]
    if not known:
        raise Refused("unknown", code=asked.code, prompt=asked.kind)
    return known


def _is_blocked(books: Books, number: KnownNumber) -> bool:
    """Say whether the info card of a number blocks it."""
    card = books.records.one(InfoCard, number.kind, number.item, number.variant, number.key)
    return card is not None and card.blocked


def _number_places(books: Books, asked: LookUp, item: Item, number: KnownNumber) -> list[SheetLine]:
    in_bins = [
        row
        for row in books.bins.of_number(asked.kind, number.key)
        if (row.item, row.variant) == (item.no, number.variant)
    ]
    lines = [
        place(_where(asked, row.location), row.bin, "", row.qty, row.uom, free)
        for row, free in zip(in_bins, free_of_rows(books, in_bins), strict=True)
    ]
    seen = {row.location for row in in_bins}
    if asked.kind == "serial":
        state = books.numbers.serial(item.no, number.variant, number.no)
        if state and state.state == "in_stock" and state.location not in seen:
            lines.append(place(state.location, "", "", ONE, item.base_uom))
        return lines
    for held in books.stock.on_hand(item.no, number.variant):
        if getattr(held, asked.kind) == number.no and held.qty and held.location not in seen:
            lines.append(place(held.location, "", "", held.qty, item.base_uom))
    return lines


def _where(asked: LookUp, location: str, bin: str = "") -> str:
    """Return a place as it is told: the location only where it is not the one worked at."""
    return " ".join(filter(None, ("" if location == asked.location else location, bin)))


def _card(books: Books, item: str) -> Item:
    return books.records.one(Item, item) or Item(item, base_uom="")


def _location(books: Books, code: str) -> Sheet:
    location = books.records.one(Location, code)
    if location is None:
        raise Refused("unknown", code=code, prompt="location")
    rows = (
        _stock(row.item, row.variant, row.lot, row.qty, _card(books, row.item).base_uom)
        for row in books.stock.at_location(location.code)
        if row.qty
    )
    return Sheet((SheetLine("sheet.location", {"location": location.code, "text": location.name}),), tuple(rows))


def _stock(item: str, variant: str, number: str, qty: Decimal, uom: str, where: str = "") -> SheetLine:
    facts = {"where": where, "item": item, "variant": variant, "number": number, "qty": qty, "uom": uom, "free": qty}
    return SheetLine("sheet.content", facts)
