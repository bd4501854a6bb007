"""The facts of the GS1 Barcode Syntax Dictionary as a Python module: `ai_table.py` is made by this.

    python -m domain.scanning.dictionary < gs1-syntax-dictionary.txt > domain/scanning/ai_table.py

Taken over are identifiers, lengths, character sets, check digits and the keys of links. Not taken over: pairs that must
or may not stand together (SCN-48, SCN-49 name those that matter here) and checks that no rule asks for.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_COMPONENT = re.compile(r"\[?[NXYZ](?:\.\.)?[0-9]+\]?")
_FRAME = '''"""Application identifiers of GS1: what each holds, and which open a link.

Made by dictionary.py, never by hand. The facts are those of the GS1 Barcode Syntax Dictionary (Apache License 2.0):
{copyrights}

Not here: what the marks mean (gs1_identifiers.py), what an identifier is called here (gs1_values.py).
"""

from __future__ import annotations

SHAPES = {{
{shapes}
}}
"""Identifiers, or the first and last of a range, to the parts of their value; `*`: ends without a separator."""

LINK_KEYS = {{
{keys}
}}
"""Identifiers that may open the path of a link, to those that may follow them, in their order."""
'''


class _Entry(NamedTuple):
    """What is taken over of one line of the dictionary."""

    identifiers: str
    shape: str
    key: str | None
    """The identifiers that may follow it in a link; None where it opens none."""
    remark: str
    """Its title as a comment, where it has one."""


def table(dictionary: str) -> str:
    """Return the source of the table module for the text of the dictionary."""
    lines = dictionary.splitlines()
    entries = list(_entries(lines))
    return _FRAME.format(
        copyrights="\n".join(line.removeprefix("# ") for line in lines if line.startswith("# Copyright")),
        shapes="\n".join(f'    "{entry.identifiers}": "{entry.shape}",{entry.remark}' for entry in entries),
        keys="\n".join(f'    "{entry.identifiers}": "{entry.key}",' for entry in entries if entry.key is not None),
    )


def _entries(lines: Iterable[str]) -> Iterator[_Entry]:
    for line in lines:
        if not line[:1].isdigit():
            continue
        facts, _, title = line.partition("#")
        identifiers, *words = facts.split()
        shape = " ".join(_part(word) for word in words if _COMPONENT.match(word))
        mark = "*" if "*" in words[0] else ""
        keys = [word for word in words if word.startswith("dlpkey")]
        followers = re.sub("[,|]", " ", keys[0].removeprefix("dlpkey").removeprefix("=")) if keys else None
        yield _Entry(identifiers, mark + shape, followers, f"  # {title.strip()}" if title else "")


def _part(word: str) -> str:
    """Return a part of a value with the one check that is kept."""
    part, *checks = word.split(",")
    return ",".join([part, *(check for check in checks if check == "csum")])


if __name__ == "__main__":
    sys.stdout.write(table(sys.stdin.read()))
