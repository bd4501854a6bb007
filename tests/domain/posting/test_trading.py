"""Purchases and sales (LED-03, 04, 06, 16; ITM-51..54, 61; tracking.md 7, 12, 22, 23; decisions 16, 57, 65)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.items.card import Item, Variant
from domain.ledger.entries import BinEntry, ItemEntry, ValueEntry
from domain.posting import BinShare, Origin, TrackingRow
from domain.site import Bin, BinContent, Location, TrackingCode
from tests.domain.notation import SILVER, TODAY, Warehouse, line

ORIGIN = Origin("sales_shipment", 2, "THEIRS-7", "sales_order", "SO-1", 3, "customer", "C1")


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal(2))


@pytest.mark.parametrize(("entry_type", "qty"), [("purchase", 3), ("sale", -3)])
def test_the_entry_type_gives_the_sign(house: Warehouse, entry_type: str, qty: int) -> None:
    house.stock("EAST 1000 5")

    house.post(line("EAST 1000 3", entry_type))

    assert [(row.entry_type, row.qty) for row in house.entries()[1:]] == [(entry_type, qty)]


@pytest.mark.parametrize(("entry_type", "qty"), [("purchase", -3), ("sale", 3)])
def test_a_negative_quantity_is_a_return(house: Warehouse, entry_type: str, qty: int) -> None:
    house.stock("EAST 1000 5")

    house.post(line("EAST 1000 -3", entry_type))

    assert [(row.entry_type, row.qty) for row in house.entries()[1:]] == [(entry_type, qty)]


def test_the_entries_tell_document_order_and_partner(house: Warehouse) -> None:
    house.stock("W-01 1000 5")

    house.post(line("W-01 1000 3", "sale", document_no="SH-1", origin=ORIGIN))

    entry, value, bin = house.entries()[-1], house.rows(ValueEntry)[-1], house.rows(BinEntry)[-1]
    assert {(row.document_type, row.document_no, row.document_line) for row in (entry, value, bin)} == {
        ("sales_shipment", "SH-1", 2)
    }
    assert (entry.order_type, entry.order_no, entry.order_line) == ("sales_order", "SO-1", 3)
    assert (entry.external_document_no, entry.source_type, entry.source_no) == ("THEIRS-7", "customer", "C1")
    assert (bin.source_type, bin.source_no) == ("customer", "C1")


def test_led_06_received_and_invoiced_in_one_go_is_actual_value(house: Warehouse) -> None:
    house.post(line("EAST 1000 5", "purchase", unit_cost=Decimal(3)))

    (value,) = house.rows(ValueEntry)
    assert (value.cost_amount_actual, value.cost_amount_expected, value.invoiced_qty) == (15, 0, 5)
    assert not value.expected_cost


def test_led_04_a_receipt_not_invoiced_is_expected_value(house: Warehouse) -> None:
    house.post(line("EAST 1000 5", "purchase", unit_cost=Decimal(3), is_invoiced=False))

    (value,) = house.rows(ValueEntry)
    assert (value.cost_amount_actual, value.cost_amount_expected, value.invoiced_qty) == (0, 15, 0)
    assert (value.expected_cost, value.valued_qty, value.entry_qty, value.cost_per_unit) == (True, 5, 5, 3)


def test_decisions_16_and_65_a_shipment_expects_the_cost_of_the_card(house: Warehouse) -> None:
    house.stock("EAST 1000 5", at="9")

    house.post(line("EAST 1000 3", "sale", is_invoiced=False))

    value = house.rows(ValueEntry)[-1]
    assert (value.cost_amount_actual, value.cost_amount_expected, value.invoiced_qty) == (0, -6, 0)


def test_cos_02_a_standard_item_is_received_at_standard_cost(house: Warehouse) -> None:
    house.item("STD", costing="standard", standard_cost=Decimal(4))

    house.post(line("EAST STD 5", "purchase", unit_cost=Decimal(3), is_invoiced=False))

    assert house.rows(ValueEntry)[-1].cost_amount_expected == 20


def test_led_07_a_standard_item_that_is_invoiced_is_worth_standard_cost_by_a_variance(house: Warehouse) -> None:
    house.item("STD", costing="standard", standard_cost=Decimal(4))

    house.post(line("EAST STD 3", "purchase", amount=Decimal("15.01")))

    direct, variance = house.rows(ValueEntry)
    assert (direct.entry_type, direct.cost_amount_actual, direct.invoiced_qty) == ("direct_cost", Decimal("15.01"), 3)
    assert (variance.entry_type, variance.variance_type) == ("variance", "purchase")
    assert (variance.cost_amount_actual, variance.invoiced_qty, variance.entry_qty) == (Decimal("-3.01"), 0, 0)
    assert not variance.expected_cost


def test_led_07_each_number_of_a_line_has_its_share_of_the_variance(house: Warehouse) -> None:
    house.item("STD", costing="standard", standard_cost=Decimal(4), tracking="LOT")
    rows = tuple(TrackingRow(f"L{number}", qty_base=Decimal(1)) for number in range(3))

    house.post(line("EAST STD 3", "purchase", amount=Decimal("10.00"), tracking=rows))

    paid = [(row.cost_amount_actual, row.entry_type) for row in house.rows(ValueEntry)]
    assert [sum(cost for cost, kind in paid if kind == wanted) for wanted in ("direct_cost", "variance")] == [10, 2]
    assert [paid[at][0] + paid[at + 1][0] for at in (0, 2, 4)] == [4, 4, 4]


@pytest.mark.parametrize("more", [{}, {"unit_cost": Decimal(4)}, {"unit_cost": Decimal(5), "is_invoiced": False}])
def test_led_07_without_a_difference_or_an_invoice_there_is_no_variance(
    house: Warehouse, more: dict[str, object]
) -> None:
    house.item("STD", costing="standard", standard_cost=Decimal(4))

    house.post(line("EAST STD 3", "purchase", **more))

    assert [row.entry_type for row in house.rows(ValueEntry)] == ["direct_cost"]


def test_led_07_what_was_paid_must_be_one_that_can_be_kept(house: Warehouse) -> None:
    house.item("STD", costing="standard", standard_cost=Decimal(4))

    with house.refused("value_too_large"):
        house.post(line("EAST STD 3", "purchase", amount=Decimal(10) ** 18))


def test_cos_72_the_card_learns_the_cost_of_what_is_invoiced_only(house: Warehouse) -> None:
    def direct() -> Decimal:
        item = house.one(Item, "1000")
        assert item is not None
        return item.last_direct_cost

    house.post(line("EAST 1000 5", "purchase", unit_cost=Decimal(3), is_invoiced=False))
    assert direct() == 0
    house.post(line("EAST 1000 5", "purchase", unit_cost=Decimal(3)))
    assert direct() == 3
    house.post(line("EAST 1000 -5", "sale", unit_cost=Decimal(7)))
    assert direct() == 3


@pytest.mark.parametrize("entry_type", ["sale", "purchase"])
def test_itm_61_a_decrease_without_stock_is_refused_unless_it_may_go_negative(
    house: Warehouse, entry_type: str
) -> None:
    sold = line("EAST 1000 3", "sale") if entry_type == "sale" else line("EAST 1000 -3", "purchase")
    with house.refused("not_enough", qty=0, short=3):
        house.post(sold)
    house.set(prevent_negative_inventory=False)

    house.post(sold)

    assert [(row.entry_type, row.qty) for row in house.entries()] == [(entry_type, -3)]


TRADES = [("sale", "sales_blocked", "sales"), ("purchase", "purchasing_blocked", "purchases")]


@pytest.mark.parametrize(("entry_type", "flag", "what"), TRADES)
@pytest.mark.parametrize("who", ["item", "variant"])
def test_itm_51_and_54_item_or_variant_may_be_blocked_for_it(
    house: Warehouse, entry_type: str, flag: str, what: str, who: str
) -> None:
    house.stock("EAST 1000 5")
    if who == "item":
        house.item("1000", **{flag: True})
        house.keep(Variant("1000", "RED"))
    else:
        house.keep(replace(Variant("1000", "RED"), **{flag: True}))

    with house.refused("blocked_for", item="1000", what=what):
        house.post(line("EAST 1000 variant RED 3", entry_type))


@pytest.mark.parametrize(("entry_type", "flag"), [row[:2] for row in TRADES])
def test_itm_52_a_return_is_not_stopped_by_it(house: Warehouse, entry_type: str, flag: str) -> None:
    house.stock("EAST 1000 5")
    house.item("1000", **{flag: True})

    house.post(line("EAST 1000 -3", entry_type))

    assert house.entries()[-1].entry_type == entry_type


def test_itm_53_adjustments_ignore_these_flags(house: Warehouse) -> None:
    house.item("1000", sales_blocked=True, purchasing_blocked=True)

    house.post(line("EAST 1000 5"), line("EAST 1000 -3"))

    assert len(house.entries()) == 2


@pytest.mark.parametrize(
    ("flag", "text", "entry_type"),
    [
        ("lot_purchase_in", "EAST NOTED 3", "purchase"),
        ("lot_purchase_out", "EAST NOTED -3", "purchase"),
        ("lot_sales_out", "EAST NOTED 3", "sale"),
        ("lot_sales_in", "EAST NOTED -3", "sale"),
    ],
)
def test_tracking_7_the_flag_of_its_direction_asks_for_a_number(
    house: Warehouse, flag: str, text: str, entry_type: str
) -> None:
    house.keep(replace(TrackingCode("NOTED"), **{flag: True}))
    house.item("NOTED", tracking="NOTED", prevent_negative_inventory="no")

    with house.refused("missing", what="lot"):
        house.post(line(text, entry_type))
    other = "sale" if entry_type == "purchase" else "purchase"
    house.post(line(text, other))


def test_tracking_12_a_lot_that_is_not_there_is_not_sold(house: Warehouse) -> None:
    house.item("LOTS", tracking="LOT")
    house.stock("EAST LOTS lot L1 5")

    with house.refused("not_in_stock", number="L2"):
        house.post(line("EAST LOTS lot L2 1", "sale"))


def strict(house: Warehouse, **more: object) -> None:
    code = TrackingCode("STRICT", lot_specific=True, lot_warehouse=True, use_expiration=True, strict_expiration=True)
    house.keep(replace(code, **more))
    house.item("MILK", tracking="STRICT")
    house.stock(f"EAST MILK lot L1 expires {TODAY.isoformat()} 5")


def test_tracking_22_under_strict_expiration_a_sale_after_the_date_is_refused_and_on_the_date_fine(
    house: Warehouse,
) -> None:
    strict(house)

    house.post(line("EAST MILK lot L1 1", "sale"))
    with house.refused("expired", lot="L1", date=TODAY):
        house.post(line("EAST MILK lot L1 1", "sale", posting_date=TODAY + timedelta(days=1)))


@pytest.mark.parametrize(
    ("text", "entry_type"), [("EAST MILK lot L1 -1", "purchase"), ("EAST MILK lot L1 1", "negative_adj")]
)
def test_tracking_22_returns_to_the_vendor_and_adjustments_are_exempt(
    house: Warehouse, text: str, entry_type: str
) -> None:
    strict(house)

    house.post(line(text, entry_type, posting_date=TODAY + timedelta(days=1)))

    assert house.lying("MILK") == ["EAST MILK lot L1 4"]


def test_tracking_23_warranty_counts_from_the_day_of_the_sale_unless_it_is_typed(house: Warehouse) -> None:
    strict(house, warranty_formula="1Y")
    typed = replace(line("EAST MILK lot L1 1", "sale").tracking[0], warranty_until=date(2030, 1, 1))

    house.post(line("EAST MILK lot L1 1", "sale"), line("EAST MILK 1", "sale", tracking=(typed,)))

    assert [row.warranty_until for row in house.rows(ItemEntry)] == [None, date(2027, 3, 2), date(2030, 1, 1)]


def test_tracking_23_warranty_may_have_to_be_typed(house: Warehouse) -> None:
    strict(house, require_warranty_entry=True, warranty_formula="1Y")

    with house.refused("missing", what="warranty"):
        house.post(line("EAST MILK lot L1 1", "sale"))


def shared(*shares: tuple[str, int]) -> tuple[BinShare, ...]:
    return tuple(BinShare(bin, Decimal(qty)) for bin, qty in shares)


@pytest.mark.parametrize(("entry_type", "sign"), [("sale", -1), ("purchase", 1)])
def test_decision_57_one_item_entry_goes_with_several_bin_entries(house: Warehouse, entry_type: str, sign: int) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5")

    house.post(line("W-01 1000 4", entry_type, bins=shared(("W-01", 1), ("W-02", 3))))

    assert [row.qty for row in house.entries()[2:]] == [sign * 4]
    assert [(row.bin, row.qty) for row in house.rows(BinEntry)[2:]] == [("W-01", sign), ("W-02", sign * 3)]


def test_decision_57_shares_that_do_not_make_the_line_are_refused(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 5")

    with house.refused("total_differs", qty=5, total=4):
        house.post(line("W-01 1000 5", "sale", bins=shared(("W-01", 1), ("W-02", 3))))


def test_decision_57_each_of_the_bins_must_hold_its_share(house: Warehouse) -> None:
    house.stock("W-01 1000 5", "W-02 1000 2")

    with house.refused("not_enough", qty=2, short=1):
        house.post(line("W-01 1000 4", "sale", bins=shared(("W-01", 1), ("W-02", 3))))


def test_decision_57_each_of_the_bins_is_checked_for_its_block_and_its_room(house: Warehouse) -> None:
    house.keep(Location(SILVER, bin_mandatory=True, bin_capacity_policy="prohibit"))
    house.keep(Bin(SILVER, "W-02", block="inbound"), BinContent(SILVER, "W-03", "1000", "", "PCS", max=Decimal(2)))

    with house.refused("bin_blocked", bin="W-02"):
        house.post(line("W-01 1000 4", "purchase", bins=shared(("W-01", 1), ("W-02", 3))))
    with house.refused("bin_full", what="qty", max=2):
        house.post(line("W-01 1000 4", "purchase", bins=shared(("W-01", 1), ("W-03", 3))))
