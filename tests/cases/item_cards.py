"""Item cards and info cards as cases write them: fields, units, variants, codes to scan (README: given).

Items are saved through the product's import, which checks a card; what an import file cannot say is saved beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, cast, get_type_hints

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Identifier, Item, ItemUnit, Variant
from domain.records import Entity
from domain.situation import Situation
from domain.tracking.cards import InfoCard
from domain.values import ZERO, code, fold
from domain.work.importing import ImportItems, ItemRow, import_items
from tests.cases.arguments import Arguments
from tests.cases.vocabulary import NotBuilt
from tests.cases.world import World

BUILT_ITEM = (frozenset(field.name for field in fields(Item)) - {"no"}) | {"uoms", "variants", "weight", "cubage"}
"""Fields of an item that the product has."""
BUILT_UNIT = frozenset(field.name for field in fields(ItemUnit)) - {"item", "uom"}
BUILT_VARIANT = frozenset(field.name for field in fields(Variant)) - {"item"}
BUILT_INFO = frozenset(field.name for field in fields(InfoCard)) - {"kind", "key", "no"}
_TYPES = {name: kind for name, kind in get_type_hints(Item).items() if name in BUILT_ITEM}
_GTINS = (8, 12, 13, 14)


@dataclass(frozen=True, slots=True)
class Card:
    """What a case says of an item."""

    no: str
    fields: Mapping[str, Any]
    """Field of Item to its value; each has a type of its own."""
    units: tuple[ItemUnit, ...] = ()
    variants: tuple[Variant, ...] = ()
    identifiers: tuple[Identifier, ...] = ()

    def unblocked(self) -> Card:
        """Return the card before it was blocked."""
        variants = tuple(replace(variant, blocked=False) for variant in self.variants)
        return replace(self, fields={**self.fields, "blocked": False}, variants=variants)

    def only_blocks(self) -> Card:
        """Return what of the card has to wait for the given stock; the rest has been moved on by it."""
        blocked = {name: value for name, value in self.fields.items() if name == "blocked"}
        return Card(self.no, blocked, variants=self.variants)


def require_built_fields(row: Mapping[str, Any], built: frozenset[str], where: str) -> None:
    """Raise NotBuilt for a field that the product does not have yet."""
    for field in row:
        if field not in built:
            raise NotBuilt(f"{where} {field}")


def given_cards(given: Arguments, named: Sequence[str]) -> list[Card]:
    """Return the items given, and those only named with the defaults of the language (FIFO, PCS, untracked)."""
    codes = given.keyed("identifiers")
    mentioned = [row.text("item") for rows in (codes, given.keyed("lots"), given.keyed("serials")) for _, row in rows]
    written = dict.fromkeys((*named, *mentioned), Arguments({}, given.today)) | dict(given.keyed("items"))
    return [
        replace(
            card_of(no, card),
            identifiers=tuple(_identifier(scanned, row) for scanned, row in codes if row.text("item") == no),
        )
        for no, card in written.items()
    ]


def card_of(no: str, card: Arguments, base_uom: str = "") -> Card:
    """Return what the fields say, under their names in items.md; `base_uom` is the one an item has already."""
    known: dict[str, Any] = {}  # each field has a type of its own
    for name, kind in _TYPES.items():
        if name in card:
            known[name] = card.flag(name) if kind is bool else card.number(name) if kind is Decimal else card.text(name)
    for name in ("prevent_negative_inventory", "variant_mandatory"):
        if name in known:
            known[name] = {"true": "yes", "false": "no"}.get(known[name], known[name])
    if "tracking" in known:
        known["tracking"] = code(known["tracking"])
    base_uom = card.text("base_uom", base_uom or Item(no).base_uom)
    return Card(no, known, _units(no, card, base_uom), _variants(no, card))


def _units(no: str, card: Arguments, base_uom: str) -> tuple[ItemUnit, ...]:
    """Return the units of a card; `weight` and `cubage` beside them are the base unit's."""
    beside = {name: card.tree[name] for name in ("weight", "cubage") if name in card}
    units = {base_uom: beside} if beside else {}
    for uom, unit in (card.tree.get("uoms") or {}).items():
        units[uom] = units.get(uom, {}) | (unit if isinstance(unit, dict) else {"qty_per_unit": unit})
    rows = []
    for uom, unit in units.items():
        require_built_fields(unit, BUILT_UNIT, "unit")
        measures = Arguments(unit, card.today)
        rows.append(ItemUnit(no, uom, **{name: measures.number(name) or ZERO for name in unit}))
    return tuple(rows)


def _variants(no: str, card: Arguments) -> tuple[Variant, ...]:
    rows = [row if isinstance(row, dict) else {"code": row} for row in card.tree.get("variants") or ()]
    return tuple(variant_of(no, Arguments(row, card.today)) for row in rows)


def variant_of(no: str, row: Arguments, kept: Variant | None = None) -> Variant:
    """Return a variant as the row has it; what the row does not say stays as it is kept."""
    require_built_fields(row.tree, BUILT_VARIANT, "variant")
    said = {name: row.text(name) if name in ("code", "description") else row.flag(name) for name in row.tree}
    return replace(kept or Variant(no, row.text("code")), **cast("Any", said))  # each field has a type of its own


def _identifier(scanned: str, row: Arguments) -> Identifier:
    """Return a code to scan; article numbers are held as 14 digits."""
    held = scanned.zfill(max(_GTINS)) if scanned.isdigit() and len(scanned) in _GTINS else scanned
    return Identifier(held, row.text("item"), row.text("variant"), row.text("uom"))


def info_card_of(kind: str, no: str, row: Arguments, kept: InfoCard | None = None) -> InfoCard:
    """Return the info card of a number as the row has it; what the row does not say stays as it is kept."""
    card = kept or InfoCard(kind, row.text("item"), row.text("variant"), fold(no), no)
    said = {name: row.flag(name) if name == "blocked" else row.text(name) for name in row.tree}
    return replace(card, **cast("Any", said))  # as in variant_of


def given_info_cards(given: Arguments) -> list[InfoCard]:
    """Return the info cards given for lots and serials."""
    return [info_card_of(kind.rstrip("s"), no, row) for kind in ("lots", "serials") for no, row in given.keyed(kind)]


def save_items(world: World, cards: Sequence[Card]) -> None:
    """Save items; the import's first fault is a refusal."""
    for card in cards:
        beside: list[Entity] = [*card.units, *card.variants, *card.identifiers]
        world.do(save, beside)
    rows = tuple(ItemRow(0, card.no, card.fields) for card in cards)
    for fault in world.do(import_items, ImportItems(rows)).faults:
        raise Refused(fault.code, **fault.facts)


def save(books: Books, situation: Situation, rows: Sequence[Entity]) -> None:
    """Save entities that have no command of their own."""
    with books.ledger.command(situation.head("change")):
        for row in rows:
            books.records.save(row)
