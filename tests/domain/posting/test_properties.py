"""Whatever is adjusted and counted, in whatever order: the books say what a model in memory says."""

from __future__ import annotations

import copy
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.costing.valuing import shares
from domain.errors import AisleError
from domain.ledger.entries import Application, ValueEntry
from domain.posting import JournalLine, TrackingRow
from domain.values import AMOUNT_STEP, ZERO, plain
from tests.domain.notation import TODAY, Warehouse, goods, line, warehouse

pytestmark = pytest.mark.slow
FEW = settings(max_examples=15, deadline=None)

KINDS = {"PLAIN": "", "LAST": "", "LOTS": "lot", "PIECES": "serial"}
"""Items, and what tells their stock apart. LAST is drawn newest first."""


def cards(house: Warehouse) -> None:
    for no, kind in KINDS.items():
        house.item(no, tracking=kind.upper(), costing="lifo" if no == "LAST" else "fifo", unit_cost=Decimal("1.37"))


@st.composite
def moves(draw: st.DrawFn) -> JournalLine:
    """One line: some goods found or missing in some place, on one of three days."""
    item = draw(st.sampled_from(list(KINDS)))
    kind = KINDS[item]
    place = draw(st.sampled_from(["W-01", "W-02", "EAST"]))
    number = f" {kind} {draw(st.sampled_from(['N1', 'n1', 'N2']))}" if kind else ""
    size = Decimal(1) if kind == "serial" else draw(st.decimals("0.01", "5", places=2))
    qty = draw(st.sampled_from([size, -size]))
    day = TODAY + timedelta(days=draw(st.integers(-1, 1)))
    return line(f"{place} {item}{number} {qty}", posting_date=day)


@dataclass
class Layer:
    """An increase and what is left of it."""

    day: date
    place: int
    left: Decimal


@dataclass
class Model:
    """Stock in plain memory: what lies where, and the layers a decrease is drawn from."""

    lies: dict[tuple[str, str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    layers: dict[tuple[str, str, str], list[Layer]] = field(default_factory=lambda: defaultdict(list))
    draws: list[tuple[int, int, Decimal]] = field(default_factory=list)
    entries: int = 0

    def move(self, one: JournalLine) -> bool:
        """Move a line; False where the books must refuse it."""
        number = "".join(row.lot + row.serial for row in one.tracking).upper()
        qty = one.qty if one.entry_type == "positive_adj" else -one.qty
        self.entries += 1
        lies = (one.bin or one.location, one.item, number)
        layers = self.layers[one.location, one.item, number]
        if qty > 0:
            is_in_stock = any(of[1:] == ("PIECES", number) and left for of, left in self.lies.items())
            if KINDS[one.item] == "serial" and is_in_stock:
                return False
            layers.append(Layer(one.posting_date or TODAY, self.entries, qty))
        elif self.lies[lies] + qty < 0:
            return False
        else:
            self._draw(layers, -qty, newest_first=one.item == "LAST")
        self.lies[lies] += qty
        return True

    def _draw(self, layers: list[Layer], need: Decimal, *, newest_first: bool) -> None:
        for layer in sorted(layers, key=lambda layer: (layer.day, layer.place), reverse=newest_first):
            taken = min(layer.left, need)
            if taken:
                self.draws.append((layer.place, self.entries, taken))
            layer.left -= taken
            need -= taken

    def lying(self) -> set[str]:
        """Return what lies where, in the notation; balances of a location without bins do not tell serials apart."""
        told: dict[str, Decimal] = defaultdict(Decimal)
        for (place, item, number), qty in self.lies.items():
            is_told = number and (place, item) != ("EAST", "PIECES")
            told[f"{place} {item} {KINDS[item]} {number}" if is_told else f"{place} {item}"] += qty
        return {f"{goods} {plain(qty)}" for goods, qty in told.items() if qty}


def lying(house: Warehouse) -> set[str]:
    return {text.replace("n1", "N1") for item in KINDS for text in house.lying(item)}


def draws(house: Warehouse) -> list[tuple[int, int, Decimal]]:
    place = {entry.id: at for at, entry in enumerate(house.entries(), 1)}
    rows = [row for row in house.rows(Application) if row.outbound_entry]
    return [(place[row.inbound_entry], place[row.outbound_entry], -row.qty) for row in rows]


@FEW
@given(batches=st.lists(st.lists(moves(), min_size=1, max_size=4), max_size=8))
def test_any_batches_leave_what_the_model_has_and_a_batch_is_refused_whole_or_posted_whole(
    batches: list[list[JournalLine]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        cards(house)
        model = Model()
        for batch in batches:
            before = house.footprint()
            after = copy.deepcopy(model)
            is_fine = all([after.move(one) for one in batch]) and not is_twice(batch)  # noqa: C419 - each moves
            try:
                house.post(*batch)
            except AisleError:
                assert not is_fine
                assert house.footprint() == before
            else:
                assert is_fine
                model = after

            assert lying(house) == model.lying()
            assert draws(house) == model.draws


def is_twice(batch: list[JournalLine]) -> bool:
    """Say whether a serial moves twice the same way: that is refused whatever the stock (tracking.md 9)."""
    serials = [(row.serial.upper(), one.entry_type) for one in batch for row in one.tracking if row.serial]
    return len(set(serials)) < len(serials)


@FEW
@given(lines=st.lists(moves(), min_size=1, max_size=6), data=st.data())
def test_the_order_in_which_goods_come_in_does_not_matter_for_what_lies_there(
    lines: list[JournalLine], data: st.DataObject
) -> None:
    found = [replace(one, entry_type="positive_adj") for one in lines if KINDS[one.item] != "serial"]
    shuffled = data.draw(st.permutations(found))

    results = []
    for order in (found, shuffled):
        with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
            cards(house)
            for one in order:
                house.post(one)
            results.append((lying(house), sum(house.costs())))

    assert results[0] == results[1]


@FEW
@given(sent=st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9)), max_size=8))
def test_an_operation_sent_again_answers_what_it_answered_and_posts_once(sent: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        cards(house)
        answers = {}
        for operation, qty in sent:
            posted = house.adjust(f"W-01 PLAIN {qty}", operation=operation)
            assert answers.setdefault(operation, posted) == posted

        first = dict(reversed(sent))
        assert sum(entry.qty for entry in house.entries()) == sum(first.values())


@FEW
@given(
    there=st.lists(st.integers(0, 9), min_size=3, max_size=3),
    figures=st.lists(st.integers(0, 9), min_size=3, max_size=3),
    moved=st.lists(st.integers(0, 9), min_size=3, max_size=3),
    order=st.permutations(range(3)),
)
def test_a_count_makes_the_books_say_the_figure_and_what_moved_since_stays_on_top(
    there: list[int], figures: list[int], moved: list[int], order: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        cards(house)
        lots = [f"W-01 LOTS lot L{number}" for number in range(3)]
        house.stock("W-01 PLAIN 1", *(f"{lot} {qty}" for lot, qty in zip(lots, there, strict=True) if qty))
        journal = house.open_count("W-01")
        house.count(journal, "W-01 PLAIN 1")
        for at in order:
            house.count(journal, f"{lots[at]} {figures[at]}")
            if moved[at]:
                house.pass_time(minutes=1)
                house.adjust(f"{lots[at]} {moved[at]}")

        house.post_count(journal)

        expected = {goods(f"{lot} {figures[at] + moved[at]}") for at, lot in enumerate(lots)}
        assert {goods(text) for text in house.lying("LOTS")} == {one for one in expected if one.qty}


@given(total=st.decimals(-9999, 9999, places=2), parts=st.lists(st.decimals("0.00001", 99, places=5), min_size=1))
def test_led_03_shares_add_up_to_the_amount_and_none_is_a_cent_off_its_part(
    total: Decimal, parts: list[Decimal]
) -> None:
    spread = shares(total, parts, AMOUNT_STEP)

    whole = sum(parts, ZERO)
    assert sum(spread) == total
    assert all(abs(share - total * part / whole) <= AMOUNT_STEP for share, part in zip(spread, parts, strict=True))


@FEW
@given(
    amount=st.decimals("0.01", 999, places=2), sizes=st.lists(st.decimals("0.01", 9, places=2), min_size=1, max_size=6)
)
def test_led_03_the_value_entries_of_a_line_add_up_to_its_amount(amount: Decimal, sizes: list[Decimal]) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        cards(house)
        rows = tuple(TrackingRow(f"L{at}", qty_base=size) for at, size in enumerate(sizes))

        house.post(replace(line(f"EAST LOTS {sum(sizes)}"), tracking=rows, amount=amount))

        assert sum(row.cost_amount_actual for row in house.rows(ValueEntry)) == amount
