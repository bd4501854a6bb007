"""GS1 element strings that came without any separator: every way they may be read (SCN-50).

A field of variable length takes all that follows where its separator is lost. What follows may be a field of its own:
then a person is asked.
Not here: strings with a separator, or from a device that is known to send them (gs1_strings.py, SCN-51).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from domain.scanning.cleaning import Scan
from domain.scanning.gs1_elements import Element, fits, reading_of
from domain.scanning.gs1_identifiers import ai_at, identifier
from domain.scanning.gs1_strings import read_separated
from domain.scanning.gs1_values import facts_of
from domain.scanning.reading import Facts, Reading

MOST_READINGS, MOST_TRIED = 64, 20_000

_FOLLOWER = re.compile("(?=(?:0[12][0-9]{14}|00[0-9]{18}|(?:10|21).|(?:1[13567]|310[0-5])[0-9]{6}|3[07][0-9]))")
"""Where a field may stand that follows one that ended early."""

_Place: TypeAlias = tuple[int, bool]
"""A position, and whether any field may stand there, not only one that may follow where another ended early."""
_Step: TypeAlias = tuple[str, Facts, _Place]
"""A field that may stand at a place, and the place after it."""


def read_unseparated(scan: Scan, text: str, *warn: str) -> Reading:
    """Return the one reading there is, all where there are several, and what is wrong from left to right where none."""
    plain = read_separated(scan, text, *warn)
    if not _FOLLOWER.search(text, _earliest_end(text)):
        return plain
    search = _Search(scan, text)
    told = (*scan.warn, *warn, *(("W_NOSEP",) if plain.error else ()))
    found = (reading_of(scan.raw, elements, *told) for elements in search.readable())
    readings = [*islice((reading for reading in found if not reading.error), MOST_READINGS)]
    if len(readings) > 1 or search.is_stopped:
        return Reading(scan.raw, error="E_AMBIG", readings=tuple(readings))
    return readings[0] if readings else plain


def _earliest_end(text: str) -> int:
    """Return where the first field of variable length may end; the end of the text where there is none."""
    at = 0
    while known := identifier(ai_at(text, at)):
        at += len(known.ai)
        if not known.is_predefined:
            return at + 1
        at += known.longest
    return len(text)


class _Search:
    """All ways to read a text, from the places that can be reached and lead to its end."""

    def __init__(self, scan: Scan, text: str) -> None:
        self._scan = scan
        self._text = text
        self._ends = [*(found.start() for found in _FOLLOWER.finditer(text)), len(text)]
        self._tried = 0
        self._steps = self._steps_to_the_end()

    @property
    def is_stopped(self) -> bool:
        """Whether there was more to try than may be."""
        return self._tried > MOST_TRIED

    def readable(
        self, place: _Place = (0, True), before: tuple[Element, ...] = (), beside: Mapping[str, Facts] | None = None
    ) -> Iterator[tuple[Element, ...]]:
        """Yield the elements of each way, longest fields first."""
        beside = beside or {}
        for ai, facts, then in self._steps.get(place, ()):
            self._tried += 1
            if self.is_stopped:
                return
            if not fits(beside, ai, facts):
                continue
            elements = (*before, (ai, facts))
            if then[0] == len(self._text):
                yield elements
            else:
                yield from self.readable(then, elements, {**beside, ai: facts})

    def _steps_to_the_end(self) -> dict[_Place, list[_Step]]:
        """Return the fields of each place that can be reached, without those after which the rest cannot be read."""
        steps: dict[_Place, list[_Step]] = {}
        for place, ends in reversed(self._reached().items()):
            open_ends = (then for then in ends if steps.get(then) or then[0] == len(self._text))
            steps[place] = [step for then in open_ends if (step := self._step(place[0], then))]
        return steps

    def _reached(self) -> dict[_Place, list[_Place]]:
        """Return the places that fields of the right lengths lead to, with those they lead to in turn."""
        reached = {(0, True)}
        after: dict[_Place, list[_Place]] = {}
        for at in range(len(self._text)):
            for place in ((at, True), (at, False)):
                if place in reached:
                    after[place] = self._places_after(at)
                    self._tried += len(after[place])
                    reached.update(after[place])
        return after

    def _places_after(self, at: int) -> list[_Place]:
        """Return where a field that begins here may end, the farthest first."""
        known = identifier(ai_at(self._text, at))
        if known is None:
            return []
        start = at + len(known.ai)
        last = min(start + known.longest, len(self._text))
        if known.is_predefined:
            return [(last, True)]
        ends = self._ends[bisect_left(self._ends, start + 1) : bisect_right(self._ends, last)]
        return [(end, False) for end in reversed(ends)]

    def _step(self, at: int, then: _Place) -> _Step | None:
        """Return the field between two places, None where it has no valid value."""
        ai = ai_at(self._text, at)
        known = identifier(ai)
        facts = facts_of(self._scan, known, self._text[at + len(ai) : then[0]]) if known else None
        return None if facts is None or isinstance(facts, Reading) else (ai, facts, then)
