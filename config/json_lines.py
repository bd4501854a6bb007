"""Files of JSON lines as rows of columns: one object a line, the objects in its lists a row each.

The columns of `{"no": "K1", "lines": [{"item": "1000", "lots": [{"no": "L1"}]}]}` are `no`, `lines.item` and
`lines.lots.no`; `lines.#` is the place in the list, from 1. Lists without a column that is asked for are passed over.
Numbers keep the digits they are written with.

Not here: what a column means (import_map.py), CSV.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from config.scalars import Unreadable

SUFFIXES = (".jsonl", ".ndjson", ".json")
PLACE = "#"
_TRUTHS = {True: "true", False: "false", None: ""}


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that are not blank, with their numbers."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def rows_in(line: str, wanted: Collection[str]) -> list[dict[str, str]]:
    """Return the rows that one line makes, for the columns `wanted`.

    Raises Unreadable: it is not one JSON object, a list holds something else than objects, or two lists side by side
    are asked for.
    """
    try:
        value = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"is not JSON ({error})", "write one object a line") from error
    if not isinstance(value, dict):
        raise Unreadable("is no JSON object", 'write one object a line, {"no": "K1", ...}')
    return _rows(value, "", wanted)


def _rows(value: dict[str, Any], prefix: str, wanted: Collection[str]) -> list[dict[str, str]]:  # Any: all JSON holds
    """Return the rows of an object: its own values with those of each object in its list."""
    own: dict[str, str] = {}
    below: dict[str, list[dict[str, str]]] = {}
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, str):
            own[name] = inner
        elif not isinstance(inner, dict | list):
            own[name] = _TRUTHS[inner]
        elif any(column.startswith(f"{name}.") for column in wanted):
            below[name] = _rows_below(inner, name, wanted)
    several = [name for name, rows in below.items() if len(rows) > 1]
    if len(several) > 1:
        raise Unreadable(f"has lists side by side, {' and '.join(several)}", "take columns of one of them")
    rows = [own]
    for found in below.values():
        rows = [row | inner for row in rows for inner in found]
    return rows


def _rows_below(value: dict[str, Any] | list[Any], name: str, wanted: Collection[str]) -> list[dict[str, str]]:
    if isinstance(value, dict):
        return _rows(value, f"{name}.", wanted)
    if not all(isinstance(item, dict) for item in value):
        raise Unreadable(f'"{name}" holds something else than objects', 'write [{"item": "1000"}, ...]')
    rows = [
        row | {f"{name}.{PLACE}": str(place)}
        for place, item in enumerate(value, 1)
        for row in _rows(item, f"{name}.", wanted)
    ]
    return rows or [{}]


def with_reason(line: str, reason: str) -> str:
    """Return a line as it came with a reason as its last value; what is no object becomes one."""
    body = line.strip()
    try:
        is_object = isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        is_object = False
    if not is_object:
        return json.dumps({"line": body, "reason": reason}, ensure_ascii=False)
    told = json.dumps({"reason": reason}, ensure_ascii=False)[1:]
    return f"{body[:-1]}, {told}" if body[1:-1].strip() else f"{{{told}"
