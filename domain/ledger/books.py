"""What posting asks of storage about the ledgers: registers, what is open, what stands in the balances."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from domain.ledger.entries import Application, ItemEntry, LedgerRow, ValueEntry, shown
from domain.records import Registers

L = TypeVar("L", bound=LedgerRow)


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """The register of the running command."""

    id: int
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """What of an item entry is not yet applied; `remaining_qty` has the entry's sign."""

    entry: int
    item: str
    variant: str
    location: str
    lot: str
    serial: str
    package: str
    posting_date: date
    posted_at: datetime
    remaining_qty: Decimal


@dataclass(frozen=True, slots=True)
class StockRow:
    """On hand at a location, as the item ledger says it. `amount` is actual cost."""

    item: str
    variant: str
    location: str
    lot: str
    package: str
    qty: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PostedRegister:
    """A posting as a list shows it."""

    id: int
    posted_at: datetime
    operator: str
    source: str
    document_no: str
    """Of the document that was posted, "" where there was none."""
    lines: int
    """Counted lines of a count, else item entries, else the bin entries of a movement."""

    @property
    def document(self) -> str:
        """The one name people know it by."""
        return self.document_no or shown(self.id)


class Ledger(Registers, Protocol):
    """Registers and the rows in them."""

    @property
    def sealed(self) -> int:
        """The register this transaction sealed last, 0 for none."""

    def register(self, after: datetime | None = None) -> OpenRegister:
        """Open the command's register (or return the open one); its `posted_at` is later than `after`.

        `after` is the latest posted_at among the entries read to apply to, undo or correct.
        Raises Collided where the open register is not later.
        """

    def number(self) -> int:
        """Return the number of the next row of the open register: `register << 20 | position`."""

    def append(self, rows: Sequence[LedgerRow]) -> None:
        """Write rows numbered by `number`, in that order, and move every derived table by them."""

    def posted(self, register: int) -> PostedRegister:
        """Return a register that was posted."""

    def rows_of(self, register: int, kind: type[L]) -> list[L]:
        """Return the rows of one ledger that a register wrote, in their order."""

    def posted_by(self, operator: str, since: datetime) -> list[PostedRegister]:
        """Return an operator's registers from a moment on, newest first, without those of audit rows only."""

    def answered(self, operation_id: str) -> str | None:
        """Return the stored result (JSON) of an operation already done, else None."""

    def answer(self, operation_id: str, command: str, result: str) -> None:
        """Store the result of the running command under its operation id."""


@dataclass(frozen=True, slots=True)
class CostMark:
    """An item entry whose cost, or that of what hangs on it, is to be settled (COS-51)."""

    item: str
    entry: int


@dataclass(frozen=True, slots=True)
class CostPeriod:
    """What an average cost period leaves to the next one: quantity and cost of the group (COS-40)."""

    item: str
    variant: str
    location: str
    valuation_date: date
    """The last day of the period."""
    qty: Decimal
    cost: Decimal


@dataclass(frozen=True, slots=True)
class CostWalk:
    """A group whose periods are to be averaged again (COS-46)."""

    item: str
    variant: str
    location: str
    since: date
    upto: date
    """The last day on which something changed; later periods change only by what the ones before them leave."""


@dataclass(frozen=True, slots=True)
class CostAverage:
    """By which period and group the averages of an item were made, and the newest entry that was looked at.

    Kept by the adjustment alone, as periods and walks are; where it is missing the walk begins at the first entry.
    """

    item: str
    basis: str
    through: int


@dataclass(frozen=True, slots=True)
class History:
    """Entries in entry order, all their value entries, and their live applications that name two."""

    entries: Sequence[ItemEntry]
    values: Sequence[ValueEntry]
    applications: Sequence[Application]


class Costs(Protocol):
    """What waits for cost adjustment, and what it reads of a whole item."""

    def marked_items(self) -> list[str]:
        """Return the items of which something is to be settled, by number."""

    def marks(self, item: str, most: int) -> list[int]:
        """Return the first entries of an item that are to be settled, in the order of their numbers."""

    def mark(self, item: str, entries: Collection[int]) -> None:
        """Mark entries that are not settled yet."""

    def totals(self, item: str) -> tuple[Decimal, Decimal]:
        """Return what is on hand of an item and what that costs, be it expected."""

    def closed_until(self) -> date | None:
        """Return the last day of the closed inventory periods."""

    def unadjusted_by(self, upto: date) -> list[str]:
        """Return the items of which something waits that is valued up to a day."""

    def short_by(self, upto: date) -> list[str]:
        """Return the items of open decreases dated up to a day."""

    def short_entries(self, item: str) -> list[int]:
        """Return the open decreases of an item."""

    def settled(self, item: str, entries: Collection[int]) -> None:
        """Forget the marks of these entries."""

    def history(self, item: str, since: date, until: date) -> History:
        """Return what was posted of an item with value dated from a day to a day.

        Decreases that such increases supply are among it, and increases that supply such decreases, whatever their own
        dates (LED-22).
        """

    def first_date(self, item: str) -> date:
        """Return the earliest valuation date of an item that has value entries."""

    def date_after(self, item: str, since: date, count: int) -> date | None:
        """Return the valuation date up to which an item has more than so many value entries from a day on."""

    def groups(self, item: str) -> list[tuple[str, str]]:
        """Return variant and location of all that was posted of an item."""

    def averaged(self, item: str) -> CostAverage | None:
        """Return how the averages of an item were made."""

    def keep_averaged(self, average: CostAverage) -> None:
        """Note how they were made."""

    def walks(self, item: str) -> list[CostWalk]:
        """Return the groups of an item whose periods are to be averaged again."""

    def keep_walk(self, walk: CostWalk) -> None:
        """Note that a group is to be averaged again, instead of what was noted of it before."""

    def end_walk(self, walk: CostWalk) -> None:
        """Note that a group is averaged."""

    def last_period(self, item: str, variant: str, location: str, before: date) -> CostPeriod | None:
        """Return what the last period of a group that ended before a day left."""

    def periods(self, item: str, variant: str, location: str, since: date, until: date) -> list[CostPeriod]:
        """Return what the periods of a group left that ended from a day to a day."""

    def keep_period(self, period: CostPeriod) -> None:
        """Keep what a period left."""

    def forget_averages(self, item: str) -> None:
        """Forget what all periods of an item left, and what is to be averaged again."""

    def last_decrease(self, item: str) -> ItemEntry | None:
        """Return the newest decrease of an item that corrects nothing."""


@dataclass(frozen=True, slots=True)
class GlWaiting:
    """A value entry whose amounts are not all in the general ledger, and what is missing there (LED-01)."""

    value_entry: int
    actual: Decimal
    expected: Decimal


@dataclass(frozen=True, slots=True)
class ValueSum:
    """What value entries of one kind add up to."""

    item_entry_type: str
    entry_type: str
    variance_type: str
    actual: Decimal
    expected: Decimal


class GeneralLedger(Protocol):
    """What waits for the general ledger, and what stands in it."""

    def waiting(
        self, *, upto: date | None, items: Collection[str], with_expected: bool, after: int, most: int
    ) -> list[tuple[ValueEntry, GlWaiting]]:
        """Return value entries numbered above `after` that wait, in entry order, no more than `most`.

        Without items those of every item; what holds expected cost only is among them with `with_expected` alone.
        """

    def waiting_count(self, *, with_expected: bool) -> int:
        """Return how many value entries wait."""

    def value_sums(self, *, upto: date | None, item: str | None, location: str | None) -> list[ValueSum]:
        """Return the sums of all value entries by kind, posted or not."""

    def waiting_sums(self, *, upto: date | None) -> list[ValueSum]:
        """Return the sums of what is not posted, likewise."""

    def balances(self, *, upto: date | None) -> dict[str, Decimal]:
        """Return what stands on each account that was posted to, by number."""


class Entries(Protocol):
    """What was posted of single item entries."""

    def one(self, entry: int) -> ItemEntry | None:
        """Return an item entry."""

    def open_part(self, entry: int) -> OpenEntry | None:
        """Return what is open of an entry, None where nothing is."""

    def values(self, entry: int) -> list[ValueEntry]:
        """Return the value entries of an entry, oldest first."""

    def valuation_dates(self, entries: Collection[int]) -> dict[int, date]:
        """Return the valuation date of each entry: of its last revaluation, else of its last value entry (LED-22)."""

    def drawn_on(self, entry: int) -> list[Application]:
        """Return the live applications of an increase that name a decrease too, oldest first.

        What decreases drew on it, and its own where it takes the cost of a decrease.
        """

    def drawn_by(self, entry: int) -> list[Application]:
        """Return the live applications of a decrease, oldest first: its suppliers, and the increases at its cost."""


class Stock(Protocol):
    """What stands in the derived tables."""

    def open_entries(
        self,
        item: str,
        variant: str,
        location: str,
        *,
        increases: bool,
        lot: str | None = None,
        serial: str | None = None,
        package: str | None = None,
        newest_first: bool = False,
    ) -> Iterator[OpenEntry]:
        """Yield the open increases (else the open decreases), read as they are asked for.

        Order: posting date, then entry order; the reverse of both with `newest_first` (LED-19). A number that is
        None is free, else it must be equal (as first received).
        """

    def on_hand(
        self, item: str, variant: str | None = None, location: str | None = None, lot: str | None = None
    ) -> list[StockRow]:
        """Return the balances that are not zero; None leaves a field free."""

    def has_entries(self, item: str) -> bool:
        """Say whether the item was ever posted: its costing method, type and tracking are fixed then (COS-01)."""

    def at_location(self, location: str) -> list[StockRow]:
        """Return the balances of a location that are not zero, by item, variant, lot, package."""
