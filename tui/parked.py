"""Work that an operator leaves unfinished when he goes or his line drops (floor-flows.md 15; SAF-04, SAF-24).

How it is taken up again is the question of jobs/login.py; the answers of a terminal are session.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.books import Books
from domain.people.books import ParkedWork, ScanRecord, TerminalSession
from domain.situation import Situation
from tui.jobs.job import Job
from tui.jobs.keeping import from_text, to_text
from tui.jobs.login import Resume
from tui.jobs.menu import Menu
from tui.state import State


def let_go(books: Books, row: TerminalSession, now: datetime) -> int:
    """Free a terminal and return how many scans it has journalled; what its operator left unfinished is parked.

    Scans that waited for the answer to a question are journalled as ignored (decision 26).
    """
    state = from_text(row.state)
    left = state.covered or state
    park(books, left, row.terminal, now)
    for number, held in enumerate(left.held, row.scans + 1):
        scan = ScanRecord(
            terminal=row.terminal,
            no=number,
            at=now,
            operator=row.operator,
            location=row.location,
            profile=row.profile,
            source=held.source,
            raw=bytes.fromhex(held.raw),
            prompt="question",
            outcome="ignored",
            code="left",
            reading="",
            register=0,
        )
        books.terminals.journal(scan)
    scans = row.scans + len(left.held)
    books.records.save(replace(row, operator="", location="", holder="", scans=scans, state=to_text(State())))
    return scans


def park(books: Books, state: State, terminal: str, now: datetime) -> None:
    """Keep what an operator leaves unfinished, or an outcome he may not have seen, for him alone (SAF-04, SAF-24)."""
    if state.operator and (is_work(state) or state.outcome != "none"):
        while books.records.one(ParkedWork, state.operator, now) is not None:
            now += timedelta(microseconds=1)  # another terminal of his was left at the same moment
        left = replace(state, jobs=tuple(job.resumed() for job in state.jobs))
        books.records.save(ParkedWork(state.operator, now, terminal, state.location, to_text(left)))


def is_work(state: State) -> bool:
    """Say whether there is anything to take up: a menu and the question about older work are nothing."""
    return any(not isinstance(job, Menu | Resume) for job in state.jobs)


def left_behind(books: Books, situation: Situation) -> list[ParkedWork]:
    """Return what an operator left within `keep_input`, newest first; older is dropped."""
    rows = books.records.rows(ParkedWork, operator=situation.operator.code)
    oldest = situation.now - timedelta(seconds=situation.settings.session.keep_input)
    for row in rows:
        if row.parked_at < oldest:
            books.records.remove(row)
    return sorted((row for row in rows if row.parked_at >= oldest), key=lambda row: row.parked_at, reverse=True)


def where(jobs: tuple[Job, ...]) -> tuple[str, str]:
    """Return document and line of the work a stack stands in, for the resume question."""
    job = jobs[-1]
    return document_of(job) or f"job.{job.name}", job.prompt


def document_of(job: Job) -> str:
    """Return the document a job stands in, "" for none."""
    return getattr(job, "journal", "") or getattr(job, "document", "")
