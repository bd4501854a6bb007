"""Reading case files: the cases of a file in their order. What a case means is not known here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.loader import load_yaml, plain

FILES = Path(__file__).parent / "files"


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its id and its tree of text; `file` holds what the file says beside its cases."""

    id: str
    body: dict[str, Any]
    file: dict[str, Any]


def case_files() -> list[Path]:
    """Return the files kept here: the specification's, then our own."""
    return sorted(FILES.glob("*.yaml")) + sorted(FILES.glob("own/*.yaml"))


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file: a list, or a mapping with that list under `cases`.

    Raises:
        ValueError: the file holds something else, or a case without an id or with one used before.
        SiteFaults: the file cannot be read, or is not YAML of the site file's kind.
    """
    tree: Any = plain(load_yaml(path))
    file = tree if isinstance(tree, dict) else {}
    bodies = file.get("cases") if isinstance(tree, dict) else tree
    if not isinstance(bodies, list) or not all(isinstance(body, dict) for body in bodies):
        raise ValueError("not a list of cases")
    cases = [Case(str(body.get("id") or ""), body, file) for body in bodies]
    if any(not case.id for case in cases):
        raise ValueError("a case has no id")
    if twice := [case.id for number, case in enumerate(cases) if case.id in {other.id for other in cases[:number]}]:
        raise ValueError(f"twice: {', '.join(twice)}")
    return cases


def named(cases: Sequence[Case], wanted: str) -> Iterator[Case]:
    """Yield the case of that id; where there is none, the cases whose ids contain it."""
    exact = [case for case in cases if case.id == wanted]
    yield from exact or (case for case in cases if wanted in case.id)
