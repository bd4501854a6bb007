"""Look-up of an item: where it lies, its variants, units, figures by location; lists of items (floor-flows.md, Lookup).

Not here: what else may be looked up (looking_up.py), how figures are worked out (availability.py). Substitutes are not
kept, so they are not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item, ItemUnit, Variant
from domain.places.books import BinStock
from domain.site import Bin
from domain.values import ZERO
from domain.work.availability import Availability, availability_of
from domain.work.held import free_of_rows
from domain.work.sheets import Sheet, SheetLine, place


def item_sheet(books: Books, no: str, here: str, aspect: str) -> Sheet:
    """Return the sheet of an item: where it is, or one aspect of it; `here` is the location worked at.

    Raises Refused("unknown").
    """
    item = books.records.one(Item, no)
    if item is None:
        raise Refused("unknown", code=no, prompt="item")
    head = [SheetLine("sheet.item", {"item": item.no, "text": item.description})]
    if item.blocked:
        head.append(SheetLine("sheet.blocked_item", {"why": item.blocked_reason}))
    match aspect:
        case "variants":
            rows = [
                SheetLine("sheet.variant", {"code": variant.code, "text": variant.description})
                for variant in books.records.rows(Variant, item=item.no)
            ]
        case "units":
            rows = [
                SheetLine("sheet.unit", {"uom": unit.uom, "qty": unit.qty_per_unit, "base": item.base_uom})
                for unit in books.records.rows(ItemUnit, item=item.no) or [ItemUnit(item.no, item.base_uom)]
            ]
        case "availability":
            head.append(SheetLine("sheet.availability_head"))
            rows = [_figures(one) for one in availability_of(books, item.no)]
        case _:
            head += _totals(books, item, here)
            rows = list(_places(books, item, here))
    return Sheet(tuple(head), tuple(rows))


def items_sheet(books: Books, items: Sequence[str], here: str, most: int) -> Sheet:
    """List items with what is on hand here and elsewhere, at most so many (catalogue.md, On the floor)."""
    head = (SheetLine("sheet.more_found", {"n": most}),) if len(items) > most else ()
    return Sheet(head, tuple(_hit(books, no, here) for no in items[:most]))


def _totals(books: Books, item: Item, here: str) -> Iterator[SheetLine]:
    """Yield what is on hand in all; of here also what open documents make of it."""
    figures = availability_of(books, item.no)
    yield SheetLine("sheet.total", {"qty": sum((one.on_hand for one in figures), ZERO), "uom": item.base_uom})
    for one in figures:
        if one.location == here and (one.on_the_way or one.needed or one.on_picks or one.reserved):
            yield _figures(one)


def _figures(one: Availability) -> SheetLine:
    return SheetLine(
        "sheet.availability",
        {
            "location": one.location or "-",
            "on_hand": one.on_hand,
            "free": one.free,
            "on_the_way": one.on_the_way,
            "needed": one.needed,
            "on_picks": one.on_picks or None,
        },
    )


def _places(books: Books, item: Item, here: str) -> Iterator[SheetLine]:
    """Yield where an item is: the location worked at first, its bins by ranking, then the rest."""
    rows = books.bins.of_item(item.no)
    books.records.read_ahead(Bin, ((row.location, row.bin) for row in rows))

    def rank(row: BinStock) -> tuple[bool, str, int, str, str, str]:
        bin = books.records.one(Bin, row.location, row.bin)
        return row.location != here, row.location, -(bin.ranking if bin else 0), row.bin, row.lot, row.serial

    rows = sorted(rows, key=rank)
    for row, free in zip(rows, free_of_rows(books, rows), strict=True):
        yield place(
            "" if row.location == here else row.location, row.bin, row.serial or row.lot, row.qty, row.uom, free
        )
    with_bins = {row.location for row in rows}
    for stock in books.stock.on_hand(item.no):
        if stock.qty and stock.location not in with_bins:
            yield place(stock.location, "", stock.lot, stock.qty, item.base_uom)


def _hit(books: Books, no: str, here: str) -> SheetLine:
    held = books.stock.on_hand(no)
    at_hand = sum((row.qty for row in held if row.location == here), ZERO)
    elsewhere = sum((row.qty for row in held), ZERO) - at_hand
    card = books.records.one(Item, no)
    text = card.description if card else ""
    return SheetLine("sheet.hit", {"item": no, "text": text, "here": at_hand, "elsewhere": elsewhere or None})
