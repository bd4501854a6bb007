"""reclassify (reclassifying.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from domain.books import Books
from domain.posting import Reclassification, TrackingRow
from domain.work.adjusting import reasons_for
from domain.work.reclassifying import (
    ChangeVariant,
    PostReclassification,
    change_variant,
    date_by_default,
    dated,
    post_reclassification,
)
from domain.work.stock_here import Goods
from tests.cases.arguments import Arguments
from tests.cases.goods import goods_of
from tests.cases.verbs.built import Result, verb
from tests.cases.world import World

_NUMBERS = ("lot", "serial", "package")


@verb("reclassify", takes="item qty uom variant lot serial serials package tracking date reason from to")
def reclassify(world: World, step: Arguments) -> Result:
    """Change what goods are called or where they are; `to` holds only what changes."""
    old, new = step.part("from"), step.part("to")
    goods = goods_of(world, Arguments({**step.tree, **_numbers(old)}, step.today))
    place, variant = old.text("location", world.location), old.text("variant", step.text("variant"))
    reason = step.text("reason") or world.ask(_reason)
    if "variant" in new:
        change = ChangeVariant(
            item=step.text("item"),
            variant=variant,
            new_variant=new.text("variant"),
            qty=goods.qty,
            location=place,
            bin=old.text("bin"),
            uom=step.text("uom"),
            tracking=goods.tracking,
            reason=reason,
            posting_date=step.day("date"),
        )
        posted = world.do(change_variant, change, confirm=step.flag("confirm"))
    else:
        rows = [(row, Goods(step.text("item"), variant, row.lot, row.serial, row.package)) for row in goods.tracking]
        line = Reclassification(
            item=step.text("item"),
            qty=goods.qty,
            location=place,
            new_location=new.text("location", place),
            bin=old.text("bin"),
            new_bin=new.text("bin", "" if "location" in new else old.text("bin")),
            variant=variant,
            uom=step.text("uom"),
            tracking=tuple(replace(row, expires=world.ask(partial(_date, one))) for row, one in rows),
            new_tracking=tuple(replace(_renamed(world, new, one), qty_base=row.qty_base) for row, one in rows),
            posting_date=step.day("date"),
            reason=reason,
        )
        posted = world.do(post_reclassification, PostReclassification((line,)), confirm=step.flag("confirm"))
    _name_entries(world, step.text("as") or step.text("id"), posted.entries, is_pair=len(goods.tracking) == 1)
    return {"document": posted.document, "entries": len(posted.entries)}


def _numbers(part: Arguments) -> dict[str, str]:
    return {kind: part.text(kind) for kind in _NUMBERS if kind in part}


def _renamed(world: World, to: Arguments, goods: Goods) -> TrackingRow:
    """Return goods with what `to` changes of them; a date that is not named is the new number's, else their own."""
    renamed = replace(goods, **_numbers(to))
    expires = to.day("expires") if "expires" in to else world.ask(lambda books: date_by_default(books, goods, renamed))
    return TrackingRow(renamed.lot, renamed.serial, renamed.package, expires)


def _date(goods: Goods, books: Books) -> date | None:
    return dated(books, goods).expires


def _reason(books: Books) -> str:
    """Return the first reason that the product asks for here, "" where it asks for none."""
    return next((row.code for row in reasons_for(books, "reclassify")), "")


def _name_entries(world: World, name: str, entries: Sequence[int], *, is_pair: bool) -> None:
    """Call a pair NAME.out and NAME.in (NAME.in1, NAME.in2 where it drew on several), several rows NAME.1, NAME.2."""
    if not name or not is_pair or len(entries) < 2:
        world.name_entries(name, entries)
        return
    out, *into = entries
    world.entries[f"{name}.out"] = out
    world.entries |= {f"{name}.in{number if len(into) > 1 else ''}": entry for number, entry in enumerate(into, 1)}
