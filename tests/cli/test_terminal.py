"""`aisle` and `aisle demo` at a terminal, and at what is none."""

from pathlib import Path

import pytest

from tests.cli.program import PROGRAM, aisle, sentences, warehouse
from tests.pty.terminal import PtyTerminal
from tui.command_line.demo import PINS, SCANS


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    run = aisle(warehouse(tmp_path))

    assert run.returncode == 2
    assert sentences(run) == ["Not a terminal: start it in one, or with ssh -t"]


@pytest.mark.parametrize(
    ("columns", "rows", "term", "told"),
    [
        (19, 8, "xterm", "Terminal is 19x8: at least 20x8 is needed"),
        (80, 7, "xterm", "Terminal is 80x7: at least 20x8 is needed"),
        (80, 24, "dumb", "TERM is dumb: set TERM to the kind of your terminal, such as vt100"),
    ],
)
def test_a_terminal_that_cannot_be_used_is_told_why(
    tmp_path: Path, columns: int, rows: int, term: str, told: str
) -> None:
    warehouse(tmp_path)

    with PtyTerminal([PROGRAM], cwd=tmp_path, columns=columns, rows=rows, term=term) as terminal:
        assert terminal.exit_status() == 2
        assert told in terminal.output().decode()


def test_a_terminal_without_a_database_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    with PtyTerminal([PROGRAM], cwd=tmp_path) as terminal:
        assert terminal.exit_status() == 1
        assert "There is no database aisle.db" in terminal.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--profile", "dock-9"], "There is no device profile dock-9 in the site file."),
        (["--terminal", "x" * 41], "cannot name a terminal: write at most 40 printable characters."),
    ],
)
def test_a_profile_or_name_that_cannot_be_is_told(tmp_path: Path, words: list[str], told: str) -> None:
    run = aisle(warehouse(tmp_path), "run", *words)

    assert run.returncode == 1
    assert told in sentences(run)[0]


def test_the_profile_is_that_of_the_session_unless_another_is_named(tmp_path: Path) -> None:
    folder = warehouse(tmp_path)

    of_session = aisle(folder, "run", AISLE_PROFILE="dock-9")
    named = aisle(folder, "run", "--profile", "dock-8", AISLE_PROFILE="dock-9")

    assert "no device profile dock-9" in sentences(of_session)[0]
    assert "no device profile dock-8" in sentences(named)[0]


@pytest.mark.parametrize(
    ("again", "told", "status"),
    [("824613", "ANNA has a new PIN.", 0), ("824614", "The two are not the same: nothing was changed.", 1)],
)
def test_a_new_pin_is_asked_for_twice_and_never_shown(tmp_path: Path, again: str, told: str, status: int) -> None:
    warehouse(tmp_path)

    with PtyTerminal([PROGRAM, "operator", "pin", "ANNA"], cwd=tmp_path) as terminal:
        terminal.until_shown("New PIN:")
        terminal.send(b"824613\r")
        terminal.until_shown("Again:")
        terminal.send(f"{again}\r".encode())

        assert terminal.exit_status() == status
        assert told in terminal.text
        assert "8246" not in terminal.text


@pytest.mark.slow
def test_the_terminal_has_the_name_it_is_given(tmp_path: Path) -> None:
    warehouse(tmp_path)

    with PtyTerminal([PROGRAM], cwd=tmp_path, env={"AISLE_TERMINAL": "DOCK-3"}) as terminal:
        terminal.until_shown("WHO>")
        terminal.send(b"NOBODY\r")
        terminal.until_shown("PIN>")

    assert "DOCK-3" in aisle(tmp_path, "report", "scans").stdout


@pytest.mark.slow
def test_the_demo_knows_every_scan_it_proposes(tmp_path: Path) -> None:
    """Its list is typed line by line, after the log-in it begins with: at Look-up each is found."""
    badge, lookup, *scans, back = [line.split()[0] for line in SCANS.strip().splitlines()]

    with PtyTerminal([PROGRAM, "demo"], cwd=tmp_path) as terminal:
        terminal.until_shown("Enter starts the terminal.")
        for text, shown in (
            ("", "WHO>"),
            (badge, "PIN>"),
            (PINS["ANNA"], "LOC>"),
            ("", "8 Lookup"),
            (lookup, "LOOKUP"),
        ):
            terminal.type(text)  # a PIN in one burst would be a scan
            terminal.until_shown(shown)
        for scan in scans:
            terminal.send(f"{scan}\r".encode())
            terminal.read_until_quiet()
        terminal.send(f"{back}\r".encode())
        terminal.until_shown("8 Lookup")

    report = aisle(tmp_path / "demo", "report", "scans").stdout
    told = [line for line in report.splitlines() if any(f" {scan} " in line for scan in (*scans, back))]
    assert len(told) == len(scans) + 1
    assert [line for line in told if " accepted " not in line] == []
    assert aisle(tmp_path / "demo", "verify").returncode == 0


@pytest.mark.slow
def test_the_demo_is_made_once(tmp_path: Path) -> None:
    first = aisle(tmp_path, "demo", "shop", "--no-run")
    again = aisle(tmp_path, "demo", "shop", "--no-run")

    assert (first.returncode, again.returncode) == (0, 0)
    assert "Imported: 40 items, 40 new" in first.stdout
    assert again.stdout.startswith("Demo warehouse in shop.")
    assert all(pin in again.stdout for pin in PINS.values())
