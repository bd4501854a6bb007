"""The rows of the ledgers, with the columns of the tables (ledger.md, Data).

Append-only: nothing here is ever changed. What moves after posting is derived (LED-01).
They are named tuples: a document makes thousands, and a frozen dataclass of 36 fields takes thrice as long to make.
`id` is `register << 20 | position`; quantities are base units unless a `uom` stands beside; money is local currency.
A missing variant, location, bin, number or document is "", a missing entry is 0.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from domain.values import ZERO

POSITION_BITS = 20
SEQUENCE_BITS = 33
_REGISTER = re.compile("([0-9]{1,4})-([0-9]{1,10})")


def register_of(entry: int) -> int:
    """Return the register that wrote an entry."""
    return entry >> POSITION_BITS


def shown(number: int) -> str:
    """Return a register or entry number as people read it: `3-1041` or `3-1041.2`."""
    position = ""
    if number >> (POSITION_BITS + SEQUENCE_BITS):
        position = f".{number & (1 << POSITION_BITS) - 1}"
        number >>= POSITION_BITS
    return f"{number >> SEQUENCE_BITS}-{number & (1 << SEQUENCE_BITS) - 1}{position}"


def register_called(name: str) -> int:
    """Return the register that people call so (`3-1041`), 0 for any other text."""
    found = _REGISTER.fullmatch(name)
    return int(found[1]) << SEQUENCE_BITS | int(found[2]) if found else 0


def entry_called(name: str) -> int:
    """Return the entry that people call so (`3-1041.2`), 0 for any other text."""
    register, _, position = name.partition(".")
    is_position = position.isascii() and position.isdecimal() and len(position) <= len(str(1 << POSITION_BITS))
    return register_called(register) << POSITION_BITS | int(position) if is_position else 0


class ItemEntry(NamedTuple):
    """A quantity movement of an item at a location."""

    id: int
    posted_at: datetime
    item: str
    variant: str
    location: str
    posting_date: date
    document_date: date
    entry_type: str
    """purchase, sale, positive_adj, negative_adj, transfer, assembly_output, assembly_consumption."""
    qty: Decimal
    uom: str
    qty_per_unit: Decimal
    document_type: str = ""
    document_no: str = ""
    document_line: int = 0
    external_document_no: str = ""
    order_type: str = ""
    order_no: str = ""
    order_line: int = 0
    lot: str = ""
    serial: str = ""
    package: str = ""
    expires: date | None = None
    warranty_until: date | None = None
    applies_to_entry: int = 0
    correction: bool = False
    drop_shipment: bool = False
    assemble_to_order: bool = False
    source_type: str = ""
    source_no: str = ""
    reason: str = ""
    return_reason: str = ""


class ValueEntry(NamedTuple):
    """A value movement of an item entry."""

    id: int
    item_entry: int
    item: str
    variant: str
    location: str
    item_entry_type: str
    entry_type: str
    """direct_cost, indirect_cost, variance, revaluation, rounding."""
    posting_date: date
    valuation_date: date
    valued_qty: Decimal
    entry_qty: Decimal
    """Quantity of the item entry on its first value entry, else 0."""
    invoiced_qty: Decimal
    cost_per_unit: Decimal
    cost_amount_actual: Decimal
    cost_amount_expected: Decimal = ZERO
    cost_amount_non_invtbl: Decimal = ZERO
    variance_type: str = ""
    expected_cost: bool = False
    partial_revaluation: bool = False
    adjustment: bool = False
    applies_to_entry: int = 0
    item_charge_no: str = ""
    inventoriable: bool = True
    sales_amount_expected: Decimal = ZERO
    sales_amount_actual: Decimal = ZERO
    purchase_amount_expected: Decimal = ZERO
    purchase_amount_actual: Decimal = ZERO
    discount_amount: Decimal = ZERO
    document_type: str = ""
    document_no: str = ""
    document_line: int = 0
    business_group: str = ""
    product_group: str = ""
    inventory_group: str = ""
    source_code: str = ""
    reason: str = ""


class Application(NamedTuple):
    """Who supplied whom. `qty` is signed: + on an increase's own row, - for what a decrease drew."""

    id: int
    item_entry: int
    """The entry whose posting made the row."""
    inbound_entry: int
    outbound_entry: int
    """0 on an increase's own row."""
    qty: Decimal
    posting_date: date
    transferred_from_entry: int = 0
    cost_application: bool = False
    fixed: bool = False
    cancels: int = 0
    """The application this row takes back."""


class BinEntry(NamedTuple):
    """A movement in a bin."""

    id: int
    posted_at: datetime
    registering_date: date
    location: str
    zone: str
    bin: str
    item: str
    variant: str
    uom: str
    qty: Decimal
    """Signed, in `uom`."""
    qty_base: Decimal
    entry_type: str
    """positive_adj, negative_adj, movement."""
    lot: str = ""
    serial: str = ""
    package: str = ""
    expires: date | None = None
    warranty_until: date | None = None
    cubage: Decimal = ZERO
    weight: Decimal = ZERO
    document_type: str = ""
    document_no: str = ""
    document_line: int = 0
    source_type: str = ""
    source_no: str = ""
    reason: str = ""


class PhysicalEntry(NamedTuple):
    """Proof that something was counted, a difference of 0 included."""

    id: int
    item: str
    variant: str
    location: str
    bin: str
    lot: str
    serial: str
    package: str
    posting_date: date
    entry_type: str
    """positive_adj or negative_adj."""
    qty_calculated: Decimal
    qty_counted: Decimal
    qty: Decimal
    """The difference, without sign."""
    unit_cost: Decimal
    document_no: str
    counted_at: datetime
    operator: str
    """Who counted."""
    counting_period: str = ""
    reason: str = ""


class AuditRow(NamedTuple):
    """One change of one field, or one event of a record (SAF-30)."""

    id: int
    record_type: str
    record_key: str
    field: str
    """"" for the record as a whole."""
    old: str
    new: str
    reason: str = ""


class GlEntry(NamedTuple):
    """A movement of a G/L account (general-ledger.md, Data)."""

    id: int
    posting_date: date
    document_no: str
    account: str
    amount: Decimal
    """Debit is above zero."""
    description: str = ""
    source_code: str = ""


class GlRelation(NamedTuple):
    """What of a G/L entry is of which value entry; each amount of one is on two G/L entries."""

    id: int
    gl_entry: int
    value_entry: int
    amount: Decimal
    """With the sign of the G/L entry."""
    expected: bool
    balancing: bool
    """On the balancing account (GL-02); what is posted of a value entry is the sum of the rows that are not."""


LedgerRow: TypeAlias = ItemEntry | ValueEntry | Application | BinEntry | PhysicalEntry | AuditRow | GlEntry | GlRelation
