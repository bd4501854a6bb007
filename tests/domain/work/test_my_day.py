"""Own postings of the day (floor-flows.md, My day)."""

from datetime import UTC, datetime
from decimal import Decimal

from domain.site import Operator, SiteHead
from domain.work.adjusting import post_adjustment
from domain.work.my_day import PostedLine, counts_left_open, lines_posted, postings_of_the_day
from tests.domain.notation import SILVER, Warehouse, adjustment


def of_today(house: Warehouse, by: str) -> list[tuple[str, int]]:
    rows = house.ask(lambda books: postings_of_the_day(books, house.situation(books, by)))
    return [(row.document, row.lines) for row in rows]


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


def test_a_posting_tells_its_lines_in_bins_or_at_the_location(house: Warehouse) -> None:
    house.item("LOTS", tracking="LOT")
    in_bin = house.adjust("W-01 LOTS lot L1 5")
    at_east = house.do(post_adjustment, adjustment("EAST LOTS lot L2 3"), "ANNA")

    assert house.do(lines_posted, in_bin.document) == [PostedLine("W-01", "LOTS", "", "L1", Decimal(5))]
    assert house.do(lines_posted, at_east.document) == [PostedLine("", "LOTS", "", "L2", Decimal(3))]


def test_a_count_tells_every_line_with_its_figure(house: Warehouse) -> None:
    house.item("1000")
    house.item("1001")
    house.stock("W-01 1000 5", "W-01 1001 5")
    count = house.open_count("W-01")
    house.count(count, "W-01 1000 5", "W-01 1001 3")
    house.post_count(count)

    assert house.do(lines_posted, count, "SUE") == [
        PostedLine("W-01", "1001", "", "", Decimal(-2), Decimal(3)),
        PostedLine("W-01", "1000", "", "", Decimal(0), Decimal(5)),
    ]


def test_counts_left_open_are_ones_own_with_how_far_they_are_oldest_first(house: Warehouse) -> None:
    house.item("1000")
    house.item("1001")
    house.stock("W-01 1000 5", "W-01 1001 5", "W-02 1000 5", "W-03 1000 5")
    second, first = house.open_count("W-02"), house.open_count("W-01", by="ANNA")
    house.pass_time(minutes=1)
    third = house.open_count("W-03", by="ANNA")
    house.count(first, "W-01 1000 5", by="ANNA")

    left = house.do(counts_left_open, SILVER, "ANNA")

    assert [(row.journal.no, row.counted, row.lines) for row in left] == [(first, 1, 2), (third, 0, 1)]
    house.count(second, "W-02 1000 5")
    house.finish(second)
    assert house.do(counts_left_open, SILVER, "PIA") == []


def test_a_posting_of_somebody_else_is_not_told(house: Warehouse) -> None:
    house.item("1000")
    posted = house.adjust("W-01 1000 5", by="SUE")

    with house.refused("unknown", code=posted.document):
        house.do(lines_posted, posted.document)
