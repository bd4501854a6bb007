"""The file of an import: its rows, what is wrong with each, the rejects, and the rows as the domain takes them.

Not here: how a column becomes a value (config/import_map.py), what the rows do (domain/work/importing.py).
"""

from __future__ import annotations

import csv
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from config.import_fields import NEEDED
from config.import_map import MappedRow, mapped_rows, read_map, records
from domain.errors import SetupError
from domain.posting import JournalLine, TrackingRow
from domain.work.importing import ImportItems, ImportStock, ItemRow, OpeningRow, RowFault
from tui.command_line.csv_fields import csv_field
from tui.command_line.printing import complain, counted
from tui.command_line.sentences import sentence

Rows: TypeAlias = Sequence[MappedRow]


class ImportFile:
    """The rows of a file, and what is wrong with each."""

    def __init__(self, options: Namespace, kind: str) -> None:
        self._path = Path(options.file)
        self._map = read_map(Path(options.map), kind)
        self._rows = list(mapped_rows(self._map, self._path))
        self._faults: dict[int, list[str]] = {row.row_no: list(row.faults) for row in self._rows if row.faults}
        for row in self._rows:
            silent = [name for name in NEEDED[kind] if row.values.get(name, "") is None]
            self.note(RowFault(row.row_no, name, "missing", {"what": name}) for name in silent)

    @property
    def good(self) -> Rows:
        """Return the rows that have no fault so far."""
        return [row for row in self._rows if row.row_no not in self._faults]

    @property
    def faults(self) -> str:
        """Return how much is wrong, "" for nothing."""
        count = sum(len(faults) for faults in self._faults.values())
        return f"{counted(count, 'fault')} in {counted(len(self._faults), 'row')}" if count else ""

    def note(self, faults: Iterable[RowFault]) -> None:
        """Add what is wrong with rows."""
        for fault in faults:
            columns = [f'"{name}"' for source in self._map.sources.get(fault.field, ()) for name in source.columns]
            where = [f"column {' and '.join(columns)}"] if columns else []
            told = ": ".join([f"{self._path}:{fault.row}", *where, sentence(fault.code, fault.facts)])
            self._faults.setdefault(fault.row, []).append(told)

    def tell(self) -> None:
        """Show every fault, by row."""
        for _, faults in sorted(self._faults.items()):
            complain("\n".join(faults))

    def write_rejects(self, path: Path) -> None:
        """Write the rows that have a fault as they came, with the reason in a last column."""
        form = self._map.csv
        try:
            with path.open("x", encoding=form.encoding, errors="backslashreplace", newline="") as rejects:
                writer = csv.writer(rejects, delimiter=form.delimiter, quoting=csv.QUOTE_ALL)
                (_, header), *rows = records(self._map, self._path)
                writer.writerow([*header, "reason"])
                for line, cells in rows:
                    if line in self._faults:
                        writer.writerow([csv_field(cell) for cell in (*cells, " ".join(self._faults[line]))])
        except FileExistsError as error:
            raise SetupError("file_exists", file=str(path)) from error


def item_rows(rows: Rows) -> ImportItems:
    """Return rows of items; a value the row is silent about stays as the card has it."""
    return ImportItems(tuple(_item_row(row) for row in rows))


def stock_rows(rows: Rows) -> ImportStock:
    """Return rows of opening stock."""
    return ImportStock(tuple(_stock_row(row) for row in rows))


def _item_row(row: MappedRow) -> ItemRow:
    said = _said(row)
    return ItemRow(
        row=row.row_no,
        no=said.pop("no"),
        units=said.pop("uoms", {}),
        variants=said.pop("variants", ()),
        identifiers=said.pop("identifiers", {}),
        fields=said,
    )


def _stock_row(row: MappedRow) -> OpeningRow:
    said = _said(row)
    numbers = {name: said.pop(name) for name in ("lot", "serial", "package", "expires") if name in said}
    tracking = (TrackingRow(**numbers),) if numbers else ()
    posting_date = said.pop("date", None)
    return OpeningRow(row.row_no, JournalLine("positive_adj", **said, tracking=tracking, posting_date=posting_date))


def _said(row: MappedRow) -> dict[str, Any]:
    """Return the values a row has. Any: each field has a type of its own."""
    return {name: value for name, value in row.values.items() if value is not None}
