"""What a pick costs beside the same rows by hand: made of 100 order lines, a line taken, posted with 100 lines.

`python -m benchmarks.picking [--in FOLDER]`: goals are those of design.md, 4x for a line of a document and
2x a single answer.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from benchmarks import warehouse
from benchmarks.by_hand import Both, Posting
from benchmarks.measuring import Taken, cpu_beside, interleaved, ms, verdict, workplace
from domain.orders.documents import Order, OrderLine
from domain.records import Entity
from domain.situation import Situation
from domain.work.activities import Activity, ActivityLine
from domain.work.documents import Claim
from domain.work.pick_lines import TakeQuantity, take_quantity
from domain.work.pick_posting import PostPick, post_pick
from domain.work.picking import create_pick
from storage.store import Store

LINES = 100
DOCUMENTS = 20
WARM_UP = 2
TAKEN = Decimal(3)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Pick beside hand-written SQL.")
    parser.add_argument("--in", dest="folder", help="a folder on the disk to be measured")
    options = parser.parse_args()
    with workplace("Picking, SQLite FULL", options.folder) as folder:
        measured(folder, f"A pick made of {LINES} lines, per line", made, None, LINES)
        measured(folder, "A line of a pick taken", taken, 2)
        measured(folder, f"A pick of {LINES} lines posted, per line", posted, 4, LINES)


def measured(
    folder: Path, title: str, prepared: Callable[[Path], list[Posting]], goal: float | None, lines: int = 1
) -> None:
    """Run commands on both sides and print what they took."""
    path = folder / f"{prepared.__name__}.db"
    warehouse.make(path, LINES * DOCUMENTS)
    warehouse.stock(path, LINES * DOCUMENTS)
    with ExitStack() as entered:
        both = Both(path, prepared(path), entered)
        program, hand = (side[WARM_UP:] for side in interleaved(both.program, both.by_hand))
    print(f"\n## {title} ({len(program)} after {WARM_UP} to warm up)")
    print(f"{_beside(program, hand, goal, lines)}; {both.written[-1]}")
    both.check()


def made(path: Path) -> list[Posting]:
    """Return picks to make of released orders, each item in one bin."""
    situation = _kept(path, (entity for number in range(DOCUMENTS) for entity in _order(number)))
    return [partial(create_pick, situation=situation, order_no=f"SO{number}") for number in range(DOCUMENTS)]


def taken(path: Path) -> list[Posting]:
    """Return lines to take, each of another pick that somebody works on."""
    situation = _kept(path, (entity for number in range(DOCUMENTS) for entity in (*_order(number), *_pick(number))))

    def take(number: int) -> Posting:
        command = TakeQuantity(f"PICK{number}", (number + 1) * 10000, TAKEN)
        return lambda books: take_quantity(books, situation, command)

    return [take(number) for number in range(DOCUMENTS)]


def posted(path: Path) -> list[Posting]:
    """Return picks to post of which every line was taken."""
    entities = (entity for number in range(DOCUMENTS) for entity in (*_order(number), *_pick(number, TAKEN)))
    situation = _kept(path, entities)

    def post(number: int) -> Posting:
        now = replace(situation, operation_id=f"pick-{number:020}")
        return lambda books: post_pick(books, now, PostPick(f"PICK{number}"))

    return [post(number) for number in range(DOCUMENTS)]


def _order(number: int) -> list[Entity]:
    order = Order(f"SO{number}", "sales_order", warehouse.LOCATION, "released", partner="10000")
    return [order, *(_order_line(order.no, line, number * LINES + line) for line in range(LINES))]


def _order_line(order: str, line: int, item: int) -> OrderLine:
    return OrderLine(
        order=order,
        line_no=line + 1,
        item=warehouse.item_no(item),
        qty=TAKEN,
        qty_base=TAKEN,
        location=warehouse.LOCATION,
        uom="PCS",
    )


def _pick(number: int, to_handle: Decimal = Decimal(0)) -> list[Entity]:
    no = f"PICK{number}"
    pick = Activity(no, "pick", is_inventory=True, location=warehouse.LOCATION, order=f"SO{number}")
    lines = [_pick_line(no, line, number * LINES + line, to_handle) for line in range(LINES)]
    return [pick, Claim(no, "SYSTEM", "BENCH", warehouse.OPENED), *lines]


def _pick_line(pick: str, line: int, item: int, to_handle: Decimal) -> ActivityLine:
    return ActivityLine(
        activity=pick,
        line_no=(line + 1) * 10000,
        action="take",
        location=warehouse.LOCATION,
        item=warehouse.item_no(item),
        order_line=line + 1,
        uom="PCS",
        qty=TAKEN,
        qty_to_handle=to_handle,
        bin=warehouse.bin_code(item),
    )


def _kept(path: Path, entities: Iterable[Entity]) -> Situation:
    with Store.open(str(path)) as store:
        warehouse.told(store, lambda books, situation: warehouse.save(books, situation, entities))
        return store.question(lambda books: warehouse.situation_at(books, warehouse.OPENED))


def _beside(program: Sequence[Taken], hand: Sequence[Taken], goal: float | None, lines: int) -> str:
    ours, theirs = ms(program) / lines, ms(hand) / lines
    ratio = verdict(ours / theirs, goal) if goal else f"{ours / theirs:.3g}x (no goal: the hand need not search)"
    return f"program {ours:.3f} ms, by hand {theirs:.3f} ms, {ratio}; {cpu_beside(program, hand, lines)}"


if __name__ == "__main__":
    main()
