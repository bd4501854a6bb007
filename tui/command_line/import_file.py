"""The file of an import: its rows, what is wrong with each, the rejects, and the rows as the domain takes them.

Not here: how a column becomes a value (config/import_map.py), what the rows do (domain/work/importing.py and
order_import.py).
"""

from __future__ import annotations

import csv
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TextIO, TypeAlias

from config.import_fields import NEEDED
from config.import_map import MappedRow, mapped_rows, read_map, records
from config.json_lines import SUFFIXES, lines_of, with_reason
from domain.errors import SetupError
from domain.posting import JournalLine, TrackingRow
from domain.work.importing import ImportItems, ImportStock, ItemRow, OpeningRow, RowFault
from domain.work.order_import import ImportOrders, OrderRow
from tui.command_line.csv_fields import csv_field
from tui.command_line.printing import complain, counted
from tui.command_line.sentences import sentence

Rows: TypeAlias = Sequence[MappedRow]
NUMBERS = ("lot", "serial", "package", "expires")
_HEAD = (
    *("kind", "status", "location", "partner", "partner_name", "external_document_no", "order_date", "due", "priority"),
    "shipping_advice",
)


class Writer(Protocol):
    """What the csv module writes with."""

    def writerow(self, row: Iterable[str], /) -> object:
        """Write one row."""

    def writerows(self, rows: Iterable[Iterable[str]], /) -> None:
        """Write rows."""


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
    def sound(self) -> Rows:
        """Return the rows that have no fault of their own so far."""
        return [row for row in self._rows if row.row_no not in self._faults]

    @property
    def good(self) -> Rows:
        """Return the rows that may be imported: those without a fault, and of an order with a fault none."""
        rejected = self._rejected()
        return [row for row in self._rows if row.row_no not in rejected]

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
        """Write the rows that are left out as they came, each with the reason last."""
        form = self._map.csv
        is_json = self._path.suffix.lower() in SUFFIXES
        encoding = "utf-8" if is_json else form.encoding
        try:
            with path.open("x", encoding=encoding, errors="backslashreplace", newline="") as rejects:
                if is_json:
                    self._write_json(rejects)
                else:
                    self._write_csv(csv.writer(rejects, delimiter=form.delimiter, quoting=csv.QUOTE_ALL))
        except FileExistsError as error:
            raise SetupError("file_exists", file=str(path)) from error

    def _write_json(self, rejects: TextIO) -> None:
        rejected = self._rejected()
        rejects.writelines(
            f"{with_reason(line, rejected[number])}\n" for number, line in lines_of(self._path) if number in rejected
        )

    def _write_csv(self, writer: Writer) -> None:
        rejected = self._rejected()
        (_, header), *rows = records(self._map, self._path)
        writer.writerow([*header, "reason"])
        writer.writerows(
            [csv_field(cell) for cell in (*cells, rejected[line])] for line, cells in rows if line in rejected
        )

    def _rejected(self) -> dict[int, str]:
        """Return why each row that is left out is; rows of one order stay together."""
        rejected = {row: " ".join(faults) for row, faults in self._faults.items()}
        if self._map.kind != "orders":
            return rejected
        wrong = {str(row.values["no"]) for row in self._rows if row.row_no in rejected and row.values.get("no")}
        for row in self._rows:
            if row.values.get("no") in wrong:
                told = sentence("other_row_wrong", {"document": row.values["no"]})
                rejected.setdefault(row.row_no, f"{self._path}:{row.row_no}: {told}")
        return rejected


def item_rows(rows: Rows) -> ImportItems:
    """Return rows of items; a value the row is silent about stays as the card has it."""
    return ImportItems(tuple(_item_row(row) for row in rows))


def stock_rows(rows: Rows) -> ImportStock:
    """Return rows of opening stock."""
    return ImportStock(tuple(_stock_row(row) for row in rows))


def order_rows(rows: Rows, *, is_replacing: bool = False) -> ImportOrders:
    """Return rows of orders."""
    return ImportOrders(tuple(_order_row(row) for row in rows), is_replacing)


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
    numbers = {name: said.pop(name) for name in NUMBERS if name in said}
    tracking = (TrackingRow(**numbers),) if numbers else ()
    posting_date = said.pop("date", None)
    return OpeningRow(row.row_no, JournalLine("positive_adj", **said, tracking=tracking, posting_date=posting_date))


def _order_row(row: MappedRow) -> OrderRow:
    said = _said(row)
    numbers = {name: said.pop(name) for name in NUMBERS if name in said}
    head = {name: said.pop(name) for name in _HEAD if name in said}
    if "line_due" in said:
        said["due"] = said.pop("line_due")
    return OrderRow(
        row=row.row_no,
        no=said.pop("no"),
        head=head,
        line_key=said.pop("line", ""),
        numbers=TrackingRow(**numbers) if numbers else None,
        numbers_qty=said.pop("tracking_qty", None),
        line=said,
    )


def _said(row: MappedRow) -> dict[str, Any]:
    """Return the values a row has. Any: each field has a type of its own."""
    return {name: value for name, value in row.values.items() if value is not None}
