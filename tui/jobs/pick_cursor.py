"""Where an open pick stands, and how it goes on and back over its lines (floor-flows.md, Pick; 14, 23).

Not here: what is answered there (pick.py), how it is shown (pick_view.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from domain.items.card import Item
from domain.scanning.resolver import Expected
from domain.tracking.numbers import tracking_code
from domain.values import ZERO
from domain.work.activities import ActivityLine
from domain.work.pick_at_work import order_of_line
from domain.work.pick_lines import PutBack, pieces_of, put_back, questions_of, short_reasons
from domain.work.pick_places import StandAt, stand_at
from domain.work.picking import gone, lines_of, needed_numbers
from tui.jobs.goods import NUMBERS, Line, location_of
from tui.jobs.job import Do
from tui.jobs.pages import Pages


@dataclass(frozen=True, slots=True)
class PickCursor:
    """A place in a pick: the open line, what of it is answered, and what is asked beside it."""

    document: str
    line_no: int = 0
    """The open line, 0 where all are answered."""
    line: Line = Line()
    """What of it is answered."""
    counted: Decimal = ZERO
    """Pieces scanned at the quantity prompt."""
    stage: str = ""
    """"", other_bin, short, short_reason, keep_reason, count_ask, why, menu, list, summary."""
    qty: Decimal = ZERO
    """What is really there of a short line."""
    pending: Line = Line()
    """Goods kept against the earlier expiry, until the reason is given."""
    skipped: tuple[int, ...] = ()
    """Lines left with F4, which come back at the end."""
    page: int = 0
    """Of a list."""
    operation: str = ""
    """Of the posting, made when the summary opens (SAF-03)."""

    @property
    def prompt(self) -> str:
        """The first thing that is missing."""
        of_stage = {
            "other_bin": "bin",
            "short": "qty",
            "short_reason": "reason",
            "keep_reason": "reason",
            "why": "reason",
            "count_ask": "question",
            "menu": "menu",
            "list": "menu",
            "summary": "summary",
        }
        if self.stage:
            return of_stage[self.stage]
        return self.line.prompt or "qty" if self.line_no else "finish"

    def offered(self, told: ActivityLine) -> Decimal:
        """Return what Enter takes at the quantity prompt: pieces scanned, else what the label said, else all."""
        return self.counted or min(self.line.proposed or told.outstanding, told.outstanding)

    def reasons(self, do: Do) -> Pages[str]:
        """Return why a line may be short, by digit."""
        return Pages(short_reasons(do.books, do.situation), self.page)

    def listed(self, do: Do) -> Pages[ActivityLine]:
        """Return the lines as questions, in walking order."""
        return Pages([lines[0] for lines in questions_of(lines_of(do.books.records, self.document))], self.page)

    def open_line(self, do: Do) -> ActivityLine:
        """Return the open line as it stands. Raises Refused("done") where it was posted meanwhile."""
        line = do.books.records.one(ActivityLine, self.document, self.line_no)
        if line is None:
            raise gone(do.books.records, self.document)
        return line

    def pieces(self, told: ActivityLine, do: Do) -> list[ActivityLine]:
        """Return the pieces that are one question with a line."""
        return pieces_of(lines_of(do.books.records, self.document), told)

    def passed(self, do: Do) -> Self:
        """Go to the next line; without one all is answered."""
        return self.next(do, self.line.bin)

    def next(self, do: Do, bin: str) -> Self:
        """Return the pick at its next line in walking order; lines of one bin in a row ask the bin once."""
        at_bins = location_of(do).bin_mandatory
        told, skipped = open_question(questions_of(lines_of(do.books.records, self.document)), self.skipped)
        if told is None:
            return replace(self, line_no=0, line=Line(), skipped=())
        line = Line(at_bins=at_bins, bin=told.bin if told.bin == bin else "")
        return replace(self, line_no=told.line_no, line=line, skipped=skipped)

    def asked_again(self, told: ActivityLine, do: Do) -> Self:
        """Put back all pieces of a line and ask it from its bin on."""
        for piece in self.pieces(told, do):
            do.run(put_back, PutBack(self.document, piece.line_no))
        at = Line(at_bins=location_of(do).bin_mandatory)
        return replace(self, stage="", line_no=told.line_no, line=at, counted=ZERO)

    def back(self, do: Do) -> Self | None:
        """Take the last answer back, line by line; None before the first one."""
        if self.counted:
            return replace(self, counted=ZERO)
        lines = lines_of(do.books.records, self.document)
        told = next((line for line in lines if line.line_no == self.line_no), None)
        if told is None:
            return self._before(lines, do)
        pieces = [piece for piece in pieces_of(lines, told) if piece.qty_to_handle]
        if pieces and self.line.item:
            return self._before(pieces, do)
        last = self.line.last_answered()
        if last in ("", "bin"):
            latest = _latest(lines)
            if not last or (latest and latest.bin == self.line.bin):
                return self._before(lines, do)
            do.run(stand_at, StandAt(self.document, ""))
        elif last != "item":
            do.run(put_back, PutBack(self.document, told.line_no))
        return replace(self, line=self.line.without(last))

    def _before(self, lines: list[ActivityLine], do: Do) -> Self | None:
        """Stand at the line answered last, with its quantity put back."""
        latest = _latest(lines)
        if latest is None:
            return None
        put = do.run(put_back, PutBack(self.document, latest.line_no))
        return replace(self, line_no=put.line_no, line=told_line(put, do), counted=ZERO)


def is_done(line: ActivityLine) -> bool:
    """Say whether a line is passed: something was taken, or nothing is there."""
    return line.is_short or line.qty_to_handle > 0


def open_question(
    questions: Iterable[Sequence[ActivityLine]], skipped: tuple[int, ...]
) -> tuple[ActivityLine | None, tuple[int, ...]]:
    """Return the line that is asked next, None where all are passed, and the lines still left for the end."""
    to_do = [piece for pieces in questions if (piece := open_piece(pieces))]
    now = [line for line in to_do if line.line_no not in skipped]
    if now or not to_do:
        return (now[0] if now else None), skipped
    return to_do[0], ()


def open_piece(pieces: Iterable[ActivityLine]) -> ActivityLine | None:
    """Return the first piece of a question that is not passed."""
    return next((piece for piece in pieces if not is_done(piece)), None)


def expected_of(told: ActivityLine) -> Expected:
    """Return what a bare code is tried as first."""
    return Expected(item=told.item, variant=told.variant, bin=told.bin, lot=told.lot)


def told_line(told: ActivityLine, do: Do) -> Line:
    """Return the goods a line tells to take, its numbers still to be scanned."""
    item = do.books.records.one(Item, told.item)
    if item is None:
        return Line(at_bins=bool(told.action), bin=told.bin, item=told.item)
    needed = needed_numbers(tracking_code(do.books.records, item), order_of_line(do.books, told))
    return Line(
        at_bins=bool(told.action),
        bin=told.bin,
        item=told.item,
        text=item.description,
        variant=told.variant,
        needs=tuple(kind for kind in NUMBERS if kind in needed),
    )


def _latest(lines: list[ActivityLine]) -> ActivityLine | None:
    """Return the line answered last, by whomever, None where none is."""
    answered = [(line.handled_at, line.line_no, line) for line in lines if line.handled_at]
    return max(answered)[2] if answered else None
