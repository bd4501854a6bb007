"""The world of one case: its database, its clock, who does what, and the names that steps give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, TypeAlias, TypeVar

from domain.books import Books
from domain.errors import NeedsConfirm
from domain.ledger.entries import register_of
from domain.people.access import situation_of
from domain.people.rights import SYSTEM
from domain.set_up import ApplySite, apply_site, site_in
from domain.site import Operator, Site
from domain.situation import Situation
from storage import Store
from storage.engines import Connection
from storage.verify import verify
from tests.cases.matching import Actual
from tests.cases.vocabulary import Mistake

C = TypeVar("C")
R = TypeVar("R")
Show: TypeAlias = Callable[[Books, Situation, str], Mapping[str, Actual]]

OPERATOR = "CASE"
"""Who does every step that is not at a terminal; he may do everything. The site itself is applied by SYSTEM."""
ROLE = "case"
OPENS = time(8, tzinfo=UTC)


@dataclass(slots=True)
class World:
    """What a case plays in."""

    store: Store
    today: date
    location: str
    """Where a step without a location is: MAIN, or the blank location where the case names some."""
    named: frozenset[str]
    """Every text of the case's state and steps: what an expected nothing may be called."""
    reason: str
    """The reason a step gives that has none of its own."""
    site: dict[str, Any]
    """The site file in force, as text."""
    removed: list[tuple[dict[str, Any], str]] = field(default_factory=list)
    """Rows taken out of it, with their sections."""
    now: datetime = field(init=False)
    entries: dict[str, int] = field(default_factory=dict)
    """Item entries by the names of the steps that made them."""
    registers: dict[str, int] = field(default_factory=dict)
    """Postings, likewise."""
    documents: dict[str, tuple[str, Show]] = field(default_factory=dict)
    """Numbers of documents, likewise, each with what shows one as cases do."""
    hands: dict[str, Any] = field(default_factory=dict)
    """Who works at a terminal (verbs/floor.py)."""
    given: frozenset[int] = frozenset()
    """The registers of the given state."""

    def __post_init__(self) -> None:
        self.now = datetime.combine(self.today, OPENS)

    def pass_time(self, **length: float) -> None:
        """Let the clock run on."""
        self.now += timedelta(**length)

    def do(self, function: Callable[[Books, Situation, C], R], command: C, *, confirm: bool = False) -> R:
        """Run a command in a transaction of its own; `confirm` says yes to every question it asks."""
        confirmed: frozenset[str] = frozenset()
        while True:
            try:
                return self.store.transaction(partial(self._run, function, command, confirmed))
            except NeedsConfirm as asked:
                if not confirm or asked.code in confirmed:
                    raise
                confirmed |= {asked.code}

    def ask(self, question: Callable[[Books], R]) -> R:
        """Return the answer of a question to the books."""
        return self.store.question(question)

    def apply(self, site: Site) -> None:
        """Make the database follow a site."""
        self.do(lambda books, doer, new: apply_site(books, doer, ApplySite(site_in(books), new)), site)

    def start(self) -> None:
        """Remember what was given: the first step comes next."""
        registers = self.store.reading(lambda connection: connection.execute("SELECT id FROM register").fetchall())
        self.given = frozenset(number for (number,) in registers)

    def problems(self) -> list[str]:
        """Return what `verify` finds wrong."""
        return [str(problem) for problem in verify(self.store)]

    def name_entries(self, name: str, entries: Sequence[int]) -> None:
        """Call entries by the name of the step that made them: `t`, or `t.1`, `t.2` where there are several."""
        if name and len(entries) == 1:
            self.entries[name] = entries[0]
        elif name:
            self.entries |= {f"{name}.{number}": entry for number, entry in enumerate(entries, 1)}

    def newest_posting(self) -> int:
        """Return the register posted last, 0 for none."""
        sql = "SELECT COALESCE(MAX(id), 0) FROM register WHERE source <> 'change'"
        newest: int = self.store.reading(lambda connection: connection.execute(sql).fetchone())[0]
        return newest

    def register(self, name: str) -> int:
        """Return the posting of the step, or of the entry, called so."""
        if name in self.entries:
            return register_of(self.entries[name])
        if name not in self.registers:
            raise Mistake(f"{name} posted nothing")
        return self.registers[name]

    def footprint(self) -> tuple[tuple[str, int], ...]:
        """Return how many rows each table has: a refusal leaves none behind."""
        return self.store.reading(_footprint)

    def document(self, name: str, *kinds: Show) -> str:
        """Return the number of the document a step called so; where `kinds` are given it is shown by one of them."""
        no, show = self.documents.get(name, ("", None))
        if show is None or (kinds and show not in kinds):
            raise Mistake(f"{name} is no such document")
        return no

    def shown(self, name: str) -> Mapping[str, Actual]:
        """Return a document as it stands now."""
        no, show = self.documents[name]
        return self.do(show, no)

    def _run(
        self, function: Callable[[Books, Situation, C], R], command: C, confirmed: frozenset[str], books: Books
    ) -> R:
        return function(books, self._situation(books, confirmed), command)

    def _situation(self, books: Books, confirmed: frozenset[str]) -> Situation:
        operator = books.records.one(Operator, OPERATOR) or SYSTEM
        situation = situation_of(books.records, operator, now=self.now, terminal="CASES")
        for code in confirmed:
            situation = situation.confirming(code)
        return situation


def _footprint(connection: Connection) -> tuple[tuple[str, int], ...]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return tuple((name, connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]) for (name,) in tables)
