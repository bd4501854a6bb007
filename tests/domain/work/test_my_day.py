"""Own postings of the day, what one posting did, work left open (floor-flows.md, My day)."""

from datetime import UTC, datetime
from decimal import Decimal

from domain.orders.documents import OrderLine
from domain.site import Operator, SiteHead
from domain.work.activities import Activity, ActivityLine
from domain.work.claims import claim
from domain.work.my_day import (
    LeftOpen,
    counts_left_open,
    picks_left_open,
    posting_named,
    posting_seen,
    postings_of_the_day,
)
from domain.work.stock_changes import StockChange
from domain.work.undoing import UndoPosting, undo_posting
from tests.domain.notation import EAST, SILVER, Warehouse


def of_today(house: Warehouse, by: str) -> list[tuple[str, int]]:
    rows = house.ask(lambda books: postings_of_the_day(books, house.situation(books, by)))
    return [(row.posted.document, row.posted.lines) for row in rows]


def test_own_postings_are_listed_newest_first_by_the_name_their_answer_gave_them(house: Warehouse) -> None:
    house.item("1000")
    adjusted = house.adjust("W-01 1000 5", by="SUE")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 5")
    posted = house.post_count(count)

    assert of_today(house, "SUE") == [(posted.document, 1), (adjusted.document, 1)]


def test_postings_of_others_and_changes_of_master_data_are_not(house: Warehouse) -> None:
    house.item("1000")
    house.adjust("W-01 1000 5", by="SUE")

    assert of_today(house, "ANNA") == []


def test_the_day_is_the_local_one(house: Warehouse) -> None:
    house.item("1000")
    house.keep(SiteHead(timezone="Europe/Copenhagen"))
    house.now = datetime(2026, 3, 5, 22, 30, tzinfo=UTC)
    house.adjust("W-01 1000 5")
    house.now = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    house.adjust("W-01 1000 5")

    assert len(of_today(house, "ANNA")) == 1
    assert {entry.posting_date.day for entry in house.entries()} == {5, 6}


def test_saf_25_an_operator_without_any_right_is_told_nothing(house: Warehouse) -> None:
    house.item("1000")
    house.adjust("W-01 1000 5")
    house.keep(Operator("ANNA", role="", locations=(SILVER,)))

    with house.refused("no_right", action="look"):
        of_today(house, "ANNA")


def test_what_was_undone_is_marked_and_its_undo_is_a_posting_of_the_day(house: Warehouse) -> None:
    house.item("1000")
    posted = house.adjust("W-01 1000 5")
    undone = house.do(undo_posting, UndoPosting(posted.register))

    rows = house.ask(lambda books: postings_of_the_day(books, house.situation(books)))

    assert [(row.posted.id, row.posted.source, row.is_undone) for row in rows] == [
        (undone.register, "undo", False),
        (posted.register, "adjustment", True),
    ]


def test_a_posting_tells_what_it_did_in_bins_or_at_the_location(house: Warehouse) -> None:
    house.item("LOTS", tracking="LOT")
    in_bin, at_east = house.adjust("W-01 LOTS lot L1 5"), house.adjust("EAST LOTS lot L2 3")

    seen = [house.do(posting_seen, posted.register) for posted in (in_bin, at_east)]

    assert [one.changes for one in seen] == [
        (StockChange(SILVER, "W-01", "LOTS", "", "L1", Decimal(5)),),
        (StockChange(EAST, "", "LOTS", "", "L2", Decimal(3)),),
    ]


def test_a_count_tells_every_line_with_its_figure_and_undoes_the_differences(house: Warehouse) -> None:
    house.item("1000")
    house.item("1001")
    house.stock("W-01 1000 5", "W-01 1001 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 5", "W-01 1001 3")

    seen = house.do(posting_seen, house.post_count(count).register, "SUE")

    assert seen.changes == (
        StockChange(SILVER, "W-01", "1001", "", "", Decimal(-2), Decimal(3)),
        StockChange(SILVER, "W-01", "1000", "", "", Decimal(0), Decimal(5)),
    )
    assert seen.to_undo == seen.changes[:1]


def test_a_posting_of_somebody_else_is_seen_by_who_may_undo_it(house: Warehouse) -> None:
    house.item("1000")
    posted = house.adjust("W-01 1000 5", by="SUE")
    others = house.adjust("W-01 1000 5")

    with house.refused("no_right", action="undo_any"):
        house.do(posting_seen, posted.register)
    assert house.do(posting_seen, others.register, "SUE").to_undo


def test_a_supervisor_finds_any_posting_by_its_name(house: Warehouse) -> None:
    house.item("1000")
    adjusted = house.adjust("W-01 1000 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 4")
    counted = house.post_count(count)

    assert house.do(posting_named, adjusted.document, "SUE").posted.id == adjusted.register
    assert house.do(posting_named, count.lower(), "SUE").posted.id == counted.register
    for name in ("1-999", "C99", "9999999-1", "1-1-1", house.open_count("W-02")):
        with house.refused("unknown", code=name):
            house.do(posting_named, name, "SUE")


def test_counts_left_open_are_ones_own_with_how_far_they_are_oldest_first(house: Warehouse) -> None:
    house.item("1000")
    house.item("1001")
    house.stock("W-01 1000 5", "W-01 1001 5", "W-02 1000 5", "W-03 1000 5")
    second, first = house.open_count("W-02"), house.open_count("W-01", by="ANNA")
    house.pass_time(minutes=1)
    third = house.open_count("W-03", by="ANNA")
    house.count(first, "W-01 1000 5", by="ANNA")

    left = house.do(counts_left_open, SILVER, "ANNA")

    assert left == [LeftOpen(first, "W-01", 1, 2), LeftOpen(third, "W-03", 0, 1)]
    house.count(second, "W-02 1000 5")
    house.finish(second)
    assert house.do(counts_left_open, SILVER, "PIA") == []


def test_picks_left_open_are_those_the_operator_has(house: Warehouse) -> None:
    lines = [ActivityLine("P1", no, "take", SILVER, "1000", no, qty=Decimal(2)) for no in (10000, 20000, 30000)]
    taken = ActivityLine("P1", 40000, "take", SILVER, "1000", 40000, qty=Decimal(2), qty_to_handle=Decimal(2))
    picks = [Activity(no, "pick", is_inventory=True, location=SILVER, order="S-1") for no in ("P1", "P2")]
    wanted = [OrderLine("S-1", line.line_no, "1000", line.qty, line.qty) for line in (*lines, taken)]
    house.keep(*picks, *lines, taken, *wanted)
    house.do(claim, "P1", "PIA")
    house.do(claim, "P2", "ANNA")

    assert house.do(picks_left_open, SILVER, "PIA") == [LeftOpen("P1", "S-1", 1, 4)]
    assert house.do(picks_left_open, EAST, "PIA") == []
