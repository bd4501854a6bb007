"""An import: the map says which column of a customer's file is which field of Aisle, the rows come one by one.

    csv: {encoding: utf-8, delimiter: ","}
    fields:
      no: "{Article}"             # a column
      base_uom: PCS               # the same in every row
      replenishment: {column: Make, values: {Buy: purchase, Build: assembly}}
      shelf_no: {template: "{shelf}-{bin:02}", when_empty: FLOOR}

Every row is told with all that is wrong in it (SITE-09). Not here: which fields there are (import_fields.py), how a
value is found in a row (columns.py), files of JSON lines (json_lines.py), what an import may change (domain/work).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from config.columns import Source, source_of
from config.faults import Fault, Place, SiteFaults
from config.forms import Findings, Path, Rules, form_of, shaped
from config.import_fields import BETWEEN, FIELDS, LISTS, NEEDED, Read, Value
from config.json_lines import SUFFIXES, lines_of, rows_in
from config.loader import Keyed, Listed, Node, load_yaml
from config.scalars import Unreadable, one_of, text

ENCODINGS = ("utf-8", "utf-16", "windows-1252", "windows-1250", "iso-8859-1", "iso-8859-2", "iso-8859-15", "cp850")
LARGEST_BYTES = 512 * 2**20
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ufffd]")  # U+FFFD stands for bytes that are no text in the encoding


def _delimiter(value: object) -> str:
    found = "\t" if value == "tab" else text(value)
    if len(found) != 1 or found in '"\r\n':
        raise Unreadable(f'"{value}" does not part columns', 'write "," or ";" or tab')
    return found


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How the file is written."""

    encoding: str = ENCODINGS[0]
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class _File:
    """The keys of a map."""

    fields: object
    csv: CsvForm = field(default_factory=CsvForm)


_FORM = form_of(
    _File,
    {
        _File: Rules(shapes={"fields": Any}),
        CsvForm: Rules(shapes={"encoding": shaped(str, one_of(*ENCODINGS)), "delimiter": shaped(str, _delimiter)}),
    },
)


@dataclass(frozen=True, slots=True)
class ImportMap:
    """Which fields an import fills, and from where."""

    kind: str
    """items, stock or orders."""
    csv: CsvForm
    sources: Mapping[str, tuple[Source, ...]]
    """Field to where its value comes from; several only for the lists."""

    @property
    def columns(self) -> list[str]:
        """Return the columns the map names, each once."""
        return list(
            dict.fromkeys(
                column for sources in self.sources.values() for one in sources for column in one.all_columns()
            )
        )


@dataclass(frozen=True, slots=True)
class MappedRow:
    """One row of the file."""

    row_no: int
    """The line of the file it starts on; rows of one JSON object have the same."""
    values: dict[str, Value]
    """The fields of the map; None where the row is silent. Fields with faults are left out."""
    faults: tuple[str, ...]
    """`file:line: column "quantity": what is wrong: what would be right`."""


def read_map(path: FilePath, kind: str) -> ImportMap:
    """Read a map of a kind of import.

    Raises SiteFaults: everything that is wrong with it.
    """
    root = load_yaml(path)
    findings = Findings(root)
    given = findings.read(_FORM, (), root)
    node = root.entries["fields"].node if isinstance(root, Keyed) and "fields" in root.entries else None
    sources: dict[str, tuple[Source, ...]] = {}
    if isinstance(node, Keyed):
        for name, entry in node.entries.items():
            if name in FIELDS[kind]:
                sources[name] = tuple(_sources(findings, name, entry.node, FIELDS[kind][name]))
            else:
                findings.add_unknown_key(("fields", name), FIELDS[kind])
        for name in NEEDED[kind]:
            if name not in node.entries:
                findings.add(("fields",), f"{name} is missing", f'write `{name}: "{{its column}}"`')
    elif node is not None:
        findings.add(("fields",), "is not a mapping", 'write one field a line, `item: "{its column}"`')
    findings.finish()
    return ImportMap(kind, (given or {}).get("csv", CsvForm()), sources)


def _sources(findings: Findings, name: str, node: Node, read: Read) -> list[Source]:
    """Read the sources of one field; what the map itself says is judged here, once."""
    rows: list[tuple[Path, Node]] = [(("fields", name), node)]
    if isinstance(node, Listed) and name in LISTS:
        rows = [(("fields", name, index), row) for index, row in enumerate(node.nodes)]
    found = []
    for path, row in rows:
        if source := source_of(findings, path, row):
            found.append(source)
            for fixed in source.fixed_texts():
                try:
                    read(fixed)
                except Unreadable as error:
                    findings.add(path, error.wrong, error.right)
    return found


def mapped_rows(map: ImportMap, path: FilePath) -> Iterator[MappedRow]:
    """Return the rows of a file, read as they are asked for; empty lines are passed over.

    Raises SiteFaults: the file cannot be read, or it lacks columns that the map names.
    """
    if path.suffix.lower() in SUFFIXES:
        return iter(_rows_of_json(map, path))
    lines = records(map, path)
    line, header = next(lines, (1, []))
    names = [name.strip() for name in header]
    missing = [column for column in map.columns if names.count(column) != 1]
    if missing:
        wrong = f"not one column of the name {' or '.join(missing)}"
        raise SiteFaults([Fault(Place(str(path), line), "", wrong, f"the columns are {', '.join(names) or 'none'}")])
    return _rows(map, path, lines, names)


def _rows(
    map: ImportMap, path: FilePath, lines: Iterator[tuple[int, list[str]]], names: list[str]
) -> Iterator[MappedRow]:
    try:
        for line, cells in lines:
            if len(cells) == len(names):
                row = dict(zip(names, (cell.strip() for cell in cells), strict=True))
                yield _mapped(map, Place(str(path), line), row)
            else:
                wrong = f"has {len(cells)} columns where the first line has {len(names)}"
                fault = Fault(Place(str(path), line), "", wrong, "quote texts that hold the delimiter")
                yield MappedRow(line, {}, (str(fault),))
    except SiteFaults as error:
        yield MappedRow(error.faults[0].place.line, {}, (str(error),))


def _rows_of_json(map: ImportMap, path: FilePath) -> list[MappedRow]:
    """Return the rows of JSON lines, whose objects may leave out what they do not say."""
    rows: list[MappedRow] = []
    blank = dict.fromkeys(map.columns, "")
    known: dict[str, None] = {}
    try:
        _refuse_too_large(path)
        for number, line in lines_of(path):
            place = Place(str(path), number)
            try:
                for row in rows_in(line, blank):
                    known |= dict.fromkeys(row)
                    rows.append(_mapped(map, place, blank | {name: text.strip() for name, text in row.items()}))
            except Unreadable as error:
                rows.append(MappedRow(number, {}, (str(Fault(place, "", error.wrong, error.right)),)))
    except OSError as error:
        raise _unreadable(path, error) from error
    needed = [source for name in NEEDED[map.kind] for source in map.sources[name] if source.when_empty is None]
    missing = [column for source in needed for column in source.columns if column not in known]
    if missing and known:
        wrong = f"no object has {' or '.join(missing)}"
        raise SiteFaults([Fault(Place(str(path)), "", wrong, f"the columns are {', '.join(known)}")])
    return rows


def _mapped(map: ImportMap, place: Place, row: dict[str, str]) -> MappedRow:
    values: dict[str, Value] = {}
    faults: list[str] = []
    for name, sources in map.sources.items():
        try:
            texts = [found for source in sources if (found := source.value(row)) is not None]
            values[name] = FIELDS[map.kind][name](_clean(BETWEEN.join(texts))) if texts else None
        except Unreadable as error:
            faults.append(str(Fault(place, _columns(name, sources), error.wrong, error.right)))
    return MappedRow(place.line, values, tuple(faults))


def _clean(found: str) -> str:
    if _NOT_TEXT.search(found):
        raise Unreadable(
            "holds a character that is no text", "take it out, or name the encoding of the file in the map"
        )
    return found


def _columns(name: str, sources: tuple[Source, ...]) -> str:
    """Return what a fault is about: the columns a value came from, else the field."""
    columns = [f'"{column}"' for source in sources for column in source.columns]
    return f"column {' and '.join(columns)}" if columns else name


def records(map: ImportMap, path: FilePath) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of the file as they stand there, with the line each starts on; the first one is the names."""
    line = 1
    encoding = "utf-8-sig" if map.csv.encoding == "utf-8" else map.csv.encoding
    try:
        _refuse_too_large(path)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=map.csv.delimiter, strict=True)
            for cells in reader:
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1
    except OSError as error:
        raise _unreadable(path, error) from error
    except (csv.Error, UnicodeError) as error:
        raise SiteFaults(
            [Fault(Place(str(path), line), "", f"is not CSV ({error})", "look for a quote that is not closed")]
        ) from error


def _refuse_too_large(path: FilePath) -> None:
    if path.stat().st_size > LARGEST_BYTES:
        raise SiteFaults([Fault(Place(str(path)), "", "is over 512 MiB", "split it")])


def _unreadable(path: FilePath, error: OSError) -> SiteFaults:
    wrong = f"cannot be read ({error.strerror or 'unreadable'})"
    return SiteFaults([Fault(Place(str(path)), "", wrong, "name a readable file")])
