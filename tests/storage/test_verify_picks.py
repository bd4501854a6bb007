"""Picks at work that `verify` must name: too much taken, too much wanted, lines of no pick (SAF-06 g)."""

from decimal import Decimal
from pathlib import Path

import pytest

from domain.books import Books
from domain.orders.documents import Order, OrderLine
from domain.work.activities import Activity, ActivityLine
from storage import Store, verify
from tests.storage.posting import command

LINE = ActivityLine("PICK1", 10000, "take", "MAIN", "1000", 1, qty=Decimal(6), qty_to_handle=Decimal(2))


@pytest.fixture
def at_work(path: Path) -> Path:
    """A file with a pick of 6 of an order line of 8, of which 2 were shipped."""

    def keep(books: Books) -> None:
        books.records.save(Order("SO1", "sales_order", "MAIN", "released"))
        books.records.save(OrderLine("SO1", 1, "1000", Decimal(8), Decimal(8), qty_handled_base=Decimal(2)))
        books.records.save(Activity("PICK1", "pick", True, "MAIN", "SO1"))
        books.records.save(LINE)

    with Store.open(str(path)) as store:
        command(store, keep)
        assert verify(store) == []
    return path


def changed(path: Path, sql: str) -> list[tuple[str, str, str]]:
    """Return what is found after a change."""
    with Store.open(str(path)) as store:
        store.writing(lambda connection: connection.execute(sql))
        return [(finding.rule, finding.where, finding.text) for finding in verify(store)]


@pytest.mark.parametrize(
    ("sql", "where", "text"),
    [
        (
            "UPDATE activity_line SET qty_to_handle = 700000",
            "activity_line PICK1, line 10000",
            "7 is taken of 6.",
        ),
        (
            "UPDATE activity_line SET qty_handled = 500000",
            "activity_line PICK1, line 10000",
            "2 is taken of 1.",
        ),
        (
            "UPDATE order_line SET qty_handled_base = 300000",
            "order_line SO1, line 1",
            "Picks want 6, but 5 is outstanding.",
        ),
        ("DELETE FROM order_line", "order_line SO1, line 1", "Picks want 6, but 0 is outstanding."),
        ("DELETE FROM activity", "activity_line PICK1", "The pick of these lines is not there."),
    ],
)
def test_saf_06_g_what_picks_want_or_took_too_much_is_named(at_work: Path, sql: str, where: str, text: str) -> None:
    assert changed(at_work, sql) == [("SAF-06 (g)", where, text)]
