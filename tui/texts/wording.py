"""What an entry of a language's table is, and which of its wordings fits the facts.

Not here: the tables themselves (one package a language), filling in the facts (words.py).
"""

from __future__ import annotations

from collections.abc import Mapping

Text = str | dict[str, str]
"""One wording, or several by fact: the first key that fits counts. `lot` fits where that fact is given,
`job=count` where it has that value, "" always."""


def wordings(text: Text) -> list[str]:
    """Return every wording of `text`."""
    return [text] if isinstance(text, str) else list(text.values())


def wording_of(text: Text, facts: Mapping[str, object]) -> str:
    """Return the wording of `text` that fits the facts; the last one where none does."""
    if isinstance(text, str):
        return text
    return next((wording for key, wording in text.items() if _fits(key, facts)), wordings(text)[-1])


def _fits(key: str, facts: Mapping[str, object]) -> bool:
    name, _, value = key.partition("=")
    return not name or (str(facts.get(name)) == value if value else facts.get(name) not in (None, ""))
