"""G/L entries of value entries, each amount on two accounts (GL-01, GL-02), one by one or summed by group (GL-13).

Not here: when they are posted (posting/to_gl.py, posting/valued.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.accounts.chart import Chart
from domain.accounts.pairs import RESOURCE, pair_of
from domain.ledger.entries import GlEntry, GlRelation, LedgerRow, ValueEntry
from domain.values import ZERO

SOURCE = "inventory_to_gl"
Number = Callable[[], int]
"""Returns the number of the next row of the open register."""


@dataclass(frozen=True, slots=True)
class Movement:
    """An amount of a value entry, and the two accounts it moves."""

    value: ValueEntry
    amount: Decimal
    expected: bool
    account: str
    balancing: str


def movements(chart: Chart, value: ValueEntry, *, actual: Decimal, expected: Decimal) -> list[Movement]:
    """Return what these amounts of a value entry move: expected cost first, nothing for zero (GL-02).

    Raises Refused where set-up or the kind of entry has no account for it; then none of it is posted (GL-04).
    """
    found = []
    kind = value.item_entry_type if value.item_entry else RESOURCE
    for amount, is_expected in ((expected, True), (actual, False)):
        if amount:
            pair = pair_of(kind, value.entry_type, value.variance_type, expected=is_expected)
            account, balancing = (chart.number(name, value) for name in pair)
            found.append(Movement(value, amount, is_expected, account, balancing))
    return found


def entries_one_by_one(number: Number, moves: Sequence[Movement]) -> Iterator[LedgerRow]:
    """Yield two G/L entries for each movement, under the document of its value entry."""
    for move in moves:
        value = move.value
        yield from _pair(number, [move], value.document_no, value.item)


def entries_by_group(number: Number, moves: Sequence[Movement], document_no: str) -> Iterator[LedgerRow]:
    """Yield two G/L entries for each date, set-up rows, pair of accounts and sign (GL-13)."""
    groups: dict[tuple[object, ...], list[Movement]] = defaultdict(list)
    for move in moves:
        value = move.value
        place = (value.posting_date, value.location, value.inventory_group, value.business_group, value.product_group)
        groups[(*place, move.account, move.balancing, move.amount > 0)].append(move)
    for some in groups.values():
        yield from _pair(number, some, document_no, "")


def _pair(number: Number, moves: Sequence[Movement], document_no: str, description: str) -> Iterator[LedgerRow]:
    """Yield the entry of each side, and which value entries are in it."""
    first, total = moves[0], sum((move.amount for move in moves), ZERO)
    for account, sign, is_balancing in ((first.account, 1, False), (first.balancing, -1, True)):
        entry = GlEntry(number(), first.value.posting_date, document_no, account, sign * total, description, SOURCE)
        yield entry
        for move in moves:
            amount = sign * move.amount
            yield GlRelation(number(), entry.id, move.value.id, amount, move.expected, is_balancing)
