"""The page of codes: `python -m tui.texts.page > docs/messages.md` writes every code an answer may have, with its text.

Not here: words that are part of a screen, and keys (tui/commands.py writes their page).
"""

from __future__ import annotations

import sys

from tui.texts.en.added import ADDED
from tui.texts.en.imported import IMPORTED
from tui.texts.en.messages import MESSAGES
from tui.texts.en.reading import READING
from tui.texts.wording import Text, wordings

_HEAD = """\
# Messages

Every answer has a code that does not change; facts stand in braces. Where a code has several texts, its facts decide.
A label that cannot be read is told by one of the codes that begin with `E_`; the answer's own code is `unreadable`.
"""
_PARTS = {
    "Answers of the rules": MESSAGES | ADDED,
    "Labels that cannot be read": {code: text for code, text in READING.items() if code.startswith("E_")},
    "Faults of an imported row": IMPORTED,
}


def page() -> str:
    """Return `docs/messages.md`."""
    return _HEAD + "".join(f"\n## {title}\n\n{_table(texts)}" for title, texts in _PARTS.items())


def _table(texts: dict[str, Text]) -> str:
    rows = [f"| `{code}` | {wording} |" for code, text in texts.items() for wording in wordings(text)]
    return "\n".join(["| code | text |", "|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(page())
