"""HIBC labels of the health industry: the item, and behind it or on a label of its own lot, serial, dates (SCN-90..94).

Not here: joining a second label to its first (partial.py).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.dates import month_end
from domain.scanning.cleaning import Scan
from domain.scanning.data_identifiers import facts_of_field
from domain.scanning.label_facts import clash, together
from domain.scanning.quantity import label_quantity
from domain.scanning.reading import Facts, Reading

_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
"""Each is worth its place in the sum of the check character."""
_SHORTEST = len("+$ab")
_FOREIGN = re.compile(f"[^{re.escape(_CHARACTERS)}]")
_ITEM = re.compile("[A-Z][0-9A-Z]{3}[0-9A-Z]{1,18}[0-9]")
_SECOND = re.compile(r"\$|[0-9]{5}")
_PART = re.compile(r"(\$\$?\+?|14D|16D|S|Q|(?=[0-9]{5}))(.*)")
_QTY_DIGITS = {"8": 2, "9": 5}
_DATE_FORMS = {"2": "MMDDYY", "3": "YYMMDD", "4": "YYMMDDHH", "5": "YYJJJ", "6": "YYJJJHH", "7": ""}
_MONTH_FORM, _DAY_OF_YEAR_FORM = "MMYY", "YYJJJ"
_LAST_HOUR = 23


def check_character(body: str) -> str:
    """Return the character that belongs behind `body`, its `+` included: the sum modulo 43."""
    return _CHARACTERS[sum(map(_CHARACTERS.index, body)) % len(_CHARACTERS)]


def hibc(scan: Scan) -> Reading | None:
    """Read a label that starts with `+` (step 6, SCN-90)."""
    text = scan.text
    if not text.startswith("+"):
        return None
    if foreign := _FOREIGN.search(text):
        return scan.refused("E_CHARSET", char=foreign[0])
    if text[-1] != check_character(text[:-1]):  # outer blanks go, unless the last is the check character (SCN-27)
        text = text.rstrip(" ")
    if len(text) < _SHORTEST:
        return scan.refused("E_HIBC")
    should = check_character(text[:-1])
    if text[-1] != should:
        layout = {"layout": "German"} if text.startswith("+C1") else {}  # where that keyboard has `]`
        return scan.refused("E_CHECK", read=text[-1], should=should, **layout)
    if _SECOND.match(text, 1):
        return _read_parts(scan, text[1:-2].split("/"), {"hibc_link": text[-2]}, "W_PART")
    item, *parts = text[1:-1].split("/")
    if not _ITEM.fullmatch(item):
        return scan.refused("E_HIBC")
    first = _read_parts(scan, parts, {"hibc_item": item[:-1], "pack_level": item[-1]})
    return first if first.error else Reading(first.raw, first.kind, first.facts, first.warn, check=should)


def _read_parts(scan: Scan, parts: list[str], facts: Facts, *warn: str) -> Reading:
    """Return what all parts say besides `facts` (SCN-92, SCN-93)."""
    for part in parts:
        found = _PART.fullmatch(part)
        own = _facts_of(scan, found[1], found[2]) if found else {}
        if isinstance(own, Reading):
            return own
        if found is None or not own:
            return scan.refused("E_HIBC")
        if twice := clash(facts, own):
            return scan.refused("E_DUP", ai=found[1], a=twice[1], b=twice[2])
        facts = together(facts, own)
    return Reading(scan.raw, "hibc", dict(facts), scan.warn + warn)


def _facts_of(scan: Scan, mark: str, data: str) -> Facts | Reading:
    """Return the facts of one part, none where it is empty, or the error it leads to."""
    number = "serial" if mark.endswith("+") else "lot"
    if mark.startswith("$$"):
        return _counted(scan, data, number)
    if mark.startswith("$"):
        return {number: data} if data else {}
    if mark:
        return facts_of_field(scan, mark, data) if data else {}
    return _dated(scan, _DAY_OF_YEAR_FORM, data, number)


def _counted(scan: Scan, data: str, number: str) -> Facts | Reading:
    """Return the facts behind `$$`: a quantity where it says so, then the form of the date, the date, the number."""
    facts: Facts = {}
    if digits := _QTY_DIGITS.get(data[:1]):
        text, data = data[1 : 1 + digits], data[1 + digits :]
        qty = label_quantity(text) if _is_digits(text, digits) else None
        if qty is None:
            return scan.refused("E_QTY", qty=text)
        facts = {"qty": qty}
    form = _DATE_FORMS.get(data[:1])
    own = _dated(scan, _MONTH_FORM, data, number) if form is None else _dated(scan, form, data[1:], number)
    return own if isinstance(own, Reading) else together(facts, own)


def _dated(scan: Scan, form: str, data: str, number: str) -> Facts | Reading:
    """Return the expiry at the start of `data` and the number after it, which may be missing; form "" has no date."""
    digits, rest = data[: len(form)], data[len(form) :]
    facts = {number: rest} if rest else {}
    if not form:
        return facts
    day = _day(form, digits) if _is_digits(digits, len(form)) else None
    hour = _part(form, digits, "H")
    if day is None or int(hour or 0) > _LAST_HOUR:
        return scan.refused("E_DATE", date=digits)
    at = {"expiry_at": f"{day.isoformat()}T{hour}:00"} if hour else {}
    return {"expiry": day.isoformat(), **at, **facts}


def _day(form: str, digits: str) -> date | None:
    """Return the day that digits mean in their form, the last of a month without one; None where there is none."""
    year, month, day, day_of_year = (int(_part(form, digits, letter) or 0) for letter in "YMDJ")
    year += 2000
    if "J" in form:
        found = date(year, 1, 1) + timedelta(days=day_of_year - 1)
        return found if found.year == year else None
    try:
        return date(year, month, day) if "D" in form else month_end(date(year, month, 1))
    except ValueError:
        return None


def _part(form: str, digits: str, letter: str) -> str:
    return "".join(digit for place, digit in zip(form, digits, strict=False) if place == letter)


def _is_digits(text: str, count: int) -> bool:
    return len(text) == count and text.isdigit()
