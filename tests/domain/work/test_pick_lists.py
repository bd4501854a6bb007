"""Which picks an operator is offered, in which order, and finding one (floor-flows.md, Pick: document; ORG-46)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.site import Bin, Equipment, Operator, SkillHeld
from domain.work.activities import Activity
from domain.work.pick_lines import ShortLine, open_pick, short_line
from domain.work.pick_lists import PickOffered, picks_for, picks_of_order, picks_with_item
from tests.domain.notation import EAST, SILVER, Warehouse
from tests.domain.work.picks import STEP, make_pick, ordered, picked, take


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    for no in ("1000", "1001"):
        house.item(no)
    house.stock("W-01 1000 99", "W-02 1001 99")


def pick(house: Warehouse, *texts: str, due: int = 9, priority: int = 0, assigned: str = "") -> str:
    """Make a pick due on a day of April."""
    no = make_pick(house, ordered(house, *(texts or ("1000 1",)), due=date(2026, 4, due), priority=priority))
    made = house.one(Activity, no)
    assert made is not None
    house.keep(replace(made, assigned=assigned))
    return no


def offered(house: Warehouse, by: str = "PIA", location: str = SILVER) -> list[str]:
    listed = house.ask(lambda books: picks_for(books, house.situation(books, by, location=location)))
    return [one.activity.no for one in listed]


def pia(house: Warehouse, **fields: object) -> None:
    kept = house.one(Operator, "PIA")
    assert kept is not None
    house.keep(replace(kept, **fields))  # type: ignore[arg-type] # fields of Operator


def test_org_46_free_work_comes_by_priority_then_by_due_date(house: Warehouse) -> None:
    late, soon = pick(house, due=9), pick(house, due=8)
    third, first = pick(house, priority=3), pick(house, priority=1)

    assert offered(house) == [first, third, soon, late]


def test_what_is_dealt_out_to_me_and_what_i_hold_comes_first_by_due_date(house: Warehouse) -> None:
    pick(house, due=1, priority=1)
    dealt = pick(house, due=8, assigned="PIA")
    held = pick(house, due=7)
    house.do(open_pick, held, "PIA")

    assert offered(house)[:2] == [held, dealt]


def test_what_is_dealt_out_to_somebody_else_is_not_offered(house: Warehouse) -> None:
    pick(house, assigned="ANNA")

    assert offered(house) == []


def test_what_somebody_works_on_is_not_offered_until_his_lease_is_over(house: Warehouse) -> None:
    no = pick(house)
    house.do(open_pick, no, "ANNA")
    assert offered(house) == []

    house.pass_time(minutes=16)

    assert offered(house) == [no]


def test_only_the_location_worked_at_is_offered(house: Warehouse) -> None:
    pick(house)

    assert offered(house, location=EAST) == []


def test_org_46_a_pick_in_others_zones_is_not_offered(house: Warehouse) -> None:
    house.keep(Bin(SILVER, "W-01", zone="COLD"), Bin(SILVER, "W-02", zone="DRY"))
    pia(house, zones=("DRY",))
    cold, dry, both = pick(house, "1000 1"), pick(house, "1001 1"), pick(house, "1000 1", "1001 1")

    assert offered(house) == [dry, both]
    assert offered(house, "ANNA") == [cold, dry, both]


def test_decision_12_a_pick_that_needs_a_licence_is_offered_to_those_who_have_it(house: Warehouse) -> None:
    house.keep(Equipment("LIFT", skill="FORKLIFT"), Bin(SILVER, "W-01", equipment="LIFT"))
    no = pick(house)
    assert offered(house) == []

    pia(house, skills=(SkillHeld("FORKLIFT"),))

    assert offered(house) == [no]


def test_a_list_tells_how_far_a_pick_is(house: Warehouse) -> None:
    no = picked(house, "1000 3", "1001 2", "1001 1")
    take(house, no, 1, 3)
    house.do(short_line, ShortLine(no, 2 * STEP, Decimal(0), "empty"), "PIA")

    (listed,) = house.ask(lambda books: picks_for(books, house.situation(books, "PIA")))

    assert listed == PickOffered(listed.activity, lines=3, handled=2, is_mine=True)


def test_saf_25_whoever_may_not_pick_sees_no_list(house: Warehouse) -> None:
    with house.refused("no_right", action="pick"):
        offered(house, "VERA")


def test_a_pick_is_found_by_its_order(house: Warehouse) -> None:
    order = ordered(house, "1000 1")
    no = make_pick(house, order)
    pick(house)

    found = house.ask(lambda books: picks_of_order(books, house.situation(books, "PIA"), order))

    assert [one.no for one in found] == [no]


def test_a_pick_is_found_by_an_item_it_still_wants(house: Warehouse) -> None:
    one = picked(house, "1000 3", "1001 2")
    both = pick(house, "1001 1", "1000 1")
    take(house, one, 1, 3)

    found = house.ask(
        lambda books: [picks_with_item(books, house.situation(books, "PIA"), item) for item in ("1000", "1001")]
    )

    assert [[pick.no for pick in picks] for picks in found] == [[both], [one, both]]
