"""Heads of the chains kept outside the database, where the account of the terminals cannot change them (SAF-32).

A tail that is cut off, with its writer set back, is a whole chain again: only a head noted elsewhere shows it. A line
is a moment, a register and its hash: `2026-03-02T08:00:00+00:00 1-41 5f3a...`. A restore notes the writer that goes
on, `... writer 2` before and `... restored 2` after it: its number is taken for good, and of the heads noted before
that only those count which were noted again. Not here: what a chain is (verify_chain.py).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from domain.ledger.entries import SEQUENCE_BITS, shown
from domain.site import SiteHead
from storage.store import Store
from storage.verify_chain import Finding

RULE = "SAF-32"
_HEAD = re.compile(r"(\S+) ([0-9]{1,4})-([0-9]{1,10}) ([0-9a-f]{64})")
_WRITER = re.compile(r"\S+ (writer|restored) ([0-9]{1,4})")


class Head(NamedTuple):
    """The register that was the last of its writer at a moment."""

    moment: str
    register: int
    hash: str


class Noted(NamedTuple):
    """What a log of heads says."""

    heads: list[Head]
    """Those that count: noted with the last restore or since."""
    last_writer: int
    """The highest number a writer was ever given, 0 where none is noted."""
    findings: list[Finding]
    """A line each that is none."""


def heads(store: Store, now: datetime) -> list[str]:
    """Return a line for each writer that has written."""
    sql = "SELECT id, sequence, head FROM writer WHERE sequence > 0 ORDER BY id"
    rows = store.reading(lambda connection: connection.execute(sql).fetchall())
    return [f"{now.isoformat()} {shown(id << SEQUENCE_BITS | sequence)} {head.hex()}" for id, sequence, head in rows]


def check_heads(store: Store, lines: Iterable[str]) -> list[Finding]:
    """Return what is wrong with the registers that were heads when these lines were noted."""
    noted = read_heads(lines)
    missing, other = compared(store, noted.heads)
    gone = [_finding(head, f"It is missing, but was the last one on {head.moment}.") for head in missing]
    return noted.findings + gone + other


def read_heads(lines: Iterable[str]) -> Noted:
    """Return what these lines say."""
    heads: list[Head] = []
    writers = [0]
    findings = []
    for number, line in enumerate(lines, 1):
        if told := _HEAD.fullmatch(line):
            moment, writer, sequence, hash = told.groups()
            heads.append(Head(moment, int(writer) << SEQUENCE_BITS | int(sequence), hash))
            writers.append(int(writer))
        elif told := _WRITER.fullmatch(line):
            writers.append(int(told[2]))
            if told[1] == "restored":
                heads.clear()
        else:
            where = f"line {number} of the heads"
            findings.append(Finding(RULE, where, "It is not a moment with a register and its hash, or with a writer."))
    return Noted(heads, max(writers), findings)


def compared(store: Store, heads: Sequence[Head]) -> tuple[list[Head], list[Finding]]:
    """Return the heads whose registers are missing, and a finding for each that is another register there."""
    sql = "SELECT hash FROM register WHERE id = ?"
    rows = store.reading(lambda connection: [connection.execute(sql, (head.register,)).fetchone() for head in heads])
    missing = [head for head, row in zip(heads, rows, strict=True) if row is None]
    other = [
        _finding(head, f"Its hash is another than on {head.moment}.")
        for head, row in zip(heads, rows, strict=True)
        if row is not None and row[0].hex() != head.hash
    ]
    return missing, other


def site_log(store: Store, database: Path) -> Path | None:
    """Return the file for the heads of a database that `settings.head_log` names, None where it names none."""
    head = store.question(lambda books: books.records.one(SiteHead, 1)) or SiteHead()
    if not head.settings.head_log:
        return None
    log = database.parent / head.settings.head_log
    return log / _name(database) if log.is_dir() else log


def log_beside(backup: Path, database: Path) -> Path:
    """Return the file for the heads of a database beside a backup of it."""
    return backup.with_name(_name(database))


def _name(database: Path) -> str:
    return f"{database.name}.heads"


def noted_in(log: Path) -> list[str]:
    """Return the lines of a log; there are none before the first time."""
    return log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []


def note(log: Path, lines: Iterable[str]) -> None:
    """Add lines to a log, on disk when this returns."""
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(descriptor)


def _finding(head: Head, text: str) -> Finding:
    return Finding(RULE, f"register {shown(head.register)}", text)
