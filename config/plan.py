"""What a changed site file would do: the difference of two sites, in lines for people (SITE-05).

Not here: the difference itself and the rules a change may break (domain/set_up.py).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from config.export import said
from config.forms import NO_RULES
from config.site_form import RULES
from domain.set_up import Change, changes
from domain.site import Site
from domain.values import plain

NOTHING = "-"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs, by its path inside the row: `session.idle_lock`."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes `new` of `old`, in reading order."""

    old: Site
    new: Site
    changes: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to do."""
        return not self.changes

    def lines(self) -> Iterator[str]:
        """Yield one line a row: `change bin WHITE W-01: ranking 100 -> 300`."""
        for change in self.changes:
            fields = field_changes(change)
            if change.new is None:
                yield f"remove {change.name}"
            elif change.old is None:
                told = ", ".join(f"{field.field} {field.new}" for field in fields)
                yield f"create {change.name}" + (f": {told}" if told else "")
            else:
                told = ", ".join(f"{field.field} {field.old} -> {field.new}" for field in fields)
                yield f"change {change.name}: {told}"


def plan(old: Site, new: Site) -> Plan:
    """Return what makes `new` of `old`."""
    return Plan(old, new, tuple(changes(old, new)))


def field_changes(change: Change) -> list[FieldChange]:
    """Return the fields that differ; of a row to be made those that are not as by default, of one to go none."""
    if change.new is None:
        return []
    if change.old is None:
        rules = RULES.get(type(change.new), NO_RULES)
        key = {rules.renamed.get(name, name) for name in change.new.KEY}
        made = {name: value for name, value in said(change.new).items() if name not in key}
        return [FieldChange(path, NOTHING, _shown(leaf)) for path, leaf in _leaves(made)]
    old, new = ({path: _shown(leaf) for path, leaf in _leaves(row)} for row in (change.old, change.new))
    paths = (*new, *(path for path in old if path not in new))
    told = (FieldChange(path, old.get(path, NOTHING), new.get(path, NOTHING)) for path in paths)
    return [field for field in told if field.old != field.new]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # Any: fields of every type
    """Yield the single values inside a row, as the file has them, with their paths."""
    if dataclasses.is_dataclass(value):
        rules = RULES.get(type(value), NO_RULES)
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        parts = {
            rules.renamed.get(name, name): rules.written[name](part) if name in rules.written else part
            for name, part in fields.items()
        }
    elif isinstance(value, dict):
        parts = value
    else:
        yield path, value
        return
    for name, part in parts.items():
        yield from _leaves(part, f"{path}.{name}" if path else name)


def _shown(value: Any) -> str:
    """Return a value as the site file has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(_shown(part) for part in value)}]"
    if isinstance(value, dict):
        return " ".join(f"{name} {_shown(part)}" for name, part in value.items())
    if dataclasses.is_dataclass(value):
        return " ".join(_shown(part) for _, part in _leaves(value))
    return value.isoformat() if isinstance(value, date) else str(value) if value not in (None, "") else NOTHING
