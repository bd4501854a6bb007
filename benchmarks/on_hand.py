"""What it costs to ask for the stock of an item, location and lot, beside the same query by hand.

`python -m benchmarks.on_hand [--entries N] [--in FOLDER]`: the goals of design.md are 5x and 0.1 ms, the same at any
number of entries.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import TypeAlias

from benchmarks import warehouse
from benchmarks.by_hand import connect
from benchmarks.measuring import Work, interleaved, ms, verdict, workplace
from domain.books import Books
from domain.ledger.books import StockRow
from storage.columns import shape_of
from storage.store import Store

Key: TypeAlias = tuple[str, str, str, str]
"""Item, variant, location, lot."""

SIZES = (1_000, 100_000)
ITEMS = 10_000
ROUNDS = 41
ASKED = 500
"""Questions in a round, each of another item."""

BY_HAND = (
    "SELECT item, variant, location, lot, package, qty, amount FROM stock_balance "
    "WHERE item = ? AND variant = ? AND location = ? AND lot = ?"
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Ask for stock beside hand-written SQL.")
    parser.add_argument("--entries", type=int, help="also ask after that many item entries")
    parser.add_argument("--in", dest="folder", help="a folder on the disk to be measured")
    options = parser.parse_args()
    sizes = [*SIZES, *([options.entries] if options.entries else [])]
    with workplace("On hand by item, location and lot", options.folder) as folder, ExitStack() as entered:
        sides = [side for entries in sizes for side in _sides(folder, entries, entered)]
        medians = [ms(side) / ASKED for side in interleaved(*sides)]
        for at, entries in enumerate(sizes):
            together, together_by_hand, alone, alone_by_hand = medians[at * 4 : at * 4 + 4]
            print(f"\n## {entries:,} entries, medians of {ROUNDS} rounds of {ASKED} questions")
            print(f"inside a transaction: {_beside(together, together_by_hand)}")
            print(f"a transaction each:   {_beside(alone, alone_by_hand)}")


def _beside(program: float, hand: float) -> str:
    return (
        f"program {program:.4f} ms, by hand {hand:.4f} ms, {verdict(program / hand, 5)}, {verdict(program, 0.1, ' ms')}"
    )


def _sides(folder: Path, entries: int, entered: ExitStack) -> list[list[Work]]:
    """Return the program's and the hand's rounds: the questions in one transaction, then each in its own."""
    path = folder / f"{entries}.db"
    items = min(entries, ITEMS)
    warehouse.make(path, items, tracking="LOT")
    warehouse.stock(path, items, lots=True)
    warehouse.age(path, entries)
    store = entered.enter_context(Store.open(str(path)))
    hand = entered.enter_context(closing(connect(path)))
    draw = random.Random(7)
    rounds = [[_key(draw.randrange(items)) for _ in range(ASKED)] for _ in range(ROUNDS)]
    check(store, hand, rounds[0])
    return [
        [partial(ask_together, store, keys) for keys in rounds],
        [partial(ask_together_by_hand, hand, keys) for keys in rounds],
        [partial(ask_one_by_one, store, keys) for keys in rounds],
        [partial(ask_one_by_one_by_hand, hand, keys) for keys in rounds],
    ]


def _key(number: int) -> Key:
    return warehouse.item_no(number), "", warehouse.LOCATION, warehouse.lot_no(number)


def _on_hand(books: Books, key: Key) -> list[StockRow]:
    return books.stock.on_hand(*key)


def check(store: Store, hand: sqlite3.Connection, keys: Sequence[Key]) -> None:
    """Raise AssertionError unless both sides answer the same, and exactly one row each."""
    for key in keys:
        (row,) = store.question(partial(_on_hand, key=key))
        assert hand.execute(BY_HAND, key).fetchall() == [tuple(shape_of(StockRow).row(row))]


def ask_together(store: Store, keys: Sequence[Key]) -> None:
    """Ask all in one transaction, as an answer at a terminal does."""

    def ask(books: Books) -> None:
        for key in keys:
            books.stock.on_hand(*key)

    store.question(ask)


def ask_together_by_hand(hand: sqlite3.Connection, keys: Sequence[Key]) -> None:
    """Ask all in one transaction."""
    hand.execute("BEGIN")
    for key in keys:
        hand.execute(BY_HAND, key).fetchall()
    hand.execute("COMMIT")


def ask_one_by_one(store: Store, keys: Sequence[Key]) -> None:
    """Ask each in a transaction of its own."""
    for key in keys:
        store.question(partial(_on_hand, key=key))


def ask_one_by_one_by_hand(hand: sqlite3.Connection, keys: Sequence[Key]) -> None:
    """Ask each in a transaction of its own."""
    for key in keys:
        hand.execute("BEGIN")
        hand.execute(BY_HAND, key).fetchall()
        hand.execute("COMMIT")


if __name__ == "__main__":
    main()
