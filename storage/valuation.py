"""What stock was worth on a day: sums over the ledgers by posting date (periods-and-valuation.md PER-30..34, PER-40).

Quantities are those of the item ledger; expected cost stands apart. Not here: what of it is posted to G/L (PER-33).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.values import ZERO
from storage.columns import Value, days, unscaled
from storage.engines import Connection
from storage.store import Store


@dataclass(frozen=True, slots=True)
class ValueLine:
    """An item over a stretch of days; decreases are shown above zero (PER-31)."""

    item: str
    inventory_group: str
    opening_qty: Decimal
    opening_value: Decimal
    increase_qty: Decimal
    increase_value: Decimal
    decrease_qty: Decimal
    decrease_value: Decimal
    qty: Decimal
    value: Decimal
    expected: Decimal
    """Cost of what was received or shipped and not invoiced by then."""


_MOVED = """
SELECT e.item, e.posting_date AS day, e.qty > 0 AS came, e.qty AS qty, 0 AS actual, 0 AS expected
FROM item_entry e WHERE e.posting_date <= ?{only}
UNION ALL
SELECT e.item, e.posting_date, e.valued_qty > 0, 0, e.cost_amount_actual, e.cost_amount_expected
FROM value_entry e WHERE e.posting_date <= ? AND e.item_entry <> 0{only}"""
_LINES = """
SELECT m.item, coalesce(i.inventory_group, ''),
    sum(iif(m.day < ?, m.qty, 0)), sum(iif(m.day < ?, m.actual, 0)),
    sum(iif(m.day >= ? AND m.came, m.qty, 0)), sum(iif(m.day >= ? AND m.came, m.actual, 0)),
    -sum(iif(m.day >= ? AND NOT m.came, m.qty, 0)), -sum(iif(m.day >= ? AND NOT m.came, m.actual, 0)),
    sum(m.qty), sum(m.actual), sum(m.expected)
FROM ({moved}) m LEFT JOIN item i ON i.no = m.item GROUP BY m.item ORDER BY 2, 1"""


def valuation(
    store: Store, *, upto: date, since: date | None = None, item: str | None = None, location: str | None = None
) -> list[ValueLine]:
    """Return a line for each item with anything but zeros, by inventory posting group and item.

    Opening is the day before `since`; without it nothing opens and all is moved in the stretch.
    """
    wanted = {"item": item, "location": location}
    given = [(name, value) for name, value in wanted.items() if value is not None]
    only = "".join(f" AND e.{name} = ?" for name, _ in given)
    named: list[Value] = [value for _, value in given]
    first = days(since) if since else days(date.min)

    def run(connection: Connection) -> list[ValueLine]:
        values: list[Value] = [*[first] * 6, *[days(upto), *named] * 2]
        rows = connection.execute(_LINES.format(moved=_MOVED.format(only=only)), values)
        return [ValueLine(no, group, *map(unscaled, sums)) for no, group, *sums in rows]

    return [line for line in store.reading(run) if _is_anything(line)]


def _is_anything(line: ValueLine) -> bool:
    moved = (line.opening_qty, line.opening_value, line.increase_qty, line.increase_value, line.decrease_qty)
    return any(value != ZERO for value in (*moved, line.decrease_value, line.qty, line.value, line.expected))
