"""The chains of registers, walked from each writer's first to its last with hashing code of its own (SAF-06 h, SAF-32).

Rows come by number from all ledgers at once, so a row without a register, a hole and a doubled number show on the way.
The columns and the format are those of chain.py; nothing is shared with the code that posts.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Any

from domain.ledger.entries import POSITION_BITS, SEQUENCE_BITS, register_of, shown
from storage.chain import COLUMNS, FORMAT, NO_HEAD
from storage.engines import Connection

RULE = "SAF-06 (h)"
_SEQUENCES = (1 << SEQUENCE_BITS) - 1
_POSITIONS = (1 << POSITION_BITS) - 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: which, where (table and keys), and what is there against what would be right."""

    rule: str
    where: str
    text: str


@dataclass(slots=True)
class _Chain:
    """What the walk knows of one writer's chain so far."""

    writer: int
    sequence: int = 0
    posted_at: int = -1
    head: bytes = NO_HEAD


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    table: str
    values: dict[str, Any] = field(compare=False)  # Any: each column has its own type


def walk(connection: Connection) -> Iterator[Finding]:
    """Yield what is wrong with the registers, their rows and the writers."""
    groups = _groups(connection)
    group = next(groups, None)
    chains: dict[int, _Chain] = {}
    for register in _registers(connection):
        while group and group[0] < register.id:
            yield from _without_register(*group)
            group = next(groups, None)
        rows = []
        if group and group[0] == register.id:
            rows = group[1]
            group = next(groups, None)
        writer = register.id >> SEQUENCE_BITS
        chain = chains.setdefault(writer, _Chain(writer))
        yield from _check_register(chain, register, rows)
    while group:
        yield from _without_register(*group)
        group = next(groups, None)
    yield from _check_writers(connection, chains)


def _read(connection: Connection, table: str, *more: str) -> Iterator[_Row]:
    columns = (*COLUMNS[FORMAT][table], *more)
    names = ", ".join(f'"{column}"' for column in columns)
    for row in connection.execute(f"SELECT {names} FROM {table} ORDER BY id"):
        yield _Row(row[0], table, dict(zip(columns, row, strict=True)))


def _registers(connection: Connection) -> Iterator[_Row]:
    return _read(connection, "register", "hash")


def _groups(connection: Connection) -> Iterator[tuple[int, list[_Row]]]:
    """Yield each register number that rows carry, with those rows by position."""
    ledgers = [_read(connection, table) for table in COLUMNS[FORMAT] if table != "register"]
    rows = heapq.merge(*ledgers, key=lambda row: row.id)
    for number, some in groupby(rows, key=lambda row: register_of(row.id)):
        yield number, list(some)


def _without_register(number: int, rows: list[_Row]) -> Iterator[Finding]:
    for row in rows:
        yield Finding(RULE, f"{row.table} {shown(row.id)}", f"Register {shown(number)} of this row is not there.")


def _check_register(chain: _Chain, register: _Row, rows: list[_Row]) -> Iterator[Finding]:
    where = f"register {shown(register.id)}"
    sequence = register.id & _SEQUENCES
    is_next = sequence == chain.sequence + 1
    if not is_next:
        missing = shown(chain.writer << SEQUENCE_BITS | (chain.sequence + 1))
        yield Finding(RULE, f"register {missing}", f"It is missing: {shown(register.id)} is the next one there.")
    if register.values["posted_at"] <= chain.posted_at:
        yield Finding(RULE, where, "It was posted no later than the one before it.")
    yield from _check_positions(where, rows)
    columns = COLUMNS.get(register.values["hash_format"])
    if columns is None:
        yield Finding(RULE, where, f"Its hash format {register.values['hash_format']} is unknown.")
    elif is_next and register.values["hash"] != _hash(chain.head, [register, *rows], columns):
        yield Finding(RULE, where, "Its hash does not fit: it, its rows or the one before it were changed.")
    chain.sequence, chain.posted_at, chain.head = sequence, register.values["posted_at"], register.values["hash"]


def _check_positions(where: str, rows: list[_Row]) -> Iterator[Finding]:
    if not rows:
        yield Finding(RULE, where, "It has no rows.")
    for expected, row in enumerate(rows, 1):
        if row.id & _POSITIONS != expected:
            yield Finding(
                RULE, where, f"Row {expected} is missing or doubled: {row.table} {shown(row.id)} stands there."
            )
            return


def _hash(head: bytes, rows: list[_Row], columns: dict[str, tuple[str, ...]]) -> bytes:
    hashed = sha256(head)
    for row in rows:
        values = [row.values[column] for column in columns.get(row.table, ())]  # none: no row of this format
        texts = [value for value in values if isinstance(value, str)]
        numbers = [str(value) for value in values if not isinstance(value, str)]
        words = [row.table, *numbers, *(str(len(text)) for text in texts)]
        hashed.update(f"{' '.join(words)} {''.join(texts)}\n".encode())
    return hashed.digest()


def _check_writers(connection: Connection, chains: dict[int, _Chain]) -> Iterator[Finding]:
    """Compare where each chain ends with what its writer says."""
    for writer, sequence, head, posted_at in connection.execute("SELECT id, sequence, head, posted_at FROM writer"):
        chain = chains.pop(writer, _Chain(writer))
        where = f"writer {writer}"
        if chain.sequence != sequence:
            last = shown(writer << SEQUENCE_BITS | sequence)
            there = shown(writer << SEQUENCE_BITS | chain.sequence)
            yield Finding(RULE, where, f"Its last register is {last}, but the last one there is {there}.")
        elif chain.head != head:
            yield Finding(RULE, where, "Its head is not the hash of its last register.")
        elif sequence and chain.posted_at != posted_at:
            yield Finding(RULE, where, "Its time is not that of its last register.")
    for writer in sorted(chains):
        yield Finding(RULE, f"writer {writer}", "It is missing, but registers carry its number.")
