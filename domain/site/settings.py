"""The settings of a site, named as in the site file; each field's default is that of the specification (site.md).

Not here: scanning (terminals.py), which of them this version acts on (config/site_form.py, `kept`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.values import AMOUNT_STEP, QTY_STEP, ZERO

SHORT_REASONS = ("empty", "damaged", "cannot_reach", "wrong_lot")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Recount tolerance; every part given must hold, none given is 0 (counting.md 40)."""

    pct: Decimal | None = None
    qty: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CountingRules:
    """`settings.counting`."""

    freeze: str = "warn"
    """none | warn | refuse (counting.md 38)."""
    recount_tolerance: Tolerance = field(default_factory=Tolerance)


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """`settings.session`, all in seconds."""

    idle_lock: int = 600
    drop_after: int = 60
    keep_input: int = 86400
    claim_lease: int = 900


@dataclass(frozen=True, slots=True)
class OverReceipt:
    """`settings.over_receipt_codes`: how much more than ordered may come in (DOC-20)."""

    tolerance_pct: Decimal = ZERO
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class CatalogNumberFormat:
    """`settings.catalog_number_format`: of what the number of an item made of a catalogue article consists (ITM-70)."""

    parts: str = "vendor_item_no"
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """`settings`, in the order of the site file."""

    default_costing: str = "fifo"
    average_cost_period: str = "day"
    average_cost_calc_type: str = "item"
    automatic_cost_adjustment: str = "always"
    cost_adjustment_schedule: str = "15m"
    """An interval, HH:MM, or none."""
    cost_adjustment_logging: str = "errors"
    automatic_cost_posting: bool = True
    expected_cost_posting: bool = False
    amount_rounding: Decimal = AMOUNT_STEP
    unit_rounding: Decimal = QTY_STEP
    earliest_allowed_valuation_date: date | None = None
    allow_posting_from: str | None = None
    """A date or a date formula (PER-02)."""
    allow_posting_to: str | None = None
    head_log: str = ""
    """A file or directory; "" is beside the backups (SAF-32)."""
    prevent_negative_inventory: bool = True
    stockout_warning: bool = True
    variant_mandatory_if_exists: bool = False
    location_mandatory: bool = True
    default_location: str = ""
    default_responsibility_center: str = ""
    default_qty_to_ship: str = "remainder"
    default_qty_to_receive: str = "remainder"
    exact_cost_reversing_sales: bool = False
    exact_cost_reversing_purchases: bool = False
    direct_transfer_posting: str = "direct_transfer"
    over_receipt_codes: dict[str, OverReceipt] = field(default_factory=dict)
    default_over_receipt_code: str = ""
    catalog_number_format: CatalogNumberFormat = field(default_factory=CatalogNumberFormat)
    look_ahead_period: str = ""
    """A date formula; "" is no limit, 0D none (decision 55)."""
    look_ahead_bucket: str = "day"
    default_safety_lead_time: str = ""
    counting: CountingRules = field(default_factory=CountingRules)
    warehouse_adjustment: str = "by_hand"
    """nightly | by_hand (decision 61)."""
    short_reasons: tuple[str, ...] = SHORT_REASONS
    """The digits 1.. of a short pick."""
    offer_count_after_short: bool = True
    load_check: bool = False
    skill_check: str = "enforced"
    """not_used | code_shown | warning_shown | enforced (ORG-31)."""
    max_typed_qty: Decimal = Decimal(99999)
    session: SessionTimes = field(default_factory=SessionTimes)
    pin_min_length: int = 6
    audit_years: int = 7
    durability: str = "full"
    """full | relaxed (SAF-01)."""
