"""Which pick: a list by digit, or the scan of a pick, an order or an item on one (floor-flows.md, Pick: document).

Not here: the pick itself (pick.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from domain.errors import Refused
from domain.orders.documents import Order
from domain.work.activities import Activity
from domain.work.pick_lists import orders_without_picks, picks_for, picks_of_order, picks_with_item
from domain.work.picking import create_pick
from tui.jobs.job import Do, Given, Step, as_digit, not_here
from tui.jobs.keeping import kept
from tui.jobs.pages import Pages
from tui.jobs.pick import Pick
from tui.jobs.view import Fact, Message, View


@dataclass(frozen=True, slots=True)
class _Offer:
    """A pick, or an order that none was made of yet."""

    no: str
    document: Activity | Order
    lines: int
    handled: int = 0


@kept
@dataclass(frozen=True, slots=True)
class PicksOffered:
    """The list of picks: the operator's own first, then free work, then released orders that have none."""

    name: ClassVar[str] = "pick"
    holds_refusals: ClassVar[bool] = True
    prompt: ClassVar[str] = "document"

    item: str = ""
    """Only picks that still want it."""
    page: int = 0

    def answer(self, given: Given, do: Do) -> Step:
        """Open what a digit chooses, or what a scan names; an item lists the picks that want it."""
        if as_digit(given.text) is not None:
            offers = self._offers(do)
            if offers.turns(given.text):
                return Step(replace(self, page=offers.next))
            return Step(self, push=opened(offers.chosen(given.text).no, do))
        found = do.find(given, {"document", "item"})
        if found.kind == "document":
            return Step(self, push=opened(found.document, do))
        if not do.run(picks_with_item, found.item):
            raise Refused("nothing_to_do", job="pick", code=found.item)
        return Step(PicksOffered(found.item))

    def press(self, command: str, do: Do) -> Step:
        """Enter opens the first; back shows all again, then leaves."""
        if command == "back":
            return Step(PicksOffered() if self.item else None)
        if command != "ok":
            raise not_here()
        offers = self._offers(do)
        if not offers.rows:
            raise Refused("missing", what="document")
        return Step(self, push=opened(offers.rows[0].no, do))

    def after_refusal(self) -> PicksOffered:
        """The list stays."""
        return self

    def resumed(self) -> PicksOffered:
        """The list stays."""
        return self

    def view(self, do: Do) -> View:
        """Show the list."""
        offers = self._offers(do)
        return View(
            job=self.name,
            prompt=self.prompt,
            progress=offers.progress,
            body=() if offers.rows else (Message("body.no_picks"),),
            choices=offers.choices(_as_choice),
            digits=bool(offers.rows),
            field=offers.rows[0].no if offers.rows else None,
            commands=("ok", "back", "find"),
        )

    def _offers(self, do: Do) -> Pages[_Offer]:
        books, situation = do.books, do.situation
        offers = [_Offer(row.activity.no, row.activity, row.lines, row.handled) for row in picks_for(books, situation)]
        if self.item:
            wanted = {pick.no for pick in picks_with_item(books, situation, self.item)}
            return Pages([offer for offer in offers if offer.no in wanted], self.page)
        fresh = orders_without_picks(books, situation)
        return Pages([*offers, *(_Offer(row.order.no, row.order, len(row.lines)) for row in fresh)], self.page)


def opened(document: str, do: Do) -> Pick:
    """Open a pick; of an order the one that is open, else it is made (decision 48)."""
    if do.books.records.one(Order, document) is None:
        return Pick.of(document, do)
    picks = do.run(picks_of_order, document) or [do.run(create_pick, document)]
    return Pick.of(picks[0].no, do)


def _as_choice(offer: _Offer) -> Message:
    document = offer.document
    facts: dict[str, Fact] = {
        "document": offer.no,
        "partner": document.partner,
        "due": document.due,
        "n": offer.handled,
        "m": offer.lines,
    }
    return Message("body.pick", facts)
