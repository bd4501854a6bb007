"""Which accounts inventory value moves, and how they agree with the ledgers (general-ledger.md)."""
