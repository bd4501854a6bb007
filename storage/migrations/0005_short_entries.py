"""An index of the open decreases: an increase asks for them, and would read all open receipts of its item else."""


def up(migrator, db):
    """Add it."""
    db.execute_sql(
        'CREATE INDEX "open_entry__short" ON "open_entry" '
        '("item", "variant", "location", "posting_date", "posted_at", "entry") WHERE "remaining_qty" < 0'
    )
    db.execute_sql("PRAGMA user_version = 5")
