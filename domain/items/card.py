"""The item card, its units and variants, and the codes a scan may carry for it (items.md)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from domain.values import ONE, ZERO


@dataclass(frozen=True, slots=True)
class Item:
    """An article. Costs are per base unit."""

    KEY: ClassVar[tuple[str, ...]] = ("no",)
    AUDITED: ClassVar[bool] = True

    no: str
    description: str = ""
    description2: str = ""
    search_description: str = ""
    no2: str = ""
    type: str = "inventory"
    """inventory, non_inventory, service."""
    base_uom: str = "PCS"
    sales_uom: str = ""
    """"" is the base unit; likewise purchase_uom and putaway_uom."""
    purchase_uom: str = ""
    putaway_uom: str = ""
    category: str = ""
    costing: str = "fifo"
    """fifo, lifo, average, specific, standard."""
    unit_cost: Decimal = ZERO
    standard_cost: Decimal = ZERO
    last_direct_cost: Decimal = ZERO
    indirect_cost_pct: Decimal = ZERO
    overhead_rate: Decimal = ZERO
    """Per base unit (COS-11)."""
    unit_price: Decimal = ZERO
    inventory_value_zero: bool = False
    product_group: str = ""
    inventory_group: str = ""
    shelf_no: str = ""
    gtin: str = ""
    """14 digits, or ""."""
    gross_weight: Decimal = ZERO
    net_weight: Decimal = ZERO
    unit_volume: Decimal = ZERO
    warehouse_class: str = ""
    equipment: str = ""
    tracking: str = ""
    """Tracking code; "" or NONE is none."""
    lot_series: str = ""
    serial_series: str = ""
    expiration_calculation: str = ""
    """Date formula."""
    replenishment: str = "purchase"
    vendor: str = ""
    vendor_item_no: str = ""
    prevent_negative_inventory: str = "default"
    """default, no, yes."""
    variant_mandatory: str = "default"
    blocked: bool = False
    blocked_reason: str = ""
    sales_blocked: bool = False
    purchasing_blocked: bool = False
    safety_stock: Decimal = ZERO
    reorder_point: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class ItemUnit:
    """A unit of an item; the base unit's `qty_per_unit` is 1 (ITM-10)."""

    KEY: ClassVar[tuple[str, ...]] = ("item", "uom")
    AUDITED: ClassVar[bool] = True

    item: str
    uom: str
    qty_per_unit: Decimal = ONE
    qty_rounding_precision: Decimal = ZERO
    """0 is none (ITM-12, ITM-14)."""
    length: Decimal = ZERO
    width: Decimal = ZERO
    height: Decimal = ZERO
    cubage: Decimal = ZERO
    """Of one unit; 0 where neither it nor the three dimensions are given."""
    weight: Decimal = ZERO
    """Of one unit; 0 takes qty_per_unit x the item's net weight."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A version of an item."""

    KEY: ClassVar[tuple[str, ...]] = ("item", "code")
    AUDITED: ClassVar[bool] = True

    item: str
    code: str
    description: str = ""
    blocked: bool = False
    sales_blocked: bool = False
    purchasing_blocked: bool = False


@dataclass(frozen=True, slots=True)
class Identifier:
    """A code a device may scan for an item, variant and unit (catalogue.md). GTINs are held as 14 digits."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    item: str
    variant: str = ""
    uom: str = ""
