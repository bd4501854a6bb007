"""Reclassifications: the pair they write and what they may change (LED-10, 31; reclassifying.md; decisions 5, 38)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.ledger.entries import Application, BinEntry, ItemEntry, ValueEntry
from domain.posting import Reclassification, TrackingRow
from domain.site import Bin, Location, TrackingCode
from domain.tracking.cards import InfoCard
from tests.domain.notation import EAST, ROAD, SILVER, TODAY, WHITE, Warehouse, line, reclassification

WEST = "WEST"
SOON, LATER = date(2026, 6, 1), date(2026, 9, 1)
DATED = TrackingCode("DATED", lot_specific=True, lot_warehouse=True, use_expiration=True)


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.keep(Location(WEST), DATED)
    house.item("1000", unit_cost=Decimal(2))
    house.item("AVG", costing="average", unit_cost=Decimal(2))
    house.item("LOTS", tracking="LOT")
    house.item("PIECES", tracking="SERIAL")
    house.item("MILK", tracking="DATED")


def entries(house: Warehouse) -> list[tuple[str, str, Decimal]]:
    return [(row.location, row.lot or row.serial, row.qty) for row in house.entries() if row.entry_type == "transfer"]


def test_led_10_a_transfer_is_an_entry_out_and_an_entry_in_for_each_supplier(house: Warehouse) -> None:
    first, second = house.stock("EAST 1000 3", "EAST 1000 4", at="5")

    posting = house.post(reclassification("EAST 1000 5", WEST))

    assert entries(house) == [(EAST, "", -5), (WEST, "", 3), (WEST, "", 2)]
    out, *came = posting.entries
    own = [row for row in house.rows(Application) if row.item_entry in came]
    assert [(row.inbound_entry, row.outbound_entry, row.transferred_from_entry, row.qty) for row in own] == [
        (came[0], out, first, 3),
        (came[1], out, second, 2),
    ]
    assert all(row.cost_application for row in own)
    assert house.remaining() == {second: 2, came[0]: 3, came[1]: 2}


def test_led_10_an_average_item_comes_in_as_one_entry(house: Warehouse) -> None:
    house.stock("EAST AVG 3", "EAST AVG 4")

    house.post(reclassification("EAST AVG 5", WEST))

    assert entries(house) == [(EAST, "", -5), (WEST, "", 5)]


def test_led_10_a_fixed_transfer_of_an_average_item_names_its_supplier(house: Warehouse) -> None:
    _, second = house.stock("EAST AVG 3", "EAST AVG 4")

    house.post(reclassification("EAST AVG 4", WEST, applies_to=second))

    assert house.rows(Application)[-1].transferred_from_entry == second


def test_19_cost_does_not_change_and_the_value_entries_net_to_nothing(house: Warehouse) -> None:
    house.stock("EAST 1000 1", "EAST 1000 1", "EAST 1000 1", at="5")
    house.item("1000", unit_cost=Decimal("3.333"))

    house.post(reclassification("EAST 1000 3", WEST))

    values = [row for row in house.rows(ValueEntry) if row.item_entry_type == "transfer"]
    assert [row.cost_amount_actual for row in values] == [Decimal("-10.00"), *map(Decimal, ("3.33", "3.34", "3.33"))]
    assert all(row.invoiced_qty == row.valued_qty for row in values)


def test_18_the_in_entry_inherits_the_valuation_date(house: Warehouse) -> None:
    house.stock("EAST 1000 3", posting_date=TODAY + timedelta(days=5))

    house.post(reclassification("EAST 1000 3", WEST))
    house.post(reclassification("WEST 1000 3", EAST))

    assert {row.valuation_date for row in house.rows(ValueEntry)} == {TODAY + timedelta(days=5)}


def test_led_22_a_sale_of_transferred_goods_is_not_valued_before_them(house: Warehouse) -> None:
    house.stock("EAST 1000 3", posting_date=TODAY + timedelta(days=5))
    house.post(reclassification("EAST 1000 3", WEST))

    house.post(line("WEST 1000 1", "sale"))

    assert house.rows(ValueEntry)[-1].valuation_date == TODAY + timedelta(days=5)


@pytest.mark.parametrize("prevent", [True, False])
def test_led_31_a_transfer_never_goes_negative(house: Warehouse, prevent: bool) -> None:
    house.set(prevent_negative_inventory=prevent)
    house.stock("EAST 1000 3")

    with house.refused("not_enough", qty=3, short=1):
        house.post(reclassification("EAST 1000 4", WEST))


def test_led_20_what_comes_in_fills_open_decreases_there(house: Warehouse) -> None:
    house.set(prevent_negative_inventory=False)
    sold = house.post(line("WEST 1000 2", "sale")).entries[0]
    house.stock("EAST 1000 5")

    came = house.post(reclassification("EAST 1000 5", WEST)).entries[1]

    assert sold not in house.remaining()
    assert house.remaining() == {came: 3}


def test_led_20_no_cost_flows_in_a_circle(house: Warehouse) -> None:
    house.set(prevent_negative_inventory=False)
    sold = house.post(line("EAST 1000 5", "sale")).entries[0]
    back = house.post(line("EAST 1000 -5", "sale", applies_from=sold)).entries[0]
    house.post(reclassification("EAST 1000 5", WEST, applies_to=back))

    came = house.post(reclassification("WEST 1000 5", EAST)).entries[1]

    assert house.remaining() == {sold: -5, came: 5}


def test_between_bins_of_two_locations_a_bin_entry_goes_with_each_entry(house: Warehouse) -> None:
    house.keep(Location("GOLD", bin_mandatory=True), Bin("GOLD", "G-01"))
    house.stock("W-01 1000 5")

    line = replace(reclassification("W-01 1000 3", "W-02"), new_location="GOLD", new_bin="G-01")
    house.post(line)

    assert [(row.location, row.bin, row.qty, row.entry_type) for row in house.rows(BinEntry)[1:]] == [
        (SILVER, "W-01", -3, "negative_adj"),
        ("GOLD", "G-01", 3, "positive_adj"),
    ]


def test_decision_38_the_bin_alone_is_a_movement(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))

    posting = house.post(reclassification("W-01 LOTS lot l1 3", "W-02"))

    assert posting.entries == ()
    assert [row.entry_type for row in house.rows(BinEntry)[1:]] == ["movement", "movement"]


@pytest.mark.parametrize("bin", ["W-01", "W-02"])
def test_a_new_lot_is_an_entry_out_of_the_old_one_and_in_of_the_new_one(house: Warehouse, bin: str) -> None:
    house.stock("W-01 LOTS lot L1 5")

    house.post(reclassification("W-01 LOTS lot L1 3", f"{bin} lot L2"))

    assert entries(house) == [(SILVER, "L1", -3), (SILVER, "L2", 3)]
    assert set(house.lying("LOTS")) == {"W-01 LOTS lot L1 2", f"{bin} LOTS lot L2 3"}


def test_a_lot_is_split_over_several_rows_and_one_combination_comes_once(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")

    def split(*lots: str) -> Reclassification:
        rows = tuple(TrackingRow("L1", qty_base=Decimal(2)) for _ in lots)
        told = reclassification("W-01 LOTS lot L1 4", "W-01 lot L2")
        return replace(told, tracking=rows, new_tracking=tuple(TrackingRow(lot) for lot in lots))

    with house.refused("duplicate"):
        house.post(split("L8", "L8"))
    house.post(split("L8", "L9"))

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 1", "W-01 LOTS lot L8 2", "W-01 LOTS lot L9 2"]


def test_9_the_rows_make_the_line(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    told = reclassification("W-01 LOTS lot L1 4", "W-01 lot L2")

    with house.refused("total_differs", qty=4, total=3):
        house.post(replace(told, tracking=(TrackingRow("L1", qty_base=Decimal(3)),)))


def test_11_a_new_serial_must_not_be_in_stock(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1", "W-02 PIECES serial S2 1")

    with house.refused("serial_in_stock", serial="S2"):
        house.post(reclassification("W-01 PIECES serial S1 1", "W-01 serial S2"))
    house.post(reclassification("W-01 PIECES serial S1 1", "W-03 serial S3"))

    states = [house.ask(lambda books, no=no: books.numbers.serial("PIECES", "", no)) for no in ("S1", "S3")]
    assert [(state.state, state.bin) for state in states if state] == [("issued", ""), ("in_stock", "W-03")]


def test_10_a_lot_that_is_required_cannot_be_taken_away(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")

    with house.refused("missing", what="new"):
        house.post(reclassification("W-01 LOTS lot L1 5", "W-01 lot -"))


def test_10_a_number_that_is_not_required_may_be_taken_away(house: Warehouse) -> None:
    house.keep(TrackingCode("PACKED", lot_specific=True, lot_warehouse=True, package_pos_adj_in=True))
    house.item("PACKED", tracking="PACKED")
    house.stock("EAST PACKED lot L1 package P1 5")

    house.post(reclassification("EAST PACKED lot L1 package P1 5", f"{EAST} package -"))

    assert house.lying("PACKED") == ["EAST PACKED lot L1 5"]


@pytest.mark.parametrize("blocked", ["L1", "L2"])
def test_15_a_blocked_lot_is_refused_as_old_and_as_new_number(house: Warehouse, blocked: str) -> None:
    house.stock("W-01 LOTS lot L1 5")
    house.keep(InfoCard("lot", "LOTS", "", blocked, blocked, blocked=True))

    with house.refused("blocked", what="lot", code=blocked):
        house.post(reclassification("W-01 LOTS lot L1 5", "W-01 lot L2"))


def test_16_the_card_of_the_new_number_must_be_there_where_the_code_wants_one(house: Warehouse) -> None:
    house.keep(TrackingCode("CARDS", lot_specific=True, lot_warehouse=True, lot_info_must_exist_in=True))
    house.item("CARDS", tracking="CARDS")
    house.keep(InfoCard("lot", "CARDS", "", "L1", "L1"))
    house.stock("EAST CARDS lot L1 5")

    with house.refused("no_card", lot="L2"):
        house.post(reclassification("EAST CARDS lot L1 5", f"{EAST} lot L2"))


def dates(house: Warehouse) -> list[date | None]:
    return [row.expires for row in house.rows(ItemEntry) if row.entry_type == "transfer" and row.qty > 0]


def test_12_a_date_is_kept_where_none_is_given(house: Warehouse) -> None:
    house.stock(f"EAST MILK lot L1 expires {SOON} 5")

    house.post(reclassification("EAST MILK lot L1 2", WEST), reclassification("EAST MILK lot L1 2", f"{EAST} lot L2"))

    assert dates(house) == [SOON, SOON]


def test_12_a_the_whole_lot_is_given_another_date_or_nothing_of_it(house: Warehouse) -> None:
    house.stock(f"EAST MILK lot L1 expires {SOON} 5", "W-01 MILK lot L1 2")

    with house.refused("whole_lot", lot="L1", qty=7):
        house.post(reclassification("EAST MILK lot L1 5", f"{EAST} expires {LATER}"))
    house.post(reclassification("W-01 MILK lot L1 2", EAST))
    house.post(reclassification("EAST MILK lot L1 7", f"{EAST} expires {LATER}"))

    assert dates(house)[1:] == [LATER, LATER]


def test_12_a_one_posting_may_cover_a_lot_in_several_bins(house: Warehouse) -> None:
    house.stock(f"W-01 MILK lot L1 expires {SOON} 5", "W-02 MILK lot L1 2")

    house.post(
        reclassification("W-01 MILK lot L1 5", f"W-01 expires {LATER}"),
        reclassification("W-02 MILK lot L1 2", f"W-02 expires {LATER}"),
    )

    assert dates(house) == [LATER, LATER]


def test_13_later_receipts_of_the_lot_take_the_new_date(house: Warehouse) -> None:
    house.stock(f"EAST MILK lot L1 expires {SOON} 5")
    house.post(reclassification("EAST MILK lot L1 5", f"{EAST} expires {LATER}"))
    house.post(line("EAST MILK lot L1 -5"))

    house.post(line("EAST MILK lot L1 4", "purchase"))

    assert house.entries()[-1].expires == LATER


def test_12_b_lots_that_become_one_have_one_date(house: Warehouse) -> None:
    house.stock(f"EAST MILK lot L1 expires {SOON} 5", f"EAST MILK lot L2 expires {LATER} 5")
    merged = [reclassification(f"EAST MILK lot {lot} 5", f"{EAST} lot L9") for lot in ("L1", "L2")]

    with house.refused("merge_dates", lot="L9"):
        house.post(*merged)
    house.post(*(replace(one, new_tracking=(TrackingRow("L9", expires=LATER),)) for one in merged))

    assert dates(house) == [LATER, LATER]


def test_12_c_what_becomes_a_lot_in_stock_has_the_date_of_that(house: Warehouse) -> None:
    house.stock(f"EAST MILK lot L1 expires {SOON} 5", f"EAST MILK lot L2 expires {LATER} 5")

    with house.refused("expiry_differs", lot="L2", date=LATER):
        house.post(reclassification("EAST MILK lot L1 5", f"{EAST} lot L2"))
    house.post(reclassification("EAST MILK lot L1 5", f"{EAST} lot L2 expires {LATER}"))

    assert dates(house) == [LATER]


def test_12_d_a_date_may_go_where_the_code_does_not_require_one(house: Warehouse) -> None:
    house.stock(f"EAST MILK lot L1 expires {SOON} 5")
    undated = reclassification(f"EAST MILK lot L1 expires {SOON} 5", EAST)
    undated = replace(undated, new_tracking=(TrackingRow("L1"),))

    house.keep(replace(DATED, require_expiration_entry=True))
    with house.refused("missing", what="expiry"):
        house.post(undated)
    house.keep(DATED)
    house.post(undated)

    assert dates(house) == [None]


def test_12_e_a_package_does_not_make_another_date_of_a_part_right(house: Warehouse) -> None:
    house.keep(replace(DATED, package_transfer=True))
    house.stock(f"EAST MILK lot L1 expires {SOON} 5")

    with house.refused("whole_lot", lot="L1", qty=5):
        house.post(reclassification("EAST MILK lot L1 package P1 2", f"{EAST} package P2 expires {LATER}"))


def test_14_expired_goods_may_be_reclassified_under_strict_expiration(house: Warehouse) -> None:
    house.keep(replace(DATED, strict_expiration=True))
    house.stock("EAST MILK lot L1 expires 2026-01-01 5")

    house.post(reclassification("EAST MILK lot L1 5", WEST))

    assert house.lying("MILK") == ["WEST MILK lot L1 5"]


@pytest.mark.parametrize(
    ("text", "to", "code", "facts"),
    [
        ("EAST 1000 1", EAST, "nothing_changes", {}),
        ("W-01 LOTS lot L1 1", "W-01 lot l1", "nothing_changes", {}),
        ("EAST 1000 0", WEST, "missing", {"what": "qty"}),
        ("EAST 1000 -1", WEST, "missing", {"what": "qty"}),
        ("EAST 1000 1", WHITE, "use_warehouse", {"location": WHITE, "what": "transfer order"}),
        ("WHITE 1000 1", EAST, "use_warehouse", {"location": WHITE, "what": "transfer order"}),
        ("EAST 1000 1", ROAD, "transit_only", {"location": ROAD}),
        ("ROAD 1000 1", EAST, "transit_only", {"location": ROAD}),
        ("EAST 1000 1", SILVER, "missing", {"what": "bin"}),
    ],
)
def test_what_is_no_reclassification_is_refused(
    house: Warehouse, text: str, to: str, code: str, facts: dict[str, object]
) -> None:
    house.stock("EAST 1000 5", "W-01 LOTS lot L1 5")

    with house.refused(code, **facts):
        house.post(reclassification(text, to))


@pytest.mark.parametrize(("bin", "block", "direction"), [("W-01", "outbound", "OUT"), ("W-02", "inbound", "IN")])
def test_5_the_bins_are_checked_on_both_sides(house: Warehouse, bin: str, block: str, direction: str) -> None:
    house.stock("W-01 LOTS lot L1 5")
    house.keep(Bin(SILVER, bin, block=block))

    with house.refused("bin_blocked", bin=bin, direction=direction):
        house.post(reclassification("W-01 LOTS lot L1 3", "W-02 lot L2"))


def test_a_reclassification_goes_back_the_way_it_came(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    came = house.post(reclassification("W-01 LOTS lot L1 3", "W-02 lot L2")).entries[1]

    house.post(reclassification("W-02 LOTS lot L2 3", "W-01 lot L1", applies_to=came, is_correction=True))

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 5"]
    assert [row.correction for row in house.entries()] == [False, False, False, True, True]
