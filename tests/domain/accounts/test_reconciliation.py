"""Comparing value entries with the general ledger (GL-22..26)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.accounts.reconciliation import ACCOUNTS, ReconciliationLine, reconcile
from domain.site import Account, GeneralAccounts
from tests.domain.accounts.accounting import GROUPS, buy, sell, to_gl
from tests.domain.notation import TODAY, Warehouse


@pytest.fixture(autouse=True)
def _goods(house: Warehouse) -> None:
    house.set(automatic_cost_posting=False)
    house.item("1000", inventory_group="GOODS", product_group="RETAIL")


def told(house: Warehouse, **asked: object) -> dict[str, ReconciliationLine]:
    """The lines of which anything is not zero."""
    lines = house.ask(lambda books: reconcile(books, **asked))
    assert [line.account for line in lines] == list(ACCOUNTS)
    return {line.account: line for line in lines if line.total or line.gl_total or line.inventory}


def test_gl_26_once_all_is_posted_nothing_differs(house: Warehouse) -> None:
    house.set(expected_cost_posting=True)
    buy(house, 3)
    sell(house)
    buy(house, is_invoiced=False)
    to_gl(house)

    lines = told(house)

    assert {account: line.gl_total for account, line in lines.items()} == {
        "inventory": 20,
        "inventory_interim": 10,
        "direct_cost_applied": -30,
        "invt_accrual_interim": -10,
        "cogs": 10,
    }
    assert {line.difference for line in lines.values()} == {0}
    assert {line.warning for line in lines.values()} == {""}


def test_gl_23_each_account_tells_which_inventory_account_it_balances(house: Warehouse) -> None:
    buy(house)
    buy(house, is_invoiced=False)

    lines = told(house)

    assert (lines["direct_cost_applied"].inventory, lines["direct_cost_applied"].interim) == (-10, 0)
    assert (lines["invt_accrual_interim"].inventory, lines["invt_accrual_interim"].interim) == (0, -10)


def test_gl_24_what_waits_is_the_reason_of_a_difference(house: Warehouse) -> None:
    buy(house)
    buy(house, is_invoiced=False)

    lines = told(house)

    assert (lines["inventory"].difference, lines["inventory"].warning) == (-10, "not_posted")
    assert lines["inventory_interim"].warning == "expected_not_posted"


def test_gl_24_an_account_of_two_types_is_named(house: Warehouse) -> None:
    shared = GeneralAccounts("", "RETAIL", "5410", cogs="1310", direct_cost_applied="5210")
    house.keep(replace(GROUPS, general_setup=(shared,)))
    buy(house, 2)
    sell(house)
    to_gl(house)

    assert told(house)["inventory"].warning == "account_shared"


def test_gl_24_an_account_taken_out_of_set_up_is_named(house: Warehouse) -> None:
    house.keep(GROUPS)
    buy(house)
    to_gl(house)
    moved = tuple(replace(row, direct_cost_applied="5211") for row in GROUPS.general_setup)
    house.keep(replace(GROUPS, general_setup=moved, accounts=GROUPS.accounts | {"5211": Account()}))

    assert told(house)["direct_cost_applied"].warning == "account_removed"


def test_gl_23_with_an_item_or_a_location_the_general_ledger_is_left_out(house: Warehouse) -> None:
    house.item("1001")
    buy(house)
    buy(house, item="1001")
    to_gl(house)

    of_item, of_location = told(house, item="1000")["inventory"], told(house, location="SILVER")

    assert (of_item.total, of_item.gl_total, of_item.difference) == (10, None, None)
    assert of_location == {}


def test_gl_23_both_ledgers_are_cut_at_the_same_day(house: Warehouse) -> None:
    buy(house)
    buy(house, posting_date=TODAY + timedelta(days=1))
    to_gl(house)

    line = told(house, upto=TODAY)["inventory"]

    assert (line.total, line.difference) == (10, 0)
