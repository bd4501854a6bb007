"""Orders with their lines and numbers, and the picks made from them."""

KINDS = {
    "key": '"{0}" TEXT NOT NULL PRIMARY KEY CHECK (length("{0}") <= 250)',
    "text": '"{0}" TEXT NOT NULL CHECK (length("{0}") <= 250)',
    "number": '"{0}" INTEGER NOT NULL',
    "number?": '"{0}" INTEGER',
    "flag": '"{0}" INTEGER NOT NULL CHECK ("{0}" IN (0, 1))',
}
TABLES = {
    "order": (
        (
            "key: no; text: kind location status partner partner_name; number?: due; number: priority; "
            "text: shipping_advice external_document_no; number?: created_at"
        ),
        "CHECK (\"kind\" IN ('sales_order', 'purchase_order', 'sales_return_order', 'purchase_return_order'))",
        "CHECK (\"status\" IN ('open', 'released'))",
        "CHECK (\"shipping_advice\" IN ('partial', 'complete'))",
    ),
    "order_line": (
        (
            "text: order; number: line_no; text: item; number: qty qty_base; text: variant location bin uom; "
            "number: qty_per_unit; number?: due unit_price unit_cost; "
            "number: qty_handled qty_handled_base qty_invoiced_base"
        ),
        'PRIMARY KEY ("order", "line_no")',
        'CHECK ("qty_base" > 0)',
        'CHECK ("qty_handled_base" BETWEEN 0 AND "qty_base")',
    ),
    "order_tracking": (
        (
            "text: order; number: line_no row_no qty_base; text: lot serial package; number?: expires; "
            "number: qty_handled_base"
        ),
        'PRIMARY KEY ("order", "line_no", "row_no")',
        'CHECK ("qty_base" > 0)',
        'CHECK ("qty_handled_base" BETWEEN 0 AND "qty_base")',
    ),
    "activity": (
        (
            "key: no; text: kind; flag: is_inventory; text: location order partner; number?: due; number: priority; "
            "text: assigned stands_at; number?: created_at"
        ),
        "CHECK (\"kind\" IN ('pick'))",
    ),
    "activity_line": (
        (
            "text: activity; number: line_no; text: action location item; number: order_line; text: variant uom; "
            "number: qty_per_unit qty qty_handled qty_to_handle; text: bin; number: bin_ranking; "
            "text: lot serial package; number?: expires; flag: is_number_fixed is_short; text: reason handled_by; "
            "number?: handled_at"
        ),
        'PRIMARY KEY ("activity", "line_no")',
        "CHECK (\"action\" IN ('take', ''))",
        'CHECK ("qty" >= "qty_handled")',
        'CHECK ("qty_to_handle" >= 0)',
    ),
}
INDEXES = {
    "order__location": "location status due",
    "order_line__item": "item variant location",
    "activity__location": "location kind due",
    "activity__order": "order",
    "activity_line__bin": "location bin item variant",
}


def up(migrator, db):
    """Add them, empty."""
    for name, (columns, *rules) in TABLES.items():
        parts = []
        for group in columns.split("; "):
            kind, _, names = group.partition(": ")
            parts += [KINDS[kind].format(column) for column in names.split()]
        db.execute_sql(f'CREATE TABLE "{name}" ({", ".join([*parts, *rules])}) STRICT')
    for name, columns in INDEXES.items():
        quoted = ", ".join(f'"{column}"' for column in columns.split())
        db.execute_sql(f'CREATE INDEX "{name}" ON "{name.partition("__")[0]}" ({quoted})')
    db.execute_sql("PRAGMA user_version = 7")
