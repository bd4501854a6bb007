"""How a table is declared: a dataclass of the domain gives the columns, the rules beside it give the constraints.

Models declare the schema and nothing else runs through them; rows are read and written in books/.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn

import peewee

from domain.errors import InvariantBroken
from storage.columns import Column, quoted, shape_of, table_of

TEXT_LIMIT = 250
"""Codes, names and descriptions, in characters; what is JSON or whole records is not limited."""


class Table(peewee.Model):
    """A table that is updated in place."""

    TRIGGERS: ClassVar[tuple[str, ...]] = ()


class AppendOnly(Table):
    """A table whose rows stay as they were written (LED-01, SAF-05); its triggers say so to everybody else."""

    TRIGGERS = ("UPDATE", "DELETE")

    @classmethod
    def update(cls, *_: object, **__: object) -> NoReturn:
        """Refuse."""
        raise InvariantBroken(f"{cls.__name__} is append-only")

    delete = replace = replace_many = update


def table(
    kind: type,
    *checks: str,
    key: Sequence[str] = (),
    name: str = "",
    unlimited: Sequence[str] = (),
    base: type[Table] = Table,
    indexes: Sequence[str] = (),
    without_rowid: bool = False,
) -> type[Table]:
    """Return the model of a dataclass; an entity knows its key, the others are told theirs.

    `checks` are SQL conditions, `indexes` whole statements, `unlimited` the texts that may be longer than 250
    characters.
    """
    key = key or kind.KEY  # type: ignore[attr-defined] # an entity; a class without a key fails here
    single = key[0] if len(key) == 1 else None
    fields = {
        column.name: _field(column, limited=column.name not in unlimited, is_key=column.name == single)
        for column in shape_of(kind).columns
    }
    meta = {
        "table_name": name or table_of(kind),
        "constraints": [peewee.Check(check) for check in checks],
        "indexes": [peewee.SQL(index) for index in indexes],
        "strict_tables": True,
        "without_rowid": without_rowid,
    }
    if single is None:
        meta["primary_key"] = peewee.CompositeKey(*key)
    return type(kind.__name__, (base,), {**fields, "Meta": type("Meta", (), meta)})


def one_of(name: str, *values: str) -> str:
    """Return the check of an enumeration."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return f'"{name}" IN ({allowed})'


def index(name: str, *columns: str, where: str = "") -> str:
    """Return the statement of an index called `table__purpose`."""
    text = f'CREATE INDEX "{name}" ON "{name.partition("__")[0]}" ({quoted(columns)})'
    return f"{text} WHERE {where}" if where else text


def triggers(model: type[Table]) -> list[str]:
    """Return the statements that make a table append-only for every program."""
    name = model._meta.table_name  # noqa: SLF001 - Peewee's public name for it
    return [
        f'CREATE TRIGGER "{name}__no_{event.lower()}" BEFORE {event} ON "{name}" '
        f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        for event in model.TRIGGERS
    ]


def _field(column: Column, *, limited: bool, is_key: bool) -> Any:
    settings: dict[str, Any] = {"null": column.optional, "primary_key": is_key}
    if column.type is str and limited:
        settings["constraints"] = [peewee.Check(f'length("{column.name}") <= {TEXT_LIMIT}')]
    if column.type is bool:
        settings["constraints"] = [peewee.Check(f'"{column.name}" IN (0, 1)')]
        return peewee.BooleanField(**settings)
    if column.type in (str, object):
        return peewee.TextField(**settings)
    return peewee.BlobField(**settings) if column.type is bytes else peewee.BigIntegerField(**settings)
