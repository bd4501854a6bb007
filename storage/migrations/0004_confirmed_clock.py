"""The step back of the server's clock that was confirmed last (SAF-34)."""


def up(migrator, db):
    """Add its table; no clock went back yet."""
    db.execute_sql(
        'CREATE TABLE "confirmed_clock" ('
        '"id" INTEGER NOT NULL PRIMARY KEY, '
        '"posted_at" INTEGER NOT NULL, '
        '"clock_at" INTEGER NOT NULL, '
        'CHECK ("id" = 1)) STRICT'
    )
    db.execute_sql("PRAGMA user_version = 4")
