"""The one cleaner of text from outside: nothing from a label, a file or the books acts on a terminal (SAF-40).

Not here: what a scan means (domain/scanning), the cut of a finished line by its cells (the screens).
"""

from __future__ import annotations

import codecs
import unicodedata

LONGEST = 512
"""As long as a scan may be (SCN-21)."""
CUT = ".."
KEPT_END = 4
"""The last characters of a code tell it apart, so a cut keeps them (floor-flows.md 12)."""

_C0 = (
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI",
    "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US",
)  # fmt: skip
_DIRECTIONS = {
    0x200E: "LRM", 0x200F: "RLM",
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
    0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
}  # fmt: skip
_UNNAMED = [*range(0x80, 0xA0), 0x061C, 0x2028, 0x2029, *range(0xD800, 0xE000)]
"""Shown as U+XXXX: the 8-bit controls, one more direction mark, separators that break a line, lone surrogates."""

_VISIBLE = (
    {point: f"<{name}>" for point, name in enumerate(_C0)}
    | {0x7F: "<DEL>"}
    | {point: f"<{name}>" for point, name in _DIRECTIONS.items()}
    | {point: f"<U+{point:04X}>" for point in _UNNAMED}
)

_ALIKE = str.maketrans(
    {
        "\u00d7": "x", "\u00f7": "/", "\u2044": "/", "\u2215": "/", "\u2212": "-", "\u03bc": "u", "\u03a9": "Ohm",
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        "\u2264": "<=", "\u2265": ">=", "\u2192": "->", "\u2022": "*", "\u00b7": ".", "\u20ac": "EUR", "\u00b0": "deg",
        "\u00df": "ss", "\u00c6": "AE", "\u00e6": "ae", "\u0152": "OE", "\u0153": "oe", "\u00d8": "O", "\u00f8": "o",
        "\u0141": "L", "\u0142": "l", "\u0110": "D", "\u0111": "d", "\u00d0": "D", "\u00f0": "d", "\u00de": "Th",
        "\u00fe": "th", "\u0131": "i",
    }
)  # fmt: skip
"""Letters and signs that are no plain letter with a mark, and what is written for them where they are not to be had."""


def clean(text: str, limit: int = LONGEST, charset: str = "utf-8") -> str:
    """Return `text` with every character that could act on a terminal as its name, at most `limit` long.

    Characters that the terminal's character set has not are spelled in those it has.
    """
    return cut(spelled(text.translate(_VISIBLE), charset), limit)


def spelled(text: str, charset: str) -> str:
    """Return `text` in the characters of a set: for another its plain letters, as many as it takes, else `?`."""
    return text if text.isascii() else text.encode(charset, _SPELLED).decode(charset)


def _spell(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that a set has not."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_letters, error.object[error.start : error.end])), error.end


def _letters(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character).translate(_ALIKE)
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    if not letters.isascii():
        return "?"
    is_fraction = unicodedata.decomposition(character).startswith("<fraction>")
    return f" {letters}" if is_fraction else letters  # 5 1/2, not 51/2


_SPELLED = "aisle.spelled"
codecs.register_error(_SPELLED, _spell)


def cut(text: str, width: int) -> str:
    """Return `text`, shortened in the middle where it is longer than `width` (floor-flows.md 12)."""
    if len(text) <= width:
        return text
    end = min(KEPT_END, max(width - len(CUT) - 1, 0))
    start = max(width - len(CUT) - end, 0)
    return (text[:start] + CUT + text[len(text) - end :])[:width]
