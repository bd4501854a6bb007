"""Entities: every one comes back as it was saved, changes leave audit rows, reading is by key or by equal fields."""

import dataclasses
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.books import Books
from domain.errors import InvariantBroken, Refused
from domain.items.card import Identifier, Item, Variant
from domain.ledger.entries import LedgerRow, PhysicalEntry
from domain.orders.posted_documents import PostedDocument, PostedLine
from domain.people.books import ParkedWork, ScanRecord, TerminalSession
from domain.records import Entity
from domain.site import Bin, Operator, SiteHead, SkillHeld
from domain.work.documents import Claim, CountLine
from storage import Store
from storage.columns import quoted, shape_of, table_of
from tests.storage.entities import ENTITIES
from tests.storage.posting import NOW, command, head

CHANGEABLE = [kind for kind in ENTITIES if kind not in (PostedDocument, PostedLine)]

DECIMALS = st.decimals(-Decimal("89999999999999.99999"), Decimal("89999999999999.99999"), places=5)
NOT_BELOW_ZERO = st.decimals(0, Decimal("89999999999999.99999"), places=5)
WHOLE = st.integers(-(2**63), 2**63 - 1)
ADJUSTMENTS = ("positive_adj", "negative_adj")
BLOCKS = ("none", "inbound", "outbound", "all")
DEFAULTS = ("default", "no", "yes")

ALLOWED: dict[str, dict[str, Any]] = {
    "SiteHead": {"id": [1]},
    "ConfirmedClock": {"id": [1]},
    "Location": {
        "default_bin_selection": ["none", "fixed", "last_used"],
        "pick_bin_policy": ["default_bin", "bin_ranking"],
        "putaway_bin_policy": ["default_bin", "template"],
        "bin_capacity_policy": ["never", "allow_more", "prohibit"],
        "special_equipment": ["none", "bin", "sku_item"],
    },
    "Bin": {"block": BLOCKS, "max_cubage": NOT_BELOW_ZERO, "max_weight": NOT_BELOW_ZERO},
    "SeriesPattern": {"increment": st.integers(1, 2**63 - 1)},
    "CountingPeriod": {"times_per_year": st.integers(1, 2**63 - 1)},
    "PostingGroups": {"id": [1]},
    "Printer": {"kind": ["zpl", "text"]},
    "BinContent": {"block": BLOCKS, "min": NOT_BELOW_ZERO, "max": NOT_BELOW_ZERO},
    "Item": {
        "type": ["inventory", "non_inventory", "service"],
        "costing": ["fifo", "lifo", "average", "specific", "standard"],
        "prevent_negative_inventory": DEFAULTS,
        "variant_mandatory": DEFAULTS,
    },
    "ItemUnit": {"qty_per_unit": NOT_BELOW_ZERO.filter(bool), "qty_rounding_precision": NOT_BELOW_ZERO},
    "InfoCard": {"kind": ["lot", "serial", "package"]},
    "Order": {
        "kind": ["sales_order", "purchase_order", "sales_return_order", "purchase_return_order"],
        "status": ["open", "released"],
        "shipping_advice": ["partial", "complete"],
    },
    "OrderLine": {"qty_base": st.just(Decimal(5)), "qty_handled_base": st.decimals(0, 5, places=5)},
    "OrderTracking": {"qty_base": st.just(Decimal(5)), "qty_handled_base": st.decimals(0, 5, places=5)},
    "Activity": {"kind": ["pick"]},
    "ActivityLine": {
        "action": ["take", ""],
        "qty": st.just(Decimal(5)),
        "qty_handled": st.decimals(0, 5, places=5),
        "qty_to_handle": NOT_BELOW_ZERO,
    },
    "NumberSeries": {"last": st.integers(0, 2**63 - 1)},
    "CountJournal": {"status": ["open", "finished", "posted"]},
    "CountLine": {"qty_counted": st.none() | NOT_BELOW_ZERO, "first_count": st.none() | NOT_BELOW_ZERO},
    "PendingAdjustment": {"status": ["waiting", "approved", "refused"]},
    "LoginCounter": {"kind": ["operator", "device"]},
    "ScanRecord": {"source": ["scanned", "keyed", "pasted"], "outcome": ["accepted", "refused", "ignored"]},
    "ItemEntry": {"entry_type": ADJUSTMENTS, "qty_per_unit": [Decimal(12)], "serial": [""], "id": [1]},
    "ValueEntry": {"entry_type": ["direct_cost"], "item_entry_type": ADJUSTMENTS, "variance_type": [""], "id": [1]},
    "BinEntry": {"entry_type": [*ADJUSTMENTS, "movement"], "serial": [""], "id": [1]},
    "PhysicalEntry": {"entry_type": ADJUSTMENTS, "qty_counted": NOT_BELOW_ZERO, "qty": NOT_BELOW_ZERO, "id": [1]},
    "Application": {"id": [1]},
    "AuditRow": {"id": [1]},
}
"""What the tables' checks let through, where the type alone would say more."""


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type, the extremes of what can be kept among them."""
    simple = {
        str: st.text(max_size=60) | st.sampled_from(["Größe 10 µ", "'; DROP TABLE item; --", "\x00", "x" * 250]),
        int: WHOLE,
        bool: st.booleans(),
        bytes: st.binary(max_size=40),
        Decimal: DECIMALS,
        date: st.dates(),
        datetime: st.datetimes(timezones=st.just(UTC)),
    }
    parts = [part for part in typing.get_args(hint) if part is not Ellipsis]
    if hint in simple:
        return simple[hint]
    if type(None) in parts:
        return st.none() | values_of(next(part for part in parts if part is not type(None)))
    if typing.get_origin(hint) is tuple:
        return st.lists(values_of(parts[0]), max_size=3).map(tuple)
    if typing.get_origin(hint) is dict:
        return st.dictionaries(simple[str], values_of(parts[1]), max_size=3)
    return instances_of(hint)


def instances_of(kind: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    given = {name: values_of(hints[name]) for name in shape_of(kind).names}
    for name, allowed in ALLOWED.get(kind.__name__, {}).items():
        given[name] = allowed if isinstance(allowed, st.SearchStrategy) else st.sampled_from(allowed)
    return st.builds(kind, **given)


class Undone(Exception):
    """Ends a transaction of which nothing is to stay."""


def undone(store: Store, work: Any) -> Any:
    """Run work in a command, return its answer, and undo it."""
    answers = []

    def whole(books: Books) -> None:
        with books.ledger.command(head()):
            answers.append(work(books))
        raise Undone

    with pytest.raises(Undone):
        store.transaction(whole)
    return answers[0]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for many examples, each of which is undone."""
    with Store.create(str(tmp_path_factory.mktemp("records") / "aisle.db")) as store:
        yield store


@pytest.mark.parametrize("kind", CHANGEABLE, ids=lambda kind: kind.__name__)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_entity_comes_back_as_it_was_saved(shared: Store, kind: type[Entity], data: st.DataObject) -> None:
    first, second = data.draw(instances_of(kind)), data.draw(instances_of(kind))
    key = [getattr(first, name) for name in kind.KEY]
    changed = dataclasses.replace(second, **dict(zip(kind.KEY, key, strict=True)))

    def work(books: Books) -> list[Entity | None]:
        read = []
        for entity in (first, changed):
            books.records.save(entity)
            books.records.forget()
            read += [books.records.one(kind, *key), *books.records.rows(kind)]
        books.records.remove(changed)
        books.records.forget()
        return [*read, books.records.one(kind, *key)]

    assert undone(shared, work) == [first, first, changed, changed, None]


def _may_be_kept(row: Any) -> bool:
    """A movement of nothing is none; only a count may find no difference."""
    needed = [getattr(row, name, 1) for name in ("amount", "account")]
    return all([*needed, getattr(row, "qty", 1) or type(row) is PhysicalEntry])


@pytest.mark.parametrize("kind", LedgerRow.__args__, ids=lambda kind: kind.__name__)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_ledger_row_comes_back_as_it_was_written(shared: Store, kind: type, data: st.DataObject) -> None:
    row = data.draw(instances_of(kind).filter(_may_be_kept))
    shape = shape_of(kind)
    insert = f"INSERT INTO {table_of(kind)} VALUES ({', '.join('?' * len(shape.names))})"
    select = f"SELECT {quoted(shape.names)} FROM {table_of(kind)}"

    def work(books: Books) -> Any:
        books._connection.execute(insert, shape.row(row))
        return shape.entity(books._connection.execute(select).fetchone())

    assert undone(shared, work) == row


@settings(max_examples=20)
@given(scan=instances_of(ScanRecord))
def test_a_scan_comes_back_as_it_was_journalled(shared: Store, scan: ScanRecord) -> None:
    def work(books: Books) -> list[ScanRecord]:
        books.terminals.journal(scan)
        return books.terminals.last_scans(scan.terminal, 1)

    assert undone(shared, work) == [scan]


def trail(store: Store) -> list[tuple[Any, ...]]:
    sql = "SELECT record_type, record_key, field, old, new, reason FROM audit_row ORDER BY id"
    return store.reading(lambda connection: connection.execute(sql).fetchall())


def test_making_changing_and_removing_leave_their_audit_rows(store: Store) -> None:
    def made(books: Books) -> None:
        books.records.save(Variant("1000", "RED", "Red"))

    def changed(books: Books) -> None:
        books.records.save(Variant("1000", "RED", "Deep red", blocked=True), "PAINT")

    def removed(books: Books) -> None:
        books.records.remove(Variant("1000", "RED"), "GONE")

    for work in (made, changed, removed):
        command(store, work)

    red = (
        '{"item":"1000","code":"RED","description":"%s","blocked":%s,"sales_blocked":false,"purchasing_blocked":false}'
    )
    assert trail(store) == [
        ("variant", '["1000","RED"]', "", "", red % ("Red", "false"), ""),
        ("variant", '["1000","RED"]', "description", "Red", "Deep red", "PAINT"),
        ("variant", '["1000","RED"]', "blocked", "false", "true", "PAINT"),
        ("variant", '["1000","RED"]', "", red % ("Deep red", "true"), "", "GONE"),
    ]


def test_values_in_the_trail_read_as_people_write_them(store: Store) -> None:
    command(store, lambda books: books.records.save(Operator("ANNA")))
    command(store, lambda books: books.records.save(Item("1000")))
    skilled = Operator("ANNA", skills=(SkillHeld("FORKLIFT", date(2027, 1, 31)),), allow_posting_from="-1M")
    command(store, lambda books: books.records.save(skilled))
    command(store, lambda books: books.records.save(Item("1000", unit_cost=Decimal("2.50000"))))

    assert [row[1:5] for row in trail(store)[2:]] == [
        ("ANNA", "skills", "[]", '[{"skill":"FORKLIFT","until":"2027-01-31"}]'),
        ("ANNA", "allow_posting_from", "", "-1M"),
        ("1000", "unit_cost", "0", "2.5"),
    ]


def test_saving_what_stands_and_removing_what_is_not_there_leave_nothing(store: Store) -> None:
    command(store, lambda books: books.records.save(Identifier("A", "1000")))
    before = trail(store)

    command(store, lambda books: books.records.save(Identifier("A", "1000")))
    command(store, lambda books: books.records.remove(Identifier("B", "1000")))

    assert trail(store) == before


def test_an_audited_change_outside_a_command_is_a_bug_and_a_draft_needs_none(store: Store) -> None:
    with pytest.raises(InvariantBroken, match="outside a command"):
        store.transaction(lambda books: books.records.save(Identifier("A", "1000")))

    store.transaction(lambda books: books.records.save(Claim("C1", "ANNA", "T1", NOW)))

    assert store.question(lambda books: books.records.one(Identifier, "A")) is None
    assert store.question(lambda books: books.records.one(Claim, "C1")) == Claim("C1", "ANNA", "T1", NOW)
    assert trail(store) == []


def test_rows_are_those_whose_fields_equal_what_is_asked_in_the_order_of_their_key(store: Store) -> None:
    lines = [
        CountLine("C1", number, "1000", "", "W-01", "", "", "", None, "PCS", listed=True, qty_counted=counted)
        for number, counted in ((10, Decimal(3)), (2, None), (1, Decimal(0)))
    ]
    other = CountLine("C2", 1, "1000", "", "W-01", "", "", "", None, "PCS", listed=True)

    def work(books: Books) -> None:
        for line in [*lines, other]:
            books.records.save(line)

    store.transaction(work)

    def numbers(**equal: object) -> list[int]:
        return [line.line_no for line in store.question(lambda books: books.records.rows(CountLine, **equal))]

    assert numbers(journal="C1") == [1, 2, 10]
    assert numbers(journal="C1", qty_counted=None) == [2]
    assert numbers(journal="C1", qty_counted=Decimal(3)) == [10]
    assert numbers(journal="C3") == []


def test_what_was_read_before_a_savepoint_was_undone_is_read_again(store: Store) -> None:
    def change(books: Books) -> None:
        books.records.save(Identifier("A", "1001"))
        raise Refused("not_enough")

    def work(books: Books) -> Identifier | None:
        books.records.save(Identifier("A", "1000"))
        with pytest.raises(Refused), books.savepoint():
            change(books)
        return books.records.one(Identifier, "A")

    assert command(store, work) == Identifier("A", "1000")


def test_work_is_parked_by_operator_and_moment(store: Store) -> None:
    parked = ParkedWork("ANNA", NOW, "T1", "MAIN", '{"job":"adjust"}')
    store.transaction(lambda books: books.records.save(parked))
    session = TerminalSession("T1", "ANNA", "MAIN", "", "host:1", NOW, 7, "{}")
    store.transaction(lambda books: books.records.save(session))

    assert store.question(lambda books: books.records.rows(ParkedWork, operator="ANNA")) == [parked]
    assert store.question(lambda books: books.records.one(ParkedWork, "ANNA", NOW)) == parked
    assert store.question(lambda books: books.records.one(TerminalSession, "T1")) == session


def test_a_quantity_that_cannot_be_kept_exactly_is_refused(store: Store) -> None:
    for weight in (Decimal("0.000001"), Decimal("90000000000000.00001")):
        with pytest.raises(InvariantBroken, match="decimals"):
            command(store, lambda books, weight=weight: books.records.save(Bin("MAIN", "W-01", max_weight=weight)))


def test_a_setting_that_an_old_row_lacks_takes_its_default(path: Path) -> None:
    with Store.open(str(path)) as store:
        command(store, lambda books: books.records.save(SiteHead()))
        store.writing(
            lambda connection: connection.execute('UPDATE site_head SET settings = \'{"pin_min_length":8,"old":1}\'')
        )

        (kept,) = store.question(lambda books: books.records.rows(SiteHead))

    assert kept.settings == dataclasses.replace(SiteHead().settings, pin_min_length=8)
