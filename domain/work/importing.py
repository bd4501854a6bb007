"""Items and opening stock from a file: every fault of every row, then all of it or nothing (SITE-09).

A row comes here with its values already read (numbers are Decimals, dates dates) and leaves as entities or as lines for
the door. Not here: the file and its columns (config/import_map), what a fault is called (the command line).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.books import Books
from domain.errors import Refused
from domain.items.card import Identifier, ItemUnit, Variant
from domain.people.rights import require_right
from domain.posting import JournalLine
from domain.posting.checks import check_lines
from domain.posting.stock import StockOnTheWay
from domain.situation import Situation
from domain.values import ONE, ZERO, fold
from domain.work.opening import opening_lines, post_opening
from domain.work.posted import Posted, posted_from

FIXED_BY_ENTRIES = ("type", "costing", "base_uom", "tracking")
"""What an item keeps once it has entries (ITM-03, COS-01, ITM-11, tracking.md 5)."""


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
    fields: Mapping[str, object]
    """Field of Item to its value."""
    units: tuple[ItemUnit, ...] = ()
    variants: tuple[Variant, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


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
    """Post opening stock. The operation id of the situation is made from the file, so it is posted once (SAF-03)."""

    rows: tuple[OpeningRow, ...]


@dataclass(frozen=True, slots=True)
class OpeningChecked:
    """What a file of opening stock would post."""

    lines: tuple[JournalLine, ...]
    zero_rows: tuple[int, ...]
    items: int
    pieces: Decimal
    """In base units."""
    value: Decimal
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class StockImported:
    """What was posted; None where there are faults."""

    posted: Posted | None
    posted_before: bool
    """The same file was posted by an earlier command; this one wrote nothing."""
    faults: tuple[RowFault, ...] = ()


def check_items(books: Books, situation: Situation, command: ImportItems) -> ItemsImported:
    """Say what `import_items` would do, without doing it."""
    return _planned(books, situation, command)[0]


def import_items(books: Books, situation: Situation, command: ImportItems) -> ItemsImported:
    """Save all items with their units, variants and codes, or nothing where a row has a fault (right `set_up`)."""
    require_right(situation, "set_up")
    result, entities = _planned(books, situation, command)
    if not result.faults:
        with books.ledger.command(situation.head("import")):
            for entity in entities:
                books.records.save(entity, "IMPORT")
    return result


def check_opening(books: Books, situation: Situation, command: ImportStock) -> OpeningChecked:
    """Judge every row as the door would, one after the other, and add up what they would post."""
    told = situation.confirming("bin_full_ask")  # the goods lie there already: see post_opening
    stock = StockOnTheWay(books, told)
    lines: list[JournalLine] = []
    faults: list[RowFault] = []
    zero_rows: list[int] = []
    serials: dict[tuple[str, str, str], int] = {}
    pieces = value = ZERO
    for row in command.rows:
        if not row.line.qty:
            zero_rows.append(row.row)
        try:
            if row.line.qty < 0:
                raise Refused("below_zero", prompt="qty", qty=row.line.qty)
            # A row of 0 is judged as a row of 1: what else is wrong with it is told all the same.
            parts = check_lines(books, told, [row.line if row.line.qty else replace(row.line, qty=ONE)])
            for part in parts:
                if part.numbers.serial:
                    _once(serials, (part.item.no, row.line.variant, fold(part.numbers.serial)), row.row)
                if row.line.qty:
                    stock.move(part, -row.row)
                    pieces += part.moved.qty_base
                    value += part.value
        except Refused as refused:
            faults.append(_fault(row.row, refused))
        else:
            lines.extend([row.line] if row.line.qty else [])
    items = len({line.item for line in lines})
    return OpeningChecked(tuple(lines), tuple(zero_rows), items, pieces, value, tuple(faults))


def import_stock(books: Books, situation: Situation, command: ImportStock) -> StockImported:
    """Post opening stock, all of it or nothing where a row has a fault (right `set_up`)."""
    require_right(situation, "set_up")
    stored = books.ledger.answered(situation.operation_id)
    if stored is not None:
        return StockImported(posted_from(stored), posted_before=True)
    checked = check_opening(books, situation, command)
    if checked.faults:
        return StockImported(None, posted_before=False, faults=checked.faults)
    return StockImported(post_opening(books, situation, opening_lines(checked.lines)), posted_before=False)


def _fault(row: int, refused: Refused) -> RowFault:
    named = refused.facts.get("prompt") or refused.facts.get("what") or _FIELD_OF_CODE.get(refused.code, "")
    return RowFault(row, str(named), refused.code, refused.facts)


_FIELD_OF_CODE = {
    "bad_qty": "qty",
    "bin_blocked": "bin",
    "bin_class": "bin",
    "bin_elsewhere": "bin",
    "bin_full": "bin",
    "costing_fixed": "costing",
    "expiry_differs": "expires",
    "no_bins": "bin",
    "no_stock_type": "item",
    "not_tracked": "lot",
    "one_lot": "lot",
    "serial_in_stock": "serial",
    "transit_only": "location",
    "use_warehouse": "location",
}
"""The value that a refusal of the rules is about, where it does not name it."""


def _once(seen: dict[tuple[str, str, str], int], key: tuple[str, str, str], row: int) -> None:
    if key in seen:
        raise Refused("twice_in_file", prompt="serial", code=key[-1], row=seen[key])
    seen[key] = row
