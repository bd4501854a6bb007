"""The incremental adjustment gives what a plain calculation from the rules gives, whenever and however it runs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.books import Books
from domain.costing.adjusting import AdjustCosts, Adjusted
from domain.costing.average_periods import period_end
from domain.items.card import Item
from domain.ledger.entries import ValueEntry
from domain.people.access import situation_of
from domain.people.rights import SYSTEM
from domain.posting import JournalLine, post
from domain.posting.valued import adjust_all
from domain.site import Location, Settings, SiteHead
from domain.situation import Situation
from storage import Store, verify
from storage.columns import shape_of
from tests.domain.costing.oracle import Told, costs
from tests.domain.notation import OPENS, TODAY

METHODS = ("fifo", "lifo", "average", "standard")
PERIODS = ("day", "week", "month")
STANDARD = Decimal("3.35")


def told(seed: int, length: int) -> list[Told]:
    """Return a random history of postings, dated anyhow, that never takes more than there is."""
    chance = random.Random(seed)
    history: list[Told] = []
    stock, returnable = 0, {}
    for number in range(length):
        day = TODAY - timedelta(days=chance.randrange(40))
        kind = chance.choices(("purchase", "sale", "return"), (4, 5, 1))[0]
        if kind == "sale" and stock:
            qty = chance.randint(1, min(stock, 9))
            stock -= qty
            returnable[number] = qty
            history.append(Told("sale", day, Decimal(qty)))
        elif kind == "return" and returnable:
            of = chance.choice(sorted(returnable))
            qty = chance.randint(1, returnable[of])
            returnable[of] -= qty
            if not returnable[of]:
                del returnable[of]
            stock += qty
            history.append(Told("return", day, Decimal(qty), of=of))
        else:
            qty = chance.randint(1, 9)
            stock += qty
            history.append(Told("purchase", day, Decimal(qty), Decimal(chance.randint(1, 9999)) / 100))
    return history


class Played:
    """A history in a real database."""

    def __init__(self, store: Store, costing: str, settings: Settings) -> None:
        self.store, self.costing, self.settings = store, costing, settings
        self.entries: list[int] = []
        self.seconds = 0
        store.transaction(self._given)

    def post(self, event: Told) -> None:
        line = JournalLine(
            entry_type="sale" if event.kind in ("sale", "return") else "purchase",
            item="A",
            qty=-event.qty if event.kind == "return" else event.qty,
            location="EAST",
            amount=event.amount if event.kind == "purchase" else None,
            posting_date=event.day,
            applies_from=self.entries[event.of] if event.kind == "return" else 0,
        )

        def work(books: Books) -> int:
            with books.ledger.command(self._situation(books).head("case")):
                return post(books, self._situation(books), [line], source="case").entries[0]

        self.entries.append(self.store.transaction(work))

    def adjust(self, most: int | None = None) -> Adjusted:
        """Run a cost adjustment, or a part of it."""
        return self.store.transaction(lambda books: adjust_all(books, self._situation(books), AdjustCosts(most=most)))

    def costs(self) -> dict[int, Decimal]:
        """Return what each event costs by its value entries."""
        shape = shape_of(ValueEntry)
        rows = self.store.reading(lambda connection: connection.execute("SELECT * FROM value_entry").fetchall())
        found = dict.fromkeys(self.entries, Decimal(0))
        for row in map(shape.entity, rows):
            found[row.item_entry] += row.cost_amount_actual
        return {number: found[entry] for number, entry in enumerate(self.entries)}

    def _given(self, books: Books) -> None:
        with books.ledger.command(self._situation(books).head("change")):
            books.records.save(SiteHead(site="S", settings=self.settings))
            books.records.save(Location("EAST"))
            books.records.save(Item("A", costing=self.costing, standard_cost=STANDARD))

    def _situation(self, books: Books) -> Situation:
        self.seconds += 1
        situation = situation_of(books.records, SYSTEM, now=OPENS + timedelta(seconds=self.seconds), terminal="T")
        return replace(situation, settings=self.settings)


@contextmanager
def played(folder: Path, costing: str, history: list[Told], settings: Settings) -> Iterator[Played]:
    with Store.create(str(folder / f"{random.randrange(10**12)}.db")) as store:
        house = Played(store, costing, settings)
        for event in history:
            house.post(event)
        yield house
        assert verify(store) == []


def _settings(costing: str, seed: int, automatic: str) -> Settings:
    return Settings(
        average_cost_period=PERIODS[seed % 3] if costing == "average" else "day",
        automatic_cost_adjustment=automatic,
        automatic_cost_posting=False,
        location_mandatory=False,
    )


def _expected(history: list[Told], costing: str, settings: Settings) -> dict[int, Decimal]:
    if costing == "standard":
        history = [replace(event, amount=event.qty * STANDARD if event.amount else event.amount) for event in history]
    ends: Callable[[date], date] = lambda day: period_end(settings, day)  # noqa: E731 - handed to the oracle
    return costs(history, costing, ends)


@pytest.mark.slow
@pytest.mark.parametrize("costing", METHODS)
@pytest.mark.parametrize("seed", range(3))
def test_one_run_at_the_end_gives_what_the_rules_give(tmp_path: Path, costing: str, seed: int) -> None:
    history, settings = told(seed, 60), _settings(costing, seed, "never")

    with played(tmp_path, costing, history, settings) as house:
        house.adjust()

        assert house.costs() == _expected(history, costing, settings)
        assert house.adjust().written == 0  # COS-56


@pytest.mark.slow
@pytest.mark.parametrize("costing", METHODS)
@pytest.mark.parametrize("seed", range(3))
def test_runs_cut_anywhere_and_after_any_posting_give_the_same(tmp_path: Path, costing: str, seed: int) -> None:
    history, settings = told(seed, 60), _settings(costing, seed, "never")
    chance = random.Random(seed)

    with played(tmp_path, costing, [], settings) as house:
        for event in history:
            house.post(event)
            if chance.random() < 0.3:
                house.adjust(most=chance.randint(1, 3))
        while not house.adjust(most=2).is_done:
            pass

        assert house.costs() == _expected(history, costing, settings)


@pytest.mark.slow
@pytest.mark.parametrize("costing", METHODS)
def test_adjusting_after_each_posting_gives_the_same(tmp_path: Path, costing: str) -> None:
    history, settings = told(7, 60), _settings(costing, 7, "always")

    with played(tmp_path, costing, history, settings) as house:
        assert house.costs() == _expected(history, costing, settings)


@pytest.mark.long
@pytest.mark.parametrize("costing", METHODS)
def test_two_thousand_histories_of_two_hundred_postings(tmp_path: Path, costing: str) -> None:
    for seed in range(500):
        history, settings = told(1000 + seed, 200), _settings(costing, seed, "never")
        with played(tmp_path, costing, history, settings) as house:
            house.adjust()

            assert house.costs() == _expected(history, costing, settings), f"seed {1000 + seed}"
