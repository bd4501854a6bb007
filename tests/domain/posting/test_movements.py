"""Goods from bin to bin (putaway-and-movement.md 31; bins.md 11, 16, 19, 20, 24; decisions 5, 38)."""

from decimal import Decimal

import pytest

from domain.ledger.entries import BinEntry, ItemEntry
from domain.posting import Origin
from domain.site import Bin, BinContent, Location, TrackingCode
from domain.tracking.cards import InfoCard
from tests.domain.notation import EAST, OPENS, ROAD, SILVER, WHITE, Warehouse, line, movement


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000", net_weight=Decimal(2))
    house.item("LOTS", tracking="LOT")
    house.item("PIECES", tracking="SERIAL")


def test_31_a_movement_writes_two_bin_entries_and_nothing_else(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    before = house.footprint()

    posting = house.post(movement("W-01 1000 3", "W-02"))

    rows = [(row.bin, row.qty, row.qty_base, row.entry_type) for row in house.rows(BinEntry)[1:]]
    assert rows == [("W-01", -3, -3, "movement"), ("W-02", 3, 3, "movement")]
    assert posting.entries == ()
    after = house.footprint()
    assert {table for table in before if after[table] > before[table]} == {"bin_balance", "bin_entry", "register"}
    assert house.lying() == ["W-01 1000 2", "W-02 1000 3"]


def test_31_the_bin_entries_tell_document_and_reason(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    origin = Origin(document_type="movement", document_line=3, source_type="customer", source_no="C1")

    house.post(movement("W-01 1000 3", "W-02", document_no="M-1", reason="TIDY", origin=origin))

    told = {
        (row.document_type, row.document_no, row.document_line, row.source_type, row.source_no, row.reason)
        for row in house.rows(BinEntry)[1:]
    }
    assert told == {("movement", "M-1", 3, "customer", "C1", "TIDY")}
    (posted,) = [row for row in house.ask(lambda books: books.ledger.posted_by("ANNA", OPENS)) if row.document_no]
    assert (posted.document, posted.lines) == ("M-1", 1)


def test_31_a_larger_unit_is_moved_in_base_units(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)
    house.stock("W-01 1000 2 BOX")

    house.post(movement("W-01 1000 1 BOX", "W-02"))

    assert house.lying() == ["W-01 1000 6", "W-02 1000 6"]


@pytest.mark.parametrize(
    ("lying", "moved", "left"),
    [
        ("W-01 LOTS lot L1 5", "W-01 LOTS lot l1 2", ["W-01 LOTS lot L1 3", "W-02 LOTS lot L1 2"]),
        ("W-01 PIECES serial S1 1", "W-01 PIECES serial S1 1", ["W-02 PIECES serial S1 1"]),
    ],
)
def test_numbers_move_with_their_goods(house: Warehouse, lying: str, moved: str, left: list[str]) -> None:
    house.stock(lying)

    house.post(movement(moved, "W-02"))

    assert house.lying(lying.split()[1]) == left


def test_the_state_of_a_serial_follows_it(house: Warehouse) -> None:
    house.stock("W-01 PIECES serial S1 1")

    house.post(movement("W-01 PIECES serial S1 1", "W-02"), movement("W-02 PIECES serial S1 1", "W-03"))

    state = house.ask(lambda books: books.numbers.serial("PIECES", "", "S1"))
    assert state is not None
    assert (state.bin, state.state) == ("W-03", "in_stock")


@pytest.mark.parametrize("item", ["1000", "LOTS lot L1"])
def test_bins_24_no_bin_goes_below_zero(house: Warehouse, item: str) -> None:
    house.stock(f"W-01 {item} 2", f"W-03 {item} 9")

    with house.refused("not_enough", qty=2, short=1):
        house.post(movement(f"W-01 {item} 3", "W-02"))


def test_bins_24_two_movements_of_one_posting_do_not_share_the_same_goods(house: Warehouse) -> None:
    house.stock("W-01 1000 3")

    with house.refused("not_enough", qty=1, short=1):
        house.post(movement("W-01 1000 2", "W-02"), movement("W-01 1000 2", "W-03"))


def test_goods_move_on_within_one_posting(house: Warehouse) -> None:
    house.stock("W-01 1000 3")

    house.post(movement("W-01 1000 3", "W-02"), movement("W-02 1000 3", "W-03"), line("W-03 1000 -1"))

    assert house.lying() == ["W-03 1000 2"]


@pytest.mark.parametrize(("item", "what"), [("LOTS", "lot"), ("PIECES", "serial")])
def test_a_number_the_bins_keep_is_required(house: Warehouse, item: str, what: str) -> None:
    with house.refused("missing", what=what):
        house.post(movement(f"W-01 {item} 1", "W-02"))


def test_decision_5_a_blocked_lot_may_be_moved(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5")
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))

    house.post(movement("W-01 LOTS lot L1 5", "W-02"))

    assert house.lying("LOTS") == ["W-02 LOTS lot L1 5"]


def test_expired_goods_may_be_moved_under_strict_expiration(house: Warehouse) -> None:
    house.keep(
        TrackingCode("STRICT", lot_specific=True, lot_warehouse=True, use_expiration=True, strict_expiration=True)
    )
    house.item("MILK", tracking="STRICT")
    house.stock("W-01 MILK lot L1 expires 2026-01-01 5")

    house.post(movement("W-01 MILK lot L1 5", "W-02"))

    assert house.rows(BinEntry)[-1].expires == house.rows(ItemEntry)[0].expires


@pytest.mark.parametrize(("bin", "block", "direction"), [("W-01", "outbound", "OUT"), ("W-02", "inbound", "IN")])
def test_bins_16_a_block_stops_it(house: Warehouse, bin: str, block: str, direction: str) -> None:
    house.stock("W-01 1000 5")
    house.keep(Bin(SILVER, bin, block=block))

    with house.refused("bin_blocked", bin=bin, direction=direction):
        house.post(movement("W-01 1000 3", "W-02"))


def test_bins_17_dedicated_bins_give_and_take(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    house.keep(Bin(SILVER, "W-01", dedicated=True), Bin(SILVER, "W-02", dedicated=True))

    house.post(movement("W-01 1000 5", "W-02"))

    assert house.lying() == ["W-02 1000 5"]


def test_bins_19_the_class_of_the_new_bin_is_checked(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, check_warehouse_class=True))
    house.stock("W-01 1000 5")
    house.keep(Bin(SILVER, "W-02", warehouse_class="FROZEN"))

    with house.refused("bin_class", a="FROZEN"):
        house.post(movement("W-01 1000 3", "W-02"))


def test_bins_20_what_the_new_bin_holds_is_asked_or_refused(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, bin_capacity_policy="allow_more"))
    house.keep(Bin(SILVER, "W-02", max_weight=Decimal(4)))
    house.stock("W-01 1000 5")

    with house.refused("bin_full_ask", max=4, qty=2):
        house.post(movement("W-01 1000 3", "W-02"))
    house.post(movement("W-01 1000 3", "W-02"), yes=("bin_full_ask",))
    house.keep(Location(SILVER, bin_mandatory=True, bin_capacity_policy="prohibit"))
    with house.refused("bin_full", what="weight", max=4):
        house.post(movement("W-01 1000 1", "W-02"))


def test_bins_24_a_second_lot_is_refused_where_a_bin_holds_one(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5", "W-02 LOTS lot L2 5")
    house.keep(Bin(SILVER, "W-02", one_lot_per_bin=True))

    with house.refused("one_lot", bin="W-02", lot="L2"):
        house.post(movement("W-01 LOTS lot L1 5", "W-02"))


def test_bins_11_under_last_used_the_new_bin_is_the_default(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, default_bin_selection="last_used"))
    house.stock("W-01 1000 5")

    house.post(movement("W-01 1000 5", "W-02"))

    assert {row.bin for row in house.rows(BinContent) if row.default} == {"W-02"}


@pytest.mark.parametrize(
    ("text", "to", "code"),
    [
        ("W-01 1000 3", "W-01", "same_bin"),
        ("W-01 1000 0", "W-02", "missing"),
        ("W-01 1000 -1", "W-02", "missing"),
        ("W-01 1000 3", "", "missing"),
        ("W-01 1000 3", "W-99", "bin_elsewhere"),
        ("W-01 1000 lot L1 3", "W-02", "not_tracked"),
        (f"{EAST} 1000 3", "W-02", "no_bins"),
        (f"{ROAD} 1000 3", "W-02", "transit_only"),
        (f"{WHITE} 1000 3", "W-02", "use_warehouse"),
    ],
)
def test_what_cannot_be_moved_is_refused(house: Warehouse, text: str, to: str, code: str) -> None:
    house.stock("W-01 1000 5")

    with house.refused(code):
        house.post(movement(text, to))


def test_itm_50_a_blocked_item_is_not_moved(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    house.item("1000", blocked=True)

    with house.refused("blocked", what="item"):
        house.post(movement("W-01 1000 3", "W-02"))
