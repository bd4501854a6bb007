"""The office: two orders at a time, brought in and released by the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from domain.books import Books
from domain.orders.documents import Order
from domain.orders.order_lines import lines_of
from storage import Store
from tui.cli import main

MAP = 'fields: {no: "{No}", location: P, item: "{Item}", qty: "{Qty}", bin: W-01}\n'
ITEMS = ["1001", "1003"]


@dataclass
class Office:
    """Two orders of the warehouse in a folder, on their way from a file to the floor."""

    folder: Path
    number: int
    """Tells these orders from others."""

    def __post_init__(self) -> None:
        rows = [f"{no},{item},2" for no in self._orders for item in ITEMS]
        self._file.write_text("\n".join(["No,Item,Qty", *rows, ""]))
        self._map.write_text(MAP)

    def finish(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Do what is left to do; told is what the orders are then, after each command."""
        database = ["--database", str(self.folder / "aisle.db")]
        commands = {
            "open": ["import", "orders", str(self._file), "--map", str(self._map), "--yes", *database],
            "released": ["orders", "release", *self._orders, *database],
        }
        for status in ["open", "released"][("", "open", "released").index(self.status()) :]:
            assert main(commands[status]) == 0
            tell(status)

    def status(self) -> str:
        """Return what both orders are, "" where they are not there; one alone or without a line would be half."""

        def work(books: Books) -> set[str]:
            return {_status(books, no) for no in self._orders}

        with Store.open(str(self.folder / "aisle.db"), read_only=True) as store:
            found = store.question(work)
        assert len(found) == 1, "half of a command is there"
        return found.pop()

    @property
    def _orders(self) -> list[str]:
        return [f"{letter}{self.number}" for letter in "AB"]

    @property
    def _file(self) -> Path:
        return self.folder / f"orders{self.number}.csv"

    @property
    def _map(self) -> Path:
        return self.folder / "map.yaml"


def _status(books: Books, no: str) -> str:
    order = books.records.one(Order, no)
    assert [line.item for line in lines_of(books.records, no)] == (ITEMS if order else [])
    return order.status if order else ""
