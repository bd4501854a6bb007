"""Every entity that needs no more than reading and saving: one way for all, its statements made once for each class.

Each change of an audited entity leaves its audit rows in the running command's register (SAF-30): one for each field
that changed; one without a field, with all values as JSON, where it was made or removed.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from domain.records import Entity
from storage.batches import batches, values_of
from storage.books.ledger import LedgerBooks
from storage.columns import Convert, Value, as_json, as_text, holders, quoted, shape_of, table_of, tuple_of
from storage.engines import Connection

E = TypeVar("E", bound=Entity)


class _Kept:
    """The table of one class of entities, and its statements."""

    def __init__(self, kind: type[Entity]) -> None:
        self.shape = shape_of(kind)
        self.table = table_of(kind)
        self.is_audited = kind.AUDITED
        names, key = self.shape.names, kind.KEY
        self._to_row = {column.name: column.to_row for column in self.shape.columns}
        self._key_to_row = [self._to_row[name] for name in key]
        self.key_of = tuple_of(key)
        self._of_key = " WHERE " + " AND ".join(f'"{name}" = ?' for name in key)
        changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in key)
        self.rows = f'SELECT {quoted(names)} FROM "{self.table}"'
        self.one = self.rows + self._of_key
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
    return [
        value if convert is None or value is None else convert(value)
        for convert, value in zip(converts, values, strict=True)
    ]


_KEPT: dict[type, _Kept] = {}


def _kept(kind: type[Entity]) -> _Kept:
    if kind not in _KEPT:
        _KEPT[kind] = _Kept(kind)
    return _KEPT[kind]


@functools.cache
def _equal(kind: type[Entity], names: tuple[str, ...], count: int) -> str:
    """Return the statement of the entities in which these fields equal one of `count` keys."""
    kept = _kept(kind)
    return (
        f"WITH wanted ({quoted(names)}) AS ({values_of(count, len(names))}) "
        f'SELECT {quoted(kept.shape.names)} FROM wanted JOIN "{kept.table}" USING ({quoted(names)})'
    )


class EntityBooks:
    """The entities in one transaction; what was read by its key is read once."""

    def __init__(self, connection: Connection, ledger: LedgerBooks) -> None:
        self._connection = connection
        self._ledger = ledger
        self._known: defaultdict[type, dict[tuple[object, ...], Any]] = defaultdict(dict)
        """By kind and key. Any: an entity of that kind, or None."""

    def one(self, kind: type[E], *key: object) -> E | None:
        """Return the entity with that key."""
        known = self._known[kind]
        if key not in known:
            kept = _kept(kind)
            row = self._connection.execute(kept.one, kept.key(key)).fetchone()
            known[key] = kept.shape.entity(row) if row else None
        found: E | None = known[key]
        return found

    def read_ahead(self, kind: type[E], keys: Iterable[tuple[object, ...]]) -> None:
        """Read the entities of these keys, many at a time."""
        kept, known = _kept(kind), self._known[kind]
        for some in batches([key for key in dict.fromkeys(keys) if key not in known]):
            known |= dict.fromkeys(some)
            values = [value for key in some for value in kept.key(key)]
            for row in self._connection.execute(_equal(kind, kind.KEY, len(some)), values):
                entity = kept.shape.entity(row)
                known[kept.key_of(entity)] = entity

    def rows(self, kind: type[E], **equal: object) -> list[E]:
        """Return the entities whose fields equal the given values, in key order."""
        kept = _kept(kind)
        given = {name: value for name, value in equal.items() if value is not None}
        conditions = [f'"{name}" = ?' if name in given else f'"{name}" IS NULL' for name in equal]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        values = kept.values(list(given), list(given.values()))
        return self._read(kind, kept.rows + where + kept.order, values)

    def rows_equal(self, kind: type[E], names: Sequence[str], keys: Iterable[tuple[object, ...]]) -> list[E]:
        """Return the entities in which these fields equal one of the keys."""
        kept = _kept(kind)
        found: list[E] = []
        for some in batches(list(dict.fromkeys(keys))):
            values = [value for key in some for value in kept.values(names, key)]
            found += self._read(kind, _equal(kind, tuple(names), len(some)) + kept.order, values)
        return found

    def save(self, entity: Entity, reason: str = "") -> None:
        """Insert or update it."""
        self.save_all((entity,), reason)

    def save_all(self, entities: Iterable[Entity], reason: str = "") -> None:
        """Insert or update them in their order; neighbours that need the same statement share it."""
        to_save = list(entities)
        for kind in {type(entity) for entity in to_save if type(entity).AUDITED}:
            self.read_ahead(kind, (_kept(kind).key_of(entity) for entity in to_save if type(entity) is kind))
        to_write = [write for entity in to_save if (write := self._saved(entity, reason))]
        for sql, writes in groupby(to_write, key=itemgetter(0)):
            self._connection.executemany(sql, [values for _, values in writes])

    def remove(self, entity: Entity, reason: str = "") -> None:
        """Delete it."""
        self.remove_all((entity,), reason)

    def remove_all(self, entities: Iterable[Entity], reason: str = "") -> None:
        """Delete them, many at a time where those of one kind stand together."""
        for kind, some in groupby(entities, key=type):
            kept = _kept(kind)
            keys = [kept.key_of(entity) for entity in some]
            for key in keys if kept.is_audited else ():
                if (old := self.one(kind, *key)) is not None:
                    self.note(kept.table, _shown(key), "", as_json(old), "", reason)
            self._connection.executemany(kept.remove, [kept.key(key) for key in keys])
            self._known[kind] |= dict.fromkeys(keys)

    def note(self, record_type: str, record_key: str, field: str, old: str, new: str, reason: str = "") -> None:
        """Write an audit row."""
        self._ledger.note(record_type, record_key, field, old, new, reason)

    def forget(self) -> None:
        """Read everything anew: what was known may have been rolled back."""
        self._known.clear()

    def _read(self, kind: type[E], sql: str, values: Sequence[Value]) -> list[E]:
        """Return the entities of a statement; each is known by its key from now on."""
        kept = _kept(kind)
        entity: Any = kept.shape.entity  # what it makes is of `kind`
        found = [entity(row) for row in self._connection.execute(sql, values)]
        self._known[kind] |= {kept.key_of(one): one for one in found}
        return found

    def _saved(self, entity: Entity, reason: str) -> tuple[str, Sequence[Value]] | None:
        """Note what is new about an entity; return what writes it, None where nothing is new."""
        kind = type(entity)
        kept = _kept(kind)
        key = kept.key_of(entity)
        old = self.one(kind, *key) if kind.AUDITED else None
        self._known[kind][key] = entity
        if old is None:
            if kind.AUDITED:
                self.note(kept.table, _shown(key), "", "", as_json(entity), reason)
            return kept.save, kept.shape.row(entity)
        fields = zip(kept.shape.names, kept.shape.values(old), kept.shape.values(entity), strict=True)
        changes = [(name, before, after) for name, before, after in fields if before != after]
        if not changes:
            return None
        for name, before, after in changes:
            self.note(kept.table, _shown(key), name, as_text(before), as_text(after), reason)
        names = [name for name, _, _ in changes]
        return kept.change(names), kept.values([*names, *kind.KEY], [*(after for _, _, after in changes), *key])


def _shown(key: tuple[object, ...]) -> str:
    """Return a key as audit rows carry it: a single one as it is, several as JSON, so that no two look alike."""
    return as_text(key[0] if len(key) == 1 else key)
