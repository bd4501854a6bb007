"""When cost is settled, and on which day it is posted (COS-55, COS-59)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.costing.adjusting import INSIDE_A_POSTING, AdjustCosts
from domain.costing.periods import close_period, create_period
from domain.ledger.entries import ValueEntry
from domain.posting.charges import ItemCharge, post_item_charge
from domain.posting.valued import adjust_all
from domain.site import Settings, SiteHead
from tests.domain.notation import TODAY, Warehouse, line

YESTERDAY = TODAY - timedelta(days=1)


def adjust(house: Warehouse) -> int:
    return house.do(adjust_all, AdjustCosts(), "ACE").written


def sold(house: Warehouse, day: date = TODAY) -> int:
    """Buy three pieces for ten and sell them, on a day; return the receipt."""
    house.item("1000")
    (bought,) = house.post(line("EAST 1000 3", "purchase", amount=Decimal(10), posting_date=day)).entries
    house.post(line("EAST 1000 3", "sale", posting_date=day))
    return bought


def corrections(house: Warehouse) -> list[tuple[str, Decimal, date]]:
    rows = [row for row in house.rows(ValueEntry) if row.adjustment]
    return [(row.entry_type, row.cost_amount_actual, row.posting_date) for row in rows]


def test_cos_55_a_correction_of_a_closed_day_is_posted_on_the_first_open_one(house: Warehouse) -> None:
    bought = sold(house, YESTERDAY)
    adjust(house)
    house.do(create_period, YESTERDAY, "ACE")
    house.do(close_period, YESTERDAY, "ACE")

    house.do(post_item_charge, ItemCharge(Decimal(2), (bought,)), "ACE")
    adjust(house)

    assert corrections(house)[-1] == ("direct_cost", Decimal(-2), TODAY)


def test_per_03_a_closed_day_takes_no_posting(house: Warehouse) -> None:
    bought = sold(house, YESTERDAY)
    adjust(house)
    house.do(create_period, YESTERDAY, "ACE")
    house.do(close_period, YESTERDAY, "ACE")

    with house.refused("period_closed", date=YESTERDAY):
        house.post(line("EAST 1000 3", posting_date=YESTERDAY))
    with house.refused("period_closed", date=YESTERDAY):
        house.do(post_item_charge, ItemCharge(Decimal(2), (bought,), posting_date=YESTERDAY), "ACE")


@pytest.mark.parametrize("more", [0, 1])
def test_cos_59_a_posting_settles_up_to_two_hundred_value_entries_and_leaves_more(house: Warehouse, more: int) -> None:
    house.keep(SiteHead(site="Northside", settings=Settings(automatic_cost_adjustment="always")))
    house.item("1000", unit_cost=Decimal(3))
    house.post(line("EAST 1000 500", amount=Decimal(5000)))
    house.item("1000", unit_cost=Decimal(3))

    house.post(*[line("EAST 1000 -1") for _ in range(INSIDE_A_POSTING + more)])

    assert (adjust(house) > 0) == bool(more)


def test_per_05_nothing_is_valued_before_the_earliest_day(house: Warehouse) -> None:
    house.item("1000")
    house.keep(SiteHead(site="Northside", settings=Settings(earliest_allowed_valuation_date=TODAY)))

    house.post(line("EAST 1000 1"))
    with house.refused("valuation_early", date=TODAY):
        house.post(line("EAST 1000 1", posting_date=YESTERDAY))
