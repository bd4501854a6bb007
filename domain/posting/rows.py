"""The ledger rows of checked parts (ledger.md LED-03, LED-06, LED-11, LED-15, LED-16, LED-20, LED-22)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from domain.costing.valuing import cost_per_base
from domain.items.moving import card_cost
from domain.ledger.application import Draw
from domain.ledger.books import Ledger
from domain.ledger.entries import Application, BinEntry, ItemEntry, LedgerRow, PhysicalEntry, ValueEntry
from domain.posting.line import Counted, Part
from domain.site import Bin, Settings
from domain.tracking.numbers import MOVEMENT
from domain.values import ZERO


class Rows:
    """Makes the rows of a register, part by part, in the order of their numbers."""

    def __init__(self, ledger: Ledger, settings: Settings, source: str, posted_at: datetime) -> None:
        self._ledger = ledger
        self._settings = settings
        self._source = source
        self._posted_at = posted_at
        self._entry_of: dict[int, int] = {}
        self.made: list[LedgerRow] = []
        self.entries: list[int] = []
        """The item entries, in the order of the parts."""

    def write(self, part: Part, number: int, draws: Sequence[Draw]) -> None:
        """Make the rows of one part; `draws` may name earlier parts by their stand-in `number`s."""
        if part.moved.qty_base and not part.is_movement:
            entry = self._ledger.number()
            self._entry_of[number] = entry
            self.entries.append(entry)
            self._item_entry(part, entry)
            self._applications(part, entry, draws)
            self._value_entry(part, entry, draws)
        for bin, qty in part.bins:
            if qty:
                self._bin_entry(part, bin, qty)
        if part.line.counted is not None:
            self._physical_entry(part, part.line.counted)

    def _item_entry(self, part: Part, entry: int) -> None:
        line, numbers, origin = part.line, part.numbers, part.line.origin
        self.made.append(
            ItemEntry(
                id=entry,
                posted_at=self._posted_at,
                item=part.item.no,
                variant=line.variant,
                location=part.location.code,
                posting_date=part.posting_date,
                document_date=part.posting_date,
                entry_type=line.entry_type,
                qty=part.moved.qty_base,
                uom=part.moved.uom,
                qty_per_unit=part.moved.qty_per_unit,
                document_type=origin.document_type,
                document_no=line.document_no,
                document_line=origin.document_line,
                external_document_no=origin.external_document_no,
                order_type=origin.order_type,
                order_no=origin.order_no,
                order_line=origin.order_line,
                lot=numbers.lot,
                serial=numbers.serial,
                package=numbers.package,
                expires=numbers.expires,
                warranty_until=numbers.warranty_until,
                source_type=origin.source_type,
                source_no=origin.source_no,
                reason=line.reason,
            )
        )

    def _applications(self, part: Part, entry: int, draws: Sequence[Draw]) -> None:
        """An increase has a row of its own and fills open decreases (LED-15, LED-20); a decrease draws (LED-16)."""
        if part.is_increase:
            self._application(entry, entry, 0, part.moved.qty_base, part)
        for draw in draws:
            other = self._entry_of.get(draw.entry, draw.entry)
            inbound, outbound = (entry, other) if part.is_increase else (other, entry)
            self._application(outbound, inbound, outbound, -draw.qty, part, draw)

    def _application(
        self, item_entry: int, inbound: int, outbound: int, qty: Decimal, part: Part, draw: Draw | None = None
    ) -> None:
        later = part.is_increase and draw is not None and draw.posting_date > part.posting_date
        self.made.append(
            Application(
                id=self._ledger.number(),
                item_entry=item_entry,
                inbound_entry=inbound,
                outbound_entry=outbound,
                qty=qty,
                posting_date=draw.posting_date if later and draw else part.posting_date,
            )
        )

    def _value_entry(self, part: Part, entry: int, draws: Sequence[Draw]) -> None:
        """What is received or shipped has expected value until it is invoiced, all else actual (LED-04, LED-06)."""
        line, qty = part.line, part.moved.qty_base
        drawn_from = [] if part.is_increase else [draw.posting_date for draw in draws]
        self.made.append(
            ValueEntry(
                id=self._ledger.number(),
                item_entry=entry,
                item=part.item.no,
                variant=line.variant,
                location=part.location.code,
                item_entry_type=line.entry_type,
                entry_type="direct_cost",
                posting_date=part.posting_date,
                valuation_date=max((part.posting_date, *drawn_from)),  # LED-22
                valued_qty=qty,
                entry_qty=qty,
                invoiced_qty=qty if line.is_invoiced else ZERO,
                cost_per_unit=cost_per_base(part.value, qty, self._settings),
                cost_amount_actual=part.value if line.is_invoiced else ZERO,
                cost_amount_expected=ZERO if line.is_invoiced else part.value,
                expected_cost=not line.is_invoiced,
                document_type=line.origin.document_type,
                document_no=line.document_no,
                document_line=line.origin.document_line,
                product_group=part.item.product_group,
                inventory_group=part.item.inventory_group,
                source_code=self._source,
                reason=line.reason,
            )
        )

    def _bin_entry(self, part: Part, bin: Bin, qty: Decimal) -> None:
        """One for each bin of an item entry, in the base unit outside directed locations (bins.md 15, decision 57)."""
        found = "positive_adj" if part.is_increase else "negative_adj"
        origin = part.line.origin
        lot, serial, package = part.kept_in_bins()
        self.made.append(
            BinEntry(
                id=self._ledger.number(),
                posted_at=self._posted_at,
                registering_date=part.posting_date,
                location=part.location.code,
                zone=bin.zone,
                bin=bin.code,
                item=part.item.no,
                variant=part.line.variant,
                uom=part.item.base_uom,
                qty=qty,
                qty_base=qty,
                entry_type=MOVEMENT if part.is_movement else found,
                lot=lot,
                serial=serial,
                package=package,
                expires=part.numbers.expires,
                warranty_until=part.numbers.warranty_until,
                document_type=origin.document_type,
                document_no=part.line.document_no,
                document_line=origin.document_line,
                source_type=origin.source_type,
                source_no=origin.source_no,
                reason=part.line.reason,
            )
        )

    def _physical_entry(self, part: Part, counted: Counted) -> None:
        numbers = part.numbers
        self.made.append(
            PhysicalEntry(
                id=self._ledger.number(),
                item=part.item.no,
                variant=part.line.variant,
                location=part.location.code,
                bin=part.line.bin,
                lot=numbers.lot,
                serial=numbers.serial,
                package=numbers.package,
                posting_date=part.posting_date,
                entry_type=part.line.entry_type,
                qty_calculated=counted.qty_calculated,
                qty_counted=counted.qty_counted,
                qty=abs(part.moved.qty_base),
                unit_cost=card_cost(part.item),
                document_no=part.line.document_no,
                counted_at=counted.counted_at,
                operator=counted.operator,
                reason=part.line.reason,
            )
        )
