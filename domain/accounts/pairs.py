"""The account pair of each kind of value entry: the table of GL-03, row by row.

An account is called by its field in the set-up rows. Production is out of scope; which number an account has, is in
chart.py.
"""

from __future__ import annotations

from domain.errors import Refused

INVENTORY_SIDE = ("inventory", "inventory_interim", "wip")
"""The columns of the reconciliation (GL-23)."""
_STOCK_TYPES = ("positive_adj", "negative_adj", "transfer", "assembly_consumption", "assembly_output")
_TABLE = """
purchase              direct_cost                     expected  inventory_interim    invt_accrual_interim
purchase              direct_cost                     actual    inventory            direct_cost_applied
purchase              indirect_cost                   actual    inventory            overhead_applied
purchase              variance:purchase               actual    inventory            purchase_variance
purchase              revaluation                     expected  inventory_interim    invt_accrual_interim
purchase              revaluation                     actual    inventory            inventory_adjmt
purchase              rounding                        actual    inventory            inventory_adjmt
sale                  direct_cost                     expected  inventory_interim    cogs_interim
sale                  direct_cost                     actual    inventory            cogs
sale                  revaluation                     actual    inventory            inventory_adjmt
sale                  rounding                        actual    inventory            inventory_adjmt
stock                 direct_cost                     actual    inventory            inventory_adjmt
stock                 revaluation                     actual    inventory            inventory_adjmt
stock                 rounding                        actual    inventory            inventory_adjmt
positive_adj          direct_cost                     expected  inventory_interim    cogs_interim
negative_adj          direct_cost                     expected  inventory_interim    cogs_interim
transfer              direct_cost                     expected  inventory_interim    cogs_interim
resource              direct_cost                     actual    direct_cost_applied  inventory_adjmt
resource              indirect_cost                   actual    overhead_applied     inventory_adjmt
assembly_output       indirect_cost                   actual    inventory            overhead_applied
assembly_output       variance:material               actual    inventory            material_variance
assembly_output       variance:capacity               actual    inventory            capacity_variance
assembly_output       variance:capacity_overhead      actual    inventory            cap_overhead_variance
assembly_output       variance:mfg_overhead           actual    inventory            mfg_overhead_variance
"""
"""`stock` is each of the types that hold stock without a partner."""
RESOURCE = "resource"
"""Assembly consumption of a resource: a value entry without an item entry."""


def _pairs() -> dict[tuple[str, str, bool], tuple[str, str]]:
    pairs = {}
    for line in _TABLE.strip().splitlines():
        item_entry_type, entry_type, amount, account, balancing = line.split()
        for each in _STOCK_TYPES if item_entry_type == "stock" else (item_entry_type,):
            pairs[each, entry_type, amount == "expected"] = (account, balancing)
    return pairs


PAIRS = _pairs()


def kind_of(entry_type: str, variance_type: str) -> str:
    """Return how the table calls a type of value entry."""
    return f"{entry_type}:{variance_type}" if variance_type else entry_type


def pair_of(item_entry_type: str, entry_type: str, variance_type: str, *, expected: bool) -> tuple[str, str]:
    """Return the account and the balancing account of an amount (GL-03).

    Raises Refused("no_account_pair") for any other combination (GL-04).
    """
    kind = kind_of(entry_type, variance_type)
    found = PAIRS.get((item_entry_type, kind, expected))
    if found is None:
        raise Refused("no_account_pair", item_entry_type=item_entry_type, entry_type=kind, expected=expected)
    return found
