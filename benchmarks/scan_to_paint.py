"""From the trigger to the painted answer, in a pseudo-terminal, beside a curses program that commits the same rows.

    python -m benchmarks.scan_to_paint [--scans N] [--folder DIR]

Each scan is a bin label at the adjust job's bin prompt, in one write; the time ends when the next prompt stands on the
screen. Program and reference take turns scan by scan; Esc goes back between scans and is not measured. Bytes are all
that the terminal got for the scan. Printed besides: from start to first paint, and private memory.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.measuring import ms, verdict, workplace
from domain.people.books import TerminalSession
from storage import Store
from tests.kill.warehouse import OPERATOR, PIN, make_warehouse, now
from tests.pty.terminal import PtyTerminal

SCANS, WARM_UP = 60, 10
SIZES = {(21, 16): 300, (80, 24): 500}
"""Columns and rows to the most bytes a scan may cost (textual-notes 9)."""
TIME_GOAL = 3.0
LABEL = b"B:W-01\r"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each size and print it."""
    options = _parser().parse_args(arguments)
    with workplace("Scan to paint", options.folder) as folder:
        for (columns, rows), bytes_goal in SIZES.items():
            _measure(folder, columns, rows, bytes_goal, options.scans)


def _measure(folder: Path, columns: int, rows: int, bytes_goal: int, scans: int) -> None:
    print(f"\n## {columns}x{rows} ({scans} scans after {WARM_UP} to warm up)")
    program_file, reference_file = (folder / f"{name}-{columns}.db" for name in ("program", "curses"))
    make_warehouse(program_file)
    make_warehouse(reference_file)
    _open_session(reference_file)
    aisle = Path(sys.executable).with_name("aisle")
    with ExitStack() as stack:
        start = perf_counter()
        program = stack.enter_context(
            PtyTerminal([aisle, "run", "--database", program_file, "--terminal", "t1"], columns=columns, rows=rows)
        )
        program.until_shown("WHO>")
        print(f"start to first paint: {(perf_counter() - start) * 1000:.0f} ms")
        reference = stack.enter_context(
            PtyTerminal(
                [sys.executable, "-m", "benchmarks.curses_reference", reference_file], columns=columns, rows=rows
            )
        )
        reference.until_shown("BIN>")
        _sign_in(program)
        for terminal in (program, reference):
            for _ in range(WARM_UP):
                _scan(terminal)
        answers = [(_scan(program), _scan(reference)) for _ in range(scans)]
        print(f"private memory: {_private_mb(program.process.pid):.1f} MB")
    ours, theirs = [[answer[side] for answer in answers] for side in (0, 1)]
    ours_ms, theirs_ms = (ms([time for time, _ in side]) for side in (ours, theirs))
    p99 = quantiles([time for time, _ in ours], n=100)[98] * 1000
    sent = median(size for _, size in ours)
    print(f"time: program {ours_ms:.2f} ms (p99 {p99:.1f}), curses {theirs_ms:.2f} ms, ", end="")
    print(verdict(ours_ms / theirs_ms, TIME_GOAL))
    print(f"bytes: program {verdict(sent, bytes_goal, '')}, curses {median(size for _, size in theirs):.0f}")


def _sign_in(terminal: PtyTerminal) -> None:
    """Log in and stand at the adjust job's first prompt."""
    terminal.send(f"{OPERATOR}\r".encode())
    terminal.until_shown("PIN>")
    terminal.type(PIN)
    terminal.until_shown("SCAN>")
    terminal.send(b"7")
    terminal.until_shown("BIN>")


def _scan(terminal: PtyTerminal) -> tuple[float, int]:
    """Scan a bin; return seconds to the painted answer and bytes sent, then go back."""
    terminal.read_until_quiet(0.02)
    terminal.output()
    start = perf_counter()
    terminal.send(LABEL)
    terminal.until_shown("ITEM>")
    time = perf_counter() - start
    terminal.read_until_quiet(0.02)
    sent = len(terminal.output())
    terminal.send(b"\x1b")
    terminal.until_shown("BIN>")
    return time, sent


def _open_session(path: Path) -> None:
    session = TerminalSession("curses", OPERATOR, "P", "", "here", now(), 0, "")
    with Store.open(str(path)) as store:
        store.transaction(lambda books: books.records.save(session))


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
