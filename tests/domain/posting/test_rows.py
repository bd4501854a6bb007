"""The rows each posting writes (LED-02, 03, 06, 11, 15, 16, 18-22, 31; ITM-61; decisions 49, 65)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.ledger.books import PostedRegister
from domain.ledger.entries import Application, BinEntry, ItemEntry, PhysicalEntry, ValueEntry, register_of
from tests.domain.notation import OPENS, TODAY, Warehouse, line

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000")
    house.item("LAST", costing="lifo")
    house.item("OWED", prevent_negative_inventory="no")


def drawn(house: Warehouse) -> list[tuple[int, int, int, Decimal]]:
    """Return inbound and outbound entries by their place in the ledger, and the quantity, of each application."""
    place = {entry.id: at for at, entry in enumerate(house.entries(), 1)} | {0: 0}
    return [
        (place[row.item_entry], place[row.inbound_entry], place[row.outbound_entry], row.qty)
        for row in house.rows(Application)
    ]


def test_led_03_a_line_writes_an_item_entry_its_application_a_value_entry_and_a_bin_entry_in_one_register(
    house: Warehouse,
) -> None:
    posting = house.post(line("W-01 1000 5"))

    rows = [row for kind in (ItemEntry, Application, ValueEntry, BinEntry) for row in house.rows(kind)]
    assert [type(row) for row in rows] == [ItemEntry, Application, ValueEntry, BinEntry]
    assert {register_of(row.id) for row in rows} == {posting.register}
    assert posting.entries == (rows[0].id,)


def test_led_03_without_bins_there_is_no_bin_entry(house: Warehouse) -> None:
    house.post(line("EAST 1000 5"))

    assert house.rows(BinEntry) == []


def test_the_register_tells_who_posted_and_when(house: Warehouse) -> None:
    posting = house.post(line("EAST 1000 5"))

    posted = house.ask(lambda books: books.ledger.posted_by("ANNA", OPENS))
    assert [(row.id, row.source, row.lines) for row in posted] == [(posting.register, "adjustment", 1)]
    assert isinstance(posted[0], PostedRegister)
    assert posted[0].posted_at >= house.now


def test_led_06_and_decision_65_an_adjustment_is_one_value_entry_of_actual_cost(house: Warehouse) -> None:
    house.post(line("EAST 1000 5", unit_cost=Decimal("1.50")))

    (value,) = house.rows(ValueEntry)
    assert (value.entry_type, value.expected_cost) == ("direct_cost", False)
    assert (value.cost_amount_actual, value.cost_amount_expected) == (Decimal("7.50"), 0)
    assert (value.valued_qty, value.entry_qty, value.invoiced_qty) == (5, 5, 5)


def test_led_11_a_count_line_without_difference_leaves_its_proof_and_nothing_else(house: Warehouse) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 5")
    before = house.footprint()

    house.post_count(journal)

    (proof,) = house.proofs()
    assert (proof.entry_type, proof.qty_calculated, proof.qty_counted, proof.qty) == ("positive_adj", 5, 5, 0)
    after = house.footprint()
    assert [table for table in before if after[table] > before[table]] == ["physical_entry", "register"]


@pytest.mark.parametrize(("figure", "entry_type", "qty"), [("7", "positive_adj", 2), ("4", "negative_adj", -1)])
def test_led_11_a_difference_leaves_a_proof_beside_the_item_entry(
    house: Warehouse, figure: str, entry_type: str, qty: int
) -> None:
    house.stock("W-01 1000 5")
    journal = house.open_count("W-01")
    house.count(journal, f"W-01 1000 {figure}")
    counted_at = house.now
    house.pass_time(hours=1)

    house.post_count(journal)

    (proof,) = house.proofs()
    assert (proof.entry_type, proof.qty_calculated, proof.qty_counted) == (entry_type, 5, int(figure))
    assert (proof.qty, proof.document_no, proof.operator) == (abs(qty), journal, "PIA")
    assert (proof.counted_at, proof.reason) == (counted_at, "COUNT")
    assert house.entries()[-1].qty == qty


def test_led_15_an_increase_has_an_application_of_its_own(house: Warehouse) -> None:
    house.post(line("EAST 1000 5"))

    assert drawn(house) == [(1, 1, 0, 5)]


def test_led_16_a_decrease_has_an_application_for_each_supplier_and_both_sides_move_toward_zero(
    house: Warehouse,
) -> None:
    _, second = house.stock("EAST 1000 3", "EAST 1000 4")

    house.post(line("EAST 1000 -5"))

    assert drawn(house)[2:] == [(3, 1, 3, -3), (3, 2, 3, -2)]
    assert house.remaining() == {second: 2}


@pytest.mark.parametrize(
    "other", ["EAST 1001 9", "EAST 1000 variant RED 9", "W-01 1000 9"], ids=["item", "variant", "location"]
)
def test_led_18_only_the_same_item_variant_and_location_supplies(house: Warehouse, other: str) -> None:
    house.item("1001")
    house.variant("1000", "RED")
    house.stock(other, "EAST 1000 2")

    with house.refused("not_enough", qty=2, short=1):
        house.post(line("EAST 1000 -3"))


@pytest.mark.parametrize(("item", "supplier"), [("1000", 2), ("LAST", 3)])
def test_led_19_the_earliest_posting_date_is_drawn_first_and_under_lifo_the_latest(
    house: Warehouse, item: str, supplier: int
) -> None:
    for day in (TODAY, YESTERDAY, TOMORROW):
        house.stock(f"EAST {item} 1", posting_date=day)

    house.post(line(f"EAST {item} -1", posting_date=TOMORROW))

    assert drawn(house)[-1] == (4, supplier, 4, -1)


@pytest.mark.parametrize(("item", "order"), [("1000", [1, 2, 3]), ("LAST", [3, 2, 1])])
def test_led_19_within_a_day_entry_order_decides_across_postings_and_inside_one(
    house: Warehouse, item: str, order: list[int]
) -> None:
    house.stock(f"EAST {item} 1")
    house.stock(f"EAST {item} 1", f"EAST {item} 1")

    house.post(line(f"EAST {item} -3"))

    assert [supplier for _, supplier, _, _ in drawn(house)[-3:]] == order


@pytest.mark.parametrize(("item", "order"), [("1000", [1, 2]), ("LAST", [2, 1])])
def test_led_19_what_one_posting_lays_down_is_drawn_in_the_order_of_its_lines(
    house: Warehouse, item: str, order: list[int]
) -> None:
    house.post(line(f"EAST {item} 1"), line(f"EAST {item} 1"), line(f"EAST {item} -2"))

    assert [supplier for _, supplier, _, _ in drawn(house)[-2:]] == order


def test_led_18_with_specific_tracking_only_the_same_number_supplies(house: Warehouse) -> None:
    house.item("1001", tracking="LOT")
    house.stock("EAST 1001 lot L1 5", "EAST 1001 lot L2 5")

    house.post(line("EAST 1001 lot L2 -2"))

    assert drawn(house)[-1] == (3, 2, 3, -2)


def test_itm_61_a_decrease_without_stock_stays_open_where_the_item_may_go_negative(house: Warehouse) -> None:
    (entry,) = house.post(line("EAST OWED -3")).entries

    assert house.remaining() == {entry: -3}
    assert house.lying("OWED") == ["EAST OWED -3"]


@pytest.mark.parametrize(("card", "site"), [("yes", False), ("default", True)])
def test_itm_61_it_is_refused_where_item_or_site_prevent_it(house: Warehouse, card: str, site: bool) -> None:
    house.item("2000", prevent_negative_inventory=card)
    house.set(prevent_negative_inventory=site)
    house.stock("EAST 2000 3")

    with house.refused("not_enough", qty=3, short=1):
        house.post(line("EAST 2000 -4"))


def test_led_20_a_new_increase_first_fills_open_decreases_oldest_first(house: Warehouse) -> None:
    _, second = (house.post(line("EAST OWED -2")).entries[0] for _ in range(2))

    house.post(line("EAST OWED 3"))

    assert drawn(house) == [(3, 3, 0, 3), (1, 3, 1, -2), (2, 3, 2, -1)]
    assert house.remaining() == {second: -1}


@pytest.mark.parametrize(("owed", "found"), [(TODAY, TOMORROW), (TOMORROW, TODAY)])
def test_led_20_the_application_carries_the_later_of_the_two_dates(house: Warehouse, owed: date, found: date) -> None:
    house.post(line("EAST OWED -1", posting_date=owed))

    house.post(line("EAST OWED 1", posting_date=found))

    assert house.rows(Application)[-1].posting_date == TOMORROW


def test_led_21_a_backdated_increase_leaves_earlier_applications_as_they_are(house: Warehouse) -> None:
    house.stock("EAST 1000 2")
    house.post(line("EAST 1000 -1"))
    applied = drawn(house)

    house.post(line("EAST 1000 1", posting_date=YESTERDAY))

    assert drawn(house) == [*applied, (3, 3, 0, 1)]


def test_led_22_a_decrease_is_valued_at_the_latest_of_its_own_date_and_those_of_its_suppliers(
    house: Warehouse,
) -> None:
    house.stock("EAST 1000 1", posting_date=YESTERDAY)
    house.stock("EAST 1000 1", posting_date=TOMORROW)

    house.post(line("EAST 1000 -1", posting_date=TODAY))
    house.post(line("EAST 1000 -1", posting_date=TODAY))

    assert [row.valuation_date for row in house.rows(ValueEntry)] == [YESTERDAY, TOMORROW, TODAY, TOMORROW]


def test_decision_49_stock_goes_below_zero_only_without_bins(house: Warehouse) -> None:
    house.post(line("EAST OWED -1"))

    with house.refused("not_enough", qty=0, short=1):
        house.post(line("W-01 OWED -1"))


def test_decision_33_later_registers_come_later_even_when_the_clock_stands(house: Warehouse) -> None:
    entries = [house.post(line("EAST 1000 1")).entries[0] for _ in range(3)]

    times = [entry.posted_at for entry in house.entries()]
    assert entries == sorted(entries)
    assert times == sorted(set(times))


def test_physical_entries_are_only_for_counts(house: Warehouse) -> None:
    house.post(line("W-01 1000 5"))

    assert house.rows(PhysicalEntry) == []
