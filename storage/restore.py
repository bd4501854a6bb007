"""A backup put in the place of the database, whole or not at all, and numbers that never come again (SAF-10, SAF-32).

The backup is copied and checked, and only the copy takes the place: in one transaction where the database can be
read, so whatever stops a restore leaves one of the two. Not here: making a backup (backup.py).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import InvariantBroken, SetupError
from domain.ledger.entries import SEQUENCE_BITS, shown
from storage.backup import Posting, newest_posting
from storage.chain import NO_HEAD
from storage.columns import moment_of
from storage.engines import Connection
from storage.engines.copies import BESIDE, alone, copy_from, copy_to, copying, folder_beside, moved, unreadable_alone
from storage.engines.sqlite import make_empty, refuse_other_program, schema_of
from storage.heads import Head, compared, heads, log_beside, note, noted_in, read_heads, site_log
from storage.schema import SCHEMA
from storage.store import Store
from storage.verify import Progress, verify
from storage.verify_chain import Finding

Last = Mapping[int, tuple[int, str]]
"""A writer to the sequence of its last register and when that was known."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Registers of one writer that the backup has not."""

    first: str
    last: str
    """The last one known: where the database cannot be read, others may have followed."""
    at: str
    """When it was posted, or noted."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person sees before a backup takes the place of the database (SAF-10)."""

    newest: Posting | None
    """None where the backup has no posting."""
    missing: tuple[Missing, ...]
    is_readable: bool
    """Whether the database could be read, so that nothing else is missing but what it never had."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a restore."""

    kept: Path | None = None
    """What the database was, beside it; None where there was none."""
    writer: int = 0
    """Numbers go on with this writer; 0 where nothing was restored."""
    findings: tuple[Finding, ...] = ()
    """Broken rules in the backup, for which nothing was restored."""


def restore(
    backup: Path,
    database: Path,
    now: datetime,
    agreed: Callable[[Offer], bool],
    *,
    log: Path | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Put a backup in the place of a database that nobody has open, where `agreed` says so.

    The heads of the database are in `log`, else where the site of the backup says, else beside the backup.

    Raises:
        SetupError: nothing was changed; the code says why.
    """
    if not backup.is_file():
        raise SetupError("no_backup", file=str(backup))
    if database.exists() and backup.samefile(database):
        raise SetupError("not_itself", file=str(database))
    kept = database.with_name(f"{database.name}.replaced-{now:%Y%m%d-%H%M%S}")
    with ExitStack() as stack:
        live = _taken(database, stack)
        folder = stack.enter_context(folder_beside(database))
        copy = folder / database.name
        _copy(backup, copy, database)
        with Store.open(str(copy)) as store:
            log = log or site_log(store, database) or log_beside(backup, database)
            noted = read_heads(noted_in(log))
            gone, other = compared(store, noted.heads)
            if findings := [*noted.findings, *other, *verify(store, progress)]:
                return Restored(findings=tuple(findings))
            ours, theirs = store.reading(_writers), _writers_of(live)
            missing = _missing(ours, [theirs, _noted(gone)])
            if not agreed(Offer(newest_posting(store), missing, is_readable=bool(theirs))):
                return Restored()
            writer = max(noted.last_writer, *ours, *theirs) + 1
            _begin(store, writer)
            note(log, [f"{now.isoformat()} writer {writer}"])
            lines = [f"{now.isoformat()} restored {writer}", *heads(store, now)]
        if live is None:
            _replace(database, kept, copy)
        else:
            with _keeping(live, folder, kept):
                copy_from(copy, live)
        note(log, lines)
    return Restored(kept if kept.exists() else None, writer)


def _taken(database: Path, stack: ExitStack) -> sqlite3.Connection | None:
    """Keep everybody out of the database until the stack ends; None where there is none, or none that can be read."""
    if not database.exists():
        return None
    try:
        live = stack.enter_context(alone(database))
    except SetupError as error:
        if error.code not in ("damaged", "not_a_database"):
            raise
        stack.enter_context(unreadable_alone(database))
        return None
    refuse_other_program(live, database)
    return live


def _copy(backup: Path, copy: Path, database: Path) -> None:
    """Copy a backup page by page, so that what is wrong in one is found in the copy, and count its rows (SAF-10)."""
    make_empty(copy)
    with copying(backup, database) as source:
        schema = schema_of(source, backup, SCHEMA)
        if schema != SCHEMA:
            raise SetupError("older_backup", file=str(backup), schema=schema, known=SCHEMA)
        copy_to(copy, source)
        rows = _row_counts(source)
    with copying(copy, database) as made:
        if _row_counts(made) != rows:
            raise InvariantBroken(f"{backup}: its copy has not its rows")


def _row_counts(connection: Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


def _writers(connection: Connection) -> Last:
    rows = connection.execute("SELECT id, sequence, posted_at FROM writer")
    return {id: (sequence, moment_of(posted_at).isoformat()) for id, sequence, posted_at in rows}


def _writers_of(live: sqlite3.Connection | None) -> Last:
    """Return what the database that is replaced says, nothing where its writers cannot be read or are none."""
    try:
        return _writers(live) if live is not None else {}
    except (sqlite3.DatabaseError, OverflowError, TypeError):
        return {}


def _noted(heads: list[Head]) -> Last:
    return {head.register >> SEQUENCE_BITS: (head.register & (1 << SEQUENCE_BITS) - 1, head.moment) for head in heads}


def _missing(ours: Last, known: list[Last]) -> tuple[Missing, ...]:
    """Return what was posted after the backup, by writer: between its last register and the last that is known."""
    last = {writer: max(of[writer] for of in known if writer in of) for of in known for writer in of}
    return tuple(
        Missing(shown(writer << SEQUENCE_BITS | (begin + 1)), shown(writer << SEQUENCE_BITS | end), at)
        for writer, (end, at) in sorted(last.items())
        if end > (begin := ours.get(writer, (0, ""))[0])
    )


def _begin(store: Store, writer: int) -> None:
    """Add a writer that goes on, which closes those before it: a number once shown never comes again (storage-notes 2).

    Its time is the last of theirs, for entry order goes by time first.
    """
    sql = "INSERT INTO writer SELECT ?, 0, ?, max(posted_at), '', 0 FROM writer"
    store.writing(lambda connection: connection.execute(sql, (writer, NO_HEAD)))


def _replace(database: Path, kept: Path, copy: Path) -> None:
    """Put a copy where no database is, or none that can be read: its files get another name.

    None may stay: SQLite would put a log that is left into the next database of that name.
    """
    for end in BESIDE:
        file = database.with_name(database.name + end)
        if file.exists():
            file.rename(kept.with_name(kept.name + end))
    _give_owner(copy, kept if kept.exists() else database.parent)
    moved(copy, database)


def _give_owner(copy: Path, like: Path) -> None:
    """Give a file that root made to whom the place belongs, else no terminal could open it."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(copy, owner.st_uid, owner.st_gid)


@contextlib.contextmanager
def _keeping(live: sqlite3.Connection, folder: Path, kept: Path) -> Iterator[None]:
    """Keep what the database is under another name, and take it away again where it stays that."""
    part = folder / kept.name
    make_empty(part)
    copy_to(part, live)
    moved(part, kept)
    try:
        yield
    except BaseException:
        kept.unlink()
        raise
