"""What a pick was made with and who posted it; what picks hold is asked of their lines (docs/decisions/0006)."""

KINDS = {
    "text": '"{0}" TEXT NOT NULL CHECK (length("{0}") <= 250)',
    "number": '"{0}" INTEGER NOT NULL',
    "number?": '"{0}" INTEGER',
    "flag": '"{0}" INTEGER NOT NULL CHECK ("{0}" IN (0, 1))',
}
POSTED_PICK = "text: no; number: register; text: document order location operator; number: posted_at"
ACTIVITY_LINE = (
    "text: activity; number: line_no; text: action location item; number: order_line; text: variant uom; "
    "number: qty_per_unit qty qty_handled qty_to_handle; text: bin; number: bin_ranking; text: lot serial package; "
    "number?: expires; flag: is_number_fixed is_piece; text: proposed_lot proposed_serial proposed_package; "
    "flag: is_short; text: reason handled_by; number?: handled_at"
)
LINE_RULES = (
    'PRIMARY KEY ("activity", "line_no")',
    "CHECK (\"action\" IN ('take', ''))",
    'CHECK ("qty" >= "qty_handled")',
    'CHECK ("qty_to_handle" >= 0)',
)
BIN_BALANCE = "text: location bin item variant uom lot serial package; number: qty qty_base"
BALANCE_KEY = '"location", "bin", "item", "variant", "uom", "lot", "serial", "package"'
BALANCE_INDEXES = (
    '"bin_balance__item" ON "bin_balance" ("item", "variant", "location", "lot", "bin", "qty")',
    '"bin_balance__serial" ON "bin_balance" ("serial", "item", "variant") WHERE "serial" <> \'\'',
    '"bin_balance__package" ON "bin_balance" ("package", "item", "variant") WHERE "package" <> \'\'',
)


def _names(groups):
    return [name for group in groups.split("; ") for name in group.partition(": ")[2].split()]


def _create(name, groups, *rules, without_rowid=""):
    parts = []
    for group in groups.split("; "):
        kind, _, names = group.partition(": ")
        parts += [KINDS[kind].format(column) for column in names.split()]
    return f'CREATE TABLE "{name}" ({", ".join([*parts, *rules])}) STRICT{without_rowid}'


def _anew(db, name, create, columns, said):
    """Make a table again with the columns it has now; `said` is what an old row has in a new one."""
    values = ", ".join(said.get(column, f'"{column}"') for column in columns)
    db.execute_sql(f'ALTER TABLE "{name}" RENAME TO "older"')
    db.execute_sql(create)
    db.execute_sql(f'INSERT INTO "{name}" SELECT {values} FROM "older"')
    db.execute_sql('DROP TABLE "older"')


def up(migrator, db):
    """Make two tables anew and add one, empty."""
    line = _create("activity_line", ACTIVITY_LINE, *LINE_RULES)
    proposed = {f"proposed_{kind}": f'"{kind}"' for kind in ("lot", "serial", "package")} | {"is_piece": "0"}
    _anew(db, "activity_line", line, _names(ACTIVITY_LINE), proposed)
    db.execute_sql('CREATE INDEX "activity_line__bin" ON "activity_line" ("location", "bin", "item", "variant")')
    key = f"PRIMARY KEY ({BALANCE_KEY})"
    balance = _create("bin_balance", BIN_BALANCE, key, without_rowid=", WITHOUT ROWID")
    _anew(db, "bin_balance", balance, _names(BIN_BALANCE), {})
    for index in BALANCE_INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")
    db.execute_sql(_create("posted_pick", POSTED_PICK, 'PRIMARY KEY ("no", "register")'))
    db.execute_sql("PRAGMA user_version = 9")
