"""`aisle verify` and `aisle rebuild`: checking the books, and making anew what is derived from them."""

from __future__ import annotations

from argparse import Namespace

from domain.books import Books
from domain.errors import AisleError
from storage import Store
from storage.rebuild import rebuild as make_anew
from storage.verify import verify as findings_in
from tui.command_line.printing import complain, counted, progress, say
from tui.command_line.sentences import sentence
from tui.command_line.system import note, opened, system

FOUND = 1


def verify(options: Namespace) -> int:
    """Name every broken rule with its keys: exit 0 where there is none, 1 else (SAF-07)."""
    with opened(options, read_only=options.read_only) as store:
        findings = findings_in(store, progress("Checking"))
        for finding in findings:
            say(f"{finding.rule}: {finding.where}: {finding.text}")
        result = counted(len(findings), "finding") if findings else "clean"
        say(f"{options.database}: {result}.")
        if not options.read_only:
            _note_result(store, result)
    return FOUND if findings else 0


def rebuild(options: Namespace) -> int:
    """Make every derived table again from the ledgers, in one transaction."""
    with opened(options) as store:
        for table, rows in make_anew(store, progress=progress("Making anew")).items():
            say(f"{table}: {counted(rows, 'row')}.")
        store.transaction(lambda books: note(books, system(books), "database", "derived", "rebuild", "done"))
    return 0


def _note_result(store: Store, result: str) -> None:
    """Keep the result in the audit trail; what damage makes impossible does not hide the findings."""

    def work(books: Books) -> None:
        note(books, system(books), "database", "rules", "verify", result)

    try:
        store.transaction(work)
    except AisleError as error:
        complain(f"The result is not in the audit trail. {sentence(error.code, error.facts)}")
