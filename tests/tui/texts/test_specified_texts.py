"""The texts are those of the specification, word for word, where it lies beside the checkout."""

import re
from pathlib import Path

import pytest

from tui.texts.en.added import ADDED
from tui.texts.en.messages import MESSAGES
from tui.texts.en.reading import READING
from tui.texts.wording import wording_of, wordings

SPEC = Path(__file__).parents[3].parent / "shared" / "spec"
EXAMPLES = {
    "E_LONG": {"length": "513"},
    "E_CTRL": {"char": "<ESC>"},
    "E_CHARSET": {"char": "é"},
    "E_SYMID": {"mark": "]#"},
    "E_CHECK": {"read": "4", "should": "3"},
    "E_AI": {"ai": "05"},
    "E_VALUE": {"ai": "01", "digits": "14"},
    "E_DATE": {"date": "270230"},
    "E_DUP": {"ai": "10", "a": "A", "b": "B"},
    "E_PAIR": {"a": "01", "b": "37"},
    "E_DI": {"field": "#12"},
    "E_QTY": {"qty": "0"},
}
pytestmark = pytest.mark.skipif(not SPEC.is_dir(), reason="the specification is not beside this checkout")


def listed() -> list[tuple[str, str]]:
    rows = re.findall(r"^\| (\w+) \| [RQNS] \| (.+?) \|", (SPEC / "messages.md").read_text(), re.MULTILINE)
    return [(code, text) for code, text in rows if code != "unreadable"]


def test_every_listed_text_is_there_word_for_word() -> None:
    assert [(code, text) for code, text in listed() if text not in wordings(MESSAGES.get(code, ""))] == []


def test_codes_beyond_the_list_stand_apart() -> None:
    assert set(MESSAGES) == {code for code, _ in listed()}
    assert not set(MESSAGES) & set(ADDED)


def test_the_texts_of_the_reader_are_those_of_its_table() -> None:
    table = (SPEC / "scanning.md").read_text().partition("## Errors")[2]
    specified = dict(re.findall(r"(E_[A-Z]+) \| `(.+?)`", table))

    told = {
        code: wording_of(text, EXAMPLES.get(code, {})).format(**EXAMPLES.get(code, {}))
        for code, text in READING.items()
    }

    assert told == specified
