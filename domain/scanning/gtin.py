"""Article and pallet numbers that are digits only: EAN, UPC, ITF-14 and SSCC (SCN-61..64).

Not here: the same numbers inside a GS1 string (forms.py).
"""

from __future__ import annotations

import re

from domain.scanning.cleaning import Scan
from domain.scanning.reading import Reading

EAN_8, UPC_A, EAN_13, ITF_14, SSCC = 8, 12, 13, 14, 18
_DIGITS = re.compile("[0-9]+")  # not str.isdigit, which takes the digits of every script
_LENGTHS = {
    "E0": (EAN_13, UPC_A, EAN_8),
    "E4": (EAN_8,),
    "E3": (EAN_13 + 2, EAN_13 + 5),
    "I1": (ITF_14,),
}
"""Digits that each symbology identifier announces; `E3` has an add-on of 2 or 5."""


def check_digit(body: str) -> str:
    """Return the digit that belongs behind `body`: weights 3 and 1 from the right, modulo 10."""
    weighed = 3 * sum(map(int, body[::-2])) + sum(map(int, body[-2::-2]))
    return str(-weighed % 10)


def retail_by_identifier(scan: Scan) -> Reading | None:
    """Read what the device says is an EAN, UPC or ITF-14 (step 2)."""
    lengths, text = _LENGTHS.get(scan.symbology), scan.text
    if lengths is None or (scan.symbology == "I1" and len(text) != ITF_14):
        return None
    if len(text) not in lengths or not _DIGITS.fullmatch(text):
        return scan.refused("E_VALUE", digits=" or ".join(str(length) for length in lengths))
    if scan.symbology == "E3":
        return _article(scan, text[:EAN_13], addon=text[EAN_13:])
    if scan.symbology == "E0" and len(text) == EAN_8:
        return _upc_e(scan)
    return _article(scan, text)


def digits_only(scan: Scan) -> Reading | None:
    """Read 8, 12, 13, 14 or 18 bare digits (step 9)."""
    if not _DIGITS.fullmatch(scan.text):
        return None
    length = len(scan.text)
    if length == EAN_8:
        return _upc_e_or_ean_8(scan)
    if length in (UPC_A, EAN_13, ITF_14):
        return _article(scan, scan.text)
    if length == SSCC:
        return wrong_number(scan, scan.text) or scan.read("gs1", sscc=scan.text)
    return None


def _article(scan: Scan, digits: str, **facts: str) -> Reading:
    """Return an article number: numbers given out in a store are never matched to a catalogue (SCN-61, SCN-63)."""
    if wrong := wrong_number(scan, digits):
        return wrong
    gtin = digits.zfill(ITF_14)
    in_store = digits.startswith(("0", "2")) if len(digits) == EAN_8 else gtin.startswith(("002", "004", "02"))
    warn = ("W_VAR",) if gtin.startswith("9") else ()
    return scan.read("rcn" if in_store else "gtin", *warn, gtin=gtin, **facts)


def wrong_number(scan: Scan, digits: str) -> Reading | None:
    """Return the error of a number that does not end in its check digit, None where it does."""
    if not digits.strip("0"):
        return scan.refused("E_VALUE")
    should = check_digit(digits[:-1])
    return None if digits[-1] == should else scan.refused("E_CHECK", read=digits[-1], should=should)


def _upc_e_or_ean_8(scan: Scan) -> Reading:
    """Read eight digits that may be either: a leading 0 is UPC-E where valid, a leading 1 may be both (SCN-62)."""
    ean = _article(scan, scan.text)
    if scan.text[0] not in "01":
        return ean
    upc = _upc_e(scan)
    if ean.error or (scan.text[0] == "0" and not upc.error):
        return upc
    if upc.error:
        return ean
    return Reading(scan.raw, error="E_AMBIG", readings=(upc, ean))


def _upc_e(scan: Scan) -> Reading:
    """Read eight digits as a UPC-E: number system 0 or 1, zeros put back by the last of its six digits."""
    system, six, check = scan.text[0], scan.text[1:7], scan.text[7]
    if system not in "01":
        return scan.refused("E_VALUE", kind="UPC-E", code=scan.text)
    rule = int(six[5])
    if rule <= 2:
        body = six[:2] + six[5] + "0000" + six[2:5]
    elif rule == 3:
        body = six[:3] + "00000" + six[3:5]
    elif rule == 4:
        body = six[:4] + "00000" + six[4]
    else:
        body = six[:5] + "0000" + six[5]
    return _article(scan, system + body + check)
