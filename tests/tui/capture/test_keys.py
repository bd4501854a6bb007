"""What becomes a key, and what a single digit is where one is enough."""

import pytest

from tests.tui.capture.reads import keys, played, raws
from tui.capture import Capture, CaptureSettings, Keys, Line

SEQUENCES = [
    b"\x1bOP", b"\x1bOS", b"\x1b[11~", b"\x1b[[A", b"\x1b[15~", b"\x1b[19~", b"\x1b[34~",
    b"\x1b[A", b"\x1bOB", b"\x1b[1;5C",
]  # fmt: skip


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_is_one_key_however_it_is_cut(sequence: bytes) -> None:
    assert played(sequence) == [Keys(sequence)]
    assert played(*(bytes([byte]) for byte in sequence), step=0.09) == [Keys(sequence)]


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_the_rest_of_a_sequence_that_was_split_by_a_stall_is_dropped(sequence: bytes) -> None:
    assert played(sequence[:1], sequence[1:], step=0.3) == [Keys(b"\x1b")]
    assert played(sequence[:2], sequence[2:], step=0.3) == [Keys(b"\x1b")]


def test_a_scan_after_escape_is_not_taken_for_the_rest_of_a_sequence() -> None:
    assert raws(played(b"\x1b", b"OP\r", b"OP-1234\r")) == [b"OP", b"OP-1234"]


def test_escape_alone_is_a_key_after_a_moment() -> None:
    capture = Capture(CaptureSettings())

    assert capture.feed(b"\x1b", 0) == []
    assert capture.is_waiting
    assert capture.idle(0.09) == []
    assert capture.idle(0.11) == [Keys(b"\x1b")]
    assert not capture.is_waiting


def test_keys_and_scans_of_one_read_stay_in_order() -> None:
    assert played(b"\x1bOQ\x1b[BA-01-02\r\x1b[15~\r") == [
        Keys(b"\x1bOQ"),
        Keys(b"\x1b[B"),
        Line(b"A-01-02", "scanned", 0.0),
        Keys(b"\x1b[15~"),
        Line(b"", "keyed", 0.0),
    ]


def test_escape_held_down_is_a_row_of_escapes() -> None:
    assert keys(played(*[b"\x1b"] * 6, step=0.033)) == [b"\x1b"] * 6


def digit_prompt(*, question: bool = False) -> Capture:
    capture = Capture(CaptureSettings())
    capture.digits = True
    capture.question = question
    return capture


def test_one_digit_is_an_answer_after_a_short_hold() -> None:
    capture = digit_prompt()
    capture.feed(b"3", 0)

    assert raws(capture.idle(0.05)) == []
    assert capture.idle(0.07) == [Line(b"3", "keyed", 0)]


def test_a_question_holds_its_digit_longer_than_a_lost_packet_delays_a_scan() -> None:
    capture = digit_prompt(question=True)
    capture.feed(b"1", 0)

    assert raws(capture.idle(0.2)) == []
    assert raws(capture.feed(b"234567\r", 0.22)) == [b"1234567"]


def test_a_digit_typed_before_a_question_came_up_does_not_answer_it_by_itself() -> None:
    capture = digit_prompt(question=True)
    capture.asked_at = 0.5

    assert raws(capture.feed(b"1", 0.4) + capture.idle(2)) == []
    assert raws(capture.feed(b"\r", 3)) == [b"1"]
    assert raws(capture.feed(b"1", 4) + capture.idle(5)) == [b"1"]


def test_a_scan_that_starts_with_a_digit_is_not_an_answer_by_its_first() -> None:
    capture = digit_prompt()

    assert raws(capture.feed(b"4", 0) + capture.idle(0.03) + capture.feed(b"012345\r", 0.04)) == [b"4012345"]


def test_enter_right_after_a_digit_is_part_of_it_and_later_an_answer_of_its_own() -> None:
    for enter_at, expected in ((0.02, [b"3"]), (0.3, [b"3"]), (0.5, [b"3", b""])):
        capture = digit_prompt()

        assert raws(capture.feed(b"3", 0) + capture.feed(b"\r\n", enter_at)) == expected


def test_only_one_enter_is_part_of_a_digit() -> None:
    capture = digit_prompt()

    assert raws(capture.feed(b"3", 0) + capture.feed(b"\r", 0.2) + capture.feed(b"\r", 0.35)) == [b"3", b""]


def test_where_text_is_wanted_a_digit_waits_for_its_enter() -> None:
    assert played(b"3") == []


@pytest.mark.parametrize(("between", "expected"), [(b"9\r", [b"2", b"9", b""]), (b"\x1bOQ", [b"2", b""])])
def test_enter_is_no_part_of_a_digit_that_something_else_has_followed(between: bytes, expected: list[bytes]) -> None:
    capture = digit_prompt()

    tokens = capture.feed(b"2", 0) + capture.feed(between, 0.1) + capture.feed(b"\r", 0.3)

    assert raws(tokens) == expected
