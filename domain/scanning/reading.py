"""The typed result of reading a scanned or keyed text (scanning.md, Result). Fixed for every symbology to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

KINDS = (
    "gs1", "gtin", "rcn", "mh10", "hibc", "url", "bin", "lot", "serial",
    "item", "pallet", "order", "user", "command", "plain",
)  # fmt: skip
Facts: TypeAlias = Mapping[str, str | dict[str, str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """Either `kind`, `facts` and `warn`, or `error` (with `readings` for E_AMBIG); always the untouched raw text.

    Facts are text: GTINs 14 digits, dates ISO, quantities decimal text. `measure` and `other` hold a mapping.
    """

    raw: str
    kind: str = ""
    facts: dict[str, str | dict[str, str]] = field(default_factory=dict)
    warn: tuple[str, ...] = ()
    error: str = ""
    """An E_ code of scanning.md; "" when read."""
    error_facts: dict[str, str] = field(default_factory=dict)
    """What fills the text of the error."""
    readings: tuple[Reading, ...] = ()
    check: str = ""
    """The check character of a first HIBC label: what its second label names as its link (SCN-94)."""
    symbology: str = field(default="", compare=False)
    """What the device said it saw, `C1` or `E0`: how it was read, as the next, is not what it says."""
    step: str = field(default="", compare=False)
    """The step of recognising that decided; "" where cleaning refused it."""
    rule: str = field(default="", compare=False)
    """The pattern of the site rule by which it was read."""

    def text(self, fact: str) -> str:
        """Return a text fact, "" where there is none."""
        value = self.facts.get(fact, "")
        return value if isinstance(value, str) else ""
