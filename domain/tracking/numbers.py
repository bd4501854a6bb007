"""Lots, serials and packages of one posting line: which are needed, which may be used, and their date.

Rules of tracking.md. Where numbers lie in bins is `places/`; which stock a decrease draws is `ledger/`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeVar

from domain.dates import formula_date
from domain.errors import InvariantBroken, Refused
from domain.items.card import Item
from domain.records import Records
from domain.site import TrackingCode
from domain.tracking.books import KnownNumber, Numbers
from domain.tracking.cards import InfoCard
from domain.values import ONE, fold

KINDS = ("serial", "lot", "package")
N = TypeVar("N", bound="HasNumbers")
UNTRACKED = TrackingCode(code="")
LONGEST = 50
TRANSFER = "transfer"
MOVEMENT = "movement"
"""The entry type of goods that change their bin only: their numbers are those the bins keep (decision 5)."""

DEFAULT_CODES = {
    "NONE": TrackingCode(code="NONE"),
    "LOT": TrackingCode(code="LOT", lot_specific=True, lot_warehouse=True),
    "SERIAL": TrackingCode(code="SERIAL", serial_specific=True, serial_warehouse=True),
    "LOT_SERIAL": TrackingCode(
        code="LOT_SERIAL", lot_specific=True, lot_warehouse=True, serial_specific=True, serial_warehouse=True
    ),
}
"""Codes that exist without set-up (tracking.md, Data)."""


class HasNumbers(Protocol):
    """A dataclass of goods with their numbers."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def lot(self) -> str:
        """Blank for none, as the others."""

    @property
    def serial(self) -> str:
        """The number of one piece."""

    @property
    def package(self) -> str:
        """The number of the package it lies in."""


class TrackingBooks(Protocol):
    """What tracking asks of the books."""

    @property
    def records(self) -> Records:
        """Tracking codes and info cards."""

    @property
    def numbers(self) -> Numbers:
        """What came in under which number."""


@dataclass(frozen=True, slots=True)
class TrackingRow:
    """The numbers of a posting line, or of part of it. `qty_base` None is the whole line; never signed."""

    lot: str = ""
    serial: str = ""
    package: str = ""
    expires: date | None = None
    warranty_until: date | None = None
    qty_base: Decimal | None = None

    @property
    def has_numbers(self) -> bool:
        """Say whether it names a lot, serial or package."""
        return bool(self.lot or self.serial or self.package)


def tracking_code(records: Records, item: Item) -> TrackingCode:
    """Return what the item's tracking code demands."""
    if not item.tracking:
        return UNTRACKED
    found = records.one(TrackingCode, item.tracking) or DEFAULT_CODES.get(item.tracking)
    if found is None:
        raise InvariantBroken(f"item {item.no} names tracking code {item.tracking}, which does not exist")
    return found


def is_specific(tracking: TrackingCode, kind: str) -> bool:
    """Say whether a number of that kind must be in stock to be issued."""
    return bool(getattr(tracking, f"{kind}_specific"))


def in_bins(tracking: TrackingCode, kind: str) -> bool:
    """Say whether bins keep numbers of that kind (tracking.md 1: specific sets warehouse)."""
    return bool(getattr(tracking, f"{kind}_warehouse")) or is_specific(tracking, kind)


def told_apart(tracking: TrackingCode, goods: N) -> N:
    """Return the goods with the numbers their stock is told apart by; all other stock is one pool (tracking.md 4)."""
    pooled = {kind: "" for kind in KINDS if getattr(goods, kind) and not in_bins(tracking, kind)}
    return replace(goods, **pooled) if pooled else goods


def is_needed(tracking: TrackingCode, kind: str, entry_type: str, *, increase: bool) -> bool:
    """Say whether a posting needs a number of that kind (table "When a number is required")."""
    if entry_type == MOVEMENT:
        return in_bins(tracking, kind)
    if is_specific(tracking, kind):
        return True
    flag = {"positive_adj": "pos_adj", "negative_adj": "neg_adj", "purchase": "purchase", "sale": "sales"}.get(
        entry_type
    )
    direction = f"{flag}_{'in' if increase else 'out'}" if flag else "transfer"
    return bool(getattr(tracking, f"{kind}_{direction}"))


def is_used(tracking: TrackingCode, kind: str) -> bool:
    """Say whether any flag of that kind is on."""
    return any(getattr(tracking, name) for name in tracking.__slots__ if name.startswith(f"{kind}_"))


def as_first_received(books: TrackingBooks, item: Item, variant: str, row: TrackingRow) -> TrackingRow:
    """Return the row with each number spelled as it first came in (decision 4)."""
    return replace(
        row,
        lot=_spelled(books, item, variant, "lot", row.lot),
        serial=_spelled(books, item, variant, "serial", row.serial),
        package=_spelled(books, item, variant, "package", row.package),
    )


def check_numbers(
    books: TrackingBooks,
    item: Item,
    variant: str,
    tracking: TrackingCode,
    row: TrackingRow,
    qty_base: Decimal,
    *,
    entry_type: str,
    at_bins: bool,
) -> None:
    """Check the numbers of one row; `qty_base` is signed.

    Raises Refused: a number missing (7), at an untracked item or not enabled at a location with bins (6), too long,
    a serial with another quantity than 1 (9), blocked (25) or without its info card (26) unless only the bin changes.
    """
    increase = qty_base > 0
    for kind in KINDS:
        number = getattr(row, kind)
        if not number:
            if is_needed(tracking, kind, entry_type, increase=increase):
                raise Refused("missing", what=kind)
            continue
        if tracking.code in ("", "NONE") or (at_bins and not is_used(tracking, kind)):
            raise Refused("not_tracked", item=item.no)
        if len(number) > LONGEST or not number.isprintable():
            raise Refused("unreadable", e_code="E_LONG", length=len(number))
        if entry_type != MOVEMENT:
            _check_card(books.records, item, variant, tracking, kind, number, increase=increase)
    if row.serial and abs(qty_base) != ONE:
        raise Refused("bad_qty", serial=row.serial)


def check_serial_comes_in(books: TrackingBooks, item: Item, variant: str, tracking: TrackingCode, serial: str) -> None:
    """Refuse a serial that is in stock already, at whatever location (11, ITM-63); a pool has no serials (4)."""
    state = books.numbers.serial(item.no, variant, serial) if is_specific(tracking, "serial") else None
    if state is not None and state.state == "in_stock":
        raise Refused("serial_in_stock", serial=serial)


def expiry_of_increase(
    item: Item,
    tracking: TrackingCode,
    row: TrackingRow,
    posting_date: date,
    *,
    own: date | None,
    in_stock: bool,
) -> date | None:
    """Return the date an increase carries: typed, else the number's `own`, else by the item's formula (20, 21).

    `in_stock` says whether stock of that number is there, which then fixes the date.

    Raises:
        Refused("expiry_differs"): another date than the stock of that lot or serial has.
        Refused("missing"): the code requires a date and there is none.
    """
    if not tracking.use_expiration:
        return None
    if in_stock and own and row.expires and row.expires != own:
        raise Refused("expiry_differs", lot=row.lot or row.serial, date=own)
    expires = row.expires or own
    if expires is None and item.expiration_calculation:
        expires = formula_date(item.expiration_calculation, posting_date)
    if expires is None and tracking.require_expiration_entry:
        raise Refused("missing", what="expiry")
    return expires


def known_date(books: TrackingBooks, item: Item, variant: str, row: TrackingRow) -> date | None:
    """Return the date the row's lot, else its serial, came in with last."""
    for kind in ("lot", "serial"):
        known = _known(books, item, variant, kind, getattr(row, kind))
        if known is not None and known.expires is not None:
            return known.expires
    return None


def date_after(row: TrackingRow, new: TrackingRow, own: date | None) -> date | None:
    """Return the date of goods that are reclassified from a row to a new one (reclassifying.md 10, 12 d).

    The new row's; their `own` where neither row has one, none where only the old row has one.
    """
    return new.expires or (None if row.expires else own)


def check_not_expired(row: TrackingRow, tracking: TrackingCode, entry_type: str, posting_date: date) -> None:
    """Refuse to issue expired goods under strict expiration (22)."""
    is_exempt = entry_type in ("negative_adj", "purchase", TRANSFER, MOVEMENT)
    if tracking.strict_expiration and not is_exempt and row.expires and posting_date > row.expires:
        raise Refused("expired", lot=row.lot or row.serial, date=row.expires)


def warranty_of_issue(row: TrackingRow, tracking: TrackingCode, posting_date: date) -> date | None:
    """Return until when issued goods are under warranty: as typed, else by the code's formula (23).

    Raises Refused("missing"): the code wants it typed.
    """
    if row.warranty_until or not row.has_numbers:
        return row.warranty_until
    if tracking.require_warranty_entry:
        raise Refused("missing", what="warranty")
    return formula_date(tracking.warranty_formula, posting_date) if tracking.warranty_formula else None


def make_cards(books: TrackingBooks, item: Item, variant: str, tracking: TrackingCode, row: TrackingRow) -> None:
    """Make the info cards the code wants made on posting (26)."""
    for kind in ("serial", "lot"):
        number = getattr(row, kind)
        if number and getattr(tracking, f"{kind}_create_info_on_posting"):
            key = fold(number)
            if books.records.one(InfoCard, kind, item.no, variant, key) is None:
                books.records.save(InfoCard(kind, item.no, variant, key, number))


def _known(books: TrackingBooks, item: Item, variant: str, kind: str, number: str) -> KnownNumber | None:
    return books.numbers.known(item.no, variant, kind, fold(number)) if number else None


def _spelled(books: TrackingBooks, item: Item, variant: str, kind: str, number: str) -> str:
    known = _known(books, item, variant, kind, number.strip())
    return known.no if known else number.strip()


def _check_card(
    records: Records, item: Item, variant: str, tracking: TrackingCode, kind: str, number: str, *, increase: bool
) -> None:
    card = records.one(InfoCard, kind, item.no, variant, fold(number))
    if card is None and getattr(tracking, f"{kind}_info_must_exist_{'in' if increase else 'out'}"):
        raise Refused("no_card", lot=number)
    if card is not None and card.blocked:
        raise Refused("blocked", what=kind, code=number)
