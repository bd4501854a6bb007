"""`aisle demo --play`: a shift in fast motion on the real screen, then what was posted and a clean `verify`.

Every terminal of the shift is the real program in a pseudo-terminal (relayed.py); its screen is shown here, one at a
time. What is told about a step stands in the row below, where the screen has one to spare.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from domain.books import Books
from domain.ledger.books import PostedRegister
from domain.site import Operator
from storage import Store, verify
from tui.command_line.demo.relayed import Relayed
from tui.command_line.demo.shift import KEYS, SHIFT, Step
from tui.command_line.printing import complain, counted, say

PAUSE_S = 1.1
"""To read a screen, at speed 1."""
APART_S = 0.7
"""Between a digit and an Enter that is not its own, two scans that are no double read, a question and its answer:
what is typed before the question is painted does not answer it."""
LEAST_ROWS = 8
_LEAVE_SCREEN = b"\x1b[?1049l\x1b[?25h\x1b[?2004l\x1b[0m\r\x1b[J"
"""What a program that loses its line can no longer say."""


def play(store: Store, database: str, speed: float) -> int:
    """Play the shift; 1 where a terminal does not come to where it should stand."""
    began = datetime.now(UTC)
    player = _Player(store, database, PAUSE_S / speed)
    failed = None
    try:
        with _quiet_keyboard(), player.stopped_by_ctrl_c():
            failed = next((step for step in SHIFT if not player.plays(step)), None)
    except KeyboardInterrupt:
        return 130
    finally:
        player.close()
    if failed is not None:
        complain(f"{failed.terminal}: {failed.do!r} should lead to {failed.then}, but it stands at {player.stood}.")
        return 1
    return _told(store, began)


class _Player:
    """Shows one terminal at a time and says what is done there."""

    def __init__(self, store: Store, database: str, pause: float) -> None:
        self._store, self._database, self._pause = store, database, pause
        size = shutil.get_terminal_size()
        self._columns = size.columns
        self._has_caption = size.lines > LEAST_ROWS
        self._rows = size.lines - self._has_caption
        self._terminals: dict[str, Relayed] = {}
        self._caption = ""
        self._last = ""
        self._is_stopped = False
        self.stood = ""

    @contextmanager
    def stopped_by_ctrl_c(self) -> Iterator[None]:
        """Stop where the player looks next: raised just anywhere, a library could swallow it."""
        before = signal.signal(signal.SIGINT, lambda *_: self._stop())
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def plays(self, step: Step) -> bool:
        """Do one step; say whether its terminal came to where it should stand."""
        terminal = self._terminals.get(step.terminal)
        self._say(step)
        act, _, text = step.do.partition(" ")
        is_enter_of_its_own = step.do == "key enter" and self._last[:4] == "type"
        is_asked = self.stood == "question" or self.stood.startswith("?")
        if terminal is not None and (step.do == self._last or is_enter_of_its_own or is_asked):
            terminal.watch(APART_S)
        self._last = step.do
        if act == "drop" and terminal is not None:
            terminal.hang_up()
            del self._terminals[step.terminal]
            self._show(b"\x1b[0m\x1b[2J")
            return True
        if terminal is None:
            terminal = Relayed(
                self._store,
                self._database,
                step.terminal,
                columns=self._columns,
                rows=self._rows,
                show=self._show,
                go_on=self._go_on,
            )
            self._terminals[step.terminal] = terminal
        elif act == "scan":
            terminal.scan(text)
        elif act == "type":
            terminal.type(text)
        else:
            terminal.press(KEYS[text])
        is_there = terminal.comes_to(step.then)
        self.stood = terminal.stands_at()
        terminal.watch(self._pause)
        return is_there

    def close(self) -> None:
        """Hang up on all terminals and give the screen back."""
        for terminal in self._terminals.values():
            terminal.hang_up()
        self._show(_LEAVE_SCREEN)

    def _stop(self) -> None:
        self._is_stopped = True

    def _go_on(self) -> None:
        if self._is_stopped:
            raise KeyboardInterrupt

    def _say(self, step: Step) -> None:
        self._caption = step.says or self._caption
        if self._has_caption:
            words = f"{step.terminal}  {self._caption}"[: self._columns - 1]
            self._show(f"\x1b7\x1b[{self._rows + 1};1H\x1b[0;1m\x1b[2K{words}\x1b[0m\x1b8".encode())

    def _show(self, data: bytes) -> None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def _quiet_keyboard() -> Iterator[None]:
    """Show nothing that is typed meanwhile, and throw away what the screen itself answers; Ctrl-C still leaves."""
    if not os.isatty(0):
        yield
        return
    before = termios.tcgetattr(0)
    quiet = termios.tcgetattr(0)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(0, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcflush(0, termios.TCIFLUSH)
        termios.tcsetattr(0, termios.TCSANOW, before)


def _told(store: Store, began: datetime) -> int:
    """Say what was posted, by whom, and check the books."""
    say("Posted in this shift:")
    for operator, row in store.question(lambda books: _postings(books, began)):
        at = row.posted_at.astimezone()
        say(f"  {at:%H:%M:%S}  {operator:6} {row.source:11} {row.document:10} {counted(row.lines, 'line')}")
    findings = verify(store)
    for finding in findings:
        complain(str(finding))
    say(f"verify: {counted(len(findings), 'finding') if findings else 'clean'}.")
    return 1 if findings else 0


def _postings(books: Books, began: datetime) -> list[tuple[str, PostedRegister]]:
    people = books.records.rows(Operator)
    rows = [(one.code, row) for one in people for row in books.ledger.posted_by(one.code, began)]
    return sorted(rows, key=lambda row: row[1].posted_at)
