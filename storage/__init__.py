"""How stock is kept: Peewee, SQLite, one transaction function."""
