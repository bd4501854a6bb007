"""Reads as a terminal gives them, and what the capture made of them."""

from tui.capture import Capture, CaptureSettings, Echo, Keys, Line, Token

STEP = 0.2
"""Seconds between two keys of a person: more than any gap inside a burst."""


def played(*reads: bytes, settings: CaptureSettings | None = None, step: float = STEP) -> list[Token]:
    """Return the lines and keys of reads that come `step` apart, and of the silence after them."""
    capture = Capture(settings or CaptureSettings())
    tokens = [token for at, read in enumerate(reads) for token in capture.feed(read, at * step)]
    tokens += capture.idle(len(reads) * step + 10)
    return [token for token in tokens if not isinstance(token, Echo)]


def raws(tokens: list[Token]) -> list[bytes]:
    return [token.raw for token in tokens if isinstance(token, Line)]


def keys(tokens: list[Token]) -> list[bytes]:
    return [token.raw for token in tokens if isinstance(token, Keys)]
