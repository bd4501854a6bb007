"""Lines that name an entry: fixed applications, returns, corrections (LED-20, 22..26, 29, 31, 34..36; COS-03, 53)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.ledger.entries import Application, ItemEntry, ValueEntry
from domain.posting import JournalLine
from tests.domain.notation import TODAY, Warehouse, line, reclassification

LATER = TODAY + timedelta(days=5)


@pytest.fixture(autouse=True)
def card(house: Warehouse) -> None:
    house.item("1000", unit_cost=Decimal(2))
    house.item("OWED", unit_cost=Decimal(2), prevent_negative_inventory="no")
    house.item("LOTS", tracking="LOT")


def one(house: Warehouse, *lines: JournalLine) -> int:
    """Post lines; return the last of their entries."""
    return house.post(*lines).entries[-1]


def draws(house: Warehouse) -> list[tuple[int, int, Decimal]]:
    """Return what decreases live on: increase and decrease by their place in the ledger, and how much."""
    place = {entry.id: at for at, entry in enumerate(house.entries(), 1)}
    rows = [row for row in house.rows(Application) if row.outbound_entry and not row.cost_application]
    taken_back = {row.cancels for row in rows}
    live = [row for row in rows if not row.cancels and row.id not in taken_back]
    return sorted((place[row.inbound_entry], place[row.outbound_entry], -row.qty) for row in live)


def value(house: Warehouse, entry: int) -> tuple[Decimal, Decimal, Decimal]:
    """Return actual and expected value of an entry and what of it is invoiced."""
    rows = [row for row in house.rows(ValueEntry) if row.item_entry == entry]
    actual, expected = sum(row.cost_amount_actual for row in rows), sum(row.cost_amount_expected for row in rows)
    return Decimal(actual), Decimal(expected), Decimal(sum(row.invoiced_qty for row in rows))


def valuation(house: Warehouse, entry: int) -> object:
    return [row.valuation_date for row in house.rows(ValueEntry) if row.item_entry == entry][-1]


def test_led_23_a_decrease_draws_on_the_entry_it_names_whatever_is_older(house: Warehouse) -> None:
    first, second = house.stock("EAST 1000 5", "EAST 1000 5", at="7")

    one(house, line("EAST 1000 -3", "purchase", applies_to=second))

    assert draws(house) == [(2, 3, 3)]
    assert house.remaining() == {first: 5, second: 2}
    application = house.rows(Application)[-1]
    assert (application.fixed, house.entries()[-1].applies_to_entry) == (True, second)


def test_cos_03_its_cost_follows_that_entry(house: Warehouse) -> None:
    (first,) = house.stock("EAST 1000 3", at="3.33")

    returned = one(house, line("EAST 1000 -2", "purchase", applies_to=first))

    assert value(house, returned) == (Decimal("-6.66"), 0, -2)


def test_cos_04_for_standard_it_is_the_cards_cost(house: Warehouse) -> None:
    house.item("STD", costing="standard", standard_cost=Decimal(4))
    (first,) = house.stock("EAST STD 3")
    house.item("STD", costing="standard", standard_cost=Decimal(6))

    assert value(house, one(house, line("EAST STD -1", "purchase", applies_to=first)))[0] == -6


def test_led_22_a_fixed_decrease_is_valued_just_as_its_supplier(house: Warehouse) -> None:
    (first,) = house.stock("EAST 1000 3")

    returned = one(house, line("EAST 1000 -2", "purchase", applies_to=first, posting_date=LATER))

    assert valuation(house, returned) == TODAY


@pytest.mark.parametrize(
    ("text", "entry_type", "field"),
    [
        ("EAST OWED -1", "purchase", "item"),
        ("EAST 1000 variant RED -1", "purchase", "variant"),
        ("W-01 1000 -1", "purchase", "location"),
        ("EAST 1000 1", "purchase", "sign"),
    ],
)
def test_led_23_another_entry_than_of_the_same_goods_and_the_other_sign_is_refused(
    house: Warehouse, text: str, entry_type: str, field: str
) -> None:
    house.variant("1000", "RED")
    house.stock("W-01 1000 5")
    (first,) = house.stock("EAST 1000 5")

    with house.refused("entry_differs", field=field):
        house.post(line(text, entry_type, applies_to=first))


def test_led_23_another_lot_is_refused(house: Warehouse) -> None:
    first, _ = house.stock("EAST LOTS lot L1 5", "EAST LOTS lot L2 5")

    with house.refused("entry_differs", field="lot"):
        house.post(line("EAST LOTS lot L2 -1", "purchase", applies_to=first))


def test_an_entry_that_is_not_there_is_refused(house: Warehouse) -> None:
    with house.refused("unknown"):
        house.post(line("EAST 1000 -1", "purchase", applies_to=4711))


def test_led_23_more_than_the_entry_has_is_refused(house: Warehouse) -> None:
    (first, _) = house.stock("EAST 1000 5", "EAST 1000 5")

    with house.refused("entry_used"):
        house.post(line("EAST 1000 -6", "purchase", applies_to=first))
    with house.refused("entry_used"):
        house.post(*[line("EAST 1000 -3", "purchase", applies_to=first)] * 2)


def test_led_23_an_increase_is_pushed_into_the_open_decrease_it_names(house: Warehouse) -> None:
    older, named = (one(house, line("EAST OWED 3", "sale")) for _ in range(2))

    came = one(house, line("EAST OWED 5", "purchase", applies_to=named))

    assert house.remaining() == {older: -1}
    assert [(row.outbound_entry, row.qty, row.fixed) for row in house.rows(Application)[1:]] == [
        (named, -3, True),
        (older, -2, False),
    ]
    assert came not in house.remaining()


def test_led_23_a_decrease_that_is_closed_takes_nothing_more(house: Warehouse) -> None:
    house.stock("EAST OWED 3")
    sold = one(house, line("EAST OWED 3", "sale"))

    with house.refused("entry_used"):
        house.post(line("EAST OWED 3", "purchase", applies_to=sold))


def test_led_24_what_others_drew_automatically_is_taken_back_and_applied_again(house: Warehouse) -> None:
    first, second = house.stock("EAST 1000 5", "EAST 1000 5")
    one(house, line("EAST 1000 4", "sale"))

    one(house, line("EAST 1000 -5", "purchase", applies_to=first))

    assert draws(house) == [(1, 4, 5), (2, 3, 4)]
    assert house.remaining() == {second: 1}


def test_led_24_the_mirror_names_the_row_that_it_takes_back(house: Warehouse) -> None:
    first, _ = house.stock("EAST 1000 5", "EAST 1000 5")
    one(house, line("EAST 1000 4", "sale"))
    automatic = house.rows(Application)[-1]

    one(house, line("EAST 1000 -5", "purchase", applies_to=first))

    (mirror,) = [row for row in house.rows(Application) if row.cancels]
    assert mirror == automatic._replace(id=mirror.id, qty=4, cancels=automatic.id)


def test_led_24_only_as_many_as_needed_are_taken_back_oldest_first(house: Warehouse) -> None:
    first, _ = house.stock("EAST 1000 5", "EAST 1000 5")
    one(house, line("EAST 1000 2", "sale"))
    one(house, line("EAST 1000 2", "sale"))

    one(house, line("EAST 1000 -2", "purchase", applies_to=first))

    assert draws(house) == [(1, 3, 1), (1, 4, 2), (1, 5, 2), (2, 3, 1)]


def test_led_24_a_fixed_application_is_never_taken_back(house: Warehouse) -> None:
    first, _ = house.stock("EAST 1000 5", "EAST 1000 5")
    one(house, line("EAST 1000 -4", "purchase", applies_to=first))

    with house.refused("entry_fixed"):
        house.post(line("EAST 1000 -5", "purchase", applies_to=first))


def test_led_29_what_a_transfer_drew_is_never_taken_back(house: Warehouse) -> None:
    first, _ = house.stock("EAST LOTS lot L1 5", "EAST LOTS lot L1 5")
    house.post(reclassification("EAST LOTS lot L1 4", "EAST lot L2"))

    with house.refused("entry_fixed"):
        house.post(line("EAST LOTS lot L1 -5", "purchase", applies_to=first))


def test_led_24_nothing_is_posted_where_the_robbed_decrease_would_stay_open_and_may_not(house: Warehouse) -> None:
    (first,) = house.stock("EAST 1000 5")
    one(house, line("EAST 1000 4", "sale"))

    with house.refused("not_enough", qty=1, short=3):
        house.post(line("EAST 1000 -4", "purchase", applies_to=first))


def test_led_24_it_stays_open_where_it_may(house: Warehouse) -> None:
    (first,) = house.stock("EAST OWED 5")
    sold = one(house, line("EAST OWED 4", "sale"))

    one(house, line("EAST OWED -4", "purchase", applies_to=first))

    assert house.remaining() == {sold: -3}


def test_led_24_two_lines_of_one_posting_rob_the_same_sale(house: Warehouse) -> None:
    first, second, third = house.stock("EAST 1000 2", "EAST 1000 2", "EAST 1000 9")
    one(house, line("EAST 1000 4", "sale"))

    house.post(*(line("EAST 1000 -2", "purchase", applies_to=entry) for entry in (first, second)))

    assert draws(house) == [(1, 5, 2), (2, 6, 2), (3, 4, 4)]
    assert house.remaining() == {third: 5}


def test_led_25_a_return_takes_the_cost_of_the_sale_and_is_fresh_stock(house: Warehouse) -> None:
    house.stock("EAST 1000 5", at="9")
    sold = one(house, line("EAST 1000 5", "sale"))

    back = one(house, line("EAST 1000 -2", "sale", applies_from=sold, unit_cost=Decimal(77)))

    assert value(house, back) == (4, 0, 2)
    assert house.remaining() == {back: 2}
    application = house.rows(Application)[-1]
    assert (application.inbound_entry, application.outbound_entry, application.qty) == (back, sold, 2)
    assert (application.cost_application, application.fixed) == (True, True)


def test_led_25_an_open_decrease_stays_open(house: Warehouse) -> None:
    sold = one(house, line("EAST OWED 5", "sale"))

    back = one(house, line("EAST OWED -2", "sale", applies_from=sold))

    assert house.remaining() == {sold: -5, back: 2}


def test_led_20_an_increase_never_fills_what_its_cost_comes_from(house: Warehouse) -> None:
    """The sale is robbed; what came back from it may not supply it."""
    (first,) = house.stock("EAST OWED 5")
    sold = one(house, line("EAST OWED 5", "sale"))
    back = one(house, line("EAST OWED -5", "sale", applies_from=sold))

    one(house, line("EAST OWED -5", "purchase", applies_to=first))

    assert house.remaining() == {sold: -5, back: 5}


def test_led_22_a_return_is_not_valued_before_the_sale(house: Warehouse) -> None:
    house.stock("EAST 1000 5")
    sold = one(house, line("EAST 1000 5", "sale", posting_date=LATER))

    back = one(house, line("EAST 1000 -2", "sale", applies_from=sold))

    assert valuation(house, back) == LATER


def test_led_25_it_is_not_allowed_on_decreases(house: Warehouse) -> None:
    house.stock("EAST 1000 5")
    sold = one(house, line("EAST 1000 1", "sale"))

    with house.refused("entry_differs", field="sign"):
        house.post(line("EAST 1000 1", "sale", applies_from=sold))


def test_led_26_no_more_comes_back_than_went_out(house: Warehouse) -> None:
    house.stock("EAST 1000 5")
    sold = one(house, line("EAST 1000 3", "sale"))
    one(house, line("EAST 1000 -1", "sale", applies_from=sold))

    with house.refused("over_return", qty=2):
        house.post(line("EAST 1000 -3", "sale", applies_from=sold))
    with house.refused("over_return", qty=0):
        house.post(*[line("EAST 1000 -1", "sale", applies_from=sold)] * 3)


@pytest.mark.parametrize(("setting", "entry_type"), [("sales", "sale"), ("purchases", "purchase")])
def test_led_27_a_return_must_name_what_it_reverses_where_cost_is_to_be_reversed_exactly(
    house: Warehouse, setting: str, entry_type: str
) -> None:
    (bought,) = house.stock("EAST 1000 5")
    sold = one(house, line("EAST 1000 2", "sale"))
    house.set(**{f"exact_cost_reversing_{setting}": True})

    with house.refused("missing", what="entry"):
        house.post(line("EAST 1000 -1", entry_type))
    named = {"sale": {"applies_from": sold}, "purchase": {"applies_to": bought}}
    house.post(line("EAST 1000 -1", entry_type, **named[entry_type]), line("EAST 1000 1", entry_type))


def correction(house: Warehouse, entry: int, text: str, entry_type: str) -> int:
    """Undo a whole entry."""
    named = next(row for row in house.entries() if row.id == entry)
    told = {"applies_to": entry} if named.qty > 0 else {"applies_from": entry}
    return one(house, line(text, entry_type, is_correction=True, **told))


def test_led_35_and_36_undo_of_a_receipt_closes_both_and_leaves_no_value(house: Warehouse) -> None:
    received = one(house, line("EAST 1000 10", "purchase", unit_cost=Decimal(3), is_invoiced=False))

    undone = correction(house, received, "EAST 1000 -10", "purchase")

    assert house.remaining() == {}
    assert value(house, received) == (30, 0, 10)
    assert value(house, undone) == (-30, 0, -10)
    assert house.rows(ItemEntry)[-1].correction


def test_led_36_the_value_entries_of_an_undo(house: Warehouse) -> None:
    received = one(house, line("EAST 1000 10", "purchase", unit_cost=Decimal(3), is_invoiced=False))
    first = house.rows(ValueEntry)[0].id

    undone = correction(house, received, "EAST 1000 -10", "purchase")

    rows = house.rows(ValueEntry)[1:]
    assert [(row.item_entry, row.cost_amount_expected, row.cost_amount_actual, row.invoiced_qty) for row in rows] == [
        (received, -30, 30, 10),
        (undone, -30, 0, 0),
        (undone, 30, -30, -10),
    ]
    assert [(row.entry_qty, row.valued_qty, row.expected_cost) for row in rows] == [
        (0, 10, False),
        (-10, -10, True),
        (0, -10, False),
    ]
    assert [row.applies_to_entry for row in rows] == [first, 0, rows[1].id]


def test_led_35_undo_of_a_receipt_frees_it_from_what_drew_on_it(house: Warehouse) -> None:
    received = one(house, line("EAST 1000 5", "purchase", is_invoiced=False))
    one(house, line("EAST 1000 3", "sale"))
    (second,) = house.stock("EAST 1000 5")

    correction(house, received, "EAST 1000 -5", "purchase")

    assert house.remaining() == {second: 2}


def test_led_35_and_36_undo_of_a_shipment_brings_stock_back_at_its_cost(house: Warehouse) -> None:
    house.stock("EAST 1000 5", at="9")
    shipped = one(house, line("EAST 1000 5", "sale", is_invoiced=False))

    undone = correction(house, shipped, "EAST 1000 -5", "sale")

    assert house.remaining() == {undone: 5}
    assert value(house, shipped) == (-10, 0, -5)
    assert value(house, undone) == (10, 0, 5)


def test_led_34_a_receipt_that_is_invoiced_is_not_undone(house: Warehouse) -> None:
    received = one(house, line("EAST 1000 5", "purchase"))

    with house.refused("invoiced"):
        house.post(line("EAST 1000 -5", "purchase", applies_to=received, is_correction=True))


@pytest.mark.parametrize("entry_type", ["purchase", "sale"])
def test_led_38_nothing_is_undone_twice(house: Warehouse, entry_type: str) -> None:
    house.stock("EAST 1000 5")
    posted = one(house, line("EAST 1000 5", entry_type, is_invoiced=False))
    correction(house, posted, "EAST 1000 -5", entry_type)

    with house.refused("undone_before"):
        correction(house, posted, "EAST 1000 -5", entry_type)


def test_an_adjustment_is_undone_at_its_own_cost(house: Warehouse) -> None:
    (found,) = house.stock("EAST 1000 3", at="3.33")

    undone = correction(house, found, "EAST 1000 3", "negative_adj")

    assert value(house, undone) == (Decimal("-9.99"), 0, -3)


def test_a_return_is_undone_though_its_item_is_blocked_for_sales(house: Warehouse) -> None:
    house.item("1000", sales_blocked=True, purchasing_blocked=True)
    received = one(house, line("EAST 1000 -5", "sale", is_invoiced=False))

    correction(house, received, "EAST 1000 5", "sale")

    assert house.remaining() == {}
