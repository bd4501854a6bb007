"""A clock that goes back stops posting until somebody says that it is right now (SAF-34, T-07)."""

import pytest

from domain.posting.clock import confirm_clock
from tests.domain.notation import Warehouse


@pytest.fixture
def house(house: Warehouse) -> Warehouse:
    """A warehouse where something was posted by a clock that was an hour ahead."""
    house.item("1000")
    house.pass_time(hours=1)
    house.adjust("W-01 1000 5")
    house.pass_time(hours=-1)
    return house


def test_saf_34_posting_stops_when_the_clock_goes_back(house: Warehouse) -> None:
    with house.refused("clock_back"):
        house.adjust("W-01 1000 1")


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_saf_34_two_seconds_are_within_what_clocks_do(house: Warehouse, seconds: float) -> None:
    house.pass_time(hours=1, seconds=seconds)

    house.adjust("W-01 1000 1")

    assert house.lying() == ["W-01 1000 6"]


def test_saf_34_a_supervisor_confirms_the_clock_with_a_reason_in_the_trail(house: Warehouse) -> None:
    house.do(confirm_clock, "new battery", "SUE")

    house.adjust("W-01 1000 1")
    house.pass_time(minutes=1)
    house.adjust("W-01 1000 1")

    assert house.lying() == ["W-01 1000 7"]
    assert [(row.record_type, row.reason) for row in house.audits("confirmed")] == [("clock", "new battery")]


def test_saf_34_entry_order_stays_that_of_posting(house: Warehouse) -> None:
    house.do(confirm_clock, "new battery", "SUE")

    house.adjust("W-01 1000 1")

    assert sorted(house.entries(), key=lambda entry: entry.posted_at) == house.entries()


@pytest.mark.parametrize("reason", ["", " "])
def test_confirming_wants_a_reason(house: Warehouse, reason: str) -> None:
    with house.refused("missing", what="reason"):
        house.do(confirm_clock, reason, "SUE")


def test_a_clock_that_goes_back_once_more_is_not_confirmed(house: Warehouse) -> None:
    house.do(confirm_clock, "new battery", "SUE")
    house.pass_time(minutes=30)
    house.adjust("W-01 1000 1")
    house.pass_time(minutes=-10)

    with house.refused("clock_back"):
        house.adjust("W-01 1000 1")


def test_the_next_step_back_after_the_clock_has_caught_up_is_not_confirmed(house: Warehouse) -> None:
    house.do(confirm_clock, "new battery", "SUE")
    house.pass_time(hours=2)
    house.adjust("W-01 1000 1")
    house.pass_time(minutes=-10)

    with house.refused("clock_back"):
        house.adjust("W-01 1000 1")
