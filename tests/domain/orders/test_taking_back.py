"""What an undo gives back to an order (DOC-70, DOC-71, LED-37)."""

from decimal import Decimal

import pytest

from domain.books import Books
from domain.orders.posted_documents import PostedLine
from domain.orders.shipped_lines import Handled
from domain.orders.taking_back import take_back
from domain.posting import BinShare, TrackingRow
from domain.posting.posted import Posted
from domain.situation import Situation
from tests.domain.notation import Warehouse
from tests.domain.orders.ordering import handled, line_of, named_by, ordered, post, released


def given_back(house: Warehouse, posted: Posted, *entries: int) -> None:
    """Give back to the order; each counter-entry stands for the entry below which it is numbered."""

    def work(books: Books, situation: Situation, _: None) -> None:
        with books.ledger.command(situation.head("undo")):
            take_back(books, posted.register, {entry: entry + 1_000_000 for entry in entries or posted.entries})

    house.do(work, None, "SUE")


def test_an_undone_shipment_is_outstanding_again_under_correction_lines(shop: Warehouse) -> None:
    no = released(shop, ordered("COFFEE 5", tracking=(TrackingRow("L1", qty_base=Decimal(3)),)), "FREIGHT 1")
    posted = post(shop, no, handled(1, "lot L1 3 W-01 3"), handled(1, "lot L2 1 W-01 1"), handled(2, "1"))

    given_back(shop, posted)

    line = line_of(shop, no)
    assert (line.qty_handled, line.outstanding_base, line.to_handle) == (0, 5, 5)
    assert line_of(shop, no, 2).outstanding == 1
    assert named_by(shop, no)[0].qty_handled_base == 0
    assert [(row.line_no, row.corrects, row.qty) for row in shop.rows(PostedLine)][3:] == [
        (4, 1, -3),
        (5, 2, -1),
        (6, 3, -1),
    ]


def test_pieces_of_a_lot_are_given_back_to_the_lot_the_line_names(shop: Warehouse) -> None:
    shop.item("PUMP", tracking="LOT_SERIAL")
    shop.stock("W-02 PUMP lot L1 serial S1 1")
    no = released(shop, "PUMP lot L1 1")
    posted = post(shop, no, Handled(1, Decimal(1), TrackingRow("L1", "S1"), (BinShare("W-02", Decimal(1)),)))
    assert named_by(shop, no)[0].qty_handled_base == 1

    given_back(shop, posted)

    assert named_by(shop, no)[0].qty_handled_base == 0


def test_only_the_lines_taken_back_are_outstanding_again(shop: Warehouse) -> None:
    no = released(shop, "1000 5", "COFFEE 5")
    posted = post(shop, no, handled(1, "5 W-01 5"), handled(2, "lot L2 4 W-01 4"))

    given_back(shop, posted, posted.entries[1])

    assert (line_of(shop, no).outstanding, line_of(shop, no, 2).outstanding) == (0, 5)


def test_a_line_is_taken_back_once_doc_71(shop: Warehouse) -> None:
    no = released(shop, "1000 5")
    posted = post(shop, no, handled(1, "5 W-01 5"))
    given_back(shop, posted)

    with shop.refused("undone_before"):
        given_back(shop, posted)


@pytest.mark.parametrize("qty", ["5", "2"])
def test_what_is_invoiced_is_not_taken_back_doc_71(shop: Warehouse, qty: str) -> None:
    no = released(shop, "1000 5")
    posted = post(shop, no, handled(1, f"{qty} W-01 {qty}"), is_invoiced=True)

    with shop.refused("invoiced"):
        given_back(shop, posted)


def test_a_posting_without_a_document_gives_nothing_back(shop: Warehouse) -> None:
    posted = shop.adjust("W-01 1000 -1")

    given_back(shop, posted)

    assert shop.rows(PostedLine) == []
