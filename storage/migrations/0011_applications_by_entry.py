"""Indexes of what supplied whom: fixed applications, returns and undo ask who drew on an entry."""


def up(migrator, db):
    """Add them; an increase's own row, which nobody looks for by its other side, costs nothing in them."""
    for side in ("inbound", "outbound"):
        db.execute_sql(
            f'CREATE INDEX "application__{side}" ON "application" ("{side}_entry") WHERE "outbound_entry" <> 0'
        )
    db.execute_sql("PRAGMA user_version = 11")
