"""Which changes of a site the books forbid, all of them in one list (bins.md 2, 3, 5, 8-10, 15; tracking.md 2-5).

Not here: whether a site contradicts itself (config/), making the changes (apply.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from domain.books import Books
from domain.items.card import Item, ItemUnit, Variant
from domain.orders.documents import Order
from domain.set_up.changes import Change
from domain.site import (
    Bin,
    BinContent,
    Equipment,
    Location,
    PostingGroups,
    ReasonCode,
    SeriesPattern,
    Site,
    TrackingCode,
    UnitOfMeasure,
    WarehouseClass,
)
from domain.tracking.numbers import KINDS
from domain.work.activities import Activity, ActivityLine
from domain.work.documents import CountJournal, CountLine, PendingAdjustment

_REQUIRED_BY = {"put_away": "require_putaway", "pick": "require_pick"}
"""Kind of warehouse activity to the flag of a location that asks for it."""


def broken_rules(books: Books, new: Site, found: Sequence[Change]) -> list[str]:
    """Return every rule the changes would break, each with what would have to be done first (bins.md 5)."""
    standing = _Standing(books)
    return [
        f"{change.name}: {wrong}"
        for change in found
        if (rules := _RULES.get(type(change.new or change.old)))
        for wrong in rules(standing, new, change)
    ]


class _Standing:
    """What stands in the books against a change; work under way is read once for all changes."""

    def __init__(self, books: Books) -> None:
        self.books = books

    @cached_property
    def documents(self) -> dict[str, dict[str, str]]:
        """By location: open document to its kind."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for activity in self.books.records.rows(Activity):
            found[activity.location][activity.no] = activity.kind
        for journal in self._counts:
            found[journal.location][journal.no] = "count"
        for pending in self._pending:
            found[pending.location][pending.no] = "adjust"
        return found

    @cached_property
    def lines(self) -> dict[tuple[str, str], str]:
        """By location and bin: an open document that names the bin."""
        records = self.books.records
        found = {(line.location, line.bin): line.activity for line in records.rows(ActivityLine)}
        for journal in self._counts:
            found[journal.location, journal.bin] = journal.no
            found |= {(journal.location, line.bin): journal.no for line in records.rows(CountLine, journal=journal.no)}
        return found | {(pending.location, pending.bin): pending.no for pending in self._pending}

    @cached_property
    def reasons(self) -> dict[str, str]:
        """By reason code: an adjustment that waits with it."""
        return {pending.reason: pending.no for pending in self._pending}

    @cached_property
    def _counts(self) -> list[CountJournal]:
        records = self.books.records
        return [journal for status in ("open", "finished") for journal in records.rows(CountJournal, status=status)]

    @cached_property
    def _pending(self) -> list[PendingAdjustment]:
        return self.books.records.rows(PendingAdjustment, status="waiting")


def _broken_by_location(standing: _Standing, _: Site, change: Change) -> Iterator[str]:
    """Keep a location's kind while it has stock or work (bins.md 2) and its adjustment bin while that holds any (3)."""
    books = standing.books
    kept = change.differing("bin_mandatory", "directed")
    if kept and _has_open_entries(books, change.old.code):
        yield f"has stock: empty it before {_what_changes(change, kept)}"
    documents = standing.documents[change.old.code] if change.old else {}
    if kept and documents:
        yield f"{next(iter(documents))} is open: finish it before {_what_changes(change, kept)}"
    elif flags := change.differing(*(flag for kind, flag in _REQUIRED_BY.items() if kind in documents.values())):
        no = next(no for no, kind in documents.items() if _REQUIRED_BY.get(kind) in flags)
        yield f"{no} is open: finish it before {_what_changes(change, flags)}"
    orders = books.records.rows(Order, location=change.old.code) if change.new is None else ()
    if orders:
        yield f"order {orders[0].no} is for it: finish it before {_what_changes(change, kept)}"
    old = change.old.bins.adjustment if change.differing("bins") else ""
    if old and (change.new is None or change.new.bins.adjustment != old) and books.bins.in_bin(change.old.code, old):
        yield f"adjustment bin {old} holds a quantity: post the warehouse adjustment before it changes"


def _has_open_entries(books: Books, location: str) -> bool:
    """Say whether anything is open there; a balance of 0 may hide an increase and a decrease (LED-33)."""
    if books.stock.at_location(location):
        return True
    kinds = [(item.no, "") for item in books.records.rows(Item)]
    kinds += [(variant.item, variant.code) for variant in books.records.rows(Variant)]
    return any(
        next(iter(books.stock.open_entries(item, variant, location, increases=increases)), None)
        for item, variant in kinds
        for increases in (True, False)
    )


def _broken_by_bin(standing: _Standing, _: Site, change: Change) -> Iterator[str]:
    """Keep a bin, its type and class while it holds stock or work names it (bins.md 9), its dedicated flag (10)."""
    kept = change.differing("bin_type", "warehouse_class", "dedicated")
    if kept and standing.books.bins.in_bin(change.old.location, change.old.code):
        yield f"holds stock: empty it before {_what_changes(change, kept)}"
    named = change.differing("bin_type", "warehouse_class")
    if named and (document := standing.lines.get((change.old.location, change.old.code))):
        yield f"{document} names it: finish it before {_what_changes(change, named)}"


def _broken_by_content(standing: _Standing, new: Site, change: Change) -> Iterator[str]:
    """Allow one default an item (bins.md 8), and only units the item has; the base unit where not directed (15)."""
    records = standing.books.records
    content: BinContent | None = change.new
    if content is None:
        return
    if content.default:
        whose = {"location": content.location, "item": content.item, "variant": content.variant}
        for other in records.rows(BinContent, **whose, default=True):
            if other.bin != content.bin and not other.from_site:
                yield f"default bin already {other.bin}, set by a posting: leave default out or name that bin"
    item = records.one(Item, content.item)
    if item and content.uom != item.base_uom:
        is_directed = any(location.directed for location in new.locations if location.code == content.location)
        if not is_directed:
            yield f"{content.uom} is not the base unit: write uom {item.base_uom}"
        elif records.one(ItemUnit, item.no, content.uom) is None:
            yield f"the item has no unit {content.uom}: write one of its units"


def _broken_by_tracking_code(standing: _Standing, _: Site, change: Change) -> Iterator[str]:
    """Keep what a code demands while items with entries use it (tracking.md 2, 3), the code while any item does (5)."""
    books = standing.books
    kept = change.differing(*(f"{kind}_{flag}" for kind in KINDS for flag in ("specific", "warehouse")))
    if change.differing("use_expiration") and change.old.use_expiration:
        kept.append("use_expiration")
    if not kept:
        return
    items = books.records.rows(Item, tracking=change.old.code)
    users = [item.no for item in items if change.new is None or books.stock.has_entries(item.no)]
    if users:
        yield f"item {users[0]} uses it: give it another code before {_what_changes(change, kept)}"
    for item in items:
        if change.new and "serial_specific" in kept and item.costing == "specific":
            yield f"item {item.no} has specific costing: keep serial_specific"
        if change.new and "use_expiration" in kept and item.expiration_calculation:
            yield f"item {item.no} has an expiration formula: keep use_expiration"


def _broken_by_unit(standing: _Standing, _: Site, change: Change) -> Iterator[str]:
    """Keep a unit that items have."""
    users = standing.books.records.rows(ItemUnit, uom=change.old.code) if change.new is None else []
    if users:
        yield f"item {users[0].item} has it: take it from the items before it is removed"


def _broken_by_posting_groups(standing: _Standing, _: Site, change: Change) -> Iterator[str]:
    """Keep the groups that items have."""
    for section in ("product", "inventory") if change.old else ():
        for group in getattr(change.old, section):
            if change.new is None or group not in getattr(change.new, section):
                users = standing.books.records.rows(Item, **{f"{section}_group": group})
                if users:
                    yield f"item {users[0].no} has {section} group {group}: give it another before it is removed"


def _broken_by_reason(standing: _Standing, _: Site, change: Change) -> Iterator[str]:
    """Keep a reason with which an adjustment waits."""
    if change.new is None and (waiting := standing.reasons.get(change.old.code)):
        yield f"{waiting} waits with it: approve or refuse it before it is removed"


def _kept_by_items(*fields: str) -> Callable[[_Standing, Site, Change], Iterator[str]]:
    """Return the rule that keeps a code while items name it in one of these fields."""

    def rule(standing: _Standing, _: Site, change: Change) -> Iterator[str]:
        for field in fields if change.new is None else ():
            if users := standing.books.records.rows(Item, **{field: change.old.code}):
                yield f"item {users[0].no} has it: give it another before it is removed"
                return

    return rule


_RULES: dict[type, Callable[[_Standing, Site, Change], Iterator[str]]] = {
    Location: _broken_by_location,
    Bin: _broken_by_bin,
    BinContent: _broken_by_content,
    TrackingCode: _broken_by_tracking_code,
    UnitOfMeasure: _broken_by_unit,
    ReasonCode: _broken_by_reason,
    PostingGroups: _broken_by_posting_groups,
    WarehouseClass: _kept_by_items("warehouse_class"),
    Equipment: _kept_by_items("equipment"),
    SeriesPattern: _kept_by_items("lot_series", "serial_series"),
}


def _what_changes(change: Change, fields: Sequence[str]) -> str:
    if change.new is None:
        return "it is removed"
    return f"{' and '.join(fields)} {'change' if len(fields) > 1 else 'changes'}"
