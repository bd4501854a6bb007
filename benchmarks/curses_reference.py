"""The reference of scan_to_paint: the least a terminal program can do for a scan - read, commit, paint.

It reads a line with curses, commits the rows the program commits for that answer, and paints the program's screen. It
finds nothing and checks nothing.
"""

from __future__ import annotations

import curses
import pickle
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.by_hand import Written, connect, write

RETURN = 13


@dataclass(frozen=True, slots=True)
class Screen:
    """What stands on a terminal, and where the cursor is: column, row."""

    lines: list[str]
    cursor: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """What the reference plays: the screens before and after a scan, and the rows of each scan."""

    ready: Screen
    answered: Screen
    answers: list[Written]


def paint(window: curses.window, screen: Screen) -> None:
    """Paint a screen: curses sends what is not there already."""
    _, columns = window.getmaxyx()
    window.erase()
    for row, line in enumerate(screen.lines):
        window.addnstr(row, 0, line, columns - 1)  # in the last column of the last row curses fails
    window.move(screen.cursor[1], screen.cursor[0])
    window.refresh()


def main(window: curses.window, database: Path, part: Part) -> None:
    """Answer the scans; Enter alone makes ready for the next."""
    answers = iter(part.answers)
    with closing(connect(database)) as connection:
        curses.raw()
        curses.nonl()
        paint(window, part.ready)
        typed = bytearray()
        while (key := window.getch()) != -1:
            if key != RETURN:
                typed.append(key)
            elif typed:
                write(connection, next(answers))
                paint(window, part.answered)
                typed.clear()
            else:
                paint(window, part.ready)


if __name__ == "__main__":
    curses.wrapper(main, Path(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes()))
