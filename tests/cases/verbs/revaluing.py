"""Revaluation and standard costs (costing.md COS-23, COS-60..67)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.items.card import Item
from domain.posting.revaluing import RevalueStock, StockToValue, inventory_value, revalue_stock
from domain.values import ZERO
from tests.cases.arguments import Arguments
from tests.cases.item_cards import save
from tests.cases.verbs.built import Result, verb
from tests.cases.verbs.posting import entry_of
from tests.cases.vocabulary import Mistake
from tests.cases.world import World


@verb("calculate_inventory_value", takes="item date per location variant")
def calculate_inventory_value(world: World, step: Arguments) -> Result:
    """Tell what can be revalued of an item; per entry is asked of one of its entries."""
    stock = _stock(world, step)
    if step.text("per") == "entry":
        stock = replace(stock, entry=-1)
    found = world.do(inventory_value, stock)
    qty, value = sum((one.qty for one in found), ZERO), sum((one.value for one in found), ZERO)
    return {"qty": qty, "value": value, "unit_cost": value / qty if qty else ZERO}


@verb("revalue_entry", takes="entry new_unit_cost new_value date reason")
def revalue_entry(world: World, step: Arguments) -> Result:
    """Revalue one increase."""
    number = entry_of(world, step.text("entry"))
    entry = world.ask(lambda books: books.entries.one(number))
    if entry is None:
        raise Mistake("revalue_entry names no entry")
    return _revalue(world, step, replace(_stock(world, step), item=entry.item, entry=number))


@verb("revalue_item", takes="item new_unit_cost new_value date location variant update_standard_cost reason")
def revalue_item(world: World, step: Arguments) -> Result:
    """Revalue all increases of an item."""
    return _revalue(world, step, _stock(world, step))


@verb("set_standard_cost", takes="item cost date")
def set_standard_cost(world: World, step: Arguments) -> Result:
    """Change the card; stock on hand keeps its value (COS-23)."""
    no, cost = step.text("item"), step.number("cost")
    item = world.ask(lambda books: books.records.one(Item, no))
    if item is None or cost is None:
        raise Mistake("set_standard_cost names no item or no cost")
    world.do(save, [replace(item, standard_cost=cost, unit_cost=cost)])
    return None


def _stock(world: World, step: Arguments) -> StockToValue:
    day: date = step.day("date") or world.today
    places = {name: step.text(name) if name in step else None for name in ("location", "variant")}
    return StockToValue(step.text("item"), day, location=places["location"], variant=places["variant"])


def _revalue(world: World, step: Arguments, stock: StockToValue) -> Result:
    command = RevalueStock(
        stock,
        new_value=step.number("new_value"),
        new_unit_cost=step.number("new_unit_cost"),
        update_standard_cost=step.flag("update_standard_cost"),
        reason=step.text("reason"),
    )
    world.do(revalue_stock, command, confirm=step.flag("confirm"))
    return None
