"""How time is taken and told: interleaved repetitions, medians, what the disk cost meanwhile, and on what all ran."""

from __future__ import annotations

import gc
import importlib.metadata
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TypeAlias

Work: TypeAlias = Callable[[], object]

PAGE = 4096
SYNCS = 200


class Taken(float):
    """The seconds a work took; `cpu` are those in which this process ran, without other work and the disk."""

    cpu: float


def seconds(work: Work) -> Taken:
    """Return how long `work` takes."""
    start, started = perf_counter(), process_time()
    work()
    cpu, taken = process_time() - started, Taken(perf_counter() - start)
    taken.cpu = cpu
    return taken


def interleaved(*sides: Sequence[Work]) -> list[list[Taken]]:
    """Run the first work of each side, then the second of each, and so on; return the times of each side.

    The sides take turns at being first, so that none has the machine's better moments. What was prepared is kept out
    of garbage collection: the program would pay for walking over the rows that were recorded for the hand.
    """
    gc.collect()
    gc.freeze()
    times: list[list[Taken]] = [[] for _ in sides]
    for number, works in enumerate(zip(*sides, strict=True)):
        order = range(len(sides)) if number % 2 else reversed(range(len(sides)))
        for side in order:
            times[side].append(seconds(works[side]))
    gc.unfreeze()
    return times


def ms(times: Sequence[float]) -> float:
    """Return the median of some seconds, in milliseconds."""
    return median(times) * 1000


def cpu_beside(program: Sequence[Taken], hand: Sequence[Taken], lines: int = 1) -> str:
    """Return the medians of the CPU time beside each other, per line."""
    ours, theirs = (median(taken.cpu for taken in side) * 1000 / lines for side in (program, hand))
    return f"CPU alone {ours:.3f} ms, by hand {theirs:.3f} ms, {ours / theirs:.3g}x"


def fsync_ms(folder: Path) -> float:
    """Return what it costs to append a page to a file and have it on the disk."""
    with tempfile.TemporaryFile(dir=folder) as file:
        times = []
        for _ in range(SYNCS):
            os.write(file.fileno(), b"x" * PAGE)
            times.append(seconds(lambda: os.fsync(file.fileno())))
    return ms(times)


@contextmanager
def workplace(title: str, parent: str | None) -> Iterator[Path]:
    """Give an empty folder on a real disk; say what runs on what, and what an fsync cost before and after."""
    versions = f"Aisle {importlib.metadata.version('aisle')}, Python {platform.python_version()}"
    print(f"# {title}")
    print(f"{versions}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, {platform.platform(terse=True)}")
    with tempfile.TemporaryDirectory(dir=parent, prefix="aisle-bench-") as name:
        folder = Path(name)
        before = fsync_ms(folder)
        yield folder
        print(f"\nfsync of one page: {before:.3f} ms before, {fsync_ms(folder):.3f} ms after")
    sys.stdout.flush()


def verdict(value: float, goal: float, unit: str = "x") -> str:
    """Return a figure beside its goal."""
    return f"{value:.3g}{unit} (goal <= {goal:g}{unit}: {'kept' if value <= goal else 'missed'})"
