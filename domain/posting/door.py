"""THE DOOR: journal lines in, ledger entries out. Everything that changes stock goes through `post`.

Rights, questions of a job and documents are the caller's (work/); derived tables follow by themselves (storage).
Built so far: adjustments, opening stock, counts, purchases, sales, movements and transfers, outside directed locations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from domain.books import Books
from domain.costing.valuing import cost_per_base
from domain.errors import Refused
from domain.items.card import Item
from domain.places.lying import content_after_increase
from domain.posting.checks import content_of
from domain.posting.clock import refuse_clock_back
from domain.posting.line import Line, Part, Posting
from domain.posting.pairs import check_lines
from domain.posting.rows import Rows
from domain.posting.stock import StockOnTheWay
from domain.posting.valued import append_rows
from domain.records import Records
from domain.site import BinContent, Settings
from domain.situation import Situation
from domain.tracking.numbers import make_cards
from domain.values import ZERO


def post(books: Books, situation: Situation, lines: Sequence[Line], *, source: str) -> Posting:
    """Check all lines, then post all of them, inside the running command (LED-02, LED-03).

    Raises Refused (or NeedsConfirm) for the first line that may not be posted; nothing is written then.
    """
    if not lines:
        raise Refused("nothing_handled", variant="post")
    parts = check_lines(books, situation, lines)
    stock = StockOnTheWay(books, situation)
    planned, refilled = stock.plan(parts)
    register = books.ledger.register(after=stock.latest)
    refuse_clock_back(books, situation, register.posted_at)
    rows = Rows(books.ledger, situation.settings, source, register.posted_at)
    rows.read_ahead(books.entries, planned)
    for plan in planned:
        rows.write(plan)
    for again in refilled:
        rows.refill(again)
    for part in parts:
        if part.is_increase and not part.is_movement:
            make_cards(books, part.item, part.line.variant, part.tracking, part.numbers)
    _keep_default_bins(books.records, parts)
    _keep_costs(books.records, situation.settings, parts)
    append_rows(books, situation, rows.made)
    return Posting(register.id, tuple(rows.entries))


def refuse_unpostable(books: Books, situation: Situation, lines: Sequence[Line]) -> None:
    """Raise what `post` would raise for these lines as things stand; nothing is written."""
    StockOnTheWay(books, situation).plan(check_lines(books, situation, lines))


def _keep_default_bins(records: Records, parts: Sequence[Part]) -> None:
    """Give each item its default bin at its first increase at a location (bins.md 11)."""
    came = [(part, bin, content_of(records, part, bin)) for part in parts if part.is_increase for bin, _ in part.bins]
    if all(here is not None and here.default for *_, here in came):
        return
    keys = [(part.location.code, part.item.no, part.line.variant, True) for part, *_ in came]
    found = records.rows_equal(BinContent, ("location", "item", "variant", "default"), keys)
    defaults = {(content.location, content.item, content.variant): content for content in reversed(found)}  # first wins
    to_save = []
    for part, bin, here in came:
        key = (part.location.code, part.item.no, part.line.variant)
        made = BinContent(key[0], bin.code, *key[1:], part.item.base_uom)
        for content in content_after_increase(part.location, defaults.get(key), here, made):
            defaults[key] = content
            to_save.append(content)
    records.save_all(to_save)


def _keep_costs(records: Records, settings: Settings, parts: Sequence[Part]) -> None:
    """Bring the cards' costs up to the increases posted: last direct cost always, unit cost if it was 0.

    COS-71 and COS-72 as far as posting itself does them (LED-14): goods not invoiced yet tell no cost, and Standard
    keeps its own (COS-70).
    """
    latest: dict[str, tuple[Item, Decimal]] = {}
    priced = [part for part in parts if part.line.entry_type in ("purchase", "positive_adj") and part.line.is_invoiced]
    for _, of_line in groupby(priced, key=lambda part: id(part.line)):
        some = list(of_line)
        value = sum((part.value - part.variance for part in some), ZERO)
        qty_base = sum((part.moved.qty_base for part in some), ZERO)
        if qty_base > 0 and value:
            latest[some[0].item.no] = some[0].item, cost_per_base(value, qty_base, settings)
    to_save = []
    for item, cost in latest.values():
        is_unset = not item.unit_cost and item.costing != "standard"
        if is_unset or cost != item.last_direct_cost:
            to_save.append(replace(item, last_direct_cost=cost, unit_cost=cost if is_unset else item.unit_cost))
    records.save_all(to_save)
