"""Inventory periods and their history, and the items in the application worksheet."""

from __future__ import annotations

from domain.costing import periods
from domain.posting.worksheet import HeldItem
from storage.tables.base import table

TABLES = (table(periods.InventoryPeriod), table(periods.InventoryPeriodEntry), table(HeldItem))
