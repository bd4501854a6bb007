"""`aisle import`: items, opening stock and orders from a customer's file, through a map of its columns (SITE-09).

All faults of all rows are shown before anything is written. Not here: the file and its faults (import_file.py), what a
row may do (domain/work/importing.py and order_import.py).
"""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from domain.books import Books
from domain.errors import SetupError
from domain.values import plain
from domain.work.importing import (
    ItemsImported,
    RowFault,
    StockChecked,
    StockImported,
    check_items,
    check_stock,
    import_items,
    import_stock,
    posted_before,
)
from domain.work.order_import import ImportOrders, OrdersImported, check_orders, import_orders
from tui.command_line.import_file import ImportFile, Rows, item_rows, order_rows, stock_rows
from tui.command_line.printing import agreed, complain, counted, figure, progress, say
from tui.command_line.system import opened, system

FIRST_ROWS = 10
"""Of a preview."""
MOST_NAMED = 20
"""Rows of quantity 0 named by their line."""


class _Checked(Protocol):
    """What is known of rows before they are written."""

    @property
    def faults(self) -> tuple[RowFault, ...]:
        """What is wrong with them."""


C = TypeVar("C", bound=_Checked)


def items(options: Namespace) -> int:
    """Make new items and change those that are there."""
    file = ImportFile(options, "items")
    bar = progress("Checking")
    with opened(options) as store:

        def write(rows: Rows) -> tuple[tuple[RowFault, ...], str]:
            done = store.transaction(lambda books: import_items(books, system(books), item_rows(rows)))
            return done.faults, "Imported"

        return _imported(
            options,
            file,
            check=lambda rows: store.question(lambda books: check_items(books, system(books), item_rows(rows), bar)),
            preview=_items_preview,
            summary=_items_summary,
            write=write,
        )


def stock(options: Namespace) -> int:
    """Post opening stock with its cost, once a file (SAF-03); rows of quantity 0 are told."""
    file = ImportFile(options, "stock")
    operation_id = f"import-stock-{hashlib.sha256(Path(options.file).read_bytes()).hexdigest()}"
    bar = progress("Checking")
    with opened(options) as store:

        def post(books: Books, rows: Rows) -> StockImported:
            return import_stock(books, replace(system(books), operation_id=operation_id), stock_rows(rows))

        def write(rows: Rows) -> tuple[tuple[RowFault, ...], str]:
            done = store.transaction(lambda books: post(books, rows))
            return done.faults, f"Posted as {done.posted.document}" if done.posted else ""

        if before := store.question(lambda books: posted_before(books, operation_id)):
            say(f"{options.file} is already posted as {before.document}: nothing was changed.")
            return 0
        return _imported(
            options,
            file,
            check=lambda rows: store.question(lambda books: check_stock(books, system(books), stock_rows(rows), bar)),
            preview=_stock_preview,
            summary=_stock_summary,
            write=write,
        )


def orders(options: Namespace) -> int:
    """Make orders, and write open ones anew where that is asked for."""
    file = ImportFile(options, "orders")
    bar = progress("Checking")
    with opened(options) as store:

        def command(rows: Rows) -> ImportOrders:
            return order_rows(rows, is_replacing=options.replace)

        def write(rows: Rows) -> tuple[tuple[RowFault, ...], str]:
            done = store.transaction(lambda books: import_orders(books, system(books), command(rows)))
            return done.faults, "Imported"

        return _imported(
            options,
            file,
            check=lambda rows: store.question(lambda books: check_orders(books, system(books), command(rows), bar)),
            preview=_orders_preview,
            summary=_orders_summary,
            write=write,
        )


def _imported(
    options: Namespace,
    file: ImportFile,
    *,
    check: Callable[[Rows], C],
    preview: Callable[[Rows, C], Iterator[str]],
    summary: Callable[[C], str],
    write: Callable[[Rows], tuple[tuple[RowFault, ...], str]],
) -> int:
    """Check, show, ask and write; `write` returns what is wrong after all, or what was done."""
    if options.rejects and Path(options.rejects).exists():
        raise SetupError("file_exists", file=options.rejects)
    checked = check(file.sound)
    file.note(checked.faults)
    file.tell()
    if file.faults and not options.rejects:
        return _nothing(options, file.faults)
    if file.faults:
        checked = check(file.good)
    if not file.good:
        return _nothing(options, "no row is left")
    if not options.yes:
        for line in preview(file.good[:FIRST_ROWS], checked):
            say(line)
        if len(file.good) > FIRST_ROWS:
            say(f"... and {counted(len(file.good) - FIRST_ROWS, 'more row')}.")
        say(f"To import: {summary(checked)}.")
    if options.preview:
        return 0
    if not options.yes and not agreed("Import this?"):
        return _nothing(options)
    if file.faults:
        file.write_rejects(Path(options.rejects))
        complain(f"{file.faults}: see {options.rejects}.")
    faults, told = write(file.good)
    if faults:  # somebody changed the books since they were checked
        file.note(faults)
        file.tell()
        return _nothing(options, file.faults)
    say(f"{told}: {summary(checked)}.")
    return 0


def _nothing(options: Namespace, why: str = "") -> int:
    complain(f"Nothing was imported: {why}." if why else "Nothing was imported.")
    return int(options.failed)


def _items_preview(rows: Rows, checked: ItemsImported) -> Iterator[str]:
    state_of = {no: state for state, nos in _states(checked).items() for no in nos}
    for row in rows:
        no = str(row.values["no"])
        yield f"{state_of[no]}: {no} {row.values.get('description') or ''}".rstrip()


def _stock_preview(rows: Rows, _checked: StockChecked) -> Iterator[str]:
    for row in stock_rows(rows).rows:
        line = row.line
        yield " ".join(part for part in (line.item, line.location, line.bin, plain(line.qty), line.uom) if part)


def _orders_preview(rows: Rows, checked: OrdersImported) -> Iterator[str]:
    replaced = set(checked.replaced)
    for row in order_rows(rows).rows:
        numbers = [row.numbers.lot, row.numbers.serial, row.numbers.package] if row.numbers else []
        told = [row.line["item"], *numbers, plain(row.numbers_qty or row.line["qty"]), row.line.get("uom")]
        yield f"{'replaced' if row.no in replaced else 'new'}: {' '.join([row.no, *filter(None, told)])}"


def _items_summary(checked: ItemsImported) -> str:
    states = _states(checked)
    count = sum(map(len, states.values()))
    return f"{counted(count, 'item')}, {', '.join(f'{len(nos):,} {state}' for state, nos in states.items())}"


def _orders_summary(checked: OrdersImported) -> str:
    orders = len(checked.new) + len(checked.replaced)
    states = {"new": checked.new, "replaced": checked.replaced, "released": checked.released}
    told = ", ".join(f"{len(nos):,} {state}" for state, nos in states.items())
    return f"{counted(orders, 'order')} of {counted(checked.lines, 'line')}, {told}"


def _states(checked: ItemsImported) -> dict[str, tuple[str, ...]]:
    return {"new": checked.new, "changed": checked.changed, "unchanged": checked.unchanged}


def _stock_summary(checked: StockChecked) -> str:
    zero = ""
    if checked.zero_rows:
        named = ", ".join(map(str, checked.zero_rows[:MOST_NAMED])) + (", ..." * (len(checked.zero_rows) > MOST_NAMED))
        zero = f" ({len(checked.zero_rows):,} more of quantity 0 not posted: {named})"
    rows = f"{counted(len(checked.lines), 'row')}{zero}"
    return f"{counted(checked.items, 'item')}, {rows}, {figure(checked.pieces)} pieces, value {figure(checked.value)}"
