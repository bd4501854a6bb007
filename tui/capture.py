"""Bytes from the terminal to lines and keys: pure (scanning.md SCN-10..18, textual-notes 5).

Every byte belongs to a run: bytes with gaps of at most `burst_gap_ms`. A run of four characters or more is a burst,
and everything in it up to its end mark is data. A shorter run is what a person pressed: text, editing, a key. No
answer depends on where a read was cut, nor on how often `idle` is called.

Not here: reading from the terminal (floor/driver.py), what a code or a key means (domain/scanning, session).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

BURST_LENGTH = 4
"""SCN-11. Counted in bytes, the end mark included."""
DIGIT_HOLD_MS = 60
"""A digit alone is an answer once no scan can follow it: a little more than the gap inside a burst."""
QUESTION_DIGIT_HOLD_MS = 250
"""The same at a question, where a digit overrides: longer than the 200 ms a lost packet delays a scan."""
OWN_END_MS = 400
"""A person who ends a digit with Enter out of habit does so by then; later it is an answer of its own."""
ESCAPE_HOLD_MS = 100
"""ESC alone is a key once no sequence can follow it; the usual ESCDELAY, sequences are split by no more."""
ESCAPE_TAIL_MS = 1000
"""The rest of a sequence that was split by more than that is dropped by then (textual-notes 5.9)."""
PASTE_LIMIT = 4096
"""Bytes; a paste whose end mark never comes ends here (textual-notes 5.5)."""
PASTE_LIMIT_MS = 1000
ECHO_LIMIT = 256
"""Bytes of the end of a line that are shown: more than a row of any terminal."""

_BACKSPACE, _TAB, _LF, _CR, _ESC, _FIRST_PRINTABLE, _DELETE = 0x08, 0x09, 0x0A, 0x0D, 0x1B, 0x20, 0x7F
_ENDS = (_TAB, _LF, _CR)
_HELD_DOWN = (_BACKSPACE, _ESC, _DELETE)
_SEPARATORS = (0x04, 0x1C, 0x1D, 0x1E, 0x1F)
"""EOT, FS, GS, RS, US: data wherever text is held, however slow the wedge (SCN-10)."""
_DIGIT = re.compile(rb"[0-9]")
_KEY = re.compile(rb"\x1b(?:O[A-Za-z]|\[\[[A-E]|\[[0-9;?]{0,12}[A-Za-z~^$@])")
_KEY_BEGINS = re.compile(rb"\x1b(?:O|\[\[|\[[0-9;?]{0,12})?")
_F8, _GS = b"\x1b[19~", b"\x1d"
_PASTE_BEGINS, _PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"


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
        """The text a reader takes; undecodable bytes are U+FFFD (SCN-16), F8 is GS (SCN-11)."""
        return self.raw.replace(_F8, _GS).decode("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Keys:
    """Bytes of one key that is no text: an escape sequence, ESC or a control character."""

    raw: bytes
    typed: bytes = b""
    """What was half typed, and went with it."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What is held so far and shown in the scan line. A Line clears it by itself."""

    text: str


Token = Line | Keys | Echo


@dataclass(frozen=True, slots=True)
class CaptureSettings:
    """What of the site and the device decides how bytes become lines (`scanning` in the site file)."""

    burst_gap_ms: int = 50
    burst_end_ms: int = 0
    """Silence that ends a burst; 0 = none does (decision 29)."""
    paste: bool = False


class Capture:
    """What is held between two reads. `digits`, `question` and `asked_at` are set by the app from each View."""

    def __init__(self, settings: CaptureSettings) -> None:
        self.digits = False
        """One digit alone is an answer (View.digits)."""
        self.question = False
        """And what it answers is a question."""
        self.asked_at = -inf
        """When that question came up: a digit from before is not meant for it and waits for its Enter."""
        self._settings = settings
        self._held = bytearray()
        """The line so far."""
        self._run = bytearray()
        """The bytes after it that may still become a key, text or a burst."""
        self._in_burst = False
        self._source = "keyed"
        self._last = -inf
        """When the last byte was read."""
        self._ended_by_cr = False
        """A LF that comes next is part of the same end mark."""
        self._given_at = -inf
        """When the last byte was read of a line that silence ended."""
        self._escape = b""
        """The begin of a sequence that was taken for the key ESC."""
        self._escape_at = -inf
        self._paste_room = 0
        """Bytes the running paste may still have; 0 = no paste."""
        self._paste_at = -inf
        self._shown = ""

    @property
    def is_waiting(self) -> bool:
        """True while silence may decide something: `idle` should be called soon."""
        return bool(self._run or (self._held and (self.digits or self._in_burst)))

    def feed(self, data: bytes, now: float) -> list[Token]:
        """Take what one read gave at `now` (seconds) and return what it finished, in order."""
        tokens = self._decided_by_silence(now)
        self._last = now
        for byte in data:
            is_second_half = byte == _LF and self._ended_by_cr
            self._ended_by_cr = False
            if not is_second_half:
                tokens += self._end(byte) if byte in _ENDS else self._take(byte)
        return tokens + self._echo()

    def idle(self, now: float) -> list[Token]:
        """Return what the silence up to `now` decides."""
        return self._decided_by_silence(now) + self._echo()

    def type_again(self, typed: bytes) -> list[Token]:
        """Hold again what went with a key, where nothing was typed since, and return it to be shown."""
        if not (self._held or self._run):
            self._held += typed
        return self._echo()

    def _decided_by_silence(self, now: float) -> list[Token]:
        """End a burst (SCN-12), see what a run of keys was, answer with a digit: what is due by now."""
        silence_ms = (now - self._last) * 1000
        if (now - self._paste_at) * 1000 > PASTE_LIMIT_MS:
            self._paste_room = 0
        if self._in_burst:
            return self._line_without_end() if 0 < self._settings.burst_end_ms <= silence_ms else []
        tokens = self._settled(silence_ms)
        if self._is_digit_answer(silence_ms):
            tokens += self._line_without_end()
        return tokens

    def _is_digit_answer(self, silence_ms: float) -> bool:
        if not self.digits or self._run or not _DIGIT.fullmatch(self._held):
            return False
        if self.question:
            return silence_ms >= QUESTION_DIGIT_HOLD_MS and self._last > self.asked_at
        return silence_ms >= DIGIT_HOLD_MS

    def _settled(self, silence_ms: float) -> list[Token]:
        """Settle the run where nothing can follow any more; the rest of a key already taken for ESC is dropped."""
        begins_key = _KEY_BEGINS.fullmatch(self._run)
        if silence_ms <= (ESCAPE_HOLD_MS if begins_key else self._settings.burst_gap_ms):
            return []
        if begins_key:
            self._escape, self._escape_at = bytes(self._run), self._last
            del self._run[1:]
        elif (self._last - self._escape_at) * 1000 <= ESCAPE_TAIL_MS and _KEY.fullmatch(self._escape + self._run):
            self._run.clear()
        return self._settle()

    def _take(self, byte: int) -> list[Token]:
        """Take a byte that is no end mark: data inside a burst, else part of a run."""
        self._given_at = -inf
        if self._in_burst:
            self._held.append(byte)
            self._see_paste_end()
            return []
        self._run.append(byte)
        if _KEY.fullmatch(self._run):
            return self._key()
        if len(self._run) >= BURST_LENGTH and not _KEY_BEGINS.fullmatch(self._run):
            self._see_burst()
        return []

    def _end(self, mark: int) -> list[Token]:
        """End the line. What ends nothing is the Enter key, the late end of a line already given, or the Tab key."""
        if len(self._run) + 1 >= BURST_LENGTH:
            self._see_burst()
        tokens = self._settle()
        self._ended_by_cr = mark == _CR
        if not self._held:
            is_late = (self._last - self._given_at) * 1000 <= OWN_END_MS
            self._given_at = -inf
            if is_late:
                return tokens
            if mark == _TAB:
                return [*tokens, Keys(b"\t")]
        return [*tokens, self._line()]

    def _line(self) -> Line:
        line = Line(bytes(self._held), self._source, self._last)
        self._held.clear()
        self._in_burst = bool(self._paste_room)
        self._source = "pasted" if self._paste_room else "keyed"
        self._shown = ""
        return line

    def _line_without_end(self) -> list[Token]:
        self._given_at = self._last
        return [self._line()]

    def _see_burst(self) -> None:
        """Begin a burst, unless the run is one editing key held down: those repeat as fast as a scanner sends."""
        tail = self._run[-BURST_LENGTH:]
        if tail[-1] in _HELD_DOWN and tail.count(tail[-1]) == len(tail):
            return
        self._held += self._run
        self._run.clear()
        self._in_burst = True
        self._source = "scanned"

    def _key(self) -> list[Token]:
        """Give a key. What was typed goes with it: the prompt may change under it. A paste begins with a key, too."""
        raw = bytes(self._run)
        self._run.clear()
        if raw == _PASTE_BEGINS and self._settings.paste:
            self._paste_room, self._paste_at = PASTE_LIMIT, self._last
            self._in_burst, self._source = True, "pasted"
            return []
        typed = bytes(self._held)
        self._held.clear()
        return [Keys(raw, typed)]

    def _see_paste_end(self) -> None:
        if not self._paste_room:
            return
        self._paste_room -= 1
        if self._held.endswith(_PASTE_ENDS):
            del self._held[-len(_PASTE_ENDS) :]
            self._paste_room = 0
            self._in_burst = False

    def _settle(self) -> list[Token]:
        """Take the run as what a person pressed."""
        self._held, keys = _pressed(self._held, self._run)
        self._run.clear()
        return keys

    def _echo(self) -> list[Token]:
        """Return what is held now, where it is not what was last shown."""
        run = self._run[:1] if _KEY_BEGINS.fullmatch(self._run) else self._run
        held, _ = _pressed(self._held[-ECHO_LIMIT:], run)
        text = held.decode("utf-8", errors="replace")
        if text == self._shown:
            return []
        self._shown = text
        return [Echo(text)]


def _pressed(held: bytearray, run: bytearray) -> tuple[bytearray, list[Token]]:
    """Return the line after the keys of a run, and those of them that do not change it. ESC empties a line first."""
    line = held.copy()
    keys: list[Token] = []
    for byte in run:
        if byte in (_BACKSPACE, _DELETE):
            while line and line.pop() & 0xC0 == 0x80:
                pass  # the rest of one UTF-8 character
        elif byte == _ESC and line:
            line.clear()
        elif byte >= _FIRST_PRINTABLE or (line and byte in _SEPARATORS):
            line.append(byte)
        else:
            keys.append(Keys(bytes([byte])))
    return line, keys
