"""What becomes a line: end marks, bursts, typed text and its editing, paste."""

import pytest

from tests.tui.capture.reads import STEP, played, raws
from tui.capture import Capture, CaptureSettings, Echo, Keys, Line


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t"])
def test_each_end_mark_ends_a_scan_once(end: bytes) -> None:
    assert played(b"A-01-02" + end + b"ITEM-1" + end) == [
        Line(b"A-01-02", "scanned", 0.0),
        Line(b"ITEM-1", "scanned", 0.0),
    ]


def test_a_line_feed_that_comes_late_belongs_to_its_carriage_return() -> None:
    assert raws(played(b"A-01-02\r", b"\nITEM-1\r", b"\n")) == [b"A-01-02", b"ITEM-1"]


def test_enter_alone_is_an_empty_line() -> None:
    assert played(b"\r", b"\r") == [Line(b"", "keyed", 0.0), Line(b"", "keyed", STEP)]


def test_tab_alone_is_a_key() -> None:
    assert played(b"\t") == [Keys(b"\t")]


def test_typed_text_is_one_line_at_its_enter() -> None:
    assert played(b"1", b"2", b"\r") == [Line(b"12", "keyed", 2 * STEP)]


def test_backspace_and_delete_take_back_the_last_typed_character() -> None:
    assert raws(played(b"1", b"2", b"\x7f", b"3", b"\x08", b"4", b"\r")) == [b"14"]


def test_backspace_takes_back_a_whole_character() -> None:
    assert raws(played(b"A", "é".encode(), b"\x7f", b"\r")) == [b"A"]


def test_backspace_held_down_deletes_and_is_no_scan() -> None:
    capture = Capture(CaptureSettings())
    for at, key in enumerate(b"ABCDEF"):
        capture.feed(bytes([key]), at * STEP)

    echoes = [token for at in range(5) for token in capture.feed(b"\x7f", 2 + at * 0.033)]

    assert echoes == [Echo("ABCDE"), Echo("ABCD"), Echo("ABC"), Echo("AB"), Echo("A")]
    assert raws(capture.feed(b"\r", 4)) == [b"A"]


def test_escape_empties_a_typed_line_and_goes_back_only_from_an_empty_one() -> None:
    assert played(b"1", b"2", b"\x1b", b"\x1b") == [Keys(b"\x1b")]


def test_a_command_key_takes_half_typed_text_with_it() -> None:
    assert played(b"1", b"\x1bOQ", b"7", b"\r") == [Keys(b"\x1bOQ", b"1"), Line(b"7", "keyed", 3 * STEP)]


def test_what_went_with_a_key_is_held_again_where_nothing_was_typed_since() -> None:
    capture = Capture(CaptureSettings())
    for at, read in enumerate((b"1", b"2", b"\x1b[15~")):
        capture.feed(read, at * STEP)

    assert capture.type_again(b"12") == [Echo("12")]
    assert capture.type_again(b"9") == []
    assert capture.feed(b"\r", 4 * STEP) == [Line(b"12", "keyed", 4 * STEP)]


def test_a_scan_over_a_slow_line_is_one_line_whatever_the_gaps() -> None:
    assert played(b"0104012345\x1d", b"1", b"0L7\x1b", b"[200~\r") == [
        Line(b"0104012345\x1d10L7\x1b[200~", "scanned", 3 * STEP)
    ]


def test_separators_are_data_even_from_a_wedge_slower_than_the_gap() -> None:
    assert raws(played(*(bytes([byte]) for byte in b"10L7\x1d21S9\x1e\x04\r"))) == [b"10L7\x1d21S9\x1e\x04"]


@pytest.mark.parametrize("control", [b for b in range(0x20) if b not in b"\t\n\r"] + [0x7F])
@pytest.mark.parametrize("place", range(7))
def test_every_control_character_in_every_place_of_a_burst_is_data(control: int, place: int) -> None:
    burst = bytearray(b"]C1234")
    burst.insert(place, control)

    assert raws(played(bytes(burst) + b"\r")) == [bytes(burst)]


@pytest.mark.parametrize("control", [b"\x00", b"\x03", b"\x11", b"\x13", b"\x1a", b"\x1c", b"\x1d"])
def test_a_control_character_alone_is_a_key(control: bytes) -> None:
    assert played(control) == [Keys(control)]


def test_undecodable_bytes_are_kept_raw_and_read_as_replacement_characters() -> None:
    (line,) = played(b"CAF\xe9-1\r")

    assert isinstance(line, Line)
    assert line.raw == b"CAF\xe9-1"
    assert line.text == "CAF\ufffd-1"


def test_f8_inside_a_burst_is_a_separator_and_the_raw_bytes_stay() -> None:
    (line,) = played(b"10L7\x1b[19~21S9\r")

    assert isinstance(line, Line)
    assert line.raw == b"10L7\x1b[19~21S9"
    assert line.text == "10L7\x1d21S9"


def test_a_line_longer_than_any_code_is_kept_whole() -> None:
    long = b"X" * 10_000

    assert raws(played(long[:4096], long[4096:8192], long[8192:] + b"\r", step=0)) == [long]


def test_what_is_held_is_echoed_once_a_read() -> None:
    capture = Capture(CaptureSettings())

    assert capture.feed(b"1", 0) == [Echo("1")]
    assert capture.feed(b"2", 1) == [Echo("12")]
    assert capture.feed(b"\r3", 2) == [Line(b"12", "keyed", 2), Echo("3")]


def test_silence_ends_no_scan_unless_the_line_is_local() -> None:
    local = CaptureSettings(burst_end_ms=150)

    assert played(b"A-01-02") == []
    assert played(b"A-01-02", settings=local) == [Line(b"A-01-02", "scanned", 0.0)]
    assert played(b"12", settings=local) == []


def test_the_late_end_mark_of_a_scan_ended_by_silence_is_not_another_enter() -> None:
    local = CaptureSettings(burst_end_ms=150)

    assert raws(played(b"A-01-02", b"\r\n", b"\r", settings=local)) == [b"A-01-02", b""]


def test_a_paste_is_a_scan_where_the_profile_allows_it() -> None:
    pasting = CaptureSettings(paste=True)

    assert played(b"\x1b[200~A-01\r\x1dB2\x1b[201~", b"\r", settings=pasting) == [
        Line(b"A-01", "pasted", 0.0),
        Line(b"\x1dB2", "pasted", STEP),
    ]


def test_a_paste_without_an_end_ends_by_its_size_and_by_its_time() -> None:
    pasting = CaptureSettings(paste=True)

    for pasted in ((b"\x1b[200~" + b"X" * 5000, b"\r"), (b"\x1b[200~XY", *[b""] * 9, b"\r")):
        *_, line, key = played(*pasted, b"\x1bOQ", settings=pasting)

        assert isinstance(line, Line)
        assert key == Keys(b"\x1bOQ")


def test_without_the_profile_the_marks_of_a_paste_are_keys_nobody_has() -> None:
    assert played(b"\x1b[200~A-01\r\x1b[201~") == [
        Keys(b"\x1b[200~"),
        Line(b"A-01", "scanned", 0.0),
        Keys(b"\x1b[201~"),
    ]
