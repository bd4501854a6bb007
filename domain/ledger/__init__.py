"""Entries, application and registers."""
