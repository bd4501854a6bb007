"""The golden screens: plain text files, one a state and size. `python -m tests.tui.floor.golden` writes them anew.

What changed is then read like code. A `|` ends each row, so that blanks show; the last line tells where the cursor is.
"""

from pathlib import Path

from tests.tui.floor.views import GOLDEN, ODD, SIZES
from tui.floor.page import Speaker, document, work
from tui.floor.screen import WIDE, WORK_COLUMNS
from tui.jobs.view import View

FOLDER = Path(__file__).parent / "golden"
ASCII = "ascii"
"""Of texts in many letters, at a terminal that has but those of ASCII."""


def file_of(state: str, columns: int, rows: int) -> Path:
    return FOLDER / f"{state}_{columns}x{rows}.txt"


def told(lines: list[str], columns: int, cursor: tuple[int, int]) -> str:
    """Return a screen as it stands in its file."""
    return "".join(f"{line.ljust(columns)}|\n" for line in lines) + f"cursor {cursor[0]},{cursor[1]}\n"


def worked_out(view: View, columns: int, rows: int, charset: str = "utf-8") -> str:
    """Return the screen that page.py makes of a View."""
    speak = Speaker("en", charset)
    left = WORK_COLUMNS if columns >= WIDE else columns
    page = work(view, "", left, rows, speak=speak)
    table = [row.text for row in document(view, columns - left, rows, speak=speak)] if columns > left else []
    table += [""] * (rows - len(table))
    lines = [f"{row.text.ljust(left)}{beside}" for row, beside in zip(page.rows, table, strict=True)]
    return told(lines, columns, page.cursor)


if __name__ == "__main__":
    for columns, rows in SIZES:
        for state, view in GOLDEN.items():
            file_of(state, columns, rows).write_text(worked_out(view, columns, rows), encoding="utf-8")
        file_of(ASCII, columns, rows).write_text(worked_out(ODD, columns, rows, "ascii"), encoding="ascii")
