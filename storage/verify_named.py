"""The rules of `verify` on entries that name another: transfers, returns, fixed applications, corrections (ledger.md).

Not here: that applications leave no more than there was, and the mirrors of those taken back (verify.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.ledger.entries import shown
from domain.values import plain
from storage.columns import unscaled
from storage.engines import Connection
from storage.verify_chain import Finding

_AT_COST = "application a JOIN item_entry o ON o.id = a.outbound_entry WHERE a.cost_application = 1"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A SELECT of item entries that break a rule; the numbers after the first column fill the text."""

    rule: str
    sql: str
    text: str

    def __call__(self, connection: Connection) -> Iterator[Finding]:
        for entry, *facts in connection.execute(self.sql):
            told = [plain(unscaled(fact)) for fact in facts]
            yield Finding(self.rule, f"item_entry {shown(entry)}", self.text.format(*told))


_RULES = (
    _Rule(
        "LED-10",
        "SELECT o.id, -o.qty AS went, coalesce(sum(a.qty), 0) AS came FROM item_entry o "
        "LEFT JOIN application a ON a.outbound_entry = o.id AND a.outbound_entry <> 0 AND a.cost_application = 1 "
        "WHERE o.entry_type = 'transfer' AND o.qty < 0 GROUP BY o.id HAVING went <> came",
        "Of {0} that it took out {1} came in.",
    ),
    _Rule(
        "LED-23",
        "SELECT e.id FROM item_entry e WHERE e.applies_to_entry <> 0 AND NOT EXISTS ("
        "SELECT 1 FROM application a WHERE a.fixed = 1 AND a.outbound_entry <> 0 "
        "AND a.outbound_entry = iif(e.qty < 0, e.id, e.applies_to_entry) "
        "AND a.inbound_entry = iif(e.qty < 0, e.applies_to_entry, e.id))",
        "It is not applied to the entry that it names.",
    ),
    _Rule(
        "LED-25",
        f"SELECT a.inbound_entry FROM item_entry i JOIN {_AT_COST} AND a.inbound_entry = i.id "
        "AND (i.qty < 0 OR o.qty > 0 OR i.item <> o.item OR i.variant <> o.variant)",
        "It takes its cost from other goods, or not from a decrease.",
    ),
    _Rule(
        "LED-26",
        f"SELECT o.id, -o.qty, sum(a.qty) AS back FROM {_AT_COST} GROUP BY o.id HAVING back > -o.qty",
        "Of {0} that it took {1} came back.",
    ),
    _Rule(
        "LED-31",
        "SELECT e.id FROM open_entry o JOIN item_entry e ON e.id = o.entry LEFT JOIN location l ON l.code = e.location "
        "WHERE o.remaining_qty < 0 AND (e.entry_type = 'transfer' OR l.bin_mandatory = 1)",
        "It is not covered by stock.",
    ),
    _Rule(
        "LED-36",
        "SELECT e.id, e.qty, sum(v.invoiced_qty) AS invoiced FROM item_entry e "
        "JOIN value_entry v ON v.item_entry = e.id "
        "WHERE e.correction = 1 GROUP BY e.id HAVING invoiced <> e.qty",
        "Of a correction of {0} is {1} invoiced.",
    ),
)
_VALUE = """
SELECT id / 1048576 AS register, item, sum(cost_amount_actual + cost_amount_expected) AS value FROM value_entry
WHERE item_entry_type = 'transfer' AND entry_qty <> 0 GROUP BY register, item HAVING value <> 0"""


def _transfer_values(connection: Connection) -> Iterator[Finding]:
    """Find transfers that change the value."""
    for register, item, value in connection.execute(_VALUE):
        text = f"Its transfers of item {item} change the value by {plain(unscaled(value))}."
        yield Finding("LED-10", f"register {shown(register)}", text)


NAMED_ENTRIES = (*_RULES, _transfer_values)
