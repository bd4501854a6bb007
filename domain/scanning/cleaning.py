"""Raw text to the clean text that the steps of the reader look at (SCN-20..27).

Not here: which form a clean text has (reader.py), how it is shown (the texts of the terminal).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.scanning.reading import Reading
from domain.site import DeviceProfile, Scanning

GS, RS, EOT = "\x1d", "\x1e", "\x04"
LONGEST = 512
ENVELOPE_STARTS = ("[)>", ">[)>")
LINK_STARTS = ("http://", "https://")

_CONTROL = re.compile(r"[\x00-\x03\x05-\x1c\x1f\x7f-\x9f]")
_FOREIGN = re.compile(r"[^\x20-\x7e\x04\x1d\x1e]")
_SYMBOLOGY = re.compile(r"\][A-UXZcdeopsz][A-Za-z0-9]")
_GS_SPELLINGS = dict.fromkeys(("{GS}", "{gs}", "[GS]", "^]", "~d029", "\\x1d", "\\x1D", "\u241d"), GS)
_ENVELOPE_SPELLINGS = (
    _GS_SPELLINGS
    | dict.fromkeys(("{RS}", "[RS]", "^^", "~d030", "\u241e"), RS)
    | dict.fromkeys(("{EOT}", "[EOT]", "^D", "~d004", "\u2404"), EOT)
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A clean text on its way through the steps, with all a step may depend on (SCN-01)."""

    raw: str
    text: str
    symbology: str
    """What stood behind `]`: `C1`, `E0` ...; "" where the device sent none."""
    scanning: Scanning
    profile: DeviceProfile
    today: date
    warn: tuple[str, ...] = ()
    """Warnings so far; they go into whatever it is read as."""

    def read(self, kind: str, *warn: str, **facts: str) -> Reading:
        """Return the result of reading it."""
        return Reading(self.raw, kind, dict(facts), self.warn + warn)

    def refused(self, error: str, **facts: str) -> Reading:
        """Return the error it leads to."""
        return Reading(self.raw, error=error, error_facts=facts)


def cleaned(raw: str, scanning: Scanning, profile: DeviceProfile, today: date) -> Scan | Reading:
    """Return the clean text, or the error it already leads to."""
    scan = Scan(raw, _unframed(raw, profile), "", scanning, profile, today)
    text = scan.text
    if not text.strip(" "):
        return scan.refused("E_EMPTY")
    if len(text) > LONGEST:
        return scan.refused("E_LONG", length=str(len(text)))
    if control := _CONTROL.search(text):
        return scan.refused("E_CTRL", char=control[0])
    symbology = ""
    if text.startswith("]"):
        if not _SYMBOLOGY.match(text):
            return scan.refused("E_SYMID", mark=text[:2])
        symbology, text = text[1:3], text[3:]
        if not text.strip(" "):
            return scan.refused("E_EMPTY")
    text = _with_separators(text, profile.gs_tokens)
    if foreign := _FOREIGN.search(text):
        return scan.refused("E_CHARSET", char=foreign[0])
    return Scan(raw, trimmed(text), symbology, scanning, profile, today)


def trimmed(text: str) -> str:
    """Return `text` without outer blanks; the last blank of a HIBC label may be its check character (SCN-27)."""
    text = text.lstrip(" ")
    return text if text.startswith("+") else text.rstrip(" ")


def _unframed(raw: str, profile: DeviceProfile) -> str:
    """Return `raw` without end marks, frame and what the device itself adds (SCN-20)."""
    text = raw.rstrip("\r\n\t").removeprefix("\x02").removesuffix("\x03")
    text = text.removeprefix(_longest(prefix for prefix in profile.prefix if text.startswith(prefix)))
    return text.removesuffix(_longest(suffix for suffix in profile.suffix if text.endswith(suffix)))


def _longest(texts: Iterable[str]) -> str:
    return max(texts, key=len, default="")


def _with_separators(text: str, gs_tokens: Iterable[str]) -> str:
    """Return `text` with every spelling of a separator as the character; links keep theirs (SCN-24, SCN-25)."""
    start = text.lstrip(" ")
    if start.lower().startswith(LINK_STARTS):
        return text
    if start.startswith(ENVELOPE_STARTS):
        return _replaced(text, _ENVELOPE_SPELLINGS)
    return _replaced(_replaced(text, _GS_SPELLINGS), dict.fromkeys(filter(None, gs_tokens), GS))


def _replaced(text: str, spellings: dict[str, str]) -> str:
    """Return `text` with each spelling replaced, a longer one before those it holds."""
    for spelling in sorted(spellings, key=len, reverse=True):
        text = text.replace(spelling, spellings[spelling])
    return text
