"""A backup of the database while terminals post, whole and checked or not there (SAF-10).

Not here: putting one in the place of the database (restore.py), where heads are kept (heads.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import SetupError
from domain.ledger.entries import shown
from storage.columns import moment_of
from storage.engines import Connection
from storage.engines.copies import BESIDE, copy_compact, copying, folder_beside, moved
from storage.engines.sqlite import make_empty
from storage.heads import check_heads, heads, log_beside, note, noted_in, site_log
from storage.store import Store
from storage.verify import Progress, verify
from storage.verify_chain import Finding


@dataclass(frozen=True, slots=True)
class Posting:
    """The newest posting that a copy holds."""

    number: str
    posted_at: datetime
    operator: str


@dataclass(frozen=True, slots=True)
class Backup:
    """What became of a backup."""

    newest: Posting | None
    """None where nothing was posted yet."""
    log: Path
    """Where its heads are noted."""
    findings: tuple[Finding, ...] = ()
    """Broken rules in it, for which there is none."""


def back_up(database: Path, target: Path, now: datetime, *, log: Path | None, progress: Progress | None) -> Backup:
    """Copy a database as it stands when this begins to a file that is not there yet, for its owner alone (SAF-26).

    The copy gets its name when it is on disk, every rule was checked in it and its heads are noted: in `log`, else
    where the site says, else beside it (SAF-32).

    Raises:
        SetupError: there is no backup; the code says why.
    """
    _refuse_taken(database, target)
    with folder_beside(target) as folder:
        copy = folder / target.name
        make_empty(copy)
        with copying(database, target) as connection:
            copy_compact(copy, connection)
        with Store.open_still(copy) as store:
            log = log or site_log(store, database) or log_beside(target, database)
            findings = verify(store, progress) + check_heads(store, noted_in(log))
            newest, lines = newest_posting(store), heads(store, now)
        if not findings:
            note(log, lines)
            _refuse_taken(database, target)
            moved(copy, target)
    return Backup(newest, log, tuple(findings))


def newest_posting(store: Store) -> Posting | None:
    """Return the posting that a person sees before a copy is trusted (SAF-10)."""

    def read(connection: Connection) -> Posting | None:
        row = connection.execute(
            "SELECT id, posted_at, operator FROM register WHERE source <> 'change' ORDER BY posted_at DESC, id DESC"
        ).fetchone()
        return Posting(shown(row[0]), moment_of(row[1]), row[2]) if row else None

    return store.reading(read)


def _refuse_taken(database: Path, target: Path) -> None:
    """Refuse a name that a file has, or that SQLite or a queue of writers gives to one beside the database."""
    own = {database.resolve().with_name(database.name + end) for end in BESIDE}
    if target.exists() or target.resolve() in own:
        raise SetupError("file_exists", file=str(target))
