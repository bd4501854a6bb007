"""The rows that storage itself keeps beside the ledgers: writers, registers, and operations done.

Not here: numbering and sealing (books/ledger.py), what a register's hash covers (chain.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Writer:
    """Who numbers registers; on SQLite every process uses row 1 (storage-notes 2)."""

    id: int
    sequence: int
    head: bytes
    posted_at: datetime
    holder: str
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Register:
    """One command that appended something."""

    id: int
    operation_id: str
    operator: str
    second_person: str
    terminal: str
    profile: str
    posted_at: datetime
    source: str
    program: str
    hash: bytes
    hash_format: int


@dataclass(frozen=True, slots=True)
class Operation:
    """A command that may be sent again, and what it answered (SAF-03)."""

    id: str
    command: str
    operator: str
    at: datetime
    result: str
