"""What finding the meaning of a scan asks of the books: less than a command, so that it stands below the ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.records import Records


class Known(Protocol):
    """A lot, serial or package that has been in stock."""

    @property
    def item(self) -> str:
        """Whose number it is."""

    @property
    def variant(self) -> str:
        """Of which variant."""

    @property
    def no(self) -> str:
        """The number as it first came in."""


class KnownNumbers(Protocol):
    """Numbers by their folded key."""

    def known_anywhere(self, kind: str, key: str) -> Sequence[Known]:
        """Return every item's number of that key, by item and variant."""


class ScanBooks(Protocol):
    """The part of the books a scan is looked up in."""

    @property
    def records(self) -> Records:
        """Items, identifiers, bins, locations, documents."""

    @property
    def numbers(self) -> KnownNumbers:
        """Lots, serials, packages."""
