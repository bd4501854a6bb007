"""What can be typed, and what the program says to what cannot."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import aisle, sentences, warehouse


def test_help_names_every_command(tmp_path: Path) -> None:
    run = aisle(tmp_path, "--help")

    assert run.returncode == 0
    commands = ("run", "demo", "init", "config", "operator", "import", "verify", "rebuild", "backup", "report")
    assert [command for command in commands if f"\n    {command} " not in run.stdout] == []


def test_version_is_shown(tmp_path: Path) -> None:
    assert aisle(tmp_path, "--version").stdout.startswith("aisle ")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["fly"], 1, "invalid choice: 'fly'"),
        (["import", "items", "items.csv"], 1, "required: --map"),
        (["report", "stock", "--form", "csv"], 1, "--form csv is not known here"),
        (["verify", "--all"], 2, "--all is not known here"),
    ],
)
def test_what_cannot_be_typed_is_told_in_one_sentence(tmp_path: Path, words: list[str], code: int, told: str) -> None:
    run = aisle(tmp_path, *words)

    assert run.returncode == code
    assert told in run.stderr
    assert len(sentences(run)) == 1


def imported_by(folder: Path, words: list[str]) -> set[str]:
    """Return the packages of others that a command imports."""
    script = (
        "import sys; from tui.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=folder, capture_output=True, text=True, check=True, input=""
    )
    return set(run.stdout.splitlines()[-1].split())


def test_help_imports_nothing_of_the_program(tmp_path: Path) -> None:
    loaded = imported_by(tmp_path, ["--help"])

    assert loaded & {"domain", "storage", "config", "textual", "peewee", "pydantic", "yaml", "rich"} == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["verify"],
        ["rebuild"],
        ["backup", "monday.db"],
        ["report", "stock"],
        ["config", "plan"],
        ["operator", "pin", "ANNA", "--stdin"],
        ["import", "items", "none.csv", "--map", "none.yaml"],
    ],
)
def test_only_the_terminal_imports_textual(tmp_path: Path, words: list[str]) -> None:
    warehouse(tmp_path)

    assert imported_by(tmp_path, words) & {"textual", "rich"} == set()


def test_a_terminal_imports_no_site_file_reader(tmp_path: Path) -> None:
    warehouse(tmp_path)

    assert imported_by(tmp_path, ["run"]) & {"config", "pydantic", "yaml"} == set()
