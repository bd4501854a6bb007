"""A house whose value is posted to the general ledger, and its G/L entries in short."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.accounts.chart import DEFAULT_CHART
from domain.ledger.entries import GlEntry
from domain.posting.to_gl import PostedToGl, PostToGl, post_to_gl
from domain.site import Account, GeneralAccounts, InventoryAccounts, PostingGroups
from tests.domain.notation import Warehouse, line

NAMES = {number: account for account, (number, _) in DEFAULT_CHART.items()}
GROUPS = PostingGroups(
    accounts={"1310": Account(), "1311": Account(), "5110": Account(), "5210": Account(), "5410": Account()},
    product=("RETAIL",),
    inventory=("GOODS",),
    inventory_setup=(InventoryAccounts("EAST", "GOODS", "1310"), InventoryAccounts("SILVER", "GOODS", "1311")),
    general_setup=(GeneralAccounts("", "RETAIL", "5410", cogs="5110", direct_cost_applied="5210"),),
)
"""Set-up in which a purchase, a sale and an adjustment at EAST and SILVER have accounts."""


def buy(house: Warehouse, qty: int = 1, cost: int = 10, **more: Any) -> int:
    told = line(f"EAST 1000 {qty}", "purchase", unit_cost=Decimal(cost))
    return house.post(replace(told, **more)).entries[0]


def sell(house: Warehouse, qty: int = 1, **more: Any) -> int:
    return house.post(replace(line(f"EAST 1000 {qty}", "sale"), **more)).entries[0]


def to_gl(house: Warehouse, **asked: Any) -> PostedToGl:
    return house.do(post_to_gl, PostToGl(**asked), "ACE")


def posted(house: Warehouse) -> list[str]:
    """Each G/L entry as `inventory 10`."""
    return [f"{NAMES[row.account]} {row.amount.normalize():f}" for row in house.rows(GlEntry)]
