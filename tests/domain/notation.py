"""A warehouse in the trade's notation: `house.stock("W-01 1000 lot L7 12")`, over a real database and its own clock.

Goods are written `PLACE ITEM [variant V] [lot L] [serial S] [package P] [expires DATE] QTY [UNIT]`; the place is a bin
of SILVER or a location without bins. What lies there is read back in the same words.

Not here: what any rule says (the tests).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest

from domain.books import Books
from domain.errors import AisleError
from domain.items.card import Item, ItemUnit, Variant
from domain.ledger.entries import AuditRow, BinEntry, ItemEntry, PhysicalEntry, ValueEntry
from domain.people.access import situation_of
from domain.people.rights import DEFAULT_ROLES, SYSTEM
from domain.posting import JournalLine, Line, Movement, Posting, Reclassification, TrackingRow, post
from domain.posting.posted import Posted
from domain.records import Entity
from domain.site import AdjustLimit, Bin, BinContent, CountingRules, Location, Operator, ReasonCode, Settings, SiteHead
from domain.situation import Situation
from domain.values import plain
from domain.work.adjusting import PostAdjustment, post_adjustment
from domain.work.count_expectation import OpenCount
from domain.work.count_posting import PostCount, post_count
from domain.work.counting import EnterCount, enter_count, finish_count, open_count
from domain.work.opening import opening_lines, post_opening
from storage import Store, verify
from storage.columns import quoted, shape_of, table_of
from storage.engines import Connection

E = TypeVar("E")
C = TypeVar("C")
R = TypeVar("R")

SILVER, EAST, WHITE, ROAD = "SILVER", "EAST", "WHITE", "ROAD"
OPENS = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = OPENS.date()
PEOPLE = {
    "VERA": "viewer",
    "PIA": "picker",
    "ANNA": "operator",
    "SUE": "supervisor",
    "OLE": "office",
    "ACE": "accountant",
    "ADA": "admin",
}
"""Operators by code, each with another role; all work at SILVER and EAST."""
_NUMBERS = ("variant", "lot", "serial", "package", "expires")


def site() -> Iterator[Entity]:
    """Yield a site: SILVER with bins, EAST without, WHITE directed, ROAD in transit, and people of every role."""
    yield SiteHead(
        site="Northside", settings=Settings(counting=CountingRules(freeze="none"), automatic_cost_adjustment="never")
    )
    yield Location(EAST)
    yield Location(SILVER, bin_mandatory=True)
    yield Location(WHITE, bin_mandatory=True, directed=True)
    yield Location(ROAD, in_transit=True)
    yield from (Bin(SILVER, f"W-0{number}") for number in range(1, 5))
    yield ReasonCode("DAMAGED", "Damaged", position=1)
    yield ReasonCode("FOUND", "Found", position=2)
    yield ReasonCode("THEFT", "Stolen", needs_approval=True, position=3)
    yield ReasonCode("RETURNED", "Came back", offered_for=("return",), position=4)
    yield from DEFAULT_ROLES.values()
    for code, role in PEOPLE.items():
        yield Operator(code, role=role, locations=(SILVER, EAST), home=SILVER, badge=f"OP-{code}")


@dataclass(frozen=True, slots=True)
class Goods:
    """What one line of the notation says."""

    location: str
    bin: str
    item: str
    numbers: TrackingRow
    variant: str
    qty: Decimal
    uom: str


def goods(text: str) -> Goods:
    """Read the notation."""
    place, item, *rest = text.split()
    told: dict[str, Any] = dict.fromkeys(_NUMBERS, "")
    while rest[0] in _NUMBERS:
        told[rest[0]] = rest[1]
        rest = rest[2:]
    qty, uom = (*rest, "")[:2]
    expires = date.fromisoformat(told["expires"]) if told["expires"] else None
    numbers = TrackingRow(told["lot"], told["serial"], told["package"], expires)
    location, bin = (SILVER, place) if place.startswith("W-") else (place, "")
    return Goods(location, bin, item, numbers, told["variant"], Decimal(qty), uom)


def line(text: str, entry_type: str = "", **more: Any) -> JournalLine:
    """Return the journal line of some goods: found, or missing where the quantity is below zero.

    With an entry type the quantity is kept with its sign, as somebody may type it (adjusting.md 1).
    """
    told = goods(text)
    tracked = told.numbers != TrackingRow()
    return replace(
        JournalLine(
            entry_type=entry_type or ("positive_adj" if told.qty >= 0 else "negative_adj"),
            item=told.item,
            qty=told.qty if entry_type else abs(told.qty),
            location=told.location,
            bin=told.bin,
            variant=told.variant,
            uom=told.uom,
            tracking=(told.numbers,) if tracked else (),
        ),
        **more,
    )


def movement(text: str, to: str, **more: Any) -> Movement:
    """Return the movement of some goods to another bin."""
    told = goods(text)
    movement = Movement(told.item, told.qty, told.location, told.bin, to, told.variant, told.uom)
    numbers = told.numbers
    return replace(movement, lot=numbers.lot, serial=numbers.serial, package=numbers.package, **more)


def reclassification(text: str, to: str, **more: Any) -> Reclassification:
    """Return the reclassification of some goods `to` another place and numbers, only those that change: `W-02 lot L2`.

    A number written `-` is taken away.
    """
    place, _, numbers = to.partition(" ")
    told, new = goods(text), goods(f"{place} ANY 1")
    return replace(
        Reclassification(told.item, told.qty, told.location, new.location, told.bin, new.bin, told.variant, told.uom),
        tracking=(told.numbers,),
        new_tracking=(_changed(told.numbers, numbers.split()),),
        **more,
    )


def _changed(numbers: TrackingRow, words: Sequence[str]) -> TrackingRow:
    """Return the numbers with those told instead."""
    told: dict[str, Any] = dict(zip(words[::2], ("" if word == "-" else word for word in words[1::2]), strict=True))
    if told.get("expires"):
        told["expires"] = date.fromisoformat(told["expires"])
    return replace(numbers, **told)


def adjustment(text: str, reason: str = "DAMAGED", **more: Any) -> PostAdjustment:
    """Return the adjustment of some goods, by a person who gives a reason."""
    told = goods(text)
    numbers = told.numbers
    return replace(
        PostAdjustment(
            item=told.item,
            qty=told.qty,
            location=told.location,
            bin=told.bin,
            variant=told.variant,
            uom=told.uom,
            lot=numbers.lot,
            serial=numbers.serial,
            package=numbers.package,
            expires=numbers.expires,
            reason=reason,
        ),
        **more,
    )


@dataclass(slots=True)
class Warehouse:
    """The books of a site, who works in it, and what time it is."""

    store: Store
    now: datetime = OPENS

    def pass_time(self, **length: float) -> None:
        """Let the clock run on."""
        self.now += timedelta(**length)

    def keep(self, *entities: Entity) -> None:
        """Save set-up and master data."""

        def save(books: Books) -> None:
            with books.ledger.command(situation_of(books.records, SYSTEM, now=self.now, terminal="T").head("change")):
                for entity in entities:
                    books.records.save(entity)

        self.store.transaction(save)

    def item(self, no: str, **card: Any) -> None:
        """Make an item card."""
        self.keep(Item(no, **card))

    def unit(self, item: str, uom: str, holds: int | str, step: str = "0") -> None:
        """Keep an item in one more unit."""
        self.keep(ItemUnit(item, uom, Decimal(holds), Decimal(step)))

    def variant(self, item: str, code: str) -> None:
        """Make a version of an item."""
        self.keep(Variant(item, code))

    def locations(self, operator: str, *codes: str) -> None:
        """Let an operator work at these locations only."""
        self.keep(Operator(operator, role=PEOPLE[operator], locations=codes))

    def room(self, bin: str, item: str, most: int) -> None:
        """Say how much of an item a bin may hold."""
        self.keep(BinContent(SILVER, bin, item, "", "PCS", max=Decimal(most)))

    def freeze(self, freeze: str) -> None:
        """Say what counting freezes (counting.md 38)."""
        self.set(counting=CountingRules(freeze))

    def set(self, **settings: Any) -> None:
        """Change settings of the site."""
        head = self.one(SiteHead, 1)
        assert head is not None
        self.keep(replace(head, settings=replace(head.settings, **settings)))

    def one(self, kind: type[E], *key: object) -> E | None:
        """Return one entity."""
        return self.ask(lambda books: books.records.one(kind, *key))  # type: ignore[type-var]

    def ask(self, question: Callable[[Books], R]) -> R:
        """Return the answer of a question to the books."""
        return self.store.question(question)

    def situation(
        self,
        books: Books,
        by: str = "ANNA",
        *,
        location: str = SILVER,
        terminal: str = "T1",
        yes: tuple[str, ...] = (),
        operation: str = "",
        second: str = "",
    ) -> Situation:
        """Return the situation of somebody at work; `yes` are the questions he said yes to."""
        operator = SYSTEM if by == SYSTEM.code else books.records.one(Operator, by)
        assert operator is not None
        at_work = situation_of(books.records, operator, now=self.now, terminal=terminal, location=location)
        return replace(at_work, confirmed=frozenset(yes), operation_id=operation, second_person=second)

    def do(self, function: Callable[[Books, Situation, C], R], command: C, by: str = "ANNA", **told: Any) -> R:
        """Run a command in a transaction of its own."""
        return self.store.transaction(lambda books: function(books, self.situation(books, by, **told), command))

    def at(self, terminal: str, function: Callable[[Books, Situation, C], R], command: C) -> R:
        """Run a command at a terminal where nobody is signed in."""

        def work(books: Books) -> R:
            nobody = situation_of(books.records, Operator(""), now=self.now, terminal=terminal)
            return function(books, nobody, command)

        return self.store.transaction(work)

    def stock(self, *texts: str, at: str = "0", **more: Any) -> tuple[int, ...]:
        """Post opening stock at a cost per unit; return its item entries."""
        lines = [line(text, unit_cost=Decimal(at), **more) for text in texts]
        return self.do(post_opening, opening_lines(lines), SYSTEM.code).entries

    def post(self, *lines: Line, **told: Any) -> Posting:
        """Send journal lines through the door."""

        def work(books: Books, situation: Situation, _: None) -> Posting:
            with books.ledger.command(situation.head("adjustment")):
                return post(books, situation, lines, source="adjustment")

        return self.do(work, None, **told)

    def adjust(self, text: str, by: str = "ANNA", reason: str = "DAMAGED", **told: Any) -> Posted:
        """Adjust as a person does."""
        return self.do(post_adjustment, adjustment(text, reason), by, **told)

    def open_count(self, place: str, by: str = "PIA", **asked: Any) -> str:
        """Open a count of a bin or of a location; return its number."""
        location, bin = (SILVER, place) if place.startswith("W-") else (place, "")
        return self.do(open_count, OpenCount(location, bin, **asked), by).no

    def count(self, journal: str, *texts: str, by: str = "PIA", **told: Any) -> None:
        """Enter figures into a count, unlisted goods included."""
        told = {"yes": ("not_expected",)} | told
        for text in texts:
            self.do(enter_count, counted(journal, text), by, **told)

    def finish(self, journal: str, by: str = "PIA") -> None:
        """Hand a count to the supervisor."""
        self.do(finish_count, journal, by)

    def post_count(self, journal: str, by: str = "SUE", uncounted: str = "", **told: Any) -> Posted:
        """Post a count as a supervisor does."""
        return self.do(post_count, PostCount(journal, uncounted), by, **told)

    def rows(self, kind: type[E]) -> list[E]:
        """Return a whole ledger (or table), oldest row first."""
        shape = shape_of(kind)
        sql = f'SELECT {quoted(shape.names)} FROM "{table_of(kind)}" ORDER BY 1'
        return self.store.reading(lambda connection: [shape.entity(row) for row in connection.execute(sql)])

    def entries(self) -> list[ItemEntry]:
        """Return the item entries."""
        return self.rows(ItemEntry)

    def reasons(self) -> dict[str, list[str]]:
        """Return the reason on each row of the ledgers that have one."""
        kinds = (ItemEntry, ValueEntry, BinEntry, PhysicalEntry)
        found = {table_of(kind): [row.reason for row in self.rows(kind)] for kind in kinds}
        return {table: reasons for table, reasons in found.items() if reasons}

    def proofs(self) -> list[PhysicalEntry]:
        """Return the physical entries."""
        return self.rows(PhysicalEntry)

    def costs(self) -> list[Decimal]:
        """Return the actual cost of each value entry."""
        return [row.cost_amount_actual for row in self.rows(ValueEntry)]

    def audits(self, field: str) -> list[AuditRow]:
        """Return the audit rows of one field or event."""
        return [row for row in self.rows(AuditRow) if row.field == field]

    def audit_texts(self) -> list[str]:
        """Return all that the audit trail says."""
        return [text for row in self.rows(AuditRow) for text in (row.record_key, row.old, row.new, row.reason)]

    def remaining(self) -> dict[int, Decimal]:
        """Return what is open of each item entry that is."""
        return self.store.reading(
            lambda connection: {
                entry: Decimal(units) / 100_000
                for entry, units in connection.execute("SELECT entry, remaining_qty FROM open_entry")
            }
        )

    def lying(self, item: str = "1000") -> list[str]:
        """Return where an item lies, bins first, in the notation."""
        return self.ask(lambda books: list(_lying(books, item)))

    def footprint(self) -> dict[str, int]:
        """Return how many rows each table has."""
        return self.store.reading(_footprint)

    @contextlib.contextmanager
    def refused(self, code: str, /, **facts: object) -> Iterator[None]:
        """Expect a refusal with these facts among its own, and that it leaves nothing behind (LED-02)."""
        before = self.footprint()
        with pytest.raises(AisleError) as raised:
            yield
        told = raised.value
        assert (told.code, told.facts | facts) == (code, told.facts)
        assert self.footprint() == before


def counted(journal: str, text: str) -> EnterCount:
    """Return the figure for some goods."""
    told = goods(text)
    return EnterCount(
        journal=journal,
        item=told.item,
        qty=told.qty,
        bin=told.bin,
        variant=told.variant,
        lot=told.numbers.lot,
        serial=told.numbers.serial,
        package=told.numbers.package,
        expires=told.numbers.expires,
        uom=told.uom,
    )


@contextlib.contextmanager
def warehouse(folder: Path) -> Iterator[Warehouse]:
    """Open a new warehouse; when the test is over its books are verified (SAF-07)."""
    with Store.create(str(folder / "aisle.db")) as store:
        house = Warehouse(store)
        house.keep(*site())
        yield house
        assert verify(store) == []


def limited(code: str, *, qty: str | None = None, value: str | None = None) -> Operator:
    """Return an operator with an adjustment limit of his own."""
    limit = AdjustLimit(Decimal(qty) if qty else None, Decimal(value) if value else None)
    return Operator(code, role=PEOPLE[code], locations=(SILVER, EAST), adjust_limit=limit)


def _lying(books: Books, item: str) -> Iterator[str]:
    in_bins = books.bins.of_item(item)
    for row in in_bins:
        yield _written(row.bin, row, row.qty_base)
    with_bins = {row.location for row in in_bins}
    for held in books.stock.on_hand(item):
        if held.qty and held.location not in with_bins:
            yield _written(held.location, held, held.qty)


def _written(place: str, row: Any, qty: Decimal) -> str:
    numbers = (
        f" {name} {getattr(row, name)}" for name in ("variant", "lot", "serial", "package") if getattr(row, name, "")
    )
    return f"{place} {row.item}{''.join(numbers)} {plain(qty)}"


def _footprint(connection: Connection) -> dict[str, int]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}
