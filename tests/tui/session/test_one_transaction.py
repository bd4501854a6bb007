"""One answer is one transaction: a crash at any statement leaves all of it or nothing (decision 26; SAF-02, T-04)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.errors import Refused, SetupError
from domain.people.books import ParkedWork, TerminalSession
from storage import verify
from storage.derived import StalePlan
from tests.tui.session.hand import PIN, Floor, Hand
from tui.capture import Line
from tui.jobs.view import Message

pytestmark = pytest.mark.slow


class Killed(BaseException):
    """The process is gone: nothing of the program may catch it."""


class Knife:
    """Kills before the statement number `at`, or after the commit; `at` 0 kills never."""

    def __init__(self) -> None:
        self.at = 0
        self.seen = 0

    def __call__(self, moment: str, sql: str) -> None:
        is_committed = (moment, sql) == ("after", "COMMIT")
        self.seen += moment == "before" or is_committed
        if self.seen == self.at and (moment == "before" or is_committed):
            raise Killed(f"{moment} {sql}")

    def ready(self, at: int) -> None:
        self.at, self.seen = at, 0


def posts(hand: Hand) -> None:
    hand.types("7", "W-01", "1000", "1", "3", "2")


def counts(hand: Hand) -> None:
    hand.types("6", "W-01", "1000")


def opens_a_count(hand: Hand) -> None:
    hand.types("6")


def is_refused(hand: Hand) -> None:
    hand.types("7", "W-01")


ANSWERS: list[tuple[Callable[[Hand], None], str]] = [
    (posts, ""),
    (counts, "5"),
    (opens_a_count, "W-01"),
    (is_refused, "nowhere"),
]
"""How an operator gets there, and the answer that is killed; "" is the Enter key."""


def kept(floor: Floor) -> tuple[object, ...]:
    """Return all that an answer may change: the session, the journal, documents and ledgers."""
    sessions = [replace(row, seen_at=row.seen_at.min) for row in floor.house.rows(TerminalSession)]
    return floor.house.footprint(), [row.state for row in sessions], [row.raw for row in floor.scans()]


@pytest.mark.parametrize(("stand", "answer"), ANSWERS, ids=lambda part: getattr(part, "__name__", "answer"))
def test_a_kill_at_any_statement_of_an_answer_leaves_all_of_it_or_nothing(
    floor: Floor, stand: Callable[[Hand], None], answer: str
) -> None:
    knife = Knife()
    with floor.opened(knife) as store:
        hand = floor.hand(store=store)
        hand.signs_in("SUE")
        stand(hand)
        before, view = kept(floor), hand.view
        for at in itertools.count(1):
            knife.ready(at)
            with pytest.raises(Killed) as killed:
                hand.terminal.take(Line(answer.encode(), "scanned", floor.house.now.timestamp()))
            knife.ready(0)
            if killed.value.args == ("after COMMIT",):
                break
            assert kept(floor) == before
        assert kept(floor) != before
        assert (hand.terminal.view(), at > 10) == (view, True)

    hand.drops()
    again = floor.at_work("SUE", "T2")
    assert again.asked == "resume"
    assert verify(floor.house.store) == []


@pytest.mark.parametrize("moment", ["before COMMIT", "after COMMIT"])
def test_saf_04_after_a_kill_at_the_commit_the_next_log_in_tells_the_truth(floor: Floor, moment: str) -> None:
    def watch(when: str, sql: str) -> None:
        if is_armed and f"{when} {sql}" == moment:
            raise Killed

    is_armed = False
    with floor.opened(watch) as store:
        hand = floor.hand(store=store)
        hand.signs_in("SUE")
        posts(hand)
        is_armed = True
        with pytest.raises(Killed):
            hand.presses("ok")
    hand.drops()

    again = floor.at_work("SUE", "T2")

    assert (again.told, again.asked) == ("posted" if moment == "after COMMIT" else "not_posted", "resume")
    again.presses("ok")
    if moment == "before COMMIT":
        again.presses("ok")
    assert floor.house.lying() == ["W-01 1000 8"]


class Failing:
    """A store whose database is away from time to time."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.error: Exception | None = None

    def transaction(self, work: Callable[..., object]) -> object:
        if self.error:
            raise self.error
        return self._floor.house.store.transaction(work)


@pytest.fixture
def failing(floor: Floor) -> Failing:
    return Failing(floor)


def at_summary(floor: Floor, failing: Failing, report: Callable[..., str] | None = None) -> Hand:
    hand = floor.hand(store=failing, report=report)  # type: ignore[arg-type]
    hand.signs_in("SUE")
    posts(hand)
    return hand


ERRORS = [
    (Refused("busy"), Message("busy")),
    (SetupError("disk_full", file="aisle.db"), Message("disk_full", {"file": "aisle.db"})),
    (SetupError("cannot_open", file="aisle.db"), Message("no_server", {"file": "aisle.db"})),
    (ZeroDivisionError("a bug"), Message("stopped", {"id": "123"})),
]


@pytest.mark.parametrize(("error", "message"), ERRORS)
def test_what_no_transaction_can_keep_stands_until_it_is_acknowledged_and_the_answer_may_be_given_again(
    floor: Floor, failing: Failing, error: Exception, message: Message
) -> None:
    hand = at_summary(floor, failing, report=lambda _: "123")
    before = hand.view
    failing.error = error

    hand.presses("ok")
    assert (hand.view.error, hand.view.bells) == (message, 2)
    failing.error = None
    hand.scans("1000")
    hand.presses("done")
    assert hand.view.error == message
    hand.presses("ok")
    assert hand.view == before
    hand.presses("ok")

    assert (hand.told, floor.house.lying()) == ("posted", ["W-01 1000 8"])


def test_decision_26_scans_that_met_a_stop_are_in_the_journal_when_the_database_is_back(
    floor: Floor, failing: Failing
) -> None:
    hand = at_summary(floor, failing)
    hand.presses("back")
    failing.error = Refused("busy")
    hand.scans("2")
    hand.scans("W-01")
    assert hand.view.ignored == 1
    failing.error = None
    hand.presses("ok")

    hand.types("2")

    assert [(scan.raw, scan.outcome, scan.code) for scan in floor.scans()[-3:]] == [
        (b"2", "ignored", "busy"),
        (b"W-01", "ignored", "refusal_stands"),
        (b"2", "accepted", ""),
    ]


def test_the_pin_after_a_stop_and_an_idle_while_is_taken_the_first_time(floor: Floor, failing: Failing) -> None:
    hand = at_summary(floor, failing)
    failing.error = Refused("busy")
    hand.presses("ok")
    failing.error = None

    hand.view = hand.terminal.idle()
    hand.types(PIN)

    assert hand.prompt == "adjust summary"


def test_a_stale_plan_inside_an_answer_is_made_again(floor: Floor) -> None:
    stale = iter([True])

    def watch(when: str, sql: str) -> None:
        if when == "before" and "INSERT INTO item_entry" in sql and next(stale, False):
            raise StalePlan("changed", entry="1-1.1")

    with floor.opened(watch) as store:
        hand = floor.hand(store=store)
        hand.signs_in("SUE")
        posts(hand)
        hand.presses("ok")

    assert (hand.told, floor.house.lying()) == ("posted", ["W-01 1000 8"])
    assert next(stale, None) is None


def test_a_database_that_was_away_is_tried_again_and_the_terminal_stands_where_it_stood(
    floor: Floor, failing: Failing
) -> None:
    hand = at_summary(floor, failing)
    before = hand.view
    failing.error = SetupError("cannot_open", file="aisle.db")
    hand.scans("1000")

    assert hand.terminal.retry().error == Message("no_server", {"file": "aisle.db"})
    failing.error = None
    assert hand.terminal.retry() == before
    hand.presses("ok")

    assert hand.told == "posted"
    assert [(scan.outcome, scan.code) for scan in floor.scans() if scan.raw == b"1000"][-1] == ("ignored", "no_server")


def test_what_is_no_matter_of_reach_is_not_tried_again(floor: Floor, failing: Failing) -> None:
    hand = at_summary(floor, failing)
    failing.error = Refused("busy")
    hand.presses("ok")
    failing.error = None

    assert hand.terminal.retry().error == Message("busy")


def test_a_drop_after_a_stop_parks_the_work_as_it_was(floor: Floor, failing: Failing) -> None:
    hand = at_summary(floor, failing)
    failing.error = Refused("busy")
    hand.presses("ok")
    failing.error = None

    hand.terminal.hang_up()

    assert len(floor.house.rows(ParkedWork)) == 1


def test_two_terminals_that_answer_at_once_wait_for_each_other(floor: Floor) -> None:
    with floor.opened(lambda *_: None) as one, floor.opened(lambda *_: None) as other:
        first, second = floor.hand("T1", store=one), floor.hand("T2", store=other)
        for hand in (first, second):
            hand.signs_in("SUE")
            posts(hand)

        first.presses("ok")
        second.presses("ok")

    assert floor.house.lying() == ["W-01 1000 11"]
