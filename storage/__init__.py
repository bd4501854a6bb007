"""How stock is kept: Peewee, SQLite, one transaction function."""

from __future__ import annotations

from storage.rebuild import rebuild
from storage.store import Store
from storage.verify import verify
from storage.verify_chain import Finding

__all__ = ["Finding", "Store", "rebuild", "verify"]
