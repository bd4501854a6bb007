"""Faults of an imported row, told beside its row and column: no handheld shows them, so they may be longer."""

from __future__ import annotations

from tui.texts.wording import Text

IMPORTED: dict[str, Text] = {
    "below_zero": "{qty} is below zero: opening stock is what lies there",
    "twice_in_file": "{code} is in row {row} already: it may be there once",
    "too_long": "{code} is longer than {max} characters",
    "check_digit": "{code} does not end in its check digit",
    "tracking_without_stock": "{item} is of type {type}: only inventory has lots and serials",
    "specific_without_serials": "{item} has specific costing: its tracking code must ask for serials",
    "fixed_by_entries": "{prompt} of {item} must stay {is_now}: it has entries",
    "qty_per_unit": {
        "is_base=True": "{uom} is the base unit: its quantity per unit is 1",
        "": "{uom} needs a quantity per unit above zero",
    },
    "not_a_multiple": "{qty} per {uom} is not a multiple of {step}, the step of the base unit",
    "unit_in_stock": "{uom} of {item} is in stock: its quantity per unit and its step stay as they are",
    "unit_on_order": "{uom} of {item} is on order {document}: its quantity per unit stays as it is",
    "order_exists": "{document} is there already: leave it out, or import with --replace",
    "other_row_wrong": "{document} is left out whole: another row of it is wrong",
    "said_otherwise": "{prompt} of {document} is {is_now} in row {row}: write the same, or another number",
    "code_of_other_item": "{code} is a code of {item} already",
}
