"""Items whose numbers are typed and not told apart: their stock stays one anonymous pool (tracking.md 4, 12)."""

import tempfile
from contextlib import suppress
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import AisleError
from domain.site import TrackingCode
from domain.values import ZERO, plain
from domain.work.counting import EnterCount, count_lines, enter_count
from tests.domain.notation import EAST, Warehouse, goods, warehouse

FLAGS = [
    field.name
    for field in fields(TrackingCode)
    if field.name.startswith(("lot_", "serial_", "package_")) and "info" not in field.name and "ware" not in field.name
]
"""What a tracking code may ask for; `X_warehouse` comes with `X_specific` (tracking.md 1)."""
PLACES = [EAST, "W-01"]


@pytest.fixture(autouse=True)
def cards(house: Warehouse) -> None:
    """Lots typed on the way in, serials on the way out."""
    house.keep(TrackingCode("LOTIN", lot_pos_adj_in=True), TrackingCode("SERIALOUT", serial_neg_adj_out=True))
    house.item("LOTS", tracking="LOTIN")
    house.item("PIECES", tracking="SERIALOUT")


def told(house: Warehouse, journal: str) -> list[tuple[str, str, str]]:
    lines = house.ask(lambda books: count_lines(books, journal))
    return [(line.item, line.lot + line.serial, plain(line.qty_calculated)) for line in lines]


@pytest.mark.parametrize("place", [EAST, "W-01"])
def test_a_count_has_one_line_for_the_pool(house: Warehouse, place: str) -> None:
    house.stock(f"{place} LOTS lot L1 5", f"{place} LOTS lot L2 3", f"{place} PIECES 4")

    assert told(house, house.open_count(place)) == [("LOTS", "", "8"), ("PIECES", "", "4")]


@pytest.mark.parametrize("place", [EAST, "W-01"])
def test_a_figure_with_a_number_of_the_pool_is_a_figure_for_the_pool(house: Warehouse, place: str) -> None:
    house.stock(f"{place} LOTS lot L1 5", f"{place} PIECES 4")
    count = house.open_count(place)

    house.count(count, f"{place} LOTS lot L1 4", f"{place} PIECES serial S9 4")

    assert told(house, count) == [("LOTS", "", "5"), ("PIECES", "", "4")]


@pytest.mark.parametrize("place", [EAST, "W-01"])
def test_a_loss_of_the_pool_is_posted(house: Warehouse, place: str) -> None:
    house.stock(f"{place} LOTS lot L1 5", f"{place} LOTS lot L2 3")
    count = house.open_count(place)
    house.count(count, f"{place} LOTS 6")

    house.post_count(count)

    assert sum(entry.qty for entry in house.entries()) == 6


@pytest.mark.parametrize("place", [EAST, "W-01"])
def test_a_pool_that_was_written_off_is_not_counted_again(house: Warehouse, place: str) -> None:
    house.stock(f"{place} LOTS lot L1 5")
    house.adjust(f"{place} LOTS -5")

    assert told(house, house.open_count(place)) == []


@pytest.mark.parametrize("place", [EAST, "W-01"])
def test_a_serial_is_counted_whatever_lot_of_a_pool_it_came_in_with(house: Warehouse, place: str) -> None:
    house.keep(TrackingCode("SERIALLOT", serial_specific=True, lot_pos_adj_in=True))
    house.item("1000", tracking="SERIALLOT")
    house.stock(f"{place} 1000 lot L1 serial S1 1")
    count = house.open_count(place)

    house.count(count, f"{place} 1000 serial S1 1", yes=())

    assert told(house, count) == [("1000", "S1", "1")]


def test_a_difference_that_needs_a_number_is_left_out_after_a_yes(house: Warehouse) -> None:
    house.stock("W-01 LOTS lot L1 5", "W-01 PIECES 4")
    count = house.open_count("W-01")
    house.count(count, "W-01 LOTS 6", "W-01 PIECES 4")

    with house.refused("blocked_ask", n=1, code="LOTS"):
        house.post_count(count)
    house.post_count(count, yes=("blocked_ask",))

    assert house.lying("LOTS") == ["W-01 LOTS 5"]


@pytest.mark.parametrize("place", [EAST, "W-01"])
def test_any_number_may_be_typed_on_the_way_out_and_typed_again(house: Warehouse, place: str) -> None:
    house.stock(f"{place} PIECES 4")

    house.adjust(f"{place} PIECES serial S1 -1")
    house.adjust(f"{place} PIECES serial S1 -1")

    assert house.lying("PIECES") == [f"{place} PIECES 2"]


def test_more_than_the_pool_holds_is_refused_whatever_number_is_typed(house: Warehouse) -> None:
    house.stock("W-01 PIECES 1")
    house.adjust("W-01 PIECES serial S1 -1")

    with house.refused("not_enough"):
        house.adjust("W-01 PIECES serial S2 -1")


@st.composite
def moves(draw: st.DrawFn) -> str:
    """Some goods found or missing, with the numbers somebody typed."""
    numbers = [draw(st.sampled_from(["", f" {kind} N1", f" {kind} N2"])) for kind in ("lot", "serial", "package")]
    qty = draw(st.sampled_from([1, 1, 3, -1, -2]))
    return f"{draw(st.sampled_from(PLACES))} 1000{''.join(numbers)} {qty}"


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(flags=st.sets(st.sampled_from(FLAGS)), moved=st.lists(moves(), min_size=4, max_size=12))
def test_whatever_numbers_a_code_asks_for_a_count_expects_all_of_the_stock_once(
    flags: set[str], moved: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        house.keep(TrackingCode("ANY", **dict.fromkeys(flags, True)))
        house.item("1000", tracking="ANY")
        for move in moved:
            with suppress(AisleError):
                house.adjust(move)
        posted = house.entries()

        for place in PLACES:
            expected = count_as_expected(house, place)
            assert expected == sum((goods(text).qty for text in house.lying() if text.startswith(place)), ZERO)
        assert house.entries() == posted


def count_as_expected(house: Warehouse, place: str) -> Decimal:
    """Count a place and find what the books say; return how much that is."""
    count = house.open_count(place)
    lines = house.ask(lambda books: count_lines(books, count))
    for line in lines:
        figure = EnterCount(count, "1000", line.qty_calculated, line.bin, "", line.lot, line.serial, line.package)
        house.do(enter_count, figure, "PIA")
    if lines:
        house.post_count(count)
    return sum((line.qty_calculated for line in lines), ZERO)
