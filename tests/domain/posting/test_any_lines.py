"""Whatever lines come in whatever order: refused whole or posted whole, and the books hold (ledger.md, Tests 1, 2)."""

import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import AisleError
from domain.ledger.entries import Application, BinEntry, ItemEntry, ValueEntry
from domain.posting import JournalLine, Line, TrackingRow
from domain.site import Location
from storage import rebuild, verify
from tests.domain.notation import SILVER, TODAY, Warehouse, line, movement, reclassification, warehouse

pytestmark = pytest.mark.slow

KINDS = {"PLAIN": "", "LAST": "", "AVG": "", "OWED": "", "LOTS": "lot", "PIECES": "serial"}
"""Items, and what tells their stock apart."""
COSTING = {"LAST": "lifo", "AVG": "average"}
PLACES = ("W-01", "W-02", "EAST", "WEST")
JOURNAL = ("positive_adj", "negative_adj", "purchase", "sale")


@dataclass(frozen=True)
class Wish:
    """A line that somebody wants; which entry it names is known when it is posted."""

    kind: str
    """An entry type, movement, transfer, back (fixed to an entry or at its cost) or undo."""
    item: str
    places: tuple[str, str]
    numbers: tuple[str, str]
    qty: Decimal
    is_invoiced: bool
    days: int
    entry: int


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    item = draw(st.sampled_from(list(KINDS)))
    size = Decimal(1) if KINDS[item] == "serial" else draw(st.decimals("0.01", "5", places=2))
    return Wish(
        kind=draw(st.sampled_from((*JOURNAL, "movement", "transfer", "back", "undo"))),
        item=item,
        places=(draw(st.sampled_from(PLACES)), draw(st.sampled_from(PLACES))),
        numbers=(draw(st.sampled_from(["N1", "N2"])), draw(st.sampled_from(["n1", "N2"]))),
        qty=draw(st.sampled_from([size, size, size, -size])),
        is_invoiced=draw(st.booleans()),
        days=draw(st.integers(-1, 1)),
        entry=draw(st.integers(0, 30)),
    )


def wanted(house: Warehouse, wish: Wish) -> Line:
    """Return the line of a wish as things stand."""
    (place, to), (number, other) = wish.places, wish.numbers
    kind = KINDS[wish.item]
    goods = f"{place} {wish.item}{f' {kind} {number}' if kind else ''}"
    day = {"posting_date": TODAY + timedelta(days=wish.days)}
    entries = house.entries()
    if wish.kind in ("back", "undo") and entries:
        return _back(house, entries[wish.entry % len(entries)], wish)
    if wish.kind == "movement":
        return movement(f"{goods} {abs(wish.qty)}", to, **day)
    if wish.kind == "transfer":
        return reclassification(f"{goods} {abs(wish.qty)}", f"{to} {kind} {other}" if kind else to, **day)
    entry_type = wish.kind if wish.kind in JOURNAL else "purchase"
    is_invoiced = wish.is_invoiced or entry_type.endswith("adj")
    return line(f"{goods} {wish.qty}", entry_type, is_invoiced=is_invoiced, **day)


def _back(house: Warehouse, entry: ItemEntry, wish: Wish) -> JournalLine:
    """Return a line the other way: of all of an entry where it is undone, else of some of it."""
    is_undo = wish.kind == "undo"
    qty = abs(entry.qty) if is_undo else min(abs(wish.qty), abs(entry.qty))
    other_way = "negative_adj" if entry.qty > 0 else "positive_adj"
    entry_type = other_way if entry.entry_type == "transfer" else entry.entry_type
    sign = 1 if (entry_type in ("positive_adj", "purchase")) == (entry.qty < 0) else -1
    bins = [row.bin for row in house.rows(BinEntry) if row.id > entry.id and entry.location == SILVER]
    return JournalLine(
        entry_type=entry_type,
        item=entry.item,
        qty=sign * qty,
        location=entry.location,
        bin=bins[0] if bins else "",
        tracking=(TrackingRow(entry.lot, entry.serial),),
        applies_to=entry.id if entry.qty > 0 else 0,
        applies_from=0 if entry.qty > 0 else entry.id,
        is_correction=is_undo,
    )


def check_sums(house: Warehouse) -> None:
    """Check what `verify` may not know by itself: what lies where adds up, and nothing lies below zero."""
    in_bins: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    of_place: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    lying: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    for row in house.rows(BinEntry):
        in_bins[row.location, row.item, row.lot + row.serial] += row.qty
        lying[row.location, row.bin, row.item, row.lot + row.serial] += row.qty
    for entry in house.entries():
        if entry.location == SILVER:
            of_place[entry.location, entry.item, entry.lot + entry.serial] += entry.qty
    assert in_bins == of_place
    assert min(lying.values(), default=Decimal()) >= 0

    used: dict[int, Decimal] = defaultdict(Decimal)
    for application in house.rows(Application):
        if application.outbound_entry and not application.cost_application:
            used[application.inbound_entry] += application.qty
            used[application.outbound_entry] -= application.qty
    remaining = {entry.id: entry.qty + used[entry.id] for entry in house.entries()}
    assert {entry: qty for entry, qty in remaining.items() if qty} == house.remaining()


def check_values(house: Warehouse) -> None:
    """Check that transfers change no value, and that what was undone before it was invoiced has none."""
    entries = {entry.id: entry for entry in house.entries()}
    values: dict[int, Decimal] = defaultdict(Decimal)
    for row in house.rows(ValueEntry):
        values[row.item_entry] += row.cost_amount_actual + row.cost_amount_expected
    moved = sum((value for entry, value in values.items() if entries[entry].entry_type == "transfer"), Decimal())
    assert moved == 0
    for row in house.rows(Application):
        inbound, outbound = entries[row.inbound_entry], entries.get(row.outbound_entry)
        is_undo = outbound and (inbound.correction or outbound.correction) and row.fixed
        if outbound and is_undo and outbound.entry_type in ("purchase", "sale"):
            assert values[inbound.id] + values[outbound.id] == 0


@settings(max_examples=25, deadline=None)
@given(batches=st.lists(st.lists(wishes(), min_size=1, max_size=3), max_size=14))
def test_any_lines_are_refused_whole_or_posted_whole_and_the_books_hold(batches: list[list[Wish]]) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        house.keep(Location("WEST"))
        for no, kind in KINDS.items():
            told = {"prevent_negative_inventory": "no"} if no == "OWED" else {}
            costing = COSTING.get(no, "fifo")
            house.item(no, tracking=kind.upper(), costing=costing, unit_cost=Decimal("1.37"), **told)
        for batch in batches:
            before = house.footprint()
            try:
                house.post(*[wanted(house, wish) for wish in batch])
            except AisleError:
                assert house.footprint() == before

        check_sums(house)
        check_values(house)
        assert verify(house.store) == []
        rebuild(house.store)
        assert verify(house.store) == []
