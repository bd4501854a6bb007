"""The ledger rows of planned parts (ledger.md LED-03..06, LED-10, LED-11, LED-15, LED-16, LED-20..25, LED-36).

What a part draws on is stock.py; what it costs checks.py and named.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from domain.costing.valuing import cost_per_base, overhead_of
from domain.items.moving import card_cost
from domain.ledger.books import Entries, Ledger
from domain.ledger.entries import Application, BinEntry, ItemEntry, LedgerRow, PhysicalEntry, ValueEntry
from domain.posting.line import Counted, NamedEntry, Part
from domain.posting.stock import Planned, Refilled
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
        self._valued: dict[int, date] = {}
        """Valuation dates of the entries that are drawn on, those of this posting by their stand-ins."""
        self.made: list[LedgerRow] = []
        self.entries: list[int] = []
        """The item entries, in the order of the parts."""

    def read_ahead(self, entries: Entries, planned: Iterable[Planned]) -> None:
        """Read with few statements the valuation dates of what the parts draw on or take their cost from."""
        named = {draw.entry for plan in planned if not plan.part.is_increase for draw in plan.draws}
        named |= {plan.source for plan in planned}
        self._valued = entries.valuation_dates({entry for entry in named if entry > 0})

    def write(self, planned: Planned) -> None:
        """Make the rows of one part; it may name earlier parts by their stand-ins."""
        part = planned.part
        if part.moved.qty_base and not part.is_movement:
            entry = self._ledger.number()
            self._entry_of[planned.number] = entry
            self._valued[planned.number] = self._valuation_date(planned)
            self.entries.append(entry)
            self._item_entry(part, entry)
            for taken_back in planned.taken_back:
                self.made.append(
                    taken_back._replace(id=self._ledger.number(), qty=-taken_back.qty, cancels=taken_back.id)
                )
            self._applications(planned, entry)
            self._value_entries(part, entry, self._valued[planned.number])
        for bin, qty in part.bins:
            if qty:
                self._bin_entry(part, bin, qty)
        if part.line.counted is not None:
            self._physical_entry(part, part.line.counted)

    def refill(self, refilled: Refilled) -> None:
        """Apply an entry of an earlier posting to other suppliers (LED-24)."""
        decrease = refilled.entry
        for draw in refilled.draws:
            day = max(decrease.posting_date, draw.posting_date)
            self._application(decrease.id, draw.entry, decrease.id, -draw.qty, day)

    def _valuation_date(self, planned: Planned) -> date:
        """Return a decrease's date, never before its suppliers', or an increase's, never before its source's (LED-22).

        A decrease that is fixed to its supplier has the supplier's date.
        """
        part = planned.part
        if part.is_increase:
            return max(part.posting_date, self._valued.get(planned.source, part.posting_date))
        dates = [self._valued[draw.entry] for draw in planned.draws]
        return dates[0] if part.line.applies_to else max((part.posting_date, *dates))

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
                applies_to_entry=line.applies_to,
                correction=line.is_correction,
                source_type=origin.source_type,
                source_no=origin.source_no,
                reason=line.reason,
            )
        )

    def _applications(self, planned: Planned, entry: int) -> None:
        """An increase has a row of its own and fills open decreases (LED-15, LED-20); a decrease draws (LED-16)."""
        part = planned.part
        if part.is_increase:
            self._own_application(planned, entry)
        for draw in planned.draws:
            if part.is_increase:
                day = max(part.posting_date, draw.posting_date)
                self._application(draw.entry, entry, draw.entry, -draw.qty, day, fixed=draw.is_fixed)
            else:
                self._application(entry, draw.entry, entry, -draw.qty, part.posting_date, fixed=draw.is_fixed)

    def _own_application(self, planned: Planned, entry: int) -> None:
        """One that takes the cost of a decrease names it there (LED-10, LED-25)."""
        part = planned.part
        self._application(
            entry,
            entry,
            planned.source,
            part.moved.qty_base,
            part.posting_date,
            fixed=bool(part.line.applies_from),
            supplier=planned.supplier,
        )

    def _application(
        self,
        item_entry: int,
        inbound: int,
        outbound: int,
        qty: Decimal,
        posting_date: date,
        *,
        fixed: bool = False,
        supplier: int = 0,
    ) -> None:
        entry_of = self._entry_of
        item_entry, inbound = entry_of.get(item_entry, item_entry), entry_of.get(inbound, inbound)
        outbound = entry_of.get(outbound, outbound)
        self.made.append(
            Application(
                id=self._ledger.number(),
                item_entry=item_entry,
                inbound_entry=inbound,
                outbound_entry=outbound,
                qty=qty,
                posting_date=posting_date,
                transferred_from_entry=entry_of.get(supplier, supplier),
                cost_application=item_entry == inbound and outbound != 0,
                fixed=fixed,
            )
        )

    def _value_entries(self, part: Part, entry: int, valued: date) -> None:
        """What is received or shipped has expected value until it is invoiced, all else actual (LED-04, LED-06)."""
        line, named, qty = part.line, part.named, part.moved.qty_base
        if line.is_correction and named and not named.is_invoiced:
            self._corrected(part, named, entry, valued)
        elif line.is_invoiced:
            direct, overhead = part.value - part.variance, self._overhead(part)
            self._value_entry(part, entry, valued, qty=qty, invoiced=qty, actual=direct)
            if overhead:
                self._value_entry(part, entry, valued, qty=qty, actual=overhead, entry_type="indirect_cost")
            variance = part.variance - overhead if part.item.costing == "standard" else part.variance
            if variance:
                self._value_entry(part, entry, valued, qty=qty, actual=variance, entry_type="variance")
        else:
            overhead = ZERO if part.item.costing == "standard" else self._overhead(part)
            self._value_entry(part, entry, valued, qty=qty, expected=part.value + overhead)

    def _overhead(self, part: Part) -> Decimal:
        """Return the indirect cost of what is bought (COS-10, COS-11)."""
        if part.line.entry_type != "purchase" or not part.is_increase or part.named:
            return ZERO
        return overhead_of(part.item, self._settings, part.value - part.variance, part.moved.qty_base)

    def _corrected(self, part: Part, named: NamedEntry, entry: int, valued: date) -> None:
        """Turn the expected value of an entry and of its correction into actual value: both are settled (LED-36)."""
        qty, value, expected = part.moved.qty_base, part.value, named.expected
        original, dated, first = named.entry.id, named.values[-1].valuation_date, named.values[0].id
        self._value_entry(
            part, original, dated, qty=-qty, invoiced=-qty, actual=expected, expected=-expected, balances=first
        )
        first = self._value_entry(part, entry, valued, qty=qty, expected=value)
        self._value_entry(part, entry, valued, qty=qty, invoiced=qty, actual=value, expected=-value, balances=first)

    def _value_entry(
        self,
        part: Part,
        entry: int,
        valued: date,
        *,
        qty: Decimal,
        invoiced: Decimal = ZERO,
        actual: Decimal = ZERO,
        expected: Decimal = ZERO,
        balances: int = 0,
        entry_type: str = "direct_cost",
    ) -> int:
        """Make a value entry and return its number; `balances` is the one that it settles."""
        is_direct = entry_type == "direct_cost"
        line = part.line
        number = self._ledger.number()
        self.made.append(
            ValueEntry(
                id=number,
                item_entry=entry,
                item=part.item.no,
                variant=line.variant,
                location=part.location.code,
                item_entry_type=line.entry_type,
                entry_type=entry_type,
                posting_date=part.posting_date,
                valuation_date=valued,
                valued_qty=qty,
                entry_qty=qty if is_direct and not balances else ZERO,
                invoiced_qty=invoiced,
                cost_per_unit=cost_per_base(actual or expected, qty, self._settings),
                cost_amount_actual=actual,
                cost_amount_expected=expected,
                variance_type="purchase" if entry_type == "variance" else "",
                expected_cost=is_direct and not invoiced,
                document_type=line.origin.document_type,
                document_no=line.document_no,
                document_line=line.origin.document_line,
                product_group=part.item.product_group,
                inventory_group=part.item.inventory_group,
                source_code=self._source,
                reason=line.reason,
                applies_to_entry=balances,
            )
        )
        return number

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
