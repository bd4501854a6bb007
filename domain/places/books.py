"""What is asked of storage about the contents of bins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BinStock:
    """What lies in a bin, one row per item, variant, unit and numbers kept in bins. `qty` is in `uom`."""

    location: str
    bin: str
    item: str
    variant: str
    uom: str
    lot: str
    serial: str
    package: str
    qty: Decimal
    qty_base: Decimal


class BinBalances(Protocol):
    """The derived table `bin_balance`; rows of quantity 0 are never returned."""

    def in_bin(self, location: str, bin: str, item: str | None = None) -> list[BinStock]:
        """Return what lies in one bin, by item, variant, lot, serial."""

    def of_items_in_bins(self, places: Collection[tuple[str, str, str]]) -> list[BinStock]:
        """Return what lies of items in bins: location, bin and item of each; by these, variant, lot, serial."""

    def of_items_at(self, location: str, items: Collection[str]) -> list[BinStock]:
        """Return what lies of items in all bins of a location; by item, bin, variant, lot, serial."""

    def of_item(self, item: str, location: str | None = None, lot: str | None = None) -> list[BinStock]:
        """Return the bins that hold an item, by location and bin."""

    def of_number(self, kind: str, key: str) -> list[BinStock]:
        """Return the bins that hold a lot, serial or package (`kind`), whatever the item; `key` is folded."""
