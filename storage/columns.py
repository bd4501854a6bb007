"""How a dataclass or named tuple lies in a table: one column a field, each value converted both ways (storage-notes 1).

Quantities, money and costs are integers of 10^-5, dates are days since 1970-01-01, moments are microseconds UTC; a
field that is itself a dataclass, a tuple or a mapping is one text column of JSON. An absent optional value is NULL.

Not here: the tables' constraints (tables/), and which statement reads or writes a row (books/).
"""

from __future__ import annotations

import functools
import json
import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any, Generic, TypeAlias, TypeVar

from domain.errors import InvariantBroken
from domain.values import LARGEST, QTY_STEP, ZERO, plain

T = TypeVar("T")
Value: TypeAlias = str | int | bytes | None
"""What a column holds."""
Convert: TypeAlias = Callable[[Any], Any]  # each is called with the one type of its column

_UNITS = Decimal(100_000)
_LARGEST = int(LARGEST * _UNITS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)


@functools.lru_cache(maxsize=4096)
def scaled(value: Decimal) -> int:
    """Return a quantity or an amount in units of 10^-5; one posting keeps the same figure a dozen times."""
    if not value:
        return 0
    units = value * _UNITS
    whole = int(units)
    if whole != units or abs(whole) > _LARGEST:
        raise InvariantBroken(f"{value} has more than five decimals or is too large to be kept")
    return whole


def unscaled(units: int) -> Decimal:
    """Return the quantity or amount kept as `units` of 10^-5."""
    return Decimal(units) * QTY_STEP if units else ZERO


@functools.lru_cache(maxsize=64)
def microseconds(moment: datetime) -> int:
    """Return a moment (with its time zone) in microseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(micros: int) -> datetime:
    """Return the UTC moment kept as microseconds."""
    return _EPOCH + timedelta(0, 0, micros)


def days(day: date) -> int:
    """Return a date in days since 1970-01-01."""
    return day.toordinal() - _EPOCH_DAY


def day_of(number: int) -> date:
    """Return the date kept as days."""
    return date.fromordinal(number + _EPOCH_DAY)


_CONVERSIONS: dict[object, tuple[Convert | None, Convert | None]] = {
    str: (None, None),
    int: (None, None),
    bytes: (None, None),
    bool: (None, bool),
    Decimal: (scaled, unscaled),
    date: (days, day_of),
    datetime: (microseconds, moment_of),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field as it is kept. A conversion of None leaves the value as it is; an absent value needs none."""

    name: str
    type: type
    """str, int, bytes, bool, Decimal, date or datetime; `object` is JSON."""
    optional: bool
    to_row: Convert | None
    from_row: Convert | None


class Shape(Generic[T]):
    """The columns of one dataclass or named tuple, and its rows made and read."""

    def __init__(self, kind: type[T]) -> None:
        hints = typing.get_type_hints(kind)
        names = [name for name, hint in hints.items() if typing.get_origin(hint) is not typing.ClassVar]
        self.kind = kind
        self.columns = tuple(_column(name, hints[name]) for name in names)
        self.names = tuple(names)
        self.values: Callable[[Any], tuple[Any, ...]] = tuple_of(names)
        """Returns the values of an entity as they are."""
        self.row: Callable[[T], list[Any]]
        """Returns the values of an entity as its columns hold them, in their order; Any: each has its own type."""
        self.entity: Callable[[Sequence[Value]], T]
        """Returns the entity whose columns hold these values."""
        self.row, self.entity = _both_ways(kind, self.columns)


def _both_ways(
    kind: type[T], columns: Sequence[Column]
) -> tuple[Callable[[T], list[Any]], Callable[[Sequence[Value]], T]]:
    """Return what makes a row of an entity, and an entity of a row.

    Both are written for these columns, as `dataclass` writes `__init__`: a loop over the columns takes twice as long.
    A frozen class sets each field by a call of its own, two thirds of the time a row takes to be read. A thawed twin
    with the same slots sets them directly, and is declared to be of the frozen class then.
    """
    names = [column.name for column in columns]
    to_row = [_converted(f"entity.{column.name}", "_to", column, column.to_row) for column in columns]
    from_row = [_converted(column.name, "_from", column, column.from_row) for column in columns]
    made = [f"return _kind({', '.join(from_row)})"]
    if getattr(kind, "__slots__", None) == tuple(names) and not hasattr(kind, "__post_init__"):
        sets = [f"_made.{name} = {value}" for name, value in zip(names, from_row, strict=True)]
        made = ["_made = _thawed()", *sets, "_made.__class__ = _kind", "return _made"]
    source = (
        f"def row(entity): return [{', '.join(to_row)}]\n"
        f"def entity(_row): {', '.join(names)}, = _row; {'; '.join(made)}"
    )
    known: dict[str, Any] = {"_kind": kind, "_thawed": type(kind.__name__, (), {"__slots__": names})}
    known |= {f"_to_{column.name}": column.to_row for column in columns}
    known |= {f"_from_{column.name}": column.from_row for column in columns}
    exec(source, known)  # noqa: S102 - written of field names alone
    return known["row"], known["entity"]


def _converted(value: str, way: str, column: Column, convert: Convert | None) -> str:
    """Return the expression that converts the value of a column one way; an absent one stays absent."""
    if convert is None:
        return value
    call = f"{way}_{column.name}({value})"
    return f"None if {value} is None else {call}" if column.optional else call


_SHAPES: dict[type, Shape[Any]] = {}


def shape_of(kind: type[T]) -> Shape[T]:
    """Return the shape of a dataclass, made once."""
    if kind not in _SHAPES:
        _SHAPES[kind] = Shape(kind)
    return _SHAPES[kind]


def tuple_of(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return what gives these fields of an object as a tuple, even a single one."""
    fields = attrgetter(*names)
    return fields if len(names) > 1 else lambda entity: (fields(entity),)


def table_of(kind: type) -> str:
    """Return the name of a class in snake case, which is that of its table (domain/records.py)."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def quoted(names: Sequence[str]) -> str:
    """Return column names as SQL: in quotes (some are its keywords), with commas between."""
    return ", ".join(f'"{name}"' for name in names)


def holders(count: int) -> str:
    """Return the placeholders of `count` values."""
    return ", ".join("?" * count)


def as_json(value: object) -> str:
    """Return any value of a field as compact JSON: decimals, dates and moments as text."""
    return _encode(value)


def as_text(value: object) -> str:
    """Return any value of a field as people read it: text as it is, nothing for None, the rest as JSON has it."""
    if value is None:
        return ""
    bare = _bare(value) if isinstance(value, (Decimal, date, bytes)) else value
    return bare if isinstance(bare, str) else as_json(bare)


def _column(name: str, hint: Any) -> Column:
    inner, optional = _without_none(hint)
    if inner in _CONVERSIONS:
        kept, (to_row, from_row) = inner, _CONVERSIONS[inner]
    else:
        kept, to_row, from_row = object, as_json, _reader(inner)
    return Column(name, kept, optional, to_row, from_row)


def _reader(hint: Any) -> Convert:
    """Return what reads JSON as `hint`; what a site says is read over and over, so the same text is made once."""
    return functools.lru_cache(maxsize=256)(lambda text: _made(hint, json.loads(text)))


def _without_none(hint: Any) -> tuple[Any, bool]:
    """Split `X | None` into X and True; other hints are themselves and False."""
    if isinstance(hint, types.UnionType):
        (inner,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
        return inner, True
    return hint, False


def _bare(value: object) -> object:
    """Return a value that JSON does not know as one that it does."""
    if isinstance(value, Decimal):
        return plain(value) if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return dict(value)
    shape = shape_of(type(value))
    return dict(zip(shape.names, shape.values(value), strict=True))


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_bare).encode


def _made(hint: Any, bare: Any) -> Any:
    """Return the value of type `hint` that `_bare` turned into `bare`; a field that is missing takes its default."""
    hint, _ = _without_none(hint)
    if bare is None or hint in (str, int, bool):
        return bare
    if hint is Decimal:
        return Decimal(bare)
    if hint in (date, datetime):
        return hint.fromisoformat(bare)
    parts = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return tuple(_made(parts[0], part) for part in bare)
    if typing.get_origin(hint) is dict:
        return {name: _made(parts[1], part) for name, part in bare.items()}
    hints = typing.get_type_hints(hint)
    return hint(**{name: _made(hints[name], part) for name, part in bare.items() if name in hints})
