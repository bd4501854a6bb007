"""What a terminal can show: colours or not, which characters, and whether it can be used at all.

Not here: how rows look (themes.py), the device profile itself (domain/site.py).
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from dataclasses import dataclass

from domain.site import DeviceProfile
from tui.floor.themes import COLOUR, MONO, Theme
from tui.jobs.view import Message

LEAST_COLUMNS, LEAST_ROWS = 20, 8
NARROW = 40
"""Below it a terminal is a handheld; their character sets are not to be relied on (textual-notes 8.4)."""
_PLAIN_LOCALES = ("", "C", "POSIX")
_COERCED_LOCALES = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python puts into LC_CTYPE by itself where the locale is plain (PEP 538): no word of the terminal's."""
_MONO_ENDS = ("-m", "-mono")
"""Of names that terminfo gives to terminals without colours."""
_NO_TERMINALS = ("", "dumb", "unknown")


@dataclass(frozen=True, slots=True)
class Display:
    """How a terminal is written to."""

    theme: Theme
    charset: str


def display_of(profile: DeviceProfile, environ: Mapping[str, str], columns: int) -> Display:
    """Return how to write to this terminal: what its profile says, else what TERM and the locale tell.

    `mono` is without colours, `ascii` without them and without letters that not every terminal has.
    """
    term = environ.get("TERM", "")
    has_none = term.startswith("vt") or term.endswith(_MONO_ENDS) or bool(environ.get("NO_COLOR"))
    is_mono = profile.terminal in ("mono", "ascii") or has_none
    is_ascii = profile.terminal == "ascii" or columns < NARROW or term.startswith(("vt", "linux"))
    return Display(MONO if is_mono else COLOUR, "ascii" if is_ascii else _charset(environ))


def _charset(environ: Mapping[str, str]) -> str:
    """Return the character set of the locale; one nobody knows is ASCII."""
    lang, ctype = environ.get("LANG", ""), environ.get("LC_CTYPE", "")
    if lang in _PLAIN_LOCALES and ctype in _COERCED_LOCALES:
        ctype = ""
    locale = environ.get("LC_ALL") or ctype or lang
    try:
        return codecs.lookup(locale.partition(".")[2].partition("@")[0]).name
    except LookupError:
        return "ascii"


def why_unfit(environ: Mapping[str, str], descriptors: tuple[int, int]) -> Message | None:
    """Return why nothing can be started on these (input, output); None where it can (textual-notes 3.5)."""
    if not all(map(os.isatty, descriptors)):
        return Message("frame.no_terminal")
    term = environ.get("TERM", "")
    if term in _NO_TERMINALS:
        return Message("frame.unknown_terminal", {"term": term or "not set"})
    columns, rows = os.get_terminal_size(descriptors[1])
    if columns < LEAST_COLUMNS or rows < LEAST_ROWS:
        return Message("frame.too_small", {"columns": columns, "rows": rows})
    return None
