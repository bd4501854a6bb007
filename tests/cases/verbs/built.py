"""The table of verbs that are built: each module here enters its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tests.cases.arguments import Arguments
from tests.cases.matching import Actual
from tests.cases.vocabulary import ANY, STEP, words
from tests.cases.world import World

Result: TypeAlias = "Mapping[str, Actual] | None"
Play: TypeAlias = Callable[[World, Arguments], Result]


@dataclass(frozen=True, slots=True)
class Built:
    """How a verb is played, and the arguments of it that the product understands."""

    play: Play
    takes: frozenset[str]

    def missing(self, arguments: Mapping[str, object]) -> str:
        """Return an argument that is not built, "" where all are."""
        return "" if ANY in self.takes else next((name for name in arguments if name not in self.takes), "")


BUILT: dict[str, Built] = {}


def verb(*names: str, takes: str) -> Callable[[Play], Play]:
    """Enter a function under its verbs."""

    def enter(play: Play) -> Play:
        BUILT.update(dict.fromkeys(names, Built(play, STEP | words(takes))))
        return play

    return enter
