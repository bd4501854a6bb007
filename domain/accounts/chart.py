"""The chart of accounts: which number an account has for a value entry by set-up (GL-06), and the default chart.

Not here: which accounts a value entry moves at all (pairs.py), reading and checking set-up (config/).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from domain.errors import Refused
from domain.ledger.entries import ValueEntry
from domain.records import Records
from domain.site import Account, DefaultGroups, GeneralAccounts, InventoryAccounts, PostingGroups, SiteHead

ON_LOCATION = tuple(field.name for field in fields(InventoryAccounts) if field.name not in ("location", "group"))
"""Accounts found by location and inventory group; the others are found by business and product group."""
ON_BUSINESS = tuple(
    field.name for field in fields(GeneralAccounts) if field.name not in ("business", "product", "blocked")
)
TRADED = ("purchase", "sale")
"""Item entry types that have a partner; the others are of the blank business group."""

DEFAULT_CHART = {
    "inventory": ("1310", Account("Inventory")),
    "inventory_interim": ("1320", Account("Inventory, not invoiced")),
    "wip": ("1330", Account("Work in process")),
    "invt_accrual_interim": ("2310", Account("Receipts not invoiced")),
    "cogs": ("5110", Account("Cost of goods sold", "income")),
    "cogs_interim": ("5120", Account("Cost of goods shipped, not invoiced", "income")),
    "direct_cost_applied": ("5210", Account("Direct cost applied", "income")),
    "overhead_applied": ("5220", Account("Overhead applied", "income")),
    "purchase_variance": ("5310", Account("Purchase variance", "income")),
    "material_variance": ("5320", Account("Material variance", "income")),
    "capacity_variance": ("5330", Account("Capacity variance", "income")),
    "subcontracted_variance": ("5340", Account("Subcontracted variance", "income")),
    "cap_overhead_variance": ("5350", Account("Capacity overhead variance", "income")),
    "mfg_overhead_variance": ("5360", Account("Manufacturing overhead variance", "income")),
    "inventory_adjmt": ("5410", Account("Inventory adjustment", "income")),
}
"""Number and account by field, for a site without posting groups: it answers for every location and group."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Set-up of a site; without posting groups the default chart."""

    groups: PostingGroups | None
    defaults: DefaultGroups

    def number(self, account: str, value: ValueEntry) -> str:
        """Return the number that an account, called by its field, has for a value entry.

        Raises Refused: no_posting_setup, no row; posting_setup_blocked; account_not_filled in the row;
        account_blocked, or missing.
        """
        if self.groups is None:
            return DEFAULT_CHART[account][0]
        row = self._inventory_row(value) if account in ON_LOCATION else self._general_row(value)
        number = str(getattr(row, account))
        if not number:
            raise Refused("account_not_filled", account=account, key=_key(row))
        if number not in self.groups.accounts:
            raise Refused("account_blocked", no=number, variant="missing")
        if self.groups.accounts[number].blocked:
            raise Refused("account_blocked", no=number)
        return number

    def numbers_of(self, account: str) -> frozenset[str]:
        """Return every number an account has in any row of set-up."""
        if self.groups is None:
            return frozenset({DEFAULT_CHART[account][0]})
        rows = self.groups.inventory_setup if account in ON_LOCATION else self.groups.general_setup
        return frozenset(number for row in rows if (number := getattr(row, account)))

    def _inventory_row(self, value: ValueEntry) -> InventoryAccounts:
        key = (value.location, value.inventory_group or self.defaults.inventory)
        rows = self.groups.inventory_setup if self.groups else ()
        found = next((row for row in rows if (row.location, row.group) == key), None)
        if found is None:
            raise Refused("no_posting_setup", key=" / ".join(key))
        return found

    def _general_row(self, value: ValueEntry) -> GeneralAccounts:
        partner = self.defaults.business if value.item_entry_type in TRADED else ""
        key = (value.business_group or partner, value.product_group or self.defaults.product)
        rows = self.groups.general_setup if self.groups else ()
        found = next((row for row in rows if (row.business, row.product) == key), None)
        if found is None:
            raise Refused("no_posting_setup", key=" / ".join(key))
        if found.blocked:
            raise Refused("posting_setup_blocked", key=" / ".join(key))
        return found


def chart_of(records: Records) -> Chart:
    """Return the chart of the site."""
    head = records.one(SiteHead, SiteHead().id) or SiteHead()
    return Chart(records.one(PostingGroups, PostingGroups().id), head.default_groups)


def _key(row: InventoryAccounts | GeneralAccounts) -> str:
    parts = (row.location, row.group) if isinstance(row, InventoryAccounts) else (row.business, row.product)
    return " / ".join(parts)
