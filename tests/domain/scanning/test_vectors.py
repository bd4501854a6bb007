"""T-16: every scan vector: each fact and each warning, no more."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from domain.scanning.reader import read
from domain.site import DeviceProfile, Scanning

FILE = Path(__file__).parents[2] / "cases" / "files" / "scans.yaml"
VECTORS = yaml.safe_load(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"cases": []}


def scans(vector):
    """Each text of a vector with what it must give; capture ends a text at CR."""
    if "scans" in vector:
        return list(zip(vector["raw"].split("\r"), vector["scans"], strict=False))
    return [(vector["raw"], vector)]


@pytest.mark.skipif(not FILE.exists(), reason="the scan vectors are not in tests/cases/files")
@pytest.mark.parametrize("vector", VECTORS["cases"], ids=lambda vector: vector["id"])
def test_a_vector_is_read_as_it_says(vector):
    profile = DeviceProfile(**VECTORS["profiles"][vector.get("profile", "default")])

    for raw, expected in scans(vector):
        reading = read(raw, Scanning(), profile, date.fromisoformat(VECTORS["meta"]["today"]))

        assert (reading.raw, reading.error, reading.kind) == (raw, expected.get("error", ""), expected.get("kind", ""))
        assert reading.facts == expected.get("facts", {})
        assert set(reading.warn) == set(expected.get("warn", []))
