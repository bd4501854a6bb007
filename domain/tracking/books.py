"""What is asked of storage about lots, serials and packages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """A number that has been in stock, as it first came in."""

    item: str
    variant: str
    kind: str
    """lot, serial or package."""
    key: str
    no: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class SerialState:
    """Where a serial is now; `state` in_stock or issued."""

    item: str
    variant: str
    serial: str
    location: str
    bin: str
    state: str


class Numbers(Protocol):
    """The derived tables `tracking_number` and `serial_state`; keys are folded (values.fold)."""

    def known(self, item: str, variant: str, kind: str, key: str) -> KnownNumber | None:
        """Return the number of that item and variant, or None where it never came in."""

    def known_anywhere(self, kind: str, key: str) -> list[KnownNumber]:
        """Return every item's number of that key, by item and variant."""

    def serial(self, item: str, variant: str, serial: str) -> SerialState | None:
        """Return where a serial (as it first came in) is."""

    def serials_in_stock(self, item: str, variant: str, location: str) -> list[SerialState]:
        """Return the serials in stock at a location, by serial."""
