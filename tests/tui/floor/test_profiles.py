"""What is decided from TERM, locale and profile."""

import os
import pty
import struct
import termios
from collections.abc import Iterator
from fcntl import ioctl

import pytest

from domain.site import DeviceProfile
from tui.floor.profiles import Display, display_of, why_unfit
from tui.floor.themes import COLOUR, MONO
from tui.jobs.view import Message

UTF8 = {"TERM": "xterm", "LANG": "de_DE.UTF-8"}


@pytest.fixture
def terminal() -> Iterator[int]:
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 8, 20, 0, 0))
    yield slave
    os.close(master)
    os.close(slave)


@pytest.mark.parametrize(
    "environ", [{"TERM": "vt100"}, {"TERM": "vt220"}, {**UTF8, "TERM": "xterm-mono"}, {**UTF8, "NO_COLOR": "1"}]
)
def test_old_terminals_and_people_who_want_none_get_no_colour(environ: dict[str, str]) -> None:
    assert display_of(DeviceProfile(), environ, 80).theme is MONO


def test_a_profile_may_ask_for_no_colour_and_others_have_it() -> None:
    assert display_of(DeviceProfile(terminal="mono"), UTF8, 80) == Display(MONO, "utf-8")
    assert display_of(DeviceProfile(terminal="ascii"), UTF8, 80) == Display(MONO, "ascii")
    assert display_of(DeviceProfile(), UTF8, 80) == Display(COLOUR, "utf-8")


@pytest.mark.parametrize(
    ("environ", "charset"),
    [
        (UTF8, "utf-8"),
        ({"TERM": "xterm", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.ISO-8859-15@euro"}, "iso8859-15"),
        ({"TERM": "xterm", "LANG": "C"}, "ascii"),
        ({"TERM": "xterm", "LANG": "C", "LC_CTYPE": "C.UTF-8"}, "ascii"),
        ({"TERM": "xterm", "LANG": "en_GB", "LC_CTYPE": "C.UTF-8"}, "utf-8"),
        ({"TERM": "xterm", "LANG": "xx.no-such-set"}, "ascii"),
        ({"TERM": "xterm"}, "ascii"),
        ({**UTF8, "TERM": "vt220"}, "ascii"),
        ({**UTF8, "TERM": "linux"}, "ascii"),
    ],
)
def test_characters_are_those_of_the_locale_if_the_terminal_may_have_them(
    environ: dict[str, str], charset: str
) -> None:
    assert display_of(DeviceProfile(), environ, 80).charset == charset


def test_a_handheld_gets_ascii() -> None:
    assert display_of(DeviceProfile(), UTF8, 21).charset == "ascii"


@pytest.mark.parametrize(("term", "told"), [("", "not set"), ("dumb", "dumb"), ("unknown", "unknown")])
def test_a_terminal_without_a_kind_is_not_started_on(terminal: int, term: str, told: str) -> None:
    assert why_unfit({"TERM": term}, (terminal, terminal)) == Message("frame.unknown_terminal", {"term": told})


def test_one_cell_less_than_20x8_is_too_small(terminal: int) -> None:
    assert why_unfit({"TERM": "vt100"}, (terminal, terminal)) is None

    for columns, rows in (19, 8), (20, 7), (0, 0):
        ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        too_small = Message("frame.too_small", {"columns": columns, "rows": rows})
        assert why_unfit({"TERM": "vt100"}, (terminal, terminal)) == too_small


def test_input_and_output_must_both_be_a_terminal(terminal: int) -> None:
    other, pipe = os.pipe()

    assert why_unfit(UTF8, (terminal, pipe)) == Message("frame.no_terminal")
    assert why_unfit(UTF8, (other, terminal)) == Message("frame.no_terminal")
    os.close(other)
    os.close(pipe)
