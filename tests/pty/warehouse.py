"""A small warehouse on disk for the acceptance tests: every kind of goods, bins short and as long as bins may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from domain.books import Books
from domain.items.card import Identifier, Item, ItemUnit
from domain.orders.documents import Order
from domain.orders.order import SaveOrder, release_order, save_order
from domain.orders.order_lines import LineOrdered
from domain.people.access import SetPin, set_pin, situation_of
from domain.people.rights import DEFAULT_ROLES, SYSTEM
from domain.posting import JournalLine, TrackingRow
from domain.site import AdjustLimit, Bin, Location, Operator, ReasonCode, SiteHead, TrackingCode
from domain.situation import Situation
from domain.work.opening import opening_lines, post_opening
from storage import Store

LONG_BIN = "RACK-07-LEVEL-03-B12"
"""As long as a bin code may be (floor-flows.md 28)."""
GTIN = "4006381333931"
PINS = {"OTTO": "730519", "SARA": "825614", "PAT": "641907"}
"""An operator who may adjust 5 pieces alone, his supervisor, and a picker, who may count but not adjust."""

_ENTITIES = (
    DEFAULT_ROLES["picker"],
    DEFAULT_ROLES["operator"],
    DEFAULT_ROLES["supervisor"],
    Operator("OTTO", role="operator", locations=("P",), home="P", badge="B1", adjust_limit=AdjustLimit(Decimal(5))),
    Operator("SARA", role="supervisor", locations=("P", "SHOP"), home="P", badge="B2"),
    Operator("PAT", role="picker", locations=("P",), home="P", badge="B3"),
    Location("P", "Plant", bin_mandatory=True),
    Location("SHOP", "Shop"),
    *(Bin("P", code) for code in ("W-01", "W-02", LONG_BIN, "K-1", "K-2", "K-3", "S-1", "S-2", "S-3")),
    ReasonCode("FOUND", "Found", position=1),
    ReasonCode("DAMAGED", "Damaged", position=2),
    TrackingCode("LOT", lot_specific=True, lot_warehouse=True),
    TrackingCode("LOTEXP", lot_specific=True, lot_warehouse=True, use_expiration=True, require_expiration_entry=True),
    TrackingCode("SERIAL", serial_specific=True, serial_warehouse=True),
    Item("1001", "Bicycle bell, chromed", unit_cost=Decimal(2)),
    Item("1002", "Brake pad", tracking="LOT", unit_cost=Decimal(3)),
    Item("1003", "Chain grease", tracking="LOTEXP", unit_cost=Decimal(4)),
    Item("1004", "Head lamp", tracking="SERIAL", unit_cost=Decimal(50)),
    ItemUnit("1001", "PCS"),
    ItemUnit("1001", "BOX", qty_per_unit=Decimal(6)),
    Identifier(GTIN.zfill(14), "1001"),
)


def _opening() -> list[JournalLine]:
    """W-01, the long bin and the serial of W-02 to adjust; K to count by keys and S by scans, their third bin empty."""

    def lies(item: str, qty: int, bin: str, row: TrackingRow = TrackingRow()) -> JournalLine:  # noqa: B008 - frozen
        return JournalLine("positive_adj", item, Decimal(qty), "P", bin, tracking=(row,))

    return [
        *(lies("1001", 10, bin) for bin in ("W-01", LONG_BIN, "K-1", "S-1")),
        *(lies("1002", 5, bin, TrackingRow(lot="L1")) for bin in ("W-01", LONG_BIN)),
        *(lies("1002", 17, bin, TrackingRow(lot="L1")) for bin in ("K-1", "S-1")),
        lies("1003", 8, "W-01", TrackingRow(lot="G1", expires=date(2031, 1, 31))),
        lies("1004", 1, "W-02", TrackingRow(serial="SN1")),
        *(lies("1004", 1, f"{row}-2", TrackingRow(serial=f"{row}{no}")) for row in "KS" for no in (1, 2, 3)),
    ]


def make_warehouse(path: Path) -> None:
    """Make the database."""

    def set_up(books: Books) -> None:
        situation = system(books)
        with books.ledger.command(situation.head("change")):
            for entity in _ENTITIES:
                books.records.save(entity)
        for operator, pin in PINS.items():
            set_pin(books, situation, SetPin(operator, pin))
        post_opening(books, situation, opening_lines(_opening()))

    with Store.create(str(path)) as store:
        store.transaction(set_up)


def order_goods(path: Path, *texts: str) -> str:
    """Order goods of a customer, one line each as `ITEM QTY [BIN]`, and release the order; return its number."""

    def work(books: Books) -> str:
        situation = system(books)
        lines = (LineOrdered(item, Decimal(qty), bin="".join(bin)) for item, qty, *bin in map(str.split, texts))
        no = save_order(books, situation, SaveOrder(Order("", "sales_order", "P"), tuple(lines))).no
        release_order(books, situation, no)
        return no

    with Store.open(str(path)) as store:
        return store.transaction(work)


def system(books: Books) -> Situation:
    return situation_of(books.records, SYSTEM, now=datetime.now(UTC), terminal="test")


def lock_after(path: Path, *, seconds: int) -> None:
    """Let terminals that start from now on lock when nobody touched them for so long (SAF-24)."""

    def set_up(books: Books) -> None:
        head = books.records.one(SiteHead, 1) or SiteHead()
        times = replace(head.settings.session, idle_lock=seconds)
        with books.ledger.command(system(books).head("change")):
            books.records.save(replace(head, settings=replace(head.settings, session=times)))

    with Store.open(str(path)) as store:
        store.transaction(set_up)
