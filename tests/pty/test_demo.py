"""`aisle demo --play`: the shift comes to where each step says, ends with sound books, and leaves the screen whole."""

from pathlib import Path

import pytest

from tests.pty.operating import PROGRAM
from tests.pty.terminal import PtyTerminal


@pytest.mark.long
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (20, 8)])
def test_the_shift_is_played_to_its_end(tmp_path: Path, columns: int, rows: int) -> None:
    command: list[str | Path] = [PROGRAM, "demo", "--play", "--speed", "99"]
    with PtyTerminal(command, columns=columns, rows=rows, cwd=tmp_path) as terminal:
        assert terminal.exit_status() == 0, terminal.text
        assert "verify: clean." in terminal.text
        assert terminal.is_cursor_shown


def test_ctrl_c_leaves_at_once(tmp_path: Path) -> None:
    with PtyTerminal([PROGRAM, "demo", "--play"], cwd=tmp_path) as terminal:
        terminal.until_shown("logs in")
        terminal.send(b"\x03")

        assert terminal.exit_status() == 130
        assert terminal.is_cursor_shown
