"""English: one table of every text, by code.

`messages` answers of the rules, `reading` of the reader, `added` codes beyond the list, `screens` and `keys` the rest.
A code with a point is a word: `prompt.bin` is how the fact `prompt` says bin, `key.done` the label of a key.
"""

from __future__ import annotations

from tui.texts.en.added import ADDED
from tui.texts.en.keys import KEYS
from tui.texts.en.messages import MESSAGES
from tui.texts.en.reading import READING
from tui.texts.en.screens import SCREENS
from tui.texts.wording import Text

TEXTS: dict[str, Text] = MESSAGES | READING | ADDED | SCREENS | KEYS
