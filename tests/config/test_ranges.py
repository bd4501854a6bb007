from __future__ import annotations

import pytest

from config.ranges import LARGEST_RANGE, bin_codes
from config.scalars import Unreadable
from tests.config.reading import faults, site

WHITE = "locations: {WHITE: {bin_mandatory: true}}\nzones: [{location: WHITE, code: PICK, ranking: 5}]\n"


def codes(text: str) -> list[str]:
    return [bin.code for bin in site(f"{WHITE}bins:\n{text}").bins]


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("W-01", ["W-01"]),
        ("w-{01..03}", ["W-01", "W-02", "W-03"]),
        ("{8..11}", ["8", "9", "10", "11"]),
        ("{008..011}X", ["008X", "009X", "010X", "011X"]),
        ("{a..C}", ["A", "B", "C"]),
        ("{1..2}-{A..B}", ["1-A", "1-B", "2-A", "2-B"]),
        ("{7..7}", ["7"]),
    ],
)
def test_a_range_makes_its_codes_in_order_and_keeps_widths(written: str, made: list[str]) -> None:
    assert list(bin_codes(written)) == made
    assert len(bin_codes(written)) == len(made)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("", "is not a bin code"),
        ("W-{01..02", "has a brace without its other half"),
        ("W-01}", "has a brace without its other half"),
        ("{{1..2}}", "has a brace without its other half"),
        ("{}", '"{}" is not a range'),
        ("{1..B}", '"{1..B}" is not a range'),
        ("{AA..AB}", '"{AA..AB}" is not a range'),
        ("{3..1}", '"{3..1}" runs backwards: write {1..3}'),
        ("A-23456789-1234567-{8..10}", "is not a bin code"),
        ("A\tB", "is not a bin code"),
        ("{1..500}{1..401}", "makes more than 200,000 bins"),
    ],
)
def test_a_code_that_is_none_is_refused(written: str, wrong: str) -> None:
    with pytest.raises(Unreadable) as refused:
        bin_codes(written)

    assert wrong in str(refused.value)


def test_a_later_row_for_one_code_says_only_what_differs_from_the_range() -> None:
    bins = site(
        WHITE + 'bins: [{location: WHITE, code: "W-{1..3}", zone: PICK, max_weight: 9},'
        " {location: WHITE, code: W-2, dedicated: true, ranking: 1}]"
    ).bins

    assert [(bin.code, bin.zone, bin.max_weight, bin.dedicated, bin.ranking) for bin in bins] == [
        ("W-1", "PICK", 9, False, 5),
        ("W-2", "PICK", 9, True, 1),
        ("W-3", "PICK", 9, False, 5),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["W-{1..3}", "W-{3..5}"],
        ["W-3", "W-{1..5}"],
        ["W-3", "W-3"],
        ["W-{1..3}", "W-3", "W-3"],
    ],
)
def test_the_same_code_twice_is_a_fault(rows: list[str]) -> None:
    found = faults(WHITE + "bins:\n" + "".join(f'- {{location: WHITE, code: "{code}"}}\n' for code in rows))

    assert len(found) == 1
    assert "W-3 is there twice, first at site.yaml:" in found[0]


def test_the_same_code_at_another_location_is_another_bin() -> None:
    bins = site("locations: {A: {}, B: {}}\nbins: [{location: A, code: X}, {location: B, code: X}]").bins

    assert [(bin.location, bin.code) for bin in bins] == [("A", "X"), ("B", "X")]


@pytest.mark.slow
def test_a_site_has_as_many_bins_as_its_ranges_make() -> None:
    assert len(codes('- {location: WHITE, code: "{A..B}-{00001..50000}", zone: PICK}')) == 100_000


def test_a_site_stops_at_a_million_bins() -> None:
    rows = "".join(f'- {{location: WHITE, code: "{letter}{{1..{LARGEST_RANGE}}}"}}\n' for letter in "ABCDEF")

    assert "bins: more than 1,000,000 bins: leave some out" in faults(f"{WHITE}bins:\n{rows}")[0]
