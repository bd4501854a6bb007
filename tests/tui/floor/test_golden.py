"""Every state at every size on a real terminal, one after the other: also what a paint leaves of the one before."""

from pathlib import Path

import pytest

from tests.pty.terminal import is_plain
from tests.tui.floor.golden import ASCII, file_of, told
from tests.tui.floor.running import Floor, started
from tests.tui.floor.views import GOLDEN, SIZES


def until_like(floor: Floor, state: str, columns: int, rows: int) -> None:
    golden = file_of(state, columns, rows).read_text(encoding="utf-8")
    floor.until(lambda floor: told(floor.lines, columns, floor.cursor) == golden)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_every_state_stands_on_the_screen_as_in_its_file(tmp_path: Path, columns: int, rows: int) -> None:
    with started(tmp_path, columns=columns, rows=rows) as floor:
        for state in GOLDEN:
            floor.send(f"{state}\r".encode())
            until_like(floor, state, columns, rows)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_terminal_of_ascii_gets_nothing_else_whatever_the_texts_are(tmp_path: Path, columns: int, rows: int) -> None:
    with started(tmp_path, columns=columns, rows=rows, term="xterm", PROFILE="ascii") as floor:
        floor.send(b"odd\r")
        until_like(floor, ASCII, columns, rows)
        floor.send("stra\u00dfe".encode())
        floor.until_shown("BIN>strasse")

        assert is_plain(floor.output())


@pytest.mark.slow
def test_a_resize_keeps_prompt_and_typed_text_and_even_one_cell_is_no_crash(tmp_path: Path) -> None:
    with started(tmp_path, columns=20, rows=8) as floor:
        floor.send(b"qty\r")
        until_like(floor, "qty", 20, 8)
        for columns, rows in (80, 24), (1, 1), (200, 60), (21, 16):
            floor.resize(columns, rows)
        until_like(floor, "qty", 21, 16)

        floor.send(b"7")
        floor.until_shown("QTY>7")
        floor.resize(26, 16)
        floor.until(lambda floor: floor.lines[11] == "QTY>7" and floor.cursor == (5, 11))


@pytest.mark.slow
def test_a_refusal_reverses_the_whole_screen_and_its_end_takes_that_back(tmp_path: Path) -> None:
    for columns, rows in (20, 8), (80, 24):
        with started(tmp_path, columns=columns, rows=rows) as floor:
            cells = [(column, row) for column in range(columns) for row in range(1, rows)]
            floor.send(b"refusal\r")
            until_like(floor, "refusal", columns, rows)
            floor.until(lambda floor, cells=cells: all(floor.is_reverse(*cell) for cell in cells))

            floor.send(b"bin\r")
            until_like(floor, "bin", columns, rows)
            floor.until(lambda floor, cells=cells: not any(floor.is_reverse(*cell) for cell in cells))


@pytest.mark.slow
def test_what_does_not_fit_is_turned_to_with_the_arrows(tmp_path: Path) -> None:
    with started(tmp_path, columns=20, rows=8) as floor:
        floor.send(b"lookup\r")
        floor.until_shown("1-6/17")
        floor.send(b"\x1b[B")
        floor.until_shown("7-12/17")
        assert floor.lines[1] == "PCS"
        floor.send(b"\x1b[B")
        floor.until_shown("12-17/17")
        floor.send(b"\x1bOA")
        floor.until_shown("6-11/17")
        assert floor.notes == ["scanned b'lookup'"]
