"""What a reading means at a prompt (floor-flows.md 4, catalogue.md: Resolving an item scan on the floor)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Identifier, Item, ItemUnit, Variant
from domain.orders.documents import Order
from domain.people.access import situation_of
from domain.people.rights import SYSTEM
from domain.posting import JournalLine
from domain.scanning.label import Label
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.scanning.resolver import TEXT, Choices, Expected, Found, resolve
from domain.site import Bin, DeviceProfile, Location, Scanning, TrackingCode
from domain.situation import RegisterHead
from domain.tracking.numbers import TrackingRow
from domain.work.activities import Activity
from domain.work.documents import DOCUMENTS, CountJournal
from domain.work.opening import opening_lines, post_opening
from storage.store import Store

NOW = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
SSCC = "395212340000000120"
GOODS = "bin item lot serial package document location"
PACKAGES = TrackingCode(code="PACK", package_specific=True)

MASTER = (
    Location(code="WHITE", bin_mandatory=True),
    Location(code="EAST"),
    Location(code="BLUE", bin_mandatory=True),
    Bin(location="WHITE", code="W-01"),
    Bin(location="WHITE", code="W-02", check="07"),
    Bin(location="WHITE", code="1001"),
    Bin(location="BLUE", code="X-01"),
    PACKAGES,
    Item(no="1000", gtin="09521234000013"),
    Item(no="1001", gtin="00614141123452"),
    Item(no="07", no2="OLD-7"),
    Item(no="EIGHT", gtin="00000010000007"),  # its EAN-8 is a valid UPC-E too
    Item(no="LOTTED", tracking="LOT"),
    Item(no="TWIN", tracking="LOT"),
    Item(no="PIECE", tracking="SERIAL"),
    Item(no="BOXED", tracking="PACK"),
    Item(no="MIXED", tracking="PACK"),
    ItemUnit(item="1000", uom="BOX", qty_per_unit=Decimal(6)),
    Variant(item="1001", code="RED"),
    Identifier(code="19521234000010", item="1000", uom="BOX"),
    Identifier(code="00614141123452", item="1001", uom="BOX"),
    Identifier(code="AbC-1", item="1001", variant="RED"),
    Identifier(code="2312345601254", item="1000"),
    Identifier(code="1000", item="1001"),
    Identifier(code="LOST", item="GONE"),
    Identifier(code="A99912345", item="1000"),
    CountJournal("CJ-1", "WHITE", "W-01", "open", "ANNA", NOW),
    Order("S-1001", "sales_order", "WHITE", external_document_no="PO-77"),
    Order("S-1002", "sales_order", "WHITE", external_document_no="S-1001"),
    Order("S-1003", "sales_order", "WHITE", external_document_no="TWICE"),
    Order("S-1004", "sales_order", "WHITE", external_document_no="TWICE"),
    Activity("P-12", "pick", is_inventory=True, location="WHITE", order="S-1001"),
)
STOCK = (
    ("LOTTED", TrackingRow(lot="Lot7")),
    ("LOTTED", TrackingRow(lot="both")),
    ("TWIN", TrackingRow(lot="BOTH")),
    ("PIECE", TrackingRow(serial="SN-1")),
    ("BOXED", TrackingRow(package=SSCC)),
    ("BOXED", TrackingRow(package="PAL1")),
    ("MIXED", TrackingRow(package="PAL1")),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("books") / "aisle.db"
    with Store.create(str(path)) as store:
        store.transaction(fill)
        yield store


def fill(books: Books) -> None:
    with books.ledger.command(RegisterHead(source="change", operator="SYSTEM", now=NOW)):
        for entity in MASTER:
            books.records.save(entity)
    lines = [
        JournalLine("positive_adj", item, Decimal(1), location="EAST", tracking=(row,), unit_cost=Decimal(1))
        for item, row in STOCK
    ]
    post_opening(books, situation_of(books.records, SYSTEM, now=NOW, terminal="TEST"), opening_lines(lines))


def found(store: Store, text: str, accepts: str = GOODS, **expected: str) -> Found | Choices:
    reading = read(text, Scanning(), DeviceProfile(), date(2026, 1, 15))
    return meaning(store, reading, accepts, **expected)


def refused(store: Store, text: str, accepts: str = GOODS, **expected: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refusal:
        found(store, text, accepts, **expected)
    return refusal.value.code, refusal.value.facts


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("B:w-01", Found("bin", bin="W-01", location="WHITE")),
        ("w-01", Found("bin", bin="W-01", location="WHITE")),
        ("I:1000", Found("item", item="1000")),
        ("lotted", Found("item", item="LOTTED")),
        ("9521234000013", Found("item", item="1000", uom="PCS")),
        ("19521234000010", Found("item", item="1000", uom="BOX")),
        ("2312345601254", Found("item", item="1000", uom="PCS")),
        ("AbC-1", Found("item", item="1001", variant="RED", uom="PCS")),
        ("old-7", Found("item", item="07")),
        ("I:OLD-7", Found("item", item="07")),
        ("L:lot7", Found("lot", item="LOTTED", number="Lot7")),
        ("LOT7", Found("lot", item="LOTTED", number="Lot7")),
        ("S:sn-1", Found("serial", item="PIECE", number="SN-1")),
        (SSCC, Found("package", item="BOXED", number=SSCC)),
        ("P:pal1", Found("package", number="PAL1")),
        ("O:cj-1", Found("document", document="CJ-1")),
        ("cj-1", Found("document", document="CJ-1")),
        ("O:s-1001", Found("document", document="S-1001")),
        ("p-12", Found("document", document="P-12")),
        ("PO-77", Found("document", document="S-1001")),
        ("east", Found("location", location="EAST")),
    ],
)
def test_a_code_is_one_thing_of_the_books(store: Store, text: str, thing: Found) -> None:
    assert found(store, text, GOODS) == thing


def test_an_item_number_wins_over_another_items_identifier(store: Store) -> None:
    assert found(store, "1000", "item") == Found("item", item="1000")


def test_a_code_that_means_two_things_is_a_choice_with_the_expected_one_first(store: Store) -> None:
    bin, item = Found("bin", bin="1001", location="WHITE"), Found("item", item="1001")

    assert found(store, "1001", "bin item") == Choices((bin, item))
    assert found(store, "1001", "bin item", item="1001") == Choices((item, bin))
    assert found(store, "1001", "item") == item


def test_a_partners_number_for_two_orders_is_a_choice(store: Store) -> None:
    assert found(store, "O:twice") == Choices(tuple(Found("document", document=no) for no in ("S-1003", "S-1004")))


def test_a_gtin_of_two_units_is_never_settled_silently(store: Store) -> None:
    assert found(store, "614141123452", "item") == Choices(
        (Found("item", item="1001", uom="BOX"), Found("item", item="1001", uom="PCS"))
    )


def test_a_lot_of_two_items_is_a_choice_and_of_the_expected_item_one_thing(store: Store) -> None:
    lotted, twin = (Found("lot", item=item, number=no) for item, no in (("LOTTED", "both"), ("TWIN", "BOTH")))

    assert found(store, "L:Both") == Choices((lotted, twin))
    assert found(store, "both", GOODS, item="TWIN") == twin


def test_a_number_that_never_came_in_is_taken_where_just_that_is_asked_for(store: Store) -> None:
    new = Found("lot", item="LOTTED", number="New1")

    assert found(store, "New1", "lot", item="LOTTED") == new
    assert found(store, "New1", "lot item", item="LOTTED", prompt="lot") == new
    assert found(store, "L:New1", GOODS, item="LOTTED") == new
    assert refused(store, "New1", GOODS, item="LOTTED") == ("unknown", {"code": "New1", "prompt": ""})
    assert refused(store, "L:New1", GOODS) == ("unknown", {"code": "New1", "prompt": ""})


def test_the_told_bin_is_known_by_its_check_digits_only_at_its_own_prompt(store: Store) -> None:
    assert found(store, "07", "bin", bin="W-02") == Found("bin", bin="W-02", location="WHITE")
    assert found(store, "07", "bin item", bin="W-02") == Found("item", item="07")
    assert refused(store, "B:07", "bin", bin="W-02")[0] == "bin_elsewhere"


def test_an_operator_is_taken_as_scanned_whether_there_is_one_or_not(store: Store) -> None:
    assert found(store, "U:Nobody", "operator") == Found("operator", operator="Nobody")
    assert found(store, "OP-0017", "operator") == Found("operator", operator="OP-0017")


def test_a_text_prompt_takes_a_bare_code_that_is_nothing_else(store: Store) -> None:
    assert found(store, "TRACK/1", TEXT) == Found(TEXT, number="TRACK/1")
    assert found(store, "1000", f"item {TEXT}") == Found("item", item="1000")
    assert refused(store, "B:W-01", TEXT)[0] == "no_match_kind"


def test_what_means_nothing_is_refused_with_what_was_read_and_wanted(store: Store) -> None:
    assert refused(store, "NOPE", "item bin", prompt="item") == ("unknown", {"code": "NOPE", "prompt": "item"})
    assert refused(store, "4006381333931", "item") == ("unknown", {"code": "4006381333931", "prompt": "item"})
    assert refused(store, "LOST", "item") == ("unknown", {"code": "LOST", "prompt": "item"})


@pytest.mark.parametrize(
    ("text", "accepts", "code"),
    [("B:W-01", "item", "W-01"), ("1000", "bin", "1000"), ("L:Lot7", "bin", "Lot7"), ("CJ-1", "item", "CJ-1")],
)
def test_a_known_thing_of_another_kind_is_refused_as_that(store: Store, text: str, accepts: str, code: str) -> None:
    assert refused(store, text, accepts) == ("no_match_kind", {"code": code, "prompt": accepts})


@pytest.mark.parametrize("text", ["B:X-01", "x-01"])
def test_a_bin_of_another_location_is_named_with_the_place_it_is_not_at(store: Store, text: str) -> None:
    assert refused(store, text, "bin item") == ("bin_elsewhere", {"bin": "X-01", "location": "WHITE"})


def test_an_error_of_the_reader_is_refused_with_its_facts(store: Store) -> None:
    assert refused(store, "9521234000014") == ("unreadable", {"e_code": "E_CHECK", "read": "4", "should": "3"})
    assert refused(store, "%%DONE") == ("key_not_here", {})


def test_an_ambiguous_code_is_asked_about_even_where_one_reading_is_known(store: Store) -> None:
    assert found(store, "10000007", "item") == Choices((Found("item", item="EIGHT", uom="PCS"),))
    assert refused(store, "10000052", "item") == ("unreadable", {"e_code": "E_AMBIG"})


def label(kind: str = "gs1", **facts: str) -> Reading:
    return Reading("label", kind, dict(facts))


def meaning(store: Store, reading: Reading, accepts: str = GOODS, **expected: str) -> Found | Choices:
    return store.question(
        lambda books: resolve(
            books,
            reading,
            accepts=frozenset(accepts.split()),
            location="WHITE",
            expected=Expected(**expected),
            documents=DOCUMENTS,
        )
    )


GTIN = {"gtin": "09521234000013"}
SUPPLIER = {"hibc_item": "A99912345"}


def test_a_label_of_an_item_brings_what_it_says_of_the_goods(store: Store) -> None:
    reading = label(**GTIN, lot="L1", expiry="2028-06-30", best_before="2027-01-01", qty="12")

    found = meaning(store, reading)

    said = Label(lot="L1", expires=date(2028, 6, 30), qty=Decimal(12))
    assert found == Found("item", item="1000", uom="PCS", label=said)


def test_the_contents_of_a_pallet_are_its_item_its_package_and_its_quantity(store: Store) -> None:
    found = meaning(store, label(sscc=SSCC, content_gtin="19521234000010", content_qty="3"))

    assert found == Found("item", item="1000", uom="BOX", label=Label(package=SSCC, qty=Decimal(3)))


@pytest.mark.parametrize(
    ("reading", "item"),
    [
        (label("hibc", **SUPPLIER), "1000"),
        (label("mh10", part="1001"), "1001"),
        (label("mh10", part="AbC-1"), "1001"),
        (label("item", code="1001", lot="L1"), "1001"),
    ],
)
def test_a_label_of_a_supplier_or_of_a_site_rule_names_its_item(store: Store, reading: Reading, item: str) -> None:
    hit = meaning(store, reading)

    assert isinstance(hit, Found)
    assert (hit.kind, hit.item, hit.label.lot) == ("item", item, reading.text("lot"))


def test_at_the_prompt_of_a_number_a_label_answers_with_its_own(store: Store) -> None:
    reading = label(**GTIN, lot="lot7", serial="S1")

    assert meaning(store, reading, "lot", item="1000") == Found(
        "lot", item="1000", uom="PCS", number="lot7", label=Label(serial="S1")
    )


def test_the_number_of_another_items_label_is_refused_with_both_items(store: Store) -> None:
    with pytest.raises(Refused) as refusal:
        meaning(store, label(**GTIN, lot="Lot7"), "lot", item="LOTTED")

    assert (refusal.value.code, refusal.value.facts) == ("wrong_item", {"scanned": "9521234000013", "item": "LOTTED"})


def test_a_number_alone_is_that_number_of_the_expected_item(store: Store) -> None:
    assert meaning(store, label(lot="both"), GOODS, item="TWIN") == Found("lot", item="TWIN", number="BOTH")


def ambiguous(*readings: Reading) -> Reading:
    return Reading("label", error="E_AMBIG", readings=readings)


def test_of_two_readings_the_one_whose_lot_has_been_in_stock_is_meant(store: Store) -> None:
    known, unknown = label(lot="Lot7"), label(lot="Lot717281231", expiry="2028-12-31")

    assert meaning(store, ambiguous(unknown, known), "lot", item="LOTTED") == Found("lot", "LOTTED", number="Lot7")
    assert isinstance(meaning(store, ambiguous(unknown, label(lot="L")), "lot", item="LOTTED"), Choices)
    assert isinstance(meaning(store, ambiguous(known, label(lot="both")), "lot", item="LOTTED"), Choices)


def test_two_readings_are_asked_about_where_only_one_of_two_known_numbers_is_taken_here_scn_52(store: Store) -> None:
    readings = ambiguous(label(lot="Lot7"), label(serial="S9"))

    assert isinstance(meaning(store, readings, "lot", item="LOTTED", serial="S9"), Choices)


def test_one_of_two_readings_may_be_a_document(store: Store) -> None:
    readings = ambiguous(label("order", code="CJ-1"), label("bin", code="W-01"))

    assert meaning(store, readings) == Choices(
        (Found("document", document="CJ-1"), Found("bin", bin="W-01", location="WHITE"))
    )


def test_two_readings_are_asked_about_where_only_another_item_has_had_the_lot(store: Store) -> None:
    readings = ambiguous(label(**GTIN, lot="Lot7"), label(**GTIN, lot="Lot710X"))

    assert isinstance(meaning(store, readings), Choices)
