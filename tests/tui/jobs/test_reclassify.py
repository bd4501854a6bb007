"""Reclassifying at a terminal, by keys alone and by scans (floor-flows.md, Reclassify; key budget of a lot: 6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.items.card import Identifier
from domain.site import Bin, Location, Operator, ReasonCode, TrackingCode
from tests.domain.notation import EAST, SILVER, WHITE
from tests.domain.work.holding import hold
from tests.tui.session.hand import Floor, Hand
from tui.jobs.view import Message

OLD, LATER = date(2027, 1, 31), date(2027, 5, 31)
LOT, EXPIRY, SERIAL, PACKAGE, LOCATION, VARIANT = "123456"


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """ANNA at the first prompt of a reclassification."""
    hand = floor.at_work()
    hand.types("9", "1")
    assert hand.prompt == "reclassify change"
    return hand


def milk(floor: Floor) -> None:
    """Keep MILK by lot and date: M1 in two bins."""
    floor.house.keep(TrackingCode("DATED", lot_specific=True, lot_warehouse=True, use_expiration=True))
    floor.house.item("MILK", tracking="DATED")
    floor.house.stock(f"W-01 MILK lot M1 expires {OLD} 5", f"W-02 MILK lot M1 expires {OLD} 3")


def shirts(floor: Floor) -> None:
    """Keep red and blue shirts."""
    floor.house.item("SHIRT")
    for variant in ("BLUE", "RED"):
        floor.house.variant("SHIRT", variant)
    floor.house.stock("W-03 SHIRT variant RED 4")


def reason(floor: Floor) -> None:
    floor.house.keep(ReasonCode("RELABEL", "Relabelled", offered_for=("reclassify",), position=5))


def test_another_lot_by_keys_alone(floor: Floor, hand: Hand) -> None:
    seen = []
    for typed in (LOT, "W-01", "LOTS", "L1", "2", "L2"):
        hand.types(typed)
        seen.append(hand.view.prompt)
    hand.presses("ok")

    assert seen == ["bin", "item", "lot", "qty", "new", "summary"]
    assert (hand.prompt, hand.told, hand.view.outcome) == ("reclassify change", "posted", "posted")
    assert floor.house.lying("LOTS") == ["W-01 LOTS lot L1 1", "W-01 LOTS lot L2 2"]


def test_the_key_budget_of_a_lot_is_six(floor: Floor) -> None:
    milk(floor)
    hand = floor.at_work()

    hand.types("9", "1", LOT)
    hand.scans("W-01", "MILK", "M1")
    hand.presses("ok")
    hand.scans("L:M2")
    hand.presses("ok", "ok")

    assert hand.told == "posted"  # 9, 1, what changes, all of it, its date, post
    assert floor.house.lying("MILK") == ["W-01 MILK lot M2 5", "W-02 MILK lot M1 3"]


def test_the_summary_says_number_and_effect_first(floor: Floor, hand: Hand) -> None:
    milk(floor)
    hand.types(LOT, "W-01", "MILK", "M1", "2", "M2")
    hand.presses("ok")

    assert hand.view.body[:3] == (
        Message("body.post_reclassification", {"qty": Decimal(2), "uom": "PCS", "item": "MILK"}),
        Message("body.old_new", {"old": "M1", "new": "M2"}),
        Message("body.expires", {"date": OLD}),
    )


def test_what_can_be_changed_is_offered_by_digit(hand: Hand) -> None:
    assert hand.offered == {
        "1": "change.lot",
        "2": "change.expiry",
        "3": "change.serial",
        "4": "change.package",
        "5": "change.location",
        "6": "change.variant",
    }
    hand.types("7")
    assert (hand.prompt, hand.view.error) == ("reclassify change", Message("bad_choice", {"n": 6}))


@pytest.mark.parametrize(
    ("change", "item", "refused"),
    [
        (LOT, "1000", "not_tracked"),
        (SERIAL, "LOTS", "not_tracked"),
        (PACKAGE, "LOTS", "not_tracked"),
        (EXPIRY, "LOTS", "not_dated"),
        (VARIANT, "1000", "no_variants"),
    ],
)
def test_an_item_that_has_nothing_to_change_is_refused_where_it_is_scanned(
    hand: Hand, change: str, item: str, refused: str
) -> None:
    hand.types(change, "W-01", item)

    assert (hand.prompt, hand.view.error) == ("reclassify item", Message(refused, {"item": item}))


def test_the_date_of_the_new_lot_is_proposed_where_it_is_in_stock(floor: Floor, hand: Hand) -> None:
    milk(floor)
    floor.house.stock(f"W-03 MILK lot M2 expires {LATER} 1")
    hand.types(LOT, "W-01", "MILK", "M1")
    hand.presses("ok")
    hand.scans("M2")
    assert (hand.prompt, hand.view.field) == ("reclassify expiry", str(LATER))

    hand.types("310127")
    assert hand.view.error == Message("expiry_differs", {"lot": "M2", "date": LATER})
    hand.presses("ok", "ok", "ok")

    assert floor.house.entries()[-1].expires == LATER


def test_a_new_lot_may_have_another_date_than_the_old(floor: Floor, hand: Hand) -> None:
    milk(floor)
    hand.types(LOT, "W-01", "MILK", "M1", "5", "M9", "310227")
    assert hand.refused == "bad_date"
    hand.presses("ok")
    hand.types("0527")
    hand.presses("ok")

    assert floor.house.entries()[-1].expires == LATER


def test_a_label_brings_lot_and_date_at_once(floor: Floor, hand: Hand) -> None:
    milk(floor)
    floor.house.item("MILK", tracking="DATED", gtin="04006381333931")
    hand.types(LOT, "W-01", "MILK", "M1", "5")

    hand.scans("]C101040063813339311727053110M7")

    assert (hand.prompt, hand.view.field) == ("reclassify expiry", str(LATER))


def test_another_date_is_for_the_whole_lot_and_shows_its_bins(floor: Floor, hand: Hand) -> None:
    milk(floor)
    hand.types(EXPIRY)
    hand.scans("MILK", "M1")
    assert (hand.prompt, hand.view.got["lot"], hand.view.field) == ("reclassify expiry", "M1", None)
    assert [line["bin"] for line in hand.view.lines] == ["W-01", "W-02"]

    hand.types("0527")
    assert hand.view.body[:2] == (
        Message("body.post_reclassification", {"qty": Decimal(8), "uom": "PCS", "item": "MILK"}),
        Message("body.old_new", {"old": str(OLD), "new": str(LATER)}),
    )
    hand.presses("ok")

    assert (hand.told, hand.prompt) == ("posted", "reclassify change")
    assert floor.house.lying("MILK") == ["W-01 MILK lot M1 5", "W-02 MILK lot M1 3"]
    assert {row.expires for row in floor.house.entries() if row.qty > 0 and row.entry_type == "transfer"} == {LATER}


def test_a_bin_may_be_scanned_first_and_narrows_the_lots(floor: Floor, hand: Hand) -> None:
    milk(floor)
    floor.house.stock(f"W-03 MILK lot M2 expires {LATER} 1")
    hand.types(EXPIRY)

    hand.scans("W-03", "MILK", "M1")

    assert hand.view.error == Message("not_here", {"number": "M1", "bin": "W-03"})
    hand.presses("ok")
    hand.scans("M2")
    assert hand.prompt == "reclassify expiry"


def test_a_lot_at_another_location_too_is_not_redated(floor: Floor, hand: Hand) -> None:
    milk(floor)
    floor.house.stock(f"EAST MILK lot M1 expires {OLD} 2")
    hand.types(EXPIRY, "MILK", "M1", "0527")

    assert (hand.prompt, hand.view.error) == (
        "reclassify expiry",
        Message("whole_lot", {"lot": "M1", "qty": Decimal(10)}),
    )


def test_a_serial_is_one_piece_and_its_new_number_is_not_in_stock(floor: Floor, hand: Hand) -> None:
    floor.house.stock("W-02 PIECES serial S2 1")
    hand.types(SERIAL)
    hand.scans("W-01", "PIECES", "S1")
    assert hand.prompt == "reclassify new"
    hand.scans("S:S2")
    assert (hand.prompt, hand.view.error) == ("reclassify new", Message("serial_in_stock", {"serial": "S2"}))
    hand.presses("ok")
    hand.scans("S:S9")
    hand.presses("ok")

    assert floor.house.lying("PIECES") == ["W-01 PIECES serial S9 1", "W-02 PIECES serial S2 1"]


def test_goods_go_into_another_package(floor: Floor, hand: Hand) -> None:
    floor.house.keep(TrackingCode("PACK", package_specific=True, package_warehouse=True))
    floor.house.item("CUPS", tracking="PACK")
    floor.house.stock("W-03 CUPS package P1 5")
    hand.types(PACKAGE)
    hand.scans("W-03", "P:P1")
    hand.types("2")
    hand.scans("P:P2")
    hand.presses("ok")

    assert floor.house.lying("CUPS") == ["W-03 CUPS package P1 3", "W-03 CUPS package P2 2"]


@pytest.mark.parametrize("give", ["2", EAST])
def test_another_location_is_a_digit_or_its_label(floor: Floor, hand: Hand, give: str) -> None:
    hand.types(LOCATION, "W-01", "1000")
    hand.presses("ok")
    assert hand.offered == {"1": SILVER, "2": EAST, "3": WHITE}
    (hand.types if give == "2" else hand.scans)(give)
    assert hand.view.body[1] == Message("body.old_new", {"old": SILVER, "new": EAST})
    hand.presses("ok")

    assert floor.house.lying() == ["EAST 1000 5"]


def test_a_location_with_bins_asks_its_bin(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Location("NORTH", bin_mandatory=True), Bin("NORTH", "N-1"), Bin("NORTH", "W-02"))
    hand.types(LOCATION, "W-01", "1000", "2")
    hand.scans("NORTH")
    assert (hand.prompt, hand.offered) == ("reclassify new", {})
    hand.scans("W-04")
    assert hand.refused != ""
    hand.presses("ok")
    hand.scans("B:N-1")
    hand.presses("ok")

    assert floor.house.lying() == ["N-1 1000 2", "W-01 1000 3"]


def test_a_bin_scanned_at_once_is_one_of_this_location_and_writes_no_item_entry(floor: Floor, hand: Hand) -> None:
    entries = floor.house.entries()
    hand.types(LOCATION, "W-01", "1000", "2")
    hand.scans("W-02")
    assert hand.view.body[1] == Message("body.old_new", {"old": "W-01", "new": "W-02"})
    hand.presses("ok")

    assert floor.house.lying() == ["W-01 1000 3", "W-02 1000 2"]
    assert floor.house.entries() == entries


@pytest.mark.parametrize(
    ("give", "refused"), [("1", ""), (WHITE, "use_warehouse"), ("ROAD", "transit_only"), ("W-01", "nothing_changes")]
)
def test_places_that_goods_cannot_come_to_are_refused_at_once(hand: Hand, give: str, refused: str) -> None:
    hand.types(LOCATION, "W-01", "1000", "2")

    (hand.types if give == "1" else hand.scans)(give)

    assert (hand.prompt, hand.refused) == ("reclassify new", refused)


@pytest.mark.parametrize("give", ["1", "blue", "]C10104006381333931"])
def test_another_variant_is_a_digit_a_code_or_a_label(floor: Floor, hand: Hand, give: str) -> None:
    shirts(floor)
    floor.house.keep(Identifier("04006381333931", "SHIRT", "BLUE"))
    hand.types(VARIANT, "W-03", "SHIRT")
    hand.types("2")
    assert hand.prompt == "reclassify qty"
    hand.types("3")
    assert hand.offered == {"1": "change.to_variant", "2": "change.to_variant"}
    (hand.scans if give.startswith("]") else hand.types)(give)
    hand.presses("ok")

    assert floor.house.lying("SHIRT") == ["W-03 SHIRT variant BLUE 3", "W-03 SHIRT variant RED 1"]


def test_the_stock_without_variant_is_one_to_become(floor: Floor, hand: Hand) -> None:
    shirts(floor)
    hand.types(VARIANT, "W-03", "SHIRT", "2", "3", "2")
    hand.presses("ok")

    assert floor.house.lying("SHIRT") == ["W-03 SHIRT 3", "W-03 SHIRT variant RED 1"]


def test_the_label_of_another_item_is_no_variant(floor: Floor, hand: Hand) -> None:
    shirts(floor)
    hand.types(VARIANT, "W-03", "SHIRT", "2", "3")

    hand.scans("1000")

    assert hand.view.error == Message("no_match_kind", {"prompt": "variant", "code": "1000"})


def test_bins_22_what_a_pick_holds_is_neither_proposed_nor_changed(floor: Floor, hand: Hand) -> None:
    hold(floor.house, "W-01 1000 2")
    hand.types(LOCATION, "W-01", "1000")
    assert hand.view.field == "3"

    hand.types("4")

    assert hand.view.error == Message("not_enough", {"qty": Decimal(3), "n": Decimal(2), "document": "PK1"})


def test_rule_20_the_reason_is_asked_where_the_site_has_one_for_it(floor: Floor, hand: Hand) -> None:
    reason(floor)
    hand.types(LOT, "W-01", "LOTS", "L1", "2", "L2")
    assert (hand.prompt, hand.offered) == ("reclassify reason", {"1": "Relabelled"})
    hand.presses("ok")
    assert hand.view.error == Message("missing", {"what": "reason"})
    hand.presses("ok")
    hand.types("1")
    hand.presses("ok")

    assert floor.house.entries()[-1].reason == "RELABEL"


@pytest.mark.parametrize(
    ("steps", "what"),
    [
        ((), "change"),
        ((LOT,), "bin"),
        ((LOT, "W-01"), "item"),
        ((LOT, "W-01", "LOTS", "L1", "2"), "new"),
        ((SERIAL, "W-01", "PIECES", "S1"), "new_serial"),
        ((LOCATION, "W-01", "1000", "2"), "new_location"),
    ],
)
def test_enter_without_an_answer_says_what_is_required(hand: Hand, steps: tuple[str, ...], what: str) -> None:
    hand.types(*steps)

    hand.presses("ok")

    assert hand.view.error == Message("missing", {"what": what})


def test_the_same_number_again_changes_nothing(hand: Hand) -> None:
    hand.types(LOT, "W-01", "LOTS", "L1", "2")

    hand.scans("L:l1")

    assert (hand.prompt, hand.refused) == ("reclassify new", "nothing_changes")


def test_the_item_again_at_the_new_value_is_ignored(hand: Hand) -> None:
    hand.types(LOT, "W-01", "LOTS", "L1", "2")

    hand.scans("LOTS")

    assert (hand.prompt, hand.refused) == ("reclassify new", "")


def test_esc_walks_back_answer_by_answer_to_the_menu(floor: Floor, hand: Hand) -> None:
    milk(floor)
    reason(floor)
    hand.types(LOT, "W-01", "MILK", "M1", "2", "M2")
    hand.presses("ok")
    hand.types("1")
    seen = []
    while hand.view.job == "reclassify":
        seen.append(hand.view.prompt)
        hand.presses("back")

    assert seen == ["summary", "reason", "expiry", "new", "qty", "lot", "item", "bin", "change"]
    assert hand.view.job == "menu"


def test_esc_walks_back_from_a_bin_of_another_location(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Location("NORTH", bin_mandatory=True), Bin("NORTH", "N-1"))
    hand.types(LOCATION, "W-01", "1000", "2", "3", "N-1")
    assert hand.prompt == "reclassify summary"

    hand.presses("back")
    assert (hand.prompt, hand.offered) == ("reclassify new", {})
    hand.presses("back")

    assert hand.offered["2"] == "EAST"


def test_the_summary_takes_keys_only(floor: Floor, hand: Hand) -> None:
    hand.types(LOT, "W-01", "LOTS", "L1", "2", "L2")

    hand.scans("W-01")

    assert (hand.prompt, hand.refused, hand.view.bells) == ("reclassify summary", "", 2)
    assert floor.house.lying("LOTS") == ["W-01 LOTS lot L1 3"]


def test_without_bins_the_item_is_first(floor: Floor) -> None:
    floor.house.stock("EAST LOTS lot L7 4")
    hand = floor.at_work()
    hand.scans(EAST)
    hand.types("9", "1", LOT)
    assert hand.prompt == "reclassify item"
    hand.scans("LOTS", "L7")
    hand.presses("ok")
    hand.scans("L8")
    hand.presses("ok")

    assert "EAST LOTS lot L8 4" in floor.house.lying("LOTS")


def test_reclassifying_needs_its_right(floor: Floor) -> None:
    floor.house.keep(Operator("ANNA", role="picker", locations=(SILVER,), home=SILVER))
    hand = floor.at_work()
    hand.types("9")
    assert "1" not in hand.offered

    hand.types("1")

    assert (hand.prompt, hand.refused) == ("menu menu", "no_right")


def test_two_reclassifications_in_a_row_are_two_postings(floor: Floor, hand: Hand) -> None:
    for lot in ("L2", "L3"):
        hand.types(LOT, "W-01", "L1", "1", lot)
        hand.presses("ok")

    assert floor.house.lying("LOTS") == ["W-01 LOTS lot L1 1", "W-01 LOTS lot L2 1", "W-01 LOTS lot L3 1"]


@pytest.mark.parametrize(
    ("steps", "item"),
    [
        ((LOT, "W-01", "MILK", "M1", "2", "M2", "310127"), "MILK"),
        ((EXPIRY, "MILK", "M1", "0527"), "MILK"),
        ((LOCATION, "W-01", "1000", "2", EAST), "1000"),
        ((LOCATION, "W-01", "1000", "2", "W-02"), "1000"),
        ((VARIANT, "W-03", "SHIRT", "2", "3", "1"), "SHIRT"),
    ],
)
def test_floor_flows_23_esc_after_posting_offers_to_undo_and_all_is_as_it_was(
    floor: Floor, hand: Hand, steps: tuple[str, ...], item: str
) -> None:
    milk(floor)
    shirts(floor)
    lying = floor.house.lying(item)
    hand.types(*steps)
    hand.presses("ok")
    assert hand.told == "posted"

    hand.presses("back")
    assert hand.asked == "undo_ask"
    hand.presses("ok")

    assert (hand.prompt, hand.told) == ("reclassify change", "undone")
    assert floor.house.lying(item) == lying
    known = floor.house.ask(lambda books: books.numbers.known("MILK", "", "lot", "M1"))
    assert known is not None
    assert known.expires == OLD
