"""What the value of an application identifier may look like (SCN-40), worked out from the table when first met.

Not here: what the value means (gs1_values.py), the table itself (ai_table.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from domain.scanning.ai_table import SHAPES

SET_82 = re.compile('[^!"%-?A-Z_a-z]')
"""Finds a character that no GS1 text may hold."""
_FOREIGN = {"N": SET_82, "X": SET_82, "Y": re.compile("[^#/0-9A-Z-]"), "Z": re.compile("[^0-9A-Z_a-z=-]")}
_PART = re.compile(r"(\[?)([NXYZ])(\.\.)?([0-9]+)]?(,csum)?")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An application identifier and the shape of its value."""

    ai: str
    is_predefined: bool
    """Ends after its length; all others at a separator or at the end."""
    lengths: frozenset[int]
    longest: int
    digits: int
    """How many characters at the start must be digits, as far as there are so many."""
    checked: slice | None
    """The number that ends in a check digit."""
    foreign: re.Pattern[str]
    """Finds a character that the value may not hold."""

    @property
    def span(self) -> str:
        """Return its lengths as they are told."""
        shortest = min(self.lengths)
        if self.longest - shortest + 1 == len(self.lengths) > 1:
            return f"{shortest}-{self.longest}"
        return " or ".join(str(length) for length in sorted(self.lengths))


def identifier(ai: str) -> Identifier | None:
    """Return what belongs to exactly this identifier, None where there is none."""
    return _identifier(ai) if ai in _SHAPES else None


def ai_at(text: str, at: int) -> str:
    """Return what stands where an identifier begins; its first two digits say how long it is."""
    return text[at : at + _WIDTHS.get(text[at : at + 2], 2)]


def _listed() -> Iterator[tuple[str, str]]:
    for identifiers, shape in SHAPES.items():
        first, _, last = identifiers.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield f"{number:0{len(first)}}", shape


_SHAPES = dict(_listed())
_WIDTHS = {ai[:2]: len(ai) for ai in _SHAPES}


@cache
def _identifier(ai: str) -> Identifier:
    shape = _SHAPES[ai]
    lengths, digits, checked, foreign = {0}, 0, None, SET_82
    for optional, kind, up_to, size, check in _PART.findall(shape):
        before, longest = max(lengths), int(size)
        if kind == "N" and digits == before:
            digits += longest
        if check:
            checked = slice(before, before + longest)
        with_part = {length + own for length in lengths for own in range(1 if up_to else longest, longest + 1)}
        lengths = with_part | lengths if optional else with_part
        foreign = _FOREIGN[kind]
    return Identifier(ai, shape.startswith("*"), frozenset(lengths), max(lengths), digits, checked, foreign)
