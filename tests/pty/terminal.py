"""A pseudo-terminal with a program in it: types, reads the screen as text, counts bytes, hangs up, kills.

Nothing here waits for a length of time where it can wait for an event: `until` reads on until something is true.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

import pyte

QUIET = 0.3
"""Seconds without output after which a program counts as having answered."""
LIMIT = 20.0
"""Seconds until a test gives up, on a machine busy with the other tests."""
READ = 65536


def _take_terminal() -> None:
    """Give the program that is started its terminal, whose hang-up it hears whatever its parent ignored."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class PtyTerminal:
    """A program at a terminal of a given size and TERM; leaves nothing running behind when its block ends."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        columns: int = 80,
        rows: int = 24,
        term: str = "xterm-256color",
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        is_controlling: bool = True,
    ) -> None:
        """Start `command`. If the terminal is not its controlling one, a hang-up ends its input and is no signal."""
        self._master, slave = pty.openpty()
        self._is_open = True
        self.is_stalled = False
        """Set it to stop reading: the program's output stays where it is."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unread = bytearray()
        self.resize(columns, rows)
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": term, **(env or {})},
            start_new_session=True,
            preexec_fn=_take_terminal if is_controlling else None,
        )
        os.close(slave)
        os.set_blocking(self._master, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait(LIMIT)
        self.hang_up()

    @property
    def lines(self) -> list[str]:
        """The screen, one text a row, without the blanks at the end of a row."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def is_cursor_shown(self) -> bool:
        return not self._screen.cursor.hidden

    def is_reverse(self, column: int, row: int) -> bool:
        """Return whether a cell stands in reverse video."""
        return bool(self._screen.buffer[row][column].reverse)

    def output(self) -> bytes:
        """Return the bytes that came since the last call."""
        taken = bytes(self._unread)
        self._unread.clear()
        return taken

    def send(self, data: bytes) -> None:
        """Type; where the program does not keep up, read what it says meanwhile."""
        limit = monotonic() + LIMIT
        while data:
            assert monotonic() < limit, "the program takes no input"
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                self._read(0.05)

    def read_until_quiet(self, quiet: float = QUIET) -> None:
        """Read until nothing came for `quiet` seconds, or the program left."""
        limit = monotonic() + LIMIT
        while self._read(quiet):
            assert monotonic() < limit, "the program never stops writing"

    def until(self, condition: Callable[[Self], object]) -> None:
        """Read until `condition(self)` holds."""
        limit = monotonic() + LIMIT
        while not condition(self):
            is_over = self.process.poll() is not None or monotonic() > limit
            assert self._read(0.05) or not is_over, f"not seen:\n{self.text}"

    def until_shown(self, text: str) -> None:
        """Read until `text` stands on the screen."""
        self.until(lambda terminal: text in terminal.text)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size; the program gets SIGWINCH."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        if self._is_open:
            self._is_open = False
            os.close(self._master)

    def exit_status(self) -> int:
        """Read until the program has left and return its status."""
        limit = monotonic() + LIMIT
        while self.process.poll() is None:
            assert monotonic() < limit, f"still there:\n{self.text}"
            self._read(0.05)
        self.read_until_quiet(0)
        status = self.process.returncode
        assert status is not None
        return status

    def _read(self, patience: float) -> bool:
        """Read once; return whether anything came within `patience` seconds."""
        if not self._is_open or self.is_stalled:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
            return False
        ready, _, _ = select.select([self._master], [], [], patience)
        if not ready:
            return False
        try:
            data = os.read(self._master, READ)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
            return False
        self._unread += data
        self._stream.feed(data)
        return bool(data)
