"""The general ledger from the command line (docs/general-ledger.md)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.books import Books
from domain.items.card import Item
from domain.posting import JournalLine, post
from storage import Store
from tests.cli.program import SITE, aisle, sentences, warehouse
from tui.command_line.system import system


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shop that bought four pieces at ten, which is not in the general ledger yet."""
    warehouse(tmp_path, f"{SITE}settings: {{automatic_cost_posting: false}}\n")

    def work(books: Books) -> None:
        situation = system(books)
        with books.ledger.command(situation.head("test")):
            books.records.save(Item("1000"))
            bought = JournalLine("purchase", "1000", Decimal(4), location="SHOP", unit_cost=Decimal(10))
            post(books, situation, [replace(bought, posting_date=date(2026, 1, 10))], source="test")

    with Store.open(str(tmp_path / "aisle.db")) as store:
        store.transaction(work)
    return tmp_path


def test_what_waits_is_looked_at_then_posted_and_then_there_is_nothing(folder: Path) -> None:
    assert aisle(folder, "gl", "post", "--dry-run").stdout == "Value entries to post: 1.\n"
    assert aisle(folder, "gl", "post", "--to", "2026-01-09").stdout == "Value entries posted: 0.\n"
    assert aisle(folder, "gl", "post", "1000").stdout == "Value entries posted: 1.\n"
    assert aisle(folder, "gl", "post").stdout == "Value entries posted: 0.\n"


def test_what_is_skipped_is_named_with_its_reason(folder: Path) -> None:
    (folder / "site.yaml").write_text(
        f"{SITE}settings: {{automatic_cost_posting: false, allow_posting_from: 2026-02-01}}\n"
    )
    aisle(folder, "config", "apply", "site.yaml", "--yes")

    (said,) = sentences(aisle(folder, "gl", "post"))

    assert said.startswith("Value entry ")
    assert "2026-01-10" in said


def test_groups_need_a_document(folder: Path) -> None:
    assert sentences(aisle(folder, "gl", "post", "--per-group")) == [
        "Enter a document no. when posting per posting group."
    ]
    aisle(folder, "gl", "post", "--per-group", "--document", "GL1")
    rows = aisle(folder, "report", "gl", "--format", "csv").stdout.replace('"', "").splitlines()
    assert [row.split(",")[3:6] for row in rows[1:]] == [["GL1", "1310", "40"], ["GL1", "5210", "-40"]]


def test_the_reconciliation_says_what_is_not_posted_yet_and_then_nothing(folder: Path) -> None:
    told = sentences(aisle(folder, "report", "reconciliation"))
    aisle(folder, "gl", "post")

    assert "inventory: value is not posted yet: run aisle gl post." in told
    assert sentences(aisle(folder, "report", "reconciliation")) == []
