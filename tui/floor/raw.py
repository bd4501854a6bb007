"""Raw mode, the first act of a terminal's process: a scan that comes while Python imports keeps its CR.

Cooked mode would make the CR a LF and hand out only whole lines (textual-notes 2.1).

Not here: anything that would make this slow to import.
"""

from __future__ import annotations

import os
import termios

Attributes = list[int | list[bytes | int]]
"""As termios gives them."""
_INPUT, _LOCAL, _CHARACTERS = 0, 3, 6


def enter(descriptor: int = 0) -> Attributes | None:
    """Take the terminal's input byte by byte as it comes and return how it was set; None where there is no terminal."""
    if not os.isatty(descriptor):
        return None
    before = termios.tcgetattr(descriptor)
    after = termios.tcgetattr(descriptor)
    after[_INPUT] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP | termios.IXON | termios.IXOFF)
    after[_LOCAL] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
    after[_CHARACTERS][termios.VMIN] = 1
    after[_CHARACTERS][termios.VTIME] = 0
    termios.tcsetattr(descriptor, termios.TCSANOW, after)
    return before


def leave(before: Attributes | None, descriptor: int = 0) -> None:
    """Put the terminal back; what was typed ahead is thrown away, so that no scan reaches a shell."""
    if before is not None and os.isatty(descriptor):
        termios.tcflush(descriptor, termios.TCIFLUSH)
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
