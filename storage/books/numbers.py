"""Lots, serials and packages that have been in stock, and where each serial is."""

from __future__ import annotations

from domain.tracking.books import KnownNumber, SerialState
from storage.columns import quoted, shape_of
from storage.engines import Connection

_NUMBER = shape_of(KnownNumber)
_SERIAL = shape_of(SerialState)
_NUMBERS = f"SELECT {quoted(_NUMBER.names)} FROM tracking_number WHERE"
_SERIALS = f"SELECT {quoted(_SERIAL.names)} FROM serial_state WHERE"
_KNOWN = f'{_NUMBERS} item = ? AND variant = ? AND kind = ? AND "key" = ?'
_ANYWHERE = f'{_NUMBERS} kind = ? AND "key" = ? ORDER BY item, variant'
_ONE_SERIAL = f"{_SERIALS} item = ? AND variant = ? AND serial = ?"
_IN_STOCK = f"{_SERIALS} item = ? AND variant = ? AND location = ? AND state = 'in_stock' ORDER BY serial"


class NumberBooks:
    """The derived tables `tracking_number` and `serial_state`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, item: str, variant: str, kind: str, key: str) -> KnownNumber | None:
        """Return the number of that item and variant."""
        row = self._connection.execute(_KNOWN, (item, variant, kind, key)).fetchone()
        return _NUMBER.entity(row) if row else None

    def known_anywhere(self, kind: str, key: str) -> list[KnownNumber]:
        """Return every item's number of that key."""
        return [_NUMBER.entity(row) for row in self._connection.execute(_ANYWHERE, (kind, key))]

    def serial(self, item: str, variant: str, serial: str) -> SerialState | None:
        """Return where a serial is."""
        row = self._connection.execute(_ONE_SERIAL, (item, variant, serial)).fetchone()
        return _SERIAL.entity(row) if row else None

    def serials_in_stock(self, item: str, variant: str, location: str) -> list[SerialState]:
        """Return the serials in stock at a location."""
        return [_SERIAL.entity(row) for row in self._connection.execute(_IN_STOCK, (item, variant, location))]
