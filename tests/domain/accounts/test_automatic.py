"""Value posted to the general ledger together with the posting that makes it (GL-11)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.accounts.reconciliation import reconcile
from domain.costing.adjusting import AdjustCosts
from domain.ledger.books import GlWaiting
from domain.ledger.entries import GlEntry, ItemEntry, register_of
from domain.posting.charges import ItemCharge, post_item_charge
from domain.posting.invoicing import InvoiceEntry, invoice_entry
from domain.posting.valued import adjust_all
from tests.domain.accounts.accounting import GROUPS, buy, posted, sell, to_gl
from tests.domain.notation import Warehouse


@pytest.fixture(autouse=True)
def _goods(house: Warehouse) -> None:
    house.item("1000", inventory_group="GOODS", product_group="RETAIL")


def test_gl_21_the_g_l_entries_are_in_the_register_of_what_made_them(house: Warehouse) -> None:
    entry = buy(house)

    assert posted(house) == ["inventory 10", "direct_cost_applied -10"]
    assert {register_of(row.id) for row in house.rows(GlEntry)} == {register_of(entry)}
    assert house.rows(GlWaiting) == []


def test_gl_11_an_account_that_is_blocked_refuses_the_posting_as_a_whole(house: Warehouse) -> None:
    blocked = replace(GROUPS.accounts["1310"], blocked=True)
    house.keep(replace(GROUPS, accounts=GROUPS.accounts | {"1310": blocked}))

    with house.refused("account_blocked", no="1310"):
        buy(house)

    assert house.rows(ItemEntry) == []


def test_what_cost_adjustment_writes_is_posted_too(house: Warehouse) -> None:
    entry = buy(house, 2)
    sell(house)
    house.do(adjust_all, AdjustCosts(), "ACE")
    house.do(post_item_charge, ItemCharge(Decimal(4), (entry,)), "ACE")
    house.do(adjust_all, AdjustCosts(), "ACE")

    assert posted(house)[-4:] == ["inventory 4", "direct_cost_applied -4", "inventory -2", "cogs 2"]


def test_gl_26_nothing_differs_without_a_batch(house: Warehouse) -> None:
    house.set(expected_cost_posting=True)
    entry = buy(house, 3, is_invoiced=False)
    sell(house)
    house.do(invoice_entry, InvoiceEntry(entry, qty_base=Decimal(1), unit_cost=Decimal(12)), "OLE")
    house.do(adjust_all, AdjustCosts(), "ACE")

    assert {line.difference for line in house.ask(reconcile)} == {0}
    assert to_gl(house).posted == 0


def test_gl_19_switching_it_on_leaves_what_waits_to_the_batch(house: Warehouse) -> None:
    house.set(automatic_cost_posting=False)
    buy(house)
    house.set(automatic_cost_posting=True)
    buy(house)

    assert len(posted(house)) == 2
    assert to_gl(house).posted == 1
