"""Posting an inventory pick: what was taken is shipped at once, what was not stays on the pick (picking.md 34-37, 41).

    post_pick(books, situation, PostPick) -> Posted
    pick_summary(books, situation, no) -> PickSummary               what F2 shows before it
    summary_of(questions) -> PickSummary                            the same of lines that are there already

Not here: the shipment itself (domain/orders/shipping.py).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Item, ItemUnit
from domain.orders.order import order_of
from domain.orders.shipped_lines import Handled
from domain.orders.shipping import ship_order
from domain.people.rights import require_right
from domain.posting import BinShare, TrackingRow
from domain.posting.posted import Posted, once
from domain.situation import Situation
from domain.values import ZERO, plain
from domain.work.activities import Activity, ActivityLine, PostedPick
from domain.work.claims import end
from domain.work.pick_at_work import pick_to_work, unanswered
from domain.work.pick_lines import is_answered, questions_of
from domain.work.picking import lines_of, remove_pick

SOURCE = "pick"


@dataclass(frozen=True, slots=True)
class PostPick:
    """Ship what was taken. The posting date is the work date unless another is said."""

    activity: str
    posting_date: date | None = None


@dataclass(frozen=True, slots=True)
class PickSummary:
    """A pick before it is posted: "13 of 14 lines, 2 short"."""

    lines: int
    """As they are asked: pieces of one serial item in one bin are one."""
    answered: int
    """Taken in full, or short."""
    short: int
    unexplained: tuple[ActivityLine, ...]
    """Begun and not finished, with no reason yet: each is asked for one before posting (decision 59)."""
    qty: Decimal
    """Taken in all; 0 is nothing to post."""


def post_pick(books: Books, situation: Situation, command: PostPick) -> Posted:
    """Post what was taken as a shipment of the order (right `pick`); lines taken in full are gone then.

    The pick ends with its last line; either way nobody's claim is left. An operation sent twice answers the first
    result (SAF-03).

    Raises Refused: done for whoever comes second (41), taken_over, not_released, nothing_handled, and what
    shipping.ship_order refuses.
    """
    require_right(situation, "pick", situation.location)

    def work() -> Posted:
        activity = pick_to_work(books, situation, command.activity)
        if order_of(books.records, activity.order).status != "released":
            raise Refused("not_released", document=activity.order)
        lines = lines_of(books.records, activity.no)
        books.records.read_ahead(Item, ((line.item,) for line in lines))
        books.records.read_ahead(ItemUnit, ((line.item, line.uom) for line in lines))
        handled = _handled(lines)
        if not handled:
            raise Refused("nothing_handled")
        posted = ship_order(books, situation, activity.order, handled, source=SOURCE, posting_date=command.posting_date)
        for line in lines:
            _note_reason(books, line)
        _close_lines(books, activity, lines)
        books.records.save(
            PostedPick(
                no=activity.no,
                register=posted.register,
                document=posted.document,
                order=activity.order,
                location=activity.location,
                operator=situation.operator.code,
                posted_at=situation.now,
            )
        )
        return posted

    return once(books, situation, "post_pick", SOURCE, work)


def pick_summary(books: Books, situation: Situation, no: str) -> PickSummary:
    """Return what stands on a pick before it is posted (right `pick`); the lease is renewed."""
    pick_to_work(books, situation, no)
    return summary_of(questions_of(lines_of(books.records, no)))


def summary_of(questions: Sequence[Sequence[ActivityLine]]) -> PickSummary:
    """Return what the lines of a pick, as they are asked, come to."""
    lines = sorted((line for pieces in questions for line in pieces), key=lambda line: line.line_no)
    begun = tuple(line for line in lines if ZERO < line.qty_to_handle < line.outstanding)
    return PickSummary(
        lines=len(questions),
        answered=sum(1 for pieces in questions if all(map(is_answered, pieces))),
        short=sum(1 for pieces in questions if any(line.is_short or line in begun for line in pieces)),
        unexplained=tuple(line for line in begun if not line.is_short),
        qty=sum((line.qty_to_handle for line in lines), ZERO),
    )


def _handled(lines: Sequence[ActivityLine]) -> list[Handled]:
    """Return what was taken of each order line under one set of numbers, from however many bins (decision 57)."""
    taken: dict[tuple[int, TrackingRow], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        if line.qty_to_handle:
            taken[line.order_line, TrackingRow(line.lot, line.serial, line.package)][line.bin] += line.qty_to_handle
    return [
        Handled(
            order_line, sum(bins.values(), ZERO), numbers, tuple(BinShare(*share) for share in bins.items() if share[0])
        )
        for (order_line, numbers), bins in taken.items()
    ]


def _note_reason(books: Books, line: ActivityLine) -> None:
    """Keep in the audit trail why a line was short, or why a later expiry went first (30, 31): the line may be gone."""
    if line.is_short:
        _note(books, line, "short", plain(line.outstanding), plain(line.qty_to_handle))
    elif line.reason:
        _note(books, line, "expires_later", line.proposed_lot or line.proposed_serial, line.lot or line.serial)


def _note(books: Books, line: ActivityLine, field: str, old: str, new: str) -> None:
    key = json.dumps([line.activity, line.line_no], separators=(",", ":"))
    books.records.note("activity_line", key, field, old, new, line.reason)


def _close_lines(books: Books, activity: Activity, lines: Sequence[ActivityLine]) -> None:
    """Take off what was posted; the rest is asked for anew, with the numbers it was made with (36)."""
    left = [line for line in lines if line.qty_to_handle < line.outstanding]
    books.records.remove_all(line for line in lines if line.qty_to_handle == line.outstanding)
    books.records.save_all(
        replace(unanswered(books, line), qty_handled=line.qty_handled + line.qty_to_handle) for line in left
    )
    if left:
        books.records.save(replace(activity, stands_at=""))
        end(books, activity.no)
    else:
        remove_pick(books, activity)
