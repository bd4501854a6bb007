"""SQLite: the connection and its settings, the queue of writers, and what its errors mean.

Not here: transactions and retries (store.py), files as a whole (copies.py), the schema (tables/, migrations/).
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from domain.errors import InvariantBroken, Refused, SetupError
from storage.columns import Value
from storage.engines import Connection, Rows, Watch
from storage.engines.locks import fcntl

APPLICATION_ID = 0x4169736C
"""`Aisl` in the file's header, set by the first migration."""
OLDEST = (3, 37, 0)
"""The first with STRICT tables."""
NETWORK_DISKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "glusterfs", "fuse.sshfs"}
SETTINGS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else INSERT OR REPLACE deletes a ledger row past its trigger
    "cell_size_check=ON",
    "trusted_schema=OFF",
    "cache_size=-65536",
)
_PLAIN = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "disk_error",  # a disk without one free byte says so too, of the file beside the database
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
}
_PLAIN_ERRNO = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
}


class Engine:
    """One open file. It must not be carried over a fork, nor used by two threads at a time."""

    Error = sqlite3.Error

    def __init__(
        self,
        path: Path,
        schema: int,
        *,
        read_only: bool,
        patience: float,
        watch: Watch | None,
        is_still: bool = False,
    ) -> None:
        """Open an existing file. `patience` is how long SQLite itself waits for a lock, in seconds.

        A file that `is_still` is read without locks, and so on any disk: nobody may write it meanwhile.

        Raises:
            SetupError: the file cannot be used, for the reason that its code names.
        """
        if not is_still:
            look_at(path, read_only=read_only)
        self.path = path
        self._queue = None if read_only or fcntl is None else _Queue(path)
        try:
            self._raw = sqlite3.connect(
                address(path, read_only=read_only) + ("&immutable=1" if is_still else ""),
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=512,
            )
            self._set_up(schema, read_only=read_only, patience=patience)
        except sqlite3.Error as error:
            if meaning := meaning_at_opening(error, path):
                raise meaning from error
            raise
        self.connection: Connection = self._raw if watch is None else _Watched(self._raw, watch)

    def _set_up(self, schema: int, *, read_only: bool, patience: float) -> None:
        """Read the header before anything is set: another program's file is left as it is."""
        with contextlib.ExitStack() as on_error:
            on_error.callback(self._raw.close)
            self._raw.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
            self._check_header(schema)
            if not read_only:
                self._raw.execute("PRAGMA journal_mode=WAL")
                self._raw.execute("PRAGMA temp_store=MEMORY")  # else 16 changed pages in a savepoint open a file, 50 us
            for setting in SETTINGS:
                self._raw.execute(f"PRAGMA {setting}")
            on_error.pop_all()

    def _check_header(self, known: int) -> None:
        schema = schema_of(self._raw, self.path, known)
        if schema != known:
            raise SetupError("older_database", file=str(self.path), schema=schema, known=known)

    @property
    def changes(self) -> int:
        """How many rows this connection has changed so far."""
        return self._raw.total_changes

    @contextlib.contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Hold the writers' turn of the file; who comes first is served first (storage-notes 6).

        Raises:
            Refused("busy"): it did not come within `seconds`.
        """
        if self._queue is None:
            yield
            return
        if not self._queue.take(seconds):
            raise Refused("busy")
        try:
            yield
        finally:
            self._queue.give()

    @contextlib.contextmanager
    def any_text(self) -> Iterator[None]:
        """Read text that is not UTF-8 with U+FFFD for what is wrong in it; else it is an error."""
        self._raw.text_factory = lambda text: text.decode(errors="replace")
        try:
            yield
        finally:
            self._raw.text_factory = str

    def roll_back(self) -> None:
        """End the transaction without it, where SQLite has not done so by itself."""
        if self._raw.in_transaction:
            self._raw.rollback()

    def close(self) -> None:
        """Close the file; SQLite looks after its statistics where that is quick."""
        with contextlib.suppress(sqlite3.Error):  # locked, full or read-only: the statistics can wait
            self._raw.execute("PRAGMA analysis_limit=1000")
            self._raw.execute("PRAGMA optimize")
        self._raw.close()
        if self._queue is not None:
            self._queue.close()


class _Queue:
    """The queue of writers: an exclusive flock on a side file.

    SQLite's own waiting is not fair: of 64 busy processes one did 841 postings while another did 1.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + "-lock")
        self._file: int | None = None

    def take(self, seconds: float) -> bool:
        if self._file is None:
            self._file = self._opened()
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return self._wait(self._file, seconds)
        return True

    def _opened(self) -> int:
        """Open the side file; made by root (`verify`, a backup) it belongs to whom the database belongs to."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if os.geteuid() == 0:
                owner = self._database.stat()
                os.fchown(file, owner.st_uid, owner.st_gid)
        except OSError as error:
            raise meaning_of_system(error, self._path) from error
        return file

    def _wait(self, file: int, seconds: float) -> bool:
        """Wait in the system's own queue: flock knows no time limit, so a thread stands there for us."""
        if seconds <= 0:
            return False
        waiting = threading.Thread(target=fcntl.flock, args=(file, fcntl.LOCK_EX), daemon=True)
        waiting.start()
        waiting.join(seconds)
        if waiting.is_alive():
            self.close()  # the place in the queue goes with the file
            return False
        return True

    def give(self) -> None:
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class _Watched:
    """A connection that tells each statement before and after it runs."""

    def __init__(self, raw: sqlite3.Connection, watch: Watch) -> None:
        self._raw = raw
        self._watch = watch

    @property
    def in_transaction(self) -> bool:
        return self._raw.in_transaction

    def execute(self, sql: str, values: Sequence[Value] = (), /) -> Rows:
        self._watch("before", sql)
        rows = self._raw.execute(sql, values)
        self._watch("after", sql)
        return rows

    def executemany(self, sql: str, rows: Iterable[Sequence[Value]], /) -> Rows:
        self._watch("before", sql)
        done = self._raw.executemany(sql, rows)
        self._watch("after", sql)
        return done


def schema_of(connection: sqlite3.Connection, path: Path, known: int) -> int:
    """Return the schema of a file, which may be older than the one that is known.

    Raises:
        SetupError: it is newer, or the file of another program.
    """
    refuse_other_program(connection, path)
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if schema > known:
        raise SetupError("newer_database", file=str(path), schema=schema, known=known)
    return int(schema)


def refuse_other_program(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse the file of another program."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise SetupError("not_a_database", file=str(path))


def is_busy(error: BaseException) -> bool:
    """Return whether the same transaction may succeed a moment later."""
    return _result(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_overflow(error: BaseException) -> bool:
    """Return whether a sum was larger than a number can be: no figure of ours is, so one of them is damaged."""
    return _result(error) == sqlite3.SQLITE_ERROR and str(error) == "integer overflow"


def is_undecodable(error: BaseException) -> bool:
    """Return whether a text that was read is not UTF-8."""
    return isinstance(error, sqlite3.OperationalError) and str(error).startswith("Could not decode to UTF-8")


def is_unreadable(error: BaseException) -> bool:
    """Return whether what was read is no database, or damaged: nothing that was written is to blame."""
    return _result(error) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CANTOPEN)


def meaning_of(error: BaseException, path: Path) -> Exception | None:
    """Return what an error of the database means in plain words, None where it has no such meaning."""
    code = _PLAIN.get(_result(error))
    if code == "cannot_open" and not os.access(path.parent, os.W_OK):
        code = "read_only"
    if code:
        return SetupError(code, file=str(path))
    if isinstance(error, sqlite3.IntegrityError):
        return InvariantBroken(f"{path}: {error}")
    return None


def meaning_at_opening(error: BaseException, path: Path) -> Exception | None:
    """Return what an error at opening means: a file that stays locked is in use."""
    return SetupError("database_in_use", file=str(path)) if is_busy(error) else meaning_of(error, path)


def damage(connection: Connection) -> list[str]:
    """Return what SQLite itself finds wrong in the file, page by page and constraint by constraint."""
    return [text for (text,) in connection.execute("PRAGMA quick_check") if text != "ok"]


def make_empty(path: Path) -> None:
    """Make the file of a new database, for its owner alone, and its folder where that is missing (SAF-26).

    Raises:
        SetupError: there is a file of that name, or none can be made there; the code says which.
    """
    try:
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise meaning_of_system(error, path) from error


def meaning_of_system(error: OSError, path: Path) -> SetupError:
    """Return what it means that the system could not make a file."""
    if isinstance(error, FileExistsError):
        return SetupError("database_exists", file=str(path))
    if isinstance(error, FileNotFoundError):
        return SetupError("no_folder", folder=str(path.parent))
    return SetupError(_PLAIN_ERRNO.get(error.errno or 0, "cannot_open"), file=str(path))


def address(path: Path, *, read_only: bool) -> str:
    """Return what SQLite opens an existing file by."""
    return f"file:{quote(str(path))}?mode={'ro' if read_only else 'rw'}"


def look_at(path: Path, *, read_only: bool) -> None:
    """Refuse what SQLite would answer with a riddle."""
    try:
        _refuse_unusable(path, read_only=read_only)
    except PermissionError as error:
        raise SetupError("cannot_open", file=str(path)) from error


def _result(error: BaseException) -> int:
    """Return SQLite's result code without its extension, 0 where the error has none; Peewee wraps its errors."""
    inner = error.args[0] if error.args and isinstance(error.args[0], sqlite3.Error) else error
    return int(getattr(inner, "sqlite_errorcode", 0)) & 0xFF


def _refuse_unusable(path: Path, *, read_only: bool) -> None:
    if sqlite3.sqlite_version_info < OLDEST:
        raise SetupError("old_sqlite", version=sqlite3.sqlite_version, needed=".".join(map(str, OLDEST)))
    if not path.parent.is_dir():
        raise SetupError("no_folder", folder=str(path.parent))
    if not path.exists():
        raise SetupError("no_database", file=str(path))
    if not path.is_file():
        raise SetupError("cannot_open", file=str(path))
    if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise SetupError("read_only", file=str(path))
    if (disk := _disk_type(path)) in NETWORK_DISKS:
        raise SetupError("network_disk", file=str(path), disk=disk)


def _disk_type(path: Path) -> str:
    """Return the type of file system a file lies on, "" where the system does not tell (Linux does)."""
    device = path.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    with contextlib.suppress(OSError), Path("/proc/self/mountinfo").open(encoding="utf-8") as mounts:
        for mount in mounts:
            before, _, after = mount.partition(" - ")
            if before.split()[2] == wanted:
                return after.split()[0]
    return ""
