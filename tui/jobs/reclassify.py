"""Reclassify: another lot, date, serial, package, location or variant for goods (floor-flows.md, Reclassify)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from domain.dates import typed_date
from domain.errors import Refused
from domain.items.card import Variant
from domain.places.lying import stock_location
from domain.posting import Reclassification, TrackingRow
from domain.site import TrackingCode
from domain.tracking.numbers import in_bins, tracking_code
from domain.values import ONE, ZERO, code
from domain.work.adjusting import reasons_for
from domain.work.reclassifying import (
    ChangeVariant,
    PostReclassification,
    change_variant,
    check_reclassification,
    check_variant_change,
    date_by_default,
    dated,
    post_reclassification,
)
from domain.work.stock_here import Goods
from tui.jobs.goods import NUMBERS, Line, find_item, item_of, location_of, with_number
from tui.jobs.job import Beep, Do, Given, Step, as_digit, digit, not_here
from tui.jobs.keeping import kept
from tui.jobs.reclassify_view import (
    CHANGES,
    EXPIRY,
    LOCATION,
    LOT,
    PACKAGE,
    SERIAL,
    VARIANT,
    locations,
    reasons,
    shown,
    variants,
    whole_lot,
)
from tui.jobs.taking import (
    free_of,
    from_bin,
    offered,
    quantity_taken,
    refuse_all_held,
    refuse_quantity,
    taken,
    taken_number,
)
from tui.jobs.view import Message, View


@kept
@dataclass(frozen=True, slots=True)
class Reclassify:
    """One reclassification on its way to its summary."""

    name: ClassVar[str] = "reclassify"
    holds_refusals: ClassVar[bool] = True

    change: str = ""
    """One of CHANGES."""
    line: Line = Line()
    counted: Decimal = ZERO
    """Pieces scanned at the quantity prompt."""
    qty: Decimal | None = None
    uom: str = ""
    new: str = ""
    """The new number, location or variant."""
    is_new: bool = False
    """The new value is answered: the blank variant is one."""
    asks_bin: bool = False
    """The new location has bins."""
    new_bin: str = ""
    asks_date: bool = False
    expires: date | None = None
    """The date the goods are to have; until it is answered, the proposed one."""
    is_dated: bool = False
    asks_reason: bool = False
    reason: str = ""
    page: int = 0
    """Of a list: locations, variants, reasons."""
    operation: str = ""
    """Made when the summary opens (SAF-03)."""

    @property
    def prompt(self) -> str:
        """The first thing that is missing."""
        if not self.change or self.line.prompt:
            return self.line.prompt if self.change else "change"
        if self.change != EXPIRY:
            if self.qty is None:
                return "qty"
            if not self.is_new or (self.asks_bin and not self.new_bin):
                return "new"
        if self.asks_date and not self.is_dated:
            return "expiry"
        return "reason" if self.asks_reason and not self.reason else "summary"

    def answer(self, given: Given, do: Do) -> Step:
        """Take the answer of the prompt."""
        answers = {
            "change": self._change,
            "bin": self._from,
            "item": self._from,
            "lot": self._number,
            "serial": self._number,
            "package": self._number,
            "qty": self._qty,
            "new": self._new,
            "expiry": self._expiry,
            "reason": self._reason,
        }
        if self.prompt not in answers:  # the summary takes the Enter key or back only
            raise Beep
        return Step(answers[self.prompt](given, do)._ready(do))

    def press(self, command: str, do: Do) -> Step:
        """Enter takes what is proposed and posts at the summary; back takes the last answer away."""
        if command == "back":
            return Step(self._before())
        if command == "full" and self.prompt == "qty":
            return Step(self._with_quantity(free_of(self.line, do), "", do))
        if command != "ok":
            raise not_here()
        if self.prompt == "summary":
            return self._posted(do)
        if self.prompt == "qty":
            return Step(self._with_quantity(offered(self.line, do, self.counted), "", do))
        if self.prompt == "expiry" and self.change != EXPIRY:
            return Step(self._dated(self.expires, do)._ready(do))
        raise Refused("missing", what=self._wanted)

    def after_refusal(self) -> Reclassify:
        """Stand at the same prompt."""
        return self

    def resumed(self) -> Reclassify:
        """Stand at the same prompt."""
        return self

    def view(self, do: Do) -> View:
        """Show what is answered and what is asked; of a whole lot every place it lies in."""
        return shown(self, do)

    @property
    def _wanted(self) -> str:
        """What Enter finds missing."""
        return f"new_{self.change}" if self.prompt == "new" and self.change != LOT else self.prompt

    def _change(self, given: Given, do: Do) -> Reclassify:
        change = CHANGES[digit(given.text, len(CHANGES)) - 1]
        asks_reason = bool(do.ask(reasons_for, self.name))
        return Reclassify(change, Line(at_bins=location_of(do).bin_mandatory), asks_reason=asks_reason)

    def _from(self, given: Given, do: Do) -> Reclassify:
        """Take a bin, or goods; another date is for the whole lot, wherever it lies."""
        found = find_item(self.line, do, given)
        if found.kind == "bin":
            return replace(self, line=from_bin(do, found.bin))
        if self.change == EXPIRY:
            line = taken(replace(self.line, at_bins=bool(self.line.bin)), do, found, _is_dated_by)
        else:
            line = taken(self.line, do, found)
        tracking = tracking_code(do.books.records, item_of(line, do))
        _refuse_unfit(self.change, line, tracking, do)
        has_own_date = self.change == LOT or (self.change == SERIAL and not in_bins(tracking, LOT))
        asks_date = self.change == EXPIRY or (has_own_date and tracking.use_expiration)
        return replace(self, line=line, asks_date=asks_date)._known(do)

    def _number(self, given: Given, do: Do) -> Reclassify:
        return replace(self, line=taken_number(self.line, do, given, self.prompt))._known(do)

    def _known(self, do: Do) -> Reclassify:
        """Refuse goods that are held whole, once they are known; a serial is one piece, its quantity is not asked."""
        if self.line.prompt or self.change == EXPIRY:
            return self
        refuse_all_held(self.line, do)
        return self._with_quantity(ONE, "", do) if self.line.serial else self

    def _qty(self, given: Given, do: Do) -> Reclassify:
        answer = quantity_taken(self.line, do, given, self.counted)
        if answer.is_scan:
            return replace(self, counted=answer.qty)
        return self._with_quantity(answer.qty, answer.uom, do)

    def _with_quantity(self, qty: Decimal, uom: str, do: Do) -> Reclassify:
        refuse_quantity(self.line, do, qty, uom)
        return replace(self, qty=qty, uom=uom or item_of(self.line, do).base_uom, counted=ZERO)

    def _new(self, given: Given, do: Do) -> Reclassify:
        """Take the new value; what cannot be posted with it is refused here."""
        if self.change == LOCATION:
            return self._new_place(given, do)
        if self.change == VARIANT:
            if variants(self, do).turns(given.text):
                return replace(self, page=variants(self, do).next)
            changed = replace(self, new=self._variant(given, do), is_new=True, page=0)
            do.run(check_variant_change, changed._variant_change(do))
            return changed
        unnamed = replace(self.line.without(self.change), needs=(self.change,))
        told = with_number(unnamed, do, given, self.change)
        number = getattr(told, self.change)
        if not number:  # the item scanned again
            return self
        named = replace(self, new=number, is_new=True)
        named = replace(named, expires=told.expires or do.ask(date_by_default, self.line.goods, named._renamed))
        if not named.asks_date or named.expires:
            named._check(do)
        return named

    def _new_place(self, given: Given, do: Do) -> Reclassify:
        """Take a location and then, where it has bins, a bin; a bin scanned at once is one of this location."""
        if self.is_new:
            return self._at_place(self.new, do.find(given, {"bin"}, location=self.new).bin, do)
        places = locations(self, do)
        if places.turns(given.text):
            return replace(self, page=places.next)
        if as_digit(given.text) is not None:
            return self._at_place(places.chosen(given.text), "", do)
        found = do.find(given, {"location", "bin"})
        return self._at_place(found.location, found.bin, do)

    def _at_place(self, location: str, bin: str, do: Do) -> Reclassify:
        place = stock_location(do.books.records, location, when_directed="transfer order")
        placed = replace(self, new=location, is_new=True, asks_bin=place.bin_mandatory, new_bin=bin, page=0)
        placed = replace(placed, expires=do.ask(dated, self.line.goods).expires)
        if placed.prompt != "new":
            placed._check(do)
        return placed

    def _variant(self, given: Given, do: Do) -> str:
        """Return the variant of a digit of the list, a code or a label."""
        if as_digit(given.text) is not None:
            return variants(self, do).chosen(given.text)
        typed = do.books.records.one(Variant, self.line.item, code(given.text))
        if typed:
            return typed.code
        found = do.find(given, {"item"})
        if found.item != self.line.item or not found.variant:
            raise Refused("no_match_kind", prompt="variant", code=given.text)
        return found.variant

    def _expiry(self, given: Given, do: Do) -> Reclassify:
        return self._dated(typed_date(given.text, do.situation.work_date), do)

    def _dated(self, expires: date | None, do: Do) -> Reclassify:
        answered = replace(self, expires=expires, is_dated=True)
        answered._check(do)
        return answered

    def _reason(self, given: Given, do: Do) -> Reclassify:
        offered_reasons = reasons(self, do)
        if offered_reasons.turns(given.text):
            return replace(self, page=offered_reasons.next)
        return replace(self, reason=offered_reasons.chosen(given.text).code)

    def _ready(self, do: Do) -> Reclassify:
        """Make the operation's id once all is answered."""
        return replace(self, operation=do.new_operation(), page=0) if self.prompt == "summary" else self

    def _check(self, do: Do) -> None:
        do.run(check_reclassification, self._command(do))

    def _posted(self, do: Do) -> Step:
        if self.change == VARIANT:
            posted = do.run(change_variant, self._variant_change(do), self.operation)
        else:
            posted = do.run(post_reclassification, self._command(do), self.operation)
        return Step(Reclassify(), message=Message("posted", {"document": posted.document}), outcome="posted")

    def _command(self, do: Do) -> PostReclassification:
        if self.change == EXPIRY:
            lines = (replace(line, reason=self.reason) for line in whole_lot(self, do))
            return PostReclassification(tuple(lines))
        line, here = self.line, do.situation.location
        one = Reclassification(
            item=line.item,
            qty=self.qty or ZERO,
            location=here,
            new_location=self.new if self.change == LOCATION else here,
            bin=line.bin,
            new_bin=self.new_bin if self.change == LOCATION else line.bin,
            variant=line.variant,
            uom=self.uom,
            tracking=(do.ask(dated, line.goods),),
            new_tracking=(replace(_row(self._renamed), expires=self.expires),),
            reason=self.reason,
        )
        return PostReclassification((one,))

    def _variant_change(self, do: Do) -> ChangeVariant:
        line = self.line
        return ChangeVariant(
            item=line.item,
            variant=line.variant,
            new_variant=self.new,
            qty=self.qty or ZERO,
            location=do.situation.location,
            bin=line.bin,
            uom=self.uom,
            tracking=(_row(line.goods),),
            reason=self.reason,
        )

    @property
    def _renamed(self) -> Goods:
        """The goods under their new number."""
        goods = self.line.goods
        return Goods(
            goods.item,
            goods.variant,
            lot=self.new if self.change == LOT else goods.lot,
            serial=self.new if self.change == SERIAL else goods.serial,
            package=self.new if self.change == PACKAGE else goods.package,
        )

    def _before(self) -> Reclassify | None:
        """Return the state before the last answer, None at the first prompt: that leaves the job."""
        if self.reason:
            return replace(self, reason="", operation="")
        if self.is_dated:
            return replace(self, is_dated=False, expires=None if self.change == EXPIRY else self.expires, operation="")
        if self.new_bin and self.asks_bin:
            return replace(self, new_bin="", operation="")
        if self.is_new:
            return replace(self, new="", is_new=False, asks_bin=False, expires=None, operation="")
        if self.qty is not None and not self.line.serial:
            return replace(self, qty=None, uom="")
        if self.counted:
            return replace(self, counted=ZERO)
        if last := self.line.last_answered():
            return replace(self, qty=None, line=self.line.without(last))
        return Reclassify() if self.change else None


def _row(goods: Goods) -> TrackingRow:
    return TrackingRow(goods.lot, goods.serial, goods.package)


def _is_dated_by(tracking: TrackingCode, kind: str) -> bool:
    """Say whether a date belongs to the number of that kind: a lot's, where there is none a serial's."""
    return in_bins(tracking, kind) and kind == (LOT if in_bins(tracking, LOT) else SERIAL)


def _refuse_unfit(change: str, line: Line, tracking: TrackingCode, do: Do) -> None:
    """Refuse an item that has nothing to change."""
    if change in NUMBERS and not in_bins(tracking, change):
        raise Refused("not_tracked", item=line.item)
    if change == EXPIRY and not tracking.use_expiration:
        raise Refused("not_dated", item=line.item)
    if change == VARIANT and not do.books.records.rows(Variant, item=line.item):
        raise Refused("no_variants", item=line.item)
