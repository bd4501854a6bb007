"""The scanner check shows what arrives, and settles whether separators do (SCN-51, SCN-114)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.site import DeviceProfile, Scanning, SiteHead
from tests.tui.session.hand import Floor, Hand
from tui.texts import words

TEST, LOST = "]C190AISLE\x1d91TEST", "]C190AISLE91TEST"
UNSEPARATED = "]C1010952123400001310AB2112"
"""Read from left to right its lot is AB2112; without a proof it may as well have a serial."""


@pytest.fixture
def house(floor: Floor) -> Floor:
    """A site with devices: `dock` whose separators nobody has tested, `paper` trusted by the site file."""
    profiles = {"dock": DeviceProfile(), "paper": DeviceProfile(gs_proven=True), "bar": DeviceProfile(gs_tokens=("|",))}
    head = floor.house.one(SiteHead, 1)
    assert head is not None
    floor.house.keep(replace(head, scanning=Scanning(profiles=profiles)))
    return floor


def at_check(floor: Floor, who: str = "ADA", profile: str = "dock", terminal: str = "T1") -> Hand:
    hand = floor.at_work(who, terminal, profile)
    hand.types("9", "9", "2")
    assert hand.prompt == "scanner_check menu"
    return hand


def told(hand: Hand) -> list[str]:
    return [words(message) for message in hand.view.body]


def kept(floor: Floor) -> list[tuple[str, str]]:
    """What became of the proofs of devices in the audit trail: made with all its values, then each change."""
    rows = [*floor.house.audits(""), *floor.house.audits("gs_proven")]
    return [(row.record_key, row.new) for row in rows if row.record_type == "separator_proof"]


def test_anything_scanned_is_shown_as_it_came(house: Floor) -> None:
    hand = at_check(house, "VERA")
    assert told(hand) == [
        "Scan anything, or the test label",
        "Test label: (90)AISLE(91)TEST",
        "dock: separators are not proven",
    ]

    hand.scans("]A0B W\x1d")

    assert told(hand)[0] == "]A0B<SP>W<GS>"
    assert told(hand)[-1] == "dock: separators are not proven"
    assert hand.refused == ""


def test_the_test_label_proves_the_device_for_everybody_from_the_next_scan_on(house: Floor) -> None:
    other = house.at_work("ANNA", "T2", "dock")
    other.scans(UNSEPARATED)
    assert other.refused == "unreadable"
    other.presses("ok")
    hand = at_check(house)

    hand.scans(TEST)

    assert told(hand)[0] == "OK: the separator arrives"
    assert told(hand)[-1] == "dock: separators are proven"
    assert hand.told == "separators_proven"
    other.scans(UNSEPARATED)
    other.presses("explain")
    assert "lot: AB2112" in told(other)


def test_a_second_test_says_nothing_new_and_writes_nothing(house: Floor) -> None:
    hand = at_check(house)
    hand.scans(TEST)
    before = kept(house)

    hand.scans(TEST)

    assert (hand.told, kept(house)) == ("", before)


def test_another_device_is_not_proven_by_it(house: Floor) -> None:
    at_check(house).scans(TEST)

    hand = at_check(house, profile="bar", terminal="T2")

    assert told(hand)[-1] == "bar: separators are not proven"


def test_a_lost_separator_says_what_to_set_on_the_scanner(house: Floor) -> None:
    hand = at_check(house)

    hand.scans(LOST)

    assert told(hand)[:2] == ["The separator is lost", "Set the scanner to send FNC1 as GS (29)"]
    assert hand.told == ""


@pytest.mark.parametrize("who", ["VERA", "ADA"])
def test_a_lost_separator_ends_the_proof_whoever_finds_it(house: Floor, who: str) -> None:
    at_check(house).scans(TEST)
    hand = at_check(house, who, terminal="T2")

    hand.scans(LOST)

    assert hand.told == "separators_doubted"
    assert told(hand)[-1] == "dock: separators are not proven"


def test_a_test_counts_more_than_the_site_file(house: Floor) -> None:
    hand = at_check(house, profile="paper")
    assert told(hand)[-1] == "paper: separators are proven"

    hand.scans(LOST)
    assert told(hand)[-1] == "paper: separators are not proven"
    hand.scans(TEST)

    assert told(hand)[-1] == "paper: separators are proven"


def test_a_separator_in_another_spelling_is_named_with_both_ways_out(house: Floor) -> None:
    hand = at_check(house)

    hand.scans("]C190AISLE|91TEST")

    assert told(hand)[:3] == [
        "The separator came as |",
        "Set the scanner to send FNC1 as GS (29)",
        "Or name | in gs_tokens of dock",
    ]


@pytest.mark.parametrize("spelling", ["|", "{GS}", "\x1b[19~"])
def test_a_spelling_that_the_reader_takes_of_this_device_arrives(house: Floor, spelling: str) -> None:
    hand = at_check(house, profile="bar")

    hand.scans(f"]C190AISLE{spelling}91TEST")

    assert hand.told == "separators_proven"


def test_a_typed_test_label_proves_nothing(house: Floor) -> None:
    hand = at_check(house)

    hand.types(TEST)

    assert told(hand)[0] == "Typed: a test counts only when scanned"
    assert (hand.told, kept(house)) == ("", [])


@pytest.mark.parametrize("who", ["VERA", "PIA", "ANNA", "SUE", "OLE", "ACE"])
def test_saf_27_only_set_up_keeps_a_proof(house: Floor, who: str) -> None:
    hand = at_check(house, who)

    hand.scans(TEST)

    assert told(hand)[0] == "OK: the separator arrives"
    assert (hand.told, hand.refused, kept(house)) == ("separators_not_kept", "", [])


def test_without_a_profile_nothing_is_kept(house: Floor) -> None:
    hand = at_check(house, profile="")

    hand.scans(TEST)

    assert told(hand)[0] == "OK: the separator arrives"
    assert told(hand)[-1] == "No device profile: no test is kept"
    assert (hand.told, kept(house)) == ("", [])


def test_a_proof_and_its_end_are_audited(house: Floor) -> None:
    at_check(house).scans(TEST, LOST)

    made, ended = kept(house)
    assert made[0] == "dock"
    assert '"gs_proven":true' in made[1]
    assert ended == ("dock", "false")


def test_a_check_that_is_begun_again_starts_over(house: Floor) -> None:
    hand = at_check(house)
    hand.scans(TEST)
    hand.presses("back")

    hand.types("2")

    assert told(hand)[0] == "Scan anything, or the test label"
