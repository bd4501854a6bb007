"""How each role of a row looks: in the eight colours of every terminal, or in reverse and bold alone.

Meaning is never colour alone (SCN-110): a refusal is also reverse and a word, a question bold and its prompt.

Not here: which terminal gets which (profiles.py), what has which role (page.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style

from tui.floor.page import QUESTION, REFUSED, STRONG, TAKEN, TITLE

Theme = Mapping[str, Style]
"""Role to look; a role that is not there is painted as the terminal writes by itself, without any sequence."""

MONO: Theme = {
    TITLE: Style(reverse=True),
    STRONG: Style(bold=True),
    QUESTION: Style(bold=True),
    REFUSED: Style(reverse=True),
}
COLOUR: Theme = {
    **MONO,
    QUESTION: Style(bold=True, color="yellow"),
    REFUSED: Style(reverse=True, color="red"),
    TAKEN: Style(color="green"),
}
