"""Adjust: bin, item, numbers, found or missing, quantity, reason, post (floor-flows.md, Adjust)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from domain.errors import NeedsConfirm, Refused
from domain.site import ReasonCode
from domain.values import ONE, ZERO
from domain.work.adjusting import (
    PostAdjustment,
    check_adjustment,
    check_second_person,
    is_asked_to_adjust,
    leave_for_approval,
    post_adjustment,
    reasons_for,
    refuse_nothing_here,
)
from tui.jobs.goods import (
    Line,
    asks_expiry,
    begin_line,
    find_item,
    item_of,
    location_of,
    with_bin,
    with_expiry,
    with_item,
    with_number,
)
from tui.jobs.job import Beep, Do, Given, Step, digit, not_here
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.quantity import answered_quantity, shown_count
from tui.jobs.view import Choice, Fact, Message, View

FOUND, MISSING = "found", "missing"
_SIGNS = (FOUND, MISSING)


@kept
@dataclass(frozen=True, slots=True)
class Adjust:
    """One adjustment on its way to its summary."""

    name: ClassVar[str] = "adjust"
    holds_refusals: ClassVar[bool] = True

    line: Line
    sign: str = ""
    counted: Decimal = ZERO
    """Pieces scanned at the quantity prompt."""
    qty: Decimal | None = None
    uom: str = ""
    reason: str = ""
    reason_page: int = 0
    operation: str = ""
    """Made when the summary opens (SAF-03)."""
    asks_second: bool = False
    """The summary wants a second person (SAF-28)."""
    second: str = ""
    """Who said he is the second person."""
    signed_by: str = ""
    """Whose PIN was right."""

    @classmethod
    def begin(cls, do: Do) -> Adjust:
        """Return a new adjustment at the location worked at."""
        return cls(begin_line(do))

    @property
    def prompt(self) -> str:
        """The first thing that is missing."""
        if self.line.prompt:
            return self.line.prompt
        if not self.sign:
            return "sign"
        if self.line.wants_expiry and not self.line.expires:
            return "expiry"
        if self.qty is None:
            return "qty"
        if not self.reason:
            return "reason"
        if self.asks_second:
            return "pin" if self.second else "who"
        return "summary"

    def answer(self, given: Given, do: Do) -> Step:
        """Take the answer of the prompt."""
        answers = {
            "bin": self._bin,
            "item": self._item,
            "lot": self._number,
            "serial": self._number,
            "package": self._number,
            "sign": self._sign,
            "expiry": self._expiry,
            "qty": self._qty,
            "reason": self._reason,
            "who": self._second,
            "pin": self._signed,
        }
        if self.prompt not in answers:  # the summary takes the Enter key or back only
            raise Beep
        return Step(answers[self.prompt](given, do))

    def press(self, command: str, do: Do) -> Step:
        """Enter accepts a scanned count and posts at the summary; back takes the last answer away."""
        if command == "back":
            return Step(self._before())
        if command != "ok":
            raise not_here()
        if self.prompt == "summary":
            return self._posted(do)
        if self.prompt == "who":
            waiting = do.run(leave_for_approval, self._command(do), self.operation)
            return Step(Adjust.begin(do), message=Message("left_for_approval", {"document": waiting.no}))
        if self.prompt == "qty" and self._offered:
            return Step(self._with_quantity(self._offered, item_of(self.line, do).base_uom, do))
        raise Refused("missing", what=self.prompt)

    def after_refusal(self) -> Adjust:
        """A wrong PIN asks for the second person again."""
        return replace(self, second="") if self.asks_second else self

    def resumed(self) -> Adjust:
        """A signature does not outlive the line."""
        return replace(self, asks_second=False, second="", signed_by="")

    def view(self, do: Do) -> View:
        """Show what is answered and what is asked."""
        choices: tuple[Choice, ...] = ()
        if self.prompt == "sign":
            choices = tuple(Choice(str(n), Message(f"sign.{sign}")) for n, sign in enumerate(_SIGNS, 1))
        if self.prompt == "reason":
            choices = self._reasons(do).choices(lambda row: Message("text", {"text": row.text}))
        return View(
            job=self.name,
            prompt=self.prompt,
            progress=self._reasons(do).progress if self.prompt == "reason" else "",
            body=self._body(),
            choices=choices,
            digits=bool(choices),
            field=shown_count(self._offered) if self.prompt == "qty" else None,
            counted=self.counted if self.prompt == "qty" and self.counted else None,
            got={**self.line.facts(), "qty": self.qty},
            secret=self.prompt == "pin",
            commands=("ok", "back", "find") if self.prompt in ("summary", "who") else ("back", "find"),
        )

    @property
    def _offered(self) -> Decimal | None:
        """What Enter takes at the quantity prompt: the pieces scanned, else what the label said."""
        return self.counted or self.line.proposed

    def _body(self) -> tuple[Message, ...]:
        """Tell the goods; at the summary its number and effect first (floor-flows.md 20)."""
        line = self.line
        if self.qty is None:
            return (*line.body(), *((Message(f"sign.{self.sign}"),) if self.sign else ()))
        facts: dict[str, Fact] = {"qty": self._signed_quantity(), "uom": self.uom, "item": line.item}
        if not self.reason:  # the list of reasons has the room
            return (Message("body.change", facts),)
        number = line.serial or line.lot or line.package
        facts |= {"bin": line.bin, "number": number, "reason": self.reason}
        if self.asks_second:
            asked = Message("body.second_pin") if self.second else Message("body.second_person")
            return (asked, Message("body.adjustment", facts))
        signed = (Message("body.signed", {"operator": self.signed_by}),) if self.signed_by else ()
        return (Message("body.post_adjustment", facts), *signed, *replace(line, bin="").body())

    def _bin(self, given: Given, do: Do) -> Adjust:
        return replace(self, line=with_bin(self.line, do, given))

    def _item(self, given: Given, do: Do) -> Adjust:
        found = find_item(self.line, do, given)
        if found.kind == "bin":
            return replace(self, line=replace(self.line, bin=found.bin))
        return replace(self, line=with_item(self.line, do, found, is_asked_to_adjust))

    def _number(self, given: Given, do: Do) -> Adjust:
        return replace(self, line=with_number(self.line, do, given, self.prompt))

    def _sign(self, given: Given, do: Do) -> Adjust:
        sign = _SIGNS[digit(given.text, len(_SIGNS)) - 1]
        if sign == MISSING:
            do.ask(refuse_nothing_here, location_of(do), self.line.bin, self.line.goods)
        signed = replace(self, sign=sign)
        if sign == FOUND:
            signed = replace(signed, line=replace(self.line, wants_expiry=asks_expiry(self.line, do)))
        return signed._serial_counts_one(do)

    def _expiry(self, given: Given, do: Do) -> Adjust:
        return replace(self, line=with_expiry(self.line, do, given))._serial_counts_one(do)

    def _qty(self, given: Given, do: Do) -> Adjust:
        answer = answered_quantity(do, given, self.line, counted=self.counted)
        if answer.is_scan:
            return replace(self, counted=answer.qty)
        return self._with_quantity(answer.qty, answer.uom, do)

    def _reason(self, given: Given, do: Do) -> Adjust:
        reasons = self._reasons(do)
        if reasons.turns(given.text):
            return replace(self, reason_page=reasons.next)
        return replace(self, reason=reasons.chosen(given.text).code, operation=do.new_operation())

    def _reasons(self, do: Do) -> Pages[ReasonCode]:
        return Pages(reasons_for(do.books, self.name), self.reason_page)

    def _second(self, given: Given, do: Do) -> Adjust:
        return replace(self, second=do.who(given))

    def _signed(self, given: Given, do: Do) -> Adjust:
        person = do.sign(self.second, given.text, "signature")
        do.run(check_second_person, person.code)
        return replace(self, asks_second=False, second="", signed_by=person.code)

    def _with_quantity(self, qty: Decimal, uom: str, do: Do) -> Adjust:
        """Refuse 0, and what could not be posted."""
        if not qty:
            raise Refused("bad_qty", max=do.situation.settings.max_typed_qty)
        answered = replace(self, qty=qty, uom=uom, counted=ZERO)
        do.run(check_adjustment, answered._command(do))
        return answered

    def _serial_counts_one(self, do: Do) -> Adjust:
        """A serial is one piece: its quantity is not asked (floor-flows.md 5)."""
        if not self.line.serial or self.prompt != "qty":
            return self
        return self._with_quantity(ONE, item_of(self.line, do).base_uom, do)

    def _posted(self, do: Do) -> Step:
        """Post; a second person is asked for at this terminal (SAF-28, decision 67)."""
        do.situation = replace(do.situation, second_person=self.signed_by)
        try:
            posted = do.run(post_adjustment, self._command(do), self.operation)
        except NeedsConfirm as asked:
            if asked.code != "over_limit":
                raise
            return Step(replace(self, asks_second=True), message=Message("over_limit"))
        return Step(Adjust.begin(do), message=Message("posted", {"document": posted.document}), outcome="posted")

    def _signed_quantity(self) -> Decimal:
        qty = self.qty or ZERO
        return qty if self.sign == FOUND else -qty

    def _command(self, do: Do) -> PostAdjustment:
        line = self.line
        return PostAdjustment(
            item=line.item,
            qty=self._signed_quantity(),
            location=do.situation.location,
            bin=line.bin,
            variant=line.variant,
            uom=self.uom,
            lot=line.lot,
            serial=line.serial,
            package=line.package,
            expires=line.expires,
            reason=self.reason,
        )

    def _before(self) -> Adjust | None:
        """Return the state before the last answer, None at the first prompt: that leaves the job."""
        if self.asks_second or self.signed_by:
            return replace(self, asks_second=False, second="", signed_by="")
        if self.reason:
            return replace(self, reason="", operation="")
        if self.qty is not None and not self.line.serial:
            return replace(self, qty=None, uom="")
        if self.counted:
            return replace(self, counted=ZERO)
        if self.line.expires and self.line.wants_expiry:
            return replace(self, qty=None, line=self.line.without("expiry"))
        if self.sign:
            return replace(self, qty=None, sign="", line=replace(self.line, wants_expiry=False))
        last = self.line.last_answered()
        return replace(self, line=self.line.without(last)) if last else None
