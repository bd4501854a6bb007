"""How a terminal ends: on purpose, by a signal, because it is gone, by a crash (textual-notes 4, SAF-46)."""

import os
import shlex
import signal
import sys
from pathlib import Path

import pytest

from tests.pty.terminal import PtyTerminal
from tests.tui.floor.running import ROOT, started

pytestmark = pytest.mark.slow

CLEAN = (b"\x1b[?7h", b"\x1b[?1049l", b"\x1b[?25h")
"""Line wrap, the screen from before, the cursor."""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_hangs_up_and_leaves_the_terminal_clean(tmp_path: Path, number: signal.Signals) -> None:
    with started(tmp_path) as floor:
        floor.signal(number)

        assert floor.exit_status() == 128 + number
        assert floor.notes == ["hang up"]
        output = floor.output()
        assert all(sequence in output for sequence in CLEAN)


@pytest.mark.parametrize("is_controlling", [True, False])
def test_a_terminal_that_is_gone_is_left_with_or_without_a_signal(tmp_path: Path, is_controlling: bool) -> None:
    with started(tmp_path, is_controlling=is_controlling) as floor:
        floor.hang_up()

        assert floor.exit_status() == 128 + signal.SIGHUP
        assert floor.notes == ["hang up"]


def test_an_answer_that_hangs_does_not_hold_a_terminal_that_leaves(tmp_path: Path) -> None:
    with started(tmp_path) as floor:
        floor.send(b"slow\r")
        floor.until_shown("Posting")
        floor.signal(signal.SIGTERM)

        assert floor.exit_status() == 128 + signal.SIGTERM
        assert floor.notes == []


def test_an_answer_that_is_nearly_there_ends_before_the_terminal_leaves(tmp_path: Path) -> None:
    with started(tmp_path) as floor:
        floor.send(b"slow\rW-01-0001\r")
        floor.until_shown("Posting")
        floor.signal(signal.SIGTERM)
        floor.until(lambda floor: CLEAN[1] in floor.unread)
        floor.notes_file.with_suffix(".go").touch()

        assert floor.exit_status() == 128 + signal.SIGTERM
        assert floor.notes == ["scanned b'slow'", "hang up"]


def test_a_stalled_terminal_can_be_ended(tmp_path: Path) -> None:
    with started(tmp_path, columns=80, rows=24) as floor:
        floor.is_stalled = True
        floor.send(b"refusal\rqty\r" * 40)
        floor.until(lambda floor: len(floor.notes) >= 30)
        floor.signal(signal.SIGTERM)

        assert floor.exit_status() == 128 + signal.SIGTERM


@pytest.mark.parametrize("broken", [b"crash\r", b"paint\r"])
def test_a_crash_is_told_by_its_number_and_kept_in_the_log(tmp_path: Path, broken: bytes) -> None:
    with started(tmp_path) as floor:
        floor.send(broken)

        assert floor.exit_status() == 1
        assert "Stopped. Report no. 123456" in floor.text.replace("\n", "")
        assert "Traceback" not in floor.text
        assert "Traceback" in floor.notes_file.with_suffix(".log").read_text()
        assert floor.notes[-1] == "hang up"


def test_back_at_the_log_in_leaves_the_program(tmp_path: Path) -> None:
    with started(tmp_path) as floor:
        floor.send(b"login\r")
        floor.until_shown("WHO>")
        floor.send(b"\x1b")

        assert floor.exit_status() == 0
        assert floor.notes == ["scanned b'login'", "hang up"]


def test_what_is_typed_while_it_leaves_does_not_reach_a_shell(tmp_path: Path) -> None:
    program = shlex.join([sys.executable, "-m", "tests.tui.floor.program", str(tmp_path / "notes")])
    with PtyTerminal(["sh", "-c", f"trap '' TERM; {program}; stty -echo; echo left; cat"], cwd=ROOT) as terminal:
        terminal.until_shown("BIN>")
        terminal.send(b"slow\r")
        terminal.until_shown("Posting")
        os.killpg(terminal.process.pid, signal.SIGTERM)
        terminal.until(lambda terminal: CLEAN[1] in terminal.unread)
        terminal.send(b"rm -r stock\r")
        (tmp_path / "notes.go").touch()
        terminal.until_shown("left")
        terminal.send(b"and goes on\n")
        terminal.until_shown("and goes on")

        assert "rm -r" not in terminal.text
