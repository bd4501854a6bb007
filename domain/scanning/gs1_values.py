"""One GS1 element: its value checked and turned into facts with names of their own (SCN-40, SCN-42..47).

Not here: where a value ends (gs1_strings.py), which elements may stand together (gs1_elements.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from domain.dates import full_year, month_end
from domain.scanning.cleaning import Scan
from domain.scanning.gs1_identifiers import Identifier
from domain.scanning.gtin import wrong_number
from domain.scanning.reading import Facts, Reading

_NAMES = {
    "00": "sscc",
    "01": "gtin",
    "02": "content_gtin",
    "03": "mto_gtin",
    "10": "lot",
    "20": "variant",
    "21": "serial",
    "240": "addl_id",
    "241": "cust_part",
    "242": "mto_variant",
    "250": "serial2",
    "254": "location_ext",
    "400": "order",
    "410": "ship_to",
    "411": "bill_to",
    "412": "bought_from",
    "413": "ship_for",
    "414": "location",
    "415": "pay_to",
    "417": "party",
    "8005": "price_per_unit",
    "8200": "url",
}
_MEASURES = {
    "310": "net_kg",
    "311": "length_m",
    "312": "width_m",
    "313": "height_m",
    "314": "area_m2",
    "315": "net_l",
    "316": "net_m3",
    "320": "net_lb",
    "330": "gross_kg",
    "340": "gross_lb",
}
"""By the three digits before the one that says the decimals."""
_LAST_HOUR, _LAST_MINUTE = 23, 59


def facts_of(scan: Scan, identifier: Identifier, text: str) -> Facts | Reading:
    """Return the facts of one value, or the error it leads to."""
    if len(text) not in identifier.lengths or identifier.foreign.search(text) or not _has_digits(identifier, text):
        return _misshapen(scan, identifier, text)
    if identifier.checked and (wrong := wrong_number(scan, text[identifier.checked])):
        return wrong
    ai = identifier.ai
    if name := _NAMES.get(ai):
        return {name: text}
    if read := _READERS.get(ai):
        return read(scan, text)
    if name := _MEASURES.get(ai[:3]):
        return {"measure": {name: _scaled(text, int(ai[3]))}}
    return {"other": {ai: text}}


def _has_digits(identifier: Identifier, text: str) -> bool:
    """Say whether digits stand where they must; that no digits of other scripts do is known by then (SCN-26)."""
    return not identifier.digits or text[: identifier.digits].isdigit()


def _misshapen(scan: Scan, identifier: Identifier, text: str) -> Reading:
    """Return what is wrong with a value that does not fit its identifier (SCN-40)."""
    if foreign := identifier.foreign.search(text):
        return scan.refused("E_CHARSET", char=foreign[0])
    if identifier.digits >= identifier.longest:
        return scan.refused("E_VALUE", ai=identifier.ai, digits=identifier.span)
    if _has_digits(identifier, text):
        return scan.refused("E_VALUE", field=identifier.ai, characters=identifier.span)
    return scan.refused("E_VALUE", field=identifier.ai, start=str(identifier.digits))


def _day(scan: Scan, digits: str) -> date | None:
    """Return the day of YYMMDD, None where there is none; day 00 is the last of its month (SCN-44)."""
    year, month, day = full_year(int(digits[:2]), scan.today), int(digits[2:4]), int(digits[4:6])
    try:
        return date(year, month, day) if day else month_end(date(year, month, 1))
    except ValueError:
        return None


def _date(fact: str) -> Callable[[Scan, str], Facts | Reading]:
    def read(scan: Scan, text: str) -> Facts | Reading:
        day = _day(scan, text)
        return {fact: day.isoformat()} if day else scan.refused("E_DATE", date=text)

    return read


def _moment(scan: Scan, text: str, fact: str, time: str) -> Facts | Reading:
    """Return a day and `time` of that day; here day 00 is none (SCN-45)."""
    day = _day(scan, text)
    hour, *smaller = (int(part) for part in time.split(":"))
    if day is None or text[4:6] == "00" or hour > _LAST_HOUR or max(smaller) > _LAST_MINUTE:
        return scan.refused("E_DATE", date=text)
    return {fact: day.isoformat(), f"{fact}_at": f"{day.isoformat()}T{time}"}


def _expiry_at(scan: Scan, text: str) -> Facts | Reading:
    return _moment(scan, text, "expiry", f"{text[6:8]}:{text[8:]}")


def _made_at(scan: Scan, text: str) -> Facts | Reading:
    """Return when it was made, to the second whatever the label says."""
    return _moment(scan, text, "made", f"{text[6:8]}:{text[8:10] or '00'}:{text[10:] or '00'}")


def _count(fact: str) -> Callable[[Scan, str], Facts | Reading]:
    """Read a quantity of pieces (SCN-47)."""

    def read(scan: Scan, text: str) -> Facts | Reading:
        qty = text.lstrip("0")
        return {fact: qty} if qty else scan.refused("E_QTY", qty=text)

    return read


def _scaled(digits: str, decimals: int) -> str:
    """Return a measure with all its decimals (SCN-46)."""
    whole = digits[: len(digits) - decimals].lstrip("0") or "0"
    return f"{whole}.{digits[-decimals:]}" if decimals else whole


def elements_of(facts: Facts) -> Iterator[tuple[str, Facts]]:
    """Yield the facts of a label under the identifiers they came from; one of another symbology under its name."""
    for name, value in facts.items():
        if isinstance(value, str):
            yield _IDENTIFIERS.get(name, name), {name: value}
            continue
        for inner, text in value.items():
            ai = inner if name == "other" else f"{_MEASURED[inner]}{len(text.partition('.')[2])}"
            yield ai, {name: {inner: text}}


_READERS: Mapping[str, Callable[[Scan, str], Facts | Reading]] = {
    "11": _date("made"),
    "12": _date("due"),
    "13": _date("packed"),
    "15": _date("best_before"),
    "16": _date("sell_by"),
    "17": _date("expiry"),
    "30": _count("qty"),
    "37": _count("content_qty"),
    "7003": _expiry_at,
    "8008": _made_at,
}
_IDENTIFIERS = {name: ai for ai, name in _NAMES.items()} | {
    "made": "11",
    "due": "12",
    "packed": "13",
    "best_before": "15",
    "sell_by": "16",
    "expiry": "17",
    "qty": "30",
    "content_qty": "37",
    "expiry_at": "7003",
    "made_at": "8008",
}
_MEASURED = {name: ai for ai, name in _MEASURES.items()}
