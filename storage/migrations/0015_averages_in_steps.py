"""What the averages of an item were made by, which groups are to be averaged again, and periods without their basis."""

KEY = '"item" TEXT NOT NULL CHECK (length("item") <= 250)'
PLACE = (
    '"variant" TEXT NOT NULL CHECK (length("variant") <= 250), '
    '"location" TEXT NOT NULL CHECK (length("location") <= 250)'
)
PERIODS = (
    f'CREATE TABLE "cost_period" ({KEY}, {PLACE}, "valuation_date" INTEGER NOT NULL, "qty" INTEGER NOT NULL, '
    '"cost" INTEGER NOT NULL, PRIMARY KEY ("item", "variant", "location", "valuation_date")) STRICT, WITHOUT ROWID'
)
AVERAGES = (
    'CREATE TABLE "cost_average" ("item" TEXT NOT NULL PRIMARY KEY CHECK (length("item") <= 250), '
    '"basis" TEXT NOT NULL CHECK (length("basis") <= 250), "through" INTEGER NOT NULL) STRICT, WITHOUT ROWID'
)
WALKS = (
    f'CREATE TABLE "cost_walk" ({KEY}, {PLACE}, "since" INTEGER NOT NULL, "upto" INTEGER NOT NULL, '
    'PRIMARY KEY ("item", "variant", "location")) STRICT, WITHOUT ROWID'
)


def up(migrator, db):
    """Make the periods anew, empty: an item without its basis is averaged from its first entry when it changes next."""
    for statement in ('DROP TABLE "cost_period"', PERIODS, AVERAGES, WALKS):
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 15")
