"""The state before the first step: site, items, cards and stock (README: given).

Given stock lies there before anything is blocked or closed: the site is applied open first and as given afterwards.
The site itself is case_site.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any, cast, get_type_hints

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Identifier, Item, ItemUnit, Variant
from domain.posting import JournalLine
from domain.site import Site
from domain.situation import Situation
from domain.tracking.cards import InfoCard
from domain.values import ZERO, code, fold
from domain.work.importing import ImportItems, ItemRow, import_items
from domain.work.opening import opening_lines, post_opening
from tests.cases.arguments import Arguments
from tests.cases.case_site import IN_THE_SITE, Tree, items_named, opened
from tests.cases.goods import goods_of
from tests.cases.vocabulary import NotBuilt, words
from tests.cases.world import World

BUILT = words("today settings site items lots serials identifiers stock") | IN_THE_SITE
MEASURES = frozenset(field.name for field in fields(ItemUnit)) - {"item", "uom"}
VARIANT = frozenset(field.name for field in fields(Variant)) - {"item"}
CARD = frozenset(field.name for field in fields(InfoCard)) - {"kind", "key", "no"}
BUILT_ITEM = (frozenset(field.name for field in fields(Item)) - {"no"}) | {"uoms", "variants", "weight", "cubage"}
"""Fields of an item that the product has."""


def require_built_given(case: Tree, site: Site) -> None:
    """Raise NotBuilt for a word of `given` that the product does not have yet."""
    given = case.get("given") or {}
    for key in given:
        if key not in BUILT:
            raise NotBuilt(f"given {key}")
    for item in (given.get("items") or {}).values():
        require_built_fields(item or {}, BUILT_ITEM, "item")
    for kind in ("lots", "serials"):
        for card in (given.get(kind) or {}).values():
            require_built_fields(card or {}, CARD, kind)
    directed = {location.code for location in site.locations if location.directed}
    if any(row.get("location") in directed for row in given.get("stock") or ()):
        raise NotBuilt("given stock at a directed location")


def require_built_fields(row: Mapping[str, Any], built: frozenset[str], where: str) -> None:
    """Raise NotBuilt for a field that the product does not have yet."""
    for field in row:
        if field not in built:
            raise NotBuilt(f"{where} {field}")


def set_up(world: World, case: Tree, site: Site) -> None:
    """Bring a new database to the state a case is given."""
    given = Arguments(case.get("given") or {}, world.today)
    stock = given.rows("stock")
    items = _item_rows(given, items_named(case))
    cards = [card_of(kind.rstrip("s"), no, row) for kind in ("lots", "serials") for no, row in given.keyed(kind)]
    if not stock:
        world.apply(site)
        save_items(world, items)
        world.do(save_cards, cards)
        return
    world.apply(opened(site))
    save_items(world, [_unblocked(row) for row in items])
    world.do(save_cards, [replace(card, blocked=False) for card in cards])
    _post_stock(world, stock)
    if site != opened(site):
        world.apply(site)
    save_items(world, [_blocks(row) for row in items])
    world.do(save_cards, cards)


def _item_rows(given: Arguments, named: Sequence[str]) -> list[ItemRow]:
    """Return the items given, and those only named with the defaults of the language (FIFO, PCS, untracked)."""
    codes = [(code, row) for code, row in given.keyed("identifiers")]
    mentioned = [row.text("item") for _, row in codes]
    mentioned += [row.text("item") for kind in ("lots", "serials") for _, row in given.keyed(kind)]
    cards = dict.fromkeys((*named, *mentioned), Arguments({}, given.today)) | dict(given.keyed("items"))
    return [
        replace(
            item_row(no, card),
            identifiers=tuple(
                Identifier(code, no, row.text("variant"), row.text("uom"))
                for code, row in codes
                if row.text("item") == no
            ),
        )
        for no, card in cards.items()
    ]


def item_row(no: str, card: Arguments) -> ItemRow:
    """Return what a card's fields say, under their names in items.md."""
    known: dict[str, Any] = {}  # each field has a type of its own
    for name, kind in _ITEM_TYPES.items():
        if name in card:
            known[name] = card.flag(name) if kind is bool else card.number(name) if kind is Decimal else card.text(name)
    for name in ("prevent_negative_inventory", "variant_mandatory"):
        if name in known:
            known[name] = {"true": "yes", "false": "no"}.get(known[name], known[name])
    if "tracking" in known:
        known["tracking"] = code(known["tracking"])
    return ItemRow(0, no, known, _units(no, card), _variants(no, card))


_ITEM_TYPES = {name: kind for name, kind in get_type_hints(Item).items() if name in BUILT_ITEM}


def _units(no: str, card: Arguments) -> tuple[ItemUnit, ...]:
    """Return the units of a card; `weight` and `cubage` beside them are the base unit's."""
    base = card.text("base_uom", Item(no).base_uom)
    units = {base: {name: card.tree[name] for name in ("weight", "cubage") if name in card}}
    for uom, unit in (card.tree.get("uoms") or {}).items():
        units[uom] = units.get(uom, {}) | (unit if isinstance(unit, dict) else {"qty_per_unit": unit})
    rows = []
    for uom, unit in units.items():
        require_built_fields(unit, MEASURES, "unit")
        measures = Arguments(unit, card.today)
        rows.append(ItemUnit(no, uom, **{name: measures.number(name) or ZERO for name in unit}))
    return tuple(rows)


def _variants(no: str, card: Arguments) -> tuple[Variant, ...]:
    rows = [row if isinstance(row, dict) else {"code": row} for row in card.tree.get("variants") or ()]
    return tuple(variant_of(no, Arguments(row, card.today)) for row in rows)


def variant_of(no: str, row: Arguments, kept: Variant | None = None) -> Variant:
    """Return a variant as the row has it; what the row does not say stays as it is kept."""
    require_built_fields(row.tree, VARIANT, "variant")
    said = {name: row.text(name) if name in ("code", "description") else row.flag(name) for name in row.tree}
    return replace(kept or Variant(no, row.text("code")), **cast("Any", said))  # each field has a type of its own


def _unblocked(row: ItemRow) -> ItemRow:
    open_variants = tuple(replace(variant, blocked=False) for variant in row.variants)
    return replace(row, fields={**row.fields, "blocked": False}, variants=open_variants)


def _blocks(row: ItemRow) -> ItemRow:
    """Return what of a card had to wait for the stock; the rest has been moved on by it."""
    return ItemRow(0, row.no, {name: row.fields[name] for name in ("blocked",) if name in row.fields}, (), row.variants)


def save_items(world: World, rows: Sequence[ItemRow]) -> None:
    """Save items as an import does; its first fault is a refusal."""
    for fault in world.do(import_items, ImportItems(tuple(rows))).faults:
        raise Refused(fault.code, **fault.facts)


def card_of(kind: str, no: str, row: Arguments, kept: InfoCard | None = None) -> InfoCard:
    """Return an info card as the row has it; what the row does not say stays as it is kept."""
    card = kept or InfoCard(kind, row.text("item"), row.text("variant"), fold(no), no)
    said = {name: row.flag(name) if name == "blocked" else row.text(name) for name in row.tree}
    return replace(card, **cast("Any", said))  # likewise


def save_cards(books: Books, situation: Situation, cards: Sequence[InfoCard]) -> None:
    """Save info cards."""
    with books.ledger.command(situation.head("change")):
        for card in cards:
            books.records.save(card)


def _post_stock(world: World, rows: Sequence[Arguments]) -> None:
    """Post the rows as opening stock, in one register."""
    lines = []
    for row in rows:
        goods = goods_of(world, row)
        lines.append(
            JournalLine(
                entry_type="positive_adj",
                item=row.text("item"),
                qty=goods.qty,
                location=row.text("location", world.location),
                bin=row.text("bin"),
                variant=row.text("variant"),
                uom=row.text("uom"),
                tracking=goods.tracking,
                unit_cost=row.number("unit_cost"),
                posting_date=row.day("date"),
            )
        )
    posted = world.do(post_opening, opening_lines(lines))
    for row, entry in zip(rows, posted.entries, strict=True):
        if name := row.text("as"):
            world.entries[name] = entry
