"""The made-up warehouse that everything is measured in: items in bins of one location, and a history of any length.

It is set up and stocked through the program's own commands; only a long history is written by SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from domain.books import Books
from domain.items.card import Item, ItemUnit
from domain.ledger.entries import POSITION_BITS, SEQUENCE_BITS
from domain.people.access import situation_of
from domain.people.rights import SYSTEM
from domain.posting import JournalLine, TrackingRow
from domain.records import Entity
from domain.site import Bin, Location, ReasonCode, SiteHead
from domain.situation import Situation
from domain.values import ONE
from domain.work.opening import opening_lines, post_opening
from storage.columns import quoted, scaled
from storage.engines import Connection
from storage.rebuild import rebuild
from storage.store import Store

R = TypeVar("R")

OPENED = datetime(2026, 1, 5, 6, tzinfo=UTC)
LOCATION = "MAIN"
REASON = "FOUND"
COST = Decimal("2.50")


def item_no(number: int) -> str:
    """Return the number of an item."""
    return f"ITEM-{number:06}"


def bin_code(number: int) -> str:
    """Return the bin an item lies in: ten to a bin."""
    return f"{number // 1000:02}-{number // 10 % 100:02}"


def lot_no(number: int) -> str:
    """Return the lot an item lies there in, where it has lots."""
    return f"LOT{number:06}"


def make(path: Path, items: int, *, tracking: str = "") -> None:
    """Make a database with site and items, and nothing in stock."""
    bins = dict.fromkeys(bin_code(number) for number in range(items))
    entities: list[Entity] = [
        SiteHead(),
        ReasonCode(REASON, "Found"),
        Location(LOCATION, bin_mandatory=True),
        *(Bin(LOCATION, code) for code in bins),
        *(_item(number, tracking) for number in range(items)),
        *(ItemUnit(item_no(number), "PCS") for number in range(items)),
    ]
    with Store.create(str(path)) as store:
        told(store, lambda books, situation: save(books, situation, entities))


def _item(number: int, tracking: str) -> Item:
    return Item(item_no(number), f"Item number {number}", unit_cost=COST, tracking=tracking)


def save(books: Books, situation: Situation, entities: Iterable[Entity]) -> None:
    """Save entities in a register."""
    with books.ledger.command(situation.head("import")):
        for entity in entities:
            books.records.save(entity)


def told(store: Store, command: Callable[[Books, Situation], R]) -> R:
    """Run a command at the opening hour."""
    return store.transaction(lambda books: command(books, situation_at(books, OPENED)))


def situation_at(books: Books, now: datetime, operation_id: str = "") -> Situation:
    """Return the situation of the command line's operator."""
    situation = situation_of(books.records, SYSTEM, now=now, terminal="BENCH")
    return replace(situation, operation_id=operation_id)


def moments() -> Iterator[datetime]:
    """Yield a moment a second, from the opening hour of the next day on."""
    now = OPENED + timedelta(days=1)
    while True:
        yield now
        now += timedelta(seconds=1)


def opening(numbers: Iterable[int], *, lots: bool = False) -> list[JournalLine]:
    """Return opening stock: 100 pieces of each item."""
    return [
        JournalLine(
            entry_type="positive_adj",
            item=item_no(number),
            qty=Decimal(100),
            location=LOCATION,
            bin=bin_code(number),
            tracking=(TrackingRow(lot=lot_no(number)),) if lots else (),
            unit_cost=COST,
        )
        for number in numbers
    ]


def stock(path: Path, items: int, *, lots: bool = False) -> None:
    """Post the opening stock of every item."""
    command = opening_lines(opening(range(items), lots=lots))
    with Store.open(str(path)) as store:
        told(store, lambda books, situation: post_opening(books, situation, command))


def age(path: Path, entries: int) -> None:
    """Write a history: registers of one entry each, until there are `entries` item entries.

    Every other one is a decrease that draws the increase before it, but every tenth increase stays open. Each is a copy
    of the opening entry of the item whose turn it is. The hash chain is not carried on: posting does not look back.
    """
    with Store.open(str(path)) as store:
        store.writing(lambda connection: _age(connection, entries))
        rebuild(store)


def _age(connection: Connection, entries: int) -> None:
    opened, first = connection.execute("SELECT count(*), min(id) FROM item_entry").fetchone()
    sequence, posted = connection.execute("SELECT sequence, posted_at FROM writer").fetchone()
    more = entries - opened
    register = f"({(1 << SEQUENCE_BITS) + sequence + 1} + n.i)"
    entry = f"({register} << {POSITION_BITS} | 1)"
    sign = "CASE WHEN n.i % 2 = 0 OR n.i / 2 % 10 = 0 THEN 1 ELSE -1 END"
    qty = f"({sign}) * {scaled(ONE)}"
    posted_at = f"{posted + 1} + n.i"
    entry_type = f"iif({sign} > 0, 'positive_adj', 'negative_adj')"
    drawn = f"iif({sign} > 0, {entry}, {entry} - (1 << {POSITION_BITS}))"
    numbered = {"id": register, "posted_at": posted_at, "operation_id": "''"}
    moved = {"posted_at": posted_at, "entry_type": entry_type, "qty": qty, "qty_base": qty}
    applied = {
        "item_entry": entry,
        "inbound_entry": drawn,
        "outbound_entry": f"iif({sign} > 0, 0, {entry})",
        "qty": qty,
    }
    valued = dict.fromkeys(("valued_qty", "entry_qty", "invoiced_qty"), qty)
    valued |= {"item_entry": entry, "item_entry_type": entry_type, "cost_amount_actual": f"({sign}) * {scaled(COST)}"}
    indexes = connection.execute(_INDEXES).fetchall()
    for name, _ in indexes:  # made again afterwards: row by row they would take hours
        connection.execute(f'DROP INDEX "{name}"')
    _copy(connection, "register", f"t.id = {first >> POSITION_BITS}", numbered, more)
    for position, (table, own) in enumerate(
        {"item_entry": moved, "application": applied, "value_entry": valued, "bin_entry": moved}.items()
    ):
        of_item = f"t.id = {first + position} + n.i / 2 % {opened} * 4"
        _copy(connection, table, of_item, {"id": f"{entry} + {position}"} | own, more)
    connection.execute(f"UPDATE writer SET sequence = sequence + {more}, posted_at = posted_at + {more}")
    for _, sql in indexes:
        connection.execute(sql)


_INDEXES = """
SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
    AND tbl_name IN ('register', 'item_entry', 'application', 'value_entry', 'bin_entry')"""


def _copy(connection: Connection, table: str, template: str, own: Mapping[str, str], rows: int) -> None:
    """Write copies of the rows named by `template`, with values of their `own` by column; `n.i` counts from 0."""
    names = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(own.get(name, f't."{name}"') for name in names)
    connection.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 0 WHERE {rows} > 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {rows}) "
        f"INSERT INTO {table} ({quoted(names)}) SELECT {values} FROM n JOIN {table} t ON {template}"
    )
