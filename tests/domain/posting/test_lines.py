"""What a journal line must and must not say (adjusting.md 1-3, 7, 9, 12, 13)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.posting import TrackingRow
from domain.site import Bin, Operator
from tests.domain.notation import ROAD, SILVER, TODAY, WHITE, Warehouse, line

POSITIVE, NEGATIVE = "positive_adj", "negative_adj"


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000")


@pytest.mark.parametrize(
    ("entry_type", "typed", "moved"),
    [(POSITIVE, "3", 3), (NEGATIVE, "-3", 3), (POSITIVE, "-3", -3), (NEGATIVE, "3", -3)],
)
def test_adjusting_1_the_sign_typed_turns_the_entry_type_round(
    house: Warehouse, entry_type: str, typed: str, moved: int
) -> None:
    house.stock("W-01 1000 10")

    house.post(line(f"W-01 1000 {typed}", entry_type))

    entry = house.entries()[-1]
    assert (entry.entry_type, entry.qty) == (entry_type, moved)


def test_adjusting_2_a_quantity_of_0_is_refused(house: Warehouse) -> None:
    with house.refused("missing", what="qty"):
        house.post(line("W-01 1000 0"))


def test_adjusting_2_a_location_is_required_where_the_site_says_so(house: Warehouse) -> None:
    with house.refused("missing", what="location"):
        house.post(replace(line("EAST 1000 1"), location=""))


def test_adjusting_2_the_blank_location_is_a_real_one_where_none_is_required(house: Warehouse) -> None:
    house.set(location_mandatory=False)

    house.post(replace(line("EAST 1000 1"), location=""))

    assert [entry.location for entry in house.entries()] == [""]


def test_adjusting_2_a_bin_is_required_where_bins_are_mandatory(house: Warehouse) -> None:
    with house.refused("missing", what="bin"):
        house.post(replace(line("W-01 1000 1"), bin=""))


def test_adjusting_2_an_unknown_item_is_refused(house: Warehouse) -> None:
    with house.refused("unknown", code="2000", prompt="item"):
        house.post(line("W-01 2000 1"))


def test_adjusting_3_a_location_in_transit_is_refused(house: Warehouse) -> None:
    with house.refused("transit_only", location=ROAD):
        house.post(line("ROAD 1000 1"))


def test_adjusting_3_a_directed_location_wants_the_warehouse_journal(house: Warehouse) -> None:
    with house.refused("use_warehouse", location=WHITE, what="warehouse journal"):
        house.post(line("WHITE 1000 1"))


def test_an_unknown_location_is_refused(house: Warehouse) -> None:
    with house.refused("unknown", code="NORTH", prompt="location"):
        house.post(line("NORTH 1000 1"))


def test_a_bin_at_a_location_without_bins_is_refused(house: Warehouse) -> None:
    with house.refused("no_bins", location="EAST"):
        house.post(replace(line("EAST 1000 1"), bin="W-01"))


def test_a_bin_of_another_location_is_refused(house: Warehouse) -> None:
    house.keep(Bin(WHITE, "W-09"))

    with house.refused("bin_elsewhere", bin="W-09", location=SILVER):
        house.post(line("W-09 1000 1"))


@pytest.mark.parametrize("day", [-31, 6])
def test_adjusting_7_a_date_outside_the_posting_window_is_refused(house: Warehouse, day: int) -> None:
    house.set(allow_posting_from="-1M", allow_posting_to="2026-03-07")
    outside = TODAY + timedelta(days=day)

    with house.refused("date_outside", date=outside):
        house.post(line("W-01 1000 1", posting_date=outside))


@pytest.mark.parametrize("day", [-28, 5])
def test_adjusting_7_the_bounds_of_the_posting_window_are_inside(house: Warehouse, day: int) -> None:
    house.set(allow_posting_from="-1M", allow_posting_to="2026-03-07")

    house.post(line("W-01 1000 1", posting_date=TODAY + timedelta(days=day)))

    assert house.lying() == ["W-01 1000 1"]


def test_adjusting_7_an_operators_own_window_replaces_the_companys(house: Warehouse) -> None:
    house.set(allow_posting_from="2026-03-01")
    house.keep(Operator("ANNA", role="operator", locations=(SILVER,), allow_posting_from="2026-01-01"))

    house.post(line("W-01 1000 1", posting_date=date(2026, 1, 1)))

    assert house.entries()[0].posting_date == date(2026, 1, 1)


def test_adjusting_7_without_a_date_the_work_date_is_posted(house: Warehouse) -> None:
    house.post(line("W-01 1000 1"))

    assert (house.entries()[0].posting_date, house.entries()[0].document_date) == (TODAY, TODAY)


def test_adjusting_9_one_bad_line_refuses_the_whole_batch(house: Warehouse) -> None:
    with house.refused("not_enough", qty=4, short=1):
        house.post(line("W-01 1000 4"), line("W-01 1000 -5"))


def test_adjusting_9_nothing_to_post_is_refused(house: Warehouse) -> None:
    with house.refused("nothing_handled", variant="post"):
        house.post()


def test_adjusting_12_the_reason_stands_on_the_item_value_and_bin_entry(house: Warehouse) -> None:
    house.post(line("W-01 1000 1", reason="FOUND"))

    reasons = house.reasons()
    assert reasons == {"item_entry": ["FOUND"], "value_entry": ["FOUND"], "bin_entry": ["FOUND"]}


def test_adjusting_13_the_tracking_rows_of_a_line_add_up_to_it_exactly(house: Warehouse) -> None:
    house.item("1010", tracking="LOT")
    rows = tuple(TrackingRow(lot, qty_base=Decimal(qty)) for lot, qty in [("L1", "3"), ("L2", "5")])

    with house.refused("total_differs", qty=10, total=8):
        house.post(line("W-01 1010 10", tracking=rows))


@pytest.mark.parametrize("rest", ["-1", "0.000001", "0.5"])
def test_a_tracking_row_below_zero_or_of_a_part_of_the_base_units_step_is_refused(house: Warehouse, rest: str) -> None:
    house.item("1010", tracking="LOT")
    house.unit("1010", "PCS", 1, step="1")
    house.stock("W-01 1010 lot L2 3")
    rows = TrackingRow("L1", qty_base=10 - Decimal(rest)), TrackingRow("L2", qty_base=Decimal(rest))

    with house.refused("bad_qty"):
        house.post(line("W-01 1010 10", tracking=rows))


def test_adjusting_13_tracking_rows_in_a_larger_unit_add_up_in_base_units(house: Warehouse) -> None:
    house.item("1010", tracking="LOT")
    house.unit("1010", "BOX", 6)
    rows = tuple(TrackingRow(lot, qty_base=Decimal(qty)) for lot, qty in [("L1", "4"), ("L2", "8")])

    house.post(line("W-01 1010 2 BOX", tracking=rows))

    assert house.lying("1010") == ["W-01 1010 lot L1 4", "W-01 1010 lot L2 8"]


def test_a_line_without_stock_of_its_own_can_use_what_an_earlier_line_of_the_batch_found(house: Warehouse) -> None:
    house.post(line("W-01 1000 4"), line("W-01 1000 -4"))

    assert house.lying() == []
