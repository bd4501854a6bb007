"""Invoices and item charges on what was posted before (costing.md COS-10..33)."""

from __future__ import annotations

from typing import Any

from domain.posting.charges import ItemCharge, post_item_charge
from domain.posting.invoicing import InvoiceEntry, invoice_entry
from domain.values import ZERO
from tests.cases.arguments import Arguments
from tests.cases.verbs.built import Result, verb
from tests.cases.verbs.posting import entry_of
from tests.cases.vocabulary import Mistake
from tests.cases.world import World


@verb("invoice_receipt", takes="receipt qty unit_cost amount date")
def invoice_receipt(world: World, step: Arguments) -> Result:
    """Invoice a receipt, or a part of it."""
    return _invoice(world, step, "receipt")


@verb("invoice_shipment", takes="shipment qty date")
def invoice_shipment(world: World, step: Arguments) -> Result:
    """Invoice a shipment, or a part of it."""
    return _invoice(world, step, "shipment")


def _invoice(world: World, step: Arguments, what: str) -> Result:
    command = InvoiceEntry(
        entry=entry_of(world, step.text(what)),
        qty_base=step.number("qty"),
        unit_cost=step.number("unit_cost"),
        amount=step.number("amount"),
        posting_date=step.day("date"),
    )
    world.do(invoice_entry, command, confirm=step.flag("confirm"))
    return None


@verb("item_charge", takes="amount assign method to date")
def item_charge(world: World, step: Arguments) -> Result:
    """Spread freight over entries."""
    assigned: list[Any] = step.tree.get("assign") or []  # rows of the case file
    names = [row["to"] for row in assigned] or step.tree.get("to") or []
    amounts = [Arguments(row, step.today).number("amount") or ZERO for row in assigned]
    if not names:
        raise Mistake("item_charge has no target")
    command = ItemCharge(
        amount=step.number("amount") or ZERO,
        entries=tuple(entry_of(world, name) for name in names),
        method=step.text("method", "equally"),
        assigned=tuple(amounts),
        posting_date=step.day("date"),
    )
    world.do(post_item_charge, command, confirm=step.flag("confirm"))
    return None
