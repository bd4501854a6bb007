"""The books: everything a command or a question may ask of storage, grouped."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from domain.items.books import ItemTexts
from domain.ledger.books import Costs, Entries, GeneralLedger, Ledger, Stock
from domain.people.books import Terminals
from domain.places.books import BinBalances
from domain.records import Records
from domain.tracking.books import Numbers


class Books(Protocol):
    """One transaction's view of the database."""

    @property
    def records(self) -> Records:
        """Entities that need no more than reading and saving."""

    @property
    def items(self) -> ItemTexts:
        """Items by their texts."""

    @property
    def ledger(self) -> Ledger:
        """Registers and their rows."""

    @property
    def entries(self) -> Entries:
        """Item entries one by one."""

    @property
    def costs(self) -> Costs:
        """What waits for cost adjustment."""

    @property
    def general_ledger(self) -> GeneralLedger:
        """The general ledger and what waits for it."""

    @property
    def stock(self) -> Stock:
        """Balances and open entries."""

    @property
    def bins(self) -> BinBalances:
        """Contents of bins."""

    @property
    def numbers(self) -> Numbers:
        """Lots, serials, packages."""

    @property
    def terminals(self) -> Terminals:
        """The scan journal and what ran on a terminal."""

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what is done inside when an error leaves it; the transaction goes on."""
