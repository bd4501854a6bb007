"""The words of the case language: keys of a case, verbs with their arguments, expectations.

What a word does stands where it is built (given.py, verbs/, ledgers.py); what a row of an expectation holds is what
its reader gives. A word that is not here does not exist; a word that is here may not be built yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Mistake(Exception):
    """The case itself is wrong: a key, verb or name that does not exist."""


class NotBuilt(Exception):
    """The language has the word (the message), the product does not have what it says yet."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


CASE = words("id title rule source tags checked basis note given steps then")
VECTOR = words("id raw profile kind facts warn error readings scans today note title source rule")
GIVEN = words(
    "today settings site items tracking_codes categories attributes references boms resources vendors customers"
    " skus lots serials number_series counting_periods operators routes responsibility_centers catalog_items stock"
    " suggestions inventory_periods accounting_periods identifiers"
)
THEN = words(
    "entries value_entries items gl gl_entries valuation on_hand documents reservations lots serials physical_ledger"
    " warehouse_ledger bin_contents registers audit ledger applications periods posted_documents"
)
SCREEN = words("prompt error field want got counted lines message outcome")
STOCK = words("item variant location bin lot serial package expires qty uom unit_cost date as")
SITE = words(
    "locations routes shipping_agents calendars bin_types warehouse_classes equipment zones bins bin_contents"
    " putaway_templates tracking_codes number_series document_series units_of_measure reason_codes counting_periods"
    " posting_groups default_groups item_templates scanning keys forms roles operators skills work_types"
    " responsibility_centers printers settings"
)
SETTINGS = words(
    "default_costing average_cost_period average_cost_calc_type automatic_cost_adjustment cost_adjustment_schedule"
    " cost_adjustment_logging automatic_cost_posting expected_cost_posting amount_rounding unit_rounding"
    " earliest_allowed_valuation_date allow_posting_from allow_posting_to user_allow_posting_from"
    " user_allow_posting_to prevent_negative_inventory stockout_warning variant_mandatory_if_exists"
    " location_mandatory default_location default_responsibility_center default_qty_to_ship default_qty_to_receive"
    " exact_cost_reversing_sales exact_cost_reversing_purchases direct_transfer_posting over_receipt_codes"
    " default_over_receipt_code catalog_number_format look_ahead_period look_ahead_bucket default_safety_lead_time"
    " counting short_reasons offer_count_after_short load_check skill_check max_typed_qty session pin_min_length"
    " audit_years durability warehouse_adjustment"
)
ITEM = words(
    "description description2 search_description no2 type base_uom uoms sales_uom purchase_uom putaway_uom category"
    " attributes unit_cost standard_cost last_direct_cost unit_price costing indirect_cost_pct overhead_rate lot_size"
    " inventory_value_zero product_group inventory_group shelf_no gtin gross_weight net_weight unit_volume weight"
    " cubage warehouse_class equipment putaway_template use_cross_docking skills tracking lot_series serial_series"
    " expiration_calculation counting_period last_counting_date next_start next_end replenishment assembly_policy"
    " vendor vendor_item_no lead_time reserve stockout_warning prevent_negative_inventory variant_mandatory variants"
    " blocked blocked_reason sales_blocked purchasing_blocked over_receipt_code critical reordering_policy"
    " reorder_point reorder_quantity maximum_inventory safety_stock safety_lead_time time_bucket"
    " lot_accumulation_period rescheduling_period dampener_period dampener_quantity overflow_level minimum_order_qty"
    " maximum_order_qty order_multiple include_inventory rounding_precision from_catalogue"
)

STEP = words("do as id error confirm see")
"""Arguments of every verb."""
ANY = "*"
"""Takes any further argument: fields of a document or card, known to whoever builds the verb."""
MOVED = "qty uom variant lot serial serials package expires tracking date reason"
POSTED = f"{MOVED} location bin unit_cost amount unit_price applies_to applies_from party"

_VERBS = f"""
purchase sell adjust_up adjust_down return_to_vendor customer_return receive ship: item qty|serials|tracking; {POSTED}
assemble: item qty|serials|tracking; {POSTED} components
transfer: item qty|serials|tracking from to; {POSTED} to_bin
reclassify: item qty|serials|tracking from to; {MOVED}
move: item qty|serials|tracking location from_bin to_bin; {MOVED}
warehouse_adjust_up warehouse_adjust_down: item location bin qty|serials|tracking; {MOVED} qty_base
invoice_receipt: receipt; qty unit_cost amount date
invoice_shipment: shipment; qty unit_price amount date
item_charge: amount assign|to; method date party
undo: of; date reason line
unapply apply: inbound outbound; qty date
repeat: times step
adjust_cost: ; items date
revalue_entry: entry new_unit_cost|new_value; date reason
revalue_item: item new_unit_cost|new_value; date location variant update_standard_cost reason
calculate_inventory_value: item date per; location variant
set_standard_cost: item cost; date
roll_up_cost: item; levels date
post_inventory_cost_to_gl: ; date
close_period reopen_period: ending
setup: settings
purchase_order sales_order purchase_return_order sales_return_order: as|id lines; *
transfer_order: as|id from to lines; *
assembly_order: as|id item qty; *
release reopen cancel refresh_lines update_unit_cost post_warehouse_receipt calculate_cross_dock undo_assembly: of; date
make_reservations finish_recording reopen_recording finish_count_order reopen_count_order post_count_order: of; date
post_receipt post_shipment post_invoice post_assembly: of; lines tracking date
undo_receipt undo_shipment: of; line date
change: of; *
change_line: of line; *
type_tracking: of line row; *
explode promise: of line
reserve: of line; from qty lot serial
auto_reserve: of; line
cancel_reservation: of line; qty
allocate: as|id policy; items
carry_out: of; rows
post: of; date
warehouse_receipt warehouse_shipment: as|id of
post_warehouse_shipment: of; lines date
create_pick create_put_away: as|id of; kind
create_movement: as|id item|of; qty uom variant lot serial package location from_bin to_bin
replenish: as|id location; breakbulk
get_bin_content: location; bins
handle: of line qty; bin lot serial package expires place_bin
split_line: of line qty; bin
short: of line qty reason
swap_lot: of line lot
register: of; all date
claim take_over: of who
calculate_inventory: as|id; location bins items zero_stock
enter: of item qty; bin variant uom lot serial package expires
post_count: of; uncounted date
count_order: as|id; location bins items date zero_stock category without_transactions period
count_recording: as|id of; blind lines allow_without_order
record: of rows
calculate_counting_period: date; items location
next_counting_window: frequency; last_count next_start next_end
warehouse_count: as|id location; bins items zero_stock
calculate_warehouse_adjustment: location; items lots serials date
availability: view; item variant location date period uom lot of *
able_to_make: item; qty variant location date levels
plan: ; items from to location
where_used: item; variant date levels
find_items: attributes|category|text
resolve_reference: code; type party date
trace: direction lot|serial|package|item; item variant components
on_hand_at: date; item variant location bin lot serial package
parse: scan
assign_numbers: of|item qty series|first; line increment lot
convert: item qty uom to
date_formula: formula
audit check:
change_item: item; *
change_variant: item code; *
lot_info: item lot; *
serial_info: item serial; *
site: bins|bin_contents|locations|zones|remove
wait: minutes
floor: keys; job of who location profile size
drop: ; who key
resume: who
"""


def _table() -> dict[str, tuple[tuple[frozenset[str], ...], frozenset[str]]]:
    """Return for each verb what it needs (each a choice of arguments) and every argument it takes."""
    table: dict[str, tuple[tuple[frozenset[str], ...], frozenset[str]]] = {}
    for row in _VERBS.strip().splitlines():
        verbs, _, arguments = row.partition(":")
        needs, _, takes = arguments.partition(";")
        choices = tuple(frozenset(choice.split("|")) for choice in needs.split())
        known = words(takes).union(STEP, *choices)
        table |= dict.fromkeys(verbs.split(), (choices, known))
    return table


VERBS = _table()


def mistakes(case: Mapping[str, Any]) -> Iterator[str]:
    """Report every word of a case that the language does not have, and every argument a step lacks."""
    yield from _unknown(case, VECTOR if "raw" in case else CASE, "case")
    given = case.get("given") or {}
    yield from _unknown(given, GIVEN, "given")
    yield from _unknown(given.get("settings") or {}, SETTINGS, "given.settings")
    yield from _unknown(given.get("site") or {}, SITE, "given.site")
    for no, fields in (given.get("items") or {}).items():
        yield from _unknown(fields or {}, ITEM, f"given.items.{no}")
    for row in given.get("stock") or []:
        yield from _unknown(row, STOCK, "given.stock")
    for number, step in enumerate(case.get("steps") or [], 1):
        yield from (f"step {number}: {text}" for text in _step_mistakes(step))
    yield from _unknown(case.get("then") or {}, THEN, "then")


def _step_mistakes(step: Any) -> Iterator[str]:
    verb = step.get("do") if isinstance(step, dict) else None
    if verb not in VERBS:
        yield f"unknown verb {verb}"
        return
    needs, known = VERBS[verb]
    yield from (f"{verb} needs {' or '.join(sorted(choice))}" for choice in needs if not choice & step.keys())
    if "error" in step and "see" in step:
        yield f"{verb}: what is refused shows nothing"
    if ANY not in known:
        yield from _unknown(step, known, verb)
    if verb == "repeat":
        yield from _step_mistakes(step.get("step"))
    if verb == "check":
        yield from _unknown(step.get("see") or {}, THEN, "check see")
    if verb in ("floor", "resume"):
        yield from _unknown(step.get("see") or {}, SCREEN | THEN, f"{verb} see")


def _unknown(value: Any, known: frozenset[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{where}: unknown key {key}" for key in value if key not in known)
    else:
        yield f"{where} is not a mapping"
