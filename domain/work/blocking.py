"""Blocking and unblocking an item, lot, serial or package at once, with a reason (ITM-50, tracking.md 25; SAF-27).

Bins are not blocked here yet (bins.md 16).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item
from domain.people.rights import require_right
from domain.records import Entity
from domain.site import ReasonCode
from domain.situation import Situation
from domain.tracking.cards import InfoCard
from domain.values import fold

LONGEST_REASON = 50


@dataclass(frozen=True, slots=True)
class Blocking:
    """What is to be blocked, or is to be free again."""

    kind: str
    """item, lot, serial or package."""
    code: str
    """The item's number, else the lot's, serial's or package's."""
    item: str = ""
    """Narrows a number to one item; "" is every item that has it."""
    reason: str = ""
    """A reason code, or words where the site has none."""


def block(books: Books, situation: Situation, command: Blocking) -> None:
    """Block goods from now on (right `block`); the reason stands in the audit trail, an item's on its card too.

    Raises Refused: missing without a reason, unknown, nothing_changes where all of it is blocked.
    """
    require_right(situation, "block")
    code = books.records.one(ReasonCode, command.reason)
    text = code.text if code else command.reason
    _change(books, situation, command, blocked=True, blocked_reason=text)


def unblock(books: Books, situation: Situation, command: Blocking) -> None:
    """Let blocked goods be used again, likewise."""
    require_right(situation, "block")
    _change(books, situation, command, blocked=False, blocked_reason="")


def is_blocked(books: Books, situation: Situation, command: Blocking) -> bool:
    """Say whether any of it is blocked (right `look`)."""
    require_right(situation, "look")
    return any(card.blocked for card in _cards(books, command))


def _change(books: Books, situation: Situation, command: Blocking, *, blocked: bool, blocked_reason: str) -> None:
    if not command.reason.strip():
        raise Refused("missing", what="reason")
    if len(command.reason) > LONGEST_REASON:
        raise Refused("unreadable", e_code="E_LONG", length=len(command.reason))
    cards = list(_cards(books, command))
    if not cards:
        raise Refused("unknown", code=command.code, prompt=command.kind)
    changed: list[Entity] = [
        replace(card, blocked=blocked, blocked_reason=blocked_reason)
        if isinstance(card, Item)
        else replace(card, blocked=blocked)
        for card in cards
        if card.blocked != blocked
    ]
    if not changed:
        raise Refused("nothing_changes")
    with books.ledger.command(situation.head("change")):
        books.records.save_all(changed, command.reason)


def _cards(books: Books, command: Blocking) -> Iterator[Item | InfoCard]:
    """Yield the cards of what is named; a number that never had one gets one (ITM-55)."""
    if command.kind == "item":
        item = books.records.one(Item, command.code)
        yield from (item,) if item else ()
        return
    for known in books.numbers.known_anywhere(command.kind, fold(command.code)):
        if command.item in ("", known.item):
            key = (known.kind, known.item, known.variant, known.key)
            yield books.records.one(InfoCard, *key) or InfoCard(*key, known.no)
