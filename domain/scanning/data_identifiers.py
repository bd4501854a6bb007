"""Fields with a data identifier of MH10.8.2: in an envelope, or alone in a barcode (SCN-81..83, step 11).

Not here: taking an envelope apart (envelope.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.scanning.cleaning import Scan
from domain.scanning.label_facts import clash, iso_day, together
from domain.scanning.quantity import label_quantity
from domain.scanning.reading import Facts, Reading

_FIELD = re.compile("([0-9]{0,3}[A-Z])(.+)", re.DOTALL)
_ALONE = re.compile("(1T|1P|14D|16D|[PQSKV]).+", re.DOTALL)
_FOREIGN = re.compile("[^ -~]")
_QTY_AND_UNIT = re.compile("(.*)([0-9A-Za-z]{2})")
_NAMES = {
    "P": "part",
    "1P": "supplier_part",
    "30P": "part_alt",
    "S": "serial",
    "1T": "lot",
    "K": "order",
    "V": "supplier",
    "2P": "revision",
    "4L": "origin",
    "J": "licence_plate",
    "1J": "licence_plate",
    "5J": "licence_plate",
    "6J": "licence_plate",
}
_DATES = {"14D": "expiry", "16D": "made", "25D": "best_before"}


def data_identifier(scan: Scan) -> Reading | None:
    """Read a single field, where the device may send them (step 11)."""
    if not (scan.profile.di_1d and _ALONE.fullmatch(scan.text)):
        return None
    return read_fields(scan, [scan.text], "W_PART")


def read_fields(scan: Scan, fields: Iterable[str], *warn: str) -> Reading:
    """Read fields that are none of them empty; one of them twice says the same (SCN-81, SCN-82)."""
    facts: Facts = {}
    for field in fields:
        found = _FIELD.fullmatch(field)
        if found is None:
            return scan.refused("E_DI", field=field)
        own = facts_of_field(scan, found[1], found[2])
        if isinstance(own, Reading):
            return own
        if twice := clash(facts, own):
            return scan.refused("E_DUP", ai=found[1], a=twice[1], b=twice[2])
        facts = together(facts, own)
    return Reading(scan.raw, "mh10", dict(facts), scan.warn + warn)


def facts_of_field(scan: Scan, identifier: str, data: str) -> Facts | Reading:
    """Return the facts of one field, or the error it leads to (SCN-82, SCN-83)."""
    if foreign := _FOREIGN.search(data):
        return scan.refused("E_CHARSET", char=foreign[0])
    if fact := _DATES.get(identifier):
        day = iso_day(data)
        return {fact: day} if day else scan.refused("E_DATE", date=data)
    if identifier == "Q":
        qty = label_quantity(data)
        return {"qty": qty} if qty else scan.refused("E_QTY", qty=data)
    if identifier == "7Q":
        return _quantity_and_unit(scan, data)
    name = _NAMES.get(identifier)
    return {name: data} if name else {"other": {identifier: data}}


def _quantity_and_unit(scan: Scan, data: str) -> Facts | Reading:
    found = _QTY_AND_UNIT.fullmatch(data)
    qty = label_quantity(found[1]) if found else None
    return {"qty": qty, "uom": found[2]} if found and qty else scan.refused("E_QTY", qty=data)
