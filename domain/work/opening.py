"""Opening stock: what lies there on the first day, with its cost (posted through the door like everything else)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.books import Books
from domain.ledger.entries import shown
from domain.people.rights import require_right
from domain.posting import JournalLine, post
from domain.posting.posted import Posted, once
from domain.situation import Situation

REASON = "OPENING"


@dataclass(frozen=True, slots=True)
class PostOpening:
    """Opening stock, one line a row; each a positive adjustment."""

    lines: tuple[JournalLine, ...]


def post_opening(books: Books, situation: Situation, command: PostOpening) -> Posted:
    """Post opening stock, all of it or nothing (right `set_up`); reason OPENING.

    Room in bins is not asked about: the goods lie there already (bins.md 20 asks a person, not a program).
    """
    require_right(situation, "set_up")
    told = situation.confirming("bin_full_ask")

    def work() -> Posted:
        posting = post(books, told, command.lines, source="opening")
        return Posted(posting.register, shown(posting.register), posting.entries)

    return once(books, situation, "post_opening", "opening", work)


def opening_lines(lines: Sequence[JournalLine]) -> PostOpening:
    """Return the command that posts these lines, each under the reason OPENING."""
    return PostOpening(tuple(replace(line, reason=REASON) for line in lines))
