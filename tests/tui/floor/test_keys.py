"""Sequences to keys."""

import pytest

from tui.capture import Capture, CaptureSettings, Keys
from tui.commands import COMMANDS
from tui.floor.keys import KEYS


def test_every_sequence_of_the_table_is_cut_out_whole_by_the_capture() -> None:
    for sequence in KEYS:
        capture = Capture(CaptureSettings())

        assert capture.feed(sequence, 0) + capture.idle(1) == [Keys(sequence)]


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        (b"\x1bOP", "f1"), (b"\x1bOS", "f4"), (b"\x1b[15~", "f5"), (b"\x1b[17~", "f6"), (b"\x1b[24~", "f12"),
        (b"\x1b[25~", "f13"), (b"\x1b[28~", "f15"), (b"\x1b[34~", "f20"), (b"\x1b[[E", "f5"), (b"\x1bOA", "up"),
    ],
)  # fmt: skip
def test_keys_of_the_vt_and_the_linux_console_are_known(sequence: bytes, key: str) -> None:
    assert KEYS[sequence] == key


def test_every_key_of_a_command_can_come_from_a_terminal() -> None:
    assert {key for command in COMMANDS for key in command.keys} <= {*KEYS.values(), "enter"}
