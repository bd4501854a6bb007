"""What the domain asks of storage for every entity that needs no more than reading and saving.

An entity is a frozen dataclass with `KEY`, the names of its key fields in order, and `AUDITED`, whether each
change of a field leaves an audit row. Its table has the same name in snake case and the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import ClassVar, Protocol, TypeVar

from domain.situation import RegisterHead


class Entity(Protocol):
    """A frozen dataclass that storage keeps as one row."""

    KEY: ClassVar[tuple[str, ...]]
    AUDITED: ClassVar[bool]


E = TypeVar("E", bound=Entity)


class Records(Protocol):
    """Master data, set-up, documents and drafts, one row an entity."""

    def one(self, kind: type[E], *key: object) -> E | None:
        """Return the entity with that key (values in the order of `KEY`), or None."""

    def read_ahead(self, kind: type[E], keys: Iterable[tuple[object, ...]]) -> None:
        """Read entities that `one` will be asked for, many at a time."""

    def rows(self, kind: type[E], **equal: object) -> list[E]:
        """Return the entities whose fields equal the given values, in key order."""

    def rows_equal(self, kind: type[E], names: Sequence[str], keys: Iterable[tuple[object, ...]]) -> list[E]:
        """Return the entities in which these fields equal one of the keys; those of one key in the order of `KEY`."""

    def save(self, entity: Entity, reason: str = "") -> None:
        """Insert or update; writes an audit row for each changed field where the entity is audited."""

    def save_all(self, entities: Iterable[Entity], reason: str = "") -> None:
        """Save them in their order, many at a time where those of one kind stand together."""

    def remove(self, entity: Entity, reason: str = "") -> None:
        """Delete; writes an audit row where the entity is audited."""

    def remove_all(self, entities: Iterable[Entity], reason: str = "") -> None:
        """Delete them in their order, many at a time where those of one kind stand together."""

    def note(self, record_type: str, record_key: str, field: str, old: str, new: str, reason: str = "") -> None:
        """Write an audit row for something that is no field of an entity: a log-in, a denied right, a PIN set."""


class Registers(Protocol):
    """The register every command that writes audit rows or entries runs in."""

    def command(self, head: RegisterHead) -> AbstractContextManager[None]:
        """Run one command: the first append inside opens its register, leaving seals it, an error discards it.

        Nested commands are a bug (InvariantBroken). Rows may only be appended inside.
        """


class RecordBooks(Protocol):
    """What commands need that only read and save entities."""

    @property
    def records(self) -> Records:
        """The entities."""

    @property
    def ledger(self) -> Registers:
        """The registers."""
