"""What is asked of storage about items beyond their cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class ItemTexts(Protocol):
    """The numbers and texts of all items."""

    def with_words(self, words: Sequence[str], most: int) -> list[str]:
        """Return up to `most` numbers of items whose number and texts contain every word, in any case of a-z.

        The item of that very number comes first, then those whose number contains it all, then the rest (CAT-05).
        """
