"""A terminal of the floor run by the demo's player: the real program in a pseudo-terminal, its screen passed on.

Not here: what is played (shift.py), and what the screen of the player says beside it (play.py).
"""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from collections.abc import Callable
from fcntl import ioctl
from struct import pack
from termios import TIOCSWINSZ

import tui.session  # noqa: F401 - the states of all jobs can be read then
from domain.people.books import TerminalSession
from storage import Store
from tui.jobs.keeping import from_text
from tui.state import State

KEY_GAP_S = 0.08
"""Between typed keys: a person's, longer than a scanner's (tui/capture.py)."""
PATIENCE_S = 20.0
QUIET_S = 0.06
"""Without output for so long, a paint is whole."""
READ = 65536
_AISLE = "import sys; from tui.cli import main; sys.exit(main())"
"""The command of this very installation, wherever it is."""


class Relayed:
    """`aisle run` at a terminal of its own name, shown on this one."""

    def __init__(
        self,
        store: Store,
        database: str,
        name: str,
        *,
        columns: int,
        rows: int,
        show: Callable[[bytes], None],
        go_on: Callable[[], None],
    ) -> None:
        """`show` paints what the program says; `go_on` raises where the player was told to stop."""
        self._store = store
        self._show = show
        self._go_on = go_on
        self.name = name
        self._child, self._descriptor = pty.fork()
        if not self._child:
            program = [sys.executable, "-c", _AISLE, "run", "--database", database, "--terminal", name]
            os.execv(sys.executable, program)  # noqa: S606 - our own program, no shell wanted
        os.set_inheritable(self._descriptor, False)  # noqa: FBT003 - its name; else the next terminal keeps this line open
        ioctl(self._descriptor, TIOCSWINSZ, pack("HHHH", rows, columns, 0, 0))

    def scan(self, text: str) -> None:
        """Send a label as a scanner does, all at once."""
        os.write(self._descriptor, f"{text}\r".encode())

    def press(self, keys: str) -> None:
        """Send one key."""
        os.write(self._descriptor, keys.encode())

    def type(self, text: str) -> None:
        """Send keys one after the other."""
        for key in text:
            os.write(self._descriptor, key.encode())
            self.watch(KEY_GAP_S)

    def watch(self, seconds: float) -> None:
        """Pass on what the program paints for so long, and until a paint is whole."""
        until = time.monotonic() + seconds
        while True:
            self._go_on()
            left = until - time.monotonic()
            ready, _, _ = select.select([self._descriptor], [], [], max(left, QUIET_S))
            painted = self._read() if ready else b""
            if painted:
                self._show(painted)
            elif left <= 0 or ready:  # ready without a byte: the program has left
                return

    def stands_at(self) -> str:
        """Return where the terminal stands on disk: `prompt`, `?question` or `!refusal`."""
        row = self._store.question(lambda books: books.records.one(TerminalSession, self.name))
        state = from_text(row.state) if row is not None and row.holder else State()
        if state.refusal is not None:
            return f"!{state.refusal.code}"
        return f"?{state.question.code}" if state.question is not None else str(state.job.prompt)

    def comes_to(self, where: str) -> bool:
        """Wait until the terminal stands there; False where it does not come to it."""
        until = time.monotonic() + PATIENCE_S
        while self.stands_at() != where:
            if time.monotonic() > until:
                return False
            self.watch(QUIET_S)
        return True

    def hang_up(self) -> None:
        """Drop the line, as a dead spot in the aisle does, and wait until the program has gone."""
        os.close(self._descriptor)
        os.waitpid(self._child, 0)

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, READ)
        except OSError:  # Linux: the program has left
            return b""
