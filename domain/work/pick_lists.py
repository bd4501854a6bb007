"""Which picks an operator is offered, and finding one by what is scanned (floor-flows.md, Pick: document; ORG-46).

    picks_for(books, situation) -> list[PickOffered]                at the location worked at, the next one first
    picks_of_order(books, situation, order_no) -> list[Activity]    open ones; create_pick makes one where there is none
    orders_without_picks(books, situation) -> list[OrderToDo]       released, most pressing first
    picks_with_item(books, situation, item) -> list[Activity]       that still want it, in the order offered

One of a known number is picking.pick_to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.books import Books
from domain.orders.order_list import LAST_PRIORITY, OrderToDo, orders_to_do
from domain.people.rights import require_right
from domain.site import Bin
from domain.situation import Situation
from domain.work.activities import Activity, ActivityLine
from domain.work.documents import Claim
from domain.work.pick_lines import is_answered
from domain.work.picking import lines_of
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
    records, me = books.records, situation.operator.code
    picks = records.rows(Activity, location=situation.location)
    records.read_ahead(Claim, ((pick.no,) for pick in picks))
    holders = {pick.no: _holder(books, situation, pick) for pick in picks}
    free = [pick for pick in picks if holders[pick.no] in ("", me) and pick.assigned in ("", me)]
    lines: dict[str, list[ActivityLine]] = defaultdict(list)
    for line in records.rows_equal(ActivityLine, ("activity",), ((pick.no,) for pick in free)):
        lines[line.activity].append(line)
    offered = []
    for pick in free:
        is_mine = me in (pick.assigned, holders[pick.no])
        if _may_take(books, situation, pick, lines[pick.no], is_mine=is_mine):
            handled = sum(1 for line in lines[pick.no] if is_answered(line))
            offered.append(PickOffered(pick, len(lines[pick.no]), handled, is_mine))
    return sorted(offered, key=_urgency)


def picks_of_order(books: Books, situation: Situation, order_no: str) -> list[Activity]:
    """Return the open picks of an order (right `pick`)."""
    require_right(situation, "pick")
    return books.records.rows(Activity, order=order_no)


def orders_without_picks(books: Books, situation: Situation) -> list[OrderToDo]:
    """Return the released orders of this location that no pick is open for, most pressing first (right `pick`)."""
    require_right(situation, "pick", situation.location)
    picked = {pick.order for pick in books.records.rows(Activity, location=situation.location)}
    return [row for row in orders_to_do(books, situation.location) if row.order.no not in picked]


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


def _may_take(
    books: Books, situation: Situation, pick: Activity, lines: Sequence[ActivityLine], *, is_mine: bool
) -> bool:
    """Say whether an operator has the skills for a pick and, unless it is his already, works in a zone of it."""
    bins = list(dict.fromkeys((line.location, line.bin) for line in lines if line.bin))
    if missing_skill(books.records, situation, pick.kind, bins):
        return False
    zones = {bin.zone for place in bins if (bin := books.records.one(Bin, *place)) and bin.zone}
    mine = set(situation.operator.zones)
    return is_mine or not zones or not mine or bool(zones & mine)


def _holder(books: Books, situation: Situation, pick: Activity) -> str:
    """Return whose lease of a pick runs, "" for nobody's."""
    claim = books.records.one(Claim, pick.no)
    return claim.operator if claim is not None and claim.until > situation.now else ""
