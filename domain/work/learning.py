"""Learning a code: what was scanned becomes an identifier of an item, known at every terminal from the next scan on.

Also the rule an engineer may put into the site file for a whole family of codes (SCN-103). Not here: the dialogue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Identifier, Item, ItemUnit, Variant
from domain.people.rights import require_right
from domain.scanning.label import named
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.scanning.resolver import KINDS, Choices, Expected, resolve
from domain.site import DeviceProfile, SiteHead
from domain.situation import Situation
from domain.work.documents import DOCUMENTS

RIGHT = "learn_code"
RULE_KINDS = ("item", "bin", "lot", "serial", "pallet", "order")
"""Kinds of a rule that one code is enough for, in the order of the digits."""

_BARE = ("plain", "gtin", "rcn")
_ANYTHING = frozenset(KINDS) - {"operator"}


@dataclass(frozen=True, slots=True)
class LearnCode:
    """Let a code stand for an item, one of its variants ("" is all) and one of its units ("" is the base unit)."""

    code: str
    item: str
    variant: str = ""
    uom: str = ""


def code_of(reading: Reading) -> str:
    """Return the code of a reading that an item may be known by, "" for a label that says it is something else."""
    names = named(reading)
    return names.get("item") or names.get("plain", "")


def check_code(books: Books, situation: Situation, code: str) -> str:
    """Return a code as an identifier holds it (right `learn_code`).

    Raises:
        Refused("not_learnable"): scanned alone it would not be read as a bare code, so it would never be found again.
        Refused("duplicate_code"): it is known: as an identifier, GTIN or number of an item, a bin, a location, a
            document, a lot, serial or package. Refused("bin_elsewhere") where it is a bin of another location.
    """
    require_right(situation, RIGHT)
    head = books.records.one(SiteHead, 1) or SiteHead()
    reading = read(code, head.scanning, DeviceProfile(), situation.work_date)
    if reading.kind not in _BARE:
        raise Refused("not_learnable", code=code)
    try:
        known = resolve(
            books,
            reading,
            accepts=_ANYTHING,
            location=situation.location,
            expected=Expected(),
            documents=DOCUMENTS,
        )
    except Refused as refused:
        if refused.code != "unknown":
            raise
        return code_of(reading)
    first = known.found[0] if isinstance(known, Choices) else known
    owner = first.item or first.bin or first.document or first.location or first.number
    raise Refused("duplicate_code", code=code, kind=first.kind, owner=owner)


def learn_code(books: Books, situation: Situation, command: LearnCode) -> Identifier:
    """Save a code as an identifier (right `learn_code`; catalogue.md, On the floor).

    Raises what `check_code` does, Refused("unknown") for an item, a variant or a unit that is not there.
    """
    code = check_code(books, situation, command.code)
    records = books.records
    item = records.one(Item, command.item)
    if item is None:
        raise Refused("unknown", code=command.item, prompt="item")
    if command.variant and records.one(Variant, item.no, command.variant) is None:
        raise Refused("unknown", code=command.variant, prompt="variant")
    uom = "" if command.uom == item.base_uom else command.uom
    if uom and records.one(ItemUnit, item.no, uom) is None:
        raise Refused("unknown", code=uom, prompt="uom")
    identifier = Identifier(code, item.no, command.variant, uom)
    with books.ledger.command(situation.head("change")):
        records.save(identifier)
    return identifier


def site_rule(text: str, kind: str) -> str:
    """Return the line of YAML by which labels like `text` would be read as a kind: its digits may change, no more.

    What stands before the first digit is their prefix and no part of the code.

    Raises Refused("no_rule") for a text without any digit.
    """
    found = re.search("[0-9]", text)
    if found is None:
        raise Refused("no_rule", code=text)
    prefix, code = text[: found.start()], text[found.start() :]
    pattern = "".join(
        f"[0-9]{{{len(part)}}}" if part.isdigit() else re.escape(part) for part in re.split("([0-9]+)", code)
    )
    match = f"{re.escape(prefix)}(?P<code>{pattern})".replace("'", "''")
    return f"- {{rank: 10, kind: {kind}, match: '{match}'}}"
