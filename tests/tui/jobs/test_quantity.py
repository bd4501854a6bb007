"""The quantity prompt (floor-flows.md 7; ITM-14, ITM-15; SCN-14)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.items.card import Identifier, ItemUnit
from domain.people.books import TerminalSession
from domain.site import Bin, TrackingCode
from tests.domain.notation import SILVER
from tests.tui.session.hand import Floor, Hand
from tui.jobs.view import Message


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """ANNA at the quantity prompt of goods found in W-01."""
    hand = floor.at_work()
    hand.types("7", "W-01", "1000", "1")
    assert (hand.prompt, hand.view.field, hand.view.counted) == ("adjust qty", None, None)
    return hand


@pytest.mark.parametrize(
    ("typed", "qty"),
    [("12", "12"), ("0.5", "0.5"), ("0,5", "0.5"), (".5", "0.5"), ("5.", "5"), ("99999", "99999"), (" 7 ", "7")],
)
def test_digits_with_one_point_or_comma_are_a_quantity(hand: Hand, typed: str, qty: str) -> None:
    hand.types(typed)

    assert (hand.prompt, hand.view.got["qty"]) == ("adjust reason", Decimal(qty))


@pytest.mark.parametrize("typed", ["3 BOX", "3 box", "3BOX"])
def test_a_unit_of_the_item_may_follow(floor: Floor, hand: Hand, typed: str) -> None:
    hand.types(typed, "2")
    hand.presses("ok")

    assert floor.house.lying() == ["W-01 1000 23"]


def test_a_unit_the_item_does_not_have_is_refused(hand: Hand) -> None:
    hand.types("3 CARTON")

    assert hand.refused == "unknown"


@pytest.mark.parametrize(
    "typed",
    ["99999.00001", "100000", "12345678", "00000012", "4006381333931", "-3", "+3", "1.2.3", "3 4", "abc", "1/2"],
)
def test_anything_else_is_taken_for_a_barcode(hand: Hand, typed: str) -> None:
    hand.types(typed)

    assert (hand.prompt, hand.refused) == ("adjust qty", "barcode_at_qty")


@pytest.mark.parametrize("typed", ["0", "0.0", "1.000001"])
def test_nothing_and_too_many_decimals_are_a_bad_quantity(hand: Hand, typed: str) -> None:
    hand.types(typed)

    assert hand.view.error == Message("bad_qty", {"max": Decimal(99999)})


def test_itm_14_below_the_step_of_the_unit_is_refused_at_once(floor: Floor, hand: Hand) -> None:
    floor.house.unit("1000", "BOX", 6, step="0.5")

    hand.types("1.25 BOX")

    assert hand.view.error == Message("bad_qty", {"step": Decimal("0.5"), "uom": "BOX"})


def test_itm_15_what_rounds_to_nothing_is_refused_at_once(floor: Floor, hand: Hand) -> None:
    floor.house.keep(ItemUnit("1000", "PCS", qty_rounding_precision=Decimal(1)))
    floor.house.unit("1000", "CRUMB", "0.1")

    hand.types("4 CRUMB")

    assert hand.view.error == Message("bad_qty", {"uom": "CRUMB"})


def test_a_scan_of_the_item_counts_one_and_enter_takes_the_count(hand: Hand) -> None:
    hand.scans("1000", "1000", "1000")
    assert (hand.view.counted, hand.view.field) == (3, "3")

    hand.presses("ok")

    assert hand.view.got["qty"] == 3


def test_a_scan_of_the_lines_lot_counts_one(floor: Floor) -> None:
    hand = floor.at_work()
    hand.scans("7", "W-01", "LOTS", "L1", "1")

    assert hand.scans("L:L1").counted == 1
    assert hand.scans("LOTS").counted == 2


@pytest.mark.parametrize("label", ["B:L1", "S:L1", "O:L1", "P:L1"])
def test_a_label_of_another_kind_that_reads_like_the_lot_is_not_counted(floor: Floor, label: str) -> None:
    hand = floor.at_work()
    hand.scans("7", "W-01", "LOTS", "L1", "1")

    hand.scans(label)

    assert (hand.refused, hand.view.counted) == ("barcode_at_qty", None)


def test_a_typed_number_replaces_and_never_adds(hand: Hand) -> None:
    hand.scans("1000", "1000")

    hand.types("7")

    assert hand.view.got["qty"] == 7


def test_digits_that_are_the_items_number_count_when_scanned_and_are_a_number_when_typed(hand: Hand) -> None:
    assert hand.scans("1000").counted == 1

    hand.types("1000")

    assert hand.view.got["qty"] == 1000


@pytest.mark.parametrize("times", ["3*", "%%QTY=3", "C:qty=3.0"])
def test_the_next_scan_counts_as_often_as_said_and_the_one_after_it_once(hand: Hand, times: str) -> None:
    hand.types(times)
    assert hand.view.message == Message("next_counts", {"qty": Decimal(3)})

    assert hand.scans("1000").counted == 3
    assert hand.scans("1000").counted == 4


def test_the_next_scan_counts_as_often_as_said_after_its_choice_too(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("04006381333931", "1000"))
    floor.house.item("1001", gtin="04006381333931")
    hand.types("3*")
    hand.scans("4006381333931")
    assert hand.asked == "choice"

    hand.types("1")

    assert hand.view.counted == 3
    assert hand.scans("1000").counted == 4


def test_the_scan_after_a_refused_one_counts_as_often_as_the_screen_still_says(hand: Hand) -> None:
    hand.types("3*")
    hand.scans("1001")
    assert hand.refused == "barcode_at_qty"

    hand.presses("ok")

    assert hand.told == "next_counts"
    assert hand.scans("1000").counted == 3


def test_back_takes_what_the_next_scan_counts_back_and_nothing_else(hand: Hand) -> None:
    hand.scans("1000", "1000")
    hand.types("3*")

    hand.presses("back")

    assert (hand.told, hand.view.counted) == ("", 2)
    assert hand.scans("1000").counted == 3


def test_another_key_forgets_what_the_next_scan_counts_as_the_screen_does(hand: Hand) -> None:
    hand.types("3*")

    hand.presses("find", "back")

    assert hand.scans("1000").counted == 1


def test_it_counts_packs_too(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("BX", "1000", uom="BOX"))
    hand.types("2*")

    assert hand.scans("BX").counted == 12


def test_more_than_a_quantity_may_be_is_not_counted_either(hand: Hand) -> None:
    hand.types("99999*")
    hand.scans("1000")
    assert hand.view.counted == 99999

    hand.scans("1000")

    assert (hand.refused, hand.view.counted) == ("bad_qty", 99999)


def test_scn_14_the_same_scan_within_half_a_second_is_a_double_read(hand: Hand) -> None:
    hand.scans("1000")

    hand.scans("1000", apart=0.499)

    assert (hand.told, hand.view.counted) == ("repeat_ignored", 1)


def test_scn_14_a_row_of_double_reads_is_one_scan(hand: Hand) -> None:
    hand.scans("1000")

    hand.scans("1000", "1000", "1000", apart=0.3)

    assert hand.view.counted == 1


def test_scn_14_later_repeats_and_other_scans_count(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("OTHER", "1000"))
    hand.scans("1000")

    hand.scans("1000", apart=0.5)
    hand.scans("OTHER", "1000", apart=0.1)

    assert hand.view.counted == 4


def test_scn_14_typed_text_is_never_a_double_read(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7", "W-01", "LOTS", "L1", "1")

    hand.types("LOTS", "LOTS", apart=0.1)

    assert hand.view.counted == 2


def test_scn_14_the_scan_that_answered_the_item_prompt_is_not_counted_by_its_double_read(floor: Floor) -> None:
    hand = floor.at_work("PIA")
    hand.types("6")
    hand.scans("W-01")

    hand.scans("1000", "1000", apart=0.3)

    assert (hand.prompt, hand.told, hand.view.counted) == ("count qty", "repeat_ignored", None)


def test_the_kept_state_has_no_more_decimals_than_can_be_kept(floor: Floor, hand: Hand) -> None:
    hand.types("0.00001*")
    hand.scans("1000", "1000")

    (session,) = floor.house.rows(TerminalSession)
    assert '"is":"1.00001"' in session.state


@pytest.fixture
def coded(floor: Floor) -> None:
    """Known by short codes of digits: the item 1000 by 777, 1001 by 555, and a bin 444."""
    floor.house.keep(Identifier("777", "1000"), Identifier("555", "1001"), Bin(SILVER, "444"))


@pytest.mark.usefixtures("coded")
def test_digits_scanned_that_are_another_code_of_the_item_count_one(hand: Hand) -> None:
    assert hand.scans("777").counted == 1


@pytest.mark.usefixtures("coded")
@pytest.mark.parametrize("code", ["555", "444"])
def test_digits_scanned_that_are_the_code_of_something_else_are_no_quantity(hand: Hand, code: str) -> None:
    hand.scans(code)

    assert (hand.prompt, hand.refused, hand.view.counted) == ("adjust qty", "barcode_at_qty", None)


def test_digits_scanned_that_are_another_lot_of_the_item_are_no_quantity(floor: Floor) -> None:
    floor.house.stock("W-01 LOTS lot 26031 4", "W-01 LOTS lot 26032 4")
    hand = floor.at_work()
    hand.scans("7", "W-01", "LOTS", "26031", "1")

    hand.scans("26032")

    assert (hand.refused, hand.view.counted) == ("barcode_at_qty", None)


@pytest.mark.usefixtures("coded")
@pytest.mark.parametrize("code", ["777", "555", "444"])
def test_the_same_digits_typed_are_a_quantity(hand: Hand, code: str) -> None:
    hand.types(code)

    assert hand.view.got["qty"] == Decimal(code)


def test_digits_whose_keys_arrive_together_are_a_quantity_where_they_are_no_code(hand: Hand) -> None:
    hand.scans("12")

    assert hand.view.got["qty"] == 12


def test_the_label_of_another_package_is_not_counted_for_this_one(floor: Floor) -> None:
    floor.house.keep(
        TrackingCode("PACK", package_specific=True, package_warehouse=True), Identifier("04006381333931", "PALLET")
    )
    floor.house.item("PALLET", tracking="PACK")
    hand = floor.at_work()
    hand.scans("7", "W-01", "]C10010614141123456789702040063813339313710", "1")

    hand.scans("]C10010614141234567890802040063813339313710")

    assert (hand.refused, hand.view.counted) == ("label_contradicts", None)


@pytest.mark.parametrize("label", ["]C101040063813339311728010110N1", "]C11728010110N1"])
def test_a_label_with_another_date_is_not_counted_for_the_lot(floor: Floor, label: str) -> None:
    floor.house.keep(
        TrackingCode("DATED", lot_specific=True, lot_warehouse=True, use_expiration=True),
        Identifier("04006381333931", "MILK"),
    )
    floor.house.item("MILK", tracking="DATED")
    hand = floor.at_work()
    hand.scans("7", "W-01", "]C101040063813339311727010110N1", "1")
    assert hand.scans("]C101040063813339311727010110N1").counted == 1

    hand.scans(label)

    dates = {"a": date(2028, 1, 1), "b": date(2027, 1, 1)}
    assert (hand.view.error, hand.view.counted) == (Message("label_contradicts", dates), 1)
