"""Posted documents: what was shipped or received, never changed; an undo adds correction lines (DOC-70).

Not here: what writes them (shipping.py, undone_lines.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from domain.values import ZERO


@dataclass(frozen=True, slots=True)
class PostedDocument:
    """A shipment or receipt of an order."""

    KEY: ClassVar[tuple[str, ...]] = ("no",)
    AUDITED: ClassVar[bool] = True  # its audit rows bring it under the hash of the register

    no: str
    kind: str
    """sales_shipment, purchase_receipt, sales_return_receipt, purchase_return_shipment."""
    register: int
    posting_date: date
    order: str
    location: str
    partner: str = ""
    partner_name: str = ""
    external_document_no: str = ""


@dataclass(frozen=True, slots=True)
class PostedLine:
    """One item entry of a posted document, or a quantity that moves no stock (DOC-63).

    Quantities are in `uom` and, with `_base`, in the base unit: above zero, below zero on a correction.
    """

    KEY: ClassVar[tuple[str, ...]] = ("document", "line_no")
    AUDITED: ClassVar[bool] = True  # its audit rows bring it under the hash of the register

    document: str
    line_no: int
    order_line: int
    item: str
    qty: Decimal
    qty_base: Decimal
    variant: str = ""
    uom: str = ""
    lot: str = ""
    serial: str = ""
    package: str = ""
    item_entry: int = 0
    """0 where no stock moved."""
    qty_invoiced_base: Decimal = ZERO
    """Invoiced in the same posting."""
    corrects: int = 0
    """The line that this one takes back."""
