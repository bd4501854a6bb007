"""Lists by digit: nine rows a page, 1-9 choose, 0 turns to the next page, round to the first (floor-flows.md 13).

Not here: what the rows are and what choosing one does (the jobs), how much of a page fits a screen (tui/floor).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tui.jobs.job import digit
from tui.jobs.view import Choice, Message

T = TypeVar("T")

A_PAGE = 9
NEXT = "0"


@dataclass(frozen=True, slots=True)
class Pages(Generic[T]):
    """A list, open at one of its pages."""

    rows: Sequence[T]
    page: int = 0
    """From 0; one that is not there any more, because the list got shorter meanwhile, is the last."""

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        return -(-len(self.rows) // A_PAGE) or 1

    @property
    def number(self) -> int:
        """The page that is shown, from 0."""
        return min(self.page, self.count - 1)

    @property
    def shown(self) -> Sequence[T]:
        """The rows of the page."""
        return self.rows[self.number * A_PAGE : (self.number + 1) * A_PAGE]

    @property
    def progress(self) -> str:
        """`2/3`, "" where one page is all."""
        return f"{self.number + 1}/{self.count}" if self.count > 1 else ""

    @property
    def next(self) -> int:
        """The page that 0 turns to."""
        return (self.number + 1) % self.count

    def turns(self, text: str) -> bool:
        """Say whether an answer turns the page."""
        return text == NEXT and self.count > 1

    def chosen(self, text: str) -> T:
        """Return the row of a digit. Raises Refused as `digit` does."""
        return self.shown[digit(text, len(self.shown)) - 1]

    def choices(self, label: Callable[[T], Message]) -> tuple[Choice, ...]:
        """Return the page as what can be chosen, the way to the next one last."""
        rows = [Choice(str(number), label(row)) for number, row in enumerate(self.shown, 1)]
        turn = [Choice(NEXT, Message("next_page"))] if self.count > 1 else []
        return (*rows, *turn)
