"""Cleaning, whatever the label (SCN-20..27)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.scanning.cleaning import EOT, GS, RS, Scan, cleaned
from domain.scanning.reading import Reading
from domain.site import DeviceProfile, Scanning
from tests.domain.scanning.labels import TODAY

DEVICE = DeviceProfile(prefix=("!!", "!"), suffix=("##",), gs_tokens=("|", "||", "<GS>", "~"))
PLAIN = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="]{}[^~\\"), min_size=1)
ANYTHING = st.text(max_size=30) | st.text("]C1A[)>+!#|~^{GS}RSh tp:/\\x1dD029\r\n\t\x02\x03\x1d\x1e\x04", max_size=30)


def clean(raw: str, profile: DeviceProfile | None = None) -> str:
    """Return the clean text behind its mark, or the error with its facts."""
    result = cleaned(raw, Scanning(), profile or DeviceProfile(), TODAY)
    if isinstance(result, Reading):
        return " ".join([result.error, *result.error_facts.values()])
    return f"]{result.symbology}:{result.text}" if result.symbology else result.text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("A\r\n\t\r", "A"),
        ("\x02\x02A", "E_CTRL \x02"),
        ("A\x03\x03", "E_CTRL \x03"),
        ("A\r\x03", "E_CTRL \r"),
        ("\x02\x03", "E_EMPTY"),
        ("!!A##", "!!A##"),
        (" ]C1A", "]C1A"),
        ("]C1]C1A", "]C1:]C1A"),
        ("]C1\r\n", "E_EMPTY"),
        ("]C1 \x1d", "]C1:\x1d"),
        ("]V1A", "E_SYMID ]V"),
        ("]W1A", "E_SYMID ]W"),
        ("]Y1A", "E_SYMID ]Y"),
        ("]a1A", "E_SYMID ]a"),
        ("]C", "E_SYMID ]C"),
        ("]C A", "E_SYMID ]C"),
        ("]CÄA", "E_SYMID ]C"),
        ("]z0A", "]z0:A"),
        ("A" * 512, "A" * 512),
        ("A" * 512 + "\r\n", "A" * 512),
        ("]C1" + "A" * 510, "E_LONG 513"),
        (" " * 600, "E_EMPTY"),
        ("\x7f", "E_CTRL \x7f"),
        ("A\x85", "E_CTRL \x85"),
        ("A\xa0", "E_CHARSET \xa0"),
        ("\u0661\u0662", "E_CHARSET \u0661"),
        ("\ud800", "E_CHARSET \ud800"),
        ("A^^]B", "A^\x1dB"),
        ("A{RS}B", "A{RS}B"),
        ("A{Gs}B", "A{Gs}B"),
        ("http://a/{GS}^]", "http://a/{GS}^]"),
        ("  HTTPS://a/{GS}", "HTTPS://a/{GS}"),
        ("]Q1http://a/{GS}", "]Q1:http://a/{GS}"),
        ("httpx://a/{GS}", "httpx://a/\x1d"),
        ("[)>^^06^]P^^^D", "[)>\x1e06\x1dP\x1e\x04"),
        ("[)>~d030~d029~d004", "[)>\x1e\x1d\x04"),
        (" +A ", "+A "),
        ("A ", "A"),
    ],
)
def test_each_step_of_cleaning_in_its_order(raw: str, text: str) -> None:
    assert clean(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("!!A##", "A"),
        ("!!!A####", "!A##"),
        ("\x02!A##\x03\r", "A"),
        ("!\x02A", "E_CTRL \x02"),
        ("!!##", "E_EMPTY"),
        ("!! ##", "E_EMPTY"),
        ("!]C1A|B", "]C1:A\x1dB"),
        ("A||B", "A\x1dB"),
        ("A|||B", "A\x1d\x1dB"),
        ("A~d029B~C", "A\x1dB\x1dC"),
        ("A<GS>B<gs>", "A\x1dB<gs>"),
        ("[)>\x1e06\x1dPA|B~", "[)>\x1e06\x1dPA|B~"),
        ("http://a/|", "http://a/|"),
    ],
)
def test_what_a_device_adds_goes_and_its_separators_are_taken(raw: str, text: str) -> None:
    assert clean(raw, DEVICE) == text


@given(PLAIN)
@example("+A")
def test_a_frame_and_end_marks_change_nothing(text: str) -> None:
    assert clean(f"\x02{text}\x03\r\n\t") == clean(text)


@given(PLAIN, st.integers(0, 5), st.integers(0, 5))
def test_outer_blanks_change_nothing_but_the_end_of_a_hibc_label(text: str, before: int, after: int) -> None:
    end = " " * after if text.startswith("+") else ""

    assert clean(" " * before + text + " " * after) == clean(text) + end


@given(st.lists(PLAIN, min_size=2), st.sampled_from(["{GS}", "{gs}", "[GS]", "^]", "~d029", "\\x1d", "\\x1D", "␝"]))
def test_every_spelling_of_a_separator_is_the_separator(parts: list[str], spelling: str) -> None:
    assert clean("A" + spelling.join(parts)) == clean("A" + GS.join(parts))


@given(ANYTHING)
def test_clean_text_holds_only_what_the_steps_may_see(raw: str) -> None:
    result = cleaned(raw, Scanning(), DEVICE, TODAY)

    assert result.raw == raw
    if isinstance(result, Scan):
        assert 0 < len(result.text) <= 512
        assert all(" " <= one <= "~" or one in (GS, RS, EOT) for one in result.text)
        assert result.text.strip(" ")
    else:
        assert result.error in {"E_EMPTY", "E_LONG", "E_CTRL", "E_SYMID", "E_CHARSET"}
