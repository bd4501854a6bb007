"""Set-up changed midway: change_item, change_variant, lot_info, serial_info, site, setup, wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.errors import Refused
from domain.items.card import Item, Variant
from domain.tracking.cards import InfoCard
from domain.values import fold
from tests.cases.arguments import Arguments
from tests.cases.case_site import Tree, read_site, with_settings
from tests.cases.item_cards import (
    BUILT_INFO,
    BUILT_ITEM,
    Card,
    card_of,
    info_card_of,
    require_built_fields,
    save,
    save_items,
    variant_of,
)
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import ANY, ITEM, STEP, Mistake
from tests.cases.world import World


def _fields(step: Arguments, *own: str) -> Arguments:
    """Return what a step says beside the arguments of its verb."""
    return Arguments({name: value for name, value in step.tree.items() if name not in STEP.union(own)}, step.today)


@verb("change_item", takes=ANY)
def change_item(world: World, step: Arguments) -> Result:
    """Change fields of an item card."""
    fields = _fields(step, "item")
    if unknown := fields.tree.keys() - ITEM:
        raise Mistake(f"change_item: unknown key {min(unknown)}")
    require_built_fields(fields.tree, BUILT_ITEM, "item")
    no = step.text("item")
    kept = world.ask(lambda books: books.records.one(Item, no))
    if kept is None:
        raise Refused("unknown", code=no, prompt="item")
    save_items(world, [card_of(no, fields, kept.base_uom)])
    return None


@verb("change_variant", takes=ANY)
def change_variant(world: World, step: Arguments) -> Result:
    """Change fields of a variant."""
    no, code = step.text("item"), step.text("code")
    kept = world.ask(lambda books: books.records.one(Variant, no, code))
    save_items(world, [Card(no, {}, variants=(variant_of(no, _fields(step, "item"), kept),))])
    return None


@verb("lot_info", takes=ANY)
def lot_info(world: World, step: Arguments) -> Result:
    """Make or change the info card of a lot."""
    return _card(world, step, "lot")


@verb("serial_info", takes=ANY)
def serial_info(world: World, step: Arguments) -> Result:
    """Make or change the info card of a serial."""
    return _card(world, step, "serial")


def _card(world: World, step: Arguments, kind: str) -> Result:
    fields = _fields(step, kind)
    require_built_fields(fields.tree, BUILT_INFO, f"{kind}s")
    no = step.text(kind)
    key = (kind, step.text("item"), step.text("variant"), fold(no))
    kept = world.ask(lambda books: books.records.one(InfoCard, *key))
    world.do(save, [info_card_of(kind, no, fields, kept)])
    return None


@verb("setup", takes="settings")
def setup(world: World, step: Arguments) -> Result:
    """Change settings of the site."""
    return _apply(world, with_settings(world.site, dict(step.part("settings").tree), world.today), world.removed)


@verb("site", takes="bins bin_contents locations zones remove")
def site(world: World, step: Arguments) -> Result:
    """Add to the site, change rows of it by their keys, remove bins and bin contents."""
    tree = dict(world.site)
    locations = dict(tree.get("locations") or {})
    for code, location in (step.tree.get("locations") or {}).items():
        locations[code] = (locations.get(code) or {}) | (location or {})
    tree["locations"] = locations
    removed = list(world.removed)
    for section, key in _KEYS.items():
        for row in step.tree.get(section) or []:
            tree[section] = _with_row(tree.get(section) or [], row, key)
            removed = [(gone, of) for gone, of in removed if not (of == section and gone.items() <= row.items())]
    for section, rows in (step.tree.get("remove") or {}).items():
        if section not in ("bins", "bin_contents"):
            raise Mistake(f"site remove: unknown key {section}")
        removed += [({"code": row} if isinstance(row, str) else row, section) for row in rows]
    return _apply(world, tree, removed)


_KEYS = {
    "zones": ("location", "code"),
    "bins": ("location", "code"),
    "bin_contents": ("location", "bin", "item", "variant", "uom"),
}


def _with_row(rows: list[Tree], row: Tree, key: tuple[str, ...]) -> list[Tree]:
    """Return the rows with one more, or with the row of the same key changed."""
    same = [kept for kept in rows if all(kept.get(name) == row.get(name) for name in key)]
    if not same:
        return [*rows, row]
    return [kept | row if kept in same else kept for kept in rows]


def _apply(world: World, tree: Tree, removed: Sequence[tuple[Tree, str]]) -> Result:
    site = read_site(tree)
    for gone, section in removed:
        rows: tuple[Any, ...] = getattr(site, section)  # rows of either section are told apart by their fields alone
        kept = tuple(row for row in rows if any(getattr(row, name) != gone[name] for name in gone))
        site = replace(site, bins=kept) if section == "bins" else replace(site, bin_contents=kept)
    world.apply(site)
    world.site, world.removed = tree, list(removed)
    return None


@verb("wait", takes="minutes")
def wait(world: World, step: Arguments) -> Result:
    """Let time pass."""
    world.pass_time(minutes=float(step.number("minutes") or 0))
    return None
