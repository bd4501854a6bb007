"""A person at a terminal: does mostly what the screen asks for, and makes the mistakes people make.

He knows what stands on his screen and what lies in front of him (the books), nothing of the session behind.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from domain.places.books import BinStock
from domain.values import ZERO, plain
from tests.domain.notation import SILVER, Warehouse
from tests.simulate.warehouse import BINS, ITEMS, LABELS, PIN
from tui.jobs.view import View

Act: TypeAlias = tuple[str, str]
"""`scan TEXT`, `type TEXT`, `key COMMAND`, `drop`, `wait`."""

MISTAKE = 0.12
RARE = 0.02
JOBS = ["3", "3", "3", "3", "5", "5", "6", "6", "7", "7", "8", "91", "98"]
"""Digits of the main menu; two digits are one of More."""
KEYS = ["back", "back", "ok", "done", "short", "next", "split", "full", "menu", "find", "help", "explain"]
COMMANDS = ["%%BACK", "%%DONE", "%%SHORT", "%%NEXT", "%%OK", "%%QTY=2", "%%HELP"]
NOT_HIS = ("taken_over", "order_finished", "done", "held")
"""Refusals after which he leaves the work to the other."""
LEAVES = 6
PATIENCE = 12


@dataclass(slots=True)
class Person:
    """Somebody with a scanner; `draw` is his temper."""

    code: str
    house: Warehouse
    draw: random.Random
    goes_on: str = ""
    """The digit that follows one typed at the menu."""
    trouble: int = 0
    """Refusals since the menu: nobody tries for ever."""
    leaving: int = 0
    """How often he still presses back: the work is another's."""

    def act(self, view: View) -> Act:
        """Return what he does at this screen."""
        if self.draw.random() < RARE:
            return self.draw.choice([("drop", ""), ("wait", ""), ("drop", "")])
        if view.prompt in ("who", "pin", "location"):
            return self._signs_in(view)
        self.trouble = self.trouble + 1 if view.error is not None else 0 if view.prompt == "menu" else self.trouble
        if view.error is not None and (view.error.code in NOT_HIS or self.trouble > PATIENCE):
            self.leaving, self.trouble = LEAVES, 0
        elif self.leaving:
            self.leaving -= 1
            return ("key", "back")
        if view.error is not None:
            return ("scan", self._anything()) if self._errs(MISTAKE) else ("key", self.draw.choice(["ok", "back"]))
        if self._errs(MISTAKE):
            return self._mistake()
        if view.prompt == "question":
            return self.draw.choice([("key", "ok"), ("key", "ok"), ("key", "back"), ("type", "1"), ("type", "8")])
        return self._answer(view)

    def _signs_in(self, view: View) -> Act:
        if view.prompt == "location":
            return ("key", "ok")
        if view.prompt == "who" and view.job not in ("login", "locked"):  # a second person is asked for
            return self.draw.choice([("type", "SUE"), ("type", "TOM"), ("key", "ok"), ("key", "back")])
        right = {"who": self.code, "pin": PIN}[view.prompt]
        return ("type", "111222") if view.prompt == "pin" and self._errs(RARE) else ("type", right)

    def _answer(self, view: View) -> Act:
        answers: dict[str, Callable[[View], Act]] = {
            "menu": self._menu,
            "document": self._document,
            "bin": lambda view: ("scan", f"B:{view.want.get('bin') or self.draw.choice(BINS)}"),
            "place": lambda _: ("scan", f"B:{self.draw.choice(BINS)}"),
            "item": self._item,
            "lot": lambda view: ("scan", f"L:{self._number(view, 'lot')}"),
            "serial": lambda view: ("scan", f"S:{self._number(view, 'serial')}"),
            "package": lambda _: ("key", "back"),
            "expiry": lambda view: ("key", "ok") if view.field else ("type", "150826"),
            "qty": self._qty,
            "sign": lambda _: ("type", self.draw.choice("12")),
            "change": lambda _: ("type", self.draw.choice("12256")),
            "new": lambda _: ("scan", f"L:N{self.draw.randrange(5)}"),
            "reason": lambda _: ("type", str(self.draw.randint(1, 4))),
            "finish": lambda _: ("key", "done"),
            "summary": lambda _: ("key", self.draw.choice(["ok", "ok", "ok", "back"])),
        }
        answer = answers.get(view.prompt)
        return answer(view) if answer else ("key", "back")

    def _menu(self, view: View) -> Act:
        if self.goes_on:
            digit, self.goes_on = self.goes_on, ""
            return ("type", digit)
        if view.job != "menu":
            digits = [choice.digit for choice in view.choices]
            return ("type", self.draw.choice(digits)) if digits and not self._errs(0.3) else ("key", "back")
        digit, self.goes_on = (*self.draw.choice(JOBS), "")[:2]
        if len(view.choices) and digit not in [choice.digit for choice in view.choices]:
            self.goes_on = ""
            return ("key", "back")
        return ("type", digit)

    def _document(self, view: View) -> Act:
        if view.choices:
            return ("type", self.draw.choice([choice.digit for choice in view.choices][:4]))
        if view.job == "count":
            return ("scan", f"B:{self.draw.choice(BINS)}")
        return ("key", self.draw.choice(["ok", "back"]))

    def _item(self, view: View) -> Act:
        if view.want.get("item"):
            item = str(view.want["item"])
        else:
            there = self._there(view)
            item = self.draw.choice(there).item if there and not self._errs(0.1) else self.draw.choice(ITEMS)
        if view.job == "count" and self._errs(0.25):
            return ("key", self.draw.choice(["done", "done", "done", "next", "short"]))
        return ("scan", LABELS[item] if item in LABELS and self._errs(0.3) else f"I:{item}")

    def _number(self, view: View, kind: str) -> str:
        wanted = view.want.get(kind)
        if wanted and not self._errs(0.15):
            return str(wanted)
        item = view.got.get("item")
        here = [str(getattr(row, kind)) for row in self._there(view) if row.item == item and getattr(row, kind)]
        return self.draw.choice(here) if here and not self._errs(0.1) else f"X{self.draw.randrange(9)}"

    def _qty(self, view: View) -> Act:
        if view.field and not self._errs(0.3):
            return ("key", "ok")
        item = view.got.get("item")
        if item and self._errs(0.2):
            return ("scan", f"I:{item}")
        here = [row for row in self._there(view) if row.item == item and row.lot == (view.got.get("lot") or "")]
        if view.job == "count" and here and not self._errs(0.2):
            return ("type", plain(sum((row.qty_base for row in here), ZERO)))
        return ("type", str(self.draw.choice([1, 1, 2, 3, 5, 12, 40, 0])))

    def _there(self, view: View) -> list[BinStock]:
        """Return what lies in front of him."""
        bin = str(view.got.get("bin") or view.want.get("bin") or "")
        return self.house.ask(lambda books: books.bins.in_bin(SILVER, bin)) if bin else []

    def _mistake(self) -> Act:
        return self.draw.choice([("key", self.draw.choice(KEYS)), ("scan", self._anything()), ("type", self._typed())])

    def _anything(self) -> str:
        bin, item = self.draw.choice(BINS), self.draw.choice(ITEMS)
        numbers = [f"L:MILK-{self.draw.randrange(3)}", f"S:SN-{self.draw.randrange(12)}-A", "0012345678"]
        return self.draw.choice([f"B:{bin}", f"I:{item}", *numbers, *LABELS.values(), *COMMANDS, "O:SO1", "PICK1"])

    def _typed(self) -> str:
        typed: list[str] = [*"0123456789", "12", "99999999", "2,5", "..", ".x", *ITEMS]
        return self.draw.choice(typed)

    def _errs(self, chance: float) -> bool:
        return self.draw.random() < chance
