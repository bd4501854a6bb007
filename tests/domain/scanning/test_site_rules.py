"""Rules of a site for labels of other systems (SCN-103)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scanning.reader import read
from domain.scanning.reading import KINDS, Reading
from domain.scanning.site_rules import BadPattern, pattern
from domain.site import DeviceProfile, Scanning, ScanRule
from tests.domain.scanning.labels import TODAY, told


def by_rules(text: str, *rules: tuple[int, str, str]) -> Reading:
    """Read a text at a site with rules of (rank, kind, match)."""
    return read(text, Scanning(rules=tuple(ScanRule(*rule) for rule in rules)), DeviceProfile(), TODAY)


@pytest.mark.parametrize(
    ("text", "kind", "match", "result"),
    [
        ("V-123456", "item", "V-(?P<code>[0-9]{6})", "item code=123456"),
        ("v-123456", "item", "V-(?P<code>[0-9]{6})", "plain code=v-123456"),
        ("v-123456", "item", "(?i)V-(?P<code>[0-9]{6})", "item code=123456"),
        ("V-1234567", "item", "V-(?P<code>[0-9]{6})", "plain code=V-1234567"),
        ("XV-123456", "item", "V-(?P<code>[0-9]{6})", "plain code=XV-123456"),
        ("V-123456", "item", "V-(?P<code>[0-9]{3})|.*", "E_VALUE item V-123456"),
        ("12345678", "item", "(?P<code>[0-9]{8})", "item code=12345678"),
        ("w-01/02", "bin", "(?P<code>w-01)/.*", "bin code=W-01"),
        ("w_01", "bin", "(?P<code>.*)", "E_VALUE bin w_01"),
        ("lot7", "lot", "(?P<code>.*)", "lot code=lot7"),
        ("abc", "plain", "a(?P<code>.*)", "plain code=bc"),
        ("GO", "command", "(?P<command>GO)", "E_NOMATCH"),
        ("#ok", "command", "#(?P<command>.*)", "command command=OK"),
        ("#qty=5", "command", "#(?P<command>.*)", "command command=QTY qty=5"),
        ("A1;L7;20280630;012.50", "item", "(?P<code>[^;]*);(?P<lot>[^;]*);(?P<expiry>[^;]*);(?P<qty>.*)",
         "item code=A1 expiry=2028-06-30 lot=L7 qty=12.5"),
        ("A1;", "item", "(?P<code>[^;]*);(?P<lot>.*)", "item code=A1"),
        ("A1", "item", "(?P<code>[^;]*)(;(?P<lot>.*))?", "item code=A1"),
        ("A1;2028-06-30", "item", "(?P<code>.*);(?P<expiry>.*)", "item code=A1 expiry=2028-06-30"),
        ("A1;2028-06-31", "item", "(?P<code>.*);(?P<expiry>.*)", "E_DATE 2028-06-31"),
        ("A1;0", "item", "(?P<code>.*);(?P<qty>.*)", "E_QTY 0"),
        ("X9521234000013", "gtin", "X(?P<gtin>.*)", "gtin gtin=09521234000013"),
        ("X9521234000014", "gtin", "X(?P<gtin>.*)", "E_CHECK 4 3"),
        ("X123", "gtin", "X(?P<gtin>.*)", "E_VALUE 8 or 12 or 13 or 14"),
        ("X395212340000000120", "gs1", "X(?P<sscc>.*)", "gs1 sscc=395212340000000120"),
        ("B:A-01", "item", "(?P<code>.*)", "bin code=A-01"),
        ("*V-1*", "item", "V-(?P<code>1)", "item code=1 W_STAR"),
        ("+V", "item", "[+](?P<code>V)", "item code=V"),
        ("(01)X", "item", "[(]01[)](?P<code>X)", "item code=X"),
        ("]C110A", "lot", "10(?P<code>.*)", "gs1 lot=A W_PART"),
    ],
)  # fmt: skip
def test_a_rule_reads_the_whole_text_into_the_facts_of_its_groups(
    text: str, kind: str, match: str, result: str
) -> None:
    found = by_rules(text, (10, kind, match))

    assert f"{found.kind} {told(found)}".strip() == result


def test_the_lower_rank_counts_and_two_of_one_rank_leave_it_open() -> None:
    item, lot = (10, "item", "A(?P<code>.*)"), (10, "lot", ".(?P<code>.*)")

    assert by_rules("AB", item, (9, *lot[1:])).kind == "lot"
    assert by_rules("AB", item, (11, *lot[1:])).kind == "item"
    open_question = by_rules("AB", item, lot)
    assert open_question.error == "E_AMBIG"
    assert [(one.kind, one.text("code")) for one in open_question.readings] == [("item", "B"), ("lot", "B")]


def test_of_two_rules_that_match_only_what_can_be_is_offered() -> None:
    bin, lot = (10, "bin", "(?P<code>.*)"), (10, "lot", "(?P<code>.*)")

    assert [one.kind for one in by_rules("A_1", bin, lot).readings] == ["lot"]
    assert by_rules("A_1", bin, bin).error == "E_VALUE"


@pytest.mark.parametrize("match", [r"(a)\1", "(?=a)", "(?<!a)b", "a++", "(?>a)", "(", "[b-a]", "a{1001}"])
def test_a_pattern_that_cannot_be_matched_in_linear_time_is_refused(match: str) -> None:
    with pytest.raises(BadPattern):
        pattern(match)


def test_a_pattern_that_backtracks_elsewhere_answers_at_once() -> None:
    assert by_rules("a" * 500 + "!", (1, "lot", "(?P<code>(a*)*b)")).error == "E_NOMATCH"


@given(st.text(max_size=60), st.text("abA1.*+?()|[]^$\\P<>codelt{}0,", max_size=20), st.sampled_from(KINDS[6:]))
def test_whatever_is_scanned_at_a_site_with_rules_is_read_or_refused(text: str, match: str, kind: str) -> None:
    group = "command" if kind == "command" else "code"
    try:
        pattern(f"(?P<{group}>{match})")
    except BadPattern:
        return
    if re.search(r"\(\?P?<", match):
        return

    found = by_rules(text, (1, kind, f"(?P<{group}>{match})"))

    assert (found.kind in KINDS) != bool(found.error)
