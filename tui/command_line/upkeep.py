"""`aisle verify`, `aisle rebuild`, `aisle upgrade`: checking the books, making anew what is derived, a newer schema.

Not here: backups (backups.py).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, datetime

from domain.books import Books
from domain.errors import AisleError
from storage import Finding, Store
from storage.engines import path_of
from storage.heads import check_heads, heads, note, noted_in, site_log
from storage.rebuild import rebuild as make_anew
from storage.schema import SCHEMA
from storage.upgrade import upgrade as brought_up
from storage.verify import verify as findings_in
from tui.command_line.printing import complain, counted, progress, say
from tui.command_line.sentences import sentence
from tui.command_line.system import note as noted
from tui.command_line.system import opened, system

FOUND = 1


def verify(options: Namespace) -> int:
    """Name every broken rule with its keys: exit 0 where there is none, 1 else (SAF-07)."""
    with opened(options, read_only=options.read_only) as store:
        findings = findings_in(store, progress("Checking"))
        log = options.heads or site_log(store, path_of(options.database))
        if log:
            findings += check_heads(store, noted_in(log))
        tell(findings)
        result = counted(len(findings), "finding") if findings else "clean"
        say(f"{options.database}: {result}.")
        if not options.read_only:
            note_result(store, "rules", "verify", result)
        if log and not findings:
            note(log, heads(store, datetime.now(UTC)))
    return FOUND if findings else 0


def rebuild(options: Namespace) -> int:
    """Make every derived table again from the ledgers, in one transaction."""
    with opened(options) as store:
        for table, rows in make_anew(store, progress=progress("Making anew")).items():
            say(f"{table}: {counted(rows, 'row')}.")
        store.transaction(lambda books: noted(books, system(books), "database", "derived", "rebuild", "done"))
    return 0


def upgrade(options: Namespace) -> int:
    """Bring an older database to the schema of this program, or leave it as it was (SAF-11)."""
    done = brought_up(options.database, datetime.now(UTC), progress("Checking"))
    if done.findings:
        tell(done.findings)
        complain(f"{options.database}: {counted(len(done.findings), 'finding')}; it is left at schema {done.schema}.")
        return FOUND
    if done.backup is None:
        say(f"{options.database}: at schema {SCHEMA} already.")
        return 0
    say(f"{options.database}: from schema {done.schema} to {SCHEMA}, and clean. {done.backup} is what it was.")
    with opened(options) as store:
        note_result(store, "schema", "upgrade", f"{done.schema} to {SCHEMA}")
    return 0


def tell(findings: Iterable[Finding]) -> None:
    """Write a line for each broken rule."""
    for finding in findings:
        say(f"{finding.rule}: {finding.where}: {finding.text}")


def note_result(store: Store, key: str, what: str, result: str) -> None:
    """Keep the result in the audit trail; where damage makes that impossible it was told nevertheless."""

    def work(books: Books) -> None:
        noted(books, system(books), "database", key, what, result)

    try:
        store.transaction(work)
    except AisleError as error:
        complain(f"The result is not in the audit trail. {sentence(error.code, error.facts)}")
