"""Where the value of a field comes from in a row of a CSV file: columns, fixed text, value tables.

Not here: which fields there are and what they want (import_fields.py), reading the file (import_map.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from config.forms import Findings, Path, Rules, form_of, shaped
from config.loader import Keyed, Node
from config.scalars import Unreadable, text

_COLUMN = re.compile(r"\{([^{}:]+)(?::0([1-9]))?\}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column inside a template; digits are filled up with zeros to `width`."""

    name: str
    width: int = 0

    def digits(self, row: Mapping[str, str]) -> str:
        """Return what stands in the row."""
        found = row[self.name]
        if self.width and found and not (found.isascii() and found.isdigit()):
            raise Unreadable(f'"{found}" is not a whole number', "write digits only")
        return found.zfill(self.width) if found else ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: text and columns put together, then looked up in a table where there is one."""

    parts: tuple[str | Column, ...]
    table: Mapping[str, str | None] | None = None
    when_empty: Source | None = None
    """Used when one of the columns is empty; None is no value."""

    def value(self, row: Mapping[str, str]) -> str | None:
        """Return the text for a row (columns without outer blanks), None where the row is silent.

        Raises Unreadable: the text is not in the table, or is no number where one is filled up.
        """
        texts = [part if isinstance(part, str) else part.digits(row) for part in self.parts]
        if "" in texts:
            return self.when_empty.value(row) if self.when_empty else None
        found = "".join(texts)
        if self.table is None:
            return found
        if found not in self.table:
            known = ", ".join(list(self.table)[:10])
            raise Unreadable(f'"{found}" is not in its table', f"write one of {known}, or add it there")
        return self.table[found]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of its own columns."""
        return tuple(part.name for part in self.parts if isinstance(part, Column))

    def all_columns(self) -> Iterator[str]:
        """Yield every column a value may need."""
        yield from self.columns
        if self.when_empty:
            yield from self.when_empty.all_columns()

    def fixed_texts(self) -> Iterator[str]:
        """Yield the texts that the map itself gives, whatever the row says."""
        if self.table is not None:
            yield from (text for text in self.table.values() if text is not None)
        elif not self.columns:
            yield "".join(str(part) for part in self.parts)
        if self.when_empty:
            yield from self.when_empty.fixed_texts()


@dataclass(frozen=True, slots=True)
class _Keys:
    """What a source says in its long form."""

    column: str = ""
    template: str = ""
    values: Mapping[str, str | None] | None = None
    when_empty: object = None


def _table(value: object) -> dict[str, str | None]:
    if not isinstance(value, dict) or not value:
        raise Unreadable("is not a table", "write `{what stands there: what it means}`")
    return {key: None if meaning is None else text(meaning) for key, meaning in value.items()}


_FORM = form_of(
    _Keys,
    {_Keys: Rules(shapes={"values": shaped(Any, _table), "when_empty": Any}, bare="template")},
)


def source_of(findings: Findings, path: Path, node: Node) -> Source | None:
    """Read a source: a template alone, or its long form; None after noting its faults."""
    given = findings.read(_FORM, path, node)
    if given is None:
        return None
    if ("column" in given) == ("template" in given):
        findings.add(path, "needs one of column and template", 'write {column: NAME} or "{NAME}"')
        return None
    template = given.get("template", "")
    parts = (Column(given["column"]),) if "column" in given else tuple(_parts(template))
    if any(isinstance(part, str) and set(part) & set("{}") for part in parts):
        findings.add(path, f'"{template}" has a brace too many', 'write columns like "{shelf}-{bin:02}"')
        return None
    when_empty = None
    if isinstance(node, Keyed) and "when_empty" in given:
        when_empty = source_of(findings, (*path, "when_empty"), node.entries["when_empty"].node)
    return Source(parts, given.get("values"), when_empty)


def _parts(template: str) -> Iterator[str | Column]:
    """Yield the fixed texts and columns of a template in order."""
    end = 0
    for found in _COLUMN.finditer(template):
        if found.start() > end:
            yield template[end : found.start()]
        yield Column(found[1], int(found[2] or 0))
        end = found.end()
    if end < len(template):
        yield template[end:]
