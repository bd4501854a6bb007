"""Scan vectors: a raw text, the device's settings, and all that the reader must make of it (scanning.md).

A vector expects a whole result: every fact and every warning, no more. `scans` are several codes in one burst.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from domain.scanning.reader import read
from domain.site import DeviceProfile, Scanning
from tests.cases.arguments import Arguments
from tests.cases.case_file import Case
from tests.cases.case_site import read_site
from tests.cases.expectations import Expectation
from tests.cases.matching import Actual, Difference, Expected, difference, shown
from tests.cases.verbs.questions import reading_of
from tests.cases.vocabulary import Mistake
from tui.capture import Capture, CaptureSettings, Line

TODAY = date(2026, 1, 15)
BYTE_GAP_S = 0.001
NOTHING: dict[str, Expected] = {"kind": None, "facts": {}, "warn": [], "error": None, "readings": []}
"""What a vector expects of the parts it does not name."""


def vector_expectations(case: Case) -> Iterator[Expectation]:
    """Read the raw text and yield what is expected of it."""
    vector = Arguments(case.body, TODAY)
    today = vector.day("today") or Arguments(case.file, TODAY).part("meta").day("today") or TODAY
    profile = _profile(case.file.get("profiles") or {}, vector.text("profile", "default"))
    is_burst = "scans" in vector
    texts = _captured(vector.text("raw")) if is_burst else [vector.text("raw")]
    readings = [reading_of(read(text, Scanning(), profile, today)) for text in texts]

    def compare(expected: Expected) -> Difference | None:
        rows = expected if isinstance(expected, list) else [expected]
        if len(rows) != len(readings):
            return Difference("scans", f"{len(rows)} scans", shown(readings))
        return next((found for row, got in zip(rows, readings, strict=True) if (found := _differs(row, got))), None)

    result = case.body["scans"] if is_burst else {name: case.body[name] for name in NOTHING if name in vector}
    yield Expectation("", result, compare)


def _differs(expected: Expected, got: Mapping[str, Actual]) -> Difference | None:
    if not isinstance(expected, dict):
        raise Mistake("a scan is not a mapping")
    wanted = NOTHING | expected
    facts, warn, readings = wanted["facts"], wanted["warn"], wanted["readings"]
    if not isinstance(facts, dict) or not isinstance(warn, list) or not isinstance(readings, list):
        raise Mistake("facts is a mapping, warn and readings are lists")
    known = got["facts"]
    if isinstance(known, Mapping) and (more := known.keys() - facts.keys()):
        return Difference(f"facts.{min(more)}", "no such fact", shown(known))
    whole: Expected = wanted | {"warn": {"any_order": warn}, "readings": {"any_order": readings}}
    return difference(whole, got, today=TODAY)


def _profile(profiles: Mapping[str, Any], name: str) -> DeviceProfile:
    """Return a device's settings; the file names them as a site file does."""
    if name not in profiles:
        if name != "default":
            raise Mistake(f"there is no profile {name}")
        return DeviceProfile()
    return read_site({"scanning": {"profiles": {name: profiles[name]}}}).head.scanning.profiles[name]


def _captured(raw: str) -> list[str]:
    """Return the codes that capture makes of characters a millisecond apart."""
    capture = Capture(CaptureSettings())
    tokens = [token for at, byte in enumerate(raw.encode()) for token in capture.feed(bytes([byte]), at * BYTE_GAP_S)]
    return [token.text for token in tokens if isinstance(token, Line)]
