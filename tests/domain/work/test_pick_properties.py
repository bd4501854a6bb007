"""Whatever is picked, handled, split, given up and posted in any order: nothing is promised or shipped twice."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import AisleError
from domain.items.card import Item
from domain.orders.documents import OrderLine
from domain.site import Location
from domain.values import ZERO
from domain.work.activities import Activity, ActivityLine
from domain.work.held import goods_of, shares
from domain.work.pick_lines import (
    CloseShort,
    NameNumber,
    PutBack,
    ShortLine,
    TakeQuantity,
    TakeSerial,
    close_short,
    name_number,
    put_back,
    short_line,
    take_quantity,
    take_serial,
)
from domain.work.pick_places import ChangeBin, SplitLine, change_bin, split_line
from domain.work.pick_posting import PostPick, post_pick
from domain.work.picking import create_pick, delete_pick
from domain.work.stock_here import portions_here
from tests.domain.notation import SILVER, Warehouse, warehouse
from tests.domain.work.picks import ordered

pytestmark = pytest.mark.slow
FEW = settings(max_examples=25, deadline=None)
BINS = ("W-01", "W-02", "W-03")
STOCK = (
    *(f"{bin} PLAIN {qty}" for bin, qty in zip(BINS, (5, 3, 2), strict=True)),
    *(f"{bin} LOTS lot {lot} {qty}" for bin, lot, qty in (("W-01", "L1", 4), ("W-01", "L2", 3), ("W-02", "L1", 3))),
    *(f"{bin} PIECES serial S{number} 1" for bin, number in (("W-01", 1), ("W-01", 2), ("W-02", 3))),
)
KINDS = {"PLAIN": "", "LOTS": "LOT", "PIECES": "SERIAL"}

ORDERS = st.lists(
    st.lists(
        st.sampled_from(
            ["PLAIN 4", "PLAIN 7", "W-02 PLAIN 2", "LOTS 5", "LOTS lot L1 3", "PIECES 2", "PIECES serial S3 1"]
        ),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=3,
)
DEEDS = st.tuples(
    st.sampled_from(["pick", "take", "lot", "serial", "short", "back", "bin", "split", "close", "delete", "post"]),
    st.integers(0, 7),
    st.integers(0, 6),
)


def all_lines(house: Warehouse) -> list[ActivityLine]:
    return house.ask(lambda books: books.records.rows(ActivityLine))


def do(house: Warehouse, orders: list[str], deed: tuple[str, int, int]) -> None:
    """Do one deed on the line that `which` points at, if there is one; `figure` is a quantity or picks a place."""
    what, which, figure = deed
    if what == "pick":
        house.do(create_pick, orders[which % len(orders)], "SUE")
        return
    lines = all_lines(house)
    if not lines:
        return
    line = lines[which % len(lines)]
    at = line.activity, line.line_no
    qty, bin, lot = Decimal(figure), BINS[figure % 3], f"L{figure % 2 + 1}"
    deeds = {
        "take": (take_quantity, TakeQuantity(*at, qty)),
        "lot": (name_number, NameNumber(*at, lot=lot)),
        "serial": (take_serial, TakeSerial(*at, f"S{figure % 4}")),
        "short": (short_line, ShortLine(*at, qty, "empty")),
        "back": (put_back, PutBack(*at)),
        "bin": (change_bin, ChangeBin(*at, bin)),
        "split": (split_line, SplitLine(*at, qty)),
        "close": (close_short, CloseShort(*at)),
        "delete": (delete_pick, line.activity),
        "post": (post_pick, PostPick(line.activity)),
    }
    house.do(*deeds[what], "SUE")  # type: ignore[arg-type] # each function with its own command


def promised_twice(house: Warehouse) -> Iterator[str]:
    """Yield every share of the stock of which open lines want more than lies there."""
    wanted: dict[tuple[str, str, object], Decimal] = defaultdict(Decimal)
    for line in all_lines(house):
        for share in shares(goods_of(line)):
            wanted[line.bin, line.item, share] += line.outstanding
    place = Location(SILVER, bin_mandatory=True)
    for (bin, item, share), qty in wanted.items():
        card = house.one(Item, item)
        assert card is not None
        here = house.ask(partial(portions_here, location=place, bin=bin, item=card, variant=""))
        lies = sum((portion.qty for portion in here if share in shares(portion.goods)), ZERO)
        if qty > lies:
            yield f"{bin} {item} {share}: {qty} of {lies}"


def more_than_ordered(house: Warehouse) -> Iterator[str]:
    """Yield every order line of which more is shipped and on picks than was ordered."""
    orders = {pick.no: pick.order for pick in house.ask(lambda books: books.records.rows(Activity))}
    for ordered_line in house.ask(lambda books: books.records.rows(OrderLine)):
        on_picks = [
            line
            for line in all_lines(house)
            if (orders[line.activity], line.order_line) == (ordered_line.order, ordered_line.line_no)
        ]
        if sum((line.outstanding for line in on_picks), ZERO) > ordered_line.outstanding_base:
            yield f"{ordered_line}: {on_picks}"


def odd_lines(house: Warehouse) -> Iterator[ActivityLine]:
    """Yield lines that want nothing, or of which more is taken than they want."""
    for line in all_lines(house):
        if line.outstanding <= 0 or line.qty_to_handle > line.outstanding:
            yield line


@FEW
@given(orders=ORDERS, deeds=st.lists(DEEDS, max_size=25))
def test_nothing_is_promised_twice_or_picked_beyond_the_order(
    orders: list[list[str]], deeds: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        for no, tracking in KINDS.items():
            house.item(no, tracking=tracking)
        house.stock(*STOCK)
        numbers = [ordered(house, *texts) for texts in orders]
        for deed in deeds:
            before = house.footprint()
            try:
                do(house, numbers, deed)
            except AisleError:
                assert house.footprint() == before

            assert list(promised_twice(house)) == []
            assert list(more_than_ordered(house)) == []
            assert list(odd_lines(house)) == []

        shipped = -sum((entry.qty for entry in house.entries() if entry.entry_type == "sale"), ZERO)
        handled = sum((line.qty_handled_base for line in house.ask(lambda books: books.records.rows(OrderLine))), ZERO)
        assert shipped == handled


@FEW
@given(
    orders=ORDERS, deeds=st.lists(DEEDS.filter(lambda deed: deed[0] not in ("close", "delete", "post")), max_size=15)
)
def test_the_lines_of_a_pick_add_up_to_what_it_was_made_for_however_they_are_split(
    orders: list[list[str]], deeds: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        for no, tracking in KINDS.items():
            house.item(no, tracking=tracking)
        house.stock(*STOCK)
        for texts in orders:
            with_suppressed(house, ordered(house, *texts))
        before = sums(house)
        for deed in deeds:
            if deed[0] != "pick":
                try:
                    do(house, [], deed)
                except AisleError:
                    continue

            assert sums(house) == before


def with_suppressed(house: Warehouse, order: str) -> None:
    try:
        house.do(create_pick, order, "SUE")
    except AisleError:
        return


def sums(house: Warehouse) -> dict[tuple[str, int], Decimal]:
    """Return the quantity of all pick lines by pick and order line."""
    found: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for line in all_lines(house):
        found[line.activity, line.order_line] += line.qty
    return found
