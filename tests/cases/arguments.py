"""Reading the arguments of a step or a row: text until a field says number or date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.cases.matching import date_from, number_from
from tests.cases.vocabulary import Mistake


@dataclass(frozen=True, slots=True)
class Arguments:
    """The tree of one step or row, with the case's today for its dates."""

    tree: Mapping[str, Any]
    today: date

    def __contains__(self, name: str) -> bool:
        return name in self.tree

    def text(self, name: str, default: str = "") -> str:
        """Return a text; null is ""."""
        value = self.tree.get(name, default)
        return "" if value is None else str(value)

    def number(self, name: str) -> Decimal | None:
        """Return a number, None where there is none."""
        text = self.text(name)
        if not text:
            return None
        value = number_from(text)
        if value is None:
            raise Mistake(f"{name}: {text} is not a number")
        return value

    def day(self, name: str) -> date | None:
        """Return a date, None where there is none."""
        text = self.text(name)
        if not text:
            return None
        value = date_from(text, self.today)
        if value is None:
            raise Mistake(f"{name}: {text} is not a date")
        return value

    def flag(self, name: str) -> bool:
        """Return true or false; false where it is not given."""
        text = self.text(name, "false")
        if text not in ("true", "false"):
            raise Mistake(f"{name}: {text} is neither true nor false")
        return text == "true"

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; a single one is a list of one."""
        value = self.tree.get(name) or ()
        return (value,) if isinstance(value, str) else tuple(value)

    def rows(self, name: str) -> list[Arguments]:
        """Return the rows of a list."""
        return [Arguments(row or {}, self.today) for row in self.tree.get(name) or []]

    def keyed(self, name: str) -> list[tuple[str, Arguments]]:
        """Return the rows of a mapping with their keys."""
        return [(str(key), Arguments(row or {}, self.today)) for key, row in (self.tree.get(name) or {}).items()]

    def part(self, name: str) -> Arguments:
        """Return a mapping inside this one."""
        return Arguments(self.tree.get(name) or {}, self.today)
