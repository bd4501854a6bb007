"""F9 tells how the last scan was read, what it means and what it led to (floor-flows.md 2, decision 24)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items.card import Identifier
from domain.scanning import reader
from domain.scanning.reader import read
from domain.scanning.reading import KINDS, Reading
from domain.site import DeviceProfile, Scanning, ScanRule, SiteHead
from tests.domain.notation import TODAY
from tests.tui.session.hand import Floor, Hand
from tui.floor.page import Speaker, work, wrapped
from tui.jobs.how_read import how_read, named, reading_of
from tui.jobs.view import View
from tui.texts import HANDHELD, words
from tui.texts.en import TEXTS


@pytest.fixture
def hand(floor: Floor) -> Hand:
    """ANNA at the item prompt of an adjustment."""
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01")
    return hand


def told(view: View) -> list[str]:
    return [words(message) for message in view.body]


def reading(text: str, profile: DeviceProfile | None = None) -> Reading:
    return read(text, Scanning(), profile or DeviceProfile(), TODAY)


def said(text: str) -> list[str]:
    return [words(message) for message in how_read(reading(text))]


def test_an_accepted_scan_is_told_from_its_characters_to_its_outcome(floor: Floor, hand: Hand) -> None:
    floor.house.item("1000", gtin="09521234000013")
    hand.scans("]C101095212340000131027-A\x1d3012")

    hand.presses("explain")

    assert told(hand.view) == [
        "]C101095212340000131027-A<GS>3012",
        "Read as GS1",
        "item GTIN: 09521234000013",
        "lot: 27-A",
        "quantity: 12",
        "]C1 GS1-128",
        "By rule 1, GS1 by its mark",
        "27-A 1000 PCS",
        "scanned, accepted at item",
    ]


def test_a_code_that_means_nothing_says_so_and_what_it_led_to(hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.presses("ok", "explain")

    assert told(hand.view) == [
        "ZZ-9",
        "Read as a plain code",
        "code: ZZ-9",
        "By rule 12, a plain code",
        "Read ZZ-9: unknown",
        "scanned, refused at item: unknown",
    ]


def test_an_unreadable_scan_is_told_by_the_error_of_the_reader(hand: Hand) -> None:
    hand.scans("4012345678902")
    hand.presses("ok", "explain")

    assert told(hand.view)[1:] == [
        "Check digit wrong: read 2, should be 1",
        "By rule 9, only digits",
        "scanned, refused at item: unreadable",
    ]


def test_every_reading_of_an_ambiguous_label_is_told(hand: Hand) -> None:
    hand.scans("10AB2112\x1d" if False else "010952123400001310AB2112")
    hand.presses("back", "explain")

    lines = told(hand.view)
    assert "Two readings. Choose:" in lines
    assert lines[lines.index("Reading 1:") :][:3] == ["Reading 1:", "Read as GS1", "item GTIN: 09521234000013"]
    assert "Reading 2:" in lines


def test_things_that_share_a_code_are_told_apart_by_unit_and_kind(floor: Floor, hand: Hand) -> None:
    floor.house.keep(Identifier("W-02", "1000", uom="BOX"))
    hand.presses("find")

    hand.scans("W-02")

    assert [words(choice.label) for choice in hand.view.choices] == ["bin W-02", "item 1000 BOX"]


def test_what_a_code_means_is_looked_up_now(floor: Floor, hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.presses("ok")
    floor.house.keep(Identifier("ZZ-9", "1000", uom="BOX"))

    hand.presses("explain")

    assert "item 1000 BOX" in told(hand.view)


def test_digits_commands_and_the_scans_of_others_are_not_explained(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("8")
    hand.scans("W-01")
    hand.types(".e", "..", "0")
    hand.scans("%%BACK")
    hand.types(".e")
    assert told(hand.view)[0] == "W-01"
    hand.types("..")
    hand.presses("back")
    hand.types("1")

    hand.signs_in("SUE")
    hand.presses("explain")

    assert told(hand.view) == ["No scan yet"]


def test_a_scan_over_f9_changes_nothing(hand: Hand) -> None:
    hand.scans("ZZ-9")
    hand.presses("ok", "explain")

    hand.scans("1000")
    assert (hand.prompt, hand.refused) == ("explain menu", "key_not_here")
    hand.presses("explain")
    assert hand.refused == "key_not_here"
    hand.presses("back")

    assert hand.prompt == "adjust item"


def test_long_labels_have_pages_round_to_the_first(floor: Floor, hand: Hand) -> None:
    hand.scans("]C10109521234000013" + "91" + "A" * 90 + "\x1d" + "92" + "B" * 90 + "\x1d" + "93" + "C" * 90)
    hand.presses("ok", "explain")
    assert (hand.view.progress, len(hand.view.body)) == ("1/3", 9)

    hand.types("0")
    assert hand.view.progress == "2/3"
    hand.presses("ok", "ok")
    assert hand.view.progress == "1/3"
    hand.presses("back")

    assert hand.prompt == "adjust item"


def test_on_20x8_every_line_can_be_paged_to_and_none_is_cut(hand: Hand) -> None:
    hand.scans("]C10109521234000013" + "91" + "A" * 90 + "\x1d" + "92" + "B" * 90)
    hand.presses("ok", "explain")
    for _ in range(int(hand.view.progress.partition("/")[2])):
        wanted = [row for message in hand.view.body for row in wrapped(words(message), 20)]

        assert painted(hand.view) >= set(wanted)
        hand.presses("ok")


def painted(view: View) -> set[str]:
    """All rows of a body at 20x8, as Enter turns from one part to the next."""
    rows: set[str] = set()
    scrolled, is_more = 0, True
    while is_more:
        page = work(view, "", 20, 8, speak=Speaker("en"), scrolled=scrolled)
        rows |= {row.text for row in page.rows[1 : 1 + page.body_rows]}
        is_more = scrolled < page.hidden
        scrolled = min(scrolled + page.body_rows, page.hidden)
    return rows


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("01\x1d10\x1e\x04", "01<GS>10<RS><EOT>"),
        ("a b\x1b[", "a<SP>b<ESC>["),
        ("A\ufffdé", "A<U+FFFD><U+00E9>"),
        ("<GS>", "<LT>GS>"),
    ],
)
def test_characters_are_shown_by_name_and_no_two_alike(text: str, shown: str) -> None:
    assert named(text) == shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("B:W-01", ["Read as a bin label", "bin: W-01", "By rule 5, a prefix of our own"]),
        ("P:PAL1", ["Read as a package label", "package: PAL1", "By rule 5, a prefix of our own"]),
        (
            "*AB1*",
            ["Read as a plain code", "code: AB1", "By rule 12, a plain code", "! Stars around the code were taken off"],
        ),
        ("]A0AB1", ["Read as a plain code", "code: AB1", "]A0 Code 39", "By rule 12, a plain code"]),
        ("A\x1bB", ["Label holds a control character <ESC>", "By cleaning, before any rule"]),
        ("§", ['Character "§" is not allowed here', "By cleaning, before any rule"]),
        ("/A", ["Code not recognised", "By rule 13, no form fits"]),
    ],
)
def test_the_rule_that_decided_is_named(text: str, lines: list[str]) -> None:
    assert said(text)[1:] == lines


def test_scn_103_the_rule_of_the_site_that_decided_is_shown_and_journalled(floor: Floor) -> None:
    head = floor.house.one(SiteHead, 1)
    assert head is not None
    rules = (ScanRule(10, "bin", "V-(?P<code>.*)"), ScanRule(20, "lot", ".*(?P<code>[0-9]{2})"))
    floor.house.keep(replace(head, scanning=Scanning(rules=rules)))
    hand = floor.at_work()

    hand.scans("V-W-02")
    hand.presses("explain")

    assert told(hand.view)[1:5] == [
        "Read as a bin label",
        "bin: W-02",
        "rule: V-(?P<code>.*)",
        "By rule 5, a rule of the site file",
    ]


def test_parts_without_a_name_are_told_by_their_identifier() -> None:
    assert "(91): X1" in said("]C191X1")
    assert "net_kg: 1.250" in said("]C13103001250")


@given(st.text(st.characters(), max_size=120))
def test_no_line_is_cut_and_all_characters_are_told(text: str) -> None:
    lines = how_read(reading(text))

    assert "".join(str(line.facts["raw"]) for line in lines if line.code == "body.raw") == named(text)
    assert all(words(line, width=4 * HANDHELD) == words(line) for line in lines if line.code in ("body.raw", "text"))


@pytest.mark.parametrize(
    "text", ["]C1010952123400001310AB2112", "B:W-01", "4012345678902", "[)>\x1e06\x1dPX\x1dQ3\x1e\x04"]
)
def test_a_reading_comes_back_from_the_journal_as_it_was(floor: Floor, text: str) -> None:
    hand = floor.at_work()
    hand.scans(text)

    again = reading_of(floor.scans()[-1])

    assert again == reading(text)
    assert (again.symbology, again.step) == (reading(text).symbology, reading(text).step)


def test_every_step_kind_and_warning_of_the_reader_has_words() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(reader.__file__).parent.glob("*.py"))
    codes = {
        "step": {*reader._STEPS_AS_SCANNED, *reader._STEPS, "nothing", "cleaning"},
        "read_as": set(KINDS),
        "warning": set(re.findall('"(W_[A-Z0-9]+)"', sources)),
    }

    assert [f"{fact}.{code}" for fact in codes for code in sorted(codes[fact]) if f"{fact}.{code}" not in TEXTS] == []
