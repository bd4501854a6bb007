"""Every raw scan is kept with what became of it (decision 26; SCN-104)."""

import pytest

from domain.people.books import ScanRecord
from storage import verify
from tests.tui.session.hand import Floor


def last(floor: Floor) -> ScanRecord:
    return floor.scans()[-1]


def test_an_accepted_scan_tells_who_where_when_and_what_it_was_read_as(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7")

    hand.scans("B:W-01")

    scan = last(floor)
    assert (scan.terminal, scan.operator, scan.location, scan.at) == ("T1", "ANNA", "SILVER", floor.house.now)
    assert (scan.source, scan.raw, scan.prompt) == ("scanned", b"B:W-01", "bin")
    assert (scan.outcome, scan.code, scan.register) == ("accepted", "", 0)
    assert scan.reading == '{"kind": "bin", "facts": {"code": "W-01"}, "step": "prefix"}'


def test_scans_are_numbered_from_1_without_a_hole_also_over_several_log_ins(floor: Floor) -> None:
    floor.at_work().scans("1000", "nowhere")
    floor.alive.clear()
    floor.at_work().scans("1000")

    assert [scan.no for scan in floor.scans()] == list(range(1, len(floor.scans()) + 1))


def test_the_enter_key_alone_is_no_scan(floor: Floor) -> None:
    hand = floor.hand()
    before = len(floor.scans())

    hand.types("")

    assert len(floor.scans()) == before


def test_an_unreadable_scan_keeps_the_error_of_the_reader(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7")

    hand.scans("4012345678902")

    assert (last(floor).outcome, last(floor).code, last(floor).reading) == (
        "refused",
        "unreadable",
        '{"error": "E_CHECK", "error_facts": {"read": "2", "should": "1"}, "step": "digits"}',
    )


def test_the_scan_whose_answer_posts_names_the_register_and_those_held_behind_it_do_not(floor: Floor) -> None:
    floor.house.freeze("warn")
    floor.house.open_count("W-01", by="SUE")
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("1", "2", "2")
    hand.presses("ok")
    hand.scans("W-02", "1001")

    hand.types("1")

    posted = floor.house.entries()[-1].id >> 20
    assert [(scan.raw, scan.register) for scan in floor.scans()[-3:]] == [(b"1", posted), (b"W-02", 0), (b"1001", 0)]


@pytest.mark.parametrize("source", ["scanned", "keyed"])
def test_the_source_is_kept(floor: Floor, source: str) -> None:
    hand = floor.at_work()

    (hand.scans if source == "scanned" else hand.types)("1000")

    assert last(floor).source == source


def test_double_reads_are_kept_as_ignored(floor: Floor) -> None:
    hand = floor.at_work()
    hand.types("7")
    hand.scans("W-01", "1000")
    hand.types("1")

    hand.scans("1000")
    hand.scans("1000", apart=0.4)

    assert hand.told == "repeat_ignored"
    assert (last(floor).outcome, last(floor).code) == ("ignored", "repeat_ignored")
    assert verify(floor.house.store) == []
