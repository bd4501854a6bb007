"""What is sent to which terminal, and how much (textual-notes 4.1, 8, 9)."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty.terminal import COLOURS, SEQUENCE
from tests.tui.floor.running import ROOT, Floor, started

pytestmark = pytest.mark.slow

KINDS = re.compile(rb"(?<=\x1b\[)[0-9;]+(?=[Hm])")
ALWAYS = {b"\x1b[?1049h", b"\x1b[?7l", b"\x1b[nH", b"\x1b[nm", b"\x1b[?7h", b"\x1b[?1049l", b"\x1b[?25h"}


def played(tmp_path: Path, term: str, **env: str) -> bytes:
    """Return everything sent from start to end, over a prompt, a refusal and a question."""
    with Floor(tmp_path, term=term, **env) as floor:
        floor.until_shown("BIN>")
        for state, shown in (b"refusal", "REFUSED"), (b"question", "?>"), (b"menu", "Posted as"), (b"login", "WHO>"):
            floor.send(state + b"\r")
            floor.until_shown(shown)
        floor.send(b"\x1b")
        assert floor.exit_status() == 0
        return floor.output()


@pytest.mark.parametrize("term", ["vt100", "vt220", "linux", "xterm", "xterm-256color"])
def test_a_terminal_gets_the_sequences_it_knows_and_no_other(tmp_path: Path, term: str) -> None:
    output = played(tmp_path, term)

    assert {KINDS.sub(b"n", sequence) for sequence in SEQUENCE.findall(output)} == ALWAYS
    assert bool(COLOURS.search(output)) == (not term.startswith("vt"))


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"PROFILE": "mono"}])
def test_no_colour_means_none_at_all(tmp_path: Path, env: dict[str, str]) -> None:
    assert not COLOURS.search(played(tmp_path, "xterm-256color", **env))


@pytest.mark.parametrize(
    ("columns", "lang", "shown"),
    [(80, "C.UTF-8", "Käse ½ 日本 “A”"), (80, "C", 'Kase  1/2 ?? "A"'), (21, "C.UTF-8", 'Kase  1/2 ?? "A"')],
)
def test_a_character_the_terminal_has_not_is_its_plain_letters_or_a_question_mark(
    tmp_path: Path, columns: int, lang: str, shown: str
) -> None:
    with started(tmp_path, columns=columns, rows=24, LANG=lang) as floor:
        floor.output()
        floor.send(b"odd\r")
        floor.until(lambda floor: shown.encode() in floor.unread)


def test_a_refusal_rings_twice_a_question_once_and_a_taken_scan_not_at_all(tmp_path: Path) -> None:
    with started(tmp_path) as floor:
        for state, shown, bells in (b"qty", "QTY>", 0), (b"question", "?>", 1), (b"refusal", "REFUSED", 2):
            floor.output()
            floor.send(state + b"\r")
            floor.until_shown(shown)
            floor.until(lambda floor, bells=bells: floor.unread.count(b"\x07") >= bells)
            floor.read_until_quiet()

            assert floor.output().count(b"\x07") == bells


def test_without_bells_the_scan_line_flashes(tmp_path: Path) -> None:
    with started(tmp_path, BELLS="off") as floor:
        floor.output()
        floor.send(b"question\r")
        floor.until(lambda floor: b"\x1b[7m?>" in floor.unread)
        floor.until(lambda floor: "?>" in floor.lines and not floor.is_reverse(0, 11))

        assert b"\x07" not in floor.output()


@pytest.mark.parametrize(
    ("columns", "rows", "start", "key", "answer"), [(21, 16, 1600, 40, 300), (80, 24, 5500, 60, 500)]
)
def test_what_happens_costs_no_more_bytes_than_its_budget(
    tmp_path: Path, columns: int, rows: int, start: int, key: int, answer: int
) -> None:
    with started(tmp_path, columns=columns, rows=rows) as floor:
        column, row = floor.cursor
        paints = floor.output().split(b"\x1b[%d;%dH" % (row + 1, column + 1))
        assert sum(map(len, paints[:2])) <= start  # the usual two; on a busy machine Textual makes a third
        for typed in "7", "77", "777":
            floor.send(b"7")
            floor.until(lambda floor, typed=typed: floor.before_cursor == f"BIN>{typed}")
            floor.read_until_quiet()
            assert len(floor.output()) <= key
        for count, data in enumerate((b"\r", *(b"W-01-000%d\r" % scan for scan in range(4))), 1):
            floor.send(data)
            floor.until_shown(f" {count}/9")
            floor.read_until_quiet()
            assert len(floor.output()) <= answer


def test_a_terminal_nobody_uses_gets_nothing_but_its_lock(tmp_path: Path) -> None:
    with Floor(tmp_path, IDLE_S="0.2") as floor:
        floor.until_shown("WHO>")
        floor.read_until_quiet()
        floor.output()
        locked = len(floor.notes)
        floor.until(lambda floor: len(floor.notes) >= locked + 3)

        assert set(floor.notes) == {"idle"}
        assert floor.output() == b""


def test_half_typed_text_is_forgotten_when_the_terminal_locks(tmp_path: Path) -> None:
    with Floor(tmp_path, IDLE_S="1") as floor:
        floor.send(b"12")
        floor.until(lambda floor: b"BIN>12" in floor.unread)
        floor.until_shown("WHO>")
        floor.send(b"3\r")
        floor.until(lambda floor: "keyed b'3'" in floor.notes)


@pytest.mark.parametrize(
    ("columns", "rows", "term", "told"),
    [
        (80, 24, "dumb", "TERM is dumb: set TERM to the kind of your terminal, such as vt100"),
        (19, 8, "vt100", "Terminal is 19x8: at least 20x8 is needed"),
    ],
)
def test_where_it_cannot_start_it_says_so_in_one_plain_line(
    tmp_path: Path, columns: int, rows: int, term: str, told: str
) -> None:
    with Floor(tmp_path, columns=columns, rows=rows, term=term) as floor:
        assert floor.exit_status() == 2
        assert floor.output() == told.encode() + b"\r\n"
        assert not floor.notes_file.exists()


def test_without_a_terminal_it_does_not_start(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.tui.floor.program", str(tmp_path / "notes")]
    ended = subprocess.run(program, cwd=ROOT, input=b"W-01-0001\n", capture_output=True, check=False)

    assert ended.returncode == 2
    assert ended.stderr == b"Not a terminal: start it in one, or with ssh -t\n"
