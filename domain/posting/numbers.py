"""The numbers of a posting's lines: how each is spelled, its date, and which serials the posting itself moved.

A line is judged as the lines before it leave things. What a number may be used for at all is tracking/; which stock it
draws is stock.py.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.posting.line import Part
from domain.tracking.numbers import (
    TRANSFER,
    UNTRACKED,
    TrackingRow,
    as_first_received,
    check_not_expired,
    check_numbers,
    check_serial_comes_in,
    date_after,
    expiry_of_increase,
    known_date,
    warranty_of_issue,
)
from domain.values import ZERO, fold


class NumbersOnTheWay:
    """Numbers as they stand while the parts of one posting use them, before anything is written."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._spelled: dict[tuple[str, str, str, str], str] = {}
        self._dates: dict[tuple[str, str, str], date | None] = {}
        """Of the lots (serials without a lot) that came in by an earlier part."""
        self._moved: set[tuple[str, str, str, bool]] = set()
        """Serials, and whether they came in."""
        self._redated: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
        """How much of a lot is given another date."""

    def spelled(self, item: Item, variant: str, row: TrackingRow) -> TrackingRow:
        """Return the row with each number as it first came in, be it by an earlier line (decision 4)."""
        if not row.has_numbers:
            return row
        row = as_first_received(self._books, item, variant, row)
        lot, serial, package = (
            self._spelled.setdefault((item.no, variant, kind, fold(number)), number)
            for kind, number in (("lot", row.lot), ("serial", row.serial), ("package", row.package))
        )
        return replace(row, lot=lot, serial=serial, package=package)

    def checked(self, part: Part) -> Part:
        """Check the part's numbers and fill in its dates (tracking.md 6-12, 20-26)."""
        if part.item.costing == "specific" and not (part.numbers.serial or part.is_movement):
            raise Refused("missing", what="serial")  # COS-05
        if part.tracking is UNTRACKED and not (part.numbers.has_numbers or part.numbers.expires):
            return part
        check_numbers(
            self._books,
            part.item,
            part.line.variant,
            part.tracking,
            part.numbers,
            part.moved.qty_base,
            entry_type=part.line.entry_type,
            at_bins=bool(part.bins),
        )
        if part.numbers.serial and not part.is_movement:
            self._move_serial(part)
        numbers = part.numbers
        expires, warranty = self._expiry(part), numbers.warranty_until
        if part.line.entry_type == "sale" and not part.is_increase:
            warranty = warranty_of_issue(numbers, part.tracking, part.posting_date)
        if (expires, warranty) == (numbers.expires, numbers.warranty_until):
            return part
        return replace(part, numbers=replace(numbers, expires=expires, warranty_until=warranty))

    def date_after(self, out: Part, row: TrackingRow, new: TrackingRow) -> date | None:
        """Return the expiry date of goods that are reclassified from `row` to `new` (reclassifying.md 12).

        Raises Refused: merge_dates (b, f), expiry_differs (c), missing where the code requires a date (d).
        """
        item, variant = out.item, out.line.variant
        if not out.tracking.use_expiration:
            return None
        own = known_date(self._books, item, variant, out.numbers)
        expires = date_after(row, new, own)
        if own and expires is None and out.tracking.require_expiration_entry:
            raise Refused("missing", what="expiry")
        new = self.spelled(item, variant, new)
        key = (item.no, variant, new.lot or new.serial)
        if key in self._dates and self._dates[key] != expires:
            raise Refused("merge_dates", lot=key[2])
        if key[2] != (out.numbers.lot or out.numbers.serial):
            there = known_date(self._books, item, variant, new)
            if there and expires != there and self._is_in_stock(item, variant, new.lot):
                raise Refused("expiry_differs", lot=key[2], date=there)
        elif expires != own and new.lot:
            self._redated[key] -= out.moved.qty_base
        self._dates[key] = expires
        return expires

    def check_whole_lots(self) -> None:
        """Refuse another date for a part of a lot, wherever the rest lies (reclassifying.md 12 a, e)."""
        for (item, variant, lot), qty in self._redated.items():
            whole = sum((row.qty for row in self._books.stock.on_hand(item, variant, lot=lot)), ZERO)
            if qty < whole:
                raise Refused("whole_lot", lot=lot, qty=whole)

    def _is_in_stock(self, item: Item, variant: str, lot: str) -> bool:
        return bool(lot) and bool(self._books.stock.on_hand(item.no, variant, lot=lot))

    def _move_serial(self, part: Part) -> None:
        """Refuse a serial twice (9), and one that comes in while it is in stock, unless it went out before (11)."""
        item, variant, serial = part.item, part.line.variant, part.numbers.serial
        if (item.no, variant, serial, part.is_increase) in self._moved:
            raise Refused("duplicate")
        went_out = (item.no, variant, serial, False) in self._moved
        if part.is_increase and not went_out:
            check_serial_comes_in(self._books, item, variant, part.tracking, serial)
        self._moved.add((item.no, variant, serial, part.is_increase))

    def _expiry(self, part: Part) -> date | None:
        """Return the date the part carries; that of an increase holds for the parts after it (21)."""
        item, variant, row = part.item, part.line.variant, part.numbers
        key = (item.no, variant, row.lot or row.serial)
        known = known_date(self._books, item, variant, row)
        if part.is_in_half:
            return row.expires  # as date_after found it
        is_renamed = part.line.entry_type == TRANSFER and known  # all of a lot leaves with the date it had
        own = known if is_renamed else self._dates.get(key) or known
        if not part.is_increase or part.is_movement:
            if not part.line.is_correction:
                check_not_expired(replace(row, expires=own), part.tracking, part.line.entry_type, part.posting_date)
            return own
        in_stock = key in self._dates or self._is_in_stock(item, variant, row.lot)
        expires = expiry_of_increase(item, part.tracking, row, part.posting_date, own=own, in_stock=in_stock)
        if key[2]:
            self._dates[key] = expires
        return expires
