"""What a bin lets in and out (bins.md 11, 13, 15, 16, 19, 20, 24; adjusting.md 4, 5; decision 49)."""

from decimal import Decimal

import pytest

from domain.ledger.entries import BinEntry
from domain.site import Bin, BinContent, Location, TrackingCode
from tests.domain.notation import SILVER, Warehouse, line


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000", net_weight=Decimal(2), unit_volume=Decimal("0.5"))


def contents(house: Warehouse) -> dict[str, tuple[bool, bool]]:
    return {row.bin: (row.fixed, row.default) for row in house.rows(BinContent)}


def test_bins_11_the_first_bin_an_item_goes_into_becomes_fixed_and_default_and_later_ones_neither(
    house: Warehouse,
) -> None:
    house.stock("W-02 1000 1", "W-01 1000 1")

    assert contents(house) == {"W-02": (True, True)}


def test_bins_11_each_variant_has_a_default_bin_of_its_own(house: Warehouse) -> None:
    house.item("1001")
    house.variant("1001", "RED")

    house.stock("W-01 1001 1", "W-02 1001 variant RED 1")

    assert contents(house) == {"W-01": (True, True), "W-02": (True, True)}


def test_bins_11_under_last_used_each_increase_moves_the_default(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, default_bin_selection="last_used"))

    house.stock("W-01 1000 1")
    house.stock("W-02 1000 1")

    assert {bin: default for bin, (_, default) in contents(house).items()} == {"W-01": False, "W-02": True}


def test_bins_11_under_last_used_the_last_line_of_one_posting_has_the_default(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, default_bin_selection="last_used"))
    house.stock("W-01 1000 1")

    house.stock("W-02 1000 1", "W-01 1000 1")

    assert {bin: default for bin, (_, default) in contents(house).items()} == {"W-01": True, "W-02": False}


def test_bins_11_no_default_is_kept_where_the_location_wants_none(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, default_bin_selection="none"))

    house.stock("W-01 1000 1")

    assert contents(house) == {}


def test_bins_13_fixed_content_survives_an_empty_bin(house: Warehouse) -> None:
    house.stock("W-01 1000 1")

    house.post(line("W-01 1000 -1"))

    assert (house.lying(), contents(house)) == ([], {"W-01": (True, True)})


def test_bins_15_bins_hold_base_units_whatever_was_typed(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)

    house.post(line("W-01 1000 2 BOX"))

    assert [(row.uom, row.qty, row.qty_base) for row in house.rows(BinEntry)] == [("PCS", 12, 12)]


BLOCKS = [("none", False, False), ("inbound", True, False), ("outbound", False, True), ("all", True, True)]


@pytest.mark.parametrize(("block", "stops_in", "stops_out"), BLOCKS)
@pytest.mark.parametrize("blocked", ["bin", "content"])
def test_bins_16_a_block_of_bin_or_content_stops_its_direction(
    house: Warehouse, blocked: str, block: str, stops_in: bool, stops_out: bool
) -> None:
    house.stock("W-01 1000 5")
    house.keep(
        Bin(SILVER, "W-01", block=block)
        if blocked == "bin"
        else BinContent(SILVER, "W-01", "1000", "", "PCS", block=block)
    )

    for qty, direction, is_stopped in [("1", "IN", stops_in), ("-1", "OUT", stops_out)]:
        if is_stopped:
            with house.refused("bin_blocked", bin="W-01", direction=direction):
                house.post(line(f"W-01 1000 {qty}"))
        else:
            house.post(line(f"W-01 1000 {qty}"))


@pytest.mark.parametrize(("bin", "content"), [("inbound", "outbound"), ("outbound", "inbound")])
def test_bins_16_the_stricter_of_bin_and_content_is_in_force(house: Warehouse, bin: str, content: str) -> None:
    house.stock("W-01 1000 5")
    house.keep(Bin(SILVER, "W-01", block=bin), BinContent(SILVER, "W-01", "1000", "", "PCS", block=content))

    for qty in ("1", "-1"):
        with house.refused("bin_blocked", bin="W-01"):
            house.post(line(f"W-01 1000 {qty}"))


def test_bins_19_goods_of_another_class_are_refused_where_the_location_checks_it(house: Warehouse) -> None:
    house.keep(Bin(SILVER, "W-01", warehouse_class="FROZEN"))
    house.post(line("W-01 1000 5"))
    house.keep(Location(SILVER, bin_mandatory=True, check_warehouse_class=True))

    with house.refused("bin_class", a="FROZEN", b="-"):
        house.post(line("W-01 1000 1"))
    house.post(line("W-02 1000 1"), line("W-01 1000 -5"))

    assert house.lying() == ["W-02 1000 1"]


@pytest.mark.parametrize(
    ("bin", "content", "what", "max"),
    [
        (Bin(SILVER, "W-01", max_weight=Decimal(10)), None, "weight", 10),
        (Bin(SILVER, "W-01", max_cubage=Decimal("2.5")), None, "cubage", Decimal("2.5")),
        (Bin(SILVER, "W-01"), BinContent(SILVER, "W-01", "1000", "", "PCS", max=Decimal(5)), "qty", 5),
    ],
)
def test_bins_20_what_a_bin_may_hold_is_exceeded_by_the_sixth_piece(
    house: Warehouse, bin: Bin, content: BinContent | None, what: str, max: Decimal
) -> None:
    house.keep(bin, *([content] if content else []))
    house.post(line("W-01 1000 6"), line("W-01 1000 -6"))
    house.keep(Location(SILVER, bin_mandatory=True, bin_capacity_policy="prohibit"))

    house.post(line("W-01 1000 5"))
    with house.refused("bin_full", what=what, max=max):
        house.post(line("W-01 1000 1"))


def test_bins_20_all_goods_of_the_bin_weigh(house: Warehouse) -> None:
    house.item("1001", net_weight=Decimal(3))
    house.keep(
        Bin(SILVER, "W-01", max_weight=Decimal(10)),
        Location(SILVER, bin_mandatory=True, bin_capacity_policy="prohibit"),
    )

    house.post(line("W-01 1000 2"), line("W-01 1001 2"))

    with house.refused("bin_full", what="weight"):
        house.post(line("W-01 1000 1"))


def test_bins_20_allow_more_asks_and_a_yes_is_enough(house: Warehouse) -> None:
    house.keep(
        BinContent(SILVER, "W-01", "1000", "", "PCS", max=Decimal(20)),
        Location(SILVER, bin_mandatory=True, bin_capacity_policy="allow_more"),
    )

    with house.refused("bin_full_ask", max=20, qty=5):
        house.post(line("W-01 1000 25"))
    house.post(line("W-01 1000 25"), yes=("bin_full_ask",))

    assert house.lying() == ["W-01 1000 25"]


def test_bins_20_taking_from_a_bin_is_never_checked(house: Warehouse) -> None:
    house.stock("W-01 1000 25")
    house.keep(
        BinContent(SILVER, "W-01", "1000", "", "PCS", max=Decimal(20)),
        Location(SILVER, bin_mandatory=True, bin_capacity_policy="prohibit"),
    )

    house.post(line("W-01 1000 -1"))

    assert house.lying() == ["W-01 1000 24"]


def test_bins_24_no_bin_goes_below_zero_although_the_location_has_enough(house: Warehouse) -> None:
    house.stock("W-01 1000 3", "W-02 1000 5")

    with house.refused("not_enough", qty=3, short=2):
        house.post(line("W-01 1000 -5"))


def test_bins_24_no_bin_goes_below_zero_although_the_item_may(house: Warehouse) -> None:
    house.item("1000", prevent_negative_inventory="no")

    with house.refused("not_enough", qty=0, short=1):
        house.post(line("W-01 1000 -1"))


def test_bins_24_a_second_lot_is_refused_where_the_bin_takes_one(house: Warehouse) -> None:
    house.item("1001", tracking="LOT")
    house.keep(Bin(SILVER, "W-01", one_lot_per_bin=True))
    house.stock("W-01 1001 lot L1 2", "W-02 1001 lot L2 2")

    house.post(line("W-01 1001 lot L1 1"))
    with house.refused("one_lot", bin="W-01", lot="L1"):
        house.post(line("W-01 1001 lot L2 1"))


def test_bins_24_one_lot_is_counted_for_each_item_and_after_what_the_posting_took_out(house: Warehouse) -> None:
    house.item("1001", tracking="LOT")
    house.item("1002", tracking="LOT")
    house.keep(Bin(SILVER, "W-01", one_lot_per_bin=True))
    house.stock("W-01 1001 lot L1 2")

    house.post(line("W-01 1001 lot L1 -2"), line("W-01 1001 lot L2 1"), line("W-01 1002 lot L9 1"))

    assert house.lying("1001") == ["W-01 1001 lot L2 1"]


def test_bins_24_lots_that_bins_do_not_keep_are_not_told_apart(house: Warehouse) -> None:
    house.keep(TrackingCode("LEDGER", lot_pos_adj_in=True), Bin(SILVER, "W-01", one_lot_per_bin=True))
    house.item("1001", tracking="LEDGER")

    house.post(line("W-01 1001 lot L1 1"))
    house.post(line("W-01 1001 lot L1 1"))

    assert house.lying("1001") == ["W-01 1001 2"]


def test_bins_23_bins_keep_only_the_numbers_of_the_code(house: Warehouse) -> None:
    house.keep(TrackingCode("MIXED", lot_specific=True, serial_pos_adj_in=True))
    house.item("1001", tracking="MIXED")

    house.post(line("W-01 1001 lot L1 serial S1 1"))

    assert house.lying("1001") == ["W-01 1001 lot L1 1"]
