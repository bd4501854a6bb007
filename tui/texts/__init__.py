"""Everything shown, by language, and the one cleaner of text from outside."""

from __future__ import annotations

from tui.texts.cleaning import clean, cut
from tui.texts.words import HANDHELD, words

__all__ = ["HANDHELD", "clean", "cut", "words"]
