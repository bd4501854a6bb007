"""Codes and facts to words, in the language of the operator.

Not here: the texts (one package a language), what stands where on a screen (tui/floor).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from string import Formatter

from domain.values import plain
from tui.jobs.view import Message
from tui.texts import en
from tui.texts.cleaning import CUT, KEPT_END, clean, cut, spelled
from tui.texts.wording import Text, wording_of

HANDHELD = 40
"""Two rows of 20 (messages.md)."""
LANGUAGES: dict[str, dict[str, Text]] = {"en": en.TEXTS}

_MISSING = "?"
_SHORTEST = len(CUT) + 2
_SHORTEST_CODE = len(CUT) + KEPT_END + 2
"""In less than two rows a bin or a number is rather told in a longer sentence than cut to nothing one can look for."""
_NUMBER = re.compile(r"[+-]?[0-9]{1,8}(\.[0-9]{1,5})?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A text that may be a quantity or a date; more digits are a code."""


def words(
    message: Message,
    language: str = "en",
    width: int = HANDHELD,
    charset: str = "utf-8",
    told: Callable[[str], str] = str,
) -> str:
    """Return the sentence of a message, at most `width` characters of those that a terminal has.

    `told` names keys in a text as the site has them.

    A fact with a word of its own (`prompt.qty`) is told by it; a blank one takes the blank before it along. Values
    that are too long are cut in the middle, numbers and dates never (floor-flows.md 12): where those alone do not
    fit, the sentence is longer. A code without a text is shown as it is, an unreadable scan told by its E_ code.
    """
    texts = LANGUAGES.get(language, en.TEXTS)
    code = str(message.facts.get("e_code") or message.code)
    text = texts.get(code)
    if text is None:
        return clean(code, width, charset)
    parts: list[str] = []
    cuttable: dict[int, int] = {}  # the places of such parts, and how short each may get
    for fixed, fact, _, _ in Formatter().parse(told(wording_of(text, message.facts))):
        parts.append(fixed)
        if fact is None:
            continue
        value = message.facts.get(fact, _MISSING)
        if value in (None, ""):
            parts[-1] = fixed.removesuffix(" ")
            continue
        if isinstance(value, str) and not _NUMBER.fullmatch(value):
            is_code = fact != "text" and width < HANDHELD
            cuttable[len(parts)] = _SHORTEST_CODE if is_code else _SHORTEST
        parts.append(_told(fact, value, texts, message.facts))
    return "".join(_fitted([spelled(part, charset) for part in parts], cuttable, width)).strip(" ")


def _told(fact: str, value: object, texts: Mapping[str, Text], facts: Mapping[str, object]) -> str:
    """Return a fact as it is read: moments as HH:MM in the zone they come in, dates ISO, Decimals plain."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    word = texts.get(f"{fact}.{value}")
    return clean(str(value)) if word is None else wording_of(word, facts)


def _fitted(parts: list[str], cuttable: Mapping[int, int], width: int) -> list[str]:
    """Return the parts with the longest of the values cut, as much as it takes."""
    room = width - sum(len(part) for at, part in enumerate(parts) if at not in cuttable)
    longest = max((len(parts[at]) for at in cuttable), default=0)

    def limit(at: int) -> int:
        return max(longest, cuttable[at])

    while longest > _SHORTEST and sum(min(len(parts[at]), limit(at)) for at in cuttable) > room:
        longest -= 1
    return [cut(part, limit(at)) if at in cuttable else part for at, part in enumerate(parts)]
