"""Comparing what `then` (and `see` of a check) expects with what stands in the ledgers (README: then).

A key's reader gives whole rows; what a row does not have is no key of the language. All that is compared is read
before, so that a changed expectation can be compared again long afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeAlias

from domain.values import ZERO
from storage.valuation import ValueLine, valuation
from tests.cases.item_cards import BUILT_ITEM
from tests.cases.ledgers import Ledgers, Row, number_of, read_ledgers
from tests.cases.matching import MODES, WRAPPERS, Actual, Difference, Expected, date_from, difference, shown
from tests.cases.verbs.orders import posted_documents
from tests.cases.verbs.periods import period_rows
from tests.cases.vocabulary import ITEM, Mistake, NotBuilt, words
from tests.cases.world import World


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something expected, and how to compare it (or a change of it) with what came out."""

    where: str
    expected: Expected
    compare: Callable[[Expected], Difference | None]


Days: TypeAlias = tuple[date, date | None]
_SPAN = ("as_of", "from")


@dataclass(frozen=True, slots=True)
class Facts:
    """What came out, as far as an expectation may ask for it."""

    today: date
    named: frozenset[str]
    given: frozenset[int]
    entries: Mapping[str, int]
    ledgers: Ledgers
    documents: Mapping[str, Mapping[str, Actual]]
    posted_documents: Sequence[Row]
    audit: str
    periods: Sequence[Row]
    valued: Mapping[Days, Mapping[str, ValueLine]]
    """Value by item, on each day expected from another on."""

    def differs(self, expected: Expected, actual: Actual, where: str) -> Difference | None:
        """Compare with the case's today."""
        return difference(expected, actual, today=self.today, where=where)

    def entry(self, name: Expected) -> int:
        """Return the entry that a step called so; null is none."""
        if name is None:
            return 0
        if not isinstance(name, str) or name not in self.entries:
            raise Mistake(f"{shown(name)} is no entry")
        return self.entries[name]


def read_facts(world: World, expected: Mapping[str, Expected]) -> Facts:
    """Read all that may be asked of the world as it stands now; stock is valued on the days expected."""
    return Facts(
        today=world.today,
        named=world.named,
        given=world.given,
        entries=dict(world.entries),
        ledgers=read_ledgers(world.store),
        documents={name: world.shown(name) for name in world.documents},
        posted_documents=posted_documents(world),
        audit="; ".join(world.problems()) or "clean",
        periods=period_rows(world),
        valued=_valued(world, expected.get("valuation")),
    )


def expect_result(world: World, see: Expected, result: Actual, where: str) -> Expectation:
    """Return the expectation that a step's result matches its `see`."""
    return Expectation(where, see, lambda expected: difference(expected, result, today=world.today, where=where))


def expect_facts(world: World, expected: Mapping[str, Expected], where: str) -> Iterator[Expectation]:
    """Yield an expectation for each key of `then`, on the world as it stands now."""
    if not expected:
        return
    facts = read_facts(world, expected)
    for key, value in expected.items():
        place = f"{where}.{key}"
        yield Expectation(place, value, partial(_compared, BUILT_FACTS[key], facts, place))


def _compared(compare: Compare, facts: Facts, where: str, expected: Expected) -> Difference | None:
    return compare(facts, expected, where)


def require_built_facts(expected: Mapping[str, Expected]) -> None:
    """Raise NotBuilt for an expectation that nothing can be compared with yet."""
    for key in expected:
        if key not in BUILT_FACTS:
            raise NotBuilt(f"then {key}")
    items = expected.get("items")
    for row in items.values() if isinstance(items, dict) else ():
        for field in row if isinstance(row, dict) else ():
            if field in ITEM - BUILT_ITEM:
                raise NotBuilt(f"then items {field}")


Compare = Callable[[Facts, Expected, str], Difference | None]


def _rows_of(read: Callable[[Facts], Sequence[Row] | Mapping[str, Row]]) -> Compare:
    """Return what compares an expectation with rows as they are read."""
    return lambda facts, expected, where: facts.differs(expected, read(facts), where)


def _list(expected: Expected, where: str) -> list[dict[str, Expected]]:
    """Return the rows of an expectation in which each row stands for itself, in a wrapper or not."""
    if isinstance(expected, dict) and len(expected.keys() - MODES) == 1:
        expected = next((expected[name] for name in (*WRAPPERS, "rows") if name in expected), None)
    if not isinstance(expected, list) or not all(isinstance(row, dict) for row in expected):
        raise Mistake(f"{where} is not a list of rows")
    return [row for row in expected if isinstance(row, dict)]


def _entries(facts: Facts, expected: Expected, where: str) -> Difference | None:
    by_id = {entry.id: entry for entry in facts.ledgers.entries}
    rows = {name: facts.ledgers.entry(by_id[entry]) for name, entry in facts.entries.items()}
    return facts.differs(expected, rows, where)


def _value_entries(facts: Facts, expected: Expected, where: str) -> Difference | None:
    """Compare all of an entry's value entries in any order; `partial: true` first in the list: these among others."""
    if not isinstance(expected, dict):
        raise Mistake(f"{where} is not a mapping")
    for name, rows in expected.items():
        place = f"{where}.{name}"
        wanted: list[Expected] = list(_list(rows, place))
        is_partial = wanted[:1] == [{"partial": "true"}]
        wrapped: Expected = {"includes": wanted[1:]} if is_partial else {"any_order": wanted}
        if found := facts.differs(wrapped, facts.ledgers.value_rows(facts.entry(name)), place):
            return found
    return None


def _applications(facts: Facts, expected: Expected, where: str) -> Difference | None:
    """Compare rows whose entries are given by name; these among others."""
    rows: list[Row] = [
        {
            "entry": str(row.item_entry),
            "inbound": str(row.inbound_entry),
            "outbound": str(row.outbound_entry),
            "qty": row.qty,
            "cost_application": row.cost_application,
            "fixed": row.fixed,
        }
        for row in facts.ledgers.applications
    ]
    wanted: list[Expected] = [
        row | {key: str(facts.entry(row[key])) for key in ("entry", "inbound", "outbound") if key in row}
        for row in _list(expected, where)
    ]
    return facts.differs({"includes": wanted}, rows, where)


_STOCK_KEYS = words("item variant location bin lot serial package expires uom")


def _on_hand(facts: Facts, expected: Expected, where: str) -> Difference | None:
    """Compare the quantity of each row: the ledger's, or a bin's where the row names one.

    Rows not named are free, unless `only: true` stands in the list.
    """
    rows = _list(expected, where)
    ledger, bins = facts.ledgers.stock(), facts.ledgers.bin_stock()
    is_only = any(row.get("only") == "true" for row in (expected, *rows) if isinstance(row, dict))
    left = [*ledger, *(bins if any(row.get("bin") for row in rows) else ())]
    for number, row in enumerate(rows, 1):
        place = f"{where}[{number}]"
        wanted = {key: value for key, value in row.items() if key not in ("qty", "only")}
        if unknown := wanted.keys() - _STOCK_KEYS:
            raise Mistake(f"{place}: unknown key {min(unknown)}")
        if not wanted:
            continue
        there = [held for held in (bins if wanted.get("bin") else ledger) if facts.differs(wanted, held, "") is None]
        unit = "in_uom" if "uom" in wanted else "qty"
        total = sum((number_of(held[unit]) for held in there), ZERO)
        if found := facts.differs(row.get("qty"), total, f"{place}.qty"):
            return found
        if not total:
            _require_named(facts, wanted, place)
        left = [held for held in left if held not in there]
    return Difference(where, "nothing else", shown(left)) if is_only and left else None


def _require_named(facts: Facts, wanted: Mapping[str, Expected], where: str) -> None:
    """Raise Mistake where nothing is expected of something the case never names: that is always there."""
    for key, value in wanted.items():
        if isinstance(value, str) and value and value not in facts.named:
            raise Mistake(f"{where}.{key}: nothing in the case is called {value}")


def _bin_contents(facts: Facts, expected: Expected, where: str) -> Difference | None:
    """Compare contents found by their key fields, these among others; `present: false`: there is none."""
    contents = facts.ledgers.bin_contents()
    for number, row in enumerate(_list(expected, where), 1):
        place = f"{where}[{number}]"
        key = {name: value for name, value in row.items() if name in ("location", "bin", "item", "variant", "uom")}
        rest: Expected = {name: value for name, value in row.items() if name != "present"}
        there = [content for content in contents if facts.differs(key, content, "") is None]
        if found := facts.differs(row.get("present", "true"), bool(there), f"{place}.present"):
            return found
        if not there:
            _require_named(facts, key, place)
        elif found := facts.differs({"includes": [rest]}, there, place):
            return found
    return None


def _valued(world: World, expected: Expected) -> dict[Days, Mapping[str, ValueLine]]:
    rows = _list(expected, "valuation") if expected else []
    spans = {days for row in rows if (days := _days_of(row, world.today))}
    return {
        (upto, since): {line.item: line for line in valuation(world.store, upto=upto, since=since)}
        for upto, since in spans
    }


def _days_of(row: Mapping[str, Expected], today: date) -> Days | None:
    """Return the day a row is valued on and the one it counts from, None where it names no day."""
    upto, since = (date_from(text, today) if isinstance(text := row.get(name), str) else None for name in _SPAN)
    return (upto, since) if upto else None


def _valuation(facts: Facts, expected: Expected, where: str) -> Difference | None:
    """Compare value on days: quantity of the item ledger, actual value, expected cost, what moved `from` a day on."""
    for number, row in enumerate(_list(expected, where), 1):
        place = f"{where}[{number}]"
        days, item = _days_of(row, facts.today), row.get("item")
        if days not in facts.valued or not isinstance(item, str):
            raise Mistake(f"{place} names no day or no item")
        line = facts.valued[days].get(item)
        fields = ("qty", "value", "expected", "increase_qty", "increase_value", "decrease_qty", "decrease_value")
        told = {name: getattr(line, name) if line else ZERO for name in fields}
        actual: Row = {name: told[name] for name in ("qty", "value", "expected")} | {
            f"{side}s": {"qty": told[f"{side}_qty"], "value": told[f"{side}_value"]}
            for side in ("increase", "decrease")
        }
        wanted: Expected = {name: value for name, value in row.items() if name not in (*_SPAN, "item")}
        if found := facts.differs(wanted, actual, place):
            return found
    return None


BUILT_FACTS: dict[str, Compare] = {
    "entries": _entries,
    "value_entries": _value_entries,
    "items": _rows_of(lambda facts: facts.ledgers.item_rows()),
    "on_hand": _on_hand,
    "ledger": _rows_of(lambda facts: facts.ledgers.ledger(facts.given)),
    "warehouse_ledger": _rows_of(lambda facts: facts.ledgers.warehouse_ledger(facts.given)),
    "physical_ledger": _rows_of(lambda facts: facts.ledgers.physical_ledger()),
    "registers": _rows_of(lambda facts: facts.ledgers.register_rows(facts.given)),
    "lots": _rows_of(lambda facts: facts.ledgers.lots()),
    "serials": _rows_of(lambda facts: facts.ledgers.serial_rows()),
    "bin_contents": _bin_contents,
    "applications": _applications,
    "documents": _rows_of(lambda facts: facts.documents),
    "posted_documents": _rows_of(lambda facts: facts.posted_documents),
    "periods": _rows_of(lambda facts: facts.periods),
    "valuation": _valuation,
    "gl": _rows_of(lambda facts: facts.ledgers.gl_balances()),
    "gl_entries": _rows_of(lambda facts: facts.ledgers.gl_rows()),
    "audit": lambda facts, expected, where: facts.differs(expected, facts.audit, where),
}
"""Keys of `then` with what compares them; the others are not built."""
