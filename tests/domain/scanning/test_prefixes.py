"""Labels of our own, whatever stands behind the prefix (SCN-100..102)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.site import DeviceProfile, Scanning
from tests.domain.scanning.labels import TODAY

PREFIXES = Scanning().prefixes
SHAPES = {
    "bin": "[A-Z0-9][A-Z0-9.-]{0,19}",
    "pallet": "[A-Z0-9-]{1,20}",
    "order": "[A-Z0-9/-]{1,20}",
    "user": "[A-Za-z0-9]{1,20}",
    "item": "[!-~]([ -~]{0,18}[!-~])?",
    "lot": "[!-~]([ -~]{0,48}[!-~])?",
    "serial": "[!-~]([ -~]{0,48}[!-~])?",
}
FOLDED = {"bin", "item", "pallet", "order"}


def reading(text: str, **prefixes: tuple[str, ...]) -> Reading:
    return read(text, Scanning(prefixes=PREFIXES | prefixes), DeviceProfile(), TODAY)


def told(text: str, **prefixes: tuple[str, ...]) -> str:
    result = reading(text, **prefixes)
    return result.error or " ".join([result.kind, *map(str, result.facts.values())])


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("B:" + "1" * 20, "bin " + "1" * 20),
        ("B: A", "E_VALUE"),
        ("B:.A", "E_VALUE"),
        ("B:A_1", "E_VALUE"),
        ("B:A/1", "E_VALUE"),
        ("B:A\x1d", "E_VALUE"),
        ("B:A\x1e", "E_VALUE"),
        ("B:A{GS}", "E_VALUE"),
        ("B :A", "E_NOMATCH"),
        ("BB:A", "E_NOMATCH"),
        ("B:B:A", "E_VALUE"),
        ("B:]C1A", "E_VALUE"),
        ("]A0b:a", "bin A"),
        ("*b:a*", "bin A"),
        ("b:*a*", "E_VALUE"),
        ("S:*a*", "serial *a*"),
        ("L:L:1", "lot L:1"),
        ("L:(01)09521234000013", "lot (01)09521234000013"),
        ("L:9521234000013", "lot 9521234000013"),
        ("L:http://x", "lot http://x"),
        ("L:a\x04", "E_VALUE"),
        ("L:", "E_VALUE"),
        ("L: ", "E_VALUE"),
        ("s:aB", "serial aB"),
        ("I:" + "i" * 20, "item " + "I" * 20),
        ("P:" + "P" * 21, "E_VALUE"),
        ("P:-", "pallet -"),
        ("O:so-1/2", "order SO-1/2"),
        ("O:SO 1", "E_VALUE"),
        ("u:anna", "user anna"),
        ("U:anna.b", "E_VALUE"),
        ("%%", "E_NOMATCH"),
        ("%%OK ", "command OK"),
        ("%% OK", "E_NOMATCH"),
        ("%OK", "E_NOMATCH"),
        ("%%OK%%", "E_NOMATCH"),
        ("%%C:OK", "E_NOMATCH"),
        ("C:QTY=", "E_QTY"),
        ("C:QTY=000", "E_QTY"),
        ("C:QTY=1234567890", "E_QTY"),
        ("C:QTY=1.123456", "E_QTY"),
        ("C:QTY=1e3", "E_QTY"),
        ("C:QTY=999999999.99999", "command QTY 999999999.99999"),
        ("C:QTYS=1", "E_NOMATCH"),
    ],
)
def test_a_prefix_decides_and_nothing_else_is_tried(text: str, result: str) -> None:
    assert told(text) == result


def test_of_two_prefixes_that_fit_the_longer_counts() -> None:
    assert told("B:X1", item=("B:X",)) == "item 1"
    assert told("B:Y1", item=("B:X",)) == "bin Y1"


def test_a_prefix_that_is_switched_off_leaves_the_text_to_the_other_steps() -> None:
    assert told("C:OK", command=("%%",)) == "E_NOMATCH"
    assert told("%%OK", command=("%%",)) == "command OK"
    assert told("L1", lot=("L",)) == "lot 1"
    assert told("L1", lot=()) == "plain L1"
    assert told("L1", lot=("",)) == "plain L1"


@given(st.data(), st.sampled_from(sorted(SHAPES)))
def test_every_code_of_every_kind_comes_back_under_its_prefix_in_any_case(data: st.DataObject, kind: str) -> None:
    code = data.draw(st.from_regex(SHAPES[kind], fullmatch=True))
    prefix = data.draw(st.sampled_from([case for one in PREFIXES[kind] for case in (one, one.lower())]))

    result = reading(prefix + code)

    if result.error != "E_DOUBLE" and not re.search(r"\{GS}|\{gs}|\[GS]|\^]|~d029|\\x1[dD]", code):
        assert (result.kind, result.text("code")) == (kind, code.upper() if kind in FOLDED else code)


@given(st.sampled_from(sorted(PREFIXES)), st.text(max_size=60))
def test_a_known_prefix_is_never_read_as_another_form(kind: str, rest: str) -> None:
    result = reading(PREFIXES[kind][0] + rest)

    assert result.kind in ("", kind)
    own = {"E_NOMATCH", "E_QTY"} if kind == "command" else {"E_VALUE"}
    assert result.error in {"", "E_DOUBLE", "E_LONG", "E_CTRL", "E_CHARSET"} | own
