"""One table of commands: no two share a way in, and what is printed is what is built (decision 24)."""

from collections import Counter
from pathlib import Path

import pytest

from domain.site import terminals
from tui.commands import COMMANDS, by_id, by_key, by_label, by_typed, key_map, page
from tui.floor.keys import KEYS
from tui.texts.en import TEXTS

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


@pytest.mark.parametrize("way", ["id", "keys", "typed", "labels"])
def test_no_two_commands_share_a_key_a_twin_or_a_label(way: str) -> None:
    values = [getattr(command, way) for command in COMMANDS]
    flat = [value for entry in values for value in (entry if isinstance(entry, tuple) else (entry,))]

    assert [value for value, times in Counter(flat).items() if times > 1] == []


def test_no_command_needs_ctrl_alt_or_shift() -> None:
    assert [key for command in COMMANDS for key in command.keys if "+" in key] == []


def test_every_command_is_found_by_each_of_its_ways() -> None:
    for command in COMMANDS:
        assert by_id(command.id) is command
        assert by_typed(command.typed) is command
        assert {by_key(key) for key in command.keys} == {command}
        assert {by_label(label) for label in command.labels} == {command}


@pytest.mark.parametrize("text", [".", ".D", ".d ", " .d", ".dd", "...", "d", ".q"])
def test_text_that_only_resembles_a_twin_is_data(text: str) -> None:
    assert by_typed(text) is None


def test_f10_is_done() -> None:
    assert by_key("f10") is by_id("done")


def test_a_site_file_knows_the_commands_and_keys_there_are() -> None:
    assert [command.id for command in COMMANDS] == list(terminals.COMMANDS)
    assert set(terminals.KEYS) == set(KEYS.values()) - {"up", "down"}


def test_a_site_gives_keys_to_other_commands() -> None:
    keys = key_map({"f3": "menu", "f12": "done", "escape": "short"})

    assert keys.commands["f3"] is keys.commands["f8"] is by_id("menu")
    assert keys.commands["f12"] is keys.commands["f2"] is by_id("done")
    assert (keys.names["menu"], keys.names["done"], keys.names["short"]) == ("F3", "F2", "Esc")


def test_a_command_that_lost_its_key_is_named_by_its_typed_twin() -> None:
    keys = key_map({"f4": "find", "f2": "next", "f10": "next"})

    assert keys.names["done"] == ".d"
    assert keys.names["next"] == "F2"
    assert keys.told("F2 shows the summary, Esc goes back. Not F20") == ".d shows the summary, Esc goes back. Not F20"


@pytest.mark.parametrize("kind", ["key", "command", "help"])
def test_every_command_has_its_words(kind: str) -> None:
    assert [command.id for command in COMMANDS if f"{kind}.{command.id}" not in TEXTS] == []


def test_a_key_label_leaves_room_for_others_on_a_row_of_20() -> None:
    assert [command.id for command in COMMANDS if len(str(TEXTS[f"key.{command.id}"])) > 5] == []


def test_the_page_of_keys_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
