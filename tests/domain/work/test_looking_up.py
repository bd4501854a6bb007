"""What a look-up answers: a bin, an item, a number, a location, a document (floor-flows.md, Lookup)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.items.card import Item, ItemUnit
from domain.site import Bin, Location, Operator
from domain.tracking.cards import InfoCard
from domain.work.looking_up import LookUp, Sheet, SheetLine, find_items, look_up
from tests.domain.notation import EAST, SILVER, Warehouse


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


def test_a_count_shows_where_and_how_far_it_is(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")

    assert told(look(house, "document", journal).head, "document", "bin", "status") == [(journal, "W-01", "open")]


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
