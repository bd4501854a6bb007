"""The batch that posts inventory cost to the general ledger (GL-01..17)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.accounts.chart import DEFAULT_CHART
from domain.ledger.entries import GlEntry, GlRelation, ValueEntry, register_of
from domain.posting.invoicing import InvoiceEntry, invoice_entry
from domain.posting.to_gl import PostToGl, look_at_gl
from domain.site import Account, GeneralAccounts, SiteHead
from tests.domain.accounts.accounting import GROUPS, buy, posted, sell, to_gl
from tests.domain.notation import TODAY, Warehouse


@pytest.fixture(autouse=True)
def _goods(house: Warehouse) -> None:
    house.set(automatic_cost_posting=False)
    house.item("1000", inventory_group="GOODS", product_group="RETAIL")


def test_gl_02_an_amount_stands_on_two_accounts_and_a_negative_one_swaps_them(house: Warehouse) -> None:
    buy(house, 2)
    sell(house)

    assert to_gl(house).posted == 2
    assert posted(house) == ["inventory 20", "direct_cost_applied -20", "inventory -10", "cogs 10"]


def test_gl_17_a_second_run_posts_nothing_and_makes_no_register(house: Warehouse) -> None:
    buy(house)
    to_gl(house)
    before = house.footprint()

    assert to_gl(house).posted == 0
    assert house.footprint() == before


def test_gl_21_a_run_is_one_register_and_the_entries_have_the_dates_of_their_value(house: Warehouse) -> None:
    yesterday = TODAY - timedelta(days=1)
    buy(house, posting_date=yesterday, document_no="D1")
    buy(house)
    to_gl(house)

    rows = house.rows(GlEntry)
    assert len({register_of(row.id) for row in rows}) == 1
    assert [(row.posting_date, row.document_no) for row in rows] == [(yesterday, "D1")] * 2 + [(TODAY, "")] * 2


def test_gl_08_the_interim_accounts_are_empty_once_all_is_invoiced(house: Warehouse) -> None:
    house.set(expected_cost_posting=True)
    entry = buy(house, is_invoiced=False)
    to_gl(house)
    house.do(invoice_entry, InvoiceEntry(entry, unit_cost=Decimal(12)), "OLE")
    to_gl(house)

    assert posted(house) == [
        "inventory_interim 10",
        "invt_accrual_interim -10",
        "inventory_interim -10",
        "invt_accrual_interim 10",
        "inventory 12",
        "direct_cost_applied -12",
    ]


def test_gl_16_and_gl_20_expected_cost_waits_until_it_is_to_be_posted(house: Warehouse) -> None:
    buy(house, is_invoiced=False)

    assert (to_gl(house).posted, posted(house)) == (0, [])
    house.set(expected_cost_posting=True)
    assert to_gl(house).posted == 1


def test_gl_13_groups_are_kept_apart_by_date_accounts_and_sign(house: Warehouse) -> None:
    buy(house, 4)
    buy(house, 1)
    sell(house)
    sell(house)
    sell(house, posting_date=TODAY + timedelta(days=1))
    to_gl(house, per_group=True, document_no="GL1")

    assert posted(house) == [
        "inventory 50",
        "direct_cost_applied -50",
        "inventory -20",
        "cogs 20",
        "inventory -10",
        "cogs 10",
    ]
    assert {row.document_no for row in house.rows(GlEntry)} == {"GL1"}
    assert len(house.rows(GlRelation)) == 10


def test_gl_12_a_document_is_asked_for_with_groups_and_refused_without(house: Warehouse) -> None:
    with house.refused("gl_document_missing"):
        to_gl(house, per_group=True)
    with house.refused("gl_document_given"):
        to_gl(house, document_no="GL1")


def test_only_what_is_dated_by_a_day_or_is_of_some_items_is_posted(house: Warehouse) -> None:
    buy(house)

    assert to_gl(house, upto=TODAY - timedelta(days=1)).posted == 0
    assert to_gl(house, items=("1001",)).posted == 0
    assert to_gl(house, upto=TODAY, items=("1000", "1001")).posted == 1


def test_a_run_that_stops_goes_on_after_what_it_looked_at_last(house: Warehouse) -> None:
    for _ in range(3):
        buy(house)

    first = to_gl(house, most=2)
    second = to_gl(house, most=2, after=first.last)

    assert (first.posted, second.posted, second.last) == (2, 1, 0)


def test_gl_14_and_gl_15_what_is_dated_outside_the_window_is_named_and_the_rest_posted(house: Warehouse) -> None:
    buy(house, posting_date=TODAY - timedelta(days=9))
    buy(house)
    house.set(allow_posting_from="-1D")

    result = to_gl(house)

    (skipped,) = result.skipped
    assert (result.posted, skipped.reason.code) == (1, "date_outside")
    assert skipped.value_entry == house.rows(ValueEntry)[0].id


def test_gl_15_looking_names_the_same_and_posts_nothing(house: Warehouse) -> None:
    house.keep(replace(GROUPS, general_setup=()))
    buy(house)
    before = house.footprint()

    seen = house.do(look_at_gl, PostToGl(), "ACE")

    assert house.footprint() == before
    assert [one.reason.code for one in seen.skipped] == ["no_posting_setup"]
    assert str(seen) == str(to_gl(house))


@pytest.mark.parametrize(
    ("groups", "code", "facts"),
    [
        (replace(GROUPS, inventory_setup=()), "no_posting_setup", {"key": "EAST / GOODS"}),
        (replace(GROUPS, general_setup=()), "no_posting_setup", {"key": " / RETAIL"}),
        (
            replace(GROUPS, general_setup=(GeneralAccounts("", "RETAIL", blocked=True),)),
            "posting_setup_blocked",
            {"key": " / RETAIL"},
        ),
        (
            replace(GROUPS, general_setup=(GeneralAccounts("", "RETAIL"),)),
            "account_not_filled",
            {"account": "direct_cost_applied", "key": " / RETAIL"},
        ),
        (replace(GROUPS, accounts={"1310": Account()}), "account_blocked", {"no": "5210", "variant": "missing"}),
        (
            replace(GROUPS, accounts=GROUPS.accounts | {"1310": Account(blocked=True)}),
            "account_blocked",
            {"no": "1310"},
        ),
    ],
)
def test_gl_06_set_up_that_names_no_account_is_told(house: Warehouse, groups, code: str, facts: dict) -> None:
    house.keep(groups)
    buy(house)

    (skipped,) = to_gl(house).skipped

    assert (skipped.reason.code, skipped.reason.facts) == (code, facts)


def test_gl_06_each_location_has_its_own_inventory_account(house: Warehouse) -> None:
    house.keep(GROUPS)
    house.stock("EAST 1000 1", "W-01 1000 2", at="3")
    to_gl(house)

    assert [(row.account, row.amount) for row in house.rows(GlEntry)] == [
        ("1310", 3),
        ("5410", -3),
        ("1311", 6),
        ("5410", -6),
    ]


def test_an_item_without_groups_has_those_of_the_site(house: Warehouse) -> None:
    house.item("1000")
    head = house.one(SiteHead, 1)
    assert head is not None
    defaults = replace(head.default_groups, product="RETAIL", inventory="GOODS")
    house.keep(GROUPS, replace(head, default_groups=defaults))
    buy(house)

    assert to_gl(house).posted == 1


def test_without_set_up_the_default_chart_answers(house: Warehouse) -> None:
    buy(house)
    to_gl(house)

    numbers = [DEFAULT_CHART[account][0] for account in ("inventory", "direct_cost_applied")]
    assert [row.account for row in house.rows(GlEntry)] == numbers
