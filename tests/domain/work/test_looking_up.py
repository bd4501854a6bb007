"""What a look-up answers: a bin, an item, a number, a location, a document (floor-flows.md, Lookup)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.items.card import Item, ItemUnit
from domain.people.rights import SYSTEM
from domain.site import Bin, Location, Operator, TrackingCode
from domain.tracking.cards import InfoCard
from domain.work.adjusting import leave_for_approval
from domain.work.looking_up import LookUp, find_items, items_of_vendor, look_up
from domain.work.order_desk import PostOrder, post_order
from domain.work.pick_lines import open_pick
from domain.work.sheets import Sheet, SheetLine
from domain.work.undoing import UndoPosting, undo_posting
from tests.domain.notation import EAST, SILVER, TODAY, Warehouse, adjustment
from tests.domain.work.picks import make_pick, ordered, take


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000", description="Bicycle")
    house.item("LOTS", description="Made of LOTS", tracking="LOT")
    house.item("PIECES", description="Made of PIECES", tracking="SERIAL")


def look(house: Warehouse, kind: str, code: str = "", by: str = "VERA", **asked: Any) -> Sheet:
    return house.do(look_up, replace(LookUp(kind, code, SILVER), **asked), by)


def told(lines: tuple[SheetLine, ...], *facts: str) -> list[tuple[Any, ...]]:
    return [tuple(line.facts.get(fact) for fact in facts) for line in lines]


def codes(sheet: Sheet) -> list[str]:
    return [line.code for line in sheet.head]


def test_a_bin_shows_what_lies_in_it_and_how_much_of_it_is_free(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 expires 2027-01-31 3", "W-02 1000 9")

    sheet = look(house, "bin", "W-01")

    assert codes(sheet) == ["sheet.bin"]
    assert told(sheet.rows, "item", "number", "qty", "free") == [("1000", "", 5, 5), ("LOTS", "L1", 3, 3)]


def test_an_empty_bin_says_so(house: Warehouse) -> None:
    assert codes(look(house, "bin", "W-01")) == ["sheet.bin", "sheet.empty"]


def test_a_blocked_bin_says_in_which_direction(house: Warehouse) -> None:
    house.keep(Bin(SILVER, "W-01", block="inbound"))

    sheet = look(house, "bin", "W-01")

    assert told(sheet.head[1:2], "block") == [("inbound",)]


def test_a_bin_of_another_location_is_refused(house: Warehouse) -> None:
    with house.refused("bin_elsewhere", bin="W-01", location=EAST):
        look(house, "bin", "W-01", location=EAST)


def test_an_item_shows_its_total_and_where_it_is_bins_of_here_by_ranking_first(house: Warehouse) -> None:
    house.keep(Bin(SILVER, "W-03", ranking=9), Bin(SILVER, "W-02", ranking=5))
    house.stock("W-01 1000 1", "W-02 1000 2", "W-03 1000 3", "EAST 1000 4")

    sheet = look(house, "item", "1000")

    assert told(sheet.head, "item", "text", "qty") == [("1000", "Bicycle", None), (None, None, 10)]
    assert told(sheet.rows, "location", "bin", "qty") == [
        ("", "W-03", 3),
        ("", "W-02", 2),
        ("", "W-01", 1),
        (EAST, "", 4),
    ]


def test_a_blocked_item_says_why(house: Warehouse) -> None:
    house.item("1000", blocked=True, blocked_reason="Recall")

    assert told(look(house, "item", "1000").head[1:2], "why") == [("Recall",)]


def test_an_item_shows_its_variants_and_its_units_when_asked(house: Warehouse) -> None:
    house.variant("1000", "RED")
    house.keep(ItemUnit("1000", "PCS"))
    house.unit("1000", "BOX", 6)

    assert told(look(house, "item", "1000", aspect="variants").rows, "code") == [("RED",)]
    assert told(look(house, "item", "1000", aspect="units").rows, "uom", "qty", "base") == [
        ("BOX", Decimal(6), "PCS"),
        ("PCS", Decimal(1), "PCS"),
    ]


@pytest.mark.parametrize(("kind", "item"), [("lot", "LOTS"), ("serial", "PIECES")])
def test_a_number_shows_its_item_its_block_and_where_it_is(house: Warehouse, kind: str, item: str) -> None:
    house.stock(f"W-01 {item} {kind} N1 1")
    house.keep(InfoCard(kind, item, "", "N1", "N1", blocked=True))

    sheet = look(house, kind, "n1")

    assert codes(sheet) == [f"sheet.{kind}", "sheet.blocked_number"]
    assert told(sheet.head[:1], "number", "item", "text") == [("N1", item, f"Made of {item}")]
    assert told(sheet.rows, "location", "bin", "qty", "uom") == [("", "W-01", 1, "PCS")]
    assert told(look(house, kind, "n1", location=EAST).rows, "location", "bin") == [(SILVER, "W-01")]


@pytest.mark.parametrize(("kind", "item"), [("lot", "LOTS"), ("serial", "PIECES")])
def test_a_number_at_a_location_without_bins_is_shown_there(house: Warehouse, kind: str, item: str) -> None:
    house.stock(f"EAST {item} {kind} N1 1")

    assert told(look(house, kind, "N1").rows, "location", "bin", "qty", "uom") == [(EAST, "", 1, "PCS")]


def test_a_number_of_several_items_shows_them_all_or_the_one_asked_for(house: Warehouse) -> None:
    house.item("MORE", tracking="LOT")
    house.stock("W-01 LOTS lot N1 1", "W-02 MORE lot N1 2")

    assert told(look(house, "lot", "N1").rows, "bin") == [("W-01",), ("W-02",)]
    assert told(look(house, "lot", "N1", item="MORE").rows, "bin") == [("W-02",)]


def test_a_number_that_was_issued_is_not_in_stock(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot N1 1")
    house.adjust("W-01 LOTS lot N1 -1")

    assert codes(look(house, "lot", "N1")) == ["sheet.lot", "sheet.not_in_stock"]


def test_a_location_shows_what_is_there(house: Warehouse) -> None:
    house.keep(Location(EAST, name="East shop"))
    house.stock("EAST 1000 4", "EAST LOTS lot L1 3")

    sheet = look(house, "location", EAST)

    assert told(sheet.head, "location", "text") == [(EAST, "East shop")]
    assert told(sheet.rows, "item", "number", "qty", "uom") == [("1000", "", 4, "PCS"), ("LOTS", "L1", 3, "PCS")]


def test_a_count_shows_where_and_how_far_it_is_and_who_has_it_without_its_figures(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 4")

    sheet = look(house, "document", journal)

    assert told(sheet.head[:1], "document", "bin", "status") == [(journal, "W-01", "open")]
    assert told(sheet.head[1:], "done", "n", "operator") == [(1, 2, None), (None, None, "PIA")]
    assert told(sheet.rows, "item", "number", "counted") == [("1000", "", "!"), ("LOTS", "L1", None)]
    assert {name for row in sheet.rows for name in row.facts} & {"qty", "qty_counted"} == set()


def test_an_order_shows_its_partner_its_lines_and_the_picks_made_of_it(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    order = ordered(house, "1000 3", "W-01 1000 2", partner="C1", partner_name="Ann Ltd", due=TODAY)
    pick = make_pick(house, order)

    sheet = look(house, "document", order)

    assert codes(sheet) == ["sheet.order", "sheet.partner", "sheet.due", "sheet.lines_done", "sheet.pick_of"]
    assert told(sheet.head[:1], "order_kind", "status") == [("sales_order", "released")]
    assert told(sheet.head[3:], "done", "n", "document") == [(0, 2, None), (None, None, pick)]
    assert told(sheet.rows, "item", "qty", "uom", "done") == [("1000", 3, "PCS", 0), ("1000", 2, "PCS", 0)]


def test_a_pick_shows_how_far_it_is_and_who_has_it_while_the_lease_runs(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 LOTS lot L1 5")
    pick = make_pick(house, ordered(house, "1000 3", "LOTS 2"))
    house.do(open_pick, pick, "PIA")
    take(house, pick, 1, 3)

    sheet = look(house, "document", pick)

    assert codes(sheet) == ["sheet.pick", "sheet.lines_done", "sheet.holder"]
    assert told(sheet.head[1:], "done", "n", "operator") == [(1, 2, None), (None, None, "PIA")]
    assert told(sheet.rows, "bin", "item", "qty", "done") == [("W-01", "1000", 3, 3), ("W-02", "LOTS", 2, 0)]
    house.pass_time(hours=1)
    assert codes(look(house, "document", pick)) == ["sheet.pick", "sheet.lines_done"]


def test_a_shipment_tells_what_was_shipped_and_what_an_undo_took_back(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    order = ordered(house, "W-01 LOTS lot L1 3", partner="C1", partner_name="Ann Ltd")
    posted = house.do(post_order, PostOrder(order), SYSTEM.code)
    house.do(undo_posting, UndoPosting(posted.register), SYSTEM.code)

    sheet = look(house, "document", posted.document)

    assert codes(sheet) == ["sheet.posted", "sheet.posted_on", "sheet.partner"]
    assert told(sheet.head[:1], "posted_kind", "order") == [("sales_shipment", order)]
    assert told(sheet.rows, "item", "number", "qty") == [("LOTS", "L1", 3), ("LOTS", "L1", -3)]


def test_bins_22_what_open_picks_hold_is_not_free_wherever_it_is_looked_at(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 2", "W-02 LOTS lot L1 5")
    make_pick(house, ordered(house, "W-01 1000 3", "W-02 LOTS lot L1 4"))

    assert told(look(house, "bin", "W-01").rows, "qty", "free", "held") == [(5, 2, 3)]
    assert told(look(house, "item", "1000").rows, "bin", "qty", "free", "held") == [
        ("W-01", 5, 2, 3),
        ("W-02", 2, 2, None),
    ]
    assert told(look(house, "lot", "L1").rows, "bin", "qty", "free", "held") == [("W-02", 5, 1, 4)]


def test_bins_22_what_is_reported_missing_is_not_free_either(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 2")
    house.do(leave_for_approval, adjustment("W-01 1000 -4"))

    assert told(look(house, "bin", "W-01").rows, "qty", "free", "held") == [(5, 1, 4)]
    assert told(look(house, "item", "1000").rows, "bin", "qty", "free", "held") == [
        ("W-01", 5, 1, 4),
        ("W-02", 2, 2, None),
    ]


def test_avl_15_an_item_tells_on_hand_free_on_the_way_and_needed_by_location(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "EAST 1000 4")
    make_pick(house, ordered(house, "W-01 1000 3"))
    ordered(house, "W-01 1000 10", kind="purchase_order")
    ordered(house, "W-01 1000 99", is_released=False)

    sheet = look(house, "item", "1000", aspect="availability")

    assert codes(sheet) == ["sheet.item", "sheet.availability_head"]
    assert told(sheet.rows, "location", "on_hand", "free", "on_the_way", "needed", "on_picks") == [
        (EAST, 4, 4, 0, 0, None),
        (SILVER, 5, 5, 10, 3, 3),
    ]
    here = [line for line in look(house, "item", "1000").head if line.code == "sheet.availability"]
    assert here == [sheet.rows[1]]


def test_an_item_without_stock_still_tells_what_is_on_the_way(house: Warehouse) -> None:
    ordered(house, "W-01 1000 10", kind="purchase_order")

    assert told(look(house, "item", "1000").head[1:], "qty", "on_the_way") == [(0, None), (None, 10)]


def test_a_package_tells_all_its_contents_with_where_they_are(house: Warehouse) -> None:
    house.keep(TrackingCode("BOXED", package_specific=True, lot_specific=True, lot_warehouse=True))
    for item in ("P1", "P2"):
        house.item(item, tracking="BOXED")
    house.stock("W-01 P1 lot A package PAL1 3", "W-02 P2 lot B package PAL1 4", "EAST P1 lot C package PAL1 5")
    house.keep(InfoCard("package", "P2", "", "PAL1", "PAL1", blocked=True))

    sheet = look(house, "package", "pal1")

    assert codes(sheet) == ["sheet.package", "sheet.blocked_number"]
    assert told(sheet.rows, "where", "item", "number", "qty") == [
        ("W-01", "P1", "A", 3),
        ("W-02", "P2", "B", 4),
        (EAST, "P1", "C", 5),
    ]


def test_the_number_a_vendor_gives_an_item_leads_to_it(house: Warehouse) -> None:
    house.item("1000", vendor_item_no="V-77")

    assert house.do(items_of_vendor, "V-77", "VERA") == ["1000"]
    assert house.do(items_of_vendor, "", "VERA") == []


@pytest.mark.parametrize("kind", ["item", "lot", "serial", "package", "location", "document"])
def test_what_is_not_there_is_refused(house: Warehouse, kind: str) -> None:
    with house.refused("unknown", code="NOTHING", prompt=kind):
        look(house, kind, "NOTHING")


@pytest.fixture
def bicycles(house: Warehouse) -> None:
    house.item("1000", description="Bicycle red")
    house.item("1001", description="Frame of a bicycle", search_description="RAHMEN")
    house.item("2000", description="Screw 1000 mm")
    house.item("10000", description="Tricycle")
    house.item("100%", description="Oil_5 {red}")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1000", ["1000", "10000", "2000"]),
        ("bicycle", ["1000", "1001"]),
        ("BICYCLE fra", ["1001"]),
        ("red bicycle", ["1000"]),
        ("rahm", ["1001"]),
        ("0%", ["100%"]),
        ("l_5", ["100%"]),
        ("_", ["100%"]),
        ("bicycle screw", []),
        ("'; --", []),
        ("", []),
    ],
)
@pytest.mark.usefixtures("bicycles")
def test_items_are_found_by_all_words_the_number_itself_first(house: Warehouse, text: str, items: list[str]) -> None:
    assert house.do(find_items, text, "VERA") == items


@pytest.mark.usefixtures("bicycles")
def test_what_is_found_tells_what_is_on_hand_here_and_elsewhere(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 1", "EAST 1000 3")

    sheet = look(house, "items", items=("1000", "1001"))

    assert codes(sheet) == []
    assert told(sheet.rows, "item", "text", "here", "elsewhere") == [
        ("1000", "Bicycle red", 6, 3),
        ("1001", "Frame of a bicycle", 0, None),
    ]


def test_more_than_can_be_listed_asks_for_another_word(house: Warehouse) -> None:
    house.keep(*(Item(f"N{number}", description="Nut") for number in range(100)))

    sheet = look(house, "items", items=tuple(house.do(find_items, "nut", "VERA")))

    assert (codes(sheet), len(sheet.rows)) == (["sheet.more_found"], 99)


def test_a_look_up_writes_nothing(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    before = house.footprint()

    for kind, code in [("bin", "W-01"), ("item", "1000"), ("location", SILVER)]:
        house.ask(
            lambda books, kind=kind, code=code: look_up(books, house.situation(books), LookUp(kind, code, SILVER))
        )

    assert house.footprint() == before


def test_saf_25_looking_up_needs_the_right(house: Warehouse) -> None:
    house.keep(Operator("VERA", role="", locations=(SILVER,)))

    with house.refused("no_right", action="look"):
        look(house, "item", "1000")
