"""The general ledger of inventory value, and the queue of what waits for it: at first every value entry with value."""

TEXT = 'TEXT NOT NULL CHECK (length("{0}") <= 250)'
FLAG = 'INTEGER NOT NULL CHECK ("{0}" IN (0, 1))'
ENTRIES = (
    'CREATE TABLE "gl_entry" ("id" INTEGER NOT NULL PRIMARY KEY, "posting_date" INTEGER NOT NULL, '
    f'"document_no" {TEXT.format("document_no")}, "account" {TEXT.format("account")}, "amount" INTEGER NOT NULL, '
    f'"description" {TEXT.format("description")}, "source_code" {TEXT.format("source_code")}, '
    """CHECK ("amount" <> 0), CHECK ("account" <> '')) STRICT"""
)
RELATIONS = (
    'CREATE TABLE "gl_relation" ("id" INTEGER NOT NULL PRIMARY KEY, "gl_entry" INTEGER NOT NULL, '
    '"value_entry" INTEGER NOT NULL, "amount" INTEGER NOT NULL, '
    f'"expected" {FLAG.format("expected")}, "balancing" {FLAG.format("balancing")}, CHECK ("amount" <> 0)) STRICT'
)
WAITING = (
    'CREATE TABLE "gl_waiting" ("value_entry" INTEGER NOT NULL PRIMARY KEY, "actual" INTEGER NOT NULL, '
    '"expected" INTEGER NOT NULL) STRICT'
)
WITH_ACTUAL = 'CREATE INDEX "gl_waiting__actual" ON "gl_waiting" ("value_entry") WHERE "actual" <> 0'
BACKLOG = (
    "INSERT INTO gl_waiting (value_entry, actual, expected) SELECT id, cost_amount_actual, cost_amount_expected "
    "FROM value_entry WHERE cost_amount_actual <> 0 OR cost_amount_expected <> 0"
)


def up(migrator, db):
    """Add them."""
    for statement in (ENTRIES, RELATIONS, WAITING, WITH_ACTUAL, BACKLOG):
        db.execute_sql(statement)
    for table in ("gl_entry", "gl_relation"):
        for event in ("update", "delete"):
            db.execute_sql(
                f'CREATE TRIGGER "{table}__no_{event}" BEFORE {event.upper()} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    db.execute_sql("PRAGMA user_version = 14")
