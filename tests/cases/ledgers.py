"""What stands in the database: every ledger as rows of facts, under the names of `then`.

Read straight from the tables and summed here, so that no balance of the product is believed but remaining quantities
and numbers. How rows are compared with what a case expects is expectations.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TypeVar

from domain.accounts.chart import DEFAULT_CHART
from domain.items.card import Item
from domain.ledger.books import OpenEntry
from domain.ledger.entries import Application, BinEntry, GlEntry, ItemEntry, PhysicalEntry, ValueEntry, register_of
from domain.site import Bin, BinContent, Location
from domain.tracking.books import KnownNumber, SerialState
from domain.tracking.cards import InfoCard
from domain.values import ZERO, fold, quantity
from storage.columns import quoted, shape_of, table_of
from storage.engines import Connection
from storage.registers import Register
from storage.store import Store
from tests.cases.matching import Actual

T = TypeVar("T")
Row = dict[str, Actual]

ACCOUNTS = {number: account for account, (number, _) in DEFAULT_CHART.items()}
BY_TYPE = ("direct_cost", "indirect_cost", "variance", "revaluation", "rounding")
TABLES: dict[type, str] = {KnownNumber: "tracking_number"}
"""Tables that are not named after their class."""


@dataclass(frozen=True, slots=True)
class Ledgers:
    """One state of the database. Rows of a ledger are in entry order (decision 33)."""

    entries: list[ItemEntry]
    values: dict[int, list[ValueEntry]]
    """By item entry."""
    applications: list[Application]
    bin_entries: list[BinEntry]
    physical: list[PhysicalEntry]
    registers: list[Register]
    remaining: dict[int, Decimal]
    """By item entry; what is not here is closed."""
    items: list[Item]
    locations: list[str]
    bins: dict[tuple[str, str], Bin]
    contents: list[BinContent]
    numbers: dict[tuple[str, str, str, str], KnownNumber]
    """By kind, item, variant and folded number, as the cards are."""
    serials: list[SerialState]
    cards: dict[tuple[str, str, str, str], InfoCard]
    gl: list[GlEntry]

    def entry(self, entry: ItemEntry) -> Row:
        """Return an item entry with the sums of its value entries."""
        values = self.values[entry.id]
        remaining = self.remaining.get(entry.id, ZERO)
        by_type = {kind: sum((v.cost_amount_actual for v in values if v.entry_type == kind), ZERO) for kind in BY_TYPE}
        return {
            "kind": entry.entry_type,
            "item": entry.item,
            "variant": entry.variant,
            "location": entry.location,
            "lot": entry.lot,
            "serial": entry.serial,
            "package": entry.package,
            "expires": entry.expires,
            "qty": entry.qty,
            "uom": entry.uom,
            "qty_per_unit": entry.qty_per_unit,
            "remaining": remaining,
            "open": bool(remaining),
            "invoiced_qty": sum((value.invoiced_qty for value in values), ZERO),
            "actual": sum((value.cost_amount_actual for value in values), ZERO),
            "expected": sum((value.cost_amount_expected for value in values), ZERO),
            "non_inventoriable": sum((value.cost_amount_non_invtbl for value in values), ZERO),
            "by_type": by_type,
            "date": entry.posting_date,
            "valuation_date": self._valuation_date(entry),
            "reason": entry.reason,
            "correction": entry.correction,
            "drop_shipment": entry.drop_shipment,
            "assemble_to_order": entry.assemble_to_order,
        }

    def _valuation_date(self, entry: ItemEntry) -> date:
        """Return the date in force: of a decrease never before those of what it draws on (LED-22)."""
        drawn = {row.inbound_entry for row in self.applications if row.outbound_entry == entry.id and entry.qty < 0}
        return max(value.valuation_date for id in (entry.id, *drawn) for value in self.values[id])

    def value_rows(self, entry: int) -> list[Row]:
        """Return the value entries of an item entry."""
        return [
            {
                "type": value.entry_type,
                "actual": value.cost_amount_actual,
                "expected": value.cost_amount_expected,
                "non_inventoriable": value.cost_amount_non_invtbl,
                "cost_per_unit": value.cost_per_unit,
                "date": value.posting_date,
                "valuation_date": value.valuation_date,
                "valued_qty": value.valued_qty,
                "invoiced_qty": value.invoiced_qty,
                "adjustment": value.adjustment,
                "charge": bool(value.item_charge_no),
                "variance_type": value.variance_type,
                "partial_revaluation": value.partial_revaluation,
                "reason": value.reason,
            }
            for value in self.values[entry]
        ]

    def ledger(self, given: frozenset[int]) -> list[Row]:
        """Return the item entries that are not of the given registers."""
        return [self.entry(entry) for entry in self.entries if register_of(entry.id) not in given]

    def warehouse_ledger(self, given: frozenset[int]) -> list[Row]:
        """Return the bin entries, likewise; `qty` is in their unit."""
        return [
            {
                "kind": entry.entry_type,
                "location": entry.location,
                "zone": entry.zone,
                "bin": entry.bin,
                "item": entry.item,
                "variant": entry.variant,
                "lot": entry.lot,
                "serial": entry.serial,
                "package": entry.package,
                "expires": entry.expires,
                "uom": entry.uom,
                "qty": entry.qty,
                "qty_base": entry.qty_base,
                "date": entry.registering_date,
                "reason": entry.reason,
            }
            for entry in self.bin_entries
            if register_of(entry.id) not in given
        ]

    def physical_ledger(self) -> list[Row]:
        """Return the proofs of counting."""
        return [
            {
                "kind": entry.entry_type,
                "item": entry.item,
                "variant": entry.variant,
                "location": entry.location,
                "bin": entry.bin,
                "lot": entry.lot,
                "serial": entry.serial,
                "package": entry.package,
                "date": entry.posting_date,
                "qty_calculated": entry.qty_calculated,
                "qty_counted": entry.qty_counted,
                "qty": entry.qty,
                "unit_cost": entry.unit_cost,
                "operator": entry.operator,
                "counting_period": entry.counting_period,
                "reason": entry.reason,
            }
            for entry in self.physical
        ]

    def gl_rows(self) -> list[Row]:
        """Return the G/L entries; an account of the default chart is called by its field."""
        return [{"date": row.posting_date, "account": ACCOUNTS[row.account], "amount": row.amount} for row in self.gl]

    def gl_balances(self) -> Row:
        """Return what stands on each account of the default chart."""
        rows = self.gl_rows()
        return {
            account: sum((number_of(row["amount"]) for row in rows if row["account"] == account), ZERO)
            for account in ACCOUNTS.values()
        }

    def register_rows(self, given: frozenset[int]) -> list[Row]:
        """Return the registers that are not of the given state."""
        return [
            {
                "source": register.source,
                "operator": register.operator,
                "second_person": register.second_person,
                "terminal": register.terminal,
                "operation_id": register.operation_id,
            }
            for register in self.registers
            if register.id not in given
        ]

    def item_rows(self) -> dict[str, Row]:
        """Return every item with its card and what is on hand of it, in all and by location."""
        rows: dict[str, Row] = {}
        for item in self.items:
            mine = [entry for entry in self.entries if entry.item == item.no]
            places = {code: [entry for entry in mine if entry.location == code] for code in ("", *self.locations)}
            card: Row = {field.name: getattr(item, field.name) for field in fields(Item)}
            rows[item.no] = {
                **card,
                **self._sums(mine),
                "open_entries": sum(1 for entry in mine if entry.id in self.remaining),
                "locations": {place: self._sums(there) for place, there in places.items()},
            }
        return rows

    def _sums(self, entries: Iterable[ItemEntry]) -> Row:
        rows = [self.entry(entry) for entry in entries]
        return {name: sum((number_of(row[name]) for row in rows), ZERO) for name in ("qty", "actual", "expected")}

    def stock(self) -> list[Row]:
        """Return what the item ledger has on hand, a row an identity; `in_uom` is in the unit it came in."""
        sums: dict[tuple[object, ...], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        for entry in self.entries:
            key = (entry.item, entry.variant, entry.location, "", entry.lot, entry.serial, entry.package, entry.uom)
            sums[key][0] += entry.qty
            sums[key][1] += entry.qty / entry.qty_per_unit
        return [self._stock_row(key, qty, quantity(in_uom)) for key, (qty, in_uom) in sums.items() if qty or in_uom]

    def bin_stock(self) -> list[Row]:
        """Return what the bin entries leave in each bin, likewise."""
        sums: dict[tuple[object, ...], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        for entry in self.bin_entries:
            numbers = (entry.lot, entry.serial, entry.package)
            key = (entry.item, entry.variant, entry.location, entry.bin, *numbers, entry.uom)
            sums[key][0] += entry.qty_base
            sums[key][1] += entry.qty
        return [self._stock_row(key, qty, in_uom) for key, (qty, in_uom) in sums.items() if qty or in_uom]

    def _stock_row(self, key: tuple[object, ...], qty: Decimal, in_uom: Decimal) -> Row:
        item, variant, location, bin, lot, serial, package, uom = map(str, key)
        kind, no = ("serial", serial) if serial else ("lot", lot)
        known = self.numbers.get((kind, item, variant, fold(no)))
        return {
            "item": item,
            "variant": variant,
            "location": location,
            "bin": bin,
            "lot": lot,
            "serial": serial,
            "package": package,
            "expires": known.expires if known else None,
            "uom": uom,
            "qty": qty,
            "in_uom": in_uom,
        }

    def bin_contents(self) -> list[Row]:
        """Return every content: the bins' policies and whatever lies in them."""
        held: dict[tuple[str, str, str, str, str], Decimal] = defaultdict(Decimal)
        for entry in self.bin_entries:
            held[entry.location, entry.bin, entry.item, entry.variant, entry.uom] += entry.qty
        policies = {(row.location, row.bin, row.item, row.variant, row.uom): row for row in self.contents}
        rows: list[Row] = []
        for key in policies.keys() | {key for key, qty in held.items() if qty}:
            location, code, item, variant, uom = key
            policy = policies.get(key) or BinContent(location, code, item, variant, uom)
            bin = self.bins[location, code]
            rows.append(
                {
                    "location": policy.location,
                    "zone": bin.zone,
                    "bin": policy.bin,
                    "item": policy.item,
                    "variant": policy.variant,
                    "uom": policy.uom,
                    "qty": held[key],
                    "fixed": policy.fixed,
                    "default": policy.default,
                    "min": policy.min,
                    "max": policy.max,
                    "block": policy.block,
                    "dedicated": bin.dedicated,
                    "bin_type": bin.bin_type,
                    "ranking": bin.ranking,
                    "warehouse_class": bin.warehouse_class,
                    "cross_dock": bin.cross_dock,
                }
            )
        return rows

    def lots(self) -> list[Row]:
        """Return every lot that came in or has a card; what only a card says is blank without one."""
        rows: list[Row] = []
        for key in sorted(key for key in self.numbers.keys() | self.cards.keys() if key[0] == "lot"):
            mine = [row for row in self.stock() if (row["item"], row["variant"]) == key[1:3]]
            held = [number_of(row["qty"]) for row in mine if fold(str(row["lot"])) == key[3]]
            rows.append({"lot": self._number(key), "qty": sum(held, ZERO), **self._card(key)})
        return rows

    def serial_rows(self) -> list[Row]:
        """Return every serial that came in or has a card, with where it is."""
        states = {("serial", row.item, row.variant, fold(row.serial)): row for row in self.serials}
        rows: list[Row] = []
        for key in sorted(key for key in self.numbers.keys() | self.cards.keys() if key[0] == "serial"):
            state = states.get(key)
            rows.append(
                {
                    "serial": self._number(key),
                    "location": state.location if state else "",
                    "bin": state.bin if state else "",
                    "state": state.state if state else "",
                    **self._card(key),
                }
            )
        return rows

    def _number(self, key: tuple[str, str, str, str]) -> str:
        known = self.numbers.get(key)
        return known.no if known else self.cards[key].no

    def _card(self, key: tuple[str, str, str, str]) -> Row:
        known, card = self.numbers.get(key), self.cards.get(key)
        return {
            "item": key[1],
            "variant": key[2],
            "expires": known.expires if known else None,
            "blocked": card.blocked if card else None,
            "description": card.description if card else None,
            "test_quality": card.test_quality if card else None,
            "certificate_no": card.certificate_no if card else None,
        }


def read_ledgers(store: Store) -> Ledgers:
    """Read one state of the database."""
    return store.reading(_read)


def _read(connection: Connection) -> Ledgers:
    values: dict[int, list[ValueEntry]] = defaultdict(list)
    for value in _rows(connection, ValueEntry):
        values[value.item_entry].append(value)
    numbers = _rows(connection, KnownNumber)
    cards = _rows(connection, InfoCard)
    return Ledgers(
        entries=sorted(_rows(connection, ItemEntry), key=lambda entry: (entry.posted_at, entry.id)),
        values=values,
        applications=_rows(connection, Application),
        bin_entries=sorted(_rows(connection, BinEntry), key=lambda entry: (entry.posted_at, entry.id)),
        physical=_rows(connection, PhysicalEntry),
        registers=_rows(connection, Register),
        remaining={entry.entry: entry.remaining_qty for entry in _rows(connection, OpenEntry)},
        items=_rows(connection, Item),
        locations=[location.code for location in _rows(connection, Location)],
        bins={(bin.location, bin.code): bin for bin in _rows(connection, Bin)},
        contents=_rows(connection, BinContent),
        numbers={(number.kind, number.item, number.variant, number.key): number for number in numbers},
        serials=_rows(connection, SerialState),
        gl=_rows(connection, GlEntry),
        cards={(card.kind, card.item, card.variant, card.key): card for card in cards},
    )


def _rows(connection: Connection, kind: type[T]) -> list[T]:
    shape = shape_of(kind)
    table = TABLES.get(kind) or table_of(kind)
    return [shape.entity(row) for row in connection.execute(f'SELECT {quoted(shape.names)} FROM "{table}" ORDER BY 1')]


def number_of(value: Actual) -> Decimal:
    """Return a value of a row that is a number."""
    assert isinstance(value, Decimal)
    return value
