"""Ledger rows for tests, built directly: an increase, a decrease, a movement, as a command would write them."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from domain.books import Books
from domain.ledger.entries import Application, BinEntry, GlEntry, GlRelation, ItemEntry, LedgerRow, ValueEntry
from domain.site import FlowBins, Location
from domain.situation import RegisterHead
from storage import Store

T = TypeVar("T")

NOW = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
DAY = date(2026, 1, 5)


def head(source: str = "adjustment", operation_id: str = "", now: datetime = NOW) -> RegisterHead:
    return RegisterHead(source, "ANNA", now, operation_id, terminal="T1", profile="P1")


def command(store: Store, work: Callable[[Books], T], operation_id: str = "") -> T:
    """Run work as one command in one transaction."""

    def whole(books: Books) -> T:
        with books.ledger.command(head(operation_id=operation_id)):
            return work(books)

    return store.transaction(whole)


def increase(books: Books, item: str, qty: str, place: str = "EAST", cost: str = "2", **numbers: str) -> int:
    """Post an increase at a location, or in a bin (`MAIN/W-01`); return its entry."""
    location, _, bin = place.partition("/")
    entry = _entry(books, item, Decimal(qty), location, numbers)
    rows: list[LedgerRow] = [
        entry,
        Application(books.ledger.number(), entry.id, entry.id, 0, entry.qty, DAY),
        _value(books, entry, Decimal(cost) * entry.qty),
    ]
    books.ledger.append(rows + _in_bin(books, entry, bin))
    return entry.id


def decrease(
    books: Books, item: str, qty: str, place: str = "EAST", draws: Sequence[tuple[int, str]] = (), **numbers: str
) -> int:
    """Post a decrease that draws `(entry, quantity)` on increases; return its entry."""
    location, _, bin = place.partition("/")
    entry = _entry(books, item, -Decimal(qty), location, numbers)
    rows: list[LedgerRow] = [entry]
    for inbound, drawn in draws:
        rows.append(Application(books.ledger.number(), entry.id, inbound, entry.id, -Decimal(drawn), DAY))
    rows.append(_value(books, entry, 2 * entry.qty))
    books.ledger.append(rows + _in_bin(books, entry, bin))
    return entry.id


def to_gl(books: Books, entry: int) -> None:
    """Post the value of an item entry to the general ledger."""
    number = books.ledger.number
    for value in books.entries.values(entry):
        for account, sign in (("1310", 1), ("5410", -1)):
            amount = sign * value.cost_amount_actual
            made = GlEntry(number(), DAY, "", account, amount)
            books.ledger.append([made, GlRelation(number(), made.id, value.id, amount, False, sign < 0)])


def bin_move(books: Books, item: str, qty: str, *, location: str, from_bin: str, to_bin: str, **numbers: str) -> None:
    """Move stock from bin to bin."""
    posted_at = books.ledger.register().posted_at
    books.ledger.append(
        [
            BinEntry(
                id=books.ledger.number(),
                posted_at=posted_at,
                registering_date=DAY,
                location=location,
                zone="",
                bin=bin,
                item=item,
                variant="",
                uom="PCS",
                qty=moved,
                qty_base=moved,
                entry_type="movement",
                **numbers,
            )
            for bin, moved in ((from_bin, -Decimal(qty)), (to_bin, Decimal(qty)))
        ]
    )


def bin_location(code: str = "MAIN") -> Location:
    return Location(code, bin_mandatory=True, bins=FlowBins(adjustment="ADJ"))


def _entry(books: Books, item: str, qty: Decimal, location: str, numbers: dict[str, str]) -> ItemEntry:
    kind = "positive_adj" if qty > 0 else "negative_adj"
    posted_at = books.ledger.register().posted_at
    number = books.ledger.number()
    return ItemEntry(number, posted_at, item, "", location, DAY, DAY, kind, qty, "PCS", Decimal(1), **numbers)


def _value(books: Books, entry: ItemEntry, amount: Decimal) -> ValueEntry:
    return ValueEntry(
        id=books.ledger.number(),
        item_entry=entry.id,
        item=entry.item,
        variant=entry.variant,
        location=entry.location,
        item_entry_type=entry.entry_type,
        entry_type="direct_cost",
        posting_date=DAY,
        valuation_date=DAY,
        valued_qty=entry.qty,
        entry_qty=entry.qty,
        invoiced_qty=entry.qty,
        cost_per_unit=Decimal(2),
        cost_amount_actual=amount,
    )


def _in_bin(books: Books, entry: ItemEntry, bin: str) -> list[LedgerRow]:
    if not bin:
        return []
    return [
        BinEntry(
            id=books.ledger.number(),
            posted_at=entry.posted_at,
            registering_date=DAY,
            location=entry.location,
            zone="",
            bin=bin,
            item=entry.item,
            variant="",
            uom="PCS",
            qty=entry.qty,
            qty_base=entry.qty,
            entry_type=entry.entry_type,
            lot=entry.lot,
            serial=entry.serial,
            package=entry.package,
        )
    ]
