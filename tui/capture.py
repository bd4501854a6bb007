"""Bytes from the terminal to lines and keys: pure (scanning.md SCN-10..18, textual-notes 5)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One finished code or typed text, without its end mark. An empty one is the Enter key alone."""

    raw: bytes
    """The bytes as they came, for the scan journal."""
    source: str
    """scanned, keyed or pasted."""
    at: float
    """Seconds, from the clock given to `feed`: when its last byte was read."""

    @property
    def text(self) -> str:
        """The text a reader takes; undecodable bytes are U+FFFD (SCN-16)."""
        return self.raw.decode("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Keys:
    """Bytes of keys that are no text: for the toolkit's key parser."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class Echo:
    """What is held so far and shown in the scan line."""

    text: str
