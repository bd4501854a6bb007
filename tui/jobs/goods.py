"""Which goods a line is about: bin, item, variant, lot, serial, expiry - asked the same way in every job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.dates import typed_date
from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import item_to_move, pack, variants_to_move
from domain.places.lying import NOWHERE, bin_of
from domain.scanning.label import NOTHING_ELSE, Label, named
from domain.scanning.resolver import Choices, Expected, Found
from domain.site import Location, TrackingCode
from domain.tracking.numbers import (
    KINDS,
    TrackingRow,
    as_first_received,
    known_date,
    tracking_code,
)
from domain.values import fold
from domain.work.stock_here import Goods
from tui.jobs.job import Ambiguous, PartLabel
from tui.jobs.keeping import kept
from tui.jobs.view import Fact, Message

if TYPE_CHECKING:
    from tui.jobs.job import Do, Given

NUMBERS = ("lot", "serial", "package")
ORDER = ("bin", "item", *NUMBERS)
"""The order in which the facts are asked and taken back; the job asks for a date after them."""


@kept
@dataclass(frozen=True, slots=True)
class Line:
    """The goods of the open line, as far as they are answered."""

    at_bins: bool = False
    bin: str = ""
    item: str = ""
    text: str = ""
    """The item's description, as it is shown."""
    variant: str = ""
    needs: tuple[str, ...] = ()
    """Kinds of numbers the item must be told apart by."""
    single: tuple[str, ...] = ()
    """Of these the ones of which the place has one number only: they are not asked."""
    lot: str = ""
    serial: str = ""
    package: str = ""
    wants_expiry: bool = False
    expires: date | None = None
    proposed: Decimal | None = None
    """What the label says there is, in base units: it still needs Enter (floor-flows.md 5)."""

    @property
    def prompt(self) -> str:
        """The first fact that is missing, "" when the goods are known. Expiry is asked by the job, after these."""
        if self.at_bins and not self.bin:
            return "bin"
        if not self.item:
            return "item"
        missing = (kind for kind in NUMBERS if kind in self.needs and not getattr(self, kind))
        return next((kind for kind in missing if kind not in self.single), "")

    @property
    def goods(self) -> Goods:
        """Item, variant and numbers."""
        return Goods(self.item, self.variant, self.lot, self.serial, self.package)

    def without(self, fact: str) -> Line:
        """Return the line with one fact, and all asked after it, taken back; a date is asked again."""
        if fact == "expiry":
            return replace(self, expires=None)
        blank = Line(at_bins=self.at_bins)
        keep = ORDER[: ORDER.index(fact)]
        kept_facts = {name: getattr(self, name) for name in keep}
        if "item" in keep:
            kept_facts |= {"text": self.text, "variant": self.variant, "needs": self.needs}
        kept_facts["single"] = tuple(kind for kind in self.single if kind in keep)
        return replace(blank, **kept_facts)

    def last_answered(self) -> str:
        """Return the fact answered last, "" when none is; the date a label told goes with its number."""
        if self.wants_expiry and self.expires:
            return "expiry"
        answered = [name for name in ORDER if getattr(self, name) and name not in self.single]
        return answered[-1] if answered else ""

    def facts(self) -> dict[str, Fact]:
        """Return what is answered, as `got` of a View."""
        return {
            "bin": self.bin or None,
            "item": self.item or None,
            "lot": self.lot or None,
            "serial": self.serial or None,
            "package": self.package or None,
            "expires": self.expires,
        }

    def body(self) -> tuple[Message, ...]:
        """Return the lines that tell what is answered."""
        told = []
        if self.bin:
            told.append(Message("body.bin", {"bin": self.bin}))
        if self.item:
            told.append(Message("body.item", {"item": self.item, "text": self.text}))
        if self.variant:
            told.append(Message("body.variant", {"variant": self.variant}))
        told += [Message(f"body.{kind}", {"number": getattr(self, kind)}) for kind in KINDS if getattr(self, kind)]
        if self.expires:
            told.append(Message("body.expires", {"date": self.expires}))
        return tuple(told)


def begin_line(do: Do) -> Line:
    """Return an empty line at the location worked at."""
    return Line(at_bins=location_of(do).bin_mandatory)


def location_of(do: Do) -> Location:
    """Return the location worked at."""
    return do.books.records.one(Location, do.situation.location) or NOWHERE


def with_bin(line: Line, do: Do, given: Given) -> Line:
    """Answer the bin prompt: any bin of the location."""
    found = do.find(given, {"bin"})
    bin_of(do.books.records, location_of(do), found.bin)
    return replace(line, bin=found.bin)


def find_item(line: Line, do: Do, given: Given) -> Found:
    """Return the item an answer means, the number that brings its item along, or the bin one turns to.

    Raises PartLabel for numbers or a quantity without their item: the other label says of what they are (SCN-49).
    """
    if "W_PART" in given.reading.warn and "item" not in named(given.reading):
        raise PartLabel
    accepts = {"item", "lot", "serial", "package"} | ({"bin"} if line.at_bins else set())
    return do.find(given, accepts, expected(line))


def with_item(line: Line, do: Do, found: Found, needs: Callable[[TrackingCode, str], bool]) -> Line:
    """Answer the item prompt with something found; a number found brings its item along.

    `needs` says which kinds of numbers the job asks for.

    Raises Ambiguous where the item has variants and none was scanned, Refused for a package of several items and for an
    item that may not move.
    """
    if not found.item:
        raise Refused("missing", what="item")
    records = do.books.records
    found = with_variant(do, found)
    item = item_to_move(records, do.situation.settings, found.item, found.variant)
    tracking = tracking_code(records, item)
    asked = tuple(kind for kind in NUMBERS if needs(tracking, kind))
    line = replace(line, item=item.no, text=item.description, variant=found.variant, needs=asked)
    label = found.label.naming(found.kind, found.number) if found.kind in asked else found.label
    return _labelled(line, do, item, label, found.uom)


def with_variant(do: Do, found: Found) -> Found:
    """Return an item found with its only variant, which is mostly the blank one; of several the operator chooses."""
    if found.kind != "item" or found.variant or found.is_variant_chosen:
        return found
    item = do.books.records.one(Item, found.item)
    variants = variants_to_move(do.books.records, do.situation.settings, item) if item else []
    if len(variants) > 1:
        choices = (replace(found, variant=variant, is_variant_chosen=True) for variant in variants)
        raise Ambiguous(Choices(tuple(choices)))
    return replace(found, variant=variants[0]) if variants else found


def with_number(line: Line, do: Do, given: Given, kind: str) -> Line:
    """Answer a lot, serial or package prompt; a new number is taken as typed. The item scanned again is ignored.

    Raises Refused("no_match_kind") for a code that is something else.
    """
    item = item_of(line, do)
    if given.reading.error or kind in named(given.reading):
        found = do.find(given, {kind}, expected(line))
        label = found.label if found.kind == "item" else found.label.naming(kind, found.number)
        return _labelled(line, do, item, label, found.uom)
    text = given.reading.text("code") or given.text
    number = NOTHING_ELSE.naming(kind, text)
    if do.books.numbers.known(item.no, line.variant, kind, fold(text)) is not None:
        return _labelled(line, do, item, number)
    other = _known_as(do, given)
    if other == item.no:
        return line
    if given.reading.kind == "plain" and (not other or given.source == "keyed"):
        return _labelled(line, do, item, number)
    raise Refused("no_match_kind", prompt=kind, code=text)


def with_expiry(line: Line, do: Do, given: Given) -> Line:
    """Answer the expiry prompt: DDMMYY, MMYY or ISO."""
    return replace(line, expires=typed_date(given.text, do.situation.work_date))


def asks_expiry(line: Line, do: Do) -> bool:
    """Say whether goods that come in need a date that neither label nor stock has told (decision 59)."""
    item = item_of(line, do)
    tracking = tracking_code(do.books.records, item)
    row = TrackingRow(line.lot, line.serial, line.package)
    return (
        tracking.require_expiration_entry
        and line.expires is None
        and not item.expiration_calculation
        and known_date(do.books, item, line.variant, row) is None
    )


def item_of(line: Line, do: Do) -> Item:
    """Return the card of the line's item."""
    return item_to_move(do.books.records, do.situation.settings, line.item, line.variant)


def expected(line: Line) -> Expected:
    """Return what a bare code is tried as first, and what the number of a label must be of."""
    return Expected(item=line.item, variant=line.variant, bin=line.bin, lot=line.lot)


def other_number(line: Line, label: Label) -> tuple[str, str] | None:
    """Return the number a label says and the one of that kind that the line has, where they are not the same."""
    pairs = ((getattr(label, kind), getattr(line, kind)) for kind in line.needs)
    return next(((told, had) for told, had in pairs if told and had and fold(told) != fold(had)), None)


def refuse_contradiction(line: Line, label: Label) -> None:
    """Refuse the label of other goods than the line is about (floor-flows.md 5)."""
    if numbers := other_number(line, label):
        raise Refused("label_contradicts", a=numbers[0], b=numbers[1])
    if line.expires and label.expires not in (None, line.expires):
        raise Refused("label_contradicts", a=label.expires, b=line.expires)


def _labelled(line: Line, do: Do, item: Item, label: Label, uom: str = "") -> Line:
    """Fill all prompts a label answers, or none of them (floor-flows.md 5).

    A date that the stock of the number has already is kept, whatever the label says (tracking.md 19).

    Raises Refused("label_contradicts") where the line has another number of a kind, or another date.
    """
    refuse_contradiction(line, label)
    numbers = {kind: getattr(label, kind) or getattr(line, kind) for kind in line.needs}
    row = as_first_received(do.books, item, line.variant, TrackingRow(**numbers))
    tracking = tracking_code(do.books.records, item)
    is_dated = tracking.use_expiration and label.expires and known_date(do.books, item, line.variant, row) is None
    return replace(
        line,
        lot=row.lot,
        serial=row.serial,
        package=row.package,
        expires=label.expires if is_dated else line.expires,
        proposed=line.proposed if label.qty is None else label.qty * pack(do.books.records, item, uom),
    )


def _known_as(do: Do, given: Given) -> str:
    """Return the item, bin or document a code names; "" where it is none."""
    try:
        found = do.find(given, {"item", "bin", "document"})
    except Refused:
        return ""
    return found.item or found.bin or found.document
