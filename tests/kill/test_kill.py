"""kill -9, again and again: nothing confirmed is missing or doubled, the terminal resumes (SAF-02..04, T-03)."""

from __future__ import annotations

import json
import os
import signal
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from domain.work.undoing import Undone
from storage import Store, verify
from tests.kill.office import Office
from tests.kill.warehouse import RESUMED, Worker, make_warehouse, now, system
from tui.holder import is_alive, this_process
from tui.session import Terminal

KILLS = 200
INSIDE = 160
"""Of them, so many by the hook around a statement of a transaction; the rest between answers."""
ANSWERS = 60
"""What a worker does at most before the next one takes over."""
IMPORTS = 5
"""Every so many deaths it is the office that dies, bringing in two orders and releasing them."""
OFFICE_STATEMENTS = 133
"""What that takes in its transactions."""


class Killer:
    """Watches every statement and kills its own process at the one it was told."""

    def __init__(self, at: int, told: int) -> None:
        self._left = at
        self._told = told
        self._is_inside = False

    def __call__(self, when: str, sql: str) -> None:
        if sql.startswith("BEGIN") and when == "after":
            self._is_inside = True
        if self._is_inside:
            self._left -= 1
            if self._left == 0:
                is_committed = when == "after" and sql.startswith("COMMIT")
                os.write(self._told, json.dumps({"inside": True, "is_committed": is_committed}).encode() + b"\n")
                os.kill(os.getpid(), signal.SIGKILL)
        if sql.startswith("COMMIT") and when == "after":
            self._is_inside = False


def _work_until_killed(path: Path, choose: Random, at: int, told: int) -> None:
    """Run one worker in this process, which does not come back."""
    store = Store.open(str(path), on_statement=Killer(at, told))

    def tell(**facts: object) -> None:
        os.write(told, json.dumps(facts).encode() + b"\n")

    terminal = Terminal(
        store,
        now=now,
        terminal="t1",
        holder=this_process(),
        is_alive=is_alive,
        report=_fail,
    )
    worker = Worker(terminal, choose, lambda done: tell(posted=done), lambda place: tell(place=place))
    if at:
        worker.work(ANSWERS)
    else:
        worker.work(choose.randrange(4, ANSWERS))
        os.kill(os.getpid(), signal.SIGKILL)


def _fail(error: BaseException) -> str:
    raise AssertionError("the terminal stopped") from error


def _killed(work: Callable[[int], None]) -> list[dict[str, object]]:
    """Fork a process, wait for its death and return what it told: what was confirmed, and a death inside."""
    reading, told = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            work(told)
        except BaseException:  # noqa: BLE001 - a forked child may not return into the parent's test
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(told)
    with os.fdopen(reading) as lines:
        heard = [json.loads(line) for line in lines]
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the worker failed"
    return heard


def _order_until_killed(office: Office, at: int, told: int) -> None:
    """Bring in two orders and release them in this process, which does not come back."""
    Store.open = staticmethod(partial(Store.open, on_statement=Killer(at, told)))
    office.finish(lambda status: os.write(told, json.dumps({"office": status}).encode() + b"\n"))


def _office_killed(office: Office, at: int) -> list[dict[str, object]]:
    """Kill the office: its orders are as it told, or one command further. It goes on from there."""
    heard = _killed(partial(_order_until_killed, office, at))
    told = sum(1 for line in heard if "office" in line)
    assert office.status() in ("", "open", "released")[told : told + 2]
    office.finish()
    return heard


@pytest.mark.slow
def test_nothing_confirmed_is_lost_or_doubled_by_kill_9(tmp_path):
    path = tmp_path / "aisle.db"
    make_warehouse(path)
    choose = Random(20261124)
    confirmed: set[str] = set()
    inside = resumed = 0
    place: object = None  # where the operator stood last; None where an answer was kept that nobody saw

    for number in range(KILLS):
        at = choose.randrange(1, 500) if number < INSIDE else 0
        if at and number % IMPORTS == 0:
            heard = _office_killed(Office(tmp_path, number), choose.randint(1, OFFICE_STATEMENTS))
        else:
            heard = _killed(partial(_work_until_killed, path, Random(choose.random()), at))
        inside += sum(1 for line in heard if "inside" in line)
        confirmed |= {str(line["posted"]) for line in heard if "posted" in line}
        places = [line["place"] for line in heard if "place" in line]
        resumed += RESUMED in places
        if stood := [one for one in places if one != RESUMED]:
            assert place in (None, stood[0]), "the terminal resumed elsewhere"
            place = None if any(line.get("is_committed") for line in heard) else stood[-1]

    with Store.open(str(path)) as store:
        terminal = Terminal(store, now=now, terminal="t1", holder="last", is_alive=lambda _: False, report=_fail)
        Worker(terminal, choose, confirmed.add).work(ANSWERS)
        written = store.question(lambda books: _postings(store, books))
        assert verify(store) == []
    assert confirmed == written
    assert len(written) > KILLS // 4, "the workers posted too little to prove anything"
    assert inside >= 150
    assert resumed > KILLS // 4


def _postings(store, books):
    """Return what the operator posted and took back, as a screen tells it."""
    situation = system(books)
    undone = {row.undone_by: row.register for row in books.records.rows(Undone)}
    registers = books.ledger.posted_by("SARA", situation.now.replace(year=2000))
    return {
        f"undone {books.ledger.posted(undone[row.id]).document}" if row.id in undone else f"posted {row.document}"
        for row in registers
    }
