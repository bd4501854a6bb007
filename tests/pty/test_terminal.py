"""The harness itself, with programs everybody knows."""

import signal
import sys

from tests.pty.terminal import PtyTerminal


def test_a_program_gets_what_is_typed_and_its_output_is_the_screen() -> None:
    with PtyTerminal(["sh", "-c", "read word; echo got $word; read end"], columns=20, rows=8) as terminal:
        terminal.send(b"hello\n")
        terminal.until_shown("got hello")

        assert terminal.lines[:2] == ["hello", "got hello"]
        assert len(terminal.lines) == 8
        assert b"got hello" in terminal.output()
        assert terminal.output() == b""


def test_the_screen_is_looked_at_between_two_writes_of_the_program_never_within_one() -> None:
    paint = "import os\nfor n in range(200): os.write(1, b'\\x1b[H' + b'\\r\\n'.join([b'%03d' % n * 26] * 24))"
    half_painted = []

    def is_last(terminal: PtyTerminal) -> bool:
        half_painted.extend([terminal.text] if len(set(terminal.lines)) > 1 else [])
        return terminal.lines[0].startswith("199")

    with PtyTerminal([sys.executable, "-c", paint]) as terminal:
        terminal.until(is_last)

    assert half_painted == []


def test_what_is_typed_is_shown_before_the_next_keys_are() -> None:
    with PtyTerminal(["sh", "-c", "read word; echo got $word; read end"]) as terminal:
        terminal.type("as long a word as the smallest screen")
        terminal.until_shown("got as long")


def test_the_program_sees_size_and_term_and_its_exit_status_is_told() -> None:
    with PtyTerminal(["sh", "-c", "stty size; echo $TERM; exit 3"], columns=21, rows=16, term="vt100") as terminal:
        assert terminal.exit_status() == 3
        assert terminal.lines[:2] == ["16 21", "vt100"]


def test_a_hang_up_reaches_the_program() -> None:
    with PtyTerminal(["sleep", "60"]) as terminal:
        terminal.hang_up()

        assert terminal.exit_status() == -signal.SIGHUP
