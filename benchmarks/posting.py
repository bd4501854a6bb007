"""What a posting costs beside the same rows by hand: one line, a count and opening stock of 1,000, a long history.

`python -m benchmarks.posting [--entries N] [--in FOLDER]`: goals of design.md are 2x, 4x, 4x, and 2x from 1,000 entries
to N (100,000 unless said otherwise; 10000000 takes some minutes and 12 GB).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from benchmarks import warehouse
from benchmarks.by_hand import Both, Posting
from benchmarks.measuring import Taken, cpu_beside, interleaved, ms, verdict, workplace
from domain.situation import Situation
from domain.work.adjusting import PostAdjustment, post_adjustment
from domain.work.count_posting import PostCount, post_count
from domain.work.documents import CountJournal, CountLine
from domain.work.opening import opening_lines, post_opening
from storage.store import Store

SIZES = (1_000, 100_000)
ITEMS = 10_000
WARM_UP = 50
ONE_LINE = 400
DOCUMENTS = 7
LINES = 1_000
COMPARED = 1_000_000
"""Files up to this many entries are compared whole in the end."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Post beside hand-written SQL.")
    parser.add_argument("--entries", type=int, help="also post on a history of that many item entries")
    parser.add_argument("--in", dest="folder", help="a folder on the disk to be measured")
    options = parser.parse_args()
    with workplace("Posting, SQLite FULL", options.folder) as folder:
        one_line(folder, [*SIZES, *([options.entries] if options.entries else [])])
        documents("count", folder, count_to_post)
        documents("opening stock", folder, opening_stock)


def one_line(folder: Path, sizes: Sequence[int]) -> None:
    """Adjust an item in its bin by one piece, up and down in turns, another item each time."""
    print(f"\n## One line: an adjustment of one piece in a bin ({ONE_LINE} after {WARM_UP} to warm up)")
    with ExitStack() as entered:
        sides: list[Both] = []
        for entries in sizes:
            path = folder / f"{entries}.db"
            items = min(entries, ITEMS)
            warehouse.make(path, items)
            warehouse.stock(path, items)
            warehouse.age(path, entries)
            sides.append(Both(path, _adjustments(path, items), entered))
        times = interleaved(*(works for both in sides for works in (both.program, both.by_hand)))
    warm = [side[WARM_UP:] for side in times]
    for entries, both, program, hand in zip(sizes, sides, warm[::2], warm[1::2], strict=True):
        print(f"{entries:>10,} entries: {_beside(program, hand, 2)}; {both.written[-1]}")
        print(f"{'':>10}  {verdict(ms(program) / ms(warm[0]), 2)} of the program's time at {sizes[0]:,}")
        if entries <= COMPARED:
            both.check()


def _adjustments(path: Path, items: int) -> list[Posting]:
    situation, moments = _situation(path), warehouse.moments()
    draw = random.Random(7)

    def adjustment(number: int) -> Posting:
        item = draw.randrange(items)
        command = PostAdjustment(
            item=warehouse.item_no(item),
            qty=Decimal(1 if number % 2 else -1),
            location=warehouse.LOCATION,
            bin=warehouse.bin_code(item),
            reason=warehouse.REASON,
        )
        now = replace(situation, now=next(moments), operation_id=f"adjustment-{number:020}")
        return lambda books: post_adjustment(books, now, command)

    return [adjustment(number) for number in range(WARM_UP + ONE_LINE)]


def documents(name: str, folder: Path, prepared: Callable[[Path], list[Posting]]) -> None:
    """Post documents of many lines, each in one transaction."""
    print(f"\n## {name.capitalize()} of {LINES:,} lines, per line ({DOCUMENTS} of them)")
    path = folder / f"{name}.db"
    warehouse.make(path, LINES * DOCUMENTS)
    with ExitStack() as entered:
        both = Both(path, prepared(path), entered)
        program, hand = interleaved(both.program, both.by_hand)
    print(f"{_beside(program, hand, 4, LINES)}; {both.written[-1]}")
    both.check()


def opening_stock(path: Path) -> list[Posting]:
    """Return opening stock of items that never lay anywhere."""
    situation = _situation(path)

    def opening(number: int) -> Posting:
        lines = warehouse.opening(range(number * LINES, (number + 1) * LINES))
        now = replace(situation, operation_id=f"opening-{number:020}")
        return lambda books: post_opening(books, now, opening_lines(lines))

    return [opening(number) for number in range(DOCUMENTS)]


def count_to_post(path: Path) -> list[Posting]:
    """Return finished counts of stocked items, each line one piece more or less than the books say."""
    warehouse.stock(path, LINES * DOCUMENTS)
    situation = _situation(path)

    def counted(number: int) -> Posting:
        journal = CountJournal(f"C{number}", warehouse.LOCATION, "", "finished", "SYSTEM", situation.now)
        lines = [_counted(journal, line, number * LINES + line) for line in range(LINES)]
        with Store.open(str(path)) as store:
            warehouse.told(store, lambda books, told: warehouse.save(books, told, [journal, *lines]))
        now = replace(situation, operation_id=f"count-{number:020}")
        return lambda books: post_count(books, now, PostCount(journal.no))

    return [counted(number) for number in range(DOCUMENTS)]


def _counted(journal: CountJournal, line: int, item: int) -> CountLine:
    return CountLine(
        journal=journal.no,
        line_no=line + 1,
        item=warehouse.item_no(item),
        variant="",
        bin=warehouse.bin_code(item),
        lot="",
        serial="",
        package="",
        expires=None,
        uom="PCS",
        listed=True,
        qty_calculated=Decimal(100),
        snapshot_at=journal.opened_at,
        qty_counted=Decimal(101 if line % 2 else 99),
        counted_at=journal.opened_at,
        counted_by="SYSTEM",
    )


def _situation(path: Path) -> Situation:
    with Store.open(str(path), read_only=True) as store:
        return store.question(lambda books: warehouse.situation_at(books, warehouse.OPENED))


def _beside(program: Sequence[Taken], hand: Sequence[Taken], goal: float, lines: int = 1) -> str:
    ours, theirs = ms(program) / lines, ms(hand) / lines
    return (
        f"program {ours:.3f} ms, by hand {theirs:.3f} ms, {verdict(ours / theirs, goal)}; "
        f"{cpu_beside(program, hand, lines)}"
    )


if __name__ == "__main__":
    main()
