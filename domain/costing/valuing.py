"""What an increase is worth and what a decrease costs when it is posted (costing.md COS-02, COS-04, LED-03).

Settling what is provisional is cost adjustment, not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import card_cost
from domain.site import Settings
from domain.values import LARGEST, ZERO, amount, unit_cost


def line_value(
    item: Item,
    settings: Settings,
    *,
    qty: Decimal,
    qty_base: Decimal,
    cost_of_unit: Decimal | None,
    cost_of_line: Decimal | None,
) -> Decimal:
    """Return the actual cost of a journal line, with the sign of its quantity.

    An increase is worth what is given: the line's amount, else `cost_of_unit` (per unit of the line), else the
    card's cost; Standard always the card's (COS-02). A decrease costs the card's unit cost until it is settled
    (COS-04, decision 16).

    Raises Refused("value_too_large") for more than can be kept.
    """
    if item.inventory_value_zero:
        return ZERO
    is_given = qty_base > 0 and item.costing != "standard"
    if is_given and cost_of_line is not None:
        value = cost_of_line
    elif is_given and cost_of_unit is not None:
        value = qty * cost_of_unit
    else:
        value = qty_base * card_cost(item)
    return _kept(value, settings)


def purchase_variance(
    item: Item,
    settings: Settings,
    value: Decimal,
    *,
    qty: Decimal,
    cost_of_unit: Decimal | None,
    cost_of_line: Decimal | None,
) -> Decimal:
    """Return by how much a Standard item is worth more than was paid for it (COS-20); 0 where no cost is given."""
    if item.inventory_value_zero or (cost_of_line is None and cost_of_unit is None):
        return ZERO
    return value - _kept(qty * (cost_of_unit or ZERO) if cost_of_line is None else cost_of_line, settings)


def overhead_of(item: Item, settings: Settings, direct: Decimal, qty_base: Decimal) -> Decimal:
    """Return the indirect cost of a purchase with that direct cost (COS-11)."""
    if item.inventory_value_zero or not (item.indirect_cost_pct or item.overhead_rate):
        return ZERO
    return amount(direct * item.indirect_cost_pct / 100 + item.overhead_rate * qty_base, settings.amount_rounding)


def _kept(value: Decimal, settings: Settings) -> Decimal:
    if abs(value) > LARGEST:
        raise Refused("value_too_large", max=LARGEST)
    return amount(value, settings.amount_rounding)


def shares(total: Decimal, parts: Sequence[Decimal], step: Decimal) -> list[Decimal]:
    """Spread `total` over `parts` so that the shares add up to it exactly (LED-03)."""
    whole = sum(parts, ZERO)
    taken = ZERO
    seen = ZERO
    result = []
    for part in parts:
        seen += part
        upto = amount(total * seen / whole, step) if whole else ZERO
        result.append(upto - taken)
        taken = upto
    return result


def cost_per_base(value: Decimal, qty_base: Decimal, settings: Settings) -> Decimal:
    """Return the cost of one base unit, never negative."""
    return abs(unit_cost(value / qty_base, settings.unit_rounding)) if qty_base else ZERO
