"""What late cost costs: a backdated receipt and late freight-like value under a long history, for each method.

`python -m benchmarks.costing [--entries N ...] [--in FOLDER]` (1000 and 10000 unless said otherwise). The reference is
an UPDATE of every later row of a table with the same columns, in one transaction on the same disk: the work of a system
that rewrites what comes after. Also: an item adjusted from nothing; a posting with automatic adjustment and without it.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

from benchmarks.measuring import ms, seconds, workplace
from domain.books import Books
from domain.costing.adjusting import AdjustCosts, Adjusted
from domain.items.card import Item
from domain.people.access import situation_of
from domain.people.rights import SYSTEM
from domain.posting import JournalLine, post
from domain.posting.valued import adjust_all
from domain.site import Location, Settings, SiteHead
from domain.situation import Situation
from storage import Store

METHODS = ("fifo", "lifo", "average", "standard")
DAYS = 1_000
FIRST = date(2024, 1, 1)
NOW = datetime(2027, 1, 4, 8, tzinfo=UTC)
BATCH = 1_000
POSTINGS = 200
NEVER = Settings(automatic_cost_adjustment="never")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Adjust costs beside rewriting all later rows.")
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--in", dest="folder", help="a folder on the disk to be measured")
    options = parser.parse_args()
    with workplace("Cost adjustment, SQLite FULL", options.folder) as folder:
        for costing in METHODS:
            for entries in options.entries:
                _method(folder, costing, entries)
            _postings(folder, costing, options.entries)


def _method(folder: Path, costing: str, entries: int) -> None:
    """Adjust a history from nothing, then once more under a receipt that is dated before all of it."""
    path = folder / f"{costing}-{entries}.db"
    _make(path, costing, entries)
    with Store.open(str(path)) as store:
        run: list[Adjusted] = []
        first = seconds(lambda: run.append(_adjust(store)))
        _post(store, [_line("purchase", FIRST - timedelta(days=1), 10, Decimal(99))])
        late = seconds(lambda: run.append(_adjust(store)))
    rewritten = seconds(lambda: _rewrite(path))
    print(
        f"{costing:8} {entries:7,} entries: from nothing {ms([first]):9.1f} ms, {run[0].written:7,} value entries; "
        f"backdated receipt {ms([late]):9.1f} ms, {run[1].written:7,} value entries; "
        f"rewriting {entries:,} rows {ms([rewritten]):9.1f} ms; {late / rewritten:6.2f}x its time"
    )


def _postings(folder: Path, costing: str, sizes: Sequence[int]) -> None:
    """Sell one piece at a time, with automatic adjustment and without, on the histories just adjusted."""
    for entries in sizes:
        times = []
        with Store.open(str(folder / f"{costing}-{entries}.db")) as store:
            for automatic in ("never", "always"):
                settings = replace(NEVER, automatic_cost_adjustment=automatic)
                lines = [_line("sale", NOW.date(), 1)]
                _adjust(store)
                times.append(ms([seconds(lambda: _post(store, lines, settings)) for _ in range(POSTINGS)]))  # noqa: B023
        never, always = times
        print(
            f"{costing:8} {entries:7,} entries: a posting {never:6.2f} ms, adjusted at once {always:6.2f} ms: "
            f"{always / never:5.2f}x"
        )


def _make(path: Path, costing: str, entries: int) -> None:
    """Make an item with a receipt of twenty and nine sales of one in turns, over a thousand days."""
    with Store.create(str(path)) as store:
        store.transaction(lambda books: _given(books, costing))
        lines = (_nth(number, FIRST + timedelta(days=number * DAYS // entries)) for number in range(entries))
        while some := list(islice(lines, BATCH)):
            _post(store, some)


def _given(books: Books, costing: str) -> None:
    situation = _situation(books, NEVER)
    with books.ledger.command(situation.head("change")):
        books.records.save(SiteHead(site="B", settings=NEVER))
        books.records.save(Location("MAIN"))
        books.records.save(Item("A", costing=costing, standard_cost=Decimal(5)))


def _nth(number: int, day: date) -> JournalLine:
    if number % 10:
        return _line("sale", day, 1)
    return _line("purchase", day, 20, Decimal(number % 7 + 3))


def _line(entry_type: str, day: date, qty: int, cost: Decimal | None = None) -> JournalLine:
    return JournalLine(entry_type, "A", Decimal(qty), location="MAIN", unit_cost=cost, posting_date=day)


def _post(store: Store, lines: Sequence[JournalLine], settings: Settings = NEVER) -> None:
    def work(books: Books) -> None:
        situation = _situation(books, settings)
        with books.ledger.command(situation.head("benchmark")):
            post(books, situation, lines, source="benchmark")

    store.transaction(work)


def _adjust(store: Store) -> Adjusted:
    return store.transaction(lambda books: adjust_all(books, _situation(books, NEVER), AdjustCosts()))


def _situation(books: Books, settings: Settings) -> Situation:
    return replace(situation_of(books.records, SYSTEM, now=NOW, terminal="BENCH"), settings=settings)


def _rewrite(path: Path) -> None:
    """Write every value row anew, as a table without an append-only rule allows."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript("PRAGMA synchronous=FULL; DROP TABLE IF EXISTS plain")
        raw.execute("CREATE TABLE plain AS SELECT * FROM value_entry WHERE adjustment = 0")
        raw.execute("CREATE UNIQUE INDEX plain__id ON plain (id)")
        numbers = raw.execute("SELECT id FROM plain").fetchall()
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany("UPDATE plain SET cost_amount_actual = cost_amount_actual + 1 WHERE id = ?", numbers)
        raw.execute("COMMIT")
        raw.execute("DROP TABLE plain")


if __name__ == "__main__":
    main()
