"""Undo of what was posted (ledger.md LED-34..38; decisions 28, 41, 60)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.ledger.entries import BinEntry, ItemEntry, register_of, shown
from domain.orders.documents import OrderLine
from domain.orders.taking_back import lines_of_document
from domain.people.rights import SYSTEM
from domain.posting import Reclassification
from domain.posting.posted import Posted
from domain.site import Location, Role, TrackingCode
from domain.tracking.cards import InfoCard
from domain.work.documents import CountJournal
from domain.work.moving import MoveGoods, move_goods
from domain.work.order_desk import PostOrder, post_order
from domain.work.pick_lines import open_pick
from domain.work.pick_posting import PostPick, post_pick
from domain.work.picking import delete_pick
from domain.work.reclassifying import (
    ChangeVariant,
    PostReclassification,
    change_variant,
    dated,
    post_reclassification,
    redated,
)
from domain.work.stock_here import Goods, Portion
from domain.work.undoing import Undone, UndoPosting, undo_offered, undo_posting
from tests.domain.notation import EAST, SILVER, Warehouse, goods
from tests.domain.work.picks import make_pick, ordered, take


@pytest.fixture
def house(house: Warehouse) -> Warehouse:
    """Five of 1000 in W-01, three of lot L1."""
    house.item("1000", unit_cost=Decimal(2))
    house.item("LOTS", tracking="LOT")
    house.item("PIECES", tracking="SERIAL")
    house.stock("W-01 1000 5", "W-01 LOTS lot L1 3", at="2")
    return house


def undo(house: Warehouse, register: int, by: str = "ANNA", **told: Any) -> Posted:
    return house.do(undo_posting, UndoPosting(register), by, **told)


def offered(house: Warehouse, register: int, by: str = "ANNA") -> list[Decimal]:
    return [change.qty for change in house.ask(lambda books: undo_offered(books, house.situation(books, by), register))]


def move(house: Warehouse, item: str, qty: int, bins: str, lot: str = "") -> Posted:
    source, target = bins.split()
    return house.do(move_goods, MoveGoods(SILVER, target, (Portion(source, Goods(item, lot=lot), Decimal(qty)),)))


def last(house: Warehouse) -> ItemEntry:
    return house.entries()[-1]


def test_led_38_what_was_found_goes_again_and_both_entries_end_closed(house: Warehouse) -> None:
    found = house.adjust("W-01 1000 2", reason="FOUND")

    undone = undo(house, found.register)

    back = last(house)
    assert house.lying() == ["W-01 1000 5"]
    assert (back.entry_type, back.qty, back.reason, back.correction) == ("negative_adj", -2, "UNDO", True)
    assert (back.applies_to_entry, back.document_no) == (found.entries[0], found.document)
    assert {found.entries[0], back.id} & house.remaining().keys() == set()
    assert (undone.document, undone.register) == (found.document, register_of(back.id))
    assert house.one(Undone, found.register) == Undone(found.register, undone.register)


def test_led_35_what_was_missing_is_back_as_open_stock_at_its_cost(house: Warehouse) -> None:
    missing = house.adjust("W-01 1000 -2")
    house.item("1000", unit_cost=Decimal(9))

    undo(house, missing.register)

    assert house.lying() == ["W-01 1000 5"]
    assert (last(house).entry_type, house.remaining()[last(house).id]) == ("positive_adj", 2)
    assert house.costs()[-2:] == [-4, 4]


def test_an_undo_names_the_posting_in_the_audit_trail(house: Warehouse) -> None:
    found = house.adjust("W-01 1000 2", reason="FOUND")

    undo(house, found.register)

    (row,) = [row for row in house.audits("") if row.record_type == "undone"]
    assert (row.record_key, row.reason) == (str(found.register), "UNDO")


def test_a_unit_that_holds_another_quantity_by_now_takes_back_what_was_posted(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)
    boxes = house.adjust("W-01 1000 2 BOX", reason="FOUND")
    house.unit("1000", "BOX", 12)

    undo(house, boxes.register)

    assert house.lying() == ["W-01 1000 5"]
    assert (last(house).uom, last(house).qty) == ("PCS", -12)


def test_a_unit_that_is_the_same_still_stands_on_the_undo(house: Warehouse) -> None:
    house.unit("1000", "BOX", 6)
    boxes = house.adjust("W-01 1000 2 BOX", reason="FOUND")

    undo(house, boxes.register)

    assert (last(house).uom, last(house).qty_per_unit, last(house).qty) == ("BOX", 6, -12)


def test_a_location_without_bins_is_undone_likewise(house: Warehouse) -> None:
    found = house.adjust("EAST 1000 4", reason="FOUND")

    undo(house, found.register)

    assert house.lying() == ["W-01 1000 5"]


def test_a_count_is_undone_by_its_differences_and_its_proofs_stay(house: Warehouse) -> None:
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 7", "W-01 LOTS lot L1 1")
    house.finish(journal)
    posted = house.post_count(journal)
    proofs = house.proofs()

    undo(house, posted.register, "SUE")

    assert (house.lying(), house.lying("LOTS")) == (["W-01 1000 5"], ["W-01 LOTS lot L1 3"])
    kept = house.one(CountJournal, journal)
    assert kept is not None
    assert (house.proofs(), kept.status) == (proofs, "posted")


def test_a_serial_that_a_count_found_in_another_bin_is_back_in_its_old_one(house: Warehouse) -> None:
    house.stock("W-02 PIECES serial S1 1")
    journal = house.open_count(SILVER, bins=("W-02", "W-03"), items=("PIECES",))
    house.count(journal, "W-02 PIECES serial S1 0", "W-03 PIECES serial S1 1")
    house.finish(journal)
    posted = house.post_count(journal)

    undo(house, posted.register, "SUE")

    assert house.lying("PIECES") == ["W-02 PIECES serial S1 1"]


def test_a_count_without_differences_leaves_nothing_to_undo(house: Warehouse) -> None:
    journal = house.open_count("W-01")
    house.count(journal, "W-01 1000 5", "W-01 LOTS lot L1 3")
    house.finish(journal)
    posted = house.post_count(journal)

    assert offered(house, posted.register, "SUE") == []
    with house.refused("cannot_undo", why="nothing"):
        undo(house, posted.register, "SUE")


def test_opening_stock_is_undone_by_a_supervisor(house: Warehouse) -> None:
    (entry,) = house.stock("W-02 1000 8", at="3")

    undo(house, register_of(entry), "SUE")

    assert house.lying() == ["W-01 1000 5"]


def test_a_movement_goes_back_the_way_it_came(house: Warehouse) -> None:
    moved = move(house, "LOTS", 2, "W-01 W-02", lot="L1")

    undo(house, moved.register)

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 3"]
    assert [(row.bin, row.qty, row.reason) for row in house.rows(BinEntry)[-2:]] == [
        ("W-02", -2, "UNDO"),
        ("W-01", 2, "UNDO"),
    ]


def test_a_blocked_lot_is_moved_back_all_the_same(house: Warehouse) -> None:
    moved = move(house, "LOTS", 2, "W-01 W-02", lot="L1")
    house.keep(InfoCard("lot", "LOTS", "", "L1", "L1", blocked=True))

    undo(house, moved.register)

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 3"]


def reclassified(house: Warehouse, old: str, new: str) -> int:
    """Make goods of one kind or place those of another; return the register."""
    was, is_now = goods(old), goods(new)
    line = Reclassification(
        item=was.item,
        qty=was.qty,
        location=was.location,
        new_location=is_now.location,
        bin=was.bin,
        new_bin=is_now.bin,
        tracking=(was.numbers,),
        new_tracking=(is_now.numbers,),
    )
    return house.post(line).register


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("W-01 LOTS lot L1 2", "W-01 LOTS lot L7 2"),
        ("W-01 LOTS lot L1 2", "W-03 LOTS lot L7 2"),
        ("W-01 LOTS lot L1 3", "EAST LOTS lot L1 3"),
        ("W-01 LOTS lot L1 2", "W-02 LOTS lot L1 2"),
    ],
)
def test_a_reclassification_goes_back_the_way_it_came_at_its_cost(house: Warehouse, old: str, new: str) -> None:
    register = reclassified(house, old, new)
    assert house.lying("LOTS") != ["W-01 LOTS lot L1 3"]

    undo(house, register, "SUE")

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 3"]
    assert sum(house.costs()) == 5 * 2 + 3 * 2
    assert sum(house.remaining().values()) == 5 + 3


def test_a_lot_that_got_another_date_gets_its_own_again_in_every_bin(house: Warehouse) -> None:
    house.keep(TrackingCode("DATED", lot_specific=True, use_expiration=True))
    house.item("FOOD", tracking="DATED")
    house.stock("W-01 FOOD lot F1 expires 2027-01-31 3", "W-02 FOOD lot F1 expires 2027-01-31 2")
    location = house.one(Location, SILVER)
    assert location is not None
    lines = house.ask(lambda books: redated(books, location, Goods("FOOD", lot="F1"), date(2028, 6, 30)))
    posted = house.do(post_reclassification, PostReclassification(lines))
    assert house.ask(lambda books: dated(books, Goods("FOOD", lot="F1"))).expires == date(2028, 6, 30)

    undo(house, posted.register)

    assert house.ask(lambda books: dated(books, Goods("FOOD", lot="F1"))).expires == date(2027, 1, 31)
    assert house.lying("FOOD") == ["W-01 FOOD lot F1 3", "W-02 FOOD lot F1 2"]


def test_another_variant_becomes_the_old_one_again(house: Warehouse) -> None:
    house.variant("1000", "RED")
    posted = house.do(change_variant, ChangeVariant("1000", "", "RED", Decimal(2), SILVER, "W-01"))

    undo(house, posted.register)

    assert house.lying() == ["W-01 1000 5"]
    assert sum(house.costs()) == 5 * 2 + 3 * 2


def test_a_lot_that_was_used_under_its_new_number_does_not_go_back(house: Warehouse) -> None:
    register = reclassified(house, "W-01 LOTS lot L1 2", "W-01 LOTS lot L7 2")
    house.adjust("W-01 LOTS lot L7 -1")

    with house.refused("cannot_undo", why="gone"):
        undo(house, register, "SUE")


def test_what_was_moved_on_is_not_undone_there(house: Warehouse) -> None:
    moved = move(house, "1000", 4, "W-01 W-02")
    move(house, "1000", 3, "W-02 W-03")

    with house.refused("cannot_undo", why="gone"):
        undo(house, moved.register)


def test_what_was_found_and_used_is_not_undone(house: Warehouse) -> None:
    found = house.adjust("W-02 1000 2", reason="FOUND")
    house.adjust("W-02 1000 -1")

    with house.refused("cannot_undo", why="gone"):
        undo(house, found.register)


def test_led_24_a_find_whose_entry_was_drawn_on_is_undone_while_as_much_lies_there(house: Warehouse) -> None:
    found = house.adjust("W-01 LOTS lot L1 2", reason="FOUND")
    house.adjust("W-01 LOTS lot L1 -3")
    house.stock("W-01 LOTS lot L1 4")

    undo(house, found.register)

    assert house.lying("LOTS") == ["W-01 LOTS lot L1 4"]
    assert sum(house.remaining().values()) == 5 + 4


def test_what_an_open_pick_holds_is_not_undone(house: Warehouse) -> None:
    found = house.adjust("W-02 1000 2", reason="FOUND")
    pick = make_pick(house, ordered(house, "W-02 1000 1"))

    with house.refused("cannot_undo", document=pick):
        undo(house, found.register)


def test_a_serial_that_came_in_elsewhere_meanwhile_is_told(house: Warehouse) -> None:
    house.stock("W-02 PIECES serial S1 1")
    missing = house.adjust("W-02 PIECES serial S1 -1")
    house.adjust("W-04 PIECES serial S1 1", reason="FOUND")

    with house.refused("serial_in_stock", serial="S1"):
        undo(house, missing.register)


def test_decision_60_nothing_is_undone_twice_and_an_undo_is_not_undone(house: Warehouse) -> None:
    found = house.adjust("W-01 1000 2", reason="FOUND")
    undone = undo(house, found.register)

    with house.refused("undone_before"):
        undo(house, found.register)
    with house.refused("cannot_undo", why="undo"):
        undo(house, undone.register)
    assert offered(house, found.register) == offered(house, undone.register) == []


def test_decision_60_any_posting_back_is_undone_as_long_as_the_stock_allows_it(house: Warehouse) -> None:
    first, _, third = (house.adjust(f"W-01 1000 {qty}", reason="FOUND") for qty in (1, 2, 3))

    undo(house, first.register)
    undo(house, third.register)

    assert house.lying() == ["W-01 1000 7"]


def test_saf_03_the_same_undo_sent_twice_answers_the_first(house: Warehouse) -> None:
    found = house.adjust("W-01 1000 2", reason="FOUND")

    first = undo(house, found.register, operation="op")

    assert undo(house, found.register, operation="op") == first


def test_decision_41_ones_own_postings_of_the_work_date_need_undo_all_others_undo_any(house: Warehouse) -> None:
    own = house.adjust("W-01 1000 1", reason="FOUND")
    other = house.adjust("W-01 1000 1", by="SUE", reason="FOUND")

    assert (offered(house, own.register), offered(house, other.register)) == ([1], [])
    with house.refused("no_right", action="undo_any"):
        undo(house, other.register)
    with house.refused("no_right", action="undo_any"):
        undo(house, own.register, "VERA")
    house.pass_time(days=1)
    with house.refused("no_right", action="undo_any"):
        undo(house, own.register)
    undo(house, own.register, "SUE")


def test_without_undo_ones_own_postings_stay(house: Warehouse) -> None:
    house.keep(Role("operator", ("adjust",)))
    own = house.adjust("W-01 1000 1", reason="FOUND")

    assert offered(house, own.register) == []
    with house.refused("no_right", action="undo"):
        undo(house, own.register)


def test_another_location_than_the_operators_is_not_his_to_undo(house: Warehouse) -> None:
    found = house.adjust("EAST 1000 1", reason="FOUND")
    house.locations("ANNA", SILVER)

    with house.refused("not_your_location", location=EAST):
        undo(house, found.register)


def test_counting_38_an_open_count_is_asked_about(house: Warehouse) -> None:
    house.freeze("warn")
    found = house.adjust("W-01 1000 2", reason="FOUND")
    journal = house.open_count("W-01")

    with house.refused("bin_in_count", document=journal):
        undo(house, found.register)
    undo(house, found.register, yes=("bin_in_count",))


def shipped(house: Warehouse, *texts: str, take_of: int) -> tuple[str, str, Posted]:
    """Order goods, pick so much of the first line and post it: order, pick, posting."""
    order = ordered(house, *texts)
    pick = make_pick(house, order)
    house.do(open_pick, pick, "PIA")
    take(house, pick, 1, take_of)
    return order, pick, house.do(post_pick, PostPick(pick), "PIA")


def test_led_37_an_undone_pick_gives_its_goods_back_to_the_bins_and_its_quantity_to_the_order(house: Warehouse) -> None:
    house.stock("W-02 1000 4", at="2")
    order = ordered(house, "1000 8")
    pick = make_pick(house, order)
    house.do(open_pick, pick, "PIA")
    take(house, pick, 1, 5)
    take(house, pick, 2, 3)
    posted = house.do(post_pick, PostPick(pick), "PIA")
    house.pass_time(days=1)

    undo(house, posted.register, "SUE")

    back = last(house)
    assert house.lying() == ["W-01 1000 5", "W-02 1000 4"]
    assert (back.entry_type, back.qty, back.document_no, back.order_no) == ("sale", 8, posted.document, order)
    assert back.posting_date == house.entries()[-2].posting_date != house.now.date()
    line = house.one(OrderLine, order, 1)
    assert line is not None
    assert line.outstanding_base == 8
    assert make_pick(house, order)


def test_doc_70_a_correction_line_stands_under_the_posted_line(house: Warehouse) -> None:
    _, _, posted = shipped(house, "1000 5", take_of=5)

    undo(house, posted.register, "PIA")

    lines = house.ask(lambda books: lines_of_document(books.records, posted.document))
    assert [(line.qty, line.corrects, line.item_entry) for line in lines] == [
        (5, 0, posted.entries[0]),
        (-5, 1, last(house).id),
    ]


def test_led_37_an_open_pick_of_the_line_blocks_the_undo(house: Warehouse) -> None:
    order, pick, posted = shipped(house, "1000 5", take_of=3)

    with house.refused("cannot_undo", document=pick):
        undo(house, posted.register, "PIA")
    house.do(delete_pick, pick, "SUE")
    undo(house, posted.register, "PIA")

    line = house.one(OrderLine, order, 1)
    assert line is not None
    assert line.outstanding_base == 5


def test_at_the_desk_one_line_of_a_shipment_is_undone(house: Warehouse) -> None:
    house.stock("W-02 LOTS lot L2 3")
    house.item("FREIGHT", type="service")
    order = ordered(house, "W-01 1000 5", "W-02 LOTS lot L2 3", "FREIGHT 1")
    posted = house.do(post_order, PostOrder(order), SYSTEM.code)

    house.do(undo_posting, UndoPosting(posted.register, order_line=2), SYSTEM.code)

    assert (house.lying(), house.lying("LOTS")) == ([], ["W-01 LOTS lot L1 3", "W-02 LOTS lot L2 3"])
    lines = house.ask(lambda books: lines_of_document(books.records, posted.document))
    assert [line.order_line for line in lines if line.corrects] == [2]
    with house.refused("undone_before"):
        house.do(undo_posting, UndoPosting(posted.register, order_line=2), SYSTEM.code)


def test_doc_71_what_is_invoiced_is_not_undone(house: Warehouse) -> None:
    order = ordered(house, "W-01 1000 5")
    posted = house.do(post_order, PostOrder(order, is_invoiced=True), SYSTEM.code)

    with house.refused("invoiced"):
        undo(house, posted.register, "SUE")


def test_a_receipt_is_undone_while_its_goods_are_there(house: Warehouse) -> None:
    order = ordered(house, "W-03 1000 6", kind="purchase_order")
    posted = house.do(post_order, PostOrder(order), SYSTEM.code)
    assert house.lying() == ["W-01 1000 5", "W-03 1000 6"]

    undo(house, posted.register, "SUE")

    assert (house.lying(), last(house).entry_type, last(house).qty) == (["W-01 1000 5"], "purchase", -6)


def test_a_change_of_the_books_alone_is_no_posting_to_undo(house: Warehouse) -> None:
    (first, *_) = {row.id for row in house.audits("") if row.record_type == "item"}

    with house.refused("cannot_undo", why="nothing"):
        undo(house, register_of(first), SYSTEM.code)


def test_the_number_of_an_undo_is_told_apart_from_what_it_undid(house: Warehouse) -> None:
    found = house.adjust("W-01 1000 2", reason="FOUND")

    undone = undo(house, found.register)

    assert shown(undone.register) != undone.document == shown(found.register)
