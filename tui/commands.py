"""The commands of the floor: which key, typed twin and printed label each has (floor-flows.md 2, decision 24).

Bindings, key bar, help, command cards and `docs/keys.md` (`python -m tui.commands > docs/keys.md`) are made from it; a
site may give keys to other commands (`keys` of the site file).

Not here: what a command does at a prompt (answering and jobs), what it is called (texts).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.scanning.reading import Reading
from domain.values import decimal_from
from tui.jobs.view import Message
from tui.texts import words


@dataclass(frozen=True, slots=True)
class Command:
    """One command, by whichever way it is given."""

    id: str
    keys: tuple[str, ...]
    """As the toolkit names them."""
    typed: str
    """The exact text that means it; "" is Enter alone."""
    labels: tuple[str, ...]
    """What a printed label says after its prefix (SCN-101)."""

    @property
    def label(self) -> Message:
        """Its word in the key bar."""
        return Message(f"key.{self.id}")

    @property
    def title(self) -> Message:
        """Its name in full."""
        return Message(f"command.{self.id}")

    @property
    def help(self) -> Message:
        """What it does, in one sentence."""
        return Message(f"help.{self.id}")


COMMANDS = (
    Command("ok", ("enter",), "", ("OK",)),
    Command("back", ("escape",), "..", ("BACK", "CANCEL")),
    Command("help", ("f1",), ".?", ("HELP",)),
    Command("done", ("f2", "f10"), ".d", ("DONE",)),
    Command("short", ("f3",), ".x", ("SHORT",)),
    Command("next", ("f4",), ".n", ("NEXT", "SKIP")),
    Command("find", ("f5",), ".l", ("FIND",)),
    Command("split", ("f6",), ".s", ("SPLIT",)),
    Command("full", ("f7",), ".f", ("FULL",)),
    Command("menu", ("f8",), ".m", ("MENU",)),
    Command("explain", ("f9",), ".e", ("EXPLAIN",)),
)
"""In the order of the key bar."""

_NAMES = {"escape": "Esc", "enter": "Enter", "tab": "Tab", "left": "Left", "right": "Right"}
_TIMES = re.compile(r"[0-9]{1,7}(\.[0-9]{1,5})?\*")
"""`3*`: as much as may be typed at a quantity (floor-flows.md 7)."""
_IN_TEXTS = re.compile(r"\b(?:F10|F[1-9]|Esc)\b")


def _name(key: str) -> str:
    """Return a key as people read it."""
    return _NAMES.get(key, key.upper())


_BY_ID = {command.id: command for command in COMMANDS}
_BY_TYPED = {command.typed: command for command in COMMANDS}
_BY_LABEL = {label: command for command in COMMANDS for label in command.labels}
_BY_KEY = {key: command for command in COMMANDS for key in command.keys}
_BY_NAME = {_name(key): command for key, command in _BY_KEY.items()}


def by_id(id: str) -> Command:
    """Return the command of an id (a View names them so)."""
    return _BY_ID[id]


def by_typed(text: str) -> Command | None:
    """Return the command a typed line means: only the exact forms, all else is data (floor-flows.md 3)."""
    return _BY_TYPED.get(text)


def by_label(name: str) -> Command | None:
    """Return the command of a printed label, as the reader names it (`DONE`)."""
    return _BY_LABEL.get(name)


def by_key(key: str) -> Command | None:
    """Return the command of a key where the site does not say otherwise, as the toolkit names it (`f2`)."""
    return _BY_KEY.get(key)


def command_given(text: str, reading: Reading) -> str:
    """Return the id of the command a typed twin or a label means, "" for none (floor-flows.md 2, 3)."""
    typed = by_typed(text) if text else None
    if typed is not None:
        return typed.id
    if reading.kind == "command":
        labelled = by_label(reading.text("command"))
        return labelled.id if labelled else ""
    return ""


def times_given(text: str, reading: Reading) -> Decimal | None:
    """Return what `3*` or %%QTY=3 says the next scan counts."""
    if reading.kind == "command" and reading.text("qty"):
        return decimal_from(reading.text("qty"))
    return decimal_from(text[:-1]) or None if _TIMES.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class KeyMap:
    """Which key is which command at a site."""

    commands: Mapping[str, Command]
    """By key, as the toolkit names it."""
    names: Mapping[str, str]
    """Id of each command to its key as people read it, to its typed twin where it has none left."""

    def told(self, text: str) -> str:
        """Return a text of the program with the keys of the site in the place of those delivered."""
        return _IN_TEXTS.sub(lambda key: self.names[_BY_NAME[key[0]].id], text)


def key_map(changed: Mapping[str, str]) -> KeyMap:
    """Return the keys of a site that gives some to other commands than the table does."""
    commands = _BY_KEY | {key: by_id(id) for key, id in changed.items()}
    first = {command.id: key for key, command in reversed(commands.items())}
    return KeyMap(commands, {one.id: _name(first[one.id]) if one.id in first else one.typed for one in COMMANDS})


_LINE = 200
_HEAD = """\
# Keys

Digits, Enter, Esc, arrows and F1 to F8 are enough for all work. Every key has a typed twin, for a terminal without it,
and a label that can be printed on a command card. A typed twin counts only in the exact form shown; anything else that
starts with a point is data.

| key | typed | label | command | what it does |
|---|---|---|---|---|"""
_FOOT = """\
| | `3*` | `%%QTY=3` | Quantity | The next scan counts 3. |

Labels that start with `C:` are read the same. A label posts, deletes and signs nothing: where Enter would, `%%OK` is
ignored. Inside a scan no character is a shortcut.

The keys are those delivered: a site may give them to other commands (`keys` in [site-file.md](site-file.md)), and the
key bar and the hints name the keys it has.

In a list 1 to 9 choose; where there are more, 0 turns to the next page, and after the last one to the first.
"""


def page() -> str:
    """Return `docs/keys.md`."""
    rows = [_row(command) for command in COMMANDS]
    return "\n".join([_HEAD, *rows, _FOOT])


def _row(command: Command) -> str:
    keys = ", ".join(map(_name, command.keys))
    labels = ", ".join(f"`%%{label}`" for label in command.labels)
    typed = f"`{command.typed}`" if command.typed else "Enter"
    title, does = (words(text, width=_LINE) for text in (command.title, command.help))
    return f"| {keys} | {typed} | {labels} | {title} | {does} |"


if __name__ == "__main__":
    sys.stdout.write(page())
