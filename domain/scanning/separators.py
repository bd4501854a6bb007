"""Whether a device sends the separators of a GS1 label: the test label, and what is kept of it (SCN-51, SCN-114).

Not here: reading labels whose separators may be lost (gs1_lost_separators.py), the screen of the test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from domain.errors import Refused
from domain.people.rights import require_right
from domain.records import RecordBooks, Records
from domain.scanning.cleaning import GS, Scan, cleaned
from domain.site import DeviceProfile, Scanning, SiteHead
from domain.situation import Situation

_BEFORE, _AFTER = "90AISLE", "91TEST"
TEST_LABEL = "(90)AISLE(91)TEST"
"""As a label program takes it. 90 and 91 are free for a company's own use, so no goods carry it."""

_TEST = re.compile(f"{_BEFORE}(.{{0,10}}){_AFTER}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SeparatorProof:
    """What the last test of a device showed, where it is not what its profile in the site file says."""

    KEY: ClassVar[tuple[str, ...]] = ("profile",)
    AUDITED: ClassVar[bool] = True

    profile: str
    gs_proven: bool
    tested_at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    """The device that the test label was scanned with, by its profile."""

    profile: str


def profile_in_force(records: Records, scanning: Scanning, name: str) -> DeviceProfile:
    """Return the profile of a device: as the site file has it, `gs_proven` as tested."""
    profile = scanning.profiles.get(name, DeviceProfile())
    proof = records.one(SeparatorProof, name) if name else None
    return profile if proof is None else replace(profile, gs_proven=proof.gs_proven)


def separator_of(raw: str, scanning: Scanning, profile: DeviceProfile, today: date) -> str | None:
    """Return what arrived between the parts of the test label, None for any other label.

    That is GS in whatever spelling the reader takes of this device, "" where it was lost, else what came in its place.
    """
    found = _TEST.search(raw)
    if found is None:
        return None
    scan = cleaned(raw, scanning, profile, today)
    return GS if isinstance(scan, Scan) and f"{_BEFORE}{GS}{_AFTER}" in scan.text else found[1]


def prove_separators(books: RecordBooks, situation: Situation, device: Device) -> None:
    """Read the labels of a device from left to right from now on: its separators arrive (right `set_up`).

    Raises Refused("unknown") for a profile that the site does not have.
    """
    require_right(situation, "set_up")
    _keep(books, situation, device.profile, gs_proven=True)


def doubt_separators(books: RecordBooks, situation: Situation, device: Device) -> None:
    """Look for lost separators in the labels of a device again: what it sent just now had lost one.

    Asks for no right: it only makes the reader more careful. Raises Refused("unknown") as `prove_separators` does.
    """
    _keep(books, situation, device.profile, gs_proven=False)


def _keep(books: RecordBooks, situation: Situation, profile: str, *, gs_proven: bool) -> None:
    head = books.records.one(SiteHead, 1) or SiteHead()
    if profile not in head.scanning.profiles:
        raise Refused("unknown", code=profile, prompt="profile")
    if profile_in_force(books.records, head.scanning, profile).gs_proven == gs_proven:
        return
    with books.ledger.command(situation.head("change")):
        books.records.save(SeparatorProof(profile, gs_proven, situation.now))
