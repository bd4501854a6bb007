"""May goods go into or out of this place (bins.md): the location, the bin, its block, class, lots and room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from domain.errors import NeedsConfirm, Refused
from domain.places.books import BinStock
from domain.records import Records
from domain.site import Bin, BinContent, Location
from domain.situation import Situation
from domain.values import ZERO

NOWHERE = Location(code="")
"""The blank location: real, without bins."""


def stock_location(records: Records, code: str, *, when_directed: str) -> Location:
    """Return a location whose stock may be adjusted or counted by journal.

    Raises Refused: unknown, in transit, directed (adjusting.md 3; counting.md, Which way); `when_directed` is what does
    it there.
    """
    location = records.one(Location, code) if code else NOWHERE
    if location is None:
        raise Refused("unknown", code=code, prompt="location")
    if location.in_transit:
        raise Refused("transit_only", location=code)
    if location.directed:
        raise Refused("use_warehouse", location=code, what=when_directed)
    return location


def bin_of(records: Records, location: Location, code: str) -> Bin | None:
    """Return the bin of a line, None at a location without bins.

    Raises Refused: missing where bins are mandatory, given where there are none, not a bin of the location.
    """
    if not location.bin_mandatory:
        if code:
            raise Refused("no_bins", location=location.code)
        return None
    if not code:
        raise Refused("missing", what="bin")
    found = records.one(Bin, location.code, code)
    if found is None:
        raise Refused("bin_elsewhere", bin=code, location=location.code)
    return found


def check_block(bin: Bin, content: BinContent | None, *, increase: bool) -> None:
    """Refuse what the bin, or its content, is blocked for; the stricter of both counts (bins.md 16)."""
    closed = {"inbound", "all"} if increase else {"outbound", "all"}
    if bin.block in closed or (content is not None and content.block in closed):
        raise Refused("bin_blocked", bin=bin.code, direction="IN" if increase else "OUT")


def check_class(location: Location, bin: Bin, warehouse_class: str) -> None:
    """Refuse goods of another warehouse class, where the location checks it (bins.md 19)."""
    if location.check_warehouse_class and bin.warehouse_class != warehouse_class:
        raise Refused("bin_class", a=bin.warehouse_class or "-", b=warehouse_class or "-")


def check_one_lot(bin: Bin, there: Iterable[BinStock], variant: str, lot: str) -> None:
    """Refuse a second lot of the same item and variant where the bin holds one (bins.md 24)."""
    if not bin.one_lot_per_bin:
        return
    for row in there:
        if row.variant == variant and row.lot != lot:
            raise Refused("one_lot", bin=bin.code, lot=row.lot)


def check_room(situation: Situation, policy: str, what: str, largest: Decimal, after: Decimal) -> None:
    """Ask or refuse where a bin would hold more than its maximum `what` (bins.md 20); 0 is no maximum.

    Raises:
        NeedsConfirm("bin_full_ask"): policy allow_more and nobody said yes; carries the excess.
        Refused("bin_full"): policy prohibit.
    """
    if policy == "never" or not largest or after <= largest:
        return
    if policy == "prohibit":
        raise Refused("bin_full", what=what, max=largest)
    if "bin_full_ask" not in situation.confirmed:
        raise NeedsConfirm("bin_full_ask", max=largest, qty=after - largest)


def content_after_increase(
    location: Location, default: BinContent | None, here: BinContent | None, content: BinContent
) -> list[BinContent]:
    """Return the contents to save when an item goes into a bin (bins.md 11, 12).

    `content` is the key to make where the bin has none. The first bin an item ever goes into is made fixed and
    default, unless the site file has its own word about that bin; under `last_used` each increase makes its bin the
    default.
    """
    if location.directed or location.default_bin_selection == "none":
        return []
    if default is None:
        is_told = here is not None and here.from_site
        return [] if is_told else [replace(here or content, fixed=True, default=True)]
    if location.default_bin_selection == "last_used" and default.bin != content.bin:
        return [replace(default, default=False), replace(here or content, default=True)]
    return []


def total(rows: Iterable[BinStock]) -> Decimal:
    """Return the base quantity of some rows of a bin."""
    return sum((row.qty_base for row in rows), ZERO)
