"""Overhead of items, which entries wait for cost adjustment (at first all), and what average periods leave."""

NEW = '"indirect_cost_pct" INTEGER NOT NULL, "overhead_rate" INTEGER NOT NULL, '
AFTER = '"unit_price" INTEGER NOT NULL'
PERIODS = (
    'CREATE TABLE "cost_period" ("item" TEXT NOT NULL CHECK (length("item") <= 250), '
    '"variant" TEXT NOT NULL CHECK (length("variant") <= 250), '
    '"location" TEXT NOT NULL CHECK (length("location") <= 250), "valuation_date" INTEGER NOT NULL, '
    '"qty" INTEGER NOT NULL, "cost" INTEGER NOT NULL, "basis" TEXT NOT NULL CHECK (length("basis") <= 250), '
    'PRIMARY KEY ("item", "variant", "location", "valuation_date")) STRICT, WITHOUT ROWID'
)
VALUED = 'CREATE INDEX "value_entry__valued" ON "value_entry" ("item", "valuation_date", "item_entry")'
MARKS = (
    'CREATE TABLE "cost_mark" ("item" TEXT NOT NULL CHECK (length("item") <= 250), "entry" INTEGER NOT NULL, '
    'PRIMARY KEY ("item", "entry")) STRICT, WITHOUT ROWID'
)


def up(migrator, db):
    """Make the item table anew with two more columns, 0 in what stands, and mark every entry."""
    schema = "SELECT sql FROM sqlite_schema WHERE tbl_name = 'item' AND type = ? AND sql IS NOT NULL"
    ((table,),) = db.execute_sql(schema, ("table",)).fetchall()
    indexes = db.execute_sql(schema, ("index",)).fetchall()
    columns = [f'"{name}"' for _, name, *_ in db.execute_sql("PRAGMA table_info(item)").fetchall()]
    kept = ", ".join(columns)
    db.execute_sql('ALTER TABLE "item" RENAME TO "older"')
    db.execute_sql(table.replace(AFTER, NEW + AFTER))
    db.execute_sql(
        f'INSERT INTO "item" ({kept}, "indirect_cost_pct", "overhead_rate") SELECT {kept}, 0, 0 FROM "older"'
    )
    db.execute_sql('DROP TABLE "older"')
    for (index,) in indexes:
        db.execute_sql(index)
    for statement in (MARKS, PERIODS, VALUED):
        db.execute_sql(statement)
    db.execute_sql("INSERT INTO cost_mark (item, entry) SELECT item, id FROM item_entry")
    db.execute_sql("PRAGMA user_version = 12")
