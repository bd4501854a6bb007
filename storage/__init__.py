"""How stock is kept: Peewee, SQLite, one transaction function."""

from __future__ import annotations

from storage.store import Store

__all__ = ["Store"]
