"""English: one table of every text, by code.

`messages` has the answers of the rules, `reading` those of the reader, `added` codes beyond the list, `imported` faults
of a file, `dialogue` the lines of a screen, `explaining` how a scan was read, `hints` what F1 says, `screens` names and
menus, `frame` what stands around every screen, `keys` its key bar.
A code with a point is a word: `prompt.bin` is how the fact `prompt` says bin, `key.done` the label of a key.
"""

from __future__ import annotations

from tui.texts.en.added import ADDED
from tui.texts.en.dialogue import DIALOGUE
from tui.texts.en.explaining import EXPLAINING
from tui.texts.en.frame import FRAME
from tui.texts.en.hints import HINTS
from tui.texts.en.imported import IMPORTED
from tui.texts.en.keys import KEYS
from tui.texts.en.messages import MESSAGES
from tui.texts.en.reading import READING
from tui.texts.en.screens import SCREENS
from tui.texts.wording import Text

TEXTS: dict[str, Text] = MESSAGES | READING | ADDED | IMPORTED | DIALOGUE | EXPLAINING | HINTS | SCREENS | FRAME | KEYS
