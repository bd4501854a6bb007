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
