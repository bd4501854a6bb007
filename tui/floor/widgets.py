"""The one widget of the floor: rows of text that repaint only what changed (textual-notes 9).

Not here: what the rows say (page.py), how roles look (themes.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.floor.page import Row
from tui.floor.themes import Theme


class Rows(Widget):
    """Rows of text. No markup, no wrapping: what stands in a row is painted as it is (SAF-41)."""

    def __init__(self, theme: Theme, *, id: str) -> None:
        super().__init__(id=id)
        self._theme = theme
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Put these rows there; of a row that stays of one role, only the part up to its last change is sent."""
        before, self._rows = self._rows, tuple(rows)
        for y in range(max(len(before), len(rows))):
            old, new = self._row(before, y), self._row(self._rows, y)
            if old != new:
                end = self.size.width if old.role != new.role else self._last_change(old.text, new.text)
                self.refresh(Region(0, y, end, 1))

    def render_line(self, y: int) -> Strip:
        """Return a row as wide as the widget, without any sequence where its role has no look."""
        row = self._row(self._rows, y)
        text = set_cell_size(row.text, self.size.width)
        return Strip([Segment(text, self._theme.get(row.role))], self.size.width)

    def _row(self, rows: tuple[Row, ...], y: int) -> Row:
        return rows[y] if y < len(rows) else Row()

    def _last_change(self, old: str, new: str) -> int:
        """Return the cell after the last one that differs."""
        old, new = (set_cell_size(text, self.size.width) for text in (old, new))
        same = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(old), reversed(new), strict=False))
        )
        return max(cell_len(text[: len(text) - same]) for text in (old, new))
