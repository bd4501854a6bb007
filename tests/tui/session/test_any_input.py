"""Whatever bytes arrive, at whatever prompt (SAF-40, T-14; floor-flows.md 27)."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.entries import BinEntry
from domain.people.access import may_be_pin
from domain.site import TrackingCode
from domain.work.documents import CountLine
from tests.domain.notation import warehouse
from tests.tui.session.hand import Hand, prepared
from tui.capture import Line

pytestmark = pytest.mark.slow
STAND = {
    "login": "",
    "menu": "sign in",
    "adjust bin": "7",
    "adjust item": "7 W-01",
    "adjust lot": "7 W-01 LOTS",
    "adjust serial": "7 W-01 PIECES",
    "adjust sign": "7 W-01 1000",
    "adjust qty": "7 W-01 1000 1",
    "adjust expiry": "7 W-01 DATED L9 1",
    "adjust reason": "7 W-01 1000 1 3",
    "adjust summary": "7 W-01 1000 1 3 2",
    "count document": "6",
    "count item": "6 W-01",
    "count lot": "6 W-01 LOTS",
    "count serial": "6 W-01 PIECES",
    "count qty": "6 W-01 1000",
    "count menu": "6 W-01 .m",
    "count list": "6 W-01 .m 2",
    "count question": "6 W-01 1001 2",
    "count summary": "6 W-01 .x 1 .d",
    "move bin": "5",
    "move item": "5 W-01",
    "move qty": "5 W-01 LOTS",
    "move place": "5 W-01 1000 2",
    "reclassify change": "9 1",
    "reclassify bin": "9 1 2",
    "reclassify lot": "9 1 1 W-01 LOTS",
    "reclassify qty": "9 1 1 W-01 LOTS L1",
    "reclassify new": "9 1 5 W-01 1000 2",
    "reclassify summary": "9 1 1 W-01 LOTS L1 2 L2",
    "look-up": "8",
    "look-up of an item": "8 1000",
    "my day": "9 8",
    "my postings": "9 8 1",
    "session": "9 9",
    "location": "9 9 1",
    "explain": ".e",
}
PIECES = [piece.encode() for piece in "1000 1001 W-01 L1 S1 1 2 3* .. .d %%OK %%QTY=3 B:W-02 EAST".split()]  # noqa: SIM905
"""What a floor is full of: half of the input is made of it."""
LABELS = [b"1000", b"1001", b"LOTS", b"PIECES", b"W-01", b"B:W-02", b"L1", b"S1", b"EAST", b"4006381333931"]
"""Labels of goods and places, without digits that answer a quantity and without a command card."""
LINES = st.one_of(st.sampled_from(PIECES), st.binary(min_size=1, max_size=80), st.text(min_size=1).map(str.encode))


@contextmanager
def at(place: str) -> Iterator[Hand]:
    """Stand somebody at a place of its own floor."""
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        floor = prepared(house, Path(folder))
        house.keep(TrackingCode("DATED", lot_specific=True, use_expiration=True, require_expiration_entry=True))
        house.item("DATED", tracking="DATED")
        hand = floor.hand()
        if STAND[place]:
            hand.signs_in("SUE")
        if STAND[place] not in ("", "sign in"):
            hand.types(*STAND[place].split())
        yield hand


def give(hand: Hand, raw: bytes) -> None:
    hand.floor.house.pass_time(seconds=1)
    hand.view = hand.terminal.take(Line(raw, "scanned", hand.floor.house.now.timestamp()))


@settings(max_examples=25, deadline=None)
@given(place=st.sampled_from(list(STAND)), raws=st.lists(LINES, min_size=1, max_size=8))
def test_every_line_leaves_exactly_one_row_in_the_journal_with_its_bytes_and_nothing_breaks(
    place: str, raws: list[bytes]
) -> None:
    with at(place) as hand:
        before = len(hand.floor.scans())
        secret = []
        for raw in raws:
            is_pin_at_who = hand.view.prompt == "who" and may_be_pin(Line(raw, "scanned", 0).text)
            secret.append(hand.view.secret or is_pin_at_who)
            give(hand, raw)

        hand.terminal.hang_up()
        kept = [scan.raw for scan in hand.floor.scans()[before:]]
        assert len(kept) == len(raws)
        assert any(secret) or sorted(kept) == sorted(raws)


@pytest.mark.parametrize("place", [place for place in STAND if place.startswith(("adjust", "count", "reclassify"))])
def test_floor_flows_27_200_buffered_scans_never_post(place: str) -> None:
    scans = random.Random(place).choices(PIECES, k=200)
    with at(place) as hand:
        before = len(hand.floor.house.entries())

        for raw in scans:
            give(hand, raw)

        assert len(hand.floor.house.entries()) == before


@pytest.mark.parametrize("place", [place for place in STAND if place.startswith("count")])
def test_floor_flows_27_200_buffered_labels_change_one_line_at_most(place: str) -> None:
    scans = random.Random(place).choices(LABELS, k=200)
    with at(place) as hand:
        before = _figures(hand)

        for raw in scans:
            give(hand, raw)

        assert len(_figures(hand) - before) <= 1


@pytest.mark.parametrize("place", [place for place in STAND if place.startswith("move")])
def test_floor_flows_27_200_buffered_labels_move_the_goods_of_one_line_at_most(place: str) -> None:
    scans = random.Random(place).choices(LABELS, k=200)
    with at(place) as hand:
        for raw in scans:
            give(hand, raw)

        moved = [row for row in hand.floor.house.rows(BinEntry) if row.entry_type == "movement"]
        assert len(moved) <= 2


def _figures(hand: Hand) -> set[tuple[object, ...]]:
    rows = hand.floor.house.rows(CountLine)
    return {(row.journal, row.line_no, row.qty_counted, row.counts) for row in rows if row.counts or row.qty_counted}


@pytest.mark.parametrize("place", STAND)
def test_what_only_looks_like_a_digit_breaks_nothing(place: str) -> None:
    with at(place) as hand:
        for raw in "\N{SUPERSCRIPT TWO}", "\N{ARABIC-INDIC DIGIT ONE}", "\N{CIRCLED DIGIT ONE}", "\x00":
            give(hand, raw.encode())
