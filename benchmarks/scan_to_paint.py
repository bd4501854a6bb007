"""From the trigger to the painted answer, in a pseudo-terminal, beside a curses program that commits the same rows.

    python -m benchmarks.scan_to_paint [--scans N] [--folder DIR]

One typical answer of each job (answers.py), scanned in one write; the time ends when what is asked next stands on the
screen. Program and reference take turns scan by scan; what makes them ready again is not measured. Bytes are all that
the terminal got for the scan. Printed besides: from start to first paint, and private memory.
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from benchmarks.answers import ANSWERS, Asked, JobAnswer, make, written
from benchmarks.by_hand import Written
from benchmarks.curses_reference import Part, Screen
from benchmarks.measuring import ms, verdict, workplace
from tests.kill.warehouse import OPERATOR, PIN
from tests.pty.terminal import PtyTerminal

SCANS, WARM_UP = 20, 5
SIZES = {(21, 16): 300, (80, 24): 500}
"""Columns and rows to the most bytes a scan may cost (textual-notes 9)."""
TIME_GOAL = 3.0
QUIET = 0.02


class Files(NamedTuple):
    """The databases of both sides."""

    program: Path
    reference: Path


class Size(NamedTuple):
    """The size of both terminals."""

    columns: int
    rows: int


class Answered(NamedTuple):
    """What a scan took to its painted answer."""

    seconds: float
    sent: int
    """Bytes."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each job at each size and print it."""
    options = _parser().parse_args(arguments)
    times = WARM_UP + options.scans
    with workplace("Scan to paint", options.folder) as folder:
        make(folder / "made.db", lines=times + 1)  # a line of the pick follows the last one scanned
        for answer in ANSWERS:
            there = folder / f"{answer.job}.db"
            shutil.copy(folder / "made.db", there)
            rows = written(there, answer, times)
            print(f"\n## {answer.job} ({options.scans} scans after {WARM_UP} to warm up); {rows[-1]}")
            for (columns, height), bytes_goal in SIZES.items():
                program = Path(shutil.copy(folder / "made.db", folder / f"{answer.job}-{columns}.db"))
                reference = Path(shutil.copy(there, folder / f"{answer.job}-{columns}-curses.db"))
                print(f"{columns}x{height}: ", end="")
                _measure(answer, Files(program, reference), rows, Size(columns, height), bytes_goal)


def _measure(answer: JobAnswer, files: Files, rows: list[Written], size: Size, bytes_goal: int) -> None:
    aisle = Path(sys.executable).with_name("aisle")
    with ExitStack() as stack:
        start = perf_counter()
        command: list[str | Path] = [aisle, "run", "--database", files.program, "--terminal", "t1"]
        program = stack.enter_context(PtyTerminal(command, **size._asdict()))
        program.until_shown("WHO>")
        started = perf_counter() - start
        _go(program, answer)
        ready = _screen(program)
        _scan(program, answer.scan)
        part = files.reference.with_suffix(".part")
        part.write_bytes(pickle.dumps(Part(ready, _screen(program), rows)))
        _give(program, answer.again)

        command = [sys.executable, "-m", "benchmarks.curses_reference", files.reference, part]
        reference = stack.enter_context(PtyTerminal(command, **size._asdict()))
        reference.until_shown(answer.again.shown)
        ours, theirs = [], []
        for _ in range(len(rows) - 1):
            ours.append(_scan(program, answer.scan))
            _give(program, answer.again)
            theirs.append(_scan(reference, answer.scan))
            _give(reference, Asked("", answer.again.shown))
        memory = _private_mb(program.process.pid)
    _print(ours[WARM_UP - 1 :], theirs[WARM_UP - 1 :], bytes_goal)
    print(f"  start to first paint {started * 1000:.0f} ms, private memory {memory:.1f} MB")


def _print(ours: list[Answered], theirs: list[Answered], bytes_goal: int) -> None:
    times, reference = ([answered.seconds for answered in side] for side in (ours, theirs))
    sent, least = (median(answered.sent for answered in side) for side in (ours, theirs))
    print(f"program {ms(times):.2f} ms (slowest {max(times) * 1000:.0f}), curses {ms(reference):.2f} ms, ", end="")
    print(f"{verdict(ms(times) / ms(reference), TIME_GOAL)}; ", end="")
    print(f"bytes {verdict(sent, bytes_goal, '')}, curses {least:.0f}")


def _go(terminal: PtyTerminal, answer: JobAnswer) -> None:
    """Log in and go to where the answer is given."""
    _give(terminal, Asked(OPERATOR, "PIN>"))
    terminal.type(PIN)
    terminal.until_shown("SCAN>")
    for asked in answer.way:
        _give(terminal, asked)


def _give(terminal: PtyTerminal, asked: Asked) -> None:
    """Type one key, or scan the rest, and wait for the answer."""
    is_key = len(asked.given) == 1
    terminal.send(asked.given.encode() if is_key else f"{asked.given}\r".encode())
    terminal.until_shown(asked.shown)


def _scan(terminal: PtyTerminal, scan: Asked) -> Answered:
    terminal.read_until_quiet(QUIET)
    terminal.output()
    start = perf_counter()
    _give(terminal, scan)
    seconds = perf_counter() - start
    terminal.read_until_quiet(QUIET)
    return Answered(seconds, len(terminal.output()))


def _screen(terminal: PtyTerminal) -> Screen:
    terminal.read_until_quiet(QUIET)
    return Screen(terminal.lines, terminal.cursor)


def _private_mb(process: int) -> float:
    """Return what the process alone holds in memory."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scans", type=int, default=SCANS)
    parser.add_argument("--folder", default=os.environ.get("TMPDIR"), help="on the disk to measure")
    return parser


if __name__ == "__main__":
    main()
