"""Posting groups: the accounts that inventory value moves on (general-ledger.md).

Not here: which account an entry takes (accounts/).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Account:
    """A G/L account."""

    name: str = ""
    type: str = "balance"
    """balance | income."""
    blocked: bool = False
    direct_posting: bool = False


@dataclass(frozen=True, slots=True)
class InventoryAccounts:
    """A row of `inventory_setup`: the accounts of a location (blank is one too) and an inventory group (GL-06)."""

    location: str
    group: str
    inventory: str = ""
    inventory_interim: str = ""
    wip: str = ""
    material_variance: str = ""
    capacity_variance: str = ""
    subcontracted_variance: str = ""
    cap_overhead_variance: str = ""
    mfg_overhead_variance: str = ""


@dataclass(frozen=True, slots=True)
class GeneralAccounts:
    """A row of `general_setup`: the accounts of a business group (blank for adjustments) and a product group."""

    business: str
    product: str
    inventory_adjmt: str = ""
    cogs: str = ""
    cogs_interim: str = ""
    direct_cost_applied: str = ""
    overhead_applied: str = ""
    purchase_variance: str = ""
    invt_accrual_interim: str = ""
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class PostingGroups:
    """The chart of accounts and its groups; a site that has none uses the default chart."""

    KEY: ClassVar[tuple[str, ...]] = ("id",)
    AUDITED: ClassVar[bool] = True

    id: int = 1
    accounts: dict[str, Account] = field(default_factory=dict)
    business: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    inventory: tuple[str, ...] = ()
    inventory_setup: tuple[InventoryAccounts, ...] = ()
    general_setup: tuple[GeneralAccounts, ...] = ()


@dataclass(frozen=True, slots=True)
class DefaultGroups:
    """`default_groups`: of items and partners without their own."""

    business: str = ""
    product: str = ""
    inventory: str = ""
