"""PINs and log-in counters: what decides whether somebody may sign in (SAF-22, SAF-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Pin:
    """The hash of an operator's PIN (argon2id)."""

    KEY: ClassVar[tuple[str, ...]] = ("operator",)
    AUDITED: ClassVar[bool] = False  # the event is audited, the hash is not shown

    operator: str
    hash: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class LoginCounter:
    """Wrong PINs of an operator or a device; survives reconnecting."""

    KEY: ClassVar[tuple[str, ...]] = ("kind", "name")
    AUDITED: ClassVar[bool] = False

    kind: str
    """operator or device."""
    name: str
    wrong_at: tuple[str, ...] = ()
    """Moments (ISO, UTC) of the wrong tries that still count."""
    locked_until: datetime | None = None
    locks: int = 0
    """Lock-outs in a row; each doubles the next."""
    day: date | None = None
    tries: int = 0
    """Tries on `day`."""
