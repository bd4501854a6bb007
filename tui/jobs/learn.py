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
    """"" is all of the item; None, also of the unit, is not answered yet."""
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
    def missing(self) -> str:
        """What is asked: item, variant, uom, "" when all is known."""
        if not self.item:
            return "item"
        return "variant" if self.variant is None else "uom" if self.uom is None else ""

    @property
    def prompt(self) -> str:
        """Item, then what is to be chosen, then Enter."""
        return {"item": "item", "": "summary"}.get(self.missing, "new")

    def choosing(self, code: str) -> Learn:
        """Return it with the variant, else the unit, answered."""
        if self.missing == "variant":
            return replace(self, variant=code, page=0)
        return replace(self, uom=code)

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
        return Step(_chosen(self.choosing(chosen), do))

    def press(self, command: str, do: Do) -> Step:
        """Enter saves at the summary; back takes the item and all after it back, then leaves."""
        if command == "back":
            return Step(Learn(self.code) if self.item else None)
        if command != "ok":
            raise not_here()
        if self.missing:
            raise Refused("missing", what=self.missing)
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
            return View(
                job=self.name,
                prompt=self.prompt,
                progress=pages.progress,
                body=(Message(f"body.learn_{self.missing}", {"code": self.code}),),
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
        return Pages(_choices(self, do), self.page)

    def _told(self, code: str, do: Do) -> Message:
        if self.missing == "uom":
            unit = do.books.records.one(ItemUnit, self.item, code) or ItemUnit(self.item, code)
            return Message("sheet.unit", {"uom": code, "qty": unit.qty_per_unit, "base": _base(self.item, do)})
        if not code:
            return Message("learn.any_variant", {"item": self.item})
        return Message("text", {"text": code})


def _chosen(learn: Learn, do: Do) -> Learn:
    """Answer what leaves nothing to choose."""
    while learn.missing and len(only := _choices(learn, do)) == 1:
        learn = learn.choosing(only[0])
    return learn


def _choices(learn: Learn, do: Do) -> list[str]:
    """All of the item first, then each variant; the base unit first, then the others."""
    records = do.books.records
    if learn.missing == "variant":
        return ["", *(variant.code for variant in records.rows(Variant, item=learn.item))]
    base = _base(learn.item, do)
    return [base, *(unit.uom for unit in records.rows(ItemUnit, item=learn.item) if unit.uom != base)]


def _base(item: str, do: Do) -> str:
    card = do.books.records.one(Item, item)
    return card.base_uom if card else ""
