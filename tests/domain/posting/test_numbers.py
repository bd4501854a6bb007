"""Lots, serials and packages of a posting (tracking.md 4, 6, 7, 9, 11, 12, 25, 26; ITM-55, 62, 63; decision 4)."""

from decimal import Decimal

import pytest

from domain.posting import TrackingRow
from domain.site import TrackingCode
from domain.tracking.cards import InfoCard
from tests.domain.notation import Warehouse, line


def blocked(kind: str, key: str) -> InfoCard:
    return InfoCard(kind, "1000", "", key, key, blocked=True)


@pytest.mark.parametrize(("code", "what"), [("LOT", "lot"), ("SERIAL", "serial"), ("LOT_SERIAL", "serial")])
def test_tracking_7_a_number_that_is_needed_and_missing_is_refused(house: Warehouse, code: str, what: str) -> None:
    house.item("1000", tracking=code)

    with house.refused("missing", what=what):
        house.post(line("W-01 1000 1"))


@pytest.mark.parametrize(
    ("flag", "entry_type", "qty"),
    [
        ("lot_pos_adj_in", "positive_adj", "1"),
        ("lot_pos_adj_out", "positive_adj", "-1"),
        ("lot_neg_adj_in", "negative_adj", "-1"),
        ("lot_neg_adj_out", "negative_adj", "1"),
    ],
)
def test_tracking_7_which_flag_counts_depends_on_entry_type_and_direction(
    house: Warehouse, flag: str, entry_type: str, qty: str
) -> None:
    house.item("1000", tracking="FREE")
    others = {name: name != flag for name in ("lot_pos_adj_in", "lot_pos_adj_out", "lot_neg_adj_in", "lot_neg_adj_out")}
    house.keep(TrackingCode("FREE", **others))
    if "_out" in flag:
        house.stock("EAST 1000 lot L1 5")

    house.post(line(f"EAST 1000 {qty}", entry_type))
    house.keep(TrackingCode("FREE", **{flag: True}))

    with house.refused("missing", what="lot"):
        house.post(line(f"EAST 1000 {qty}", entry_type))


def test_tracking_4_a_number_that_is_not_specific_may_be_issued_without_ever_having_come_in(house: Warehouse) -> None:
    house.keep(TrackingCode("WARRANTY", serial_neg_adj_out=True))
    house.item("1000", tracking="WARRANTY")
    house.stock("EAST 1000 5")

    house.post(line("EAST 1000 serial S1 -1"))

    assert house.lying() == ["EAST 1000 4"]


def test_tracking_6_a_number_at_an_untracked_item_is_refused(house: Warehouse) -> None:
    house.item("1000")

    with house.refused("not_tracked", item="1000"):
        house.post(line("EAST 1000 lot L1 1"))


def test_tracking_6_at_locations_with_bins_only_dimensions_of_the_code_may_be_typed(house: Warehouse) -> None:
    house.item("1000", tracking="LOT")

    house.post(line("EAST 1000 lot L1 package P1 1"))

    with house.refused("not_tracked", item="1000"):
        house.post(line("W-01 1000 lot L1 package P1 1"))


@pytest.mark.parametrize("qty", ["2", "-2", "0.5"])
def test_tracking_9_a_serial_is_one_piece(house: Warehouse, qty: str) -> None:
    house.item("1000", tracking="SERIAL")
    house.stock("W-01 1000 serial S1 1")

    with house.refused("bad_qty", serial="S1"):
        house.post(line(f"W-01 1000 serial S1 {qty}"))


def test_tracking_9_the_same_serial_twice_in_one_posting_is_refused(house: Warehouse) -> None:
    house.item("1000", tracking="SERIAL")

    with house.refused("duplicate"):
        house.post(line("W-01 1000 serial S1 1"), line("W-02 1000 serial s1 1"))


def test_a_number_longer_than_50_characters_is_refused(house: Warehouse) -> None:
    house.item("1000", tracking="LOT")

    house.post(line(f"W-01 1000 lot {'L' * 50} 1"))

    with house.refused("unreadable", e_code="E_LONG"):
        house.post(line(f"W-01 1000 lot {'L' * 51} 1"))


@pytest.mark.parametrize("place", ["W-01", "W-02", "EAST"])
def test_tracking_11_a_serial_in_stock_does_not_come_in_again_wherever_it_is(house: Warehouse, place: str) -> None:
    house.item("1000", tracking="SERIAL")
    house.stock("W-01 1000 serial S1 1")

    with house.refused("serial_in_stock", serial="S1"):
        house.post(line(f"{place} 1000 serial S1 1"))


def test_tracking_11_the_same_serial_of_another_variant_or_item_is_another_one(house: Warehouse) -> None:
    house.item("1000", tracking="SERIAL")
    house.item("1001", tracking="SERIAL")

    house.stock("W-01 1000 serial S1 1", "W-01 1001 serial S1 1")

    assert house.lying("1001") == ["W-01 1001 serial S1 1"]


def test_tracking_11_a_serial_that_was_issued_comes_back(house: Warehouse) -> None:
    house.item("1000", tracking="SERIAL")
    house.stock("W-01 1000 serial S1 1")
    house.post(line("W-01 1000 serial S1 -1"))

    house.post(line("W-02 1000 serial S1 1"))

    assert house.lying() == ["W-02 1000 serial S1 1"]


def test_tracking_11_a_serial_found_in_another_bin_is_taken_out_and_put_in_by_one_posting(house: Warehouse) -> None:
    house.item("1000", tracking="SERIAL")
    house.stock("W-01 1000 serial S1 1")

    house.post(line("W-01 1000 serial S1 -1"), line("W-02 1000 serial S1 1"))

    assert house.lying() == ["W-02 1000 serial S1 1"]


def test_tracking_12_a_lot_that_is_not_in_stock_there_is_not_issued(house: Warehouse) -> None:
    house.item("1000", tracking="LOT")
    house.stock("EAST 1000 lot L1 5", "W-01 1000 lot L2 5")

    with house.refused("not_in_stock", number="L2", location="EAST"):
        house.post(line("EAST 1000 lot L2 -1"))


def test_tracking_12_no_more_of_a_lot_is_issued_than_there_is(house: Warehouse) -> None:
    house.item("1000", tracking="LOT", prevent_negative_inventory="no")
    house.stock("EAST 1000 lot L1 3", "EAST 1000 lot L2 9")

    with house.refused("not_enough", qty=3, short=1):
        house.post(line("EAST 1000 lot L1 -4"))


def test_itm_62_tracked_stock_is_covered_by_the_very_number_even_where_stock_may_go_negative(house: Warehouse) -> None:
    house.item("1000", tracking="SERIAL", prevent_negative_inventory="no")
    house.stock("EAST 1000 serial S1 1")

    with house.refused("not_in_stock", number="S2", location="EAST"):
        house.post(line("EAST 1000 serial S2 -1"))


@pytest.mark.parametrize("qty", ["1", "-1"])
@pytest.mark.parametrize("kind", ["lot", "serial"])
def test_tracking_25_a_blocked_number_is_posted_in_no_direction(house: Warehouse, kind: str, qty: str) -> None:
    house.item("1000", tracking=kind.upper())
    if qty == "-1":
        house.stock(f"W-01 1000 {kind} N1 1")
    house.keep(blocked(kind, "N1"))

    with house.refused("blocked", what=kind, code="N1"):
        house.post(line(f"W-01 1000 {kind} N1 {qty}"))


def test_tracking_25_a_blocked_package_is_not_posted(house: Warehouse) -> None:
    house.keep(TrackingCode("PACKED", package_specific=True))
    house.item("1000", tracking="PACKED")
    house.keep(blocked("package", "P1"))

    with house.refused("blocked", what="package", code="P1"):
        house.post(line("W-01 1000 package P1 1"))


def test_tracking_25_a_block_counts_however_the_number_is_spelled(house: Warehouse) -> None:
    house.item("1000", tracking="LOT")
    house.keep(blocked("lot", "L1"))

    with house.refused("blocked", what="lot", code="l1"):
        house.post(line("W-01 1000 lot l1 1"))


def test_itm_55_no_card_is_not_blocked(house: Warehouse) -> None:
    house.item("1000", tracking="LOT")

    house.post(line("W-01 1000 lot L1 1"))

    assert house.lying() == ["W-01 1000 lot L1 1"]


@pytest.mark.parametrize(("direction", "qty"), [("in", "1"), ("out", "-1")])
def test_tracking_26_a_card_must_exist_in_the_direction_the_code_says(
    house: Warehouse, direction: str, qty: str
) -> None:
    house.item("1000", tracking="LOT")
    house.stock("W-01 1000 lot L1 5")
    house.keep(TrackingCode("LOT", lot_specific=True, **{f"lot_info_must_exist_{direction}": True}))

    with house.refused("no_card", lot="L1"):
        house.post(line(f"W-01 1000 lot L1 {qty}"))
    house.keep(InfoCard("lot", "1000", "", "L1", "L1"))
    house.post(line(f"W-01 1000 lot L1 {qty}"))

    assert house.lying() == [f"W-01 1000 lot L1 {5 + int(qty)}"]


def test_tracking_26_cards_are_made_on_posting_where_the_code_says_so(house: Warehouse) -> None:
    house.keep(TrackingCode("LOTCARD", lot_specific=True, lot_create_info_on_posting=True))
    house.item("1000", tracking="LOTCARD")

    house.post(line("W-01 1000 lot l-1 1"))

    assert house.one(InfoCard, "lot", "1000", "", "L-1") == InfoCard("lot", "1000", "", "L-1", "l-1")


@pytest.mark.parametrize("spelled", ["ab1", "AB1", " Ab1 "])
def test_decision_4_a_number_that_differs_only_in_case_is_the_same_and_stays_as_first_received(
    house: Warehouse, spelled: str
) -> None:
    house.item("1000", tracking="LOT")
    house.stock("W-01 1000 lot Ab1 5")

    house.post(line("W-01 1000 1", tracking=(TrackingRow(spelled),)))

    assert house.lying() == ["W-01 1000 lot Ab1 6"]


def test_led_03_a_line_with_several_numbers_writes_one_entry_for_each(house: Warehouse) -> None:
    house.item("1000", tracking="SERIAL")
    rows = tuple(TrackingRow(serial=f"S{number}", qty_base=Decimal(1)) for number in range(3))

    posting = house.post(line("W-01 1000 3", tracking=rows))

    assert [entry.id for entry in house.entries()] == list(posting.entries)
    assert [entry.serial for entry in house.entries()] == ["S0", "S1", "S2"]
