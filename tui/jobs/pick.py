"""Pick: told bins, items and numbers in walking order, short, other bin, ship in one posting (floor-flows.md, Pick).

Not here: which pick is opened (picks_offered.py), how it goes on and back over its lines (pick_cursor.py), how it is
shown (pick_view.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from domain.errors import NeedsConfirm, Refused
from domain.items.moving import in_base_unit
from domain.scanning.label import label_of
from domain.values import ZERO, fold
from domain.work.activities import ActivityLine
from domain.work.pick_at_work import pick_to_work
from domain.work.pick_lines import (
    CloseShort,
    NameNumber,
    ShortLine,
    TakeQuantity,
    TakeSerial,
    close_short,
    name_number,
    open_pick,
    short_line,
    take_quantity,
    take_serial,
)
from domain.work.pick_places import ChangeBin, CountBin, StandAt, change_bin, count_bin, free_in_bin, stand_at
from domain.work.pick_posting import PostPick, pick_summary, post_pick
from tui.jobs.goods import NUMBERS, Line, find_item, item_of, with_item, with_number
from tui.jobs.job import Ambiguous, Beep, Do, Given, Step, as_digit, digit, not_here
from tui.jobs.keeping import kept
from tui.jobs.pick_cursor import PickCursor, expected_of, is_done, told_line
from tui.jobs.pick_view import MENU, view_of
from tui.jobs.quantity import answered_quantity
from tui.jobs.view import Message, View

_OF_LINE = ("short", "next", "split", "full")
"""Keys that need an open line."""


@kept
@dataclass(frozen=True, slots=True)
class Pick(PickCursor):
    """A cursor over a pick. What is taken stands on the pick, never here."""

    name: ClassVar[str] = "pick"
    holds_refusals: ClassVar[bool] = True

    @classmethod
    def of(cls, document: str, do: Do) -> Pick:
        """Open a pick by its number, claimed by this operator, where its picker stands."""
        activity = do.run(open_pick, document)
        return cls(activity.no).next(do, activity.stands_at)

    def answer(self, given: Given, do: Do) -> Step:
        """Take the answer of the prompt."""
        answers = {
            "bin": self._bin,
            "item": self._item,
            "lot": self._number,
            "serial": self._number,
            "package": self._number,
            "qty": self._qty,
            "other_bin": self._other_bin,
            "short": self._really_there,
            "short_reason": self._reason,
            "keep_reason": self._reason,
            "why": self._reason,
            "count_ask": self._count_asked,
            "menu": self._menu,
            "list": self._listed,
        }
        prompt = self.stage or self.prompt
        if prompt not in answers:  # the finish and the summary take keys only
            raise Beep
        do.run(pick_to_work, self.document)
        try:
            return answers[prompt](given, do)
        except Refused as refused:
            if refused.code == "no_match_kind" and _is_document(given, do):
                raise Refused("finish_first", document=self.document) from refused
            raise

    def press(self, command: str, do: Do) -> Step:
        """Enter, back, F2 done, F3 short, F4 next, F6 other bin, F7 full, F8 menu."""
        commands = {
            "ok": self._ok,
            "back": self._back,
            "done": self._done,
            "short": self._short,
            "next": self._left,
            "split": self._elsewhere,
            "full": self._full,
            "menu": self._opened_menu,
        }
        if self.stage == "summary" and command != "back":
            return self._posted(command, do)
        if command not in commands or (command in _OF_LINE and (self.stage or not self.line_no)):
            raise not_here()
        try:
            do.run(pick_to_work, self.document)
        except Refused:
            if command == "back":  # the way out of a pick that was taken over or posted
                return Step(None)
            raise
        if not self.counted or command not in ("done", "next"):
            return commands[command](do)
        ahead, told = self._took(self.counted, do)
        return ahead._done(do) if command == "done" else Step(ahead, told)

    def after_refusal(self) -> Pick:
        """Stand at the same prompt."""
        return self

    def resumed(self) -> Pick:
        """Stand at the same prompt."""
        return self

    def view(self, do: Do) -> View:
        """Show where to go and what to take, and the whole pick where there is room."""
        return view_of(self, do)

    def _bin(self, given: Given, do: Do) -> Step:
        """Take the bin told, by its label or its check digits (decision 57)."""
        told = self.open_line(do)
        found = do.find(given, {"bin"}, expected_of(told))
        if not told.bin:  # nothing was there when the pick was made: the picker says where
            told = do.run(change_bin, ChangeBin(self.document, told.line_no, found.bin))
        if found.bin != told.bin:
            raise Refused("wrong_bin", bin=told.bin, scanned=found.bin)
        return self._at(told, found.bin, do)

    def _item(self, given: Given, do: Do) -> Step:
        told = self.open_line(do)
        wanted = told_line(told, do)
        found = find_item(wanted, do, given)
        if found.kind == "bin":
            return Step(self) if found.bin == told.bin else self._in_other_bin(found.bin, do)
        if found.item != told.item or (found.variant or told.variant) != told.variant:
            raise Refused("wrong_item", scanned=found.item, item=told.item)
        found = replace(found, variant=told.variant, is_variant_chosen=True)
        line = with_item(self._dated(told, given), do, found, lambda _, kind: kind in wanted.needs)
        return self._with_goods(line, do)

    def _number(self, given: Given, do: Do) -> Step:
        told = self.open_line(do)
        line = with_number(self._dated(told, given), do, given, self.prompt)
        answered = [kind for kind in NUMBERS if getattr(line, kind) != getattr(self.line, kind)]
        return self._with_goods(line, do) if answered else Step(self)

    def _dated(self, told: ActivityLine, given: Given) -> Line:
        """Return the open line with the date of what it wants: a label of the same lot must not contradict it."""
        lot = label_of(given.reading).lot
        is_other = bool(lot) and fold(lot) != fold(told.lot)
        return replace(self.line, expires=None if is_other else told.expires)

    def _with_goods(self, line: Line, do: Do, reason: str = "") -> Step:
        """Note the numbers scanned; a piece is taken at once, the full count ends the line (29, 30)."""
        numbers = {kind: getattr(line, kind) for kind in line.needs if getattr(line, kind)}
        if "expiry_ask" in do.situation.confirmed and not reason:
            return Step(replace(self, pending=line, stage="keep_reason", page=0))
        here = replace(self, stage="", pending=Line(), counted=ZERO)
        if line.serial:
            return here._piece_taken(line, do, reason)
        told = self.open_line(do)
        if numbers:
            told = do.run(name_number, NameNumber(self.document, self.line_no, **numbers, reason=reason))
        line = replace(line, expires=told.expires if told.lot else None)
        return Step(replace(here, line=line, line_no=told.line_no))

    def _piece_taken(self, line: Line, do: Do, reason: str) -> Step:
        """Take one piece; the next one is asked until all of the question are there."""
        command = TakeSerial(self.document, self.line_no, line.serial, line.lot, line.package, reason)
        piece = do.run(take_serial, command)
        pieces = self.pieces(piece, do)
        n = sum(1 for one in pieces if one.qty_to_handle)
        told = Message("taken_serial", {"serial": piece.serial, "n": n, "m": len(pieces)})
        if all(is_done(one) for one in pieces):
            return Step(self.passed(do), message=told)
        open_piece = next(one for one in pieces if not is_done(one))
        return Step(replace(self, line=line.without(line.needs[0]), line_no=open_piece.line_no), message=told)

    def _qty(self, given: Given, do: Do) -> Step:
        answer = answered_quantity(do, given, self.line, counted=self.counted)
        told = self.open_line(do)
        if not answer.is_scan:
            return self._taken(self._in_base(answer.qty, answer.uom, do), do)
        if answer.qty > told.outstanding:
            raise Refused("too_many", qty=told.outstanding)
        if answer.qty == told.outstanding:
            return self._taken(answer.qty, do)
        return Step(replace(self, counted=answer.qty))

    def _taken(self, qty: Decimal, do: Do) -> Step:
        return Step(*self._took(qty, do))

    def _took(self, qty: Decimal, do: Do) -> tuple[Pick, Message]:
        """Note what was taken; return the pick at its next line, and what is told."""
        line = do.run(take_quantity, TakeQuantity(self.document, self.line_no, qty))
        told = Message("taken", {"item": line.item, "qty": qty, "bin": line.bin})
        return replace(self, counted=ZERO).passed(do), told

    def _full(self, do: Do) -> Step:
        """F7: the whole of the line."""
        if self.prompt != "qty":
            raise not_here()
        return self._taken(self.open_line(do).outstanding, do)

    def _posted(self, command: str, do: Do) -> Step:
        """Enter posts; it is answered alike where it comes twice, though the pick may be gone by then (SAF-03)."""
        if command != "ok":
            raise Beep
        posted = do.run(post_pick, PostPick(self.document), self.operation)
        return Step(None, message=Message("posted", {"document": posted.document}), outcome="posted")

    def _ok(self, do: Do) -> Step:
        if self.stage == "count_ask":
            return Step(replace(self, stage="").passed(do))
        if not self.stage and self.prompt == "qty":
            return self._taken(self.offered(self.open_line(do)), do)
        if self.stage in ("menu", "list") or self.prompt == "finish":
            raise not_here()
        raise Refused("missing", what=self.prompt)

    def _short(self, do: Do) -> Step:
        """F3: less is there than the line wants. Of serials that is what was scanned."""
        told = self.open_line(do)
        pieces = self.pieces(told, do)
        if len(pieces) > 1 or "serial" in told_line(told, do).needs:
            there = sum((piece.qty_to_handle for piece in pieces), ZERO)
            return Step(replace(self, stage="short_reason", qty=there, page=0))
        return Step(replace(self, stage="short", counted=ZERO))

    def _really_there(self, given: Given, do: Do) -> Step:
        told = self.open_line(do)
        answer = answered_quantity(do, given, told_line(told, do), counted=ZERO)
        qty = answer.qty if answer.is_scan else self._in_base(answer.qty, answer.uom, do)
        if qty > told.outstanding:
            raise Refused("too_many", qty=told.outstanding)
        if qty == told.outstanding:  # nothing is short
            return replace(self, stage="")._taken(qty, do)
        return Step(replace(self, stage="short_reason", qty=qty, page=0))

    def _reason(self, given: Given, do: Do) -> Step:
        """Take the reason that a digit stands for."""
        reasons = self.reasons(do)
        if reasons.turns(given.text):
            return Step(replace(self, page=reasons.next))
        takes = {"short_reason": self._short_for, "keep_reason": self._kept_for, "why": self._explained}
        return takes[self.stage](reasons.chosen(given.text), do)

    def _short_for(self, reason: str, do: Do) -> Step:
        """Note the short line, then offer to have the bin counted."""
        told = do.run(short_line, ShortLine(self.document, self.line_no, self.qty, reason))
        noted = replace(self, stage="", qty=ZERO)
        if told.bin and do.situation.settings.offer_count_after_short and "count" in do.situation.rights:
            return Step(replace(noted, stage="count_ask"))
        return Step(noted.passed(do))

    def _kept_for(self, reason: str, do: Do) -> Step:
        """A later expiry goes first: the operator said yes, and now why (30)."""
        do.situation = do.situation.confirming("expiry_ask")
        return self._with_goods(self.pending, do, reason)

    def _explained(self, reason: str, do: Do) -> Step:
        """A line that is short without a reason gets one before the summary (decision 59)."""
        told = self.open_line(do)
        do.run(short_line, ShortLine(self.document, told.line_no, told.qty_to_handle, reason))
        return replace(self, stage="", line_no=0)._done(do)

    def _count_asked(self, given: Given, do: Do) -> Step:
        """Have the bin counted on a 1; a scan is nothing here (floor-flows.md 3a, question)."""
        if as_digit(given.text) != 1:
            raise Beep
        journal = do.run(count_bin, CountBin(self.document, self.line_no))
        told = Message("count_made", {"document": journal.no}) if journal else None
        return Step(replace(self, stage="").passed(do), message=told)

    def _elsewhere(self, do: Do) -> Step:
        """F6: take the line from another bin."""
        if not self.line.at_bins:
            raise not_here()
        return Step(replace(self, stage="other_bin", counted=ZERO))

    def _other_bin(self, given: Given, do: Do) -> Step:
        return self._in_other_bin(do.find(given, {"bin"}).bin, do)

    def _in_other_bin(self, bin: str, do: Do) -> Step:
        """Show what is free in a bin the picker chose, and take the line there after a yes (27)."""
        command = ChangeBin(self.document, self.line_no, bin)
        free = do.run(free_in_bin, command)
        if "other_bin" not in do.situation.confirmed:
            raise NeedsConfirm("other_bin", bin=bin, qty=free)
        told = do.run(change_bin, command)
        return replace(self, stage="", line_no=told.line_no, counted=ZERO)._at(told, bin, do)

    def _at(self, told: ActivityLine, bin: str, do: Do) -> Step:
        do.run(stand_at, StandAt(self.document, bin))
        return Step(replace(self, line_no=told.line_no, line=Line(at_bins=True, bin=bin)))

    def _left(self, do: Do) -> Step:
        """F4: leave the line, it comes back at the end."""
        left = replace(self, skipped=(*self.skipped, self.line_no))
        ahead = left.passed(do)
        return Step(ahead, message=Message("last_line") if ahead.line_no == self.line_no else None)

    def _done(self, do: Do) -> Step:
        """F2: a reason for each short line that has none, then the summary."""
        summary = do.run(pick_summary, self.document)
        if not summary.qty:
            raise Refused("nothing_handled")
        for line in summary.unexplained:
            return Step(replace(self, stage="why", line_no=line.line_no, line=told_line(line, do), page=0))
        return Step(replace(self, stage="summary", operation=do.new_operation()))

    def _opened_menu(self, do: Do) -> Step:
        return Step(replace(self, stage="menu"))

    def _menu(self, given: Given, do: Do) -> Step:
        """F8: 5 prints, which is not built yet."""
        number = digit(given.text, len(MENU))
        entry = MENU[number - 1]
        back = replace(self, stage="")
        if entry == "leave":
            return Step(None)
        if entry == "list_lines":
            return Step(replace(self, stage="list", page=0))
        if not entry or not self.line_no:
            raise not_here()
        told = self.open_line(do)
        if entry == "change_lot":
            return Step(replace(back, line=self.line.without(_first_number(self.line)), counted=ZERO))
        if entry == "close_short":
            for piece in self.pieces(told, do):
                if not is_done(piece) and do.run(close_short, CloseShort(self.document, piece.line_no)) is None:
                    return Step(None)
            return Step(back.passed(do))
        return Step(back.asked_again(told, do))

    def _listed(self, given: Given, do: Do) -> Step:
        """Go to a line of the list; one that is answered is asked again."""
        pages = self.listed(do)
        if pages.turns(given.text):
            return Step(replace(self, page=pages.next))
        return Step(self.asked_again(pages.chosen(given.text), do))

    def _back(self, do: Do) -> Step:
        """Close what is asked beside the line, else go back; before the first answer leave, the pick stays a draft."""
        if self.stage == "short_reason" and "serial" not in self.line.needs:
            return Step(replace(self, stage="short"))
        if self.stage == "count_ask":  # Esc is no
            return self._ok(do)
        if self.stage == "why" or (self.stage == "summary" and not self.line_no):
            return Step(replace(self, stage="", operation="").passed(do))
        if self.stage:
            return Step(replace(self, stage="", pending=Line(), operation=""))
        return Step(self.back(do))

    def _in_base(self, qty: Decimal, uom: str, do: Do) -> Decimal:
        item = item_of(told_line(self.open_line(do), do), do)
        return in_base_unit(do.books.records, item, uom, qty).qty_base


def _is_document(given: Given, do: Do) -> bool:
    """Say whether what was scanned is another document."""
    try:
        do.find(given, {"document"})
    except (Refused, Ambiguous):
        return False
    return True


def _first_number(line: Line) -> str:
    """Return the first kind of number that a line is asked for. Raises Refused("key_not_here") for none."""
    if not line.item or not line.needs:
        raise not_here()
    return line.needs[0]
