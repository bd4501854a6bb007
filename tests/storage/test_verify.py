"""`verify` names what is broken, with its keys; each kind of damage is done in turn, past the triggers."""

import contextlib
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from domain.books import Books
from domain.items.card import Item
from domain.ledger.entries import PhysicalEntry, shown
from domain.people.books import ScanRecord
from domain.site import TrackingCode
from storage import Store, rebuild, verify
from storage.chain import COLUMNS, FORMAT, NO_HEAD
from storage.columns import table_of
from storage.derived import DERIVED
from storage.tables import MODELS
from tests.storage.entities import ENTITIES
from tests.storage.posting import DAY, NOW, bin_location, bin_move, command, decrease, increase, to_gl


@pytest.fixture
def full(path: Path) -> Path:
    """A database with rows in every table that `verify` reads, nothing of it damaged."""

    def work(books: Books) -> None:
        books.records.save(bin_location())
        books.records.save(TrackingCode("LOTALL", lot_specific=True))
        books.records.save(Item("1000", tracking="LOTALL"))
        books.records.save(Item("1002", tracking="SERIAL"))
        increase(books, "1000", "5", "MAIN/W-01", lot="L1", package="P1")
        increase(books, "1002", "1", "MAIN/W-01", serial="S1")
        bin_move(books, "1000", "2", location="MAIN", from_bin="W-01", to_bin="W-02", lot="L1", package="P1")
        counted = (Decimal(5), Decimal(5), Decimal(0), Decimal(2))
        books.ledger.append(
            [
                PhysicalEntry(
                    books.ledger.number(), "1000", "", "MAIN", "W-01", "L1", "", "", DAY, "positive_adj", *counted,
                    "C1", NOW, "ANNA",
                )
            ]
        )  # fmt: skip
        books.ledger.answer("op-1", "PostCount", "{}")

    def more(books: Books) -> None:
        supplier = increase(books, "1001", "5")
        decrease(books, "1001", "2", draws=[(supplier, "2")])
        to_gl(books, supplier)

    def journal(books: Books) -> None:
        for no in (1, 2):
            scan = ScanRecord("T1", no, NOW, "ANNA", "MAIN", "", "scanned", b"1000", "item", "accepted", "", "", 0)
            books.terminals.journal(scan)

    with Store.open(str(path)) as store:
        command(store, work, operation_id="op-1")
        command(store, more)
        store.transaction(journal)
        assert verify(store) == []
    return path


@contextlib.contextmanager
def damaging(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection past every trigger and check."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("PRAGMA ignore_check_constraints=ON")
        yield raw


def found(path: Path) -> set[tuple[str, str]]:
    """Rule and place of everything `verify` finds."""
    with Store.open(str(path), read_only=True) as store:
        return {(finding.rule, finding.where) for finding in verify(store)}


def damaged(path: Path, *statements: str) -> set[tuple[str, str]]:
    with damaging(path) as raw:
        for statement in statements:
            assert raw.execute(statement).rowcount == 1, statement
    return found(path)


EVERY_COLUMN = [
    (table, column)
    for table, columns in COLUMNS[FORMAT].items()
    for column in columns
    if column not in ("id", "hash_format")
]


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_a_changed_value_of_any_ledger_row_breaks_its_registers_hash(full: Path, table: str, column: str) -> None:
    with damaging(full) as raw:
        (id, value) = raw.execute(f"SELECT id, {column} FROM {table} ORDER BY id DESC").fetchone()
        changed = f"{value}x" if isinstance(value, str) else 1 - value if value in (0, 1) else (value or 0) + 1
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (changed, id))

    register = id if table == "register" else id >> 20

    assert ("SAF-06 (h)", f"register {shown(register)}") in found(full)


@pytest.mark.parametrize("table", [table for table in COLUMNS[FORMAT] if table != "register"])
def test_a_deleted_ledger_row_is_missed(full: Path, table: str) -> None:
    with damaging(full) as raw:
        (id,) = raw.execute(f"SELECT max(id) FROM {table}").fetchone()
        raw.execute(f"DELETE FROM {table} WHERE id = ?", (id,))

    assert ("SAF-06 (h)", f"register {shown(id >> 20)}") in found(full)


@pytest.mark.parametrize("table", [table for table in COLUMNS[FORMAT] if table != "register"])
def test_a_ledger_row_without_a_register_and_one_put_into_a_register_are_named(full: Path, table: str) -> None:
    columns = ", ".join(COLUMNS[FORMAT][table][1:])
    copied = f"INSERT INTO {table} SELECT {{id}}, {columns} FROM {table} WHERE id = (SELECT max(id) FROM {table})"
    nowhere = (1 << 33 | 77) << 20 | 1
    inside = (1 << 33 | 2) << 20 | 500

    findings = damaged(full, copied.format(id=nowhere), copied.format(id=inside))

    assert ("SAF-06 (h)", f"{table} {shown(nowhere)}") in findings
    assert ("SAF-06 (h)", "register 1-2") in findings


DERIVED_DAMAGE = [
    ("stock_balance", "qty = qty + 1", "SAF-06 (a)", "stock_balance item 1000, location MAIN, lot L1, package P1"),
    (
        "stock_balance",
        "amount = amount + 1",
        "SAF-06 (a)",
        "stock_balance item 1000, location MAIN, lot L1, package P1",
    ),
    (
        "stock_balance",
        "expected_amount = 1",
        "SAF-06 (a)",
        "stock_balance item 1000, location MAIN, lot L1, package P1",
    ),
    (
        "bin_balance",
        "qty = qty + 1",
        "SAF-06 (b)",
        "bin_balance location MAIN, bin W-01, item 1000, uom PCS, lot L1, package P1",
    ),
    ("bin_balance", "qty_base = 1", "", "bin_balance location MAIN, bin W-01, item 1000, uom PCS, lot L1, package P1"),
    ("open_entry", "remaining_qty = remaining_qty + 1", "SAF-06 (d)", "open_entry entry 1-1.5"),
    ("open_entry", "posting_date = 1", "", "open_entry entry 1-1.5"),
    ("serial_state", "location = 'EAST'", "", "serial_state item 1002, serial S1"),
    ("serial_state", "state = 'issued'", "", "serial_state item 1002, serial S1"),
    ("tracking_number", "expires = 9", "", "tracking_number item 1000, kind lot, key L1"),
    ("tracking_number", "no = 'l1'", "", "tracking_number item 1000, kind lot, key L1"),
    ("gl_waiting", "actual = 1", "", "gl_waiting value_entry 1-1.7"),
]


@pytest.mark.parametrize(("table", "change", "rule", "where"), DERIVED_DAMAGE)
def test_a_changed_row_of_any_derived_table_is_named_and_a_rebuild_cures_it(
    full: Path, table: str, change: str, rule: str, where: str
) -> None:
    key = next(derived for derived in DERIVED if derived.table == table)
    names = ", ".join(f'"{name}"' for name in key.columns[: key.keys])

    findings = damaged(
        full, f"UPDATE {table} SET {change} WHERE ({names}) = (SELECT {names} FROM {table} ORDER BY {names} LIMIT 1)"
    )

    assert ("SAF-06 (i)", where) in findings
    assert {found_rule for found_rule, _ in findings} == {"SAF-06 (i)"} | ({rule} if rule else set())
    with Store.open(str(full)) as store:
        rebuild(store, [table])
        assert verify(store) == []


@pytest.mark.parametrize("table", [derived.table for derived in DERIVED])
def test_a_row_too_few_or_too_many_in_any_derived_table_is_named(full: Path, table: str) -> None:
    derived = next(derived for derived in DERIVED if derived.table == table)
    first, *rest = derived.columns
    names = ", ".join(f'"{name}"' for name in derived.columns[: derived.keys])
    other = "7" if table in ("open_entry", "gl_waiting") else "'NEW'"

    findings = damaged(
        full,
        f"INSERT INTO {table} SELECT {other}, {', '.join(rest)} FROM {table} LIMIT 1",
        f"DELETE FROM {table} WHERE ({names}) = (SELECT {names} FROM {table} WHERE {first} <> {other} LIMIT 1)",
    )

    wrong = [where for rule, where in findings if rule == "SAF-06 (i)"]
    assert len(wrong) == 2
    assert any("NEW" in where or where.endswith("entry 0-7") for where in wrong)


def test_the_last_register_cut_off_with_all_its_rows_is_missed(full: Path) -> None:
    with damaging(full) as raw:
        (last,) = raw.execute("SELECT max(id) FROM register").fetchone()
        raw.execute("DELETE FROM register WHERE id = ?", (last,))
        for table in COLUMNS[FORMAT]:
            if table != "register":
                raw.execute(f"DELETE FROM {table} WHERE id >> 20 = ?", (last,))
    with Store.open(str(full)) as store:
        rebuild(store)

    assert found(full) == {("SAF-06 (h)", "writer 1")}


def test_a_register_taken_out_of_the_middle_is_missed(full: Path) -> None:
    with damaging(full) as raw:
        raw.execute("DELETE FROM audit_row")
        first = raw.execute("SELECT min(id) FROM register").fetchone()
        raw.execute("DELETE FROM register WHERE id = ?", first)

    assert ("SAF-06 (h)", "register 1-1") in found(full)


@pytest.mark.parametrize("change", ["head = zeroblob(32)", "sequence = 7", "posted_at = posted_at + 1", "id = 2"])
def test_a_writer_that_was_edited_is_named(full: Path, change: str) -> None:
    assert ("SAF-06 (h)", "writer 1") in damaged(full, f"UPDATE writer SET {change}")


@pytest.mark.parametrize(
    "change", ["hash = zeroblob(32)", "hash_format = 9", "posted_at = 0", "operator = 'BEN'", "operation_id = 'op-9'"]
)
def test_a_register_that_was_edited_is_named(full: Path, change: str) -> None:
    findings = damaged(full, f"UPDATE register SET {change} WHERE id = (SELECT max(id) FROM register)")

    assert {where for _, where in findings} & {"register 1-2", "writer 1"}


def test_a_time_that_differs_from_the_registers_is_named(full: Path) -> None:
    for table in ("item_entry", "bin_entry"):
        (id,) = read(full, f"SELECT max(id) FROM {table}")
        findings = damaged(full, f"UPDATE {table} SET posted_at = posted_at + 1 WHERE id = {id}")

        assert ("SAF-06 (h)", f"{table} {shown(id)}") in findings


def read(path: Path, sql: str) -> tuple[Any, ...]:
    with damaging(path) as raw:
        return raw.execute(sql).fetchone()


POINTERS = [
    ("item_entry", "applies_to_entry"),
    ("value_entry", "item_entry"),
    ("value_entry", "applies_to_entry"),
    ("application", "item_entry"),
    ("application", "inbound_entry"),
    ("application", "outbound_entry"),
    ("application", "transferred_from_entry"),
    ("application", "cancels"),
]


@pytest.mark.parametrize(("table", "column"), POINTERS)
def test_a_row_that_names_nothing_is_named(full: Path, table: str, column: str) -> None:
    (id,) = read(full, f"SELECT max(id) FROM {table}")

    assert ("LED-01", f"{table} {shown(id)}") in damaged(full, f"UPDATE {table} SET {column} = 7 WHERE id = {id}")


def test_an_operation_that_no_register_carries_and_a_lost_scan_are_named(full: Path) -> None:
    findings = damaged(
        full,
        "INSERT INTO operation VALUES ('op-2', 'PostCount', 'ANNA', 1, '{}')",
        "DELETE FROM scan_journal WHERE no = 1",
    )

    assert findings == {("SAF-03", "operation op-2"), ("SAF-31", "scan_journal T1")}


DRAWN = "outbound_entry <> 0"
COPY = ", ".join(COLUMNS[FORMAT]["item_entry"][5:])
TWICE = f"INSERT INTO item_entry SELECT 7, posted_at, item, '', 'EAST', {COPY} FROM item_entry WHERE serial = 'S1'"
MIRROR = (
    "INSERT INTO application SELECT {id}, item_entry, inbound_entry, outbound_entry, {qty}, posting_date, 0, 0, 0, id "
    "FROM application WHERE outbound_entry <> 0 AND cancels = 0"
)
RULES = [
    (
        "SAF-06 (b)",
        "location MAIN, item 1000, lot L9",
        ["UPDATE bin_entry SET lot = 'L9' WHERE id = (SELECT min(id) FROM bin_entry)"],
    ),
    ("SAF-06 (b)", "location MAIN, item 1002", ["DELETE FROM bin_entry WHERE serial = 'S1'"]),
    ("SAF-06 (b)", "location MAIN, item 1002, serial S9", ["UPDATE bin_entry SET serial = 'S9' WHERE serial = 'S1'"]),
    (
        "SAF-06 (c)",
        "item 1002, serial S1",
        [TWICE],
    ),
    ("SAF-06 (d)", "item_entry 1-2.1", [f"UPDATE application SET qty = 10 * qty WHERE {DRAWN}"]),
    (
        "SAF-06 (d)",
        "application 1-2.5",
        [f"UPDATE application SET inbound_entry = (SELECT min(id) FROM item_entry) WHERE {DRAWN}"],
    ),
    ("SAF-06 (e)", "register 1-1", ["UPDATE item_entry SET entry_type = 'transfer' WHERE serial = 'S1'"]),
    ("SAF-06 (e)", "register 1-1", ["UPDATE bin_entry SET qty_base = 1 WHERE bin = 'W-02'"]),
    (
        "SAF-06 (f)",
        "location MAIN, bin W-02, item 1000, uom PCS, lot L1, package P1",
        ["UPDATE bin_balance SET qty = -1 WHERE bin = 'W-02'"],
    ),
    ("LED-28", "application 0-8", [MIRROR.format(id=8, qty="qty")]),
    ("LED-28", "application 1-2.5", [MIRROR.format(id=8, qty="-qty"), MIRROR.format(id=9, qty="-qty")]),
]


@pytest.mark.parametrize(("rule", "where", "statements"), RULES)
def test_each_rule_of_the_ledgers_is_checked_by_itself(
    full: Path, rule: str, where: str, statements: list[str]
) -> None:
    assert (rule, where) in damaged(full, *statements)


def test_a_confirmed_clock_that_nothing_was_posted_under_is_named_saf_34(full: Path) -> None:
    of_now = "INSERT INTO confirmed_clock SELECT 1, posted_at, 0 FROM writer"

    assert damaged(full, of_now) == set()
    assert damaged(full, "UPDATE confirmed_clock SET posted_at = posted_at + 1") == {("SAF-34", "confirmed_clock")}


@pytest.mark.parametrize("bins", ["", "{", "[]", "null", "{}"])
def test_a_location_whose_bins_cannot_be_read_is_named(full: Path, bins: str) -> None:
    assert damaged(full, f"UPDATE location SET bins = '{bins}'") == {("SAF-06 (f)", "location MAIN")}


@pytest.mark.parametrize(("table", "column"), [("bin_entry", "qty"), ("value_entry", "cost_amount_actual")])
def test_a_figure_too_large_to_be_added_up_hides_no_other_finding(full: Path, table: str, column: str) -> None:
    with damaging(full) as raw:
        raw.execute(f"UPDATE {table} SET {column} = {2**62}")
        raw.execute("UPDATE serial_state SET state = 'issued'")

    findings = found(full)

    assert {("SAF-07", "database"), ("SAF-06 (i)", "serial_state item 1002, serial S1")} <= findings
    assert ("SAF-06 (h)", "register 1-1") in findings


@pytest.mark.parametrize(
    ("table", "column", "finding"),
    [
        ("item_entry", "reason", ("SAF-06 (h)", "register 1-1")),
        ("register", "terminal", ("SAF-06 (h)", "register 1-1")),
        ("stock_balance", "lot", ("SAF-06 (a)", "item 1000, location MAIN, lot L1, package P1")),
        ("serial_state", "bin", ("SAF-06 (i)", "serial_state item 1002, serial S1")),
        ("location", "bins", ("SAF-06 (f)", "location MAIN")),
    ],
)
def test_a_text_that_is_none_is_a_finding_like_any_other(
    full: Path, table: str, column: str, finding: tuple[str, str]
) -> None:
    with damaging(full) as raw:
        raw.execute(f"UPDATE {table} SET {column} = CAST(x'ff' AS TEXT)")

    assert finding in found(full)


def test_progress_is_told_from_nothing_to_all(full: Path) -> None:
    told: list[tuple[int, int]] = []
    with Store.open(str(full)) as store:
        verify(store, lambda done, total: told.append((done, total)))

    (total,) = {total for _, total in told}
    assert [done for done, _ in told] == list(range(total + 1))


@pytest.mark.parametrize(
    ("change", "rule", "where"),
    [
        ("UPDATE gl_relation SET amount = amount + 1 WHERE balancing = 1", "GL-02", "value_entry"),
        ("UPDATE gl_relation SET amount = amount + 1 WHERE balancing = 1", "GL-13", "gl_entry"),
        ("UPDATE gl_relation SET value_entry = 7 WHERE balancing = 1", "LED-01", "gl_relation"),
        ("UPDATE gl_relation SET gl_entry = 7 WHERE balancing = 1", "LED-01", "gl_relation"),
    ],
)
def test_a_general_ledger_that_does_not_say_what_value_entries_say_is_named(
    full: Path, change: str, rule: str, where: str
) -> None:
    assert any(found_rule == rule and at.startswith(where) for found_rule, at in damaged(full, change))


def test_a_register_of_the_first_format_stays_right_and_takes_no_row_of_a_later_one(path: Path) -> None:
    with Store.open(str(path)) as store:
        entry = command(store, lambda books: increase(books, "1000", "5"))
    with damaging(path) as raw:
        raw.execute("UPDATE register SET hash_format = 1")
        hashed = first_format_hash(raw)
        raw.execute("UPDATE register SET hash = ?", (hashed,))
        raw.execute("UPDATE writer SET head = ?", (hashed,))
    assert found(path) == set()

    with Store.open(str(path)) as store:
        command(store, lambda books: to_gl(books, entry))
    assert found(path) == set()

    with damaging(path) as raw:
        raw.execute(f"INSERT INTO gl_entry VALUES ({(1 << 33 | 1) << 20 | 4}, 0, '', '1310', 1, '', '')")
    assert ("SAF-06 (h)", "register 1-1") in found(path)


def first_format_hash(raw: sqlite3.Connection) -> bytes:
    """The hash of the only register, as the first format has it."""
    hashed, numbered = sha256(NO_HEAD), []
    for table, columns in COLUMNS[1].items():
        for row in raw.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            texts = [value for value in row if isinstance(value, str)]
            numbers = [str(value) for value in row if not isinstance(value, str)]
            numbered.append(
                (row[0], f"{' '.join([table, *numbers, *(str(len(text)) for text in texts)])} {''.join(texts)}\n")
            )
    hashed.update("".join(line for _, line in sorted(numbered)).encode())
    return hashed.digest()


def test_every_append_only_table_but_the_scans_and_operations_is_hashed() -> None:
    by_their_audit_rows = {table_of(kind) for kind in ENTITIES if kind.AUDITED}
    elsewhere = {"operation", "scan_journal"} | by_their_audit_rows

    hashed = {model._meta.table_name for model in MODELS if model.TRIGGERS} - elsewhere

    assert hashed == set(COLUMNS[FORMAT])
