"""The one cleaner of text from outside: nothing from a label, a file or the books acts on a terminal (SAF-40).

Not here: what a scan means (domain/scanning), the cut of a finished line by its cells (the screens).
"""

from __future__ import annotations

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


def clean(text: str, limit: int = LONGEST) -> str:
    """Return `text` with every character that could act on a terminal as its name, at most `limit` long."""
    return cut(text.translate(_VISIBLE), limit)


def cut(text: str, width: int) -> str:
    """Return `text`, shortened in the middle where it is longer than `width` (floor-flows.md 12)."""
    if len(text) <= width:
        return text
    end = min(KEPT_END, max(width - len(CUT) - 1, 0))
    start = max(width - len(CUT) - end, 0)
    return (text[:start] + CUT + text[len(text) - end :])[:width]
