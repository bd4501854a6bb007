"""Who does a command, where, when and under which settings: everything a command knows besides the books."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.site import AdjustLimit, Operator, Settings


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

    def confirming(self, code: str) -> Situation:
        """Return the situation with one more question answered yes."""
        return replace(self, confirmed=self.confirmed | {code})
