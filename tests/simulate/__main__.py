"""`python -m tests.simulate [--steps N] [--seed N] [--database FILE]`: play a shift and say what it came to."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from tests.domain.notation import warehouse
from tests.simulate.shift import Broken, Shift


def main() -> int:
    """Play; 1 where something came about that may never be."""
    parser = ArgumentParser(prog="python -m tests.simulate", description="Eight people at work by a seed.")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, warehouse(Path(folder)) as house:
        shift = Shift(house, asked.seed)
        try:
            shift.play(asked.steps, lambda text: print(text, file=sys.stderr))  # noqa: T201
        except Broken as broken:
            print(broken, broken.__cause__ or "")  # noqa: T201
            raise
        for told, times in sorted(shift.done.items(), key=lambda row: -row[1]):
            print(f"{times:7} {told}")  # noqa: T201
        for source, times in shift.postings().items():
            print(f"{times:7} postings of {source}")  # noqa: T201
        print(f"{shift.steps} steps, seed {shift.seed}, transcript {shift.transcript}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
