"""What a question for stock costs beside the same query by hand, in process.

`python -m benchmarks.on_hand [--entries N] [--in FOLDER]`: on hand by item, location and lot; what lies in a bin of it.
Goals of design.md: 5x the query, under 0.1 ms, flat from 1,000 entries to N (100,000 unless said otherwise).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks import warehouse
from benchmarks.by_hand import connect
from benchmarks.measuring import ms, verdict, workplace
from domain.books import Books
from storage.store import Store

ENTRIES = 100_000
SMALL = 1_000
ITEMS = 10_000
ASKED = 5_000
GOAL, MOST_MS = 5, 0.1

ON_HAND = "SELECT item, variant, location, lot, package, qty, amount FROM stock_balance WHERE item = ? AND variant = ''"
ON_HAND += " AND location = ? AND lot = '' AND package = ''"
IN_BIN = "SELECT variant, uom, lot, serial, package, qty, qty_base FROM bin_balance"
IN_BIN += " WHERE location = ? AND bin = ? AND item = ?"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Questions for stock beside hand-written SQL.")
    parser.add_argument("--entries", type=int, default=ENTRIES, help="item entries of the larger history")
    parser.add_argument("--in", dest="folder", help="a folder on the disk to be measured")
    options = parser.parse_args()
    with workplace("On hand, in process", options.folder) as folder:
        for entries in (SMALL, options.entries):
            _measure(folder / f"{entries}.db", entries)


def _measure(path: Path, entries: int) -> None:
    items = min(entries, ITEMS)
    warehouse.make(path, items)
    warehouse.stock(path, items)
    warehouse.age(path, entries)
    draw = random.Random(7)
    asked = [draw.randrange(items) for _ in range(ASKED)]
    with Store.open(str(path)) as store, closing(connect(path)) as hand:

        def on_hand(books: Books, number: int) -> object:
            return books.stock.on_hand(warehouse.item_no(number), "", warehouse.LOCATION, "")

        def in_bin(books: Books, number: int) -> object:
            return books.bins.in_bin(warehouse.LOCATION, warehouse.bin_code(number), warehouse.item_no(number))

        print(f"\n## {entries:,} entries ({ASKED:,} items asked)")
        by_hand = [(warehouse.item_no(number), warehouse.LOCATION) for number in asked]
        _compare("on hand", store, on_hand, asked, lambda at: hand.execute(ON_HAND, by_hand[at]).fetchall())
        bins = [(warehouse.LOCATION, warehouse.bin_code(number), warehouse.item_no(number)) for number in asked]
        _compare("in a bin", store, in_bin, asked, lambda at: hand.execute(IN_BIN, bins[at]).fetchall())


def _compare(
    what: str,
    store: Store,
    question: Callable[[Books, int], object],
    asked: list[int],
    query: Callable[[int], object],
) -> None:
    """Ask both sides in turns inside one read transaction, and print the medians."""

    def measured(books: Books) -> tuple[list[float], list[float]]:
        ours, theirs = [], []
        for at, number in enumerate(asked):
            start = perf_counter()
            question(books, number)
            between = perf_counter()
            query(at)
            theirs.append(perf_counter() - between)
            ours.append(between - start)
        return ours, theirs

    ours, theirs = (ms(times) for times in store.question(measured))
    print(f"{what}: program {ours:.4f} ms ({'under' if ours < MOST_MS else 'over'} {MOST_MS} ms), ", end="")
    print(f"by hand {theirs:.4f} ms, {verdict(ours / theirs, GOAL)}")


if __name__ == "__main__":
    main()
