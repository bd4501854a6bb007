"""Trouble with the database of a running terminal (SAF-08, 09; T-06): nothing is lost, and cured it goes on."""

import resource
from pathlib import Path

import pytest

from tests.pty.operating import Floor, ScanningHand, hang_up, locked, posted, scanned, taken_up

pytestmark = pytest.mark.slow


def at_summary(floor: Floor) -> ScanningHand:
    """Sign in and find two pieces, up to the Enter that posts them."""
    floor.sign_in("OTTO")
    floor.send(b"7\rB:W-01\rI:1001\r")
    hand = ScanningHand(floor)
    hand.see("1 2>")
    for text, seen in ("1", "QTY>"), ("2", "WHY>"), ("1", "Post? Enter"):
        hand.number(text)
        hand.see(seen)
    return hand


def limit_files(floor: Floor, size: int) -> None:
    """Let the program write no file beyond a size, as a full disk would not."""
    _, hard = resource.prlimit(floor.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(floor.process.pid, resource.RLIMIT_FSIZE, (size, hard))


def test_a_database_that_is_busy_for_a_moment_is_waited_for(database: Path) -> None:
    with Floor(database) as floor:
        hand = at_summary(floor)
        with locked(database):
            hand.enter()
            hand.see("Posting")
            hand.give("B:W-02")
        hand.see("BIN W-02", "ITEM>")

    assert posted(database) == ["1001 2 FOUND"]
    assert scanned(database)[-1] == (b"B:W-02", "accepted")


def test_a_database_that_stays_busy_is_told_and_the_input_is_kept(database: Path) -> None:
    with Floor(database) as floor:
        hand = at_summary(floor)
        with locked(database):
            hand.enter()
            hand.see("Posting")
            floor.send(b"I:1001\rI:1002\r")
            hand.see("REFUSED", "Not posted: busy. Try again", "2 scans ignored")
        hand.enter()
        hand.see("Post? Enter", "ENTER>")
        hand.enter()
        hand.see("Posted as", "BIN>")

    assert posted(database) == ["1001 2 FOUND"]
    assert scanned(database)[-2:] == [(b"I:1001", "ignored"), (b"I:1002", "ignored")]


def test_a_line_dropped_while_it_waits_for_the_database_posts_nothing(database: Path) -> None:
    with Floor(database) as floor:
        hand = at_summary(floor)
        with locked(database):
            hand.enter()
            hand.see("Posting")
            hang_up(floor)
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Not posted", "Resume", "?>")
        floor.send(b"\r")
        floor.see("Post? Enter", "ENTER>")

    assert posted(database) == []


def test_a_full_disk_is_told_and_it_posts_when_there_is_room_again(database: Path) -> None:
    with Floor(database) as floor:
        hand = at_summary(floor)
        limit_files(floor, 1)
        hand.enter()
        hand.see("REFUSED", "Not posted: disk full or failing", "Enter=go on>")
        hand.give("I:1001")
        hand.see("REFUSED", "1 scan ignored")
        limit_files(floor, resource.RLIM_INFINITY)
        hand.enter()
        hand.see("Post? Enter", "ENTER>")
        hand.enter()
        hand.see("Posted as", "BIN>")

    assert posted(database) == ["1001 2 FOUND"]
    assert scanned(database)[-1] == (b"I:1001", "ignored")


def test_a_line_dropped_while_the_disk_is_full_leaves_the_work(database: Path) -> None:
    with Floor(database) as floor:
        at_summary(floor)
        limit_files(floor, 1)
        hang_up(floor)
    with taken_up(database) as floor:
        floor.see("Post? Enter", "ENTER>")

    assert posted(database) == []
