"""Signing in: PINs, lock-out, and the situation an operator works in (SAF-22, SAF-23).

What an operator may do is rights.py; the log-in dialogue is the terminal's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from domain.errors import Refused
from domain.people.credentials import LoginCounter, Pin
from domain.people.rights import SYSTEM, require_right, rights_of
from domain.records import RecordBooks, Records
from domain.site import Operator, Role, SiteHead
from domain.situation import Situation
from domain.values import code

LONGEST_PIN = 12
LONGEST_WHO = 20
OPERATOR_WRONG = 5
DEVICE_WRONG = 20
WINDOW = timedelta(minutes=15)
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
MOST_DOUBLINGS = 7
"""Of the first lock: more is over the longest."""
TRIES_A_DAY = 100

_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$Tm9ib2R5SGFzVGhpc1Bpbg$0000000000000000000000000000000000000000000"
"""Checked against when the operator is unknown, so that both answers take the same time (SAF-22)."""


@dataclass(frozen=True, slots=True)
class SetPin:
    """Give an operator a PIN."""

    operator: str
    pin: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who wants in, and the PIN typed. `who` is an operator code or a badge."""

    who: str
    pin: str


@dataclass(frozen=True, slots=True)
class Unlock:
    """Clear the lock of an operator or a device (`kind`)."""

    kind: str
    name: str
    reason: str


def situation_of(
    records: Records, operator: Operator, *, now: datetime, terminal: str, profile: str = "", location: str = ""
) -> Situation:
    """Return the situation in which an operator's commands run now."""
    head = records.one(SiteHead, 1) or SiteHead()
    role = records.one(Role, operator.role) if operator.role else None
    if operator == SYSTEM:
        role = Role(code="SYSTEM", may=("*",))
    return Situation(
        operator=operator,
        rights=frozenset() if operator.blocked else rights_of(role),
        now=now,
        work_date=now.astimezone(ZoneInfo(head.timezone)).date(),
        settings=head.settings,
        timezone=head.timezone,
        adjust_limit=operator.adjust_limit or (role.adjust_limit if role else None),
        terminal=terminal,
        profile=profile,
        location=location,
    )


def find_operator(records: Records, who: str) -> Operator | None:
    """Return the operator with that code, else the one with that badge; None for nobody or a blocked one."""
    found = records.one(Operator, code(who))
    if found is None and who:
        found = next(iter(records.rows(Operator, badge=who)), None)
    return None if found is None or found.blocked else found


def set_pin(books: RecordBooks, situation: Situation, command: SetPin) -> None:
    """Set an operator's PIN (right `unlock`; his own he may always change).

    Raises:
        Refused("unknown"): no such operator.
        Refused("bad_pin"): not 6-12 digits, one digit repeated, a run, or his own code or badge (SAF-22).
    """
    if command.operator != situation.operator.code:
        require_right(situation, "unlock")
    operator = books.records.one(Operator, command.operator)
    if operator is None:
        raise Refused("unknown", code=command.operator, prompt="who")
    if not _is_good_pin(command.pin, operator, situation.settings.pin_min_length):
        raise Refused("bad_pin")
    with books.ledger.command(situation.head("change")):
        books.records.save(Pin(operator.code, _hashed(command.pin), situation.now))
        books.records.note("pin", operator.code, "pin", "", "set")


def sign_in(books: RecordBooks, situation: Situation, command: SignIn) -> Operator:
    """Return the operator when the PIN is right, and note the log-in.

    `situation` is the terminal's before log-in (nobody's rights). A refusal undoes this; `count_wrong_pin` then
    writes what it must leave (SAF-23).

    Raises:
        Refused("locked"): operator or device is locked; carries the moment it ends, `time`.
        Refused("login_refused"): unknown operator or wrong PIN, the same answer for both.
    """
    operator = find_operator(books.records, command.who)
    _refuse_locked(books.records, situation, _counted_as(operator, command.who))
    pin = books.records.one(Pin, operator.code) if operator else None
    is_right = _verified(pin.hash if pin else _NOBODY, command.pin)
    if operator is None or pin is None or not is_right:
        raise Refused("login_refused")
    with books.ledger.command(situation.head("change")):
        _clear(books.records, "operator", operator.code)
        books.records.note("operator", operator.code, "login", "", situation.terminal)
    return operator


def count_wrong_pin(books: RecordBooks, situation: Situation, command: SignIn) -> None:
    """Count a wrong PIN against operator and device and lock at the limits; survives the refusal (SAF-23)."""
    name = _counted_as(find_operator(books.records, command.who), command.who)
    with books.ledger.command(situation.head("change")):
        _count(books.records, situation.now, "operator", name, OPERATOR_WRONG)
        _count(books.records, situation.now, "device", situation.terminal, DEVICE_WRONG)
        books.records.note("operator", name, "login_refused", "", situation.terminal)


def unlock(books: RecordBooks, situation: Situation, command: Unlock) -> None:
    """Let a locked operator or device try again (right `unlock`, with a reason; audited).

    Raises Refused("unknown") for a name under which nobody typed a wrong PIN.
    """
    require_right(situation, "unlock")
    if books.records.one(LoginCounter, command.kind, command.name) is None:
        raise Refused("unknown", code=command.name, prompt="who")
    if not command.reason:
        raise Refused("missing", what="reason")
    with books.ledger.command(situation.head("change")):
        _clear(books.records, command.kind, command.name)
        books.records.note(command.kind, command.name, "unlock", "", situation.terminal, command.reason)


def _counted_as(operator: Operator | None, who: str) -> str:
    """Return the name under which wrong PINs count: the operator's code, else what was typed, as far as it is kept."""
    return operator.code if operator else code(who)[:LONGEST_WHO]


def _is_good_pin(pin: str, operator: Operator, shortest: int) -> bool:
    if not re.fullmatch(rf"[0-9]{{{shortest},{LONGEST_PIN}}}", pin):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    own = {"".join(re.findall(r"[0-9]", text)) for text in (operator.code, operator.badge)}
    return steps not in ({0}, {1}, {-1}) and pin not in own


def _refuse_locked(records: Records, situation: Situation, name: str) -> None:
    for kind, key in (("operator", name), ("device", situation.terminal)):
        counter = records.one(LoginCounter, kind, key)
        if counter is None:
            continue
        if counter.locked_until and counter.locked_until > situation.now:
            raise Refused("locked", time=counter.locked_until)
        if kind == "operator" and counter.day == situation.now.date() and counter.tries >= TRIES_A_DAY:
            midnight = situation.now.replace(hour=0, minute=0, second=0, microsecond=0)
            raise Refused("locked", time=midnight + timedelta(days=1))


def _count(records: Records, now: datetime, kind: str, name: str, limit: int) -> None:
    counter = records.one(LoginCounter, kind, name) or LoginCounter(kind, name)
    recent = (*(at for at in counter.wrong_at if datetime.fromisoformat(at) > now - WINDOW), now.isoformat())
    tries = counter.tries + 1 if counter.day == now.date() else 1
    counter = replace(counter, wrong_at=recent, day=now.date(), tries=tries)
    if len(recent) >= limit:
        lasts = min(FIRST_LOCK * 2 ** min(counter.locks, MOST_DOUBLINGS), LONGEST_LOCK)
        counter = replace(counter, wrong_at=(), locked_until=now + lasts, locks=counter.locks + 1)
    records.save(counter)


def _clear(records: Records, kind: str, name: str) -> None:
    counter = records.one(LoginCounter, kind, name)
    if counter is not None:
        records.save(replace(counter, wrong_at=(), locked_until=None, locks=0))


def _hashed(pin: str) -> str:
    from argon2 import PasswordHasher  # imported where it is used: 20 ms that only a log-in pays

    return PasswordHasher().hash(pin)


def _verified(kept: str, pin: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(kept, pin)
    except VerificationError:
        return False
