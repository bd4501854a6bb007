"""Which picks an operator is offered, and finding one by what is scanned (floor-flows.md, Pick: document; ORG-46).

    picks_for(books, situation) -> list[PickOffered]                at the location worked at, the next one first
    pick_numbered(books, situation, no) -> Activity                 refuses done and unknown
    picks_of_order(books, situation, order_no) -> list[Activity]    open ones; create_pick makes one where there is none
    picks_with_item(books, situation, item) -> list[Activity]       that still want it, in the order offered

Not here: orders no pick was made from yet (domain/orders/order_list.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.books import Books
from domain.orders.order_list import LAST_PRIORITY
from domain.people.rights import require_right
from domain.site import Bin
from domain.situation import Situation
from domain.work.activities import Activity, ActivityLine
from domain.work.documents import Claim
from domain.work.pick_lines import is_answered
from domain.work.picking import lines_of, pick_to
from domain.work.skills import missing_skill


@dataclass(frozen=True, slots=True)
class PickOffered:
    """A pick as a list shows it."""

    activity: Activity
    lines: int
    handled: int
    """Lines answered: taken in full, or short."""
    is_mine: bool
    """Claimed by this operator or dealt out to him; else it is free work."""


def picks_for(books: Books, situation: Situation) -> list[PickOffered]:
    """Return the picks an operator may take (right `pick`): his own by due date, then free work (ORG-46).

    Free work comes by priority (1 first, 0 last), then due date. What others hold or are to do is left out, and what
    lies in others' zones or needs a skill he has not got (decision 12).
    """
    require_right(situation, "pick", situation.location)
    picks = books.records.rows(Activity, location=situation.location)
    offered = [_offered(books, situation, pick) for pick in picks if _is_for(books, situation, pick)]
    return sorted(offered, key=_urgency)


def pick_numbered(books: Books, situation: Situation, no: str) -> Activity:
    """Return the pick of that number (right `pick`); refuses as pick_to does."""
    return pick_to(books, situation, no)


def picks_of_order(books: Books, situation: Situation, order_no: str) -> list[Activity]:
    """Return the open picks of an order (right `pick`)."""
    require_right(situation, "pick")
    return books.records.rows(Activity, order=order_no)


def picks_with_item(books: Books, situation: Situation, item: str) -> list[Activity]:
    """Return the picks offered that still want an item (right `pick`)."""
    offered = [one.activity for one in picks_for(books, situation)]
    return [pick for pick in offered if any(line.item == item for line in open_lines(books, pick.no))]


def open_lines(books: Books, no: str) -> list[ActivityLine]:
    """Return the lines of a pick that want an answer: not taken in full, nor short."""
    return [line for line in lines_of(books.records, no) if not is_answered(line)]


def _urgency(offered: PickOffered) -> tuple[bool, int, date, str]:
    pick = offered.activity
    priority = 0 if offered.is_mine else pick.priority or LAST_PRIORITY
    return not offered.is_mine, priority, pick.due or date.max, pick.no


def _offered(books: Books, situation: Situation, pick: Activity) -> PickOffered:
    lines = lines_of(books.records, pick.no)
    handled = sum(1 for line in lines if is_answered(line))
    return PickOffered(
        pick, len(lines), handled, situation.operator.code in (pick.assigned, _holder(books, situation, pick))
    )


def _is_for(books: Books, situation: Situation, pick: Activity) -> bool:
    """Say whether an operator is offered a pick at all."""
    me = situation.operator.code
    if _holder(books, situation, pick) not in ("", me) or pick.assigned not in ("", me):
        return False
    bins = [(line.location, line.bin) for line in lines_of(books.records, pick.no) if line.bin]
    if missing_skill(books.records, situation, pick.kind, bins):
        return False
    found = [bin for place in dict.fromkeys(bins) if (bin := books.records.one(Bin, *place))]
    zones = {bin.zone for bin in found if bin.zone}
    mine = set(situation.operator.zones)
    return pick.assigned == me or not zones or not mine or bool(zones & mine)


def _holder(books: Books, situation: Situation, pick: Activity) -> str:
    """Return whose lease of a pick runs, "" for nobody's."""
    claim = books.records.one(Claim, pick.no)
    return claim.operator if claim is not None and claim.until > situation.now else ""
