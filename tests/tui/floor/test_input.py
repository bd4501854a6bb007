"""Bytes through a real terminal: nothing is lost, merged or taken for a key that is none (SCN-10..18, T-17)."""

from pathlib import Path
from random import Random

import pytest

from tests.pty.terminal import TYPING_S
from tests.tui.floor.running import Floor, started

pytestmark = pytest.mark.slow


def press(floor: Floor, key: bytes, scan_line: str) -> None:
    """Press a key, see what it does to the scan line, and pause as a person does."""
    floor.send(key)
    floor.until(lambda floor: scan_line in floor.lines)
    floor.read_until_quiet(TYPING_S)


def test_scans_and_keys_reach_the_session_one_by_one_in_order(tmp_path: Path) -> None:
    with started(tmp_path) as floor:
        floor.send(b"W-01-0001\rITEM-42\n12\t")
        assert floor.until_noted(3) == ["scanned b'W-01-0001'", "scanned b'ITEM-42'", "keyed b'12'"]

        floor.send(b"\x1bOQ\x1b[15~W-01-0002\r\r")
        assert floor.until_noted(7)[3:] == ["key done", "key find", "scanned b'W-01-0002'", "keyed b''"]


@pytest.mark.parametrize("control", [b"\x00", b"\x03", b"\x11", b"\x13", b"\x1a", b"\x1b", b"\x1c", b"\x1d", b"\xe9"])
def test_a_character_that_would_act_is_data_inside_a_scan(tmp_path: Path, control: bytes) -> None:
    scan = b"]C10104" + control + b"12345"

    with started(tmp_path) as floor:
        floor.send(scan + b"\r")

        assert floor.until_noted(1) == [f"scanned {scan!r}"]


def test_what_is_scanned_before_the_program_has_started_is_not_lost(tmp_path: Path) -> None:
    with Floor(tmp_path) as floor:
        floor.send(b"W-01-0001\rITEM-42\r")

        assert floor.until_noted(2) == ["scanned b'W-01-0001'", "scanned b'ITEM-42'"]


@pytest.mark.parametrize(
    ("sequence", "command"),
    [
        (b"\x1bOP", "help"), (b"\x1b[11~", "help"), (b"\x1b[[A", "help"), (b"\x1b[17~", "split"), (b"\x1b[21~", "done"),
        (b"\x1b", "back"),
    ],
)  # fmt: skip
def test_a_key_is_the_same_whatever_terminal_sends_it(tmp_path: Path, sequence: bytes, command: str) -> None:
    with started(tmp_path) as floor:
        floor.send(sequence)

        assert floor.until_noted(1) == [f"key {command}"]


def test_typed_text_is_shown_edited_and_masked_where_it_is_secret(tmp_path: Path) -> None:
    with started(tmp_path) as floor:
        for key, typed in (b"1", "1"), (b"2", "12"), (b"\x7f", "1"), (b"3", "13"):
            press(floor, key, f"BIN>{typed}")
        assert floor.cursor == (6, 11)
        assert floor.is_cursor_shown

        floor.send(b"\rpin\r")
        floor.until_shown("PIN>")
        press(floor, b"1", "PIN>*")
        press(floor, b"2", "PIN>**")


def test_three_hundred_characters_at_ten_bursts_at_once_lose_nothing(tmp_path: Path) -> None:
    codes = [f"{burst:04}" * 75 for burst in range(10)]

    with started(tmp_path) as floor:
        floor.send("".join(f"{code}\r" for code in codes).encode())

        assert floor.until_noted(10) == [f"scanned {code.encode()!r}" for code in codes]


def test_a_terminal_that_stops_reading_for_a_while_loses_no_scan(tmp_path: Path) -> None:
    with started(tmp_path, columns=80, rows=24) as floor:
        floor.is_stalled = True
        floor.send(b"refusal\rqty\rlookup\r" * 20)  # 60 whole screens: more than a terminal buffers
        floor.until(lambda floor: len(floor.notes) >= 30)
        floor.is_stalled = False

        assert len(floor.until_noted(60)) == 60
        floor.until(lambda floor: floor.lines[0].startswith("LOOKUP"))


@pytest.mark.long
def test_thousands_of_bursts_with_any_bytes_arrive_unchanged(tmp_path: Path) -> None:
    chance = Random(17)
    data = [byte for byte in range(256) if byte not in b"\t\n\r"]
    bursts = [bytes([48 + chance.randrange(10), *chance.choices(data, k=chance.randint(6, 60))]) for _ in range(5000)]

    with started(tmp_path) as floor:
        for begin in range(0, len(bursts), 500):
            floor.send(b"".join(burst + b"\r" for burst in bursts[begin : begin + 500]))
            floor.until(lambda floor, answered=begin + 500: len(floor.notes) >= answered)

        assert floor.notes == [f"scanned {burst!r}" for burst in bursts]
