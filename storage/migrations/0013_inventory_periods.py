"""Inventory periods and what was done with them."""

TABLES = (
    (
        'CREATE TABLE "inventory_period" ("ending" INTEGER NOT NULL PRIMARY KEY, '
        '"name" TEXT NOT NULL CHECK (length("name") <= 250), '
        '"closed" INTEGER NOT NULL CHECK ("closed" IN (0, 1))) STRICT'
    ),
    (
        'CREATE TABLE "inventory_period_entry" ("ending" INTEGER NOT NULL, "entry_no" INTEGER NOT NULL, '
        '"type" TEXT NOT NULL CHECK (length("type") <= 250), '
        '"operator" TEXT NOT NULL CHECK (length("operator") <= 250), '
        '"at" INTEGER NOT NULL, "closing_register" INTEGER NOT NULL, PRIMARY KEY ("ending", "entry_no")) STRICT'
    ),
)


def up(migrator, db):
    """Add them."""
    for table in TABLES:
        db.execute_sql(table)
    db.execute_sql("PRAGMA user_version = 13")
