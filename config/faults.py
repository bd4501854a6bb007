"""What is wrong in a file, and where it stands.

Not here: finding it (loader.py, forms.py, references.py, import_map.py), showing it (the command line).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from domain.errors import SetupError

MOST_FAULTS = 1_000


class Place(NamedTuple):
    """A place in a file, counted from 1. Line 0 is the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: `file:line:column: path: what is wrong: what would be right` (SITE-02)."""

    place: Place
    path: str
    """The key from the top of the file, `locations.EAST.bins.receipt`; rows are counted from 1. "" is the file."""
    wrong: str
    right: str

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.place), self.path, self.wrong, self.right) if part)


class SiteFaults(SetupError):
    """A file cannot be used. Holds every fault found, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.place))
        super().__init__("site_faults", faults=self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class FaultList:
    """Faults as they are found; a thousand end the reading, for nobody reads on and a hostile file is full of them."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Take one more.

        Raises SiteFaults when it is one too many.
        """
        if len(self.faults) == MOST_FAULTS:
            more = Fault(Place(fault.place.file), "", f"more than {MOST_FAULTS:,} faults", "mend these first")
            raise SiteFaults([*self.faults, more])
        self.faults.append(fault)

    def finish(self) -> None:
        """Raise SiteFaults where there are any."""
        if self.faults:
            raise SiteFaults(self.faults)


def path_text(path: Iterable[str | int | None]) -> str:
    """Return a path as people read it, `bins[3].zone`, rows counted from 1; None is a key not yet known."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        elif part:
            text += f".{part}" if text else part
    return text
