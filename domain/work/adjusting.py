"""Adjusting stock up or down with a reason (adjusting.md, item journal; SAF-28)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.books import Books
from domain.errors import NeedsConfirm, Refused
from domain.items.card import Item
from domain.items.moving import card_cost, in_base_unit
from domain.ledger.entries import shown
from domain.people.access import situation_of
from domain.people.rights import require_right
from domain.posting import JournalLine, TrackingRow, post, refuse_unpostable
from domain.posting.posted import Posted, once
from domain.series import next_number
from domain.site import Location, Operator, ReasonCode, TrackingCode
from domain.situation import Situation
from domain.tracking.numbers import is_needed
from domain.work.documents import PendingAdjustment
from domain.work.frozen import ask_frozen
from domain.work.stock_here import Goods, quantity_here

PENDING_SERIES = "A"


@dataclass(frozen=True, slots=True)
class PostAdjustment:
    """Found (+) or missing (-) goods."""

    item: str
    qty: Decimal
    """Signed, in `uom`."""
    location: str = ""
    bin: str = ""
    variant: str = ""
    uom: str = ""
    lot: str = ""
    serial: str = ""
    package: str = ""
    expires: date | None = None
    reason: str = ""
    unit_cost: Decimal | None = None
    amount: Decimal | None = None
    posting_date: date | None = None
    tracking: tuple[TrackingRow, ...] = ()
    """Several sets of numbers; wins over lot, serial, package and expires."""


@dataclass(frozen=True, slots=True)
class RefuseAdjustment:
    """Say no to a waiting adjustment."""

    no: str
    reason: str


def post_adjustment(books: Books, situation: Situation, command: PostAdjustment) -> Posted:
    """Post an adjustment (right `adjust`).

    Raises Refused for what the rules of posting refuse, and:
        Refused("missing"): no reason (adjusting.md 12, decision 45).
        NeedsConfirm("bin_in_count"): an open count holds the bin (counting.md 38); refused under freeze: refuse.
        NeedsConfirm("over_limit"): above the operator's limit, or the reason asks for a second person (SAF-28).
    """
    require_right(situation, "adjust", command.location)

    def work() -> Posted:
        reason = checked_reason(books, command.reason, "adjust")
        if situation.second_person:
            check_second_person(books, situation, situation.second_person)
        elif reason.needs_approval or _is_over_limit(books, situation, command):
            raise NeedsConfirm("over_limit")
        ask_frozen(books, situation, command.location, [command.bin])
        posting = post(books, situation, [_line(command)], source="adjustment")
        return Posted(posting.register, shown(posting.register), posting.entries)

    return once(books, situation, "post_adjustment", "adjustment", work)


def refuse_nothing_here(books: Books, location: Location, bin: str, goods: Goods) -> None:
    """Refuse goods said to be missing where none of them lie (floor-flows.md, Adjust)."""
    if not quantity_here(books, location, bin, goods):
        number = goods.serial or goods.lot or goods.package or goods.item
        raise Refused("not_here", number=number, bin=bin or location.code)


def check_adjustment(books: Books, situation: Situation, command: PostAdjustment) -> None:
    """Refuse what posting would refuse, before the reason is asked; what it would ask waits for the posting.

    Right `adjust`; nothing is written.
    """
    require_right(situation, "adjust", command.location)
    with suppress(NeedsConfirm):
        refuse_unpostable(books, situation, [_line(command)])


def check_second_person(books: Books, situation: Situation, code: str) -> None:
    """Refuse a second person who is the operator himself or may not approve (SAF-28)."""
    if code == situation.operator.code:
        raise Refused("same_person")
    second = books.records.one(Operator, code)
    if second is None:
        raise Refused("unknown", code=code, prompt="who")
    theirs = situation_of(books.records, second, now=situation.now, terminal=situation.terminal)
    require_right(theirs, "approve", situation.location)


def leave_for_approval(books: Books, situation: Situation, command: PostAdjustment) -> PendingAdjustment:
    """Keep an adjustment over the limit on the approval list; nothing is posted (SAF-28)."""
    require_right(situation, "adjust", command.location)
    with books.ledger.command(situation.head("change")):
        pending = PendingAdjustment(
            no=next_number(books.records, PENDING_SERIES),
            operator=situation.operator.code,
            asked_at=situation.now,
            location=command.location,
            bin=command.bin,
            item=command.item,
            variant=command.variant,
            lot=command.lot,
            serial=command.serial,
            package=command.package,
            expires=command.expires,
            qty=command.qty,
            uom=command.uom,
            reason=command.reason,
            operation_id=situation.operation_id,
        )
        books.records.save(pending)
    return pending


def approve_adjustment(books: Books, situation: Situation, no: str) -> Posted:
    """Post a waiting adjustment as the one who asked, with the supervisor as second person (right `approve`)."""
    pending = _waiting(books, situation, no)
    asker = books.records.one(Operator, pending.operator)
    if asker is None:
        raise Refused("unknown", code=pending.operator, prompt="who")
    asked = situation_of(
        books.records,
        asker,
        now=situation.now,
        terminal=situation.terminal,
        profile=situation.profile,
        location=situation.location,
    )
    asked = replace(
        asked,
        operation_id=pending.operation_id,
        second_person=situation.operator.code,
        confirmed=situation.confirmed,
    )
    posted = post_adjustment(books, asked, _command(pending))
    decided = replace(pending, status="approved", decided_by=situation.operator.code, register=posted.register)
    with books.ledger.command(situation.head("change")):
        books.records.save(decided)
    return posted


def refuse_adjustment(books: Books, situation: Situation, command: RefuseAdjustment) -> None:
    """Take a waiting adjustment off the approval list, with a reason (right `approve`); nothing is posted."""
    pending = _waiting(books, situation, command.no)
    if not command.reason:
        raise Refused("missing", what="reason")
    with books.ledger.command(situation.head("change")):
        books.records.save(replace(pending, status="refused", decided_by=situation.operator.code), command.reason)


def waiting_adjustments(books: Books, situation: Situation, location: str) -> list[PendingAdjustment]:
    """Return what waits for approval at a location, oldest first (right `approve`)."""
    require_right(situation, "approve", location)
    rows = books.records.rows(PendingAdjustment, location=location, status="waiting")
    return sorted(rows, key=lambda row: row.asked_at)


def is_asked_to_adjust(tracking: TrackingCode, kind: str) -> bool:
    """Say whether a number of that kind is asked for before it is known whether goods are found or missing."""
    return any(
        is_needed(tracking, kind, entry_type, increase=increase)
        for entry_type, increase in (("positive_adj", True), ("negative_adj", False))
    )


def reasons_for(books: Books, job: str) -> list[ReasonCode]:
    """Return the reason codes a job offers, in the order of their digits."""
    rows = [row for row in books.records.rows(ReasonCode) if job in row.offered_for]
    return sorted(rows, key=lambda row: row.position)


def checked_reason(books: Books, code: str, job: str) -> ReasonCode:
    """Return a reason that a job offers.

    Raises Refused: missing, unknown, or of another job.
    """
    if not code:
        raise Refused("missing", what="reason")
    reason = books.records.one(ReasonCode, code)
    if reason is None:
        raise Refused("unknown", code=code, prompt="reason")
    if job not in reason.offered_for:
        raise Refused("reason_not_here", code=code)
    return reason


def _line(command: PostAdjustment) -> JournalLine:
    rows = command.tracking or (TrackingRow(command.lot, command.serial, command.package, command.expires),)
    return JournalLine(
        entry_type="positive_adj" if command.qty >= 0 else "negative_adj",
        item=command.item,
        qty=abs(command.qty),
        location=command.location,
        bin=command.bin,
        variant=command.variant,
        uom=command.uom,
        tracking=rows,
        unit_cost=command.unit_cost,
        amount=command.amount,
        posting_date=command.posting_date,
        reason=command.reason,
    )


def _command(pending: PendingAdjustment) -> PostAdjustment:
    return PostAdjustment(
        item=pending.item,
        qty=pending.qty,
        location=pending.location,
        bin=pending.bin,
        variant=pending.variant,
        uom=pending.uom,
        lot=pending.lot,
        serial=pending.serial,
        package=pending.package,
        expires=pending.expires,
        reason=pending.reason,
    )


def _waiting(books: Books, situation: Situation, no: str) -> PendingAdjustment:
    pending = books.records.one(PendingAdjustment, no)
    require_right(situation, "approve", pending.location if pending else "")
    if pending is None:
        raise Refused("unknown", code=no, prompt="document")
    if pending.status != "waiting":
        time = books.ledger.posted(pending.register).posted_at if pending.register else None
        raise Refused("done", operator=pending.decided_by, time=time)
    if pending.operator == situation.operator.code:
        raise Refused("same_person")
    return pending


def _is_over_limit(books: Books, situation: Situation, command: PostAdjustment) -> bool:
    """Compare with `adjust_limit`: base units, and value at the card's unit cost; sign does not matter (SAF-28)."""
    limit = situation.adjust_limit
    item = books.records.one(Item, command.item)
    if limit is None or item is None:  # an unknown item is refused by posting, with its own words
        return False
    qty = abs(in_base_unit(books.records, item, command.uom, command.qty).qty_base)
    over_qty = limit.qty is not None and qty > limit.qty
    return over_qty or (limit.value is not None and qty * card_cost(item) > limit.value)
