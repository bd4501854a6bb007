"""An order, its lines and the numbers its lines name.

Not here: commands on them (order.py), lists of them (order_list.py), what posts them (shipping.py) and what that leaves
(posted_documents.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from domain.values import ONE, ZERO

KINDS = ("sales_order", "purchase_order", "sales_return_order", "purchase_return_order")
OUTBOUND = ("sales_order", "purchase_return_order")


@dataclass(frozen=True, slots=True)
class Order:
    """What a partner ordered or was ordered from him; deleted when it is done (DOC-03)."""

    KEY: ClassVar[tuple[str, ...]] = ("no",)
    AUDITED: ClassVar[bool] = True

    no: str
    kind: str
    """One of KINDS."""
    location: str
    status: str = "open"
    """open, released."""
    partner: str = ""
    partner_name: str = ""
    due: date | None = None
    """Shipment date or expected receipt date."""
    priority: int = 0
    """1 is the most urgent; 0 is none, and comes last."""
    shipping_advice: str = "partial"
    """partial, complete (DOC-17)."""
    external_document_no: str = ""
    created_at: datetime | None = None
    order_date: date | None = None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of an order. Quantities are in `uom` and, with `_base`, in the base unit; never signed."""

    KEY: ClassVar[tuple[str, ...]] = ("order", "line_no")
    AUDITED: ClassVar[bool] = True

    order: str
    line_no: int
    item: str
    qty: Decimal
    qty_base: Decimal
    variant: str = ""
    location: str = ""
    bin: str = ""
    """Where the order wants it taken from or put, "" where the program chooses (picking.md 18)."""
    uom: str = ""
    qty_per_unit: Decimal = ONE
    due: date | None = None
    unit_price: Decimal | None = None
    unit_cost: Decimal | None = None
    qty_handled: Decimal = ZERO
    """Shipped or received so far; likewise `qty_handled_base`."""
    qty_handled_base: Decimal = ZERO
    qty_invoiced_base: Decimal = ZERO
    qty_to_handle: Decimal | None = None
    """To be shipped or received next, likewise `qty_to_handle_base`; None is all that is outstanding (DOC-11)."""
    qty_to_handle_base: Decimal | None = None
    applies_to_entry: int | None = None
    """The item entry that a return to the vendor takes back (DOC-50)."""
    applies_from_entry: int | None = None
    """The item entry that a return from a customer takes back."""

    @property
    def outstanding(self) -> Decimal:
        """What is not handled yet, in `uom` (DOC-10)."""
        return self.qty - self.qty_handled

    @property
    def outstanding_base(self) -> Decimal:
        """What is not handled yet, in the base unit."""
        return self.qty_base - self.qty_handled_base

    @property
    def to_handle(self) -> Decimal:
        """What the next posting handles unless it is told otherwise, in `uom`."""
        return self.outstanding if self.qty_to_handle is None else self.qty_to_handle

    @property
    def to_handle_base(self) -> Decimal:
        """What the next posting handles unless it is told otherwise, in the base unit."""
        return self.outstanding_base if self.qty_to_handle_base is None else self.qty_to_handle_base


@dataclass(frozen=True, slots=True)
class OrderTracking:
    """Numbers an order line names. Base units, never signed."""

    KEY: ClassVar[tuple[str, ...]] = ("order", "line_no", "row_no")
    AUDITED: ClassVar[bool] = True

    order: str
    line_no: int
    row_no: int
    qty_base: Decimal
    lot: str = ""
    serial: str = ""
    package: str = ""
    expires: date | None = None
    qty_handled_base: Decimal = ZERO

    @property
    def outstanding_base(self) -> Decimal:
        """What of these numbers is not handled yet."""
        return self.qty_base - self.qty_handled_base
