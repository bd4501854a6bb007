"""The rule of `verify` on picks at work: none takes more than it wants, nor wants more than the order (SAF-06 g).

Not here: stock and ledgers (verify.py). That two picks want the same stock is refused when they are made; an adjustment
may still take it away from both.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.values import plain
from storage.columns import unscaled
from storage.engines import Connection
from storage.verify_chain import Finding

RULE = "SAF-06 (g)"
_LOST = """
SELECT DISTINCT l.activity FROM activity_line l LEFT JOIN activity a ON a.no = l.activity WHERE a.no IS NULL"""
_TAKEN = """
SELECT activity, line_no, qty_to_handle, qty - qty_handled FROM activity_line WHERE qty_to_handle > qty - qty_handled"""
_WANTED = """
SELECT a."order", l.order_line, sum(l.qty - l.qty_handled) AS wanted,
    coalesce(o.qty_base - o.qty_handled_base, 0) AS rest
FROM activity_line l JOIN activity a ON a.no = l.activity
LEFT JOIN order_line o ON o."order" = a."order" AND o.line_no = l.order_line
GROUP BY a."order", l.order_line HAVING wanted > rest"""


def picks(connection: Connection) -> Iterator[Finding]:
    """Find lines of no pick, lines of which too much is taken, and order lines of which picks want too much."""
    for (activity,) in connection.execute(_LOST):
        yield Finding(RULE, f"activity_line {activity}", "The pick of these lines is not there.")
    for activity, line_no, taken, wanted in connection.execute(_TAKEN):
        text = f"{_number(taken)} is taken of {_number(wanted)}."
        yield Finding(RULE, f"activity_line {activity}, line {line_no}", text)
    for order, line_no, wanted, rest in connection.execute(_WANTED):
        text = f"Picks want {_number(wanted)}, but {_number(rest)} is outstanding."
        yield Finding(RULE, f"order_line {order}, line {line_no}", text)


def _number(units: int) -> str:
    return plain(unscaled(units))
