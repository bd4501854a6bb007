"""SAF-40: nothing from outside acts on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.texts import clean, cut


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("AB\x1b[2JCD", "AB<ESC>[2JCD"),
        ("01\x1d10\x1e\x04", "01<GS>10<RS><EOT>"),
        ("a\x00\t\r\n\x7f", "a<NUL><TAB><CR><LF><DEL>"),
        ("\x9b31m", "<U+009B>31m"),
        ("A\u202eB\u2066C\u200f", "A<RLO>B<LRI>C<RLM>"),
        ("A\udc80", "A<U+DC80>"),
        ("Bolt [/M8] é", "Bolt [/M8] é"),
    ],
)
def test_characters_that_act_are_shown_by_name(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text(st.characters(), max_size=600))
def test_whatever_comes_in_is_short_and_can_be_printed(text: str) -> None:
    shown = clean(text)

    assert len(shown) <= 512
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]


@pytest.mark.parametrize(
    ("width", "shown"), [(17, "W-01-0001-A-00012"), (12, "W-01-0..0012"), (8, "W-..0012"), (4, "W..2"), (1, ".")]
)
def test_a_code_is_cut_in_the_middle_and_keeps_its_last_four(width: int, shown: str) -> None:
    assert cut("W-01-0001-A-00012", width) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Käse Čapek naïve", "Kase Capek naive"),
        ("groß Ærø Łódź œuvre Þór", "gross AEro Lodz oeuvre Thor"),
        ("5½ \u2013 “A” 3\u00d74", '5 1/2 - "A" 3x4'),
        ("20 °C ≤ 5 µm, 3 m² €", "20 degC <= 5 um, 3 m2 EUR"),
        ("日本 Привет 🙂", "?? ?????? ?"),
        ("e\u0301", "e"),
        ("\x1bä\u202e", "<ESC>a<RLO>"),
    ],
)
def test_what_ascii_has_not_is_spelled_in_its_letters_or_is_a_question_mark(text: str, shown: str) -> None:
    assert clean(text, charset="ascii") == shown


def test_a_character_that_the_set_has_stays_as_it_is() -> None:
    assert clean("Käse, 5 €, Łódź", charset="iso8859-15") == "Käse, 5 €, Lódz"
    assert clean("Käse 日本", charset="utf-8") == "Käse 日本"


@given(st.text(st.characters(), max_size=600), st.integers(1, 512))
def test_whatever_comes_in_a_terminal_of_ascii_gets_its_letters_alone(text: str, width: int) -> None:
    shown = clean(text, width, "ascii")

    assert len(shown) <= width
    assert all(" " <= character <= "~" for character in shown)
