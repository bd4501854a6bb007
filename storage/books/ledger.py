"""Registers and their rows: numbering, appending, the hash chain, and the operations done.

A register is opened by the command's first append and sealed at its end; nothing of it is carried into another
transaction (storage-notes 2). Not here: how the derived tables follow (derived.py), what may be posted (domain/).
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from operator import itemgetter
from typing import Any

from domain.errors import InvariantBroken
from domain.ledger.books import L, OpenRegister, PostedRegister
from domain.ledger.entries import (
    POSITION_BITS,
    SEQUENCE_BITS,
    Application,
    AuditRow,
    BinEntry,
    GlEntry,
    GlRelation,
    ItemEntry,
    LedgerRow,
    PhysicalEntry,
    ValueEntry,
    shown,
)
from domain.situation import RegisterHead
from storage import derived, marks
from storage.chain import COLUMNS, FORMAT
from storage.columns import Value, holders, microseconds, moment_of, quoted, shape_of, table_of
from storage.derived import StalePlan
from storage.engines import Connection
from storage.registers import Register

MOST_ROWS = (1 << POSITION_BITS) - 1

_WRITER = "SELECT id, sequence, posted_at, head FROM writer ORDER BY id DESC LIMIT 1"
"""On SQLite one transaction writes at a time, so every process uses one row (storage-notes 2): the newest, for a
restore closes those before it."""
_ADVANCE = "UPDATE writer SET sequence = sequence + 1, posted_at = ? WHERE id = ? AND sequence = ?"
_SEQUENCES = (1 << SEQUENCE_BITS) - 1
_SEAL = "UPDATE writer SET head = ? WHERE id = ?"
_REGISTER_COLUMNS = COLUMNS[FORMAT]["register"]
_REGISTER = f"INSERT INTO register ({quoted((*_REGISTER_COLUMNS, 'hash'))}) VALUES ({holders(11)})"
_ITS_ROWS = f"id > r.id << {POSITION_BITS} AND id < (r.id + 1) << {POSITION_BITS}"
_TELLING = {"physical_entry": "", "item_entry": "", "bin_entry": " AND qty_base > 0"}
"""Where a register's document and lines are told: the first of them that it wrote. A movement counts where it ends."""
_LINES = (f"NULLIF((SELECT COUNT(*) FROM {table} WHERE {_ITS_ROWS}{only}), 0)" for table, only in _TELLING.items())
_POSTED = f"""
SELECT r.id, r.posted_at, r.operator, r.source,
    COALESCE({", ".join(f"(SELECT document_no FROM {table} WHERE {_ITS_ROWS} LIMIT 1)" for table in _TELLING)}, ''),
    COALESCE({", ".join(_LINES)}, 0)
FROM register r"""
_POSTED_AS = f"{_POSTED} WHERE r.id = ?"
_POSTED_BY = (
    f"{_POSTED} WHERE r.operator = ? AND r.posted_at >= ? AND r.source <> 'change' ORDER BY r.posted_at DESC, r.id DESC"
)
_ANSWERED = "SELECT result FROM operation WHERE id = ?"
_ANSWER = "INSERT INTO operation (id, command, operator, at, result) VALUES (?, ?, ?, ?, ?)"


def _posted(row: Sequence[Any]) -> PostedRegister:
    """Any: each column has its own type."""
    id, at, *told = row
    return PostedRegister(id, moment_of(at), *told)


def _picker(at: Sequence[int]) -> Callable[[Sequence[Value]], tuple[Any, ...]]:
    """Return what picks some values of a row as a tuple, however many."""
    if len(at) > 1:
        return itemgetter(*at)
    return lambda row: tuple(row[place] for place in at)


class _Line:
    """Writes the lines of one table that a register's hash covers (chain.py)."""

    def __init__(self, kind: type, columns: Sequence[str]) -> None:
        shape = {column.name: column for column in shape_of(kind).columns}
        kept = [shape[name] for name in columns]
        texts = [at for at, column in enumerate(kept) if column.type is str]
        numbers = [at for at, column in enumerate(kept) if column.type is not str]
        self._numbers = _picker(numbers)
        self._texts = _picker(texts)
        decimal = "".join(" %s" if kept[at].optional else " %d" for at in numbers)  # a flag is 1, an absent date None
        self._form = f"{table_of(kind)}{decimal}{' %d' * len(texts)} {'%s' * len(texts)}\n"

    def of(self, row: Sequence[Value]) -> str:
        texts = self._texts(row)
        return self._form % (*self._numbers(row), *map(len, texts), *texts)


class _Ledger:
    """The compiled statement and conversions of one ledger."""

    def __init__(self, kind: type[LedgerRow]) -> None:
        shape = shape_of(kind)
        self.table = table_of(kind)
        self.row = shape.row
        self.entity = shape.entity
        self.rows = f"SELECT {quoted(shape.names)} FROM {self.table} WHERE id > ? AND id < ? ORDER BY id"
        self.insert = f"INSERT INTO {self.table} ({quoted(shape.names)}) VALUES ({holders(len(shape.names))})"
        self.line = _Line(kind, shape.names).of


_LEDGERS: dict[type, _Ledger] = {
    kind: _Ledger(kind)
    for kind in (ItemEntry, ValueEntry, Application, BinEntry, PhysicalEntry, AuditRow, GlEntry, GlRelation)
}
_REGISTER_LINE = _Line(Register, _REGISTER_COLUMNS).of


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the running command stood when a savepoint was set."""

    head: RegisterHead | None
    register: OpenRegister | None
    position: int
    rows: int
    notes: int
    sealed: int


class LedgerBooks:
    """The ledgers in one transaction."""

    def __init__(
        self, connection: Connection, program: str, savepoint: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._connection = connection
        self._program = program
        self._savepoint = savepoint
        self._head: RegisterHead | None = None
        self._register: OpenRegister | None = None
        self._before = b""
        """The writer's head that the open register follows."""
        self._position = 0
        self._lines: list[tuple[int, str]] = []
        """Number and hashed line of each row of the open register."""
        self._notes: list[AuditRow] = []
        """Its audit rows: nothing asks for them before it is sealed, so they are written together then."""
        self.sealed = 0

    @contextlib.contextmanager
    def command(self, head: RegisterHead) -> Iterator[None]:
        """Run one command: its register is sealed at the end, or goes with all it wrote when an error leaves it."""
        if self._head is not None:
            raise InvariantBroken(f"a command inside a command: {head.source} in {self._head.source}")
        with self._savepoint():
            self._head = head
            yield
            if self._position or self._lines:
                self._seal(head, self.register())
        self.back_to(Mark(None, None, 0, 0, 0, self.sealed))

    def register(self, after: datetime | None = None) -> OpenRegister:
        """Return the running command's register, opened now if it was not; it is later than `after`."""
        if self._register is None:
            self._register = self._opened(after)
        elif after is not None and after >= self._register.posted_at:
            raise StalePlan("changed", register=shown(self._register.id))
        return self._register

    def number(self) -> int:
        """Return the number of the next row."""
        register = self._register or self.register()
        if not self._position:
            self._advance(register)
        self._position += 1
        if self._position > MOST_ROWS:
            raise InvariantBroken(f"register {shown(register.id)} would have more than {MOST_ROWS} rows")
        return register.id << POSITION_BITS | self._position

    def append(self, rows: Sequence[LedgerRow]) -> None:
        """Write rows that carry numbers of the open register, and move the derived tables by them."""
        self._running()
        written: dict[str, list[Any]] = {}
        by_kind: dict[type, list[LedgerRow]] = defaultdict(list)
        for row in rows:
            by_kind[type(row)].append(row)
        for kind, some in by_kind.items():
            written[_LEDGERS[kind].table] = self._write(kind, some)
        derived.move(self._connection, written)
        marks.mark(self._connection, written)

    def note(self, record_type: str, record_key: str, field: str, old: str, new: str, reason: str) -> None:
        """Write an audit row."""
        self._notes.append(AuditRow(self.number(), record_type, record_key, field, old, new, reason))

    def answered(self, operation_id: str) -> str | None:
        """Return the stored result of an operation already done."""
        found = self._connection.execute(_ANSWERED, (operation_id,)).fetchone()
        return str(found[0]) if found else None

    def answer(self, operation_id: str, command: str, result: str) -> None:
        """Store the result of the running command under its operation id."""
        head = self._running()
        values = (operation_id, command, head.operator, microseconds(head.now), result)
        self._connection.execute(_ANSWER, values)

    def posted(self, register: int) -> PostedRegister:
        """Return one posting."""
        return _posted(self._connection.execute(_POSTED_AS, (register,)).fetchone())

    def rows_of(self, register: int, kind: type[L]) -> list[L]:
        """Return the rows of one ledger that a register wrote."""
        ledger = _LEDGERS[kind]
        entity: Any = ledger.entity  # what it makes is of `kind`
        numbers = (register << POSITION_BITS, (register + 1) << POSITION_BITS)
        return [entity(row) for row in self._connection.execute(ledger.rows, numbers)]

    def posted_by(self, operator: str, since: datetime) -> list[PostedRegister]:
        """Return an operator's postings, newest first."""
        rows = self._connection.execute(_POSTED_BY, (operator, microseconds(since))).fetchall()
        return [_posted(row) for row in rows]

    def mark(self) -> Mark:
        """Return where the running command stands."""
        return Mark(self._head, self._register, self._position, len(self._lines), len(self._notes), self.sealed)

    def back_to(self, mark: Mark) -> None:
        """Forget what was done since `mark`; the database forgets it by itself."""
        self._head, self._register, self._position = mark.head, mark.register, mark.position
        self.sealed = mark.sealed
        del self._lines[mark.rows :]
        del self._notes[mark.notes :]

    def _running(self) -> RegisterHead:
        if self._head is None:
            raise InvariantBroken("a ledger row or an answer outside a command")
        return self._head

    def _opened(self, after: datetime | None) -> OpenRegister:
        """Read the writer: the time is later than its last register and than all that is built on."""
        head = self._running()
        writer, sequence, last, self._before = self._connection.execute(_WRITER).fetchone()
        posted = max(microseconds(head.now), last + 1, microseconds(after) + 1 if after else 0)
        return OpenRegister(writer << SEQUENCE_BITS | (sequence + 1), moment_of(posted))

    def _advance(self, register: OpenRegister) -> None:
        """Take the register's number by compare-and-set, before its first row (storage-notes 2)."""
        before = (register.id & _SEQUENCES) - 1
        values = (microseconds(register.posted_at), register.id >> SEQUENCE_BITS, before)
        if self._connection.execute(_ADVANCE, values).rowcount != 1:
            raise StalePlan("changed", register=shown(register.id))

    def _write(self, kind: type[LedgerRow], rows: Sequence[LedgerRow]) -> list[Any]:
        """Insert rows of one ledger and return their values; Any: each column has its own type."""
        ledger = _LEDGERS[kind]
        values: list[Any] = [ledger.row(row) for row in rows]
        self._connection.executemany(ledger.insert, values)
        self._lines += [(value[0], ledger.line(value)) for value in values]
        return values

    def _seal(self, head: RegisterHead, register: OpenRegister) -> None:
        """Hash the rows by position behind the writer's head (SAF-32); a number without its row is a bug."""
        if self._notes:
            self._write(AuditRow, self._notes)
        self._lines.sort(key=itemgetter(0))
        first = (register.id << POSITION_BITS) + 1
        if [number for number, _ in self._lines] != list(range(first, first + self._position)):
            raise InvariantBroken(
                f"register {shown(register.id)}: its rows are not those numbered 1 to {self._position}"
            )
        row = (
            register.id,
            head.operation_id,
            head.operator,
            head.second_person,
            head.terminal,
            head.profile,
            microseconds(register.posted_at),
            head.source,
            self._program,
            FORMAT,
        )
        text = _REGISTER_LINE(row) + "".join([line for _, line in self._lines])
        hashed = sha256(self._before + text.encode()).digest()
        self._connection.execute(_REGISTER, (*row, hashed))
        self._connection.execute(_SEAL, (hashed, register.id >> SEQUENCE_BITS))
        self.sealed = register.id
