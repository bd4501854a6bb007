"""The numbers of a posting's lines: how each is spelled, its date, and which serials the posting itself moved.

A line is judged as the lines before it leave things. What a number may be used for at all is tracking/; which stock it
draws is stock.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.posting.line import Part
from domain.tracking.numbers import (
    UNTRACKED,
    TrackingRow,
    as_first_received,
    check_not_expired,
    check_numbers,
    check_serial_comes_in,
    expiry_of_increase,
    known_date,
    warranty_of_issue,
)
from domain.values import fold


class NumbersOnTheWay:
    """Numbers as they stand while the parts of one posting use them, before anything is written."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._spelled: dict[tuple[str, str, str, str], str] = {}
        self._dates: dict[tuple[str, str, str], date | None] = {}
        """Of the lots (serials without a lot) that came in by an earlier part."""
        self._moved: set[tuple[str, str, str, bool]] = set()
        """Serials, and whether they came in."""

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
        own = self._dates.get(key) or known_date(self._books, item, variant, row)
        if not part.is_increase or part.is_movement:
            if not part.line.is_correction:
                check_not_expired(replace(row, expires=own), part.tracking, part.line.entry_type, part.posting_date)
            return own
        in_stock = key in self._dates or (
            bool(row.lot) and bool(self._books.stock.on_hand(item.no, variant, lot=row.lot))
        )
        expires = expiry_of_increase(item, part.tracking, row, part.posting_date, own=own, in_stock=in_stock)
        if key[2]:
            self._dates[key] = expires
        return expires
