"""The application of one terminal: a queue of what was captured, one consumer that answers, paint after each answer.

Every call of the session blocks on the database, so all are made in its one thread (textual-notes 10.2). Nothing is
painted before the answer has returned, that is, is committed (decision 26).

Not here: what an answer is (tui/answering.py), what stands where (page.py), bytes (driver.py).
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio import Queue, Task
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Protocol, TypeAlias

from textual.app import App
from textual.filter import LineFilter
from textual.timer import Timer

from domain.errors import AisleError
from domain.site import DeviceProfile
from tui.capture import Capture, CaptureSettings, Echo, Line, Token
from tui.floor.driver import FloorDriver
from tui.floor.keys import KEYS
from tui.floor.page import Speaker
from tui.floor.profiles import Display, display_of, why_unfit
from tui.floor.screen import FloorScreen
from tui.jobs.view import Message, View
from tui.texts import words

SLOW_S = 0.5
"""An answer that takes longer says so; keys queue up meanwhile (textual-notes 10.2)."""
RETRY_S = 5
"""Between two tries of a database that is away (floor-flows.md 17)."""
HANG_UP_S = 1.5
"""What a running command may still take when its terminal leaves (textual-notes 10.4)."""
BELL_PAUSE_S = 0.1
"""SCN-110."""
FIRST_PAINT_S = 0.02
"""Textual paints three times while it starts; what falls into this time is painted once."""
CRASHED, UNFIT = 1, 2
"""Exit statuses (SAF-46, textual-notes 3.5)."""
LONG_ROW = 200
"""Of a sentence on standard error, where nothing is cut."""
STDIN, STDOUT = 0, 1

_PAGES = {"up": -1, "down": 1}
_ASIDE = {"find", "explain", "help"}
"""Keys that lead aside and back to the exact prompt (floor-flows.md, Lookup)."""
_ONWARD = (b"", b"0")


class Due(Enum):
    """What the clock brings, queued with what was captured."""

    IDLE = auto()
    """A while in which nothing came."""
    RETRY = auto()
    """The database was away a moment ago."""


Place: TypeAlias = tuple[object, ...]
"""Where a View stands, whatever it tells besides."""


def _place(view: View) -> Place:
    return view.operator, view.job, view.prompt, view.document, view.body, view.got, view.want


class Terminal(Protocol):
    """The session, as the screen knows it (tui/session.py)."""

    def connect(self) -> View:
        """Return what stands on the screen first."""

    def take(self, line: Line) -> View:
        """Answer a scan or typed text."""

    def pass_over(self, line: Line) -> View:
        """Keep typed text that came before the question it would answer, and leave it at that."""

    def press(self, command: str) -> View:
        """Answer a key."""

    def idle(self) -> View:
        """Return what stands there after nobody did anything for a while (SAF-24)."""

    def retry(self) -> View:
        """Return what stands there after the database was tried again."""

    def hang_up(self) -> None:
        """Let go of the terminal; nothing is posted."""


class FloorApp(App[None], inherit_bindings=False):
    """One terminal. It has no bindings: keys go through the table of commands to the session."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        terminal: Terminal,
        view: View,
        *,
        database: ThreadPoolExecutor,
        display: Display,
        settings: CaptureSettings,
        report: Callable[[BaseException], str],
        bells: bool,
        language: str,
        idle_s: float,
    ) -> None:
        """`view` is the first to paint; `report` logs a crash and returns its number."""
        super().__init__(driver_class=FloorDriver, ansi_color=True)
        self.animation_level = "none"
        self.capture = Capture(settings)
        """Replaced by a fresh one when the terminal locks."""
        self.charset = display.charset
        self.allows_paste = settings.paste
        self.crash = ""
        """The number of the report of a crash, "" without one."""
        self.answered = 0
        """Lines and keys answered and painted."""
        self._terminal = terminal
        self._view = view
        self._database = database
        self._report = report
        self._bells = bells
        self._idle_s = idle_s
        self._settings = settings
        self._floor = FloorScreen(view, display.theme, speak=Speaker(language, display.charset))
        self._tokens: Queue[Token | Due] = Queue()
        self._is_retry_due = False
        self._left: tuple[Place, bytes] | None = None
        """A prompt that was left by a key that leads aside, and what was half typed there."""
        self._consumer: Task[None] | None = None

    def get_default_screen(self) -> FloorScreen:
        """The one screen."""
        return self._floor

    def get_line_filters(self) -> Sequence[LineFilter]:
        """No filter: a theme has no colours a terminal has not, and Textual's own for NO_COLOR would send some."""
        return ()

    def on_mount(self) -> None:
        """Paint, and begin to answer."""
        self.delay_update(FIRST_PAINT_S)
        self._show(self._view)
        idle = self.set_interval(self._idle_s, partial(self._tokens.put_nowait, Due.IDLE))
        self._consumer = asyncio.create_task(self._consume(idle))
        self._consumer.add_done_callback(self._see_crash)

    def accept(self, tokens: Sequence[Token]) -> None:
        """Queue what was captured."""
        for token in tokens:
            self._tokens.put_nowait(token)

    def repaint(self) -> None:
        """Paint the whole screen anew: somebody resized the terminal and back."""
        self._floor.repaint()

    def leave(self, status: int) -> None:
        """Stop taking input and exit; a running answer goes on to its end."""
        if self._consumer is not None:
            self._consumer.cancel()
        self.exit(return_code=status)

    def stop(self, error: BaseException) -> None:
        """Report a crash, once, and leave (SAF-46)."""
        if not self.crash:
            self.crash = self._report(error)
            self.leave(CRASHED)

    def _handle_exception(self, error: Exception) -> None:
        """Textual's own way out of a crash would print the trace on the terminal."""
        self.stop(error)

    def _see_crash(self, consumer: Task[None]) -> None:
        error = None if consumer.cancelled() else consumer.exception()
        if error is not None:
            self.stop(error)

    async def _consume(self, idle: Timer) -> None:
        """Answer one after the other: the next is taken when the last is committed and painted (SCN-13)."""
        while True:
            token = await self._tokens.get()
            if token is Due.IDLE:
                await self._lock()
                continue
            if token is Due.RETRY:
                self._is_retry_due = False
                self._show(await self._called(self._terminal.retry))
                continue
            idle.reset()
            if isinstance(token, Echo):
                self._floor.show_typed(token.text)
            elif isinstance(token, Line):
                if self._is_ahead(token):
                    await self._answer(partial(self._terminal.pass_over, token))
                elif not self._turned_on(token):
                    await self._answer(partial(self._terminal.take, token))
            else:
                await self._press(KEYS.get(token.raw, ""), token.typed)

    async def _lock(self) -> None:
        """Let the session lock the terminal; half-typed text must not become the begin of a PIN."""
        self.capture = Capture(self._settings)
        self._left = None
        self._show(await self._called(self._terminal.idle))

    def _is_ahead(self, line: Line) -> bool:
        """Say whether a line was typed before the question came up that it would answer; scans are held (SCN-13)."""
        stands = self._view.prompt == "question" and self._view.error is None
        return stands and line.source == "keyed" and line.at <= self.capture.asked_at

    def _turned_on(self, line: Line) -> bool:
        """Turn to the rest of a list that does not fit: Enter or 0, where a terminal may have no arrows.

        After its end Enter begins again where it means nothing else; 0 is the session's, who may have another page.
        """
        view = self._view
        is_list = view.prompt == "menu" or (view.choices and "ok" not in view.commands)
        if not is_list or view.error or line.raw not in _ONWARD:
            return False
        return self._floor.turn_on() or (not line.raw and "ok" not in view.commands and self._floor.turn_back())

    async def _press(self, key: str, typed: bytes) -> None:
        command = self._floor.command(key)
        if key in _PAGES:
            self._floor.turn(_PAGES[key])
        elif command is None:
            return
        elif command.id == "back" and self._is_logged_off:
            self.leave(0)
        else:
            place = _place(self._view)
            await self._answer(partial(self._terminal.press, command.id))
            if typed and command.id in _ASIDE and not self._view.error:
                self._left = (place, typed)
                self._type_again()

    def _type_again(self) -> None:
        """Give back what was half typed when a key led aside, once its prompt stands there again."""
        if self._left and self._left[0] == _place(self._view):
            (_, typed), self._left = self._left, None
            self.accept(self.capture.type_again(typed))

    @property
    def _is_logged_off(self) -> bool:
        return (self._view.job, self._view.prompt, self._view.error) == ("login", "who", None)

    async def _answer(self, call: Callable[[], View]) -> None:
        self._show(await self._called(call))
        self._type_again()
        self._ring(self._view.bells)
        self.answered += 1

    async def _called(self, call: Callable[[], View]) -> View:
        """Call the session in its thread; one that takes long is seen to work."""
        answer = asyncio.get_running_loop().run_in_executor(self._database, call)
        done, _ = await asyncio.wait({answer}, timeout=SLOW_S)
        if not done:
            self._floor.show(replace(self._view, message=Message("frame.posting")))
        return await answer

    def _show(self, view: View) -> None:
        self._view = view
        self.capture.digits = view.digits
        self.capture.question = view.prompt == "question"
        self.capture.asked_at = monotonic()
        self._floor.show(view)
        is_away = view.error is not None and view.error.code == "no_server"
        if is_away and not self._is_retry_due:
            self._is_retry_due = True
            self.set_timer(RETRY_S, partial(self._tokens.put_nowait, Due.RETRY))

    def _ring(self, bells: int) -> None:
        if bells and not self._bells:
            self._floor.flash()
        elif bells:
            self.bell()
            if bells > 1:
                self.set_timer(BELL_PAUSE_S, self.bell)


def run_floor(
    terminal: Terminal,
    *,
    profile: DeviceProfile,
    capture_settings: CaptureSettings,
    environ: Mapping[str, str],
    report: Callable[[BaseException], str],
    bells: bool = True,
    language: str = "en",
    idle_s: float = 600,
) -> int:
    """Run a terminal until it leaves and return its exit status. Raises what `terminal.connect` raises.

    `report` appends a crash to the log and returns its number; after `idle_s` the session may lock the terminal.
    """
    unfit = why_unfit(environ, (STDIN, STDOUT))
    if unfit is not None:
        _say(unfit, language)
        return UNFIT
    columns, _ = os.get_terminal_size(STDOUT)
    database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
    view = database.submit(terminal.connect).result()
    app = FloorApp(
        terminal,
        view,
        database=database,
        display=display_of(profile, environ, columns),
        settings=capture_settings,
        report=report,
        bells=bells,
        language=language,
        idle_s=idle_s,
    )
    app.run(mouse=False)
    _drop_unpainted()
    _hang_up(terminal, database)
    if app.crash:
        _say(Message("stopped", {"id": app.crash}), language)
    return app.return_code or 0


def _say(message: Message, language: str) -> None:
    sys.stderr.write(f"{words(message, language, LONG_ROW)}\n")


def _drop_unpainted() -> None:
    """Send nowhere what a terminal that is gone did not take: Python would make a status of its own of it at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), stream.fileno())


def _hang_up(terminal: Terminal, database: ThreadPoolExecutor) -> None:
    """Let go of the terminal. Where the database does not answer, the next log-in does it (SAF-04)."""
    try:
        database.submit(terminal.hang_up).result(HANG_UP_S)
    except (TimeoutError, AisleError):
        return
    finally:
        database.shutdown(wait=False)
