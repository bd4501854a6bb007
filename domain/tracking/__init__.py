"""Tracking codes, lots, serials, packages, expiry."""
