"""What the hash of a register covers: the format is data here, kept for ever, and written once on each side.

A register's hash is the SHA-256 of its writer's previous head (32 zero bytes at first) and a UTF-8 text of lines: the
register's own, then one for each of its rows by position. A line is the name of the table, the whole numbers in
decimal (`None` for NULL), the number of characters of each text, and the texts: `item_entry 9 7 4 2 MAINL7`. Between
them stands one space, between texts none, and a line feed ends the line; numbers and texts each keep the order below.

A migration that adds a column to one of these tables adds a format. Not here: who makes the hash (books/ledger.py)
and who checks it (verify.py); they share this list and nothing else.
"""

from __future__ import annotations

FORMAT = 2
"""The format of the registers written now."""
NO_HEAD = bytes(32)

_FIRST = """
register        id operation_id operator second_person terminal profile posted_at source program hash_format
item_entry      id posted_at item variant location posting_date document_date entry_type qty uom qty_per_unit
                document_type document_no document_line external_document_no order_type order_no order_line
                lot serial package expires warranty_until applies_to_entry correction drop_shipment
                assemble_to_order source_type source_no reason return_reason
value_entry     id item_entry item variant location item_entry_type entry_type posting_date valuation_date valued_qty
                entry_qty invoiced_qty cost_per_unit cost_amount_actual cost_amount_expected cost_amount_non_invtbl
                variance_type expected_cost partial_revaluation adjustment applies_to_entry item_charge_no inventoriable
                sales_amount_expected sales_amount_actual purchase_amount_expected purchase_amount_actual
                discount_amount document_type document_no document_line business_group product_group inventory_group
                source_code reason
application     id item_entry inbound_entry outbound_entry qty posting_date transferred_from_entry cost_application
                fixed cancels
bin_entry       id posted_at registering_date location zone bin item variant uom qty qty_base entry_type
                lot serial package expires warranty_until cubage weight document_type document_no document_line
                source_type source_no reason
physical_entry  id item variant location bin lot serial package posting_date entry_type qty_calculated qty_counted qty
                unit_cost document_no counted_at operator counting_period reason
audit_row       id record_type record_key field old new reason
"""
_GENERAL_LEDGER = """
gl_entry        id posting_date document_no account amount description source_code
gl_relation     id gl_entry value_entry amount expected balancing
"""


def _tables(text: str) -> dict[str, tuple[str, ...]]:
    """Read the list above: a line that begins at the margin names a table, the words after it are its columns."""
    words = text.replace("\n ", " ").split("\n")
    return {name: tuple(columns) for name, *columns in (line.split() for line in words if line)}


COLUMNS = {1: _tables(_FIRST), 2: _tables(_FIRST + _GENERAL_LEDGER.lstrip())}
"""Format to the tables it covers to their columns."""
