"""
What the domain asks of storage for every entity that needs no more than reading and saving.

An entity is a frozen dataclass with `KEY`, the names of its key fields in order, and `AUDITED`, whether each
change of a field leaves an audit row. Its table has the same name in snake case and the same columns.
"""

from __future__ import annotations

from typing import ClassVar, Protocol, TypeVar


class Entity(Protocol):
    """A frozen dataclass that storage keeps as one row."""

    KEY: ClassVar[tuple[str, ...]]
    AUDITED: ClassVar[bool]


E = TypeVar("E", bound=Entity)


class Records(Protocol):
    """Master data, set-up, documents and drafts, one row an entity."""

    def one(self, kind: type[E], *key: object) -> E | None:
        """Return the entity with that key (values in the order of `KEY`), or None."""

    def rows(self, kind: type[E], **equal: object) -> list[E]:
        """Return the entities whose fields equal the given values, in key order."""

    def save(self, entity: Entity, reason: str = "") -> None:
        """Insert or update; writes an audit row for each changed field where the entity is audited."""

    def remove(self, entity: Entity, reason: str = "") -> None:
        """Delete; writes an audit row where the entity is audited."""
