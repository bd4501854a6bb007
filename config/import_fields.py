"""The fields an import may fill, and how the text of each is read (SITE-09).

Not here: where the text comes from (import_map.py, columns.py), what an import may change (domain/work).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, get_type_hints

from config import scalars
from config.scalars import Unreadable, code_of, key_of, one_of, text
from domain.items.card import Item
from domain.orders.documents import KINDS

Value: TypeAlias = str | int | Decimal | date | bool | tuple[str, ...] | dict[str, Decimal] | dict[str, str] | None
Read: TypeAlias = Callable[[object], Any]
"""Reads the text of a field. Any: each field has a type of its own."""

BETWEEN = ";"
"""Between several units, variants or identifiers of one item."""


def units(value: object) -> dict[str, Decimal]:
    """Read `BOX=6; PALLET=48`: units and how many base units one holds."""
    found = {}
    for part in _several(value):
        unit, _, qty = part.rpartition("=")
        if not unit:
            raise Unreadable(f'"{part}" is not a unit', "write it like BOX=6")
        found[key_of(10)(unit)] = scalars.number_above_zero(qty.strip())
    return found


def variants(value: object) -> tuple[str, ...]:
    """Read `RED; BLUE`."""
    return tuple(key_of(10)(part) for part in _several(value))


def identifiers(value: object) -> dict[str, str]:
    """Read `4006381333931; 14006381333938=BOX`: codes, each with the unit it stands for, "" where none is said."""
    found = {}
    for part in _several(value):
        code, _, unit = part.rpartition("=") if "=" in part else (part, "", "")
        found[code.strip()] = code_of(10)(unit)
    return found


def _several(value: object) -> list[str]:
    return [part.strip() for part in text(value).split(BETWEEN) if part.strip()]


def _fields_of_items() -> dict[str, Read]:
    by_type: dict[object, Read] = {str: text, Decimal: scalars.number, bool: scalars.truth}
    hints = get_type_hints(Item)
    return {
        **{part.name: by_type[hints[part.name]] for part in dataclasses.fields(Item)},
        "no": key_of(20),
        "expiration_calculation": scalars.date_formula,
        **dict.fromkeys(("base_uom", "sales_uom", "purchase_uom", "putaway_uom", "warehouse_class"), code_of(10)),
        **dict.fromkeys(("equipment", "tracking", "shelf_no"), code_of(10)),
        **dict.fromkeys(("category", "product_group", "inventory_group", "vendor"), code_of(20)),
        **dict.fromkeys(("lot_series", "serial_series"), code_of(20)),
        "type": one_of("inventory", "non_inventory", "service"),
        "costing": one_of("fifo", "lifo", "average", "specific", "standard"),
        "replenishment": one_of("purchase", "assembly"),
        **dict.fromkeys(("prevent_negative_inventory", "variant_mandatory"), one_of("default", "no", "yes")),
        "uoms": units,
        "variants": variants,
        "identifiers": identifiers,
    }


FIELDS: dict[str, dict[str, Read]] = {
    "items": _fields_of_items(),
    "stock": {
        "item": key_of(20),
        "variant": code_of(10),
        "location": code_of(10),
        "bin": code_of(20),
        "lot": text,
        "serial": text,
        "package": text,
        "expires": scalars.day,
        "qty": scalars.number,
        "uom": code_of(10),
        "unit_cost": scalars.number,
        "date": scalars.day,
    },
    "orders": {
        "no": key_of(20),
        "kind": one_of(*KINDS),
        "status": one_of("open", "released"),
        "location": code_of(10),
        "partner": code_of(20),
        "partner_name": text,
        "external_document_no": text,
        "order_date": scalars.day,
        "due": scalars.day,
        "priority": scalars.whole_number(),
        "shipping_advice": one_of("partial", "complete"),
        "line": text,
        "item": text,
        "variant": code_of(10),
        "uom": code_of(10),
        "qty": scalars.number,
        "bin": code_of(20),
        "line_due": scalars.day,
        "unit_price": scalars.number,
        "unit_cost": scalars.number,
        "lot": text,
        "serial": text,
        "package": text,
        "expires": scalars.day,
        "tracking_qty": scalars.number_above_zero,
    },
}
"""Kind of import to its fields and their readers. Of items: those of the card (items.md), and three lists."""
NEEDED = {"items": ("no",), "stock": ("item", "qty"), "orders": ("no", "item", "qty")}
LISTS = ("uoms", "variants", "identifiers")
"""Fields that may come from several sources."""
