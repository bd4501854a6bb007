"""Adjusting by a person: reason, limit, second person, approval list, counts in the way (adjusting.md 12, SAF-28)."""

from decimal import Decimal

import pytest

from domain.site import AdjustLimit, CountingRules, Location, Operator, Role
from domain.work.adjusting import (
    RefuseAdjustment,
    approve_adjustment,
    check_adjustment,
    leave_for_approval,
    post_adjustment,
    reasons_for,
    refuse_adjustment,
    waiting_adjustments,
)
from domain.work.documents import PendingAdjustment
from storage.registers import Register
from tests.domain.notation import EAST, SILVER, Warehouse, adjustment, limited


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal(2))


def frozen(house: Warehouse, freeze: str) -> str:
    """Freeze what is counted and open a count of W-01."""
    house.stock("W-01 1000 5", "W-02 1000 5")
    house.set(counting=CountingRules(freeze=freeze))
    return house.open_count("W-01")


def left(house: Warehouse, text: str = "W-01 1000 11", **told: str) -> PendingAdjustment:
    """Leave an adjustment on the approval list."""
    house.keep(limited("ANNA", qty="10"))
    return house.do(leave_for_approval, adjustment(text), operation="op-1", **told)


def status(house: Warehouse, no: str) -> tuple[str, str]:
    pending = house.one(PendingAdjustment, no)
    assert pending is not None
    return pending.status, pending.decided_by


def test_decision_45_a_person_gives_a_reason(house: Warehouse) -> None:
    with house.refused("missing", what="reason"):
        house.adjust("W-01 1000 1", reason="")


def test_a_reason_that_does_not_exist_is_refused(house: Warehouse) -> None:
    with house.refused("unknown", code="BORED", prompt="reason"):
        house.adjust("W-01 1000 1", reason="BORED")


def test_a_reason_of_another_job_is_refused(house: Warehouse) -> None:
    with house.refused("reason_not_here", code="RETURNED"):
        house.adjust("W-01 1000 1", reason="RETURNED")


def test_reasons_are_offered_in_the_order_of_their_digits_to_the_jobs_they_are_for(house: Warehouse) -> None:
    offered = house.ask(lambda books: [[row.code for row in reasons_for(books, job)] for job in ("adjust", "return")])

    assert offered == [["DAMAGED", "FOUND", "THEFT"], ["RETURNED"]]


def test_adjusting_12_the_reason_stands_on_every_row(house: Warehouse) -> None:
    house.adjust("W-01 1000 1", reason="FOUND")

    assert house.reasons() == {"item_entry": ["FOUND"], "value_entry": ["FOUND"], "bin_entry": ["FOUND"]}


@pytest.mark.parametrize(
    ("limit", "most"), [({"qty": "10"}, 10), ({"value": "20"}, 10), ({"qty": "10", "value": "20.02"}, 10)]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_saf_28_above_the_limit_of_the_operator_a_second_person_is_asked_for_whichever_the_sign(
    house: Warehouse, limit: dict[str, str], most: int, sign: int
) -> None:
    house.stock("W-01 1000 50")
    house.keep(limited("ANNA", **limit))

    house.adjust(f"W-01 1000 {sign * most}")
    with house.refused("over_limit"):
        house.adjust(f"W-01 1000 {sign * (most + Decimal('0.02'))}")


def test_saf_28_the_limit_is_in_base_units(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)
    house.keep(limited("ANNA", qty="10"))

    with house.refused("over_limit"):
        house.adjust("W-01 1000 2 BOX")


def test_saf_28_a_limit_of_0_is_every_adjustment(house: Warehouse) -> None:
    house.keep(limited("ANNA", qty="0"))

    with house.refused("over_limit"):
        house.adjust("W-01 1000 0.01")


def test_saf_28_without_a_limit_of_his_own_the_roles_counts(house: Warehouse) -> None:
    house.keep(Role("operator", ("adjust",), AdjustLimit(qty=Decimal(3))))

    with house.refused("over_limit"):
        house.adjust("W-01 1000 4")
    house.keep(limited("ANNA", qty="5"))
    house.adjust("W-01 1000 4")

    assert house.lying() == ["W-01 1000 4"]


def test_saf_28_counts_are_not_limited(house: Warehouse) -> None:
    house.keep(limited("PIA", qty="1"), limited("SUE", qty="1"))
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 50")

    house.post_count(journal)

    assert house.lying() == ["W-01 1000 50"]


def test_adjusting_12_a_reason_may_ask_for_the_second_person(house: Warehouse) -> None:
    with house.refused("over_limit"):
        house.adjust("W-01 1000 1", reason="THEFT")
    house.adjust("W-01 1000 1", reason="THEFT", second="SUE")

    assert house.lying() == ["W-01 1000 1"]


def test_saf_28_with_a_second_person_it_is_posted_and_the_register_holds_both_names(house: Warehouse) -> None:
    house.keep(limited("ANNA", qty="10"))

    posted = house.adjust("W-01 1000 11", second="SUE")

    register = house.rows(Register)[-1]
    assert (register.id, register.operator, register.second_person) == (posted.register, "ANNA", "SUE")


def test_saf_28_nobody_signs_for_himself(house: Warehouse) -> None:
    house.keep(limited("SUE", qty="10"))

    with house.refused("same_person"):
        house.adjust("W-01 1000 11", by="SUE", second="SUE")


def test_saf_28_the_second_person_needs_the_right_to_approve(house: Warehouse) -> None:
    with house.refused("no_right", action="approve"):
        house.adjust("W-01 1000 11", second="PIA")


def test_saf_28_the_second_person_works_at_the_location(house: Warehouse) -> None:
    house.keep(Operator("SUE", role="supervisor", locations=(EAST,)))

    with house.refused("not_your_location", location=SILVER):
        house.adjust("W-01 1000 11", second="SUE")


def test_what_posting_would_refuse_is_told_beforehand_what_it_would_ask_is_not(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, bin_capacity_policy="allow_more"))
    house.room("W-01", "1000", 5)

    house.do(check_adjustment, adjustment("W-01 1000 6"))
    with house.refused("not_enough", qty=0, short=1):
        house.do(check_adjustment, adjustment("W-01 1000 -1"))

    assert house.entries() == []


def test_saf_28_an_adjustment_left_for_approval_waits_and_posts_nothing(house: Warehouse) -> None:
    pending = left(house, "W-01 1000 11")

    assert house.entries() == []
    assert house.do(waiting_adjustments, SILVER, "SUE") == [pending]
    assert (pending.operator, pending.bin, pending.item, pending.qty) == ("ANNA", "W-01", "1000", 11)


def test_saf_28_the_approval_list_is_that_of_a_location_oldest_first(house: Warehouse) -> None:
    first = left(house)
    left(house, "EAST 1000 12", location=EAST)
    house.pass_time(minutes=1)
    second = left(house, "W-01 1000 13")

    assert house.do(waiting_adjustments, SILVER, "SUE") == [first, second]


def test_saf_28_approved_it_is_posted_in_the_name_of_who_asked(house: Warehouse) -> None:
    pending = left(house)

    posted = house.do(approve_adjustment, pending.no, "SUE")

    assert house.lying() == ["W-01 1000 11"]
    assert status(house, pending.no) == ("approved", "SUE")
    (register,) = [row for row in house.rows(Register) if row.id == posted.register]
    assert (register.operator, register.second_person, register.operation_id) == ("ANNA", "SUE", "op-1")


def test_saf_28_refused_it_leaves_the_list_with_the_reason_in_the_trail(house: Warehouse) -> None:
    pending = left(house)

    house.do(refuse_adjustment, RefuseAdjustment(pending.no, "DAMAGED"), "SUE")

    assert house.lying() == []
    assert status(house, pending.no) == ("refused", "SUE")
    assert [(row.new, row.reason) for row in house.audits("status")] == [("refused", "DAMAGED")]


def test_refusing_wants_a_reason(house: Warehouse) -> None:
    pending = left(house)

    with house.refused("missing", what="reason"):
        house.do(refuse_adjustment, RefuseAdjustment(pending.no, ""), "SUE")


@pytest.mark.parametrize("by", ["ANNA", "PIA", "ADA"])
def test_saf_25_approving_and_refusing_need_the_right(house: Warehouse, by: str) -> None:
    pending = left(house)

    with house.refused("no_right", action="approve"):
        house.do(approve_adjustment, pending.no, by)
    with house.refused("no_right", action="approve"):
        house.do(refuse_adjustment, RefuseAdjustment(pending.no, "DAMAGED"), by)


def test_saf_28_nobody_approves_his_own(house: Warehouse) -> None:
    house.keep(limited("SUE", qty="10"))
    pending = house.do(leave_for_approval, adjustment("W-01 1000 11"), "SUE", operation="op-2")

    with house.refused("same_person"):
        house.do(approve_adjustment, pending.no, "SUE")


def test_what_is_decided_is_decided_once(house: Warehouse) -> None:
    pending = left(house)
    house.do(approve_adjustment, pending.no, "SUE")

    with house.refused("done", operator="SUE"):
        house.do(approve_adjustment, pending.no, "SUE")
    with house.refused("done", operator="SUE"):
        house.do(refuse_adjustment, RefuseAdjustment(pending.no, "DAMAGED"), "SUE")


def test_an_adjustment_that_may_no_longer_be_posted_stays_on_the_list(house: Warehouse) -> None:
    house.stock("W-01 1000 20")
    pending = left(house, "W-01 1000 -11")
    house.adjust("W-01 1000 -10")

    with house.refused("not_enough", qty=10, short=1):
        house.do(approve_adjustment, pending.no, "SUE")

    assert status(house, pending.no) == ("waiting", "")


def test_a_number_that_is_not_on_the_list_is_refused(house: Warehouse) -> None:
    with house.refused("unknown", code="A9", prompt="document"):
        house.do(approve_adjustment, "A9", "SUE")


@pytest.mark.parametrize("place", ["W-01", "W-02"])
def test_counting_38_under_none_counted_bins_are_as_free_as_others(house: Warehouse, place: str) -> None:
    frozen(house, "none")

    house.adjust(f"{place} 1000 1")

    assert f"{place} 1000 6" in house.lying()


@pytest.mark.parametrize("qty", ["1", "-1"])
def test_counting_38_under_warn_an_adjustment_of_a_counted_bin_asks(house: Warehouse, qty: str) -> None:
    journal = frozen(house, "warn")

    house.adjust(f"W-02 1000 {qty}")
    with house.refused("bin_in_count", bin="W-01", document=journal):
        house.adjust(f"W-01 1000 {qty}")
    house.adjust(f"W-01 1000 {qty}", yes=("bin_in_count",))

    assert house.lying() == [f"W-01 1000 {5 + int(qty)}", f"W-02 1000 {5 + int(qty)}"]


def test_counting_38_under_refuse_a_yes_does_not_help(house: Warehouse) -> None:
    journal = frozen(house, "refuse")

    with house.refused("bin_in_count", bin="W-01", document=journal, freeze="refuse"):
        house.adjust("W-01 1000 1", yes=("bin_in_count",))


def test_counting_38_a_count_of_several_bins_holds_each_of_them(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-03 1000 5")
    house.set(counting=CountingRules(freeze="refuse"))
    house.open_count(SILVER, bins=("W-01", "W-03"))

    with house.refused("bin_in_count", bin="W-03"):
        house.adjust("W-03 1000 1")
    house.adjust("W-02 1000 1")


def test_counting_38_a_finished_count_holds_nothing(house: Warehouse) -> None:
    journal = frozen(house, "refuse")
    house.count(journal, "W-01 1000 5")
    house.finish(journal)

    house.adjust("W-01 1000 1")

    assert "W-01 1000 6" in house.lying()


def test_saf_03_the_same_operation_again_answers_the_first_result_and_writes_nothing(house: Warehouse) -> None:
    first = house.adjust("W-01 1000 1", operation="op-1")
    before = house.footprint()

    again = house.adjust("W-01 1000 1", operation="op-1")

    assert again == first
    assert house.footprint() == before


@pytest.mark.parametrize("hindered", ["item", "limit", "count"])
def test_saf_03_it_answers_even_where_it_could_no_longer_be_posted(house: Warehouse, hindered: str) -> None:
    first = house.adjust("W-01 1000 1", operation="op-1")
    if hindered == "item":
        house.item("1000", blocked=True)
    elif hindered == "limit":
        house.keep(limited("ANNA", qty="0"))
    else:
        frozen(house, "refuse")

    assert house.adjust("W-01 1000 1", operation="op-1") == first


def test_another_operation_with_the_same_goods_is_another_posting(house: Warehouse) -> None:
    house.adjust("W-01 1000 1", operation="op-1")

    house.adjust("W-01 1000 1", operation="op-2")

    assert house.lying() == ["W-01 1000 2"]


def test_saf_03_a_refused_operation_may_be_sent_again(house: Warehouse) -> None:
    with house.refused("not_enough"):
        house.adjust("W-01 1000 -1", operation="op-1")
    house.stock("W-01 1000 5")

    house.adjust("W-01 1000 -1", operation="op-1")

    assert house.lying() == ["W-01 1000 4"]


@pytest.mark.parametrize("locations", [(), (EAST,)])
def test_saf_29_an_adjustment_at_a_location_that_is_not_ones_own_is_refused(
    house: Warehouse, locations: tuple[str, ...]
) -> None:
    house.keep(Operator("ANNA", role="operator", locations=locations))

    with house.refused("not_your_location", location=SILVER):
        house.adjust("W-01 1000 1")


def test_org_13_the_blank_location_is_everybodys(house: Warehouse) -> None:
    house.set(location_mandatory=False)
    house.keep(Operator("ANNA", role="operator"))

    house.do(post_adjustment, adjustment("EAST 1000 1", location=""))

    assert [entry.location for entry in house.entries()] == [""]


def test_a_location_may_be_closed_to_adjustments_by_being_directed_later(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, directed=True))

    with house.refused("use_warehouse", location=SILVER):
        house.adjust("W-01 1000 1")
