"""`aisle orders`: which orders there are, one of them in full; release, reopen and cancel them.

Not here: bringing orders in (importing.py), what may be done with one (domain/orders, domain/work/order_desk.py).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence

from domain.books import Books
from domain.errors import Refused
from domain.orders.documents import KINDS, Order
from domain.orders.order import release_order
from domain.orders.order_lines import lines_of, tracking_of
from domain.orders.order_list import OrderToDo, find_orders, orders_to_do
from domain.orders.posted_documents import PostedDocument
from domain.site import Location
from domain.situation import Situation
from domain.values import code, plain
from domain.work.order_desk import cancel as cancel_order
from domain.work.order_desk import reopen as reopen_order
from tui.command_line.printing import complain, counted, say
from tui.command_line.reports import day_of, known, table
from tui.command_line.system import opened, system

_HEADS = ("order", "kind", "status", "location", "due", "priority", "zone", "lines", "partner", "their_no")
_LINES = ("line", "item", "variant", "qty", "outstanding", "uom", "bin", "due", "numbers")


def list_orders(options: Namespace) -> int:
    """List the orders with something outstanding, by due date, priority and zone."""
    due = day_of(options.due) if options.due else None
    zone = code(options.zone) if options.zone else None
    with opened(options, read_only=True) as store:
        location = known(store, Location, "code", options.location)

        def read(books: Books) -> list[OrderToDo]:
            wanted = {"due": due, "priority": options.priority, "zone": zone}
            return orders_to_do(books, location, kinds=KINDS, status=options.status, **wanted)

        found = store.question(read)
    _print(_HEADS, [_head(row.order, row.zone, len(row.lines)) for row in found])
    complain(f"{counted(len(found), 'order')}, {counted(sum(len(row.lines) for row in found), 'line')} outstanding.")
    return 0


def show(options: Namespace) -> int:
    """Show an order with its lines, and what was posted of it."""
    with opened(options, read_only=True) as store:
        store.question(lambda books: _show(books, _named(books, options.order)))
    return 0


def release(options: Namespace) -> int:
    """Release orders: the floor may work on them then."""
    return _done(options, release_order, "released")


def reopen(options: Namespace) -> int:
    """Open released orders for changes."""
    return _done(options, reopen_order, "open")


def cancel(options: Namespace) -> int:
    """Delete orders nothing of which is handled."""
    return _done(options, cancel_order, "cancelled")


def _done(options: Namespace, command: Callable[[Books, Situation, str], object], state: str) -> int:
    """Do something with all orders named, or with none."""

    def work(books: Books) -> list[str]:
        orders = [_named(books, text) for text in options.order]
        for order in orders:
            command(books, system(books), order.no)
        return [order.no for order in orders]

    with opened(options) as store:
        done = store.transaction(work)
    say(f"{', '.join(done)}: {state}.")
    return 0


def _named(books: Books, text: str) -> Order:
    """Return the order of a number, its own or the partner's.

    Raises Refused: unknown, several_orders where the partner's number is that of more than one.
    """
    found = find_orders(books.records, text)
    if not found:
        raise Refused("unknown", prompt="order", code=text)
    if len(found) > 1:
        raise Refused("several_orders", code=text, documents=", ".join(order.no for order in found))
    return found[0]


def _show(books: Books, order: Order) -> None:
    _print(_HEADS, [_head(order, "", len(lines_of(books.records, order.no)))])
    say()
    _print(_LINES, list(_lines(books, order)))
    for document in books.records.rows(PostedDocument, order=order.no):
        say(f"Posted as {document.no} on {document.posting_date}.")


def _head(order: Order, zone: str, lines: int) -> Sequence[object]:
    their_no, priority = order.external_document_no, order.priority or ""
    head = (order.no, order.kind, order.status, order.location, order.due, priority, zone, lines)
    return (*head, f"{order.partner} {order.partner_name}".strip(), their_no)


def _lines(books: Books, order: Order) -> Iterator[Sequence[object]]:
    for line in lines_of(books.records, order.no):
        named = tracking_of(books.records, order.no, line.line_no)
        numbers = ", ".join(f"{row.lot or row.serial or row.package} {plain(row.qty_base)}" for row in named)
        ordered = (line.line_no, line.item, line.variant, line.qty, line.outstanding, line.uom)
        yield (*ordered, line.bin, line.due, numbers)


def _print(names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    for line in table(names, rows):
        say(line)
