"""kill -9 in the middle of cost adjustment: the next run goes on to the figures of one that nobody disturbed."""

from __future__ import annotations

import os
import random
import shutil
import signal
from pathlib import Path

import pytest

from domain.books import Books
from domain.costing.adjusting import AdjustCosts, Adjusted
from domain.posting.valued import adjust_all
from domain.site import Settings
from storage import Store, verify
from tests.domain.costing.oracle import costs
from tests.domain.costing.test_against_the_oracle import Played
from tests.domain.costing.test_against_the_oracle import told as history_of
from tests.kill.test_kill import Killer
from tests.kill.warehouse import system

KILLS = 50
STEP = 2
"""Value entries in one transaction."""


def _step(books: Books) -> Adjusted:
    return adjust_all(books, system(books), AdjustCosts(most=STEP))


def _adjust_until_killed(path: Path, at: int) -> None:
    """Adjust in this process, which does not come back."""
    try:
        _, told = os.pipe()
        store = Store.open(str(path), on_statement=Killer(at, told))
        while not store.transaction(_step).is_done:
            pass
        os._exit(0)
    finally:
        os._exit(1)


@pytest.mark.slow
@pytest.mark.parametrize("costing", ["fifo", "average"])
def test_an_adjustment_that_dies_anywhere_goes_on_to_the_same_figures(tmp_path: Path, costing: str) -> None:
    history, chance = history_of(3, 150), random.Random(3)
    path = tmp_path / "aisle.db"
    settings = Settings(automatic_cost_adjustment="never", location_mandatory=False)
    with Store.create(str(path)) as store:
        house = Played(store, costing, settings)
        for event in history:
            house.post(event)
    shutil.copy(path, tmp_path / "whole.db")

    deaths = 0
    while deaths < KILLS:
        child = os.fork()
        if not child:
            _adjust_until_killed(path, chance.randint(1, 60))
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert status == 0
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        deaths += 1

    with Store.open(str(path)) as store:
        house.store = store
        while not store.transaction(_step).is_done:
            pass
        assert deaths > KILLS // 3
        assert verify(store) == []
        assert house.costs() == costs(history, costing, lambda day: day)
