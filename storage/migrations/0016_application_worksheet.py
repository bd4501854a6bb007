"""Items in the application worksheet."""

HELD = (
    'CREATE TABLE "held_item" ("item" TEXT NOT NULL PRIMARY KEY CHECK (length("item") <= 250), '
    '"operator" TEXT NOT NULL CHECK (length("operator") <= 250), "since" INTEGER NOT NULL, '
    '"entries" TEXT NOT NULL) STRICT'
)


def up(migrator, db):
    """Add their table."""
    db.execute_sql(HELD)
    db.execute_sql("PRAGMA user_version = 16")
