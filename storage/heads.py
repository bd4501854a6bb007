"""Heads of the chains kept outside the database, where the account of the terminals cannot change them (SAF-32).

A tail that is cut off, with its writer set back, is a whole chain again: only a head noted elsewhere shows it. A line
is a moment, a register and its hash: `2026-03-02T08:00:00+00:00 1-41 5f3a...`. Not here: where the lines are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from domain.ledger.entries import SEQUENCE_BITS, shown
from storage.engines import Connection
from storage.store import Store
from storage.verify_chain import Finding

RULE = "SAF-32"
_LINE = re.compile(r"(\S+) ([0-9]{1,4})-([0-9]{1,10}) ([0-9a-f]{64})")


def heads(store: Store, now: datetime) -> list[str]:
    """Return a line for each writer that has written."""
    sql = "SELECT id, sequence, head FROM writer WHERE sequence > 0 ORDER BY id"
    rows = store.reading(lambda connection: connection.execute(sql).fetchall())
    return [f"{now.isoformat()} {shown(id << SEQUENCE_BITS | sequence)} {head.hex()}" for id, sequence, head in rows]


def check_heads(store: Store, lines: list[str]) -> list[Finding]:
    """Return what is wrong with the registers that were heads when these lines were noted."""
    return store.reading(lambda connection: list(_checked(connection, lines)))


def _checked(connection: Connection, lines: list[str]) -> Iterator[Finding]:
    for number, line in enumerate(lines, 1):
        told = _LINE.fullmatch(line)
        if told is None:
            yield Finding(RULE, f"line {number} of the heads", "It is not a moment, a register and its hash.")
            continue
        moment, writer, sequence, noted = told.groups()
        register = int(writer) << SEQUENCE_BITS | int(sequence)
        row = connection.execute("SELECT hash FROM register WHERE id = ?", (register,)).fetchone()
        where = f"register {shown(register)}"
        if row is None:
            yield Finding(RULE, where, f"It is missing, but was the last one on {moment}.")
        elif row[0].hex() != noted:
            yield Finding(RULE, where, f"Its hash is another than on {moment}.")
