"""What the scanner check showed of a device's separators (SCN-51)."""


def up(migrator, db):
    """Add its table; no device has been tested yet."""
    db.execute_sql(
        'CREATE TABLE "separator_proof" ('
        '"profile" TEXT NOT NULL PRIMARY KEY CHECK (length("profile") <= 250), '
        '"gs_proven" INTEGER NOT NULL CHECK ("gs_proven" IN (0, 1)), '
        '"tested_at" INTEGER NOT NULL) STRICT'
    )
    db.execute_sql("PRAGMA user_version = 3")
