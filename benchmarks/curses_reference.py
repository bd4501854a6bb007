"""The reference of scan_to_paint: the least a terminal program can do for a scan - read, commit, paint.

It reads a line with curses, commits the two rows the program commits for that answer (the terminal's session changed,
one row of the scan journal) to SQLite FULL, and paints the same screen. It finds nothing and checks nothing.
"""

from __future__ import annotations

import curses
import sqlite3
import sys

STATE = "x" * 420  # about as long as the session's own state at this prompt
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", "cache_size=-65536")
SCAN = (
    "INSERT INTO scan_journal (terminal, no, at, operator, location, profile, source, raw, prompt, outcome, code,"
    " reading, register) VALUES ('curses', ?, ?, 'SARA', 'P', '', 'scanned', ?, 'bin', 'accepted', '', ?, 0)"
)
SESSION = "UPDATE terminal_session SET state = ?, scans = ? WHERE terminal = 'curses'"


def paint(screen: curses.window, prompt: str, body: str) -> None:
    """Paint the rows that change, then stand in the scan line."""
    rows, _ = screen.getmaxyx()
    for row, text in ((0, "ADJUST P SARA"), (1, body), (rows - 4, prompt)):
        screen.move(row, 0)
        screen.clrtoeol()
        screen.addstr(row, 0, text)
    screen.move(rows - 4, len(prompt))
    screen.refresh()


def main(screen: curses.window, path: str) -> None:
    """Answer scans until the terminal goes."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    curses.raw()
    curses.nonl()
    paint(screen, "BIN>", "Scan a bin label")
    typed = bytearray()
    scans = 0
    while (key := screen.getch()) != -1:
        if key == 27:
            paint(screen, "BIN>", "Scan a bin label")
        elif key != 13:
            typed.append(key)
        else:
            scans += 1
            database.execute("BEGIN IMMEDIATE")
            database.execute(SESSION, (STATE, scans))
            database.execute(SCAN, (scans, 1_800_000_000_000_000 + scans, bytes(typed), '{"kind": "bin"}'))
            database.execute("COMMIT")
            paint(screen, "ITEM>", f"BIN {typed[2:].decode()}")
            typed.clear()


if __name__ == "__main__":
    curses.wrapper(main, sys.argv[1])
