"""Look-up at a terminal (floor-flows.md, Lookup; decision 25)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.items.card import Identifier, Item, Variant
from domain.orders.documents import Order, OrderLine
from domain.people.rights import SYSTEM
from domain.site import ReasonCode, Role
from domain.work.activities import Activity, ActivityLine
from domain.work.order_desk import PostOrder, post_order
from tests.domain.notation import EAST, SILVER
from tests.domain.work.picks import ordered
from tests.tui.session.hand import Floor, Hand
from tui.jobs.view import Message
from tui.texts.en import TEXTS


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """VERA, who may only look."""
    hand = floor.at_work("VERA")
    hand.types("8")
    assert (hand.prompt, hand.body) == ("lookup menu", ["body.look"])
    return hand


@pytest.mark.parametrize(
    ("scan", "head"),
    [
        ("W-01", "sheet.bin"),
        ("B:W-02", "sheet.bin"),
        ("1000", "sheet.item"),
        ("I:1000", "sheet.item"),
        ("L1", "sheet.lot"),
        ("S:s1", "sheet.serial"),
        (EAST, "sheet.location"),
    ],
)
def test_anything_may_be_scanned(hand: Hand, scan: str, head: str) -> None:
    hand.scans(scan)

    assert (hand.prompt, hand.body[0]) == ("lookup menu", head)


def test_each_scan_shows_its_own_sheet_with_0_keys(hand: Hand) -> None:
    hand.scans("W-01")
    assert [line["item"] for line in hand.view.lines] == ["1000", "LOTS", "PIECES"]

    hand.scans("W-02")

    assert [line["item"] for line in hand.view.lines] == ["1001"]


@pytest.mark.parametrize("typed", ["W-01", "1000", "1000 1", "1000 2", "1000 3", "LOTS", "L1", "S:s1", "P1", "S1001"])
def test_every_column_of_its_document_has_a_head(floor: Floor, hand: Hand, typed: str) -> None:
    floor.house.keep(Variant("1000", "RED", "Red"))
    floor.house.keep(Order("S1001", "sales_order", SILVER, external_document_no="PO-77"))
    floor.house.keep(OrderLine("S1001", 1, "1000", Decimal(2), Decimal(2), location=SILVER))
    floor.house.keep(Activity("P1", "pick", is_inventory=True, location=SILVER, order="S1001"))
    floor.house.keep(ActivityLine("P1", 10000, "take", SILVER, "1000", 1, qty=Decimal(2), bin="W-01"))

    hand.types(*typed.split())

    assert hand.view.lines
    assert {f"column.{name}" for line in hand.view.lines for name in line} <= TEXTS.keys()


def test_an_identifier_and_a_gtin_lead_to_the_item(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("ALIAS", "1001"))
    floor.house.item("1000", gtin="04006381333931")

    assert hand.scans("ALIAS").body[0].facts["item"] == "1001"
    assert hand.scans("4006381333931").body[0].facts["item"] == "1000"


def test_the_menu_opens_it_by_a_scan(floor: Floor) -> None:
    hand = floor.at_work("VERA")

    hand.scans("1000")
    assert hand.prompt == "lookup menu"
    hand.presses("back")

    assert hand.prompt == "menu menu"


def test_digits_show_another_side_of_an_item_and_esc_returns(floor: Floor, hand: Hand) -> None:
    floor.house.variant("1001", "RED")
    hand.scans("1001")
    assert hand.offered == {"1": "aspect.variants", "2": "aspect.units", "3": "aspect.availability"}

    hand.types("1")
    assert hand.body == ["sheet.item", "sheet.variant"]
    hand.types("2")
    assert hand.body == ["sheet.item", "sheet.unit"]
    hand.types("3")
    assert hand.body == ["sheet.item", "sheet.availability_head", "sheet.availability"]
    hand.presses("back")

    assert "sheet.total" in hand.body


def test_long_lists_have_pages_round_to_the_first(floor: Floor, hand: Hand) -> None:
    for number in range(19):
        floor.house.item(f"I{number:02}")
    floor.house.stock(*(f"W-03 I{number:02} 1" for number in range(19)))

    hand.scans("W-03")
    assert (hand.view.progress, len(hand.body), hand.view.body[1].facts["item"]) == ("1/3", 10, "I00")
    hand.presses("ok")
    assert (hand.view.progress, hand.view.body[1].facts["item"]) == ("2/3", "I09")
    hand.types("0")
    assert (hand.view.progress, len(hand.body)) == ("3/3", 2)
    hand.presses("ok")

    assert hand.view.progress == "1/3"


def test_typed_words_list_the_items_and_a_digit_opens_one(floor: Floor, hand: Hand) -> None:
    floor.house.stock("EAST 1001 2")
    hand.types("CYCLE")
    assert (hand.body, hand.view.digits) == ([], True)
    assert [choice.label for choice in hand.view.choices] == [
        Message("sheet.hit", {"item": "1000", "text": "Bicycle", "here": 5, "elsewhere": None}),
        Message("sheet.hit", {"item": "1001", "text": "Tricycle", "here": 9, "elsewhere": 2}),
    ]

    hand.types("2", "2")
    assert hand.body == ["sheet.item", "sheet.unit"]
    hand.presses("back")
    assert hand.body[:2] == ["sheet.item", "sheet.total"]
    hand.presses("back")
    assert list(hand.offered) == ["1", "2"]
    hand.presses("back")

    assert hand.prompt == "menu menu"


def test_words_of_one_item_open_it(hand: Hand) -> None:
    hand.types("tri")

    assert hand.view.body[0].facts["item"] == "1001"


def test_found_items_have_pages_and_esc_returns_to_the_one_it_left(floor: Floor, hand: Hand) -> None:
    floor.house.keep(*(Item(f"N{number:02}", description="Nut") for number in range(12)))

    hand.types("nut", "0", "3")
    assert hand.view.body[0].facts["item"] == "N11"
    hand.presses("back")

    assert (hand.view.progress, len(hand.offered)) == ("2/2", 4)


def test_a_list_of_found_items_outlives_a_dropped_line(floor: Floor, hand: Hand) -> None:
    hand.types("cycle", "2")
    hand.drops()

    again = floor.at_work("VERA")
    again.presses("ok")
    assert (again.prompt, again.view.body[0].facts["item"]) == ("lookup menu", "1001")
    again.presses("back")

    assert list(again.offered) == ["1", "2"]


def test_a_digit_past_what_was_found_is_refused_and_the_list_stays(hand: Hand) -> None:
    hand.types("cycle")

    for digit in ("0", "3"):
        hand.types(digit)
        assert hand.view.error == Message("bad_choice", {"n": 2})
    hand.presses("ok")

    assert list(hand.offered) == ["1", "2"]


def test_only_typed_text_is_searched(hand: Hand) -> None:
    hand.scans("cycle")
    assert hand.refused == "unknown"

    hand.types("cycle zzz")

    assert (hand.refused, hand.body) == ("unknown", ["body.look"])


def test_words_a_label_could_not_have_are_searched_too(floor: Floor, hand: Hand) -> None:
    floor.house.item("K1", description="Käse 30%")

    hand.types("käse")
    assert hand.view.body[0].facts["item"] == "K1"
    hand.types("30%")

    assert hand.view.body[0].facts["item"] == "K1"


def test_what_is_unknown_is_said_and_the_sheet_stays(hand: Hand) -> None:
    hand.scans("W-01")

    hand.scans("nowhere")

    assert (hand.prompt, hand.refused, hand.body[0]) == ("lookup menu", "unknown", "sheet.bin")


def test_a_look_up_over_a_look_up_is_none(hand: Hand) -> None:
    hand.scans("W-01")

    hand.presses("find")

    assert hand.refused == "key_not_here"


def test_a_look_up_shows_the_stock_of_now(floor: Floor, hand: Hand) -> None:
    hand.scans("W-02")
    floor.house.adjust("W-02 1001 1")

    hand.scans("W-02")

    assert [line["qty"] for line in hand.view.lines] == [10]


def test_without_the_right_nothing_is_shown_and_the_denial_is_audited(floor: Floor) -> None:
    floor.house.keep(Role("viewer", ("count",)))
    hand = floor.at_work("VERA")

    hand.scans("W-01")
    assert (hand.prompt, hand.refused) == ("menu menu", "no_right")
    hand.presses("ok", "find")
    hand.scans("W-01")

    assert (hand.body, hand.refused) == (["body.look"], "no_right")
    assert [row.new for row in floor.house.audits("no_right")] == ["look", "look"]


def test_a_look_up_writes_nothing_but_the_scan(floor: Floor, hand: Hand) -> None:
    before = floor.house.footprint()

    hand.scans("W-01", "1000", "L1")

    after = floor.house.footprint()
    assert [table for table in before if after[table] != before[table]] == ["scan_journal"]


def test_the_time_of_reading_stands_above_a_sheet(hand: Hand) -> None:
    assert hand.view.document == ""

    hand.scans("W-01")

    assert hand.view.document == "08:00"


@pytest.mark.parametrize("scan", ["S1001", "O:S1001", "PO-77"])
def test_a_document_is_found_by_its_number_or_the_partners(floor: Floor, hand: Hand, scan: str) -> None:
    floor.house.keep(Order("S1001", "purchase_order", SILVER, external_document_no="PO-77"))

    hand.scans(scan)

    assert (hand.body[0], hand.view.body[0].facts["document"]) == ("sheet.order", "S1001")


def test_the_number_a_posting_told_leads_to_its_shipment(floor: Floor, hand: Hand) -> None:
    posted = floor.house.do(post_order, PostOrder(ordered(floor.house, "W-01 1000 3")), SYSTEM.code)

    hand.scans(posted.document)

    assert (hand.body, [line["qty"] for line in hand.view.lines]) == (
        ["sheet.posted", "sheet.posted_on", "sheet.posted_line"],
        [3],
    )


def test_a_vendors_number_and_a_second_number_lead_to_the_item(floor: Floor, hand: Hand) -> None:
    floor.house.item("1001", no2="OLD-1", vendor_item_no="V-77")

    for scan in ("OLD-1", "V-77"):
        assert hand.scans(scan).body[0].facts["item"] == "1001"


def test_f5_anywhere_returns_to_the_exact_prompt_with_what_was_counted(floor: Floor) -> None:
    pia = floor.at_work("PIA")
    pia.types("6")
    pia.scans("W-01", "1000", "1000", "1000")
    before = pia.view
    assert (before.prompt, before.counted) == ("qty", 2)

    pia.presses("find")
    pia.scans("1001", "W-02")
    pia.presses("back")

    assert pia.view == replace(before, message=None)


@pytest.fixture
def sue(floor: Floor) -> Hand:
    """A supervisor at look-up, with a reason to block."""
    floor.house.keep(ReasonCode("RECALL", "Called back", offered_for=("block",), position=9))
    hand = floor.at_work("SUE")
    hand.types("8")
    return hand


def test_6_blocks_an_item_after_a_reason_and_a_summary_and_frees_it_again(floor: Floor, sue: Hand) -> None:
    sue.scans("1000")
    assert sue.offered["6"] == "aspect.block"
    sue.types("6")
    assert (sue.prompt, sue.offered) == ("block reason", {"1": "Called back"})
    sue.types("1")
    assert (sue.prompt, sue.body) == ("block summary", ["body.block_now"])
    sue.presses("ok")
    assert (sue.prompt, sue.told, sue.body[:2]) == (
        "lookup menu",
        "blocked_now",
        ["sheet.item", "sheet.blocked_item"],
    )

    sue.types("6", "1")
    assert sue.view.body[0].facts["way"] == "free"
    sue.presses("ok")

    assert (sue.told, "sheet.blocked_item" in sue.body) == ("unblocked", False)


@pytest.mark.parametrize(("scan", "head"), [("L1", "sheet.lot"), ("S:S1", "sheet.serial")])
def test_6_blocks_a_number(floor: Floor, sue: Hand, scan: str, head: str) -> None:
    sue.scans(scan)
    assert sue.offered == {"6": "aspect.block"}

    sue.types("6", "1")
    sue.presses("ok")

    assert sue.body[:2] == [head, "sheet.blocked_number"]


def test_without_reasons_of_the_site_the_reason_is_said_in_words(floor: Floor) -> None:
    sue = floor.at_work("SUE")
    sue.types("8", "1000", "6", "smells of fish")
    sue.presses("ok")

    assert sue.view.body[1] == Message("sheet.blocked_item", {"why": "smells of fish"})


def test_esc_blocks_nothing_and_goes_back_step_by_step(floor: Floor, sue: Hand) -> None:
    sue.scans("1000")
    sue.types("6", "1")
    seen = []
    while sue.view.job != "menu":
        seen.append(sue.prompt)
        sue.presses("back")

    assert seen == ["block summary", "block reason", "lookup menu"]
    assert floor.house.audits("blocked") == []


def test_who_may_not_block_is_not_offered_it(hand: Hand) -> None:
    hand.scans("L1")
    assert hand.offered == {}

    hand.types("6")

    assert hand.refused == "unknown"
