"""What open counts hold of the bins, and what they say to somebody who works there (counting.md 38).

Not here: what a count is and when it ends (counting.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.books import Books
from domain.errors import NeedsConfirm, Refused
from domain.situation import Situation
from domain.work.documents import CountJournal, CountLine


def ask_frozen(books: Books, situation: Situation, location: str, bins: Iterable[str]) -> None:
    """Ask, or refuse, to touch bins of a location that an open count holds (counting.md 38).

    Raises:
        NeedsConfirm("bin_in_count"): under freeze: warn.
        Refused("bin_in_count"): under freeze: refuse.
    """
    freeze = situation.settings.counting.freeze
    if freeze == "none":
        return
    journals = books.records.rows(CountJournal, location=location, status="open")
    for bin in filter(None, bins):
        held = next((journal for journal in journals if _holds(books, journal, bin)), None)
        if held and freeze == "refuse":
            raise Refused("bin_in_count", bin=bin, document=held.no, freeze=freeze)
        if held and "bin_in_count" not in situation.confirmed:
            raise NeedsConfirm("bin_in_count", bin=bin, document=held.no)


def _holds(books: Books, journal: CountJournal, bin: str) -> bool:
    return journal.bin == bin or bool(books.records.rows(CountLine, journal=journal.no, bin=bin))
