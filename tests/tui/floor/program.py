"""A terminal program for the pty tests: the real driver, capture and application over a session that notes what it got.

`program.py NOTES`: every line, key and hang-up is appended to NOTES once it is answered. Texts bring up states:
the name of a View of views.py, `crash`, `slow` (answers when NOTES.go appears), `paint` (breaks the screen).
"""

from tui.floor import raw

before = raw.enter()

import os  # noqa: E402 - raw mode comes first
import sys  # noqa: E402
import time  # noqa: E402
import traceback  # noqa: E402
from dataclasses import replace  # noqa: E402
from decimal import Decimal  # noqa: E402
from pathlib import Path  # noqa: E402

from domain.site import DeviceProfile  # noqa: E402
from tests.tui.floor import views  # noqa: E402
from tui.capture import CaptureSettings, Line  # noqa: E402
from tui.floor.app import run_floor  # noqa: E402
from tui.jobs.view import Message, View  # noqa: E402


class NotingSession:
    """Answers with the Views of views.py and notes what it was given."""

    def __init__(self, notes: Path) -> None:
        self._notes = notes
        self._counted = 0

    def connect(self) -> View:
        return self._note("connect", views.BIN)

    def take(self, line: Line) -> View:
        if line.text == "crash":
            raise RuntimeError("the session broke")
        if line.text == "paint":
            return replace(views.BIN, body=(None,))  # type: ignore[arg-type]
        while line.text == "slow" and not self._notes.with_suffix(".go").exists():
            time.sleep(0.01)
        return self._note(f"{line.source} {line.raw!r}", views.STATES.get(line.text) or self._next_bin())

    def pass_over(self, line: Line) -> View:
        return self._note(f"passed over {line.raw!r}", views.QUESTION)

    def press(self, command: str) -> View:
        return self._note(f"key {command}", self._next_bin())

    def idle(self) -> View:
        return self._note("idle", views.LOGIN)

    def retry(self) -> View:
        return self._note("retry", views.BIN)

    def hang_up(self) -> None:
        self._note("hang up", views.LOGIN)

    def _next_bin(self) -> View:
        """A count goes on: another bin, another line counted."""
        self._counted += 1
        lines = tuple(
            {**line, "qty_counted": Decimal(self._counted)} if place == self._counted % 4 else line
            for place, line in enumerate(views.LINES)
        )
        bin = f"W-01-{self._counted % 4 + 1:04}"
        return replace(
            views.BIN,
            progress=f"{self._counted % 10}/9",
            body=(
                Message("body.bin", {"bin": bin}),
                Message("body.item", {"item": f"{1000 + self._counted}", "text": "BICYCLE"}),
                Message("body.lot", {"number": f"L{self._counted}"}),
            ),
            want={"bin": bin},
            lines=lines,
            message=Message("counted", {"item": "1001", "number": "", "qty": Decimal(self._counted), "uom": "PCS"}),
        )

    def _note(self, note: str, view: View) -> View:
        with self._notes.open("a", encoding="utf-8") as file:
            file.write(note + "\n")
        return view


def main() -> int:
    notes = Path(sys.argv[1])

    def report(error: BaseException) -> str:
        notes.with_suffix(".log").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        return "123456"

    try:
        return run_floor(
            NotingSession(notes),
            profile=DeviceProfile(terminal=os.environ.get("PROFILE", "auto")),
            capture_settings=CaptureSettings(),
            environ=os.environ,
            report=report,
            bells=os.environ.get("BELLS", "on") == "on",
            idle_s=float(os.environ.get("IDLE_S", "600")),
        )
    finally:
        raw.leave(before)


sys.exit(main())
