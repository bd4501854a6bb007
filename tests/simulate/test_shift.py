"""Short shifts of eight people; a long one by `pytest -m long tests/simulate` or `python -m tests.simulate`."""

from pathlib import Path

import pytest

from tests.domain.notation import warehouse
from tests.simulate.shift import Shift

LONG = 20_000


def played(folder: Path, seed: int, steps: int) -> Shift:
    folder.mkdir()
    with warehouse(folder) as house:  # which is verified once more at its end
        shift = Shift(house, seed)
        shift.play(steps)
    return shift


@pytest.mark.parametrize("seed", range(1, 5))
def test_nothing_is_lost_or_doubled_whatever_eight_people_do(tmp_path: Path, seed: int) -> None:
    shift = played(tmp_path / "shift", seed, 400)

    assert shift.done["posted"] > 0


def test_the_same_seed_plays_the_same_shift(tmp_path: Path) -> None:
    transcripts = {played(tmp_path / name, 7, 200).transcript for name in ("first", "again")}

    assert len(transcripts) == 1


@pytest.mark.long
def test_a_long_shift_ends_with_sound_books(tmp_path: Path) -> None:
    shift = played(tmp_path / "shift", 1, LONG)

    assert shift.steps == LONG
