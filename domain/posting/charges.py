"""Item charges: freight and the like, on what was received or shipped before (LED-08, COS-22, COS-30..33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.costing.valuing import cost_per_base
from domain.errors import InvariantBroken, Refused
from domain.items.card import Item
from domain.ledger.entries import ItemEntry, ValueEntry, shown
from domain.people.rights import require_right
from domain.posting.checks import posting_date_allowed
from domain.posting.clock import refuse_clock_back
from domain.posting.posted import Posted, once
from domain.posting.valued import append_rows
from domain.situation import Situation
from domain.values import ONE, ZERO, amount

SOURCE = "item_charge"


@dataclass(frozen=True, slots=True)
class ItemCharge:
    """An amount to be spread over item entries."""

    amount: Decimal
    entries: tuple[int, ...]
    method: str = "equally"
    """equally, by_amount, by_weight, by_volume (COS-32)."""
    assigned: tuple[Decimal, ...] = ()
    """What each entry bears, by hand; they add up to the amount (COS-33)."""
    no: str = "CHARGE"
    posting_date: date | None = None
    document_no: str = ""


def post_item_charge(books: Books, situation: Situation, command: ItemCharge) -> Posted:
    """Post a charge on entries (right `cost`).

    An increase gets direct cost at its own valuation date, which a Standard item's variance takes off again; on a
    decrease it is expense, not value (COS-31, decision 20).

    Raises Refused: unknown entry; charge_open where not all of it is assigned (COS-33).
    """
    require_right(situation, "cost")

    def work() -> Posted:
        entries = [_entry(books, number) for number in command.entries]
        shares = _shares(books, command, entries, situation.settings.amount_rounding)
        posting_date = posting_date_allowed(situation, command.posting_date or situation.work_date)
        register = books.ledger.register(after=max(entry.posted_at for entry in entries))
        refuse_clock_back(books, situation, register.posted_at)
        rows = []
        for entry, share in zip(entries, shares, strict=True):
            if share:
                rows += _rows(books, situation, command, entry, share, posting_date)
        append_rows(books, situation, rows)
        return Posted(register.id, command.document_no, command.entries)

    return once(books, situation, "post_item_charge", SOURCE, work)


def _entry(books: Books, number: int) -> ItemEntry:
    entry = books.entries.one(number)
    if entry is None:
        raise Refused("unknown", code=shown(number), prompt="document")
    return entry


def _shares(books: Books, command: ItemCharge, entries: Sequence[ItemEntry], step: Decimal) -> list[Decimal]:
    """Return what each entry bears, rounded one after the other on what is left (COS-32)."""
    if command.assigned:
        if sum(command.assigned, ZERO) != command.amount or len(command.assigned) != len(entries):
            raise Refused("charge_open", no=command.no)
        return list(command.assigned)
    weights = [_weight(books, command.method, entry) for entry in entries]
    left, weight = command.amount, sum(weights, ZERO)
    if not weight:
        raise Refused("charge_open", no=command.no)
    shares = []
    for own in weights:
        share = amount(left * own / weight, step) if own else ZERO
        shares.append(share)
        left, weight = left - share, weight - own
    return shares


def _weight(books: Books, method: str, entry: ItemEntry) -> Decimal:
    item, qty = _item(books, entry), abs(entry.qty)
    if method == "by_amount":
        values = [row for row in books.entries.values(entry.id) if not row.item_charge_no]
        direct = [row for row in values if row.entry_type == "direct_cost" and not row.adjustment]
        return abs(sum((row.cost_amount_actual + row.cost_amount_expected for row in direct), ZERO))
    return {"equally": ONE, "by_weight": qty * item.net_weight, "by_volume": qty * item.unit_volume}[method]


def _item(books: Books, entry: ItemEntry) -> Item:
    item = books.records.one(Item, entry.item)
    if item is None:
        raise InvariantBroken(f"item {entry.item} has entries, but no card")
    return item


def _rows(
    books: Books, situation: Situation, command: ItemCharge, entry: ItemEntry, share: Decimal, posting_date: date
) -> list[ValueEntry]:
    values, is_increase = books.entries.values(entry.id), entry.qty > 0
    charged = values[0]._replace(
        id=books.ledger.number(),
        posting_date=posting_date,
        valuation_date=max(row.valuation_date for row in values if row.entry_type != "revaluation"),
        valued_qty=entry.qty,
        entry_qty=ZERO,
        invoiced_qty=ZERO,
        cost_per_unit=cost_per_base(share, entry.qty, situation.settings),
        cost_amount_actual=share if is_increase else ZERO,
        cost_amount_expected=ZERO,
        cost_amount_non_invtbl=ZERO if is_increase else share,
        expected_cost=False,
        item_charge_no=command.no,
        inventoriable=is_increase,
        document_type=SOURCE,
        document_no=command.document_no,
        source_code=SOURCE,
    )
    if not is_increase or _item(books, entry).costing != "standard":
        return [charged]
    off = charged._replace(
        id=books.ledger.number(), entry_type="variance", variance_type="purchase", cost_amount_actual=-share
    )
    return [charged, off]
