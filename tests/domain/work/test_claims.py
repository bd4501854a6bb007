"""One operator works on a document at a time, for the length of a lease (floor-flows.md 16, decision 47)."""

import pytest

from domain.site import SessionTimes
from domain.work.claims import claim, release, renew
from domain.work.counting import renew_count, take_count
from domain.work.documents import Claim
from tests.domain.notation import EAST, SILVER, Warehouse


@pytest.fixture
def journal(house: Warehouse) -> str:
    """A count that PIA has."""
    house.item("1000")
    house.stock("W-01 1000 5")
    return house.open_count("W-01")


def holder(house: Warehouse, document: str) -> str:
    held = house.one(Claim, document)
    return held.operator if held else ""


def test_opening_a_document_claims_it_for_15_minutes(house: Warehouse, journal: str) -> None:
    held = house.one(Claim, journal)

    assert held is not None
    assert (held.operator, (held.until - house.now).total_seconds()) == ("PIA", 900)


def test_while_the_lease_runs_others_are_refused(house: Warehouse, journal: str) -> None:
    house.pass_time(minutes=14, seconds=59)

    with house.refused("held", operator="PIA", document=journal):
        house.do(take_count, journal, "ANNA")
    with house.refused("held", operator="PIA", document=journal):
        house.open_count("W-01", by="ANNA")


def test_each_answer_renews_the_lease(house: Warehouse, journal: str) -> None:
    house.pass_time(minutes=10)
    house.count(journal, "W-01 1000 5")
    house.pass_time(minutes=10)

    with house.refused("held", operator="PIA"):
        house.do(take_count, journal, "ANNA")


@pytest.mark.parametrize(("by", "minutes"), [("ANNA", 15), ("SUE", 0)])
def test_decision_47_after_the_lease_anyone_may_take_it_before_it_only_with_take_over(
    house: Warehouse, journal: str, by: str, minutes: int
) -> None:
    house.pass_time(minutes=minutes)

    with house.refused("take_ask", operator="PIA", document=journal):
        house.do(take_count, journal, by)
    house.do(take_count, journal, by, yes=("take_ask",))

    assert holder(house, journal) == by


def test_a_yes_to_another_lease_does_not_take_a_document_whose_lease_runs(house: Warehouse, journal: str) -> None:
    with house.refused("held", operator="PIA", document=journal):
        house.do(take_count, journal, "ANNA", yes=("take_ask",))


def test_the_former_claimants_next_answer_is_refused_and_accepted_ones_travel(house: Warehouse, journal: str) -> None:
    house.count(journal, "W-01 1000 4")
    house.do(take_count, journal, "SUE", yes=("take_ask",))

    with house.refused("taken_over", operator="SUE", document=journal):
        house.count(journal, "W-01 1000 5")
    house.finish(journal, by="SUE")
    house.post_count(journal)

    assert house.lying() == ["W-01 1000 4"]


def test_the_claimant_opens_his_document_again_at_his_terminal_without_a_question(
    house: Warehouse, journal: str
) -> None:
    house.do(take_count, journal, "PIA")

    assert holder(house, journal) == "PIA"


def test_a_count_is_open_at_one_terminal_of_its_operator(house: Warehouse, journal: str) -> None:
    with house.refused("take_ask", operator="PIA", document=journal):
        house.do(take_count, journal, "PIA", terminal="T2")
    house.do(take_count, journal, "PIA", terminal="T2", yes=("take_ask",))

    with house.refused("taken_over", operator="PIA", document=journal):
        house.count(journal, "W-01 1000 5")
    house.count(journal, "W-01 1000 5", terminal="T2")


def test_a_count_is_not_taken_at_another_location(house: Warehouse, journal: str) -> None:
    with house.refused("document_elsewhere", document=journal, location=SILVER):
        house.do(take_count, journal, "PIA", location=EAST)


def test_a_claim_is_given_back_by_its_holder_only(house: Warehouse, journal: str) -> None:
    house.do(release, journal, "ANNA")
    assert holder(house, journal) == "PIA"

    house.do(release, journal, "PIA")
    assert holder(house, journal) == ""


def test_finishing_a_count_gives_it_back(house: Warehouse, journal: str) -> None:
    house.count(journal, "W-01 1000 5")

    house.finish(journal)

    assert holder(house, journal) == ""


def test_an_answer_to_a_count_that_is_finished_claims_nothing(house: Warehouse, journal: str) -> None:
    house.count(journal, "W-01 1000 5")
    house.finish(journal)

    with house.refused("order_finished", document=journal):
        house.do(renew_count, journal, "PIA")


def test_a_document_nobody_holds_is_claimed_by_the_next_answer(house: Warehouse) -> None:
    house.do(renew, "C9")

    assert holder(house, "C9") == "ANNA"


def test_the_lease_is_that_of_the_site(house: Warehouse) -> None:
    house.set(session=SessionTimes(claim_lease=60))
    house.do(claim, "C9", "PIA")
    house.pass_time(minutes=1)

    with house.refused("take_ask"):
        house.do(claim, "C9", "ANNA")
