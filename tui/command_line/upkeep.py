"""`aisle verify`, `aisle rebuild`, `aisle upgrade`: checking the books, making anew what is derived, a newer schema."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from domain.books import Books
from domain.errors import AisleError
from storage import Finding, Store
from storage.heads import check_heads, heads
from storage.rebuild import rebuild as make_anew
from storage.schema import SCHEMA
from storage.upgrade import upgrade as brought_up
from storage.verify import verify as findings_in
from tui.command_line.printing import complain, counted, progress, say
from tui.command_line.sentences import sentence
from tui.command_line.system import note, opened, system

FOUND = 1


def verify(options: Namespace) -> int:
    """Name every broken rule with its keys: exit 0 where there is none, 1 else (SAF-07)."""
    with opened(options, read_only=options.read_only) as store:
        findings = findings_in(store, progress("Checking"))
        if options.heads:
            findings += check_heads(store, _noted(options.heads))
        _tell(findings)
        result = counted(len(findings), "finding") if findings else "clean"
        say(f"{options.database}: {result}.")
        if not options.read_only:
            _note_result(store, "rules", "verify", result)
        if options.heads and not findings:
            _note_heads(options.heads, heads(store, datetime.now(UTC)))
    return FOUND if findings else 0


def rebuild(options: Namespace) -> int:
    """Make every derived table again from the ledgers, in one transaction."""
    with opened(options) as store:
        for table, rows in make_anew(store, progress=progress("Making anew")).items():
            say(f"{table}: {counted(rows, 'row')}.")
        store.transaction(lambda books: note(books, system(books), "database", "derived", "rebuild", "done"))
    return 0


def upgrade(options: Namespace) -> int:
    """Bring an older database to the schema of this program, or leave it as it was (SAF-11)."""
    done = brought_up(options.database, datetime.now(UTC), progress("Checking"))
    if done.findings:
        _tell(done.findings)
        complain(f"{options.database}: {counted(len(done.findings), 'finding')}; it is left at schema {done.schema}.")
        return FOUND
    if done.backup is None:
        say(f"{options.database}: at schema {SCHEMA} already.")
        return 0
    say(f"{options.database}: from schema {done.schema} to {SCHEMA}, and clean. {done.backup} is what it was.")
    with opened(options) as store:
        _note_result(store, "schema", "upgrade", f"{done.schema} to {SCHEMA}")
    return 0


def _tell(findings: Iterable[Finding]) -> None:
    for finding in findings:
        say(f"{finding.rule}: {finding.where}: {finding.text}")


def _noted(path: Path) -> list[str]:
    """Return the heads noted so far; there are none before the first time."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []


def _note_heads(path: Path, lines: list[str]) -> None:
    """Add the heads of today to those kept outside (SAF-32)."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def _note_result(store: Store, key: str, what: str, result: str) -> None:
    """Keep the result in the audit trail; where damage makes that impossible it was told nevertheless."""

    def work(books: Books) -> None:
        note(books, system(books), "database", key, what, result)

    try:
        store.transaction(work)
    except AisleError as error:
        complain(f"The result is not in the audit trail. {sentence(error.code, error.facts)}")
