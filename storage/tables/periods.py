"""Inventory periods and their history."""

from __future__ import annotations

from domain.costing import periods
from storage.tables.base import table

TABLES = (table(periods.InventoryPeriod), table(periods.InventoryPeriodEntry))
