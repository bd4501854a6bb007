"""Every entity that needs no more than reading and saving: one way for all, its statements made once for each class.

Each change of an audited entity leaves its audit rows in the running command's register (SAF-30): one for each field
that changed; one without a field, with all values as JSON, where it was made or removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from domain.records import Entity
from storage.batches import SIZES, batches, values_of
from storage.books.ledger import LedgerBooks
from storage.columns import Convert, as_json, as_text, holders, quoted, shape_of, table_of
from storage.engines import Connection

E = TypeVar("E", bound=Entity)


class _Kept:
    """The table of one class of entities, and its statements."""

    def __init__(self, kind: type[Entity]) -> None:
        self.shape = shape_of(kind)
        self.table = table_of(kind)
        names, key = self.shape.names, kind.KEY
        self._to_row = {column.name: column.to_row for column in self.shape.columns}
        self._key_to_row = [self._to_row[name] for name in key]
        self._of_key = " WHERE " + " AND ".join(f'"{name}" = ?' for name in key)
        changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in key)
        self.rows = f'SELECT {quoted(names)} FROM "{self.table}"'
        self.one = self.rows + self._of_key
        self.several = {
            size: f"WITH wanted ({quoted(key)}) AS ({values_of(size, len(key))}) "
            f'SELECT {quoted(names)} FROM wanted JOIN "{self.table}" USING ({quoted(key)})'
            for size in SIZES
        } | {1: self.one}
        self.order = f" ORDER BY {quoted(key)}"
        self.remove = f'DELETE FROM "{self.table}"{self._of_key}'
        self.save = (
            f'INSERT INTO "{self.table}" ({quoted(names)}) VALUES ({holders(len(names))}) '
            f"ON CONFLICT ({quoted(key)}) DO UPDATE SET {changed}"
        )

    def change(self, names: Sequence[str]) -> str:
        """Return the statement that changes only these columns: it leaves the indexes of the others alone."""
        changed = ", ".join(f'"{name}" = ?' for name in names)
        return f'UPDATE "{self.table}" SET {changed}{self._of_key}'

    def values(self, names: Sequence[str], values: Sequence[Any]) -> list[Any]:
        """Return values of these fields as their columns hold them."""
        return _converted([self._to_row[name] for name in names], values)

    def key(self, values: Sequence[Any]) -> list[Any]:
        """Return the values of a key as its columns hold them."""
        return _converted(self._key_to_row, values)


def _converted(converts: Sequence[Convert | None], values: Sequence[Any]) -> list[Any]:
    return [convert(value) if convert else value for convert, value in zip(converts, values, strict=True)]


_KEPT: dict[type, _Kept] = {}


def _kept(kind: type[Entity]) -> _Kept:
    if kind not in _KEPT:
        _KEPT[kind] = _Kept(kind)
    return _KEPT[kind]


class EntityBooks:
    """The entities in one transaction; what was read by its key is read once."""

    def __init__(self, connection: Connection, ledger: LedgerBooks) -> None:
        self._connection = connection
        self._ledger = ledger
        self._known: dict[tuple[type, tuple[object, ...]], Any] = {}  # Any: an entity of that type, or None

    def one(self, kind: type[E], *key: object) -> E | None:
        """Return the entity with that key."""
        if (kind, key) not in self._known:
            kept = _kept(kind)
            row = self._connection.execute(kept.one, kept.key(key)).fetchone()
            self._known[kind, key] = kept.shape.entity(row) if row else None
        found: E | None = self._known[kind, key]
        return found

    def read_ahead(self, kind: type[E], keys: Iterable[tuple[object, ...]]) -> None:
        """Read the entities of these keys, many at a time."""
        kept = _kept(kind)
        for some in batches([key for key in dict.fromkeys(keys) if (kind, key) not in self._known]):
            self._known |= dict.fromkeys((kind, key) for key in some)
            values = [value for key in some for value in kept.key(key)]
            for row in self._connection.execute(kept.several[len(some)], values):
                entity = kept.shape.entity(row)
                self._known[kind, _key(entity)] = entity

    def rows(self, kind: type[E], **equal: object) -> list[E]:
        """Return the entities whose fields equal the given values, in key order."""
        kept = _kept(kind)
        given = {name: value for name, value in equal.items() if value is not None}
        conditions = [f'"{name}" = ?' if name in given else f'"{name}" IS NULL' for name in equal]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        values = kept.values(list(given), list(given.values()))
        entity: Any = kept.shape.entity  # what it makes is of `kind`
        return [entity(row) for row in self._connection.execute(kept.rows + where + kept.order, values)]

    def save(self, entity: Entity, reason: str = "") -> None:
        """Insert or update it."""
        kind, kept, key = type(entity), _kept(type(entity)), _key(entity)
        old = self.one(kind, *key) if kind.AUDITED else None
        if old is None:
            self._connection.execute(kept.save, kept.shape.row(entity))
            if kind.AUDITED:
                self.note(kept.table, _shown(key), "", "", as_json(entity), reason)
        elif old != entity:
            self._change(old, entity, reason)
        self._known[kind, key] = entity

    def remove(self, entity: Entity, reason: str = "") -> None:
        """Delete it."""
        kind, kept, key = type(entity), _kept(type(entity)), _key(entity)
        old = self.one(kind, *key)
        self._connection.execute(kept.remove, kept.key(key))
        self._known[kind, key] = None
        if kind.AUDITED and old is not None:
            self.note(kept.table, _shown(key), "", as_json(old), "", reason)

    def note(self, record_type: str, record_key: str, field: str, old: str, new: str, reason: str = "") -> None:
        """Write an audit row."""
        self._ledger.note(record_type, record_key, field, old, new, reason)

    def forget(self) -> None:
        """Read everything anew: what was known may have been rolled back."""
        self._known.clear()

    def _change(self, old: Entity, new: Entity, reason: str) -> None:
        """Write what differs, and an audit row for each."""
        kept, key = _kept(type(new)), _key(new)
        changes = {
            name: (before, after)
            for name in kept.shape.names
            if (before := getattr(old, name)) != (after := getattr(new, name))
        }
        names = [*changes, *type(new).KEY]
        values = kept.values(names, [*(after for _, after in changes.values()), *key])
        self._connection.execute(kept.change(list(changes)), values)
        for name, (before, after) in changes.items():
            self.note(kept.table, _shown(key), name, as_text(before), as_text(after), reason)


def _key(entity: Entity) -> tuple[object, ...]:
    return tuple(getattr(entity, name) for name in entity.KEY)


def _shown(key: tuple[object, ...]) -> str:
    """Return a key as audit rows carry it: a single one as it is, several as JSON, so that no two look alike."""
    return as_text(key[0] if len(key) == 1 else key)
