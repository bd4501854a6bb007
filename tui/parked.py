"""Work that an operator leaves unfinished when he goes or his line drops (floor-flows.md 15; SAF-04, SAF-24).

How it is taken up again is the question of jobs/login.py; the answers of a terminal are answering.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from domain.books import Books
from domain.people.books import ParkedWork, ScanRecord, TerminalSession
from domain.situation import Situation
from domain.work.documents import Claim
from tui.jobs.job import Job
from tui.jobs.keeping import from_text, to_text
from tui.jobs.login import Resume
from tui.jobs.menu import Menu
from tui.jobs.view import Message
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


def log_off(books: Books, situation: Situation, state: State) -> State:
    """Keep drafts, end claims (floor-flows.md, Session); somebody else may do so at a locked terminal."""
    left = state.covered or State()
    park(books, left, situation.terminal, situation.now)
    for claim in books.records.rows(Claim, operator=state.operator):
        if claim.terminal == situation.terminal:
            books.records.remove(claim)
    with books.ledger.command(situation.head("change")):
        books.records.note("operator", state.operator, "logoff", "", situation.terminal)
    return State(held=(*left.held, *state.held))


def offered(books: Books, situation: Situation, menu: State, is_alive: Callable[[str], bool]) -> State:
    """Return the state after a log-in: work left behind first, with the outcome of the last operation (SAF-04).

    `is_alive` tells of the process that holds another terminal of the operator: a dead one has let go.
    """
    for row in books.records.rows(TerminalSession, operator=situation.operator.code):
        if row.terminal != situation.terminal and not is_alive(row.holder):
            let_go(books, row, situation.now)
    for parked in left_behind(books, situation):
        left = from_text(parked.state)
        told = replace(menu, message=left.message, outcome=left.outcome if left.message else "none")
        if is_work(left):
            unposted = Message("not_posted") if left.job.prompt == "summary" else None
            resume = Resume(parked.parked_at.isoformat(), *where(left.jobs))
            return replace(told, message=menu.message or left.message or unposted, jobs=(Menu(), resume))
        books.records.remove(parked)  # it had just ended: only its outcome is told
        menu = told
    return menu


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
