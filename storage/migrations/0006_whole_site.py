"""The rest of the site file: what it says besides places, tracking codes, reasons and people."""

KINDS = {
    "code": '"{0}" TEXT NOT NULL PRIMARY KEY CHECK (length("{0}") <= 250)',
    "id": '"{0}" INTEGER NOT NULL PRIMARY KEY',
    "text": '"{0}" TEXT NOT NULL CHECK (length("{0}") <= 250)',
    "text?": '"{0}" TEXT CHECK (length("{0}") <= 250)',
    "long": '"{0}" TEXT NOT NULL',
    "long?": '"{0}" TEXT',
    "number": '"{0}" INTEGER NOT NULL',
    "flag": '"{0}" INTEGER NOT NULL CHECK ("{0}" IN (0, 1))',
}
NEW = {
    "route": (
        "text: from_location to_location in_transit agent service; flag: direct",
        'PRIMARY KEY ("from_location", "to_location")',
    ),
    "shipping_agent": ("code: code; text: name; long: services",),
    "calendar": ("code: code; long: weekly_off holidays",),
    "warehouse_class": ("code: code; text: name",),
    "equipment": ("code: code; text: name skill",),
    "putaway_template": ("code: code; long: steps",),
    "series_pattern": ("code: code; text: pattern; number: start increment; flag: gapless", 'CHECK ("increment" > 0)'),
    "counting_period": ("code: code; number: times_per_year; text: name", 'CHECK ("times_per_year" > 0)'),
    "posting_groups": (
        "id: id; long: accounts business product inventory inventory_setup general_setup",
        'CHECK ("id" = 1)',
    ),
    "item_template": ("code: code; long: fields",),
    "skill": ("code: code; text: name",),
    "responsibility_center": ("code: code; text: name location",),
    "printer": ("code: code; text: kind address", "CHECK (\"kind\" IN ('zpl', 'text'))"),
}
WIDER = {
    "site_head": (
        (
            "id: id; text: site timezone language; long: currency settings document_series default_groups scanning "
            "keys forms work_types"
        ),
        'CHECK ("id" = 1)',
    ),
    "operator": (
        (
            "code: code; text: name role; long: locations; text: home badge; long: skills zones; "
            "text: language printer; long?: adjust_limit; text?: allow_posting_from allow_posting_to; "
            "text: sales_center purchase_center; flag: blocked"
        ),
    ),
}
SAID = {
    "site_head": {
        "currency": "json_object('code', \"currency\", 'decimals', 2)",
        **dict.fromkeys(("document_series", "default_groups", "keys", "forms", "work_types"), "'{}'"),
    },
    "operator": dict.fromkeys(("sales_center", "purchase_center"), "''"),
}
"""What an old row has in a column that is new, or was another."""


def _columns(groups):
    """Yield name and declaration of each column."""
    for group in groups.split("; "):
        kind, _, names = group.partition(": ")
        for name in names.split():
            yield name, KINDS[kind].format(name)


def _create(name, groups, *rules):
    declared = [column for _, column in _columns(groups)]
    return f'CREATE TABLE "{name}" ({", ".join([*declared, *rules])}) STRICT'


def up(migrator, db):
    """Add the new tables, empty, and make two anew with more columns."""
    for name, table in NEW.items():
        db.execute_sql(_create(name, *table))
    for name, table in WIDER.items():
        values = [SAID[name].get(column, f'"{column}"') for column, _ in _columns(table[0])]
        db.execute_sql(f'ALTER TABLE "{name}" RENAME TO "older"')
        db.execute_sql(_create(name, *table))
        db.execute_sql(f'INSERT INTO "{name}" SELECT {", ".join(values)} FROM "older"')
        db.execute_sql('DROP TABLE "older"')
    db.execute_sql("PRAGMA user_version = 6")
