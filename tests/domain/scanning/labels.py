"""How the tests of GS1 labels ask the reader, and numbers of the demonstration prefix 952."""

from __future__ import annotations

from datetime import date

from domain.scanning.gtin import check_digit
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.site import DeviceProfile, Scanning

TODAY = date(2026, 1, 15)
GTIN = "09521234000013"
OTHER_GTIN = "09521234000778"
SSCC = "395212340000000120"
GLN = "9521234000020"


def reading(text: str, *, today: date = TODAY, gs_proven: bool = False) -> Reading:
    return read(text, Scanning(), DeviceProfile(gs_proven=gs_proven), today)


def proven(text: str, today: date = TODAY) -> str:
    """Return in one line what a device that is known to send separators reads behind a GS1 mark."""
    return told(reading(f"]C1{text}", today=today, gs_proven=True))


def told(result: Reading) -> str:
    """Return the facts with their warnings, or the error with its own facts."""
    if result.error:
        return " ".join([result.error, *result.error_facts.values()])
    return " ".join([*(f"{name}={value}" for name, value in result.facts.items()), *sorted(result.warn)])


def checked(body: str) -> str:
    return body + check_digit(body)
