"""Which key a byte sequence is, on vt, xterm, linux and rxvt terminals (SCN-17). Others have no name here.

Not here: where a sequence ends (tui/capture.py), what a key does (tui/commands.py).
"""

from __future__ import annotations

_VT_NUMBERS = {
    1: 11, 2: 12, 3: 13, 4: 14, 5: 15, 6: 17, 7: 18, 8: 19, 9: 20, 10: 21,
    11: 23, 12: 24, 13: 25, 14: 26, 15: 28, 16: 29, 17: 31, 18: 32, 19: 33, 20: 34,
}  # fmt: skip
"""F-key to the number a VT220 sends for it: `ESC [ 15 ~` is F5."""
_ARROWS = {b"A": "up", b"B": "down", b"C": "right", b"D": "left"}

KEYS: dict[bytes, str] = {
    b"\x1b": "escape",
    b"\t": "tab",
    **{b"\x1b[%d~" % number: f"f{key}" for key, number in _VT_NUMBERS.items()},
    **{b"\x1bO" + letter: f"f{key}" for key, letter in enumerate((b"P", b"Q", b"R", b"S"), 1)},
    **{b"\x1b[[" + letter: f"f{key}" for key, letter in enumerate((b"A", b"B", b"C", b"D", b"E"), 1)},
    **{begin + letter: arrow for begin in (b"\x1b[", b"\x1bO") for letter, arrow in _ARROWS.items()},
}
