"""Peewee models by subject: schema, constraints, triggers.

Imported by tests, and by whoever lists the schema; a running terminal does without Peewee.
"""

from __future__ import annotations

from storage.tables import documents, items, ledger, orders, people, periods, posted, site, stock
from storage.tables.base import AppendOnly, Table, triggers

MODELS = (
    *ledger.TABLES,
    *stock.TABLES,
    *site.TABLES,
    *items.TABLES,
    *documents.TABLES,
    *orders.TABLES,
    *posted.TABLES,
    *people.TABLES,
    *periods.TABLES,
)

__all__ = ["MODELS", "AppendOnly", "Table", "triggers"]
