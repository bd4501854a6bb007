"""A file of an older schema brought to the newest, whole or not at all (SAF-11).

The migrations run in a copy. Only where `verify` finds nothing in it the file becomes what the copy is, in one
transaction, so whatever stops an upgrade leaves the file as it was. Not here: the migrations (migrations/).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import SetupError
from storage.engines import path_of
from storage.engines.copies import alone, copy_from, copy_to, folder_beside
from storage.engines.sqlite import make_empty, meaning_of, schema_of
from storage.schema import SCHEMA, migrate
from storage.store import Store
from storage.verify import Progress, verify
from storage.verify_chain import Finding


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What became of a file."""

    schema: int
    """The number it had."""
    backup: Path | None = None
    """What it was, kept beside it; None where it is what it was."""
    findings: tuple[Finding, ...] = ()
    """Broken rules, for which it is left as it was."""


def upgrade(url: str, now: datetime, progress: Progress | None = None) -> Upgrade:
    """Bring a file to the newest schema, with a backup beside it; nobody else may have it open.

    Raises:
        SetupError: the file is as it was; the code says why, `upgrade_failed` with the words of the database.
    """
    path = path_of(url)
    with alone(path) as connection:
        schema = schema_of(connection, path, SCHEMA)
        if schema == SCHEMA:
            return Upgrade(schema)
        backup = path.with_name(f"{path.name}.schema-{schema}-{now:%Y%m%d-%H%M%S}")
        with _kept_if_upgraded(backup), folder_beside(path) as folder:
            copy_to(backup, connection)
            copy = folder / path.name
            copy_to(copy, connection)
            if findings := _migrated(copy, path, progress):
                backup.unlink()
                return Upgrade(schema, findings=tuple(findings))
            copy_from(copy, connection)
    return Upgrade(schema, backup)


@contextlib.contextmanager
def _kept_if_upgraded(backup: Path) -> Iterator[None]:
    """Make the file of a backup, and take it away again where the upgrade fails."""
    make_empty(backup)
    try:
        yield
    except BaseException:
        backup.unlink()
        raise


def _migrated(copy: Path, path: Path, progress: Progress | None) -> list[Finding]:
    """Run the migrations on the copy of a file and return what is wrong in it then."""
    import peewee

    try:
        migrate(copy)
    except peewee.PeeweeException as error:
        raise meaning_of(error, path) or SetupError("upgrade_failed", file=str(path), why=str(error)) from error
    with Store.open(str(copy)) as store:
        return verify(store, progress)
