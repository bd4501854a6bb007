"""The applied site, and the command that makes the books follow a changed one (site.md, SITE-06).

Not here: what differs (changes.py), which changes the books forbid (rules.py), PINs and signing in (people).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.books import Books
from domain.errors import Collided, SetupError
from domain.people.credentials import Pin
from domain.people.rights import require_right
from domain.scanning.separators import SeparatorProof
from domain.set_up.changes import SECTIONS, changes
from domain.set_up.rules import broken_rules
from domain.site import Bin, BinContent, Operator, Site, SiteHead
from domain.situation import Situation


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
