"""Bin codes written as ranges, `W-{01..04}-{A..D}`, and back (SITE-04, bins.md 7).

Not here: what a row says about its bins (bins.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from config.scalars import Unreadable, text
from domain.values import code

LARGEST_RANGE = 200_000
LONGEST_BIN = 20
_BRACES = re.compile(r"\{([^{}]*)\}")
_NUMBERS = re.compile(r"([0-9]{1,9})\.\.([0-9]{1,9})")
_LETTERS = re.compile(r"([A-Z])\.\.([A-Z])")
_STEP = re.compile("[0-9]{1,9}|[A-Z]")
_PARTS = re.compile("[0-9]{1,9}|[A-Z]|[^0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class BinCodes:
    """The codes of one row: the fixed parts, and between them what each pair of braces runs through."""

    fixed: tuple[str, ...]
    runs: tuple[tuple[str, range], ...]
    """How a figure of the run is written (`02d` a width, `c` a letter), and the figures."""

    @property
    def is_range(self) -> bool:
        """Say whether the row had braces."""
        return bool(self.runs)

    def __len__(self) -> int:
        return prod(len(run) for _, run in self.runs)

    def __iter__(self) -> Iterator[str]:
        """Yield the codes, the last braces running fastest."""
        for figures in product(*(run for _, run in self.runs)):
            written = (format(figure, form) for figure, (form, _) in zip(figures, self.runs, strict=True))
            yield self.fixed[0] + "".join(run + rest for run, rest in zip(written, self.fixed[1:], strict=True))


def bin_codes(value: object) -> BinCodes:
    """Read a bin code or a range of them; widths are kept: 01..12 gives 01, 02 ... 12."""
    written = code(text(value))
    fixed = tuple(_BRACES.split(written)[::2])
    found = BinCodes(fixed, tuple(_run(inside) for inside in _BRACES.findall(written)))
    if any(set(part) & set("{}") for part in fixed):
        raise Unreadable(f'"{written}" has a brace without its other half', 'write a range like "W-{01..12}"')
    if len(found) > LARGEST_RANGE:
        raise Unreadable(f"makes more than {LARGEST_RANGE:,} bins", "split the range")
    longest = sum(map(len, fixed)) + sum(len(format(run[-1], form)) for form, run in found.runs)
    if not written or longest > LONGEST_BIN or not written.isprintable():
        raise Unreadable(f'"{written}" is not a bin code', f"write 1 to {LONGEST_BIN} letters and digits")
    return found


def _run(inside: str) -> tuple[str, range]:
    if found := _NUMBERS.fullmatch(inside):
        form, first, last = f"0{len(found[1])}d", int(found[1]), int(found[2])
    elif found := _LETTERS.fullmatch(inside):
        form, first, last = "c", ord(found[1]), ord(found[2])
    else:
        raise Unreadable(f'"{{{inside}}}" is not a range', "write {01..12} or {A..D}")
    if first > last:
        raise Unreadable(f'"{{{inside}}}" runs backwards', f"write {{{found[2]}..{found[1]}}}")
    return form, range(first, last + 1)


def folded(codes: Iterable[str]) -> list[str]:
    """Return rows of ranges that make just these codes, each once; what is alone stays as it is.

    Where codes differ in one figure or letter only, and count on without a gap, one pair of braces takes it: the last
    place first, then those before it.
    """
    rows = [tuple(_PARTS.findall(code)) for code in codes]
    for place in reversed(range(max(map(len, rows), default=0))):
        alike: defaultdict[tuple[tuple[str, ...], tuple[str, ...], int, bool], list[str]] = defaultdict(list)
        rest = []
        for row in rows:
            if len(row) > place and _STEP.fullmatch(row[place]):
                alike[row[:place], row[place + 1 :], len(row[place]), row[place].isdigit()].append(row[place])
            else:
                rest.append(row)
        for (before, after, _, _), steps in alike.items():
            most = LARGEST_RANGE // len(bin_codes("".join((*before, *after)) or "-"))
            rest += [(*before, run, *after) for run in _runs(sorted(steps), most)]
        rows = rest
    return sorted("".join(row) for row in rows)


def _runs(steps: Sequence[str], most: int) -> Iterator[str]:
    """Yield figures or letters that follow each other as braces, at most so many in one."""
    first = 0
    for at in range(1, len(steps) + 1):
        if at == len(steps) or _after(steps[at - 1]) != steps[at] or at - first == most:
            yield steps[first] if at - first == 1 else f"{{{steps[first]}..{steps[at - 1]}}}"
            first = at


def _after(step: str) -> str:
    return format(int(step) + 1, f"0{len(step)}d") if step.isdigit() else chr(ord(step) + 1)
