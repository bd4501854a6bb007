"""Set-up: what differs between two sites, and the command that makes the books follow a changed one (site.md).

Not here: reading the site file and showing a plan (config), PINs and signing in (people). The part of bins.md 2 about
receipts, shipments and warehouse activities comes with these documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from domain.books import Books
from domain.errors import Collided, SetupError
from domain.items.card import Item, ItemUnit, Variant
from domain.people.credentials import Pin
from domain.people.rights import require_right
from domain.records import Entity
from domain.scanning.separators import SeparatorProof
from domain.site import (
    Bin,
    BinContent,
    BinType,
    Location,
    Operator,
    ReasonCode,
    Role,
    Site,
    SiteHead,
    TrackingCode,
    UnitOfMeasure,
    Zone,
)
from domain.situation import Situation
from domain.tracking.numbers import KINDS

SECTIONS: dict[str, tuple[str, type[Entity]]] = {
    "locations": ("location", Location),
    "bin_types": ("bin type", BinType),
    "zones": ("zone", Zone),
    "bins": ("bin", Bin),
    "bin_contents": ("bin content", BinContent),
    "tracking_codes": ("tracking code", TrackingCode),
    "units_of_measure": ("unit", UnitOfMeasure),
    "reason_codes": ("reason code", ReasonCode),
    "roles": ("role", Role),
    "operators": ("operator", Operator),
}
"""Sections of a site in reading order: what one row is called, and its kind."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs: made (`old` is None), changed, or removed (`new` is None)."""

    title: str
    old: Any
    """Any: each section has entities of its own kind; likewise `new`."""
    new: Any

    @property
    def name(self) -> str:
        """Return what people call the row: `bin WHITE W-01-01`."""
        row = self.new or self.old
        key = () if isinstance(row, SiteHead) else _key(row)
        return " ".join([self.title, *(str(part) for part in key if part != "")])

    def differing(self, *fields: str) -> list[str]:
        """Return which of these fields of a row that was there are no longer the same; removed, all of them."""
        if self.old is None:
            return []
        return [name for name in fields if self.new is None or getattr(self.old, name) != getattr(self.new, name)]


@dataclass(frozen=True, slots=True)
class ApplySite:
    """Make the books follow `new`; `old` is the applied site that the plan was made from."""

    old: Site
    new: Site


@dataclass(frozen=True, slots=True)
class SiteApplied:
    """How many rows were made, changed and removed."""

    created: int
    changed: int
    removed: int


def changes(old: Site, new: Site) -> list[Change]:
    """Return what makes `new` of `old`: by section what is made or changed, then what is removed (SITE-05)."""
    found = [Change("site", old.head, new.head)] if old.head != new.head else []
    for section, (title, _) in SECTIONS.items():
        before = {_key(row): row for row in getattr(old, section)}
        after = {_key(row): row for row in getattr(new, section)}
        found += [Change(title, before.get(key), row) for key, row in after.items() if before.get(key) != row]
        found += [Change(title, row, None) for key, row in before.items() if key not in after]
    return found


def site_in(books: Books) -> Site:
    """Return the applied site. Contents of bins that the program made are not part of it."""
    head = books.records.one(SiteHead, SiteHead().id) or SiteHead()
    rows: dict[str, Any] = {
        section: tuple(row for row in books.records.rows(kind) if getattr(row, "from_site", True))
        for section, (_, kind) in SECTIONS.items()
    }
    return Site(head=head, **rows)


def apply_site(books: Books, situation: Situation, command: ApplySite) -> SiteApplied:
    """Save what differs, in one register; the same site twice is once.

    A removed bin takes the contents the program made in it along, a removed operator his PIN, a changed profile of a
    device what its test showed. All else that the site file does not say stays untouched.

    Raises:
        Refused("no_right"): without `set_up`.
        Collided("changed"): the applied site is no longer the one the plan was made from.
        SetupError("site_rules"): what lies in stock forbids it; `faults` is the whole list (bins.md 5).
    """
    require_right(situation, "set_up")
    applied = site_in(books)
    found = changes(applied, command.new)
    if not found:
        return SiteApplied(0, 0, 0)
    if changes(applied, command.old):
        raise Collided("changed", operator="somebody else")
    if faults := broken_rules(books, command.new, found):
        raise SetupError("site_rules", faults=tuple(faults))
    with books.ledger.command(situation.head("change")):
        for change in found:
            if change.new is None:
                _remove(books, change.old)
            else:
                books.records.save(change.new)
            if isinstance(change.new, SiteHead):
                _forget_tests(books, change.old, change.new)
    created = sum(change.old is None for change in found)
    removed = sum(change.new is None for change in found)
    return SiteApplied(created, len(found) - created - removed, removed)


def broken_rules(books: Books, new: Site, found: Sequence[Change]) -> list[str]:
    """Return every rule the changes would break, each with what would have to be done first (bins.md 5)."""
    return [
        f"{change.name}: {wrong}"
        for change in found
        if (rules := _RULES.get(type(change.new or change.old)))
        for wrong in rules(books, new, change)
    ]


def _broken_by_location(books: Books, _: Site, change: Change) -> Iterator[str]:
    """Keep a location's kind while it has stock (bins.md 2) and its adjustment bin while that holds any (3)."""
    kept = change.differing("bin_mandatory", "directed")
    if kept and _has_open_entries(books, change.old.code):
        yield f"has stock: empty it before {_what_changes(change, kept)}"
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


def _broken_by_bin(books: Books, _: Site, change: Change) -> Iterator[str]:
    """Keep a bin, its type, class and dedicated flag while it holds stock (bins.md 9, 10)."""
    kept = change.differing("bin_type", "warehouse_class", "dedicated")
    if kept and books.bins.in_bin(change.old.location, change.old.code):
        yield f"holds stock: empty it before {_what_changes(change, kept)}"


def _broken_by_content(books: Books, new: Site, change: Change) -> Iterator[str]:
    """Allow one default an item (bins.md 8), and only units the item has; the base unit where not directed (15)."""
    content: BinContent | None = change.new
    if content is None:
        return
    if content.default:
        whose = {"location": content.location, "item": content.item, "variant": content.variant}
        for other in books.records.rows(BinContent, **whose, default=True):
            if other.bin != content.bin and not other.from_site:
                yield f"default bin already {other.bin}, set by a posting: leave default out or name that bin"
    item = books.records.one(Item, content.item)
    if item and content.uom != item.base_uom:
        is_directed = any(location.directed for location in new.locations if location.code == content.location)
        if not is_directed:
            yield f"{content.uom} is not the base unit: write uom {item.base_uom}"
        elif books.records.one(ItemUnit, item.no, content.uom) is None:
            yield f"the item has no unit {content.uom}: write one of its units"


def _broken_by_tracking_code(books: Books, _: Site, change: Change) -> Iterator[str]:
    """Keep what a code demands while items with entries use it (tracking.md 2, 3), the code while any item does (5)."""
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


def _broken_by_unit(books: Books, _: Site, change: Change) -> Iterator[str]:
    """Keep a unit that items have."""
    users = books.records.rows(ItemUnit, uom=change.old.code) if change.new is None else []
    if users:
        yield f"item {users[0].item} has it: take it from the items before it is removed"


_RULES: dict[type, Callable[[Books, Site, Change], Iterator[str]]] = {
    Location: _broken_by_location,
    Bin: _broken_by_bin,
    BinContent: _broken_by_content,
    TrackingCode: _broken_by_tracking_code,
    UnitOfMeasure: _broken_by_unit,
}


def _what_changes(change: Change, fields: Sequence[str]) -> str:
    if change.new is None:
        return "it is removed"
    return f"{' and '.join(fields)} {'change' if len(fields) > 1 else 'changes'}"


def _remove(books: Books, row: Any) -> None:  # Any: as in Change
    """Remove a row and what would mean something else without it."""
    if isinstance(row, Bin):
        for content in books.records.rows(BinContent, location=row.location, bin=row.code):
            books.records.remove(content)
    if isinstance(row, Operator) and (pin := books.records.one(Pin, row.code)):
        books.records.remove(pin)
        books.records.note("pin", row.code, "pin", "set", "")
    books.records.remove(row)


def _forget_tests(books: Books, old: SiteHead, new: SiteHead) -> None:
    """Take back what the scanner check showed of a profile that is another now (SCN-51)."""
    for proof in books.records.rows(SeparatorProof):
        if new.scanning.profiles.get(proof.profile) != old.scanning.profiles.get(proof.profile):
            books.records.remove(proof)


def _key(row: Entity) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in row.KEY)
