"""Who does a command, where, when and under which settings: everything a command knows besides the books."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.site import AdjustLimit, Operator, Settings


@dataclass(frozen=True, slots=True)
class RegisterHead:
    """What a command says about the register it may open."""

    source: str
    """adjustment, opening, count, import ...; `change` where only audit rows are written."""
    operator: str
    now: datetime
    operation_id: str = ""
    second_person: str = ""
    terminal: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """The situation of one command. `now` is UTC; `work_date` the local posting date."""

    operator: Operator
    rights: frozenset[str]
    """Actions of SAF-27 the operator's role allows, `*` already spelled out."""
    now: datetime
    work_date: date
    settings: Settings = field(default_factory=Settings)
    adjust_limit: AdjustLimit | None = None
    """The operator's, else the role's; None is no limit."""
    timezone: str = "UTC"
    """Of the site, an IANA name."""
    terminal: str = ""
    profile: str = ""
    location: str = ""
    """Where the operator works now."""
    operation_id: str = ""
    """Made by the terminal when a summary opens; the same id twice answers the first result (SAF-03)."""
    second_person: str = ""
    """Operator code of the supervisor who signed for this command (SAF-28)."""
    confirmed: frozenset[str] = frozenset()
    """Codes of questions already answered with yes."""

    def local(self, moment: datetime) -> datetime:
        """Return a moment as the site's clocks show it."""
        return moment.astimezone(ZoneInfo(self.timezone))

    def confirming(self, code: str) -> Situation:
        """Return the situation with one more question answered yes."""
        return replace(self, confirmed=self.confirmed | {code})

    def head(self, source: str) -> RegisterHead:
        """Return what the register of this command says about who, where and when."""
        return RegisterHead(
            source=source,
            operator=self.operator.code,
            now=self.now,
            operation_id=self.operation_id,
            second_person=self.second_person,
            terminal=self.terminal,
            profile=self.profile,
        )
