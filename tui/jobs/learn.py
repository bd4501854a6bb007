"""Learn a code: its item by scan or number, variant and unit by digit, Enter saves it (catalogue.md, On the floor).

Not here: which codes may be learned (domain/work/learning), a rule for many of them (site_rule.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from domain.errors import Refused
from domain.items.card import Item, ItemUnit, Variant
from domain.scanning.reading import Reading
from domain.work.learning import RIGHT, LearnCode, check_code, code_of, learn_code
from tui.jobs.job import Beep, Do, Given, Step, not_here
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.view import Message, View


@kept
@dataclass(frozen=True, slots=True)
class Learn:
    """A code on its way to an item."""

    name: ClassVar[str] = "learn"
    holds_refusals: ClassVar[bool] = True

    code: str
    item: str = ""
    variant: str | None = None
    """None is not answered yet, "" all of the item; of the unit likewise, and no unit is the base unit."""
    uom: str | None = None
    page: int = 0

    @classmethod
    def of(cls, reading: Reading, do: Do) -> Learn | None:
        """Return the job for what was scanned; None where it cannot be learned, or not by this operator."""
        code = code_of(reading)
        if not code or RIGHT not in do.situation.rights:
            return None
        try:
            return cls(do.run(check_code, code))
        except Refused:
            return None

    @property
    def prompt(self) -> str:
        """Item, then what is left to choose, then Enter."""
        if not self.item:
            return "item"
        return "summary" if self.variant is not None and self.uom is not None else "new"

    def answer(self, given: Given, do: Do) -> Step:
        """Take the item, then digits."""
        if self.prompt == "item":
            found = do.find(given, {"item"})
            variant = found.variant if found.variant or found.is_variant_chosen else None
            return Step(_chosen(Learn(self.code, found.item, variant), do))
        if self.prompt != "new":  # the summary takes the Enter key or back only
            raise Beep
        pages = self._pages(do)
        if pages.turns(given.text):
            return Step(replace(self, page=pages.next))
        chosen = pages.chosen(given.text)
        answered = replace(self, variant=chosen, page=0) if self.variant is None else replace(self, uom=chosen)
        return Step(_chosen(answered, do))

    def press(self, command: str, do: Do) -> Step:
        """Enter saves at the summary; back takes the item and all after it back, then leaves."""
        if command == "back":
            return Step(Learn(self.code) if self.item else None)
        if command != "ok":
            raise not_here()
        if self.prompt != "summary":
            raise Refused("missing", what="item" if not self.item else "variant" if self.variant is None else "uom")
        do.run(learn_code, LearnCode(self.code, self.item, self.variant or "", self.uom or ""))
        return Step(None, message=Message("learned", {"code": self.code, "item": self.item}))

    def after_refusal(self) -> Learn:
        """Stay."""
        return self

    def resumed(self) -> Learn:
        """Stand at the same prompt."""
        return self

    def view(self, do: Do) -> View:
        """Say what is wanted, with the list to choose from."""
        if self.prompt == "new":
            pages = self._pages(do)
            wanted = "body.learn_variant" if self.variant is None else "body.learn_unit"
            return View(
                job=self.name,
                prompt=self.prompt,
                progress=pages.progress,
                body=(Message(wanted, {"code": self.code}),),
                choices=pages.choices(lambda code: self._told(code, do)),
                digits=True,
                commands=("back",),
            )
        told = Message(
            "body.learn_summary" if self.item else "body.learn",
            {"code": self.code, "uom": self.uom, "item": self.item, "variant": self.variant},
        )
        return View(
            job=self.name,
            prompt=self.prompt,
            body=(told,),
            commands=("ok", "back") if self.prompt == "summary" else ("back",),
        )

    def _pages(self, do: Do) -> Pages[str]:
        return Pages(_variants(self.item, do) if self.variant is None else _units(self.item, do), self.page)

    def _told(self, code: str, do: Do) -> Message:
        if self.variant is not None:
            unit = do.books.records.one(ItemUnit, self.item, code) or ItemUnit(self.item, code)
            return Message("sheet.unit", {"uom": code, "qty": unit.qty_per_unit, "base": _base(self.item, do)})
        if not code:
            return Message("learn.any_variant", {"item": self.item})
        return Message("text", {"text": code})


def _chosen(learn: Learn, do: Do) -> Learn:
    """Answer what leaves nothing to choose."""
    if learn.variant is None and len(_variants(learn.item, do)) == 1:
        learn = replace(learn, variant="")
    units = _units(learn.item, do)
    if learn.variant is not None and learn.uom is None and len(units) == 1:
        learn = replace(learn, uom=units[0])
    return learn


def _variants(item: str, do: Do) -> list[str]:
    """All of the item first, then each variant."""
    return ["", *(variant.code for variant in do.books.records.rows(Variant, item=item))]


def _units(item: str, do: Do) -> list[str]:
    """The base unit first."""
    base = _base(item, do)
    return [base, *(unit.uom for unit in do.books.records.rows(ItemUnit, item=item) if unit.uom != base)]


def _base(item: str, do: Do) -> str:
    card = do.books.records.one(Item, item)
    return card.base_uom if card else ""
