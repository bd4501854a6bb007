"""Peewee models by subject: schema, constraints, triggers."""
