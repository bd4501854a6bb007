"""What a label with several facts names, by the names of stock (glossary: reader fact -> stock field).

Not here: reading it (reader.py), whether the books know any of it (resolver.py), filling prompts with it (the jobs).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.scanning.reading import Reading

_KINDS = {"pallet": "package", "order": "document", "user": "operator"}
"""Kinds of the reader that have another name in stock; every other kind with a `code` is its own name."""
_FACTS = {
    "item": ("gtin", "content_gtin", "hibc_item", "part"),
    "lot": ("lot",),
    "serial": ("serial",),
    "package": ("sscc", "licence_plate"),
}
_QUANTITIES = ("qty", "content_qty")
_DATES = ("expiry", "best_before")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says of its goods besides naming the item. Blank and None where it does not say."""

    lot: str = ""
    serial: str = ""
    package: str = ""
    expires: date | None = None
    """Its expiry date, else its best-before date."""
    qty: Decimal | None = None
    """Only ever proposed (floor-flows.md 5); in the unit that the item of the label stands for."""

    def naming(self, kind: str, number: str) -> Label:
        """Return it with another number of a kind, "" for none."""
        return Label(
            lot=number if kind == "lot" else self.lot,
            serial=number if kind == "serial" else self.serial,
            package=number if kind == "package" else self.package,
            expires=self.expires,
            qty=self.qty,
        )


NOTHING_ELSE = Label()


def named(reading: Reading) -> dict[str, str]:
    """Return the code of each kind of thing a reading names.

    A reading of the kind plain, gtin or rcn does not say what it names: its one code stands under every kind it may be.
    """
    codes = {kind: code for kind, facts in _FACTS.items() if (code := _first(reading, facts))}
    if code := reading.text("code"):
        codes[_KINDS.get(reading.kind, reading.kind)] = code
    return codes


def label_of(reading: Reading) -> Label:
    """Return what a reading says of its goods besides the item."""
    codes = named(reading)
    expires, qty = _first(reading, _DATES), _first(reading, _QUANTITIES)
    return Label(
        lot=codes.get("lot", ""),
        serial=codes.get("serial", ""),
        package=codes.get("package", ""),
        expires=date.fromisoformat(expires) if expires else None,
        qty=Decimal(qty) if qty else None,
    )


def _first(reading: Reading, facts: tuple[str, ...]) -> str:
    return next((text for fact in facts if (text := reading.text(fact))), "")
