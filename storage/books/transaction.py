"""The books of one transaction: the parts of the domain's Protocol together, and savepoints over them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from domain.errors import AisleError
from storage.books.bins import BinBooks
from storage.books.costs import CostBooks
from storage.books.entries import EntryBooks
from storage.books.general_ledger import GeneralLedgerBooks
from storage.books.items import ItemBooks
from storage.books.ledger import LedgerBooks
from storage.books.numbers import NumberBooks
from storage.books.records import EntityBooks
from storage.books.stock import StockBooks
from storage.books.terminals import TerminalBooks
from storage.engines import Connection


class TransactionBooks:
    """One transaction's view of the database (domain/books.py)."""

    def __init__(self, connection: Connection, program: str) -> None:
        self._connection = connection
        self.ledger = LedgerBooks(connection, program, self.savepoint)
        self.records = EntityBooks(connection, self.ledger)
        self.items = ItemBooks(connection)
        self.entries = EntryBooks(connection)
        self.costs = CostBooks(connection)
        self.general_ledger = GeneralLedgerBooks(connection)
        self.stock = StockBooks(connection)
        self.bins = BinBooks(connection)
        self.numbers = NumberBooks(connection)
        self.terminals = TerminalBooks(connection)

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what is done inside when a refusal leaves it, a command's unfinished register with it.

        Any other error ends the whole transaction. It must not meet SQLite here, which after INSERT ... RETURNING
        calls a savepoint busy until all rows are read: a bug would be taken for a locked database and tried again.
        """
        mark = self.ledger.mark()
        self._connection.execute("SAVEPOINT inner_work")
        try:
            yield
        except AisleError:
            if self._connection.in_transaction:  # a full disk has undone everything already
                self._connection.execute("ROLLBACK TO inner_work")
                self._connection.execute("RELEASE inner_work")
            self.ledger.back_to(mark)
            self.records.forget()
            raise
        self._connection.execute("RELEASE inner_work")
