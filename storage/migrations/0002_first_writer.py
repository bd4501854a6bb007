"""The writer that numbers the registers of a SQLite file. Data, so it does not share a transaction with the schema."""


def up(migrator, db):
    """Add writer 1, which has written nothing yet."""
    db.execute_sql("INSERT INTO writer VALUES (1, 0, ?, 0, '', 0)", (bytes(32),))
    db.execute_sql("PRAGMA user_version = 2")
