"""The terminal itself: bytes in through the capture, paint out through a filter, and leaving in every case.

The one module that uses private names of Textual; tests/tui/floor/test_canary.py names them (textual-notes 1.3, 4).

Not here: what bytes mean (tui/capture.py), what a terminal can show (profiles.py).
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import copy_context
from io import TextIOWrapper
from threading import Timer
from time import monotonic
from types import FrameType
from typing import Any, Protocol, cast

from textual.drivers.linux_driver import LinuxDriver

from tui.capture import Capture, Token

READ = 4096
TICK_S = 0.02
"""How often silence is looked at while it may decide something: a third of the shortest hold of the capture."""
WAIT_S = 0.1
"""How soon the input thread sees that the application leaves."""
GRACE_S = 2.0
"""A dead or stalled terminal can hold the event loop: the process ends after this all the same (textual-notes 4.4)."""
HUNG_UP = 128 + signal.SIGHUP

_NEVER_SENT = (
    "\x1b[?25l",  # the scan line has the real cursor
    "\x1b[?1004h", "\x1b[?1004l",  # reports of focus
    "\x1b[?2026$p", "\x1b[?2048$p",  # questions old terminals print
    "\x1b[<u",
)  # fmt: skip
_NEVER_BEGUN_WITH = ("\x1b[>", "\x1b]22;")
"""Kitty keys, shapes of a mouse pointer."""
_PASTE = ("\x1b[?2004h", "\x1b[?2004l")


class Listener(Protocol):
    """The application, as its driver knows it. All is called in its event loop."""

    capture: Capture
    charset: str
    allows_paste: bool

    def accept(self, tokens: Sequence[Token]) -> None:
        """Take what was captured, in order."""

    def repaint(self) -> None:
        """Paint the whole screen anew."""

    def leave(self, status: int) -> None:
        """Hang up and exit with this status."""

    def stop(self, error: Exception) -> None:
        """Report a crash and leave."""


class FloorDriver(LinuxDriver):
    """The Linux driver without mouse, suspension and questions to the terminal."""

    def __init__(
        self,
        app: Any,  # an App that is a Listener as well
        *,
        debug: bool = False,
        mouse: bool = False,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        self._listener = cast("Listener", app)
        self._context = copy_context()
        self._is_gone = False
        stdout = cast("TextIOWrapper", sys.__stdout__)  # run_floor starts on terminals only
        stdout.reconfigure(encoding=self._listener.charset, errors="replace")  # the last resort: texts come spelled
        self._file = stdout

    @property
    def can_suspend(self) -> bool:
        """A suspended terminal is not a feature (SAF-21)."""
        return False

    def write(self, data: str) -> None:
        """Send what every terminal understands, and nothing to one that is gone."""
        is_unwanted = data in _NEVER_SENT or data.startswith(_NEVER_BEGUN_WITH)
        is_paste = data in _PASTE and not self._listener.allows_paste
        if not (is_unwanted or is_paste or self._is_gone):
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal, and the signals that mean to leave it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual does not type it
        # Not loop.add_signal_handler: its callback waits for the loop, which a stalled terminal holds.
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, lambda number, _: self._leave(128 + number))
        fit = cast("Callable[[int, FrameType | None], None]", signal.getsignal(signal.SIGWINCH))  # set just now

        def resized(number: int, frame: FrameType | None) -> None:
            """Repaint besides: Textual does not where the size is as before, but a terminal cut what stood there."""
            fit(number, frame)
            self._tell(self._listener.repaint)

        signal.signal(signal.SIGWINCH, resized)

    def run_input_thread(self) -> None:
        """Read until the application leaves or the terminal is gone; the end of input is a hang-up."""
        try:
            while not self.exit_event.is_set():
                tokens = self._captured()
                if tokens is None:
                    self._is_gone = True
                    self._leave(HUNG_UP)
                    return
                if tokens:
                    self._tell(self._listener.accept, tokens)
        except Exception as error:  # noqa: BLE001 - told to the one place that reports a crash
            self._tell(self._listener.stop, error)

    def _captured(self) -> list[Token] | None:
        """Return the tokens of one read or one look at the silence; None at the end of input."""
        patience = TICK_S if self._listener.capture.is_waiting else WAIT_S
        ready, _, _ = select.select([self.fileno], [], [], patience)
        capture, now = self._listener.capture, monotonic()  # another capture than before, if the terminal locked
        if not ready:
            return capture.idle(now)
        try:
            data = os.read(self.fileno, READ)
        except OSError:
            data = b""
        return capture.feed(data, now) if data else None

    def _leave(self, status: int) -> None:
        timer = Timer(GRACE_S, os._exit, (status,))
        timer.daemon = True
        timer.start()
        self._tell(self._listener.leave, status)

    def _tell(self, listener: Callable[..., None], *facts: object) -> None:
        with suppress(RuntimeError):  # the loop has ended: the application is leaving already
            self._loop.call_soon_threadsafe(listener, *facts, context=self._context)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return the size of the terminal, which COLUMNS and LINES do not know after a resize."""
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            return 1, 1
        return max(columns, 1), max(rows, 1)
