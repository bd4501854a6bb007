"""The program of program.py at a pseudo-terminal, and what its session noted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.pty.terminal import PtyTerminal

ROOT = Path(__file__).parents[3]


class Floor(PtyTerminal):
    """A floor terminal; `env` of the program as for PtyTerminal."""

    def __init__(
        self,
        folder: Path,
        *,
        columns: int = 21,
        rows: int = 16,
        term: str = "xterm-256color",
        is_controlling: bool = True,
        **env: str,
    ) -> None:
        self.notes_file = folder / "notes"
        super().__init__(
            [sys.executable, "-m", "tests.tui.floor.program", self.notes_file],
            columns=columns,
            rows=rows,
            term=term,
            env=env,
            cwd=ROOT,
            is_controlling=is_controlling,
        )

    @property
    def notes(self) -> list[str]:
        """What the session was given, in order, after it was connected."""
        return self.notes_file.read_text(encoding="utf-8").splitlines()[1:] if self.notes_file.exists() else []

    def until_noted(self, count: int) -> list[str]:
        """Read until the session has noted so much, and a while longer for what it should not."""
        self.until(lambda terminal: len(terminal.notes) >= count)
        self.read_until_quiet()
        return self.notes


@contextmanager
def started(folder: Path, **options: Any) -> Iterator[Floor]:
    """A floor terminal that shows its first prompt; `options` as of Floor."""
    with Floor(folder, **options) as floor:
        floor.until_shown("BIN>")
        floor.read_until_quiet()
        yield floor
