"""The one floor screen: paints any View at any size and knows no job (design.md).

Its only state of its own is paint: what is typed, and how far a list is scrolled that does not fit.
Not here: what stands in which row (page.py), when to paint (app.py).
"""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Offset, Size
from textual.screen import Screen

from tui.commands import Command, key_map
from tui.floor.page import REFUSED, TITLE, Row, Speaker, document, work
from tui.floor.themes import Theme
from tui.floor.widgets import Rows
from tui.jobs.view import View

WIDE = 80
"""Columns from which the document stands beside the work."""
WORK_COLUMNS = 32
"""Of a wide screen: every text of a handheld in two rows, and room for a document."""
FLASH_S = 0.1
"""As long as the pause between two bells."""


class FloorScreen(Screen[None]):
    """Prompts on the left, on a wide screen the document on the right of them."""

    DEFAULT_CSS = """
    FloorScreen { layout: horizontal; overflow: hidden; background: ansi_default; }
    Rows { width: 1fr; height: 1fr; background: ansi_default; }
    """

    def __init__(self, view: View, theme: Theme, *, speak: Speaker) -> None:
        super().__init__()
        self._work = Rows(theme, id="work")
        self._document = Rows(theme, id="document")
        self._speak = replace(speak, keys=key_map(view.keys))
        self._view = view
        self._typed = ""
        self._scrolled = 0
        self._body_rows = self._hidden = 0
        self._is_flashing = False
        self._fitted = self._work_size = self._document_size = Size()

    def command(self, key: str) -> Command | None:
        """Return what a key means by what is painted."""
        return self._speak.keys.commands.get(key)

    def compose(self) -> ComposeResult:
        """Both parts, in rows of the terminal's size before the first paint."""
        self._fit(self.app.size)
        yield self._work
        yield self._document

    def on_resize(self, event: Resize) -> None:
        """Keep prompt and typed text, in rows of the new size."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        if size == self._fitted:
            return
        self._fitted = size
        columns, rows = size
        work_columns = WORK_COLUMNS if columns >= WIDE else columns
        self._work_size = Size(work_columns, rows)
        self._document_size = Size(columns - work_columns, rows)
        self._work.styles.width = work_columns
        self._document.display = columns > work_columns
        self._paint()

    def show(self, view: View) -> None:
        """Paint an answer; what was typed has become it."""
        if view.keys != self._view.keys:
            self._speak = replace(self._speak, keys=key_map(view.keys))
        self._view = view
        self._typed = ""
        self._scrolled = 0
        self._paint()

    def repaint(self) -> None:
        """Paint every row, changed or not."""
        self._work.refresh()
        self._document.refresh()

    def show_typed(self, text: str) -> None:
        """Paint what is held of the line."""
        self._typed = text
        self._paint_work()

    def turn(self, pages: int) -> None:
        """Turn to another part of what does not fit."""
        self._scrolled = max(0, min(self._scrolled + pages * self._body_rows, self._hidden))
        self._paint_work()

    def turn_on(self) -> bool:
        """Show what comes next of what does not fit; False where its end is shown already."""
        is_more = self._scrolled < self._hidden
        if is_more:
            self.turn(1)
        return is_more

    def turn_back(self) -> bool:
        """Show the beginning of what does not fit; False where it is shown already."""
        is_back = self._scrolled > 0
        if is_back:
            self._scrolled = 0
            self._paint_work()
        return is_back

    def flash(self) -> None:
        """Reverse the scan line for a moment, where bells are off (SCN-110)."""
        self._is_flashing = True
        self._paint_work()
        self.set_timer(FLASH_S, self._end_flash)

    def _end_flash(self) -> None:
        self._is_flashing = False
        self._paint_work()

    def _paint(self) -> None:
        self._paint_work()
        columns, rows = self._document_size
        table = document(self._view, columns, rows, speak=self._speak) if columns else ()
        if self._view.error:
            table = tuple(Row(row.text, REFUSED) for row in (*table, *[Row()] * (rows - len(table))))
        self._document.show(table)

    def _paint_work(self) -> None:
        if not self._work_size:
            return
        columns, rows = self._work_size
        page = work(self._view, self._typed, columns, rows, speak=self._speak, scrolled=self._scrolled)
        self._body_rows, self._hidden = page.body_rows, page.hidden
        shown = list(page.rows)
        if self._is_flashing:
            shown[page.cursor[1]] = replace(shown[page.cursor[1]], role=TITLE)
        self._work.show(shown)
        self.app.cursor_position = Offset(*page.cursor)
