"""What importing the AdventureWorks sample costs beside the same rows by hand: its items, then its opening stock.

`python -m benchmarks.importing [--in FOLDER]`: the goal is 4x. The sample is looked for in ../shared/data beside the
checkout; the site and the maps are those of docs/adventureworks. The files are read and mapped beforehand, on neither
side's time; the whole command, which reads, maps and checks every row before it posts, is timed besides.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks import warehouse
from benchmarks.by_hand import Both
from benchmarks.measuring import cpu_beside, interleaved, ms, verdict, workplace
from config.schema import load_site
from domain.books import Books
from domain.set_up import ApplySite, apply_site
from domain.site import Site
from domain.work.importing import import_items, import_stock
from storage.store import Store
from tui.command_line import importing
from tui.command_line.import_file import ImportFile, item_rows, stock_rows

CHECKOUT = Path(__file__).parent.parent
SAMPLE = CHECKOUT.parent / "shared" / "data" / "adventureworks"
MAPS = CHECKOUT / "docs" / "adventureworks"
REPETITIONS = 7


def main() -> None:
    """Measure and print, or say that the sample is not there."""
    parser = argparse.ArgumentParser(description="Import beside hand-written SQL.")
    parser.add_argument("--in", dest="folder", help="a folder on the disk to be measured")
    options = parser.parse_args()
    if not SAMPLE.is_dir():
        sys.exit(f"The sample is not there: {SAMPLE}.")
    items = item_rows(ImportFile(_options("items"), "items").good)
    stock = stock_rows(ImportFile(_options("stock"), "stock").good)

    def save_items(books: Books) -> None:
        import_items(books, warehouse.situation_at(books, warehouse.OPENED), items)

    def post_stock(books: Books) -> None:
        import_stock(books, warehouse.situation_at(books, warehouse.OPENED, "import-stock"), stock)

    with workplace("Importing AdventureWorks, SQLite FULL", options.folder) as folder:
        path = folder / "aisle.db"
        with Store.create(str(path)) as store:
            site = ApplySite(Site(), load_site(MAPS / "site.yaml"))
            warehouse.told(store, lambda books, situation: apply_site(books, situation, site))
        _measure("items", path, len(items.rows), save_items, importing.items)
        with Store.open(str(path)) as store:
            store.transaction(save_items)
        _measure("stock", path, sum(1 for row in stock.rows if row.line.qty), post_stock, importing.stock)


def _measure(
    kind: str, path: Path, rows: int, work: Callable[[Books], None], command: Callable[[Namespace], int]
) -> None:
    """Import the same rows into copies of a file, by the program, by hand, and by the whole command."""
    with ExitStack() as entered:
        pairs = [Both(_copy(path, f"{kind}-{number}"), [work], entered) for number in range(REPETITIONS)]
        commands = [_options(kind, _copy(path, f"{kind}-{number}-command")) for number in range(REPETITIONS)]
        program, hand, whole = interleaved(
            [both.program[0] for both in pairs],
            [both.by_hand[0] for both in pairs],
            [partial(_quietly, command, options) for options in commands],
        )
    for both in pairs:
        both.check()
    print(f"\n## {kind.capitalize()}: {rows:,} rows ({REPETITIONS} times)")
    print(f"program {ms(program):.1f} ms, by hand {ms(hand):.1f} ms, {verdict(ms(program) / ms(hand), 4)}")
    print(cpu_beside(program, hand))
    print(f"{pairs[0].written[0]}; the whole command {ms(whole):.1f} ms")


def _copy(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(f"{name}.db")))


def _options(kind: str, database: Path | None = None) -> Namespace:
    return Namespace(
        file=str(SAMPLE / f"{kind}.csv"),
        map=str(MAPS / f"{kind}-map.yaml"),
        database=str(database),
        rejects=None,
        preview=False,
        yes=True,
        failed=1,
    )


def _quietly(command: Callable[[Namespace], int], options: Namespace) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert command(options) == 0


if __name__ == "__main__":
    main()
