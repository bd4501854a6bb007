"""Items and opening stock from a file: every fault of every row, then all of it or nothing (SITE-09).

A row comes here with its values already read (numbers are Decimals, dates dates) and leaves as entities or as lines for
the door. Not here: the file and its columns (config/import_map), how a fault is told (the command line).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Identifier, Item, ItemUnit, Variant
from domain.orders.documents import OrderLine
from domain.people.rights import require_right
from domain.posting import JournalLine
from domain.posting.checks import check_line
from domain.posting.line import Part
from domain.posting.numbers import NumbersOnTheWay
from domain.posting.posted import Posted, posted_from
from domain.posting.stock import StockOnTheWay
from domain.records import E, Entity, Records
from domain.scanning.gtin import EAN_8, ITF_14, UPC_A, check_digit
from domain.site import TrackingCode, UnitOfMeasure
from domain.situation import Situation
from domain.tracking.numbers import DEFAULT_CODES
from domain.values import ONE, ZERO
from domain.work.opening import opening_lines, post_opening

Progress = Callable[[int, int], None]
"""Called with how many rows are judged and how many there are."""
LONGEST_NO = 20
FIXED_BY_ENTRIES = ("type", "costing", "base_uom", "tracking")
"""What an item keeps once it has entries (ITM-03, COS-01, ITM-11, tracking.md 5)."""
_ARTICLE = re.compile(f"[0-9]{{{EAN_8}}}|[0-9]{{{UPC_A},{ITF_14}}}")
_FIELD_OF_PROMPT = {"expiry": "expires", "unit": "uom"}
_FIELD_OF_CODE = {
    "bad_qty": "qty",
    "bin_blocked": "bin",
    "bin_class": "bin",
    "bin_elsewhere": "bin",
    "bin_full": "bin",
    "duplicate": "serial",
    "expiry_differs": "expires",
    "no_bins": "bin",
    "no_stock_type": "item",
    "not_tracked": "lot",
    "one_lot": "lot",
    "serial_in_stock": "serial",
    "transit_only": "location",
    "use_warehouse": "location",
}
"""The value that a refusal of the door is about, where its facts do not name it."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why one row cannot be taken."""

    row: int
    field: str
    """Name of the value that is wrong, "" for the row as a whole."""
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What one row says about an item; what it does not say stays as the card has it."""

    row: int
    """Line of the file; likewise in every fault."""
    no: str
    fields: Mapping[str, Any]
    """Field of Item to its value. Any: each has a type of its own."""
    units: Mapping[str, Decimal] = field(default_factory=dict)
    """Unit to how many base units it holds."""
    variants: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Code to the unit it stands for, "" for the base unit."""


@dataclass(frozen=True, slots=True)
class ImportItems:
    """Make new items and change those that are there."""

    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class ItemsImported:
    """Numbers of the items, by what became of them. Nothing was saved where there are faults."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """What one row says lies somewhere; a quantity of 0 is told, not posted."""

    row: int
    line: JournalLine


@dataclass(frozen=True, slots=True)
class ImportStock:
    """Post opening stock. The operation id of the situation is made from the file: posted once (SAF-03)."""

    rows: tuple[OpeningRow, ...]


@dataclass(frozen=True, slots=True)
class StockChecked:
    """What the good rows of a file would post."""

    lines: tuple[JournalLine, ...]
    zero_rows: tuple[int, ...]
    items: int
    pieces: Decimal
    """In base units."""
    value: Decimal
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class StockImported:
    """What was posted, by this command or an earlier one of the same file; None where there are faults."""

    posted: Posted | None
    faults: tuple[RowFault, ...] = ()


def check_items(
    books: Books, situation: Situation, command: ImportItems, progress: Progress | None = None
) -> ItemsImported:
    """Say what `import_items` would do, without doing it."""
    return _planned(books, situation, command, progress)[0]


def import_items(books: Books, situation: Situation, command: ImportItems) -> ItemsImported:
    """Save all items with their units, variants and codes, or nothing where a row has a fault (right `set_up`)."""
    require_right(situation, "set_up")
    result, entities = _planned(books, situation, command)
    if not result.faults:
        with books.ledger.command(situation.head("import")):
            books.records.save_all(sorted(entities, key=lambda entity: type(entity).__name__), "IMPORT")
    return result


def check_stock(
    books: Books, situation: Situation, command: ImportStock, progress: Progress | None = None
) -> StockChecked:
    """Judge every row as the door would, one after the other, and add up what they would post."""
    told = situation.confirming("bin_full_ask")  # the goods lie there already, as in post_opening
    stock, numbers = StockOnTheWay(books, told), NumbersOnTheWay(books)
    lines: list[JournalLine] = []
    zero_rows: list[int] = []
    faults: list[RowFault] = []
    pieces = value = ZERO
    for done, row in enumerate(command.rows, 1):
        if progress:
            progress(done, len(command.rows))
        if not row.line.qty:
            zero_rows.append(row.row)
            continue
        try:
            for part in _parts(books, told, row.line, numbers):
                stock.move(part)
                pieces += part.moved.qty_base
                value += part.value
            lines.append(row.line)
        except Refused as refused:
            faults.append(fault_of(row.row, refused))
    items = len({line.item for line in lines})
    return StockChecked(tuple(lines), tuple(zero_rows), items, pieces, value, tuple(faults))


def import_stock(books: Books, situation: Situation, command: ImportStock) -> StockImported:
    """Post opening stock, all of it or nothing where a row has a fault (right `set_up`)."""
    require_right(situation, "set_up")
    if before := posted_before(books, situation.operation_id):
        return StockImported(before)
    lines = [row.line for row in command.rows if row.line.qty]
    if all(line.qty > 0 for line in lines):
        with suppress(Refused):  # the door names the first fault; a file is told all of them
            return StockImported(post_opening(books, situation, opening_lines(lines)))
    faults = check_stock(books, situation, command).faults
    if not faults:
        raise Refused("nothing_handled", variant="post")
    return StockImported(None, faults)


def posted_before(books: Books, operation_id: str) -> Posted | None:
    """Return what an earlier import of the same file posted."""
    stored = books.ledger.answered(operation_id)
    return None if stored is None else posted_from(stored)


def _parts(books: Books, situation: Situation, line: JournalLine, numbers: NumbersOnTheWay) -> list[Part]:
    if line.qty < 0:
        raise Refused("below_zero", prompt="qty", qty=line.qty)
    return check_line(books, situation, line, numbers)


def _planned(
    books: Books, situation: Situation, command: ImportItems, progress: Progress | None = None
) -> tuple[ItemsImported, list[Entity]]:
    """Return what becomes of every item, and the entities that are not yet as the rows say."""
    states: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    to_save: list[Entity] = []
    faults: list[RowFault] = []
    first_row: dict[tuple[str, str], int] = {}
    items = _items_after(books.records, situation, command.rows)
    units_before = _read_ahead(books.records, items, command.rows)
    known_units = {unit.code for unit in books.records.rows(UnitOfMeasure)}
    for done, (item, row) in enumerate(zip(items, command.rows, strict=True), 1):
        if progress:
            progress(done, len(command.rows))
        before = books.records.one(Item, row.no)
        units = _units_after(units_before.get(item.no, ()), item, row)
        codes = [_identifier_after(books.records, item, code, uom) for code, uom in row.identifiers.items()]
        named = [("no", row.no), *(("identifiers", identifier.code) for identifier in codes)]
        twice = [name for name in named if first_row.setdefault(name, row.row) != row.row]
        refusals = [
            *(Refused("twice_in_file", prompt=name[0], code=name[1], row=first_row[name]) for name in twice),
            *_wrong_with_card(books, before, item),
            *_wrong_with_units(books, item, units, known_units),
            *_wrong_with_codes(books.records, item, codes, units),
        ]
        faults.extend(fault_of(row.row, refused) for refused in refusals)
        variants = [_kept(books.records, Variant(item.no, code)) or Variant(item.no, code) for code in row.variants]
        wanted: list[Entity] = [item, *units.values(), *variants, *codes]
        differing = [entity for entity in wanted if _kept(books.records, entity) != entity]
        states["changed" if before and differing else "unchanged" if before else "new"].append(row.no)
        to_save.extend(differing)
    new, changed, unchanged = (tuple(nos) for nos in states.values())
    return ItemsImported(new, changed, unchanged, tuple(faults)), to_save


def _items_after(records: Records, situation: Situation, rows: Sequence[ItemRow]) -> list[Item]:
    """Return the cards as the rows leave them; what a row does not say is as before, or as a new card has it."""
    records.read_ahead(Item, ((row.no,) for row in rows))
    items = []
    for row in rows:
        fields = dict(row.fields)
        if "gtin" in fields:
            fields["gtin"] = as_held(fields["gtin"])
        before = records.one(Item, row.no)
        new = {"no": row.no, "costing": situation.settings.default_costing}
        items.append(replace(before, **fields) if before else Item(**new | fields))
    return items


def _read_ahead(records: Records, items: Sequence[Item], rows: Sequence[ItemRow]) -> Mapping[str, list[ItemUnit]]:
    """Read what else the rows may change with few statements; return the units that each item has."""
    records.read_ahead(Variant, ((row.no, code) for row in rows for code in row.variants))
    records.read_ahead(Identifier, ((as_held(code),) for row in rows for code in row.identifiers))
    named = ((item.no, uom) for item, row in zip(items, rows, strict=True) for uom in (item.base_uom, *row.units))
    records.read_ahead(ItemUnit, named)
    units = defaultdict(list)
    for unit in records.rows_equal(ItemUnit, ("item",), ((row.no,) for row in rows)):
        units[unit.item].append(unit)
    return units


def _wrong_with_card(books: Books, before: Item | None, item: Item) -> Iterator[Refused]:
    tracking = books.records.one(TrackingCode, item.tracking) or DEFAULT_CODES.get(item.tracking or "NONE")
    if not item.no:
        yield Refused("missing", what="no")
    if len(item.no) > LONGEST_NO:
        yield Refused("too_long", prompt="no", code=item.no, max=LONGEST_NO)
    if tracking is None:
        yield Refused("unknown", prompt="tracking", code=item.tracking)
    elif item.tracking not in ("", "NONE") and item.type != "inventory":  # ITM-04
        yield Refused("tracking_without_stock", prompt="tracking", item=item.no, type=item.type)
    elif item.costing == "specific" and not tracking.serial_specific:  # tracking.md 2
        yield Refused("specific_without_serials", prompt="costing", item=item.no)
    if item.gtin and not _has_check_digit(item.gtin):
        yield Refused("check_digit", prompt="gtin", code=item.gtin)
    if before is not None and books.stock.has_entries(item.no):
        for name in FIXED_BY_ENTRIES:
            if getattr(item, name) != getattr(before, name):
                yield Refused("fixed_by_entries", prompt=name, item=item.no, is_now=getattr(before, name))


def _units_after(before: Iterable[ItemUnit], item: Item, row: ItemRow) -> dict[str, ItemUnit]:
    """Return all units the item will have; a base unit that is not listed makes its own row (ITM-10)."""
    units = {item.base_uom: ItemUnit(item.no, item.base_uom)} | {unit.uom: unit for unit in before}
    units |= {uom: replace(units.get(uom, ItemUnit(item.no, uom)), qty_per_unit=qty) for uom, qty in row.units.items()}
    return units


def _identifier_after(records: Records, item: Item, code: str, uom: str) -> Identifier:
    """Return a code of the item for one of its units; the variant it was given stays."""
    identifier = Identifier(as_held(code), item.no, uom="" if uom == item.base_uom else uom)
    kept = _kept(records, identifier)
    return replace(kept, uom=identifier.uom) if kept and kept.item == item.no else identifier


def _wrong_with_units(
    books: Books, item: Item, units: Mapping[str, ItemUnit], known: Collection[str]
) -> Iterator[Refused]:
    step = units[item.base_uom].qty_rounding_precision
    for uom, unit in units.items():
        if known and uom not in known:
            yield Refused("unknown", prompt="uom", code=uom)
        if unit.qty_per_unit <= 0 or (uom == item.base_uom and unit.qty_per_unit != ONE):  # ITM-10
            yield Refused("qty_per_unit", prompt="uoms", uom=uom, is_base=uom == item.base_uom)
        elif step and unit.qty_per_unit % step:  # ITM-17
            yield Refused("not_a_multiple", prompt="uoms", uom=uom, qty=unit.qty_per_unit, step=step)
        kept = _kept(books.records, unit)
        is_changed = kept is not None and kept.qty_per_unit != unit.qty_per_unit
        if is_changed and any(row.uom == uom for row in books.bins.of_item(item.no)):  # ITM-18
            yield Refused("unit_in_stock", prompt="uoms", item=item.no, uom=uom)
        elif is_changed and (order := _ordered_in(books.records, item.no, uom)):
            yield Refused("unit_on_order", prompt="uoms", item=item.no, uom=uom, document=order)
    for name in ("sales_uom", "purchase_uom", "putaway_uom"):
        if getattr(item, name) and getattr(item, name) not in units:
            yield Refused("no_such_unit", prompt=name, item=item.no, uom=getattr(item, name))


def _ordered_in(records: Records, item: str, uom: str) -> str:
    """Return an order that has something of an item outstanding in that unit, "" for none."""
    lines = records.rows(OrderLine, item=item)
    return next((line.order for line in lines if line.uom == uom and line.outstanding_base), "")


def _wrong_with_codes(
    records: Records, item: Item, codes: Sequence[Identifier], units: Mapping[str, ItemUnit]
) -> Iterator[Refused]:
    for identifier in codes:
        kept = _kept(records, identifier)
        if kept and kept.item != item.no:
            yield Refused("code_of_other_item", prompt="identifiers", code=identifier.code, item=kept.item)
        if identifier.uom and identifier.uom not in units:
            yield Refused("no_such_unit", prompt="identifiers", item=item.no, uom=identifier.uom)
        if _ARTICLE.fullmatch(identifier.code) and not _has_check_digit(identifier.code):  # a scan would refuse it
            yield Refused("check_digit", prompt="identifiers", code=identifier.code)


def as_held(code: str) -> str:
    """Return an article number as 14 digits, any other code as it is (catalogue.md, scan resolution 1)."""
    return code.zfill(ITF_14) if _ARTICLE.fullmatch(code) else code


def _has_check_digit(code: str) -> bool:
    return bool(_ARTICLE.fullmatch(code)) and check_digit(code[:-1]) == code[-1]


def _kept(records: Records, entity: E) -> E | None:
    return records.one(type(entity), *(getattr(entity, name) for name in entity.KEY))


def fault_of(row: int, refused: Refused) -> RowFault:
    """Return what a refusal says of a row, with the value it is about."""
    named = str(refused.facts.get("prompt") or refused.facts.get("what") or _FIELD_OF_CODE.get(refused.code, ""))
    return RowFault(row, _FIELD_OF_PROMPT.get(named, named), refused.code, refused.facts)
