"""The same operation sent twice answers the first result, in every job (SAF-03)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

import pytest

from domain.books import Books
from domain.people.books import TerminalSession
from storage import Store, verify
from tests.kill.office import Office
from tests.kill.warehouse import Worker, make_warehouse, now, system
from tui.jobs.view import View
from tui.session import Terminal

POSTING_PROMPTS = ("summary", "place")


@dataclass
class Repeater(Worker):
    """Sends again what posted, from the very state in which it was sent first."""

    store: Store = field(kw_only=True)
    repeated: set[str] = field(default_factory=set)
    """The jobs that answered twice."""

    def _answer(self, view: View) -> View:
        if view.prompt not in POSTING_PROMPTS:
            return super()._answer(view)
        before = self.store.question(_session).state
        first = super()._answer(view)
        if first.outcome != "posted":
            return first
        registers = self._registers()
        self.store.transaction(lambda books: books.records.save(replace(_session(books), state=before)))
        again = super()._answer(view)
        assert (again.outcome, again.message) == ("posted", first.message)
        assert self._registers() == registers, f"posted twice at {view.job}"
        self.repeated.add(view.job)
        return again

    def _registers(self) -> list[int]:
        def work(books: Books) -> list[int]:
            return [row.id for row in books.ledger.posted_by("SARA", system(books).now.replace(year=2000))]

        return self.store.question(work)


def _session(books: Books) -> TerminalSession:
    session = books.records.one(TerminalSession, "t1")
    assert session is not None
    return session


@pytest.mark.slow
def test_the_same_operation_sent_twice_answers_the_first_result_saf_03(tmp_path):
    path = tmp_path / "aisle.db"
    make_warehouse(path)
    for number in range(5):
        Office(tmp_path, number).finish()
    with Store.open(str(path)) as store:
        terminal = Terminal(store, now=now, terminal="t1", holder="one", is_alive=lambda _: False, report=_fail)
        worker = Repeater(terminal, Random(2), lambda _: None, store=store)
        worker.work(500)
        assert verify(store) == []
    assert worker.repeated == {"adjust", "move", "my_day", "pick", "reclassify", "posting"}


def _fail(error: BaseException) -> str:
    raise AssertionError("the terminal stopped") from error
