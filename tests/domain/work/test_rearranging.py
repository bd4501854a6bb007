"""Whatever is moved and reclassified: nothing is gained or lost, picks keep theirs, a lot has one date."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import AisleError
from domain.ledger.entries import ValueEntry
from domain.posting import Reclassification, TrackingRow
from domain.site import TrackingCode
from domain.values import ZERO
from domain.work.moving import MoveGoods, move_goods
from domain.work.reclassifying import PostReclassification, post_reclassification
from domain.work.stock_here import Goods, Portion
from tests.domain.notation import EAST, SILVER, Warehouse, warehouse
from tests.domain.work.holding import hold

pytestmark = pytest.mark.slow
FEW = settings(max_examples=12, deadline=None)

PLACES = (SILVER, "W-01"), (SILVER, "W-02"), (EAST, "")
LOTS = "L1", "L2", "L3"
DATES = date(2027, 1, 31), date(2027, 5, 31)
PICKED = Decimal(3)
"""Of any lot, out of W-01."""

quantities = st.decimals("0.5", "6", places=1)


@dataclass(frozen=True, slots=True)
class Change:
    """Some of a lot in a place becomes another lot, of another date, in another place."""

    place: tuple[str, str]
    lot: str
    qty: Decimal
    new_place: tuple[str, str]
    new_lot: str
    expires: date

    def line(self) -> Reclassification:
        row = TrackingRow(lot=self.lot)
        return Reclassification(
            "MILK", self.qty, self.place[0], self.new_place[0], self.place[1], self.new_place[1],
            tracking=(row,), new_tracking=(replace(row, lot=self.new_lot, expires=self.expires),),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carry:
    """Some of several lots goes from one bin into the other."""

    from_bin: str
    lots: tuple[tuple[str, Decimal], ...]

    def move(self) -> MoveGoods:
        to_bin = "W-02" if self.from_bin == "W-01" else "W-01"
        portions = (Portion(self.from_bin, Goods("MILK", lot=lot), qty) for lot, qty in self.lots)
        return MoveGoods(SILVER, to_bin, tuple(portions))


places, lots = st.sampled_from(PLACES), st.sampled_from(LOTS)
changes = st.builds(Change, places, lots, quantities, places, lots, st.sampled_from(DATES))
carries = st.builds(
    Carry, st.sampled_from(["W-01", "W-02"]), st.lists(st.tuples(lots, quantities), min_size=1, max_size=3).map(tuple)
)


def stocked(house: Warehouse) -> None:
    house.keep(TrackingCode("DATED", lot_specific=True, lot_warehouse=True, use_expiration=True))
    house.item("MILK", tracking="DATED", unit_cost=Decimal("1.37"))
    first, second = DATES
    house.stock(f"W-01 MILK lot L1 expires {first} 6", f"W-02 MILK lot L1 expires {first} 2", at="1.37")
    house.stock(f"W-01 MILK lot L2 expires {second} 5", f"EAST MILK lot L2 expires {second} 4", at="2.11")
    hold(house, f"W-01 MILK {PICKED}")


def total(house: Warehouse) -> Decimal:
    return sum((row.qty for row in house.ask(lambda books: books.stock.on_hand("MILK"))), ZERO)


def dates_in_stock(house: Warehouse) -> dict[str, set[date | None]]:
    """Return the dates that the open increases of each lot have."""
    left = house.remaining()
    found: dict[str, set[date | None]] = defaultdict(set)
    for entry in house.entries():
        if left.get(entry.id, ZERO) > 0:
            found[entry.lot].add(entry.expires)
    return found


@FEW
@given(work=st.lists(changes | carries, max_size=6))
def test_nothing_is_gained_or_lost_picks_keep_theirs_and_a_lot_has_one_date(work: list[Change | Carry]) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        stocked(house)
        qty, value = total(house), sum(house.costs(), ZERO)

        for one in work:
            house.pass_time(seconds=1)
            before = house.footprint()
            try:
                if isinstance(one, Carry):
                    house.do(move_goods, one.move())
                else:
                    house.do(post_reclassification, PostReclassification((one.line(),)))
            except AisleError:
                assert house.footprint() == before

            assert total(house) == qty
            assert sum((row.cost_amount_actual for row in house.rows(ValueEntry)), ZERO) == value
            in_bin = house.ask(lambda books: books.bins.in_bin(SILVER, "W-01", "MILK"))
            assert sum((row.qty_base for row in in_bin), ZERO) >= PICKED
            assert all(len(dates) == 1 for dates in dates_in_stock(house).values())


@FEW
@given(there=carries)
def test_what_is_carried_there_and_back_lies_where_it_lay(there: Carry) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        stocked(house)
        lying = house.lying("MILK")
        try:
            house.do(move_goods, there.move())
        except AisleError:
            return

        back = replace(there, from_bin="W-02" if there.from_bin == "W-01" else "W-01")
        house.do(move_goods, back.move())

        assert house.lying("MILK") == lying
