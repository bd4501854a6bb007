"""The first schema: ledgers, derived tables, site, items, documents, people.

Frozen: it knows nothing of the program's own classes, and is never changed once it has run somewhere.
"""

KINDS = {
    "number": '"{0}" INTEGER NOT NULL',
    "number?": '"{0}" INTEGER',
    "flag": '"{0}" INTEGER NOT NULL CHECK ("{0}" IN (0, 1))',
    "text": '"{0}" TEXT NOT NULL CHECK (length("{0}") <= 250)',
    "text?": '"{0}" TEXT CHECK (length("{0}") <= 250)',
    "long": '"{0}" TEXT NOT NULL',
    "long?": '"{0}" TEXT',
    "bytes": '"{0}" BLOB NOT NULL',
    "number key": '"{0}" INTEGER NOT NULL PRIMARY KEY',
    "text key": '"{0}" TEXT NOT NULL PRIMARY KEY CHECK (length("{0}") <= 250)',
}

APPEND_ONLY = """
register item_entry value_entry application bin_entry physical_entry audit_row operation scan_journal
"""
WITHOUT_ROWID = """
stock_balance bin_balance serial_state tracking_number
"""

TABLES = """
writer
    number key: id; number: sequence; bytes: head; number: posted_at; text: holder; number: lease_until
    check "id" BETWEEN 1 AND 1023
    check "sequence" >= 0
    check length("head") = 32
register
    number key: id; text: operation_id operator second_person terminal profile; number: posted_at
    text: source program; bytes: hash; number: hash_format
    check length("hash") = 32
item_entry
    number key: id; number: posted_at; text: item variant location; number: posting_date document_date
    text: entry_type; number: qty; text: uom; number: qty_per_unit; text: document_type document_no
    number: document_line; text: external_document_no order_type order_no; number: order_line; text: lot
    text: serial package; number?: expires warranty_until; number: applies_to_entry; flag: correction
    flag: drop_shipment assemble_to_order; text: source_type source_no reason return_reason
    check "entry_type" IN ('purchase', 'sale', 'positive_adj', 'negative_adj', 'transfer',
        'assembly_output', 'assembly_consumption')
    check "qty" <> 0
    check "qty_per_unit" > 0
    check "serial" = '' OR "qty" IN (-100000, 100000)
value_entry
    number key: id; number: item_entry; text: item variant location item_entry_type entry_type
    number: posting_date valuation_date valued_qty entry_qty invoiced_qty cost_per_unit cost_amount_actual
    number: cost_amount_expected cost_amount_non_invtbl; text: variance_type; flag: expected_cost
    flag: partial_revaluation adjustment; number: applies_to_entry; text: item_charge_no; flag: inventoriable
    number: sales_amount_expected sales_amount_actual purchase_amount_expected purchase_amount_actual
    number: discount_amount; text: document_type document_no; number: document_line; text: business_group
    text: product_group inventory_group source_code reason
    check "item_entry_type" IN ('', 'purchase', 'sale', 'positive_adj', 'negative_adj', 'transfer',
        'assembly_output', 'assembly_consumption')
    check "entry_type" IN ('direct_cost', 'indirect_cost', 'variance', 'revaluation', 'rounding')
    check "variance_type" IN ('', 'purchase', 'material', 'capacity', 'subcontracted',
        'capacity_overhead', 'mfg_overhead')
application
    number key: id; number: item_entry inbound_entry outbound_entry qty posting_date transferred_from_entry
    flag: cost_application fixed; number: cancels
    check "qty" <> 0
bin_entry
    number key: id; number: posted_at registering_date; text: location zone bin item variant uom; number: qty
    number: qty_base; text: entry_type lot serial package; number?: expires warranty_until; number: cubage
    number: weight; text: document_type document_no; number: document_line; text: source_type source_no reason
    check "entry_type" IN ('positive_adj', 'negative_adj', 'movement')
    check "qty" <> 0
    check "serial" = '' OR "qty_base" IN (-100000, 100000)
physical_entry
    number key: id; text: item variant location bin lot serial package; number: posting_date; text: entry_type
    number: qty_calculated qty_counted qty unit_cost; text: document_no; number: counted_at; text: operator
    text: counting_period reason
    check "entry_type" IN ('positive_adj', 'negative_adj')
    check "qty" >= 0
    check "qty_counted" >= 0
audit_row
    number key: id; text: record_type; long: record_key; text: field; long: old new; text: reason
operation
    text key: id; text: command operator; number: at; long: result
    check "id" <> ''
stock_balance
    text: item variant location lot package; number: qty amount expected_amount; keys: item variant location
    keys: lot package
bin_balance
    text: location bin item variant uom lot serial package; number: qty qty_base picked_qty; keys: location
    keys: bin item variant uom lot serial package
    check "picked_qty" >= 0
open_entry
    number key: entry; text: item variant location lot serial package; number: posting_date posted_at
    number: remaining_qty
serial_state
    text: item variant serial location bin state; keys: item variant serial
    check "state" IN ('in_stock', 'issued')
tracking_number
    text: item variant kind key no; number?: expires; keys: item variant kind key
    check "kind" IN ('lot', 'serial', 'package')
site_head
    number key: id; text: site timezone language currency; long: settings scanning
    check "id" = 1
location
    text key: code; text: name; long: address; flag: in_transit bin_mandatory require_receive require_shipment
    flag: require_putaway require_pick directed use_cross_docking; text: cross_dock_due default_bin_selection
    text: pick_bin_policy putaway_bin_policy putaway_template; flag: use_putaway_worksheet
    flag: always_create_pick_line always_create_putaway_line pick_fefo allow_breakbulk
    text: bin_capacity_policy; flag: check_warehouse_class; text: special_equipment assembly_handling
    text: inbound_handling outbound_handling calendar; flag: use_adcs; long: bins
    check "default_bin_selection" IN ('none', 'fixed', 'last_used')
    check "pick_bin_policy" IN ('default_bin', 'bin_ranking')
    check "putaway_bin_policy" IN ('default_bin', 'template')
    check "bin_capacity_policy" IN ('never', 'allow_more', 'prohibit')
    check "special_equipment" IN ('none', 'bin', 'sku_item')
bin_type
    text key: code; flag: receive ship put_away pick
zone
    text: location code description bin_type; number: ranking; text: warehouse_class equipment
    flag: cross_dock; keys: location code
bin
    text: location code description zone bin_type; number: ranking; text: warehouse_class equipment block
    number: max_cubage max_weight; flag: cross_dock dedicated one_lot_per_bin; text: check; keys: location
    keys: code
    check "block" IN ('none', 'inbound', 'outbound', 'all')
    check "max_cubage" >= 0
    check "max_weight" >= 0
bin_content
    text: location bin item variant uom; flag: fixed default; number: min max; text: block; flag: from_site
    keys: location bin item variant uom
    check "block" IN ('none', 'inbound', 'outbound', 'all')
    check "min" >= 0
    check "max" >= 0
tracking_code
    text key: code; text: description; flag: serial_specific serial_warehouse serial_purchase_in
    flag: serial_purchase_out serial_sales_in serial_sales_out serial_pos_adj_in serial_pos_adj_out
    flag: serial_neg_adj_in serial_neg_adj_out serial_transfer serial_info_must_exist_in
    flag: serial_info_must_exist_out serial_create_info_on_posting lot_specific lot_warehouse lot_purchase_in
    flag: lot_purchase_out lot_sales_in lot_sales_out lot_pos_adj_in lot_pos_adj_out lot_neg_adj_in
    flag: lot_neg_adj_out lot_transfer lot_info_must_exist_in lot_info_must_exist_out
    flag: lot_create_info_on_posting package_specific package_warehouse package_purchase_in
    flag: package_purchase_out package_sales_in package_sales_out package_pos_adj_in package_pos_adj_out
    flag: package_neg_adj_in package_neg_adj_out package_transfer package_info_must_exist_in
    flag: package_info_must_exist_out use_expiration require_expiration_entry strict_expiration
    text: warranty_formula; flag: require_warranty_entry
unit_of_measure
    text key: code; text: name international
reason_code
    text key: code; text: text; long: offered_for; flag: needs_approval; text: location; flag: value_zero
    number: position
role
    text key: code; long: may; long?: adjust_limit
operator
    text key: code; text: name role; long: locations; text: home badge; long: skills zones; text: language
    text: printer; long?: adjust_limit; text?: allow_posting_from allow_posting_to; flag: blocked
item
    text key: no; text: description description2 search_description no2 type base_uom sales_uom purchase_uom
    text: putaway_uom category costing; number: unit_cost standard_cost last_direct_cost unit_price
    flag: inventory_value_zero; text: product_group inventory_group shelf_no gtin; number: gross_weight
    number: net_weight unit_volume; text: warehouse_class equipment tracking lot_series serial_series
    text: expiration_calculation replenishment vendor vendor_item_no prevent_negative_inventory
    text: variant_mandatory; flag: blocked; text: blocked_reason; flag: sales_blocked purchasing_blocked
    number: safety_stock reorder_point
    check "type" IN ('inventory', 'non_inventory', 'service')
    check "costing" IN ('fifo', 'lifo', 'average', 'specific', 'standard')
    check "prevent_negative_inventory" IN ('default', 'no', 'yes')
    check "variant_mandatory" IN ('default', 'no', 'yes')
item_unit
    text: item uom; number: qty_per_unit qty_rounding_precision length width height cubage weight; keys: item
    keys: uom
    check "qty_per_unit" > 0
    check "qty_rounding_precision" >= 0
variant
    text: item code description; flag: blocked sales_blocked purchasing_blocked; keys: item code
identifier
    text key: code; text: item variant uom
info_card
    text: kind item variant key no description; flag: blocked; text: test_quality certificate_no; keys: kind
    keys: item variant key
    check "kind" IN ('lot', 'serial', 'package')
number_series
    text key: code; number: last
    check "last" >= 0
claim
    text key: document; text: operator terminal; number: until
count_journal
    text key: no; text: location bin status opened_by; number: opened_at; text: finished_by
    number?: finished_at; number: register
    check "status" IN ('open', 'finished', 'posted')
count_line
    text: journal; number: line_no; text: item variant bin lot serial package; number?: expires; text: uom
    flag: listed; number: qty_calculated; number?: snapshot_at qty_counted counted_at; text: counted_by
    number?: first_count; number: counts; flag: review; keys: journal line_no
    check "qty_counted" >= 0
    check "first_count" >= 0
pending_adjustment
    text key: no; text: operator; number: asked_at; text: location bin item variant lot serial package
    number?: expires; number: qty; text: uom reason operation_id status decided_by; number: register
    check "status" IN ('waiting', 'approved', 'refused')
pin
    text key: operator; text: hash; number: set_at
login_counter
    text: kind name; long: wrong_at; number?: locked_until; number: locks; number?: day; number: tries
    keys: kind name
    check "kind" IN ('operator', 'device')
terminal_session
    text key: terminal; text: operator location profile holder; number: seen_at scans; long: state
parked_work
    text: operator; number: parked_at; text: terminal location; long: state; keys: operator parked_at
scan_journal
    text: terminal; number: no at; text: operator location profile source; bytes: raw; text: prompt outcome
    text: code; long: reading; number: register; keys: terminal no
    check "source" IN ('scanned', 'keyed', 'pasted')
    check "outcome" IN ('accepted', 'refused', 'ignored')
"""

INDEXES = """
register__operator: operator posted_at
item_entry__dated: item location lot posting_date qty
item_entry__card: item posted_at id
item_entry__lot: lot posted_at id where lot
item_entry__serial: serial item variant location qty where serial
value_entry__item_entry: item_entry
bin_entry__serial: serial item variant location bin qty_base where serial
stock_balance__location: location item variant lot package
bin_balance__item: item variant location lot bin qty
bin_balance__serial: serial item variant where serial
bin_balance__package: package item variant where package
open_entry__fifo: item variant location posting_date posted_at entry
open_entry__lot: lot item variant location posting_date posted_at entry where lot
open_entry__serial: serial item variant location posting_date posted_at entry where serial
open_entry__package: package item variant location posting_date posted_at entry where package
serial_state__location: item variant location serial
tracking_number__key: kind key
bin_content__item: location item variant bin uom
item__gtin: gtin
identifier__item: item
count_journal__location: location bin status
pending_adjustment__location: location status
"""


def _quoted(names):
    return ", ".join(f'"{name}"' for name in names)


def _tables():
    """Yield name, columns and checks of each table: a name at the margin, what it holds below, each line begun anew."""
    for block in TABLES.strip().replace("\n        ", " ").replace("\n    ", "\t").split("\n"):
        name, *lines = block.split("\t")
        checks = [line.removeprefix("check ") for line in lines if line.startswith("check ")]
        yield name, "; ".join(line for line in lines if not line.startswith("check ")), checks


def _table(name, columns, checks):
    parts, keys = [], []
    for group in columns.split("; "):
        kind, _, names = group.partition(": ")
        if kind == "keys":
            keys += names.split()
        else:
            parts += [KINDS[kind].format(column) for column in names.split()]
    if keys:
        parts.append(f"PRIMARY KEY ({_quoted(keys)})")
    parts += [f"CHECK ({check})" for check in checks]
    rowid = ", WITHOUT ROWID" if name in WITHOUT_ROWID.split() else ""
    return f'CREATE TABLE "{name}" ({", ".join(parts)}) STRICT{rowid}'


def _index(line):
    name, _, rest = line.partition(": ")
    columns, _, where = rest.partition(" where ")
    only = f" WHERE \"{where}\" <> ''" if where else ""
    return f'CREATE INDEX "{name}" ON "{name.partition("__")[0]}" ({_quoted(columns.split())}){only}'


def _trigger(name, event):
    return (
        f'CREATE TRIGGER "{name}__no_{event.lower()}" BEFORE {event} ON "{name}" '
        f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
    )


def up(migrator, db):
    """Make everything; the header says whose file it is and which schema it has."""
    for table in _tables():
        db.execute_sql(_table(*table))
    for line in INDEXES.strip().splitlines():
        db.execute_sql(_index(line))
    for name in APPEND_ONLY.split():
        for event in ("UPDATE", "DELETE"):
            db.execute_sql(_trigger(name, event))
    db.execute_sql("PRAGMA application_id = 0x4169736C")
    db.execute_sql("PRAGMA user_version = 1")
