"""Signing in: PINs, lock-out, and the situation an operator works in (SAF-22, SAF-23).

What an operator may do is rights.py; the log-in dialogue is the terminal's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
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
OPERATOR_WRONG = 5
DEVICE_WRONG = 20
WINDOW = timedelta(minutes=15)
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
MOST_DOUBLINGS = 7
"""Of the first lock: more is over the longest."""
TRIES_A_DAY = 100
QUIET = timedelta(days=1)
"""After so long without a lock the next one of a device is short again: no right PIN ever ends its row."""
MARKS = 64
"""Of names nobody has: as many as keep them apart, too few to tell what was typed."""

_MARK = re.compile(r"\?[0-9]{1,2}")
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$Tm9ib2R5SGFzVGhpc1Bpbg$0000000000000000000000000000000000000000000"
"""Checked against when the operator is unknown, so that both answers take the same time (SAF-22)."""


@dataclass(frozen=True, slots=True)
class SetPin:
    """Give an operator a PIN."""

    operator: str
    pin: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who he says he is (a code or badge, or what `name_of` made of it), the PIN typed, and what it is typed for."""

    who: str
    pin: str
    event: str = "login"
    """How the audit trail calls it: login, reopen, pin_change, signature; refused it is `login_refused` and so on."""


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
        books.records.save(Pin(operator.code, hashed(command.pin), situation.now))
        books.records.note("pin", operator.code, "pin", "", "set")


def name_of(records: Records, who: str) -> str:
    """Return the code of whom an operator code or badge names; for nobody one of a few marks, the same each time.

    What nobody is called may be a PIN typed at the wrong prompt: it is neither kept nor to be found again from its
    mark. The PINs on file salt it, which nobody outside knows.
    """
    operator = find_operator(records, who)
    if operator is not None:
        return operator.code
    if _MARK.fullmatch(who):
        return who
    salt = "".join(pin.hash for pin in records.rows(Pin))
    return f"?{sha256(f'{salt} {code(who)}'.encode()).digest()[0] % MARKS}"


def sign_in(books: RecordBooks, situation: Situation, command: SignIn) -> Operator:
    """Return the operator when the PIN is right, and note what he gave it for (SAF-31).

    `situation` is the terminal's, before log-in with nobody's rights. A refusal undoes this; `count_wrong_pin` then
    writes what it must leave (SAF-23).

    Raises:
        Refused("locked"): operator or device is locked; carries the moment it ends, `time`.
        Refused("login_refused"): unknown operator or wrong PIN, the same answer for both.
    """
    operator = find_operator(books.records, command.who)
    _refuse_locked(books.records, situation, name_of(books.records, command.who))
    pin = books.records.one(Pin, operator.code) if operator else None
    is_right = is_pin(pin.hash if pin else _NOBODY, command.pin)
    if operator is None or pin is None or not is_right:
        raise Refused("login_refused")
    with books.ledger.command(situation.head("change")):
        _clear(books.records, "operator", operator.code)
        books.records.note("operator", operator.code, command.event, "", situation.terminal)
    return operator


def count_wrong_pin(books: RecordBooks, situation: Situation, command: SignIn) -> None:
    """Count a wrong PIN against operator and device and lock at the limits; survives the refusal (SAF-23)."""
    name = name_of(books.records, command.who)
    with books.ledger.command(situation.head("change")):
        _count(books.records, situation.now, "operator", name, OPERATOR_WRONG)
        _count(books.records, situation.now, "device", situation.terminal, DEVICE_WRONG)
        books.records.note("operator", name, f"{command.event}_refused", "", situation.terminal)


def unlock(books: RecordBooks, situation: Situation, command: Unlock) -> None:
    """Let a locked operator or device try again, as if no PIN had been wrong (right `unlock`, with a reason; audited).

    Raises Refused("unknown") for a name under which nobody typed a wrong PIN.
    """
    require_right(situation, "unlock")
    if books.records.one(LoginCounter, command.kind, command.name) is None:
        raise Refused("unknown", code=command.name, prompt="who")
    if not command.reason.strip():
        raise Refused("missing", what="reason")
    with books.ledger.command(situation.head("change")):
        books.records.save(LoginCounter(command.kind, command.name))
        books.records.note(command.kind, command.name, "unlock", "", situation.terminal, command.reason)


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
        is_quiet = kind == "device" and counter.locked_until is not None and now - counter.locked_until >= QUIET
        locks = 0 if is_quiet else counter.locks
        lasts = min(FIRST_LOCK * 2 ** min(locks, MOST_DOUBLINGS), LONGEST_LOCK)
        counter = replace(counter, wrong_at=(), locked_until=now + lasts, locks=locks + 1)
    records.save(counter)


def _clear(records: Records, kind: str, name: str) -> None:
    counter = records.one(LoginCounter, kind, name)
    if counter is not None:
        records.save(replace(counter, wrong_at=(), locked_until=None, locks=0))


def hashed(pin: str) -> str:
    """Return what is kept of a PIN: its argon2id hash with a salt of its own (SAF-22, decision 66)."""
    from argon2 import PasswordHasher  # imported where it is used: 20 ms that only a log-in pays

    return PasswordHasher().hash(pin)


def may_be_pin(text: str) -> bool:
    """Say whether a text has the shape of a PIN, right or wrong; the longer article numbers have not."""
    return bool(re.fullmatch(rf"[0-9]{{1,{LONGEST_PIN}}}", text))


def is_pin(kept: str, pin: str) -> bool:
    """Say whether `kept` is the hash of this PIN."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(kept, pin)
    except VerificationError:
        return False
