"""What the books say is there: the lines of a new count, and one line's figure at this moment (counting.md 2-4, 9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item, Variant
from domain.people.rights import require_right
from domain.places.books import BinStock
from domain.places.lying import bin_of, stock_location
from domain.site import Bin, BinContent, Location
from domain.situation import Situation
from domain.tracking.numbers import is_specific, told_apart, tracking_code
from domain.values import ONE, ZERO
from domain.work.documents import CountJournal, CountLine
from domain.work.held import in_hand
from domain.work.stock_here import Goods, quantity_here


@dataclass(frozen=True, slots=True)
class OpenCount:
    """What to count: one bin, some bins, or a location; `items` narrows it."""

    location: str
    bin: str = ""
    bins: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    zero_stock: bool = False
    """Also what the books say is not there (counting.md 2)."""


def expected_lines(books: Books, situation: Situation, location: Location, command: OpenCount) -> Iterable[CountLine]:
    """Yield the lines of what the books say is there (counting.md 2-4), without journal and number."""
    if location.bin_mandatory:
        rows = _bin_rows(books, location, command)
    else:
        rows = _location_rows(books, location)
        if command.zero_stock:
            rows += _without_stock(books, location, command.items, {row.item for row in rows})
    wanted = set(command.items)
    for row in rows:
        if wanted and row.item not in wanted:
            continue
        item = books.records.one(Item, row.item)
        variant = books.records.one(Variant, row.item, row.variant) if row.variant else None
        if item is None or item.blocked or item.type != "inventory" or (variant and variant.blocked):  # counting.md 3
            continue
        yield CountLine(
            journal="",
            line_no=0,
            item=row.item,
            variant=row.variant,
            bin=row.bin,
            lot=row.lot,
            serial=row.serial,
            package=row.package,
            expires=None,
            uom=item.base_uom,
            listed=True,
            qty_calculated=row.qty_base,
            snapshot_at=situation.now,
        )


def _bin_rows(books: Books, location: Location, command: OpenCount) -> list[BinStock]:
    bins = command.bins or ((command.bin,) if command.bin else ())
    codes = bins or [bin.code for bin in books.records.rows(Bin, location=location.code)]
    rows: list[BinStock] = []
    for code in codes:
        bin_of(books.records, location, code)
        here = books.bins.in_bin(location.code, code)
        rows.extend(here)
        if command.zero_stock:
            there = {(row.item, row.variant) for row in here}
            contents = books.records.rows(BinContent, location=location.code, bin=code)
            rows += [
                _nothing(location, content.item, content.variant, code)
                for content in contents
                if (content.item, content.variant) not in there
            ]
    return rows


def _location_rows(books: Books, location: Location) -> list[BinStock]:
    """Stock of a location without bins, one row a serial where the item has them: its open increase tells the lot.

    Lots and packages that stock is not told apart by are one row.
    """
    rows: dict[BinStock, Decimal] = {}
    seen: set[tuple[str, str]] = set()
    for held in books.stock.at_location(location.code):
        item = books.records.one(Item, held.item)
        if not held.qty or item is None or (held.item, held.variant) in seen:
            continue
        row = _nothing(location, held.item, held.variant, "")
        tracking = tracking_code(books.records, item)
        if not is_specific(tracking, "serial"):
            pool = told_apart(tracking, replace(row, lot=held.lot, package=held.package))
            rows[pool] = rows.get(pool, ZERO) + held.qty
            continue
        seen.add((held.item, held.variant))
        pieces = books.stock.open_entries(held.item, held.variant, location.code, increases=True)
        numbered = (replace(row, lot=piece.lot, serial=piece.serial, package=piece.package) for piece in pieces)
        rows |= {told_apart(tracking, piece): ONE for piece in numbered}
    return [replace(row, qty=qty, qty_base=qty) for row, qty in rows.items() if qty]


def _without_stock(books: Books, location: Location, items: Sequence[str], there: set[str]) -> list[BinStock]:
    known = items or [item.no for item in books.records.rows(Item)]
    return [_nothing(location, no, "", "") for no in known if no not in there]


def _nothing(location: Location, item: str, variant: str, bin: str) -> BinStock:
    return BinStock(location.code, bin, item, variant, "", "", "", "", ZERO, ZERO)


def in_books(books: Books, line: CountLine, location: Location) -> Decimal:
    """Return what the books say lies there now, for exactly the line's item, variant and numbers.

    What a picker took and did not post yet is in his hands, not there: counted later it would be missed twice.
    """
    goods = Goods(line.item, line.variant, line.lot, line.serial, line.package)
    return quantity_here(books, location, line.bin, goods) - in_hand(books, location, line.bin, goods)


def journal_of(books: Books, no: str) -> CountJournal:
    """Return a count journal by its number."""
    journal = books.records.one(CountJournal, no)
    if journal is None:
        raise Refused("unknown", code=no, prompt="document")
    return journal


def journal_to(books: Books, situation: Situation, action: str, no: str) -> CountJournal:
    """Return a count journal for an action; whoever may not do it does not hear whether there is one (SAF-25)."""
    journal = books.records.one(CountJournal, no)
    require_right(situation, action, journal.location if journal else "")
    return journal_of(books, no)


def location_of_line(books: Books, line: CountLine) -> Location:
    """Return the location a line is counted at."""
    return location_to_count(books, journal_of(books, line.journal).location)


def location_to_count(books: Books, code: str) -> Location:
    """Return a location that may be counted by journal."""
    return stock_location(books.records, code, when_directed="warehouse count")


def refuse_posted(books: Books, journal: CountJournal) -> None:
    """Refuse what is posted already, naming who posted it and when."""
    if journal.status == "posted":
        posted = books.ledger.posted(journal.register)
        raise Refused("done", operator=posted.operator, time=posted.posted_at)


def refuse_uncounted(lines: Sequence[CountLine]) -> None:
    """Refuse while lines are blank; a counted 0 is not blank (decision 2)."""
    uncounted = sum(1 for line in lines if line.qty_counted is None)
    if uncounted:
        raise Refused("open_lines", n=uncounted)
