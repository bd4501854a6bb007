"""`aisle report`: stock, entries and scans, streamed as a table or as CSV that no spreadsheet runs (SAF-42).

Not here: reading the lines (storage/reports.py).
"""

from __future__ import annotations

import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from domain.accounts.reconciliation import ReconciliationLine, reconcile
from domain.costing.adjusting import unadjusted_items
from domain.errors import Refused
from domain.items.card import Item
from domain.ledger.entries import shown
from domain.people.books import ScanRecord
from domain.records import E
from domain.site import Bin, Location, SiteHead
from domain.values import ZERO, code
from storage import Store
from storage.reports import (
    CostLine,
    GlLine,
    LedgerLine,
    StockLine,
    bin_lines,
    cost_lines,
    gl_lines,
    ledger_lines,
    scan_lines,
    stock_lines,
)
from storage.valuation import ValueLine, valuation
from tui.command_line.csv_fields import as_text, csv_field
from tui.command_line.printing import complain, counted, figure
from tui.command_line.system import note, opened, system
from tui.texts import clean

Row = Sequence[object]
WIDEST = 40
"""Of a column of a table: longer text is cut in the middle there, never in CSV."""
WARNINGS = {
    "expected_not_posted": "expected cost is not posted: set expected_cost_posting, or leave it until it is invoiced.",
    "not_posted": "value is not posted yet: run aisle gl post.",
    "account_shared": "its account is used for another type too: give each type its own.",
    "account_removed": "an account that was posted to is in no row of posting set-up any more.",
}
"""By the codes of accounts/reconciliation.py."""
SAMPLE = 200
"""Rows that decide how wide the columns are; a wider one that comes later pushes the rest of its line."""


def stock(options: Namespace) -> int:
    """List what is on hand with its value and the totals; with --bin what lies in that bin."""
    with _opened(options) as store:
        item = known(store, Item, "no", options.item)
        location = known(store, Location, "code", options.location)
        bin = known(store, Bin, "code", options.bin)
        if bin is None:
            lines = stock_lines(store, item=item, location=location)
        else:
            lines = bin_lines(store, item=item, location=location, bin=bin)
        qty = value = ZERO
        count = 0

        def rows() -> Iterator[Row]:
            nonlocal qty, value, count
            for line in lines:
                qty, value, count = qty + line.qty, value + line.value, count + 1
                yield values(line)

        names, values = _columns(StockLine)
        _write(store, options, "stock", names, rows())
        complain(f"{counted(count, 'row')}, {figure(qty)} pieces, value {figure(value)}.")
    return 0


def ledger(options: Namespace) -> int:
    """List item entries in the order of their numbers."""
    with _opened(options) as store:
        lines = ledger_lines(
            store,
            item=known(store, Item, "no", options.item),
            location=known(store, Location, "code", options.location),
            since=_since(store, options.since),
        )
        names, values = _columns(LedgerLine)
        _write(store, options, "ledger", ["entry", *names[1:]], ([shown(line.id), *values(line)[1:]] for line in lines))
    return 0


def scans(options: Namespace) -> int:
    """List every scan and what became of it, by terminal."""
    with _opened(options) as store:
        location = known(store, Location, "code", options.location)
        lines = scan_lines(store, location=location, since=_since(store, options.since))
        names, values = _columns(ScanRecord)
        _write(store, options, "scans", names, map(values, lines))
    return 0


def cost_entries(options: Namespace) -> int:
    """List the value entries of an item: what each moved, and which one it corrects."""
    with _opened(options) as store:
        item = known(store, Item, "no", options.item)
        names, values = _columns(CostLine)

        def row(line: CostLine) -> Row:
            numbers = {name: getattr(line, name) for name in ("id", "item_entry", "applies_to_entry")}
            named = {name: shown(number) if number else "" for name, number in numbers.items()}
            return [named.get(name, value) for name, value in zip(names, values(line), strict=True)]

        _write(store, options, "cost-entries", ["entry", *names[1:]], map(row, cost_lines(store, item=item or "")))
    return 0


def worth(options: Namespace) -> int:
    """List what stock was worth on a day by its postings, with what is only expected apart, and the totals (PER-31)."""
    with _opened(options) as store:
        lines = valuation(
            store,
            upto=_day(options.to) or store.question(lambda books: system(books).work_date),
            since=_day(options.since),
            item=known(store, Item, "no", options.item),
            location=known(store, Location, "code", options.location),
        )
        names, values = _columns(ValueLine)
        _write(store, options, "valuation", names, map(values, lines))
        value, expected = (sum((getattr(line, name) for line in lines), ZERO) for name in ("value", "expected"))
        complain(f"{counted(len(lines), 'item')}, value {figure(value)}, expected {figure(expected)}.")
        if waiting := store.question(unadjusted_items):
            complain(f"Of {counted(len(waiting), 'item')} the cost is not settled: run aisle cost adjust.")
    return 0


def gl(options: Namespace) -> int:
    """List the G/L entries."""
    with _opened(options) as store:
        names, values = _columns(GlLine)
        lines = gl_lines(store, since=_day(options.since), upto=_day(options.to))
        _write(store, options, "gl", ["entry", *names[1:]], ([shown(line.id), *values(line)[1:]] for line in lines))
    return 0


def reconciliation(options: Namespace) -> int:
    """Compare value entries with the general ledger, account by account, and say why they differ (GL-22..24)."""
    with _opened(options) as store:
        item, location = known(store, Item, "no", options.item), known(store, Location, "code", options.location)
        asked = partial(reconcile, upto=_day(options.to), item=item, location=location)
        names, values = _columns(ReconciliationLine)
        lines = store.question(asked)
        _write(store, options, "reconciliation", names, map(values, lines))
        for line in lines:
            if line.warning:
                complain(f"{line.account}: {WARNINGS[line.warning]}")
    return 0


def _day(text: str | None) -> date | None:
    return day_of(text) if text else None


def _opened(options: Namespace) -> Store:
    """Open the books only to read them, where nothing has to be noted."""
    return opened(options, read_only=not _is_export(options))


def _is_export(options: Namespace) -> bool:
    return bool(options.output) or options.format == "csv"


def _write(store: Store, options: Namespace, name: str, names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a report where it was asked for; one that leaves the screen is an export and is noted (SAF-31)."""
    with _output(options.output) as output:
        if _is_export(options):
            where = options.output or "standard output"
            store.transaction(lambda books: note(books, system(books), "report", name, "export", where))
        if options.format == "csv":
            _write_csv(output, names, rows)
        else:
            output.writelines(f"{line}\n" for line in table(names, rows))


def _write_csv(output: TextIO, names: Sequence[str], rows: Iterable[Row]) -> None:
    writer = csv.writer(output, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    if output.isatty():
        writer.writerows([clean(csv_field(value)) for value in row] for row in rows)  # SAF-40
    else:
        writer.writerows([csv_field(value) for value in row] for row in rows)


def table(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield a table line by line: numbers to the right, text to the left."""
    rows = iter(rows)
    first = list(islice(rows, SAMPLE))
    widths = [
        max(len(name), *(len(_cell(row[at])) for row in first)) if first else len(name) for at, name in enumerate(names)
    ]
    yield "  ".join(name.ljust(width) for name, width in zip(names, widths, strict=True)).rstrip()
    for row in chain(first, rows):
        cells = [
            _cell(value).rjust(width) if isinstance(value, int | Decimal) else _cell(value).ljust(width)
            for value, width in zip(row, widths, strict=True)
        ]
        yield "  ".join(cells).rstrip()


def _cell(value: object) -> str:
    return clean(as_text(value), WIDEST)


@contextmanager
def _output(file: str | None) -> Iterator[TextIO]:
    """Open what a report is written to; a file gets its name only when all of it is there."""
    if file is None:
        yield sys.stdout
        return
    part = Path(f"{file}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as output:
            yield output
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _columns(kind: type) -> tuple[list[str], Callable[[object], Row]]:
    """Return the names of a line's columns, and what takes its values in that order."""
    names = [field.name for field in fields(kind)]
    return names, attrgetter(*names)


def known(store: Store, kind: type[E], field: str, text: str | None) -> str | None:
    """Return the code that a report is asked for, None where it is not; refuse one that does not exist."""
    if text is None:
        return None
    if not store.question(lambda books: books.records.rows(kind, **{field: code(text)})):
        raise Refused("unknown", prompt=kind.__name__.lower(), code=code(text))
    return code(text)


def day_of(text: str) -> date:
    """Read a day as it is typed on the command line.

    Raises Refused("bad_day").
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("bad_day", text=text) from error


def _since(store: Store, text: str | None) -> datetime | None:
    """Return when that day began at the site."""
    if text is None:
        return None
    head = store.question(lambda books: books.records.one(SiteHead, SiteHead().id)) or SiteHead()
    try:
        return datetime.combine(date.fromisoformat(text), time(), ZoneInfo(head.timezone))
    except ValueError as error:
        raise Refused("bad_day", text=text) from error
