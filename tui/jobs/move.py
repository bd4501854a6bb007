"""Move: out of a bin and, by the scan of another, posted into it; whole bins too (floor-flows.md, Move)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from domain.errors import Refused
from domain.items.moving import in_base_unit
from domain.values import ONE, ZERO
from domain.work.moving import MoveGoods, location_with_bins, move_goods, whole_bin, whole_package
from domain.work.stock_here import Goods, Portion
from tui.jobs.goods import Line, find_item, item_of, location_of
from tui.jobs.job import Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.quantity import shown_count
from tui.jobs.taking import (
    free_of,
    from_bin,
    narrowed,
    offered,
    quantity_taken,
    refuse_all_held,
    refuse_quantity,
    taken,
    taken_number,
)
from tui.jobs.view import Fact, Message, View

kept(Goods)
kept(Portion)


@kept
@dataclass(frozen=True, slots=True)
class Move:
    """One move on its way to its second bin."""

    name: ClassVar[str] = "move"
    holds_refusals: ClassVar[bool] = True

    line: Line = Line(at_bins=True)
    together: tuple[Portion, ...] = ()
    """What moves by list: a whole bin or package."""
    counted: Decimal = ZERO
    """Pieces scanned at the quantity prompt."""
    qty: Decimal | None = None
    uom: str = ""
    operation: str = ""
    """Made when the second bin is asked (SAF-03)."""
    last: str = ""
    """The bin of the move before: Enter goes on with it."""

    @classmethod
    def begin(cls, do: Do) -> Move:
        """Return a new move. Raises Refused("no_bins") at a location without."""
        do.ask(location_with_bins, do.situation.location)
        return cls()

    @property
    def prompt(self) -> str:
        """The first thing that is missing."""
        if self.together:
            return "place"
        return self.line.prompt or ("qty" if self.qty is None else "place")

    def answer(self, given: Given, do: Do) -> Step:
        """Take the answer of the prompt."""
        if self.prompt == "place":
            return self._moved(given, do)
        answers = {
            "bin": self._from,
            "item": self._from,
            "lot": self._number,
            "serial": self._number,
            "package": self._number,
            "qty": self._qty,
        }
        return Step(answers[self.prompt](given, do))

    def press(self, command: str, do: Do) -> Step:
        """Enter takes what is proposed, at the item the whole bin; back takes the last answer away."""
        if command == "back":
            return Step(self._before())
        if command == "full" and self.prompt == "qty":
            return Step(self._with_quantity(free_of(self.line, do), "", do))
        if command != "ok":
            raise not_here()
        if self.prompt == "bin" and self.last:
            return Step(Move(from_bin(do, self.last)))
        if self.prompt == "item":
            return Step(self._listed(do.ask(whole_bin, location_of(do), self.line.bin), do))
        if self.prompt == "qty":
            return Step(self._with_quantity(offered(self.line, do, self.counted), "", do))
        raise Refused("missing", what=self.prompt)

    def after_refusal(self) -> Move:
        """Stand at the same prompt."""
        return self

    def resumed(self) -> Move:
        """Stand at the same prompt."""
        return self

    def view(self, do: Do) -> View:
        """Show what is answered and what is asked; of a list every line of it."""
        fields = {
            "bin": self.last or None,
            "qty": shown_count(offered(self.line, do, self.counted)) if self.prompt == "qty" else None,
        }
        field = fields.get(self.prompt)
        return View(
            job=self.name,
            prompt=self.prompt,
            body=self._body(),
            field=field,
            got={**self.line.facts(), "qty": self.qty},
            counted=self.counted if self.prompt == "qty" and self.counted else None,
            lines=tuple(_portion_facts(portion) for portion in self.together),
            commands=("ok", "back", "find") if self.prompt == "item" or field else ("back", "find"),
        )

    def _body(self) -> tuple[Message, ...]:
        line = self.line
        if self.together:
            bins = {portion.bin for portion in self.together}
            one_bin = self.together[0].bin if len(bins) == 1 else ""
            rows = (_portion_facts(portion) | {"bin": "" if one_bin else portion.bin} for portion in self.together)
            told = Message("body.together", {"n": len(self.together), "bin": one_bin})
            return (told, *(Message("body.portion", row) for row in rows))
        if self.prompt == "item":
            return (*line.body(), Message("body.whole_bin"))
        if self.qty is None:
            return line.body()
        facts: dict[str, Fact] = {"qty": self.qty, "uom": self.uom, "item": line.item}
        return (Message("body.change", facts), *line.body())

    def _from(self, given: Given, do: Do) -> Move:
        """Take a bin, or goods: those are in the bin that is open, else their bin is found (floor-flows.md 3a)."""
        found = find_item(self.line, do, given)
        if found.kind == "bin":
            return Move(from_bin(do, found.bin))
        if found.kind == "package":
            return self._listed(do.ask(whole_package, location_of(do), found.number, self.line.bin), do)
        return Move(narrowed(taken(self.line, do, found), do))._known(do)

    def _listed(self, portions: list[Portion], do: Do) -> Move:
        return replace(self, together=tuple(portions), operation=do.new_operation())

    def _number(self, given: Given, do: Do) -> Move:
        line = taken_number(self.line, do, given, self.prompt)
        return replace(self, line=narrowed(line, do))._known(do)

    def _known(self, do: Do) -> Move:
        """Refuse goods that are held whole, once they are known; a serial is one piece, its quantity is not asked."""
        if self.line.prompt:
            return self
        refuse_all_held(self.line, do)
        return self._with_quantity(ONE, "", do) if self.line.serial else self

    def _qty(self, given: Given, do: Do) -> Move:
        answer = quantity_taken(self.line, do, given, self.counted)
        if answer.is_scan:
            return replace(self, counted=answer.qty)
        return self._with_quantity(answer.qty, answer.uom, do)

    def _with_quantity(self, qty: Decimal, uom: str, do: Do) -> Move:
        refuse_quantity(self.line, do, qty, uom)
        uom = uom or item_of(self.line, do).base_uom
        return replace(self, qty=qty, uom=uom, counted=ZERO, operation=do.new_operation())

    def _moved(self, given: Given, do: Do) -> Step:
        """Post: the scan of the second bin is the confirmation (floor-flows.md 20)."""
        to_bin = do.find(given, {"bin"}).bin
        portions = self.together or (Portion(self.line.bin, self.line.goods, self.qty or ZERO, self.uom),)
        posted = do.run(move_goods, MoveGoods(do.situation.location, to_bin, portions), self.operation)
        told: dict[str, Fact] = {"document": posted.document, "qty": _total(portions, do)}
        if len(portions) > 1:
            told["n"] = len(portions)
        return Step(Move(last=self.line.bin), message=Message("moved", told), outcome="posted")

    def _before(self) -> Move | None:
        """Return the state before the last answer, None at the first prompt: that leaves the job."""
        if self.together:
            return replace(self, together=(), operation="")
        if self.qty is not None and not self.line.serial:
            return replace(self, qty=None, uom="", operation="")
        if self.counted:
            return replace(self, counted=ZERO)
        last = self.line.last_answered()
        return replace(self, qty=None, operation="", line=self.line.without(last)) if last else None


def _portion_facts(portion: Portion) -> dict[str, Fact]:
    goods = portion.goods
    return {
        "bin": portion.bin,
        "item": goods.item,
        "variant": goods.variant or None,
        "number": goods.serial or goods.lot or goods.package or None,
        "qty": portion.qty,
    }


def _total(portions: tuple[Portion, ...], do: Do) -> Decimal:
    """Return how much moved, in base units."""
    records, total = do.books.records, ZERO
    for portion in portions:
        item = item_of(Line(item=portion.goods.item, variant=portion.goods.variant), do)
        total += in_base_unit(records, item, portion.uom, portion.qty).qty_base
    return total
