"""The test label, and who may say what of a device's separators (SCN-51, SAF-27)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import Refused
from domain.scanning.reader import read
from domain.scanning.separators import (
    TEST_LABEL,
    Device,
    doubt_separators,
    prove_separators,
    separator_of,
)
from domain.site import DeviceProfile, Scanning, SiteHead
from tests.domain.notation import PEOPLE, TODAY, Warehouse, warehouse

DOCK = Device("dock")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with warehouse(tmp_path) as house:
        house.keep(SiteHead(scanning=Scanning(profiles={"dock": DeviceProfile()})))
        yield house


@pytest.mark.parametrize(
    ("raw", "separator"),
    [
        ("]C190AISLE\x1d91TEST", "\x1d"),
        ("]d2\x1d90AISLE\x1d91TEST\r", "\x1d"),
        ("90AISLE^]91TEST", "\x1d"),
        ("]C190AISLE91TEST", ""),
        ("]C190AISLE\x1c91TEST", "\x1c"),
        ("]C190AISLE#91TEST", "#"),
        ("]C190AISLE\x1d", None),
        ("4012345678901", None),
        ("", None),
    ],
)
def test_what_arrives_between_the_parts_of_the_test_label(raw: str, separator: str | None) -> None:
    assert separator_of(raw, Scanning(), DeviceProfile(), TODAY) == separator


def test_the_test_label_is_a_gs1_label_that_names_no_goods() -> None:
    reading = read(TEST_LABEL, Scanning(), DeviceProfile(), TODAY)

    assert (reading.kind, reading.facts) == ("gs1", {"other": {"90": "AISLE", "91": "TEST"}})


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - {"ADA"}))
def test_saf_27_proving_a_device_is_set_up_and_doubting_it_is_everybodys(house: Warehouse, who: str) -> None:
    with pytest.raises(Refused) as refused:
        house.do(prove_separators, DOCK, who)
    house.do(doubt_separators, DOCK, who)

    assert refused.value.code == "no_right"


@pytest.mark.parametrize("command", [prove_separators, doubt_separators])
def test_a_device_without_a_profile_keeps_nothing(house: Warehouse, command: object) -> None:
    with pytest.raises(Refused) as refused:
        house.do(command, Device(""), "ADA")  # type: ignore[arg-type]

    assert refused.value.code == "unknown"
