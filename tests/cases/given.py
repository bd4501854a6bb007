"""The state before the first step: site, items, cards and stock (README: given).

Given stock lies there before anything is blocked or closed: the site is applied open first and as given afterwards.
The site itself is case_site.py, cards are item_cards.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.posting import JournalLine
from domain.site import Site
from domain.work.opening import opening_lines, post_opening
from tests.cases.arguments import Arguments
from tests.cases.case_site import IN_THE_SITE, Tree, items_named, opened
from tests.cases.goods import goods_of
from tests.cases.item_cards import (
    BUILT_INFO,
    BUILT_ITEM,
    given_cards,
    given_info_cards,
    require_built_fields,
    save,
    save_items,
)
from tests.cases.verbs.periods import give_periods
from tests.cases.vocabulary import NotBuilt, words
from tests.cases.world import World

BUILT = words("today settings site items lots serials identifiers stock inventory_periods") | IN_THE_SITE


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
            require_built_fields(card or {}, BUILT_INFO, kind)
    directed = {location.code for location in site.locations if location.directed}
    if any(row.get("location") in directed for row in given.get("stock") or ()):
        raise NotBuilt("given stock at a directed location")


def set_up(world: World, case: Tree, site: Site) -> None:
    """Bring a new database to the state a case is given; periods close last."""
    _set_up(world, case, site)
    give_periods(world, Arguments(case.get("given") or {}, world.today).rows("inventory_periods"))


def _set_up(world: World, case: Tree, site: Site) -> None:
    given = Arguments(case.get("given") or {}, world.today)
    stock = given.rows("stock")
    items = given_cards(given, items_named(case))
    cards = given_info_cards(given)
    if not stock:
        world.apply(site)
        save_items(world, items)
        world.do(save, cards)
        return
    world.apply(opened(site))
    save_items(world, [item.unblocked() for item in items])
    world.do(save, [replace(card, blocked=False) for card in cards])
    _post_stock(world, stock)
    if site != opened(site):
        world.apply(site)
    save_items(world, [item.only_blocks() for item in items])
    world.do(save, cards)


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
