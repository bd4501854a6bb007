"""A pseudo-terminal with a program in it: types, reads the screen as text, counts bytes, hangs up, kills.

Nothing here waits for a length of time where it can wait for an event: `until` reads on until something is true. The
screen is looked at between two writes of the program, never within one.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import re
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

from tui.capture import BURST_LENGTH

QUIET = 0.3
"""Seconds without output after which a program counts as having answered."""
TYPING_S = 0.06
"""A person's pause between keys: longer than the `burst_gap_ms` of a scanner."""
KEYS_AT_ONCE = BURST_LENGTH - 1
"""As many as are no scan yet."""
SHOWN = 12
"""Of what is typed: as much as the smallest screen has room for beside a prompt."""
LIMIT = 120.0
"""Seconds until a test gives up, on a machine busy with the other tests."""
READ = 65536
MARK = b"\0"
"""A byte no program here writes and no terminal shows; being one, it is not cut."""
SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?>$]*[A-Za-z]|\][^\x07]*\x07|[^\[\]])")
COLOURS = re.compile(rb"\x1b\[(?:\d+;)*(?:[34][0-9]|9[0-7]|10[0-7])(?:;\d+)*m")


def is_plain(output: bytes) -> bool:
    """Return whether what was sent is without colours, and its texts are of letters that every terminal has."""
    texts = SEQUENCE.sub(b"", output)
    return not COLOURS.search(output) and not texts.strip(bytes(range(0x20, 0x7F)) + b"\r\n\a")


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
        self._name = os.ttyname(slave)
        self._is_open = True
        self.is_stalled = False
        """Set it to stop reading: the program's output stays where it is."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unread = bytearray()
        self._ahead = b""
        """Read already, of a write that may not have ended."""
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
    def before_cursor(self) -> str:
        """What stands in the row of the cursor, up to it."""
        column, row = self.cursor
        return self._screen.display[row][:column]

    @property
    def is_cursor_shown(self) -> bool:
        return not self._screen.cursor.hidden

    def is_reverse(self, column: int, row: int) -> bool:
        """Return whether a cell stands in reverse video."""
        return bool(self._screen.buffer[row][column].reverse)

    @property
    def unread(self) -> bytes:
        """The bytes that came since `output` was last called."""
        return bytes(self._unread)

    def output(self) -> bytes:
        """Return the bytes that came since the last call."""
        taken = self.unread
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

    def type(self, text: str) -> None:
        """Type a line and Enter: the next keys when these are shown at the cursor, so are read, and a pause later."""
        line = f"{text}\r"
        for begin in range(0, len(line), KEYS_AT_ONCE):
            if begin:
                self._until_typed(line[:begin][-SHOWN:])
                self.read_until_quiet(TYPING_S)
            self.send(line[begin : begin + KEYS_AT_ONCE].encode())

    def read_until_quiet(self, quiet: float = QUIET) -> None:
        """Read until nothing came for `quiet` seconds, or the program left."""
        limit = monotonic() + LIMIT
        while self._read(quiet):
            assert monotonic() < limit, "the program never stops writing"
        self._read_whole()

    def until(self, condition: Callable[[Self], object]) -> None:
        """Read until `condition(self)` holds, between two writes of the program."""
        limit = monotonic() + LIMIT
        while True:
            is_over = self.process.poll() is not None or monotonic() > limit
            self._read_whole()
            if condition(self):
                return
            assert not is_over, f"not seen:\n{self.text}"
            self._read(0.05)

    def until_shown(self, text: str) -> None:
        """Read until `text` stands on the screen."""
        self.until(lambda terminal: text in terminal.text)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size; the program gets SIGWINCH. What stood there goes: what is seen then was painted then."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)
        self._screen.erase_in_display(2)

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
        self._read_whole()
        status = self.process.returncode
        assert status is not None
        return status

    def _until_typed(self, text: str) -> None:
        """Read until a text stands before the cursor, or as many stars."""
        self.until(lambda terminal: terminal.before_cursor.endswith((text, "*" * len(text))))

    def _read_whole(self) -> None:
        """Read what the program has written so far, each write to its end: the kernel hands a long one on in pieces.

        The mark goes the way of the program's output, waits for a write that has begun and comes after it.
        """
        if not self._is_open or self.is_stalled:
            return
        limit = monotonic() + LIMIT
        is_marked = False
        marked = b""
        while not marked:
            assert monotonic() < limit, "the program never stops writing"
            is_marked = is_marked or self._mark()
            data, marked, self._ahead = self._taken(0.05).partition(MARK)
            self._show(data)

    def _mark(self) -> bool:
        """Write the mark, where the program is not writing itself at the moment."""
        side = os.open(self._name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            return bool(os.write(side, MARK))
        except BlockingIOError:
            return False
        finally:
            os.close(side)

    def _read(self, patience: float) -> bool:
        """Read once; return whether anything came within `patience` seconds."""
        data = self._taken(patience)
        self._show(data)
        return bool(data)

    def _show(self, data: bytes) -> None:
        self._unread += data
        self._stream.feed(data)

    def _taken(self, patience: float) -> bytes:
        """Return what one read gives within `patience` seconds."""
        if self._ahead:
            ahead, self._ahead = self._ahead, b""
            return ahead
        if not self._is_open or self.is_stalled:
            return self._nothing(patience)
        ready, _, _ = select.select([self._master], [], [], patience)
        try:
            return os.read(self._master, READ) if ready else b""
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return self._nothing(patience)

    def _nothing(self, patience: float) -> bytes:
        """Return nothing after a while, sooner if the program has left."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        return b""
