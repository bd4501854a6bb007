"""People of a site: who signs in, what he may do and is licensed for, whose documents are whose, where is printed.

Not here: signing in and rights (people/).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

WORK = ("receive", "put_away", "pick", "move", "count", "assemble", "load")
"""Kinds of work that may demand skills (`work_types`)."""


@dataclass(frozen=True, slots=True)
class AdjustLimit:
    """Per posting: quantity in base units, value at the card's unit cost; None is no limit (SAF-28)."""

    qty: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What its holders may do: actions of SAF-27, `*` for all of them."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    may: tuple[str, ...] = ()
    adjust_limit: AdjustLimit | None = None


@dataclass(frozen=True, slots=True)
class SkillHeld:
    """A licence of an operator; `until` None never lapses."""

    skill: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who signs in. The PIN is kept elsewhere (people/)."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""
    role: str = ""
    locations: tuple[str, ...] = ()
    home: str = ""
    badge: str = ""
    skills: tuple[SkillHeld, ...] = ()
    zones: tuple[str, ...] = ()
    language: str = ""
    printer: str = ""
    adjust_limit: AdjustLimit | None = None
    """None: the role's."""
    allow_posting_from: str | None = None
    allow_posting_to: str | None = None
    sales_center: str = ""
    purchase_center: str = ""
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Skill:
    """What a person must be licensed for."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ResponsibilityCenter:
    """Whose documents are whose (ORG-01)."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    name: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Printer:
    """Where labels come out."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)
    AUDITED: ClassVar[bool] = True

    code: str
    kind: str
    """zpl | text."""
    address: str
    """`host:port`."""
