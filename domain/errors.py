"""The one family of errors a person may meet, and the one for bugs and damaged data.

    AisleError          everything a person may see: code and facts
      Refused           the rule said no; the person can do something else
        NeedsConfirm    allowed with a second look: a yes answers again with the code confirmed
      Collided          somebody else changed it: reload and ask again
      SetupError        a person in charge must change set-up: names the place
    InvariantBroken     a bug or damaged data; stops the command and is logged

Codes are rows of the texts (tui/texts); an error carries facts, its text is made where it is shown.
"""

from __future__ import annotations


class AisleError(Exception):
    """Something a person may read. `code` is stable, `facts` fill its text."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}({told})"


class Refused(AisleError):
    """The rule said no. Nothing was changed."""


class NeedsConfirm(Refused):
    """Allowed after a yes: ask, then run again with `code` among the confirmed ones of the situation."""


class Collided(AisleError):
    """Somebody else changed what this was built on; nothing was changed."""


class SetupError(AisleError):
    """Set-up must be changed by a person in charge; `facts` name the place."""


class InvariantBroken(Exception):
    """A bug or damaged data. Never shown as a refusal; the message carries all keys."""
