"""A rule of the site proposed from a scan: the line of YAML for an engineer, and where it goes (SCN-103).

The floor does not write the site file. Not here: the pattern (domain/work/learning), learning one code (learn.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from domain.scanning.cleaning import cleaned
from domain.scanning.reading import Reading
from domain.scanning.separators import profile_in_force
from domain.work.learning import RIGHT, RULE_KINDS, site_rule
from tui.jobs.how_read import in_lines
from tui.jobs.job import Do, Given, Step, digit, not_here
from tui.jobs.keeping import kept
from tui.jobs.view import Choice, Message, View


@kept
@dataclass(frozen=True, slots=True)
class SiteRule:
    """A label, and what such labels are."""

    name: ClassVar[str] = "site_rule"
    holds_refusals: ClassVar[bool] = False

    code: str
    kind: str = ""

    @property
    def prompt(self) -> str:
        """What it is, then a text to read."""
        return "menu" if self.kind else "new"

    @classmethod
    def of(cls, reading: Reading, do: Do) -> SiteRule | None:
        """Return the job for a label that no form or no thing fits; None where no rule can be made of it."""
        if RIGHT not in do.situation.rights:
            return None
        profile = profile_in_force(do.books.records, do.scanning, do.situation.profile)
        scan = cleaned(reading.raw, do.scanning, profile, do.situation.work_date)
        if isinstance(scan, Reading) or not scan.text.isprintable() or not re.search("[0-9]", scan.text):
            return None
        return cls(scan.text)

    def answer(self, given: Given, do: Do) -> Step:
        """Take the digit of what such a label is."""
        if self.kind:
            raise not_here()
        kind = RULE_KINDS[digit(given.text, len(RULE_KINDS)) - 1]
        site_rule(self.code, kind)
        return Step(replace(self, kind=kind))

    def press(self, command: str, do: Do) -> Step:
        """Back chooses anew, then leaves."""
        if command != "back":
            raise not_here()
        return Step(SiteRule(self.code) if self.kind else None)

    def after_refusal(self) -> SiteRule:
        """Stay."""
        return self

    def resumed(self) -> SiteRule:
        """Stay."""
        return self

    def view(self, do: Do) -> View:
        """Show the kinds, then the line to copy and where it belongs."""
        if not self.kind:
            return View(
                job=self.name,
                prompt=self.prompt,
                body=(Message("body.rule_kind", {"code": self.code}),),
                choices=tuple(
                    Choice(str(number), Message("part.line", {"part": kind}))
                    for number, kind in enumerate(RULE_KINDS, 1)
                ),
                digits=True,
                commands=("back",),
            )
        rule = [Message("text", {"text": line}) for line in in_lines(site_rule(self.code, self.kind))]
        if self.code.isdigit():
            rule.append(Message("body.rule_takes_all", {"n": len(self.code)}))
        return View(
            job=self.name,
            prompt=self.prompt,
            body=(Message("body.rule_where"), *rule),
            is_whole=True,
            commands=("back",),
        )
