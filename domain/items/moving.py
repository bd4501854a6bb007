"""May an item move, and how much is that in its base unit (items.md: types, units, variants, blocking)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from domain.errors import Refused
from domain.items.card import Item, ItemUnit, Variant
from domain.records import Records
from domain.site import Settings
from domain.values import LARGEST, ONE, QTY_STEP, ZERO, quantity, rounded


@dataclass(frozen=True, slots=True)
class Moved:
    """A quantity in the unit it was given in and in the base unit; both have the same sign."""

    uom: str
    qty: Decimal
    qty_per_unit: Decimal
    qty_base: Decimal


def pack(records: Records, item: Item, uom: str) -> Decimal:
    """Return how many base units a unit of the item holds; 1 for "" and for a unit that is not kept."""
    unit = records.one(ItemUnit, item.no, uom) if uom else None
    return unit.qty_per_unit if unit else ONE


def item_to_move(records: Records, settings: Settings, item_no: str, variant: str) -> Item:
    """Return the item when stock of it may be posted.

    Raises Refused: unknown item or variant, not an inventory item (ITM-01), blocked item or variant (ITM-50,
    ITM-54), variant missing where it is mandatory (ITM-31).
    """
    item = records.one(Item, item_no)
    if item is None:
        raise Refused("unknown", code=item_no, prompt="item")
    if item.type != "inventory":
        raise Refused("no_stock_type", item=item.no)
    if item.blocked:
        raise Refused("blocked", what="item", code=item.no)
    if variant:
        row = records.one(Variant, item.no, variant)
        if row is None:
            raise Refused("unknown", code=variant, prompt="variant")
        if row.blocked:
            raise Refused("blocked", what="variant", code=variant)
    elif _variant_is_mandatory(item, settings) and records.rows(Variant, item=item.no):
        raise Refused("missing", what="variant")
    return item


def refuse_blocked_for(records: Records, item: Item, variant: str, trade: str) -> None:
    """Refuse an item or variant that is blocked for a `trade`, sales or purchases (ITM-51, ITM-54); not for returns.

    Raises Refused("blocked_for").
    """
    flag = {"sales": "sales_blocked", "purchases": "purchasing_blocked"}[trade]
    card = records.one(Variant, item.no, variant) if variant else None
    if getattr(item, flag) or (card is not None and getattr(card, flag)):
        raise Refused("blocked_for", item=item.no, what=trade)


def variants_to_move(records: Records, settings: Settings, item: Item) -> list[str]:
    """Return the variants a person may choose from: not blocked, last the blank one where it may move (ITM-31, 50).

    Just the blank one for an item without variants.
    """
    rows = records.rows(Variant, item=item.no)
    named = [row.code for row in rows if not row.blocked]
    return named if rows and _variant_is_mandatory(item, settings) else [*named, ""]


def unit_of(records: Records, item: Item, uom: str) -> ItemUnit:
    """Return the item's unit, the base unit for "".

    Raises Refused("unknown") where the item is not kept in that unit.
    """
    unit = records.one(ItemUnit, item.no, uom or item.base_uom)
    if unit is not None:
        return unit
    if uom in ("", item.base_uom):
        return ItemUnit(item=item.no, uom=item.base_uom)
    raise Refused("unknown", code=uom, prompt="unit")


def in_base_unit(records: Records, item: Item, uom: str, qty: Decimal) -> Moved:
    """Convert a quantity to the base unit.

    Raises Refused("bad_qty"): more than five decimals, too large to be kept, not a multiple of the unit's step
    (ITM-14), or nothing is left of it (ITM-15).
    """
    unit = unit_of(records, item, uom)
    largest = LARGEST / unit.qty_per_unit
    if abs(qty) > min(largest, LARGEST) or qty != quantity(qty):
        raise Refused("bad_qty", max=min(largest, LARGEST).to_integral_value(ROUND_FLOOR))
    step = unit.qty_rounding_precision
    if step and qty % step:
        raise Refused("bad_qty", step=step, uom=unit.uom)
    base = unit if unit.uom == item.base_uom else unit_of(records, item, "")
    qty_base = rounded(qty * unit.qty_per_unit, base.qty_rounding_precision or QTY_STEP)  # ITM-12
    if qty and not qty_base:
        raise Refused("bad_qty", uom=unit.uom)
    return Moved(unit.uom, quantity(qty), unit.qty_per_unit, quantity(qty_base))


def weight_of(item: Item, unit: ItemUnit) -> Decimal:
    """Return the weight of one `unit`."""
    return unit.weight or unit.qty_per_unit * item.net_weight


def cubage_of(item: Item, unit: ItemUnit) -> Decimal:
    """Return the cubage of one `unit`: typed, else length x width x height, else from the base unit's volume."""
    return unit.cubage or unit.length * unit.width * unit.height or unit.qty_per_unit * item.unit_volume


def prevents_negative(item: Item, settings: Settings) -> bool:
    """Say whether a decrease without stock is refused (ITM-61)."""
    if item.prevent_negative_inventory == "default":
        return settings.prevent_negative_inventory
    return item.prevent_negative_inventory == "yes"


def card_cost(item: Item) -> Decimal:
    """Return the cost of one base unit as the card shows it (COS-06, COS-70)."""
    if item.inventory_value_zero:
        return ZERO
    return item.standard_cost if item.costing == "standard" else item.unit_cost


def _variant_is_mandatory(item: Item, settings: Settings) -> bool:
    if item.variant_mandatory == "default":
        return settings.variant_mandatory_if_exists
    return item.variant_mandatory == "yes"
