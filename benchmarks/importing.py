"""What the import of the sample data costs beside the same rows by hand.

`python -m benchmarks.importing [--data FOLDER] [--in FOLDER]`: the 1,065 stock rows of AdventureWorks, mapped by
docs/adventureworks, posted through the door in one transaction; the goal of the import is 4x. The data lies beside the
checkout, in ../shared/data/adventureworks, and is not part of the repository.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measuring import interleaved, ms, verdict, workplace
from benchmarks.posting import Both
from config.import_map import mapped_rows, read_map
from config.schema import load_site
from domain.books import Books
from domain.posting import JournalLine
from domain.set_up import ApplySite, apply_site, site_in
from domain.work.importing import ImportItems, ImportStock, ItemRow, OpeningRow, import_items, import_stock
from storage.store import Store
from tui.command_line.system import system

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "adventureworks"
MAPS = ROOT / "docs" / "adventureworks"
TIMES = 5
GOAL = 4


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Import beside hand-written SQL.")
    parser.add_argument("--data", type=Path, default=DATA, help="where items.csv and stock.csv lie")
    parser.add_argument("--in", dest="folder", help="a folder on the disk to be measured")
    options = parser.parse_args()
    if not (options.data / "stock.csv").exists():
        print(f"No stock.csv in {options.data}: name its folder with --data.", file=sys.stderr)
        return 2
    with workplace("Import of AdventureWorks stock, SQLite FULL", options.folder) as folder:
        _measure(folder, options.data)
    return 0


def _measure(folder: Path, data: Path) -> None:
    first = folder / "import.db"
    _with_items(first, data)
    command = ImportStock(tuple(_opening_rows(data)))
    copies = [folder / f"import-{number}.db" for number in range(TIMES)]
    with ExitStack() as entered:
        sides = []
        for copy in copies:
            shutil.copy(first, copy)
            sides.append(Both(copy, [lambda books: import_stock(books, system(books), command)], entered))
        program = [work for both in sides for work in both.program]
        by_hand = [work for both in sides for work in both.by_hand]
        ours, theirs = (ms(side) for side in interleaved(program, by_hand))
    print(f"program {ours:.1f} ms, by hand {theirs:.1f} ms, {verdict(ours / theirs, GOAL)}; {sides[0].written[0]}")


def _with_items(path: Path, data: Path) -> None:
    """Make a database with the site and the items of the sample data."""
    rows = [
        ItemRow(row.row_no, str(row.values["no"]), {k: v for k, v in row.values.items() if k != "no" and v is not None})
        for row in mapped_rows(read_map(MAPS / "items-map.yaml", "items"), data / "items.csv")
    ]
    site = load_site(MAPS / "site.yaml")

    def prepared(books: Books) -> None:
        situation = system(books)
        apply_site(books, situation, ApplySite(site_in(books), site))
        import_items(books, situation, ImportItems(tuple(rows)))

    with Store.create(str(path)) as store:
        store.transaction(prepared)


def _opening_rows(data: Path) -> list[OpeningRow]:
    rows = mapped_rows(read_map(MAPS / "stock-map.yaml", "stock"), data / "stock.csv")
    return [OpeningRow(row.row_no, _line(row.values)) for row in rows]


def _line(values: dict[str, object]) -> JournalLine:
    return JournalLine(
        "positive_adj",
        str(values["item"]),
        values["qty"],
        location=str(values["location"]),
        bin=str(values["bin"] or ""),
    )


if __name__ == "__main__":
    sys.exit(main())
