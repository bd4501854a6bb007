"""Posting a count: differences, what is not counted, what moved, proof (counting.md 6-11, 18, 25, 39; LED-11)."""

from decimal import Decimal
from typing import Any

import pytest

from domain.site import Bin, Location
from domain.tracking.cards import InfoCard
from domain.work.count_posting import PostCount, counts_to_post, differences, post_count
from domain.work.counting import reopen_count
from domain.work.documents import Claim, CountJournal, CountLine
from storage.registers import Register
from tests.domain.notation import EAST, SILVER, Warehouse


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal(2))
    house.item("LOTS", tracking="LOT")
    house.item("PIECES", tracking="SERIAL")


def moved(house: Warehouse) -> list[tuple[str, str, Decimal]]:
    """Return the item entries that counts made."""
    return [(row.item, row.lot or row.serial, row.qty) for row in house.entries() if row.reason == "COUNT"]


def journal(house: Warehouse, no: str) -> CountJournal:
    found = house.one(CountJournal, no)
    assert found is not None
    return found


def test_counting_6_gains_and_losses_are_posted_and_what_is_right_is_left_alone(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3", "W-01 LOTS lot L2 4")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 7", "W-01 LOTS lot L1 3", "W-01 LOTS lot L2 1")

    house.post_count(count)

    assert moved(house) == [("LOTS", "L2", -3), ("1000", "", 2)]
    assert house.lying() == ["W-01 1000 7"]
    assert house.lying("LOTS") == ["W-01 LOTS lot L1 3", "W-01 LOTS lot L2 1"]


def test_led_11_every_counted_line_leaves_a_proof(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 7", "W-01 LOTS lot L1 3")

    house.post_count(count)

    proofs = {row.item: (row.bin, row.lot, row.qty_calculated, row.qty_counted, row.qty) for row in house.proofs()}
    assert proofs == {"1000": ("W-01", "", 5, 7, 2), "LOTS": ("W-01", "L1", 3, 3, 0)}


def test_counting_8_a_count_without_any_difference_posts_its_proof(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 5")

    posted = house.post_count(count)

    assert posted.entries == ()
    assert [row.qty for row in house.proofs()] == [0]


def test_decision_2_a_counted_0_writes_the_goods_off(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 0")

    house.post_count(count)

    assert house.lying() == []


def test_the_posted_journal_keeps_its_register_and_who_finished_it(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 5")
    house.finish(count)

    posted = house.post_count(count)

    kept = journal(house, count)
    assert (kept.status, kept.finished_by, kept.register) == ("posted", "PIA", posted.register)
    assert (posted.document, house.rows(Register)[-1].source) == (count, "count")


def test_decision_2_lines_not_counted_are_refused(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")

    with house.refused("open_lines", n=1):
        house.post_count(count)


def test_decision_2_or_counted_as_expected(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")
    house.adjust("W-01 LOTS lot L1 2")

    house.post_count(count, uncounted="as_expected")

    proofs = {row.item: (row.qty_calculated, row.qty_counted, row.operator) for row in house.proofs()}
    assert proofs == {"1000": (5, 4, "PIA"), "LOTS": (5, 5, "SUE")}
    assert house.lying("LOTS") == ["W-01 LOTS lot L1 5"]


def test_decision_2_or_left_out(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")

    house.post_count(count, uncounted="leave_out")

    assert [row.item for row in house.proofs()] == ["1000"]
    assert house.lying("LOTS") == ["W-01 LOTS lot L1 3"]


def test_leaving_everything_out_leaves_nothing_to_post(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")

    with house.refused("nothing_handled", variant="post"):
        house.post_count(count, uncounted="leave_out")


@pytest.mark.parametrize("figure", [5, 3])
def test_counting_9_movement_before_the_figure_is_in_the_expectation(house: Warehouse, figure: int) -> None:
    house.stock("W-01 1000 8")
    count = house.open_count("W-01")
    house.adjust("W-01 1000 -3")
    house.count(count, f"W-01 1000 {figure}")

    house.post_count(count)

    assert [row.qty_calculated for row in house.proofs()] == [5]
    assert house.lying() == [f"W-01 1000 {figure}"]


@pytest.mark.parametrize("since", [2, -2])
def test_counting_9_movement_after_the_figure_stays_on_top(house: Warehouse, since: int) -> None:
    house.stock("W-01 1000 8")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 6")
    house.adjust(f"W-01 1000 {since}")

    house.post_count(count)

    assert house.lying() == [f"W-01 1000 {6 + since}"]


def test_counting_39_the_supervisor_sees_difference_value_and_what_moved_since(house: Warehouse) -> None:
    house.stock("W-01 1000 8", "W-01 LOTS lot L1 3")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 6")
    house.adjust("W-01 1000 3")

    first, second = house.do(differences, count, "SUE")

    assert (first.difference, first.value, first.moved_since) == (-2, -4, 3)
    assert (second.difference, second.value, second.moved_since) == (None, 0, 0)


@pytest.mark.parametrize(("card", "value"), [({}, "-217.57"), ({"inventory_value_zero": True}, "0")])
def test_counting_39_the_value_is_that_of_the_posting_in_money(
    house: Warehouse, card: dict[str, Any], value: str
) -> None:
    house.item("WHEEL", unit_cost=Decimal("108.7844"), **card)
    house.stock("W-01 WHEEL 8")
    count = house.open_count("W-01")
    house.count(count, "W-01 WHEEL 6")

    (wheel,) = house.do(differences, count, "SUE")

    assert wheel.value == Decimal(value)


def test_counting_25_a_loss_that_the_bin_no_longer_holds_is_refused(house: Warehouse) -> None:
    house.stock("W-01 1000 8")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 2")
    house.adjust("W-01 1000 -5")

    with house.refused("not_enough", qty=3, short=3):
        house.post_count(count)


def test_counting_18_a_serial_counted_in_another_bin_is_moved_there(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1", "W-02 PIECES serial S2 1")
    count = house.open_count(SILVER, bins=("W-01", "W-02"))
    house.count(
        count,
        "W-01 PIECES serial S1 0",
        "W-02 PIECES serial S1 1",
        "W-02 PIECES serial S2 0",
        "W-01 PIECES serial S2 1",
    )

    house.post_count(count)

    assert house.lying("PIECES") == ["W-01 PIECES serial S2 1", "W-02 PIECES serial S1 1"]


def test_counting_18_a_serial_found_that_is_still_missing_nowhere_is_refused(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1")
    count = house.open_count("W-02")
    house.count(count, "W-02 PIECES serial S1 1")

    with house.refused("serial_in_stock", serial="S1"):
        house.post_count(count)


def test_decision_54_a_difference_on_a_blocked_lot_is_counted_and_refused_at_posting(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 3")
    count = house.open_count("W-01")
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))
    house.count(count, "W-01 LOTS lot L1 2")

    with house.refused("blocked", what="lot", code="L1"):
        house.post_count(count)
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1"))
    house.post_count(count)

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 2"]


def blocked_lot(house: Warehouse) -> str:
    """Count two lots short, one of them blocked."""
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3", "W-01 LOTS lot L2 3")
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 5", "W-01 LOTS lot L1 2", "W-01 LOTS lot L2 1")
    house.finish(count)
    return count


def test_decision_54_the_supervisor_is_asked_whether_to_leave_a_blocked_lot_out(house: Warehouse) -> None:
    count = blocked_lot(house)

    assert [row.is_blocked for row in house.do(differences, count, "SUE")] == [False, True, False]
    with house.refused("blocked_ask", n=1, code="L1"):
        house.post_count(count)


def test_decision_54_left_out_it_stays_counted_and_the_rest_is_posted(house: Warehouse) -> None:
    count = blocked_lot(house)

    posted = house.post_count(count, yes=("blocked_ask",), operation="op-1")

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 3", "W-01 LOTS lot L2 1"]
    assert {row.lot for row in house.proofs()} == {"", "L2"}
    assert (posted.left_out, house.post_count(count, operation="op-1")) == (1, posted)
    (told,) = house.audits("left_out")
    assert (told.record_type, told.record_key, told.old, told.new) == ("count_line", '["C1",2]', "3", "2")
    assert house.one(CountLine, count, 2).qty_counted == 2  # type: ignore[union-attr]


def test_decision_54_a_line_of_an_item_blocked_since_is_left_out_likewise(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 5", "W-01 LOTS lot L1 2")
    house.item("1000", blocked=True)

    house.post_count(count, yes=("blocked_ask",))

    assert [row.lot for row in house.proofs()] == ["L1"]


def test_decision_54_without_difference_a_blocked_lot_posts_its_proof(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 3")
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))
    count = house.open_count("W-01")
    house.count(count, "W-01 LOTS lot L1 3")

    house.post_count(count)

    assert [row.qty for row in house.proofs()] == [0]


def test_itm_54_an_item_blocked_after_it_was_counted_is_refused(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")
    house.item("1000", blocked=True)

    with house.refused("blocked", what="item", code="1000"):
        house.post_count(count)


def test_bins_16_an_inbound_block_does_not_stop_a_gain_of_what_was_on_the_list(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    house.keep(Bin(SILVER, "W-01", block="inbound"))
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 7")

    house.post_count(count)

    assert house.lying() == ["W-01 1000 7"]


def test_bins_16_it_stops_what_the_counter_added(house: Warehouse) -> None:
    house.keep(Bin(SILVER, "W-01", block="inbound"))
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 7")

    with house.refused("bin_blocked", bin="W-01", direction="IN"):
        house.post_count(count)


def test_bins_16_an_outbound_block_stops_a_loss(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    house.keep(Bin(SILVER, "W-01", block="outbound"))
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")

    with house.refused("bin_blocked", bin="W-01", direction="OUT"):
        house.post_count(count)


def test_bins_20_a_gain_is_not_measured_against_the_room_of_the_bin(house: Warehouse) -> None:
    house.item("1000", net_weight=Decimal(1))
    house.keep(
        Bin(SILVER, "W-01", max_weight=Decimal(1)),
        Location(SILVER, bin_mandatory=True, bin_capacity_policy="prohibit"),
    )
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 7")

    house.post_count(count)

    assert house.lying() == ["W-01 1000 7"]


def test_a_location_without_bins_is_counted_like_one_bin(house: Warehouse) -> None:
    house.stock("EAST 1000 5", "EAST LOTS lot L1 3", "EAST PIECES serial S1 1")
    count = house.open_count(EAST)
    house.count(count, "EAST 1000 4", "EAST LOTS lot L1 5", "EAST PIECES serial S1 0")

    house.post_count(count)

    assert house.lying() == ["EAST 1000 4"]
    assert house.lying("LOTS") == ["EAST LOTS lot L1 5"]
    assert house.lying("PIECES") == []


def test_saf_03_a_count_posted_again_with_its_operation_answers_the_first_result(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")
    posted = house.post_count(count, operation="op-1")

    assert house.post_count(count, operation="op-1") == posted
    with house.refused("done", operator="SUE"):
        house.post_count(count, operation="op-2")


def test_a_count_posted_meanwhile_names_who_posted_it_and_when(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")
    house.finish(count)
    house.post_count(count)
    at = house.rows(Register)[-1].posted_at

    for again in (post_count, reopen_count):
        with house.refused("done", operator="SUE", time=at):
            house.do(again, PostCount(count) if again is post_count else count, "SUE")


def test_a_count_sent_back_meanwhile_is_still_open(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")
    house.finish(count)
    seen = journal(house, count).finished_at
    house.do(reopen_count, count, "SUE")

    with house.refused("recording_open", n=count):
        house.do(post_count, PostCount(count, seen=seen), "SUE")


def test_a_count_counted_again_meanwhile_is_not_posted_in_its_stead(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")
    house.finish(count)
    seen = journal(house, count).finished_at
    house.do(reopen_count, count, "SUE")
    house.pass_time(minutes=1)
    house.finish(count, by="ANNA")

    with house.refused("changed", operator="ANNA"):
        house.do(post_count, PostCount(count, seen=seen), "SUE")


def test_a_posted_count_gives_its_claim_back(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")

    house.post_count(count)

    assert house.rows(Claim) == []


def test_the_count_that_waits_longest_is_the_first_to_post(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5")
    first, second = house.open_count("W-01"), house.open_count("W-02")
    for count, text in [(second, "W-02 1000 5"), (first, "W-01 1000 5")]:
        house.pass_time(minutes=1)
        house.count(count, text)
        house.finish(count)

    assert [one.no for one in house.do(counts_to_post, SILVER, "SUE")] == [second, first]


def test_counts_to_post_are_the_finished_ones_of_the_location(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5", "EAST 1000 5")
    finished, at_east = house.open_count("W-01"), house.open_count(EAST)
    house.open_count("W-02")
    for count, text in [(finished, "W-01 1000 5"), (at_east, "EAST 1000 5")]:
        house.count(count, text)
        house.finish(count)

    waiting = house.do(counts_to_post, SILVER, "SUE")

    assert [one.no for one in waiting] == [finished]


def test_a_count_in_two_parts_of_the_warehouse_may_be_posted_in_any_order(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5")
    first, second = house.open_count("W-01"), house.open_count("W-02")
    house.count(first, "W-01 1000 4")
    house.count(second, "W-02 1000 7")

    house.post_count(second)
    house.post_count(first)

    assert house.lying() == ["W-01 1000 4", "W-02 1000 7"]
