"""What a site says about goods: their numbers and units, why they change, what a new item has.

Not here: items themselves (items/), the rules of numbers (tracking/), accounts (accounts.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

DOCUMENT_KINDS = (
    "sales_order", "purchase_order", "sales_return_order", "purchase_return_order", "transfer_order", "assembly_order",
    "purchase_receipt", "sales_shipment", "purchase_return_shipment", "sales_return_receipt", "invoice", "credit_memo",
    "transfer_shipment", "transfer_receipt", "direct_transfer", "assembly", "inventory_receipt", "inventory_shipment",
    "receipt", "shipment", "pick", "put_away", "movement", "count", "package",
)  # fmt: skip
"""Kinds of documents that `document_series` may number (glossary)."""


@dataclass(frozen=True, slots=True)
class TrackingCode:
    """Which numbers an item needs when (tracking.md). `X_specific` implies `X_warehouse` and every flag of X."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    description: str = ""
    serial_specific: bool = False
    serial_warehouse: bool = False
    serial_purchase_in: bool = False
    serial_purchase_out: bool = False
    serial_sales_in: bool = False
    serial_sales_out: bool = False
    serial_pos_adj_in: bool = False
    serial_pos_adj_out: bool = False
    serial_neg_adj_in: bool = False
    serial_neg_adj_out: bool = False
    serial_transfer: bool = False
    serial_info_must_exist_in: bool = False
    serial_info_must_exist_out: bool = False
    serial_create_info_on_posting: bool = False
    lot_specific: bool = False
    lot_warehouse: bool = False
    lot_purchase_in: bool = False
    lot_purchase_out: bool = False
    lot_sales_in: bool = False
    lot_sales_out: bool = False
    lot_pos_adj_in: bool = False
    lot_pos_adj_out: bool = False
    lot_neg_adj_in: bool = False
    lot_neg_adj_out: bool = False
    lot_transfer: bool = False
    lot_info_must_exist_in: bool = False
    lot_info_must_exist_out: bool = False
    lot_create_info_on_posting: bool = False
    package_specific: bool = False
    package_warehouse: bool = False
    package_purchase_in: bool = False
    package_purchase_out: bool = False
    package_sales_in: bool = False
    package_sales_out: bool = False
    package_pos_adj_in: bool = False
    package_pos_adj_out: bool = False
    package_neg_adj_in: bool = False
    package_neg_adj_out: bool = False
    package_transfer: bool = False
    package_info_must_exist_in: bool = False
    package_info_must_exist_out: bool = False
    use_expiration: bool = False
    require_expiration_entry: bool = False
    strict_expiration: bool = False
    warranty_formula: str = ""
    require_warranty_entry: bool = False


@dataclass(frozen=True, slots=True)
class UnitOfMeasure:
    """A unit of the site's list."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""
    international: str = ""


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """Why stock changes; offered by digit in the order of `position`, from 1."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    text: str = ""
    offered_for: tuple[str, ...] = ("adjust",)
    """`for` of the site file: adjust, short, reclassify, return, block."""
    needs_approval: bool = False
    location: str = ""
    value_zero: bool = False
    position: int = 1


@dataclass(frozen=True, slots=True)
class SeriesPattern:
    """`number_series`: how the numbers of a series look; its counter is kept apart (domain/series.py)."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    pattern: str
    """{YY} {YYYY} {MM} {DD} are the date, a run of # the counter."""
    start: int = 1
    increment: int = 1
    gapless: bool = False


@dataclass(frozen=True, slots=True)
class CountingPeriod:
    """How often items are counted (counting.md 32)."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    times_per_year: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class ItemTemplate:
    """What a new item made by it has."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    fields: dict[str, str] = field(default_factory=dict)
    """Field of the item card to its value as the site file has it."""
