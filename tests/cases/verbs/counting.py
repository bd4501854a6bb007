"""The count journal and the counting window (counting.md)."""

from __future__ import annotations

from datetime import date

from domain.books import Books
from domain.situation import Situation
from domain.work.claims import release
from domain.work.count_expectation import OpenCount, journal_of
from domain.work.count_posting import PostCount, differences, post_count
from domain.work.counting import EnterCount, enter_count, open_count
from domain.work.counting_windows import next_counting_window
from tests.cases.arguments import Arguments
from tests.cases.matching import Actual
from tests.cases.verbs.built import Result, verb
from tests.cases.vocabulary import Mistake
from tests.cases.world import World


@verb("calculate_inventory", takes="location bins items zero_stock")
def calculate_inventory(world: World, step: Arguments) -> Result:
    """Open a count journal with a line for all that should be there."""
    bins = step.texts("bins")
    command = OpenCount(
        location=step.text("location", world.location),
        bin=bins[0] if len(bins) == 1 else "",
        bins=bins,
        items=step.texts("items"),
        zero_stock=step.flag("zero_stock"),
    )
    journal = world.do(open_count, command, confirm=step.flag("confirm"))
    world.do(release, journal.no)  # a sheet made at the desk is nobody's until somebody counts it (floor-flows.md 16)
    world.documents[step.text("as") or step.text("id")] = journal.no, count_of
    return world.do(count_of, journal.no)


@verb("enter", takes="of item qty bin variant uom lot serial package expires")
def enter(world: World, step: Arguments) -> Result:
    """Enter a figure from a counting sheet."""
    qty = step.number("qty")
    if qty is None:
        raise Mistake("enter: qty is blank")
    command = EnterCount(
        journal=world.document(step.text("of"), count_of),
        item=step.text("item"),
        qty=qty,
        bin=step.text("bin"),
        variant=step.text("variant"),
        lot=step.text("lot"),
        serial=step.text("serial"),
        package=step.text("package"),
        expires=step.day("expires"),
        uom=step.text("uom"),
    )
    line = world.do(enter_count, command, confirm=step.flag("confirm"))
    world.do(release, line.journal)
    return world.do(count_of, line.journal)


@verb("post_count", takes="of uncounted")
def post(world: World, step: Arguments) -> Result:
    """Post a count journal."""
    no = world.document(step.text("of"), count_of)
    posted = world.do(post_count, PostCount(no, step.text("uncounted")), confirm=step.flag("confirm"))
    world.name_entries(step.text("as") or step.text("id"), posted.entries)
    return world.do(count_of, no)


def count_of(books: Books, situation: Situation, no: str) -> dict[str, Actual]:
    """Return a count journal as cases show it."""
    journal = journal_of(books, no)
    lines = [
        {
            "line": row.line.line_no,
            "item": row.line.item,
            "variant": row.line.variant,
            "bin": row.line.bin,
            "lot": row.line.lot,
            "serial": row.line.serial,
            "package": row.line.package,
            "expires": row.line.expires,
            "uom": row.line.uom,
            "qty_calculated": row.line.qty_calculated,
            "qty_counted": row.line.qty_counted,
            "counted": row.line.qty_counted is not None,
            "difference": row.difference,
            "qty": None if row.difference is None else abs(row.difference),
            "moved_since": row.moved_since,
            "first_count": row.line.first_count,
            "review": row.line.review,
            "listed": row.line.listed,
        }
        for row in differences(books, situation, no)
    ]
    return {"status": journal.status, "location": journal.location, "bin": journal.bin, "lines": lines}


@verb("next_counting_window", takes="frequency last_count next_start next_end")
def window(world: World, step: Arguments) -> Result:
    """Ask when an item is next to be counted."""
    frequency = step.number("frequency")
    if frequency is None:
        raise Mistake("next_counting_window: frequency is blank")
    start, end = step.day("next_start"), step.day("next_end")
    in_force: tuple[date, date] | None = (start, end) if start and end else None
    first, last = next_counting_window(int(frequency), world.today, step.day("last_count"), in_force)
    return {"next_start": first, "next_end": last}
