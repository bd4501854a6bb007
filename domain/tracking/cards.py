"""Info cards: the master row of a lot, serial or package (tracking.md, Data)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class InfoCard:
    """What is known of a number besides its stock. No card = not blocked (ITM-55)."""

    KEY: ClassVar[tuple[str, ...]] = ("kind", "item", "variant", "key")
    AUDITED: ClassVar[bool] = True

    kind: str
    """lot, serial or package."""
    item: str
    variant: str
    key: str
    """The number folded (values.fold)."""
    no: str
    description: str = ""
    blocked: bool = False
    test_quality: str = "none"
    certificate_no: str = ""
