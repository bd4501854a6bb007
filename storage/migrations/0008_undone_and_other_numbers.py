"""What was undone, and indexes of the numbers that partners give to orders and items."""

INDEXES = {
    "order__external": "external_document_no",
    "item__no2": "no2",
    "item__vendor_item_no": "vendor_item_no",
}


def up(migrator, db):
    """Add them."""
    db.execute_sql(
        'CREATE TABLE "undone" ("register" INTEGER NOT NULL PRIMARY KEY, "undone_by" INTEGER NOT NULL) STRICT'
    )
    for name, column in INDEXES.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON "{name.partition("__")[0]}" ("{column}")')
    db.execute_sql("PRAGMA user_version = 8")
