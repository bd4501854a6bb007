"""Invoices of what was received or shipped before, and what they make of its value (LED-05, COS-10..13, COS-20).

Not here: invoicing in the same step (rows.py), the office side of an invoice (documents.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.costing.valuing import cost_per_base, overhead_of
from domain.errors import Refused
from domain.items.card import Item
from domain.items.moving import card_cost
from domain.ledger.entries import ItemEntry, ValueEntry, shown
from domain.people.rights import require_right
from domain.posting.checks import posting_date_allowed
from domain.posting.clock import refuse_clock_back
from domain.posting.posted import Posted, once
from domain.posting.valued import append_rows
from domain.situation import Situation
from domain.values import ZERO, amount

SOURCE = "invoice"


@dataclass(frozen=True, slots=True)
class InvoiceEntry:
    """Invoice a receipt or shipment, or a part of it."""

    entry: int
    qty_base: Decimal | None = None
    """Without sign; None is all that is not invoiced yet."""
    unit_cost: Decimal | None = None
    """Per base unit, of a receipt; None is what was expected."""
    amount: Decimal | None = None
    """Of the whole invoice; wins over `unit_cost`."""
    posting_date: date | None = None
    document_no: str = ""


def invoice_entry(books: Books, situation: Situation, command: InvoiceEntry) -> Posted:
    """Post the invoice of an entry: actual value, and the opposite of the expected value it clears (right `documents`).

    Raises Refused: unknown, no receipt or shipment; not_invoiced_less, more than is not invoiced yet.
    """
    require_right(situation, "documents")

    def work() -> Posted:
        entry = books.entries.one(command.entry)
        item = books.records.one(Item, entry.item) if entry else None
        if entry is None or item is None or entry.entry_type not in ("purchase", "sale"):
            raise Refused("unknown", code=shown(command.entry), prompt="document")
        posting_date = posting_date_allowed(situation, command.posting_date or situation.work_date)
        refuse_clock_back(books, situation, books.ledger.register(after=entry.posted_at).posted_at)
        rows = _rows(books, situation, command, entry, item, posting_date)
        if entry.qty > 0:
            _keep_direct_cost(books, situation, item, rows)
        append_rows(books, situation, rows)
        return Posted(books.ledger.register().id, command.document_no, (entry.id,))

    return once(books, situation, "invoice_entry", SOURCE, work)


def _rows(
    books: Books, situation: Situation, command: InvoiceEntry, entry: ItemEntry, item: Item, posting_date: date
) -> list[ValueEntry]:
    """Return the value entries of the invoice: direct cost, overhead (COS-11), variance of a Standard item (COS-20)."""
    settings, values = situation.settings, books.entries.values(entry.id)
    left = entry.qty - sum((row.invoiced_qty for row in values), ZERO)
    qty = left if command.qty_base is None else command.qty_base.copy_sign(entry.qty)
    if not qty or abs(qty) > abs(left):
        raise Refused("not_invoiced_less", qty=abs(left))
    expected = [row for row in values if row.entry_type == "direct_cost" or row.adjustment]
    standing = sum((row.cost_amount_expected for row in expected), ZERO)
    cleared = standing if qty == left else amount(standing * qty / left, settings.amount_rounding)
    paid = _paid(command, entry, item, cleared, qty, settings.amount_rounding)
    number = books.ledger.number
    first = values[0]._replace(
        posting_date=posting_date,
        valued_qty=qty,
        entry_qty=ZERO,
        document_type="invoice",
        document_no=command.document_no,
        source_code=SOURCE,
        expected_cost=False,
        invoiced_qty=ZERO,
        cost_amount_expected=ZERO,
    )

    earliest = settings.earliest_allowed_valuation_date
    if earliest and first.valuation_date < earliest:
        first = first._replace(valuation_date=posting_date)  # PER-06: the difference lands now

    def row(actual: Decimal, entry_type: str = "direct_cost", variance_type: str = "") -> ValueEntry:
        made = first._replace(entry_type=entry_type, variance_type=variance_type, cost_amount_actual=actual)
        return made._replace(id=number(), cost_per_unit=cost_per_base(actual, qty, settings))

    rows = [row(paid)._replace(invoiced_qty=qty, cost_amount_expected=-cleared, applies_to_entry=values[0].id)]
    revalued = sum((row.cost_amount_expected for row in values if row.entry_type == "revaluation"), ZERO)
    if revalued:  # COS-63: what is invoiced now is against the new standard
        part = revalued if qty == left else amount(revalued * qty / left, settings.amount_rounding)
        rows.append(row(ZERO, "revaluation")._replace(cost_amount_expected=-part))
    if entry.qty < 0 or entry.entry_type != "purchase":
        return rows
    overhead = overhead_of(item, settings, paid, qty)
    if overhead:
        rows.append(row(overhead, "indirect_cost"))
    if item.costing == "standard":
        variance = amount(qty * card_cost(item), settings.amount_rounding) - paid - overhead
        if variance:
            rows.append(row(variance, "variance", "purchase"))
    return rows


def _paid(
    command: InvoiceEntry, entry: ItemEntry, item: Item, cleared: Decimal, qty: Decimal, step: Decimal
) -> Decimal:
    """Return the direct cost of the invoice; without a price that of a receipt is what was expected, less overhead."""
    if entry.qty < 0 or entry.entry_type == "sale" or item.inventory_value_zero:
        return cleared
    if command.amount is not None:
        return command.amount
    if command.unit_cost is not None:
        return amount(qty * command.unit_cost, step)
    direct = (cleared - item.overhead_rate * qty) / (1 + item.indirect_cost_pct / 100)
    return amount(direct, step)


def _keep_direct_cost(books: Books, situation: Situation, item: Item, rows: list[ValueEntry]) -> None:
    """Bring the card up to the invoice: last direct cost, and unit cost where it was 0 (COS-71, COS-72)."""
    direct = rows[0]
    cost = cost_per_base(direct.cost_amount_actual, direct.valued_qty, situation.settings)
    if not cost:
        return
    is_unset = not item.unit_cost and item.costing != "standard"
    books.records.save(replace(item, last_direct_cost=cost, unit_cost=cost if is_unset else item.unit_cost))
