"""What holds for any bytes: cuts do not matter, nothing is lost, merged or reordered (textual-notes 11.6, SCN-18)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.capture.reads import raws
from tui.capture import Capture, CaptureSettings, Echo, Token

KEYBOARD = b"0123456789AB-.]O[~;\x00\x03\x04\x08\x11\x1b\x1d\x7f\t\r\n\xc3\xa9"
anything = st.binary(max_size=60) | st.lists(st.sampled_from(KEYBOARD), max_size=60).map(bytes)
codes = st.binary(min_size=4, max_size=40).filter(lambda code: not set(code) & set(b"\t\r\n") and code[:1] != b"\x1b")


def without_echo(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if not isinstance(token, Echo)]


@given(anything, st.lists(st.integers(0, 60)), st.booleans())
def test_any_cut_of_the_input_gives_the_same_lines_and_keys(data: bytes, cuts: list[int], paste: bool) -> None:
    settings = CaptureSettings(paste=paste)
    whole, cut = Capture(settings), Capture(settings)

    expected = whole.feed(data, 0) + whole.idle(9)
    places = [0, *sorted(cuts), len(data)]
    got = [token for begin, end in pairwise(places) for token in cut.feed(data[begin:end], 0)] + cut.idle(9)

    assert without_echo(got) == without_echo(expected)


@given(st.lists(st.tuples(st.sampled_from([bytes([byte]) for byte in KEYBOARD]), st.floats(0, 0.7))), st.booleans())
def test_it_does_not_matter_how_often_silence_is_looked_at(reads: list[tuple[bytes, float]], digits: bool) -> None:
    seldom, often = Capture(CaptureSettings(burst_end_ms=150)), Capture(CaptureSettings(burst_end_ms=150))
    seldom.digits = often.digits = digits
    expected: list[Token] = []
    got: list[Token] = []
    now = 0.0

    for data, gap in reads:
        for tick in range(1, 8):
            got += often.idle(now + gap * tick / 8)
        now += gap
        expected += seldom.feed(data, now)
        got += often.feed(data, now)

    assert without_echo(got + often.idle(now + 9)) == without_echo(expected + seldom.idle(now + 9))


@given(st.lists(codes), st.sampled_from([b"\r", b"\n", b"\r\n", b"\t"]))
def test_scans_arrive_one_by_one_in_order_with_their_bytes_unchanged(scans: list[bytes], end: bytes) -> None:
    capture = Capture(CaptureSettings())

    assert raws(capture.feed(b"".join(scan + end for scan in scans), 0)) == scans


def test_ten_bursts_of_300_characters_a_second_for_a_minute_lose_nothing() -> None:
    capture = Capture(CaptureSettings())
    got: list[bytes] = []

    for burst in range(600):
        code = (f"{burst:04}" * 75).encode()
        for at, byte in enumerate(code + b"\r"):
            got += raws(capture.feed(bytes([byte]), burst * 0.1 + at * 0.0003))

    assert got == [(f"{burst:04}" * 75).encode() for burst in range(600)]
