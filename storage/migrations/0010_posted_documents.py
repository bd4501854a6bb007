"""What an order is to handle next, and the documents that its postings leave."""

KINDS = {
    "key": '"{0}" TEXT NOT NULL PRIMARY KEY CHECK (length("{0}") <= 250)',
    "text": '"{0}" TEXT NOT NULL CHECK (length("{0}") <= 250)',
    "number": '"{0}" INTEGER NOT NULL',
}
COLUMNS = {
    "order": ("order_date",),
    "order_line": ("qty_to_handle", "qty_to_handle_base", "applies_to_entry", "applies_from_entry"),
}
TABLES = {
    "posted_document": (
        (
            "key: no; text: kind; number: register posting_date; "
            "text: order location partner partner_name external_document_no"
        ),
    ),
    "posted_line": (
        (
            "text: document; number: line_no order_line; text: item; number: qty qty_base; "
            "text: variant uom lot serial package; number: item_entry qty_invoiced_base corrects"
        ),
        'PRIMARY KEY ("document", "line_no")',
        'CHECK ("qty_base" <> 0)',
    ),
}
INDEXES = {
    "posted_document__register": "register",
    "posted_document__order": "order",
    "posted_line__item_entry": "item_entry",
}


def up(migrator, db):
    """Add them: empty where there are orders already."""
    for table, columns in COLUMNS.items():
        for column in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" INTEGER')
    for table, (columns, *rules) in TABLES.items():
        parts = []
        for group in columns.split("; "):
            kind, _, names = group.partition(": ")
            parts += [KINDS[kind].format(column) for column in names.split()]
        db.execute_sql(f'CREATE TABLE "{table}" ({", ".join([*parts, *rules])}) STRICT')
        for event in ("UPDATE", "DELETE"):
            db.execute_sql(
                f'CREATE TRIGGER "{table}__no_{event.lower()}" BEFORE {event} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for name, column in INDEXES.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON "{name.partition("__")[0]}" ("{column}")')
    db.execute_sql("PRAGMA user_version = 10")
