"""The pages name every command and option, and every command line on them can be typed."""

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.cli import command_line

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = (DOCS / "commands.md").read_text()
PAGES = [path.read_text() for path in (DOCS.parent / "README.md", *sorted(DOCS.glob("*.md")))]


def commands(root: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield every command that can be typed, with all words of its name."""
    inner = [action for action in root._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield root
    for action in inner:
        for command in action.choices.values():
            yield from commands(command)


@pytest.mark.parametrize("command", [*commands(command_line())], ids=lambda command: command.prog)
def test_the_page_of_commands_names_each_with_its_options(command: argparse.ArgumentParser) -> None:
    options = {option for action in command._actions for option in action.option_strings if option.startswith("--")}
    options.remove("--help")

    assert f"`{command.prog}" in COMMANDS
    assert [option for option in sorted(options) if f"`{option}" not in COMMANDS] == []


def typed_on_the_pages() -> list[str]:
    """Return the command lines set apart on the pages."""
    lines = [line.rpartition("&& ")[2] for page in PAGES for line in page.splitlines() if line.startswith("    ")]
    return sorted({line.strip() for line in lines if re.match(r"\s*(\.venv/bin/)?aisle ", line)})


@pytest.mark.parametrize("line", typed_on_the_pages())
def test_a_command_line_of_a_page_can_be_typed(line: str) -> None:
    options = command_line().parse_args(shlex.split(line)[1:])

    assert options.does
