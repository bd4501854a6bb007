"""Costs from the command line: late cost arrives, a month is closed, what stock was worth is told (docs/cost.md)."""

from __future__ import annotations

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
    """A shop that bought four pieces at ten and sold one, whose cost is not settled yet."""
    warehouse(tmp_path, f"{SITE}settings: {{automatic_cost_adjustment: never}}\n")

    def work(books: Books) -> None:
        situation = system(books)
        with books.ledger.command(situation.head("test")):
            books.records.save(Item("1000", unit_cost=Decimal(3)))
            bought = JournalLine("purchase", "1000", Decimal(4), location="SHOP", unit_cost=Decimal(10))
            lines = [replace(bought, posting_date=date(2026, 1, 10))]
            lines += [replace(bought, entry_type="sale", qty=Decimal(1), posting_date=date(2026, 1, 20))]
            post(books, situation, lines, source="test")

    with Store.open(str(tmp_path / "aisle.db")) as store:
        store.transaction(work)
    return tmp_path


def test_costs_are_settled_once_and_then_there_is_nothing_to_do(folder: Path) -> None:
    first, second = aisle(folder, "cost", "adjust"), aisle(folder, "cost", "adjust", "1000")

    assert first.stdout == "1 item adjusted: 1 correction, -7 in all.\n"
    assert second.stdout == "0 items adjusted: 0 corrections, 0 in all.\n"
    assert sentences(aisle(folder, "cost", "adjust", "NONE")) == ["There is no item NONE."]


def test_a_month_closes_once_its_costs_are_settled_and_then_takes_nothing(folder: Path) -> None:
    aisle(folder, "period", "create", "2026-01-31")

    assert sentences(aisle(folder, "period", "close", "2026-01-31", "--yes")) == [
        "Cannot close: costs are not adjusted"
    ]
    aisle(folder, "cost", "adjust")
    assert aisle(folder, "period", "close", "2026-01-31", typed="n\n").returncode == 1
    assert aisle(folder, "period", "close", "2026-01-31", "--yes").stdout == "January 2026 (2026-01-31) is closed.\n"
    assert aisle(folder, "period", "list").stdout == "2026-01-31  closed  January 2026\n"
    assert aisle(folder, "period", "reopen", "2026-01-31").stdout == "January 2026 (2026-01-31) is open.\n"


def test_what_stock_was_worth_is_told_for_any_day(folder: Path) -> None:
    told = aisle(folder, "report", "valuation", "--to", "2026-01-15")

    assert sentences(told) == [
        "1 item, value 40, expected 0.",
        "Of 1 item the cost is not settled: run aisle cost adjust.",
    ]
    aisle(folder, "cost", "adjust")
    assert sentences(aisle(folder, "report", "valuation", "--to", "2026-01-31")) == ["1 item, value 30, expected 0."]


def test_the_value_entries_of_an_item_name_what_they_correct(folder: Path) -> None:
    aisle(folder, "cost", "adjust")

    header, *rows = aisle(folder, "report", "cost-entries", "1000", "--format", "csv").stdout.replace('"', "").split()

    names = header.split(",")
    told = [dict(zip(names, row.split(","), strict=True)) for row in rows]
    assert [row["cost_amount_actual"] for row in told] == ["40", "-3", "-7"]
    assert [row["applies_to_entry"] for row in told] == ["", "", told[1]["entry"]]
