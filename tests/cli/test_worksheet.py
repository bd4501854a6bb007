"""The application worksheet from the command line (docs/cost.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from domain.books import Books
from domain.items.card import Item
from domain.posting import JournalLine, post
from storage import Store
from tests.cli.program import SITE, aisle, sentences, warehouse
from tui.command_line.system import system


def test_a_sale_is_drawn_from_another_receipt(tmp_path: Path) -> None:
    warehouse(tmp_path, SITE)

    def work(*lines: JournalLine) -> Callable[[Books], None]:
        def posted(books: Books) -> None:
            with books.ledger.command(system(books).head("test")):
                books.records.save(Item("1000", unit_cost=Decimal(3)))
                post(books, system(books), lines, source="test")

        return posted

    bought = JournalLine("purchase", "1000", Decimal(4), location="SHOP", unit_cost=Decimal(10))
    with Store.open(str(tmp_path / "aisle.db")) as store:
        store.transaction(work(bought, bought))
        store.transaction(work(replace(bought, entry_type="sale", qty=Decimal(3))))
    first, second, sale = (row.split()[0] for row in aisle(tmp_path, "application", "list", "1000").stdout.splitlines())

    removed = aisle(tmp_path, "application", "remove", first, sale)
    added = aisle(tmp_path, "application", "add", second, sale)
    left = aisle(tmp_path, "application", "leave", "1000")

    assert "1000 is in the worksheet of SYSTEM" in removed.stderr
    assert not added.returncode
    assert left.stdout.startswith("1000 is free again")
    assert f"sale  -3: {second} 3 fixed, 0 open" in aisle(tmp_path, "application", "list", "1000").stdout
    assert sentences(aisle(tmp_path, "application", "add", "7", sale)) == ["There is no entry 7."]
    assert sentences(aisle(tmp_path, "application", "leave", "1000")) == ["There is no item 1000."]
