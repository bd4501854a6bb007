"""What the tables themselves refuse, whoever writes: changes of ledger rows, and values that cannot be."""

from decimal import Decimal
from typing import Any

import pytest

from domain.books import Books
from domain.errors import InvariantBroken
from domain.ledger.entries import PhysicalEntry
from domain.orders.posted_documents import PostedDocument, PostedLine
from domain.people.books import ScanRecord
from storage import Store
from storage.tables import MODELS, AppendOnly
from tests.storage.posting import DAY, NOW, bin_location, head, increase, to_gl

APPEND_ONLY = [model for model in MODELS if issubclass(model, AppendOnly)]


@pytest.fixture
def posted(store: Store) -> Store:
    """A store with a row in every append-only table."""

    def work(books: Books) -> None:
        with books.ledger.command(head(operation_id="op-1")):
            books.records.save_all(
                [
                    bin_location(),
                    PostedDocument("PS1", "sales_shipment", 1, DAY, "SO1", "MAIN"),
                    PostedLine("PS1", 1, 1, "1000", Decimal(5), Decimal(5)),
                ]
            )
            to_gl(books, increase(books, "1000", "5", "MAIN/W-01", lot="L1"))
            number = books.ledger.number()
            numbers = ("L1", "", "")
            qty = Decimal(5)
            books.ledger.append(
                [
                    PhysicalEntry(
                        number, "1000", "", "MAIN", "W-01", *numbers, DAY, "positive_adj", qty, qty, Decimal(0),
                        Decimal(2), "C1", NOW, "ANNA",
                    )
                ]
            )  # fmt: skip
            books.ledger.answer("op-1", "PostCount", "{}")
        scan = ScanRecord(
            "T1", 1, NOW, "ANNA", "MAIN", "", "scanned", b"1000", "item", "accepted", "", "", number >> 20
        )
        books.terminals.journal(scan)

    store.transaction(work)
    return store


def refused(store: Store, sql: str, *values: Any) -> str:
    with pytest.raises(InvariantBroken) as refused:
        store.writing(lambda connection: connection.execute(sql, values))
    return str(refused.value)


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model._meta.table_name)
def test_a_row_of_a_ledger_is_never_changed_deleted_or_replaced(posted: Store, model: type[AppendOnly]) -> None:
    name = model._meta.table_name
    column = list(model._meta.columns)[-1]
    before = posted.reading(lambda connection: connection.execute(f"SELECT * FROM {name}").fetchall())

    told = [
        refused(posted, f'UPDATE {name} SET "{column}" = "{column}"'),
        refused(posted, f"DELETE FROM {name}"),
        refused(posted, f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}"),
    ]

    assert before
    assert all(f"{name} is append-only" in text for text in told)
    assert posted.reading(lambda connection: connection.execute(f"SELECT * FROM {name}").fetchall()) == before


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model._meta.table_name)
def test_the_model_of_a_ledger_refuses_before_the_database_does(model: type[AppendOnly]) -> None:
    for change in (model.update, model.delete, model.replace, model.replace_many):
        with pytest.raises(InvariantBroken, match="append-only"):
            change()


CHANGED = [
    ("item_entry", "entry_type", "gift"),
    ("item_entry", "qty", 0),
    ("item_entry", "qty_per_unit", 0),
    ("item_entry", "serial", "S1"),
    ("item_entry", "item", "1" * 251),
    ("item_entry", "correction", 2),
    ("item_entry", "qty", "five"),
    ("item_entry", "item", None),
    ("value_entry", "entry_type", "gift"),
    ("value_entry", "variance_type", "gift"),
    ("application", "qty", 0),
    ("bin_entry", "entry_type", "gift"),
    ("bin_entry", "qty", 0),
    ("physical_entry", "qty", -1),
    ("physical_entry", "entry_type", "movement"),
    ("gl_entry", "amount", 0),
    ("gl_entry", "account", ""),
    ("gl_relation", "balancing", 2),
    ("register", "hash", b"short"),
    ("operation", "id", ""),
    ("scan_journal", "outcome", "lost"),
    ("scan_journal", "source", "guessed"),
    ("writer", "id", 1024),
    ("location", "bin_capacity_policy", "sometimes"),
    ("location", "directed", 2),
]


@pytest.mark.parametrize(("table", "column", "value"), CHANGED)
def test_a_value_that_cannot_be_is_refused_by_the_table(posted: Store, table: str, column: str, value: Any) -> None:
    read = f"SELECT * FROM {table} LIMIT 1"
    names = [name for _, name, *_ in posted.reading(lambda c: c.execute(f"PRAGMA table_info({table})").fetchall())]
    row = dict(zip(names, posted.reading(lambda connection: connection.execute(read).fetchone()), strict=True))
    key = {"scan_journal": "no", "operation": "id", "location": "code"}.get(table, "id")
    row |= {key: 2 if isinstance(row[key], int) else "other"} | {column: value}

    told = refused(posted, f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", *row.values())

    assert any(word in told for word in ("CHECK", "NOT NULL", "cannot store"))
