"""The application worksheet: what may be taken back and drawn anew, who is held off, what leaving does (LED-28, 29)."""

from decimal import Decimal

from domain.costing.adjusting import AdjustCosts
from domain.ledger.entries import ValueEntry, shown
from domain.posting.valued import adjust_all
from domain.posting.worksheet import Apply, Unapply, apply, leave, unapply
from storage import verify
from tests.domain.notation import Warehouse, line

BOUGHT = ("EAST 1000 10", "purchase")


def three(house: Warehouse) -> tuple[int, int, int]:
    """Buy ten at 10, ten at 20, and sell four, which come from the first."""
    house.item("1000")
    first, second = (house.post(line(*BOUGHT, unit_cost=Decimal(cost))).entries[0] for cost in (10, 20))
    return first, second, house.post(line("EAST 1000 4", "sale")).entries[0]


def actual(house: Warehouse, entry: int) -> Decimal:
    rows = [row for row in house.rows(ValueEntry) if row.item_entry == entry]
    return sum((row.cost_amount_actual for row in rows), Decimal(0))


def test_led_28_a_sale_is_drawn_from_another_receipt_and_costs_that(house: Warehouse) -> None:
    first, second, sale = three(house)

    house.do(unapply, Unapply(first, sale), "ACE")
    assert house.remaining() == {first: 10, second: 10, sale: -4}
    house.do(apply, Apply(second, sale), "ACE")
    house.do(leave, "1000", "ACE")
    house.do(adjust_all, AdjustCosts(), "ACE")

    assert house.remaining() == {first: 10, second: 6}
    assert actual(house, sale) == -80
    assert verify(house.store) == []


def test_led_28_leaving_applies_what_is_open_by_the_rules(house: Warehouse) -> None:
    first, second, sale = three(house)
    house.do(unapply, Unapply(first, sale), "ACE")

    house.do(leave, "1000", "ACE")

    assert house.remaining() == {first: 6, second: 10}
    assert verify(house.store) == []


def test_led_28_nobody_else_posts_the_item_until_the_worksheet_is_left(house: Warehouse) -> None:
    first, _, sale = three(house)
    house.do(unapply, Unapply(first, sale), "ACE")

    with house.refused("item_unapplied", item="1000"):
        house.post(line("EAST 1000 1", "sale"))
    house.do(leave, "1000", "ACE")

    assert house.post(line("EAST 1000 1", "sale")).entries


def test_led_29_transfers_and_what_is_not_applied_cannot_be_taken_back(house: Warehouse) -> None:
    first, second, sale = three(house)

    with house.refused("cannot_unapply", no=shown(sale)):
        house.do(unapply, Unapply(second, sale), "ACE")
    with house.refused("entry_used", no=shown(sale)):
        house.do(apply, Apply(first, sale), "ACE")
    with house.refused("entry_differs", no=shown(sale), field="sign"):
        house.do(apply, Apply(sale, first), "ACE")


def test_led_29_a_sale_is_not_drawn_from_its_own_return(house: Warehouse) -> None:
    first, _, sale = three(house)
    (back,) = house.post(line("EAST 1000 -4", "sale", applies_from=sale)).entries
    house.do(unapply, Unapply(first, sale), "ACE")

    with house.refused("cost_circle", no=shown(back)):
        house.do(apply, Apply(back, sale), "ACE")
    house.do(leave, "1000", "ACE")

    assert house.remaining()[back] == 4
