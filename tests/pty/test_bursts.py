"""Scans as fast as a line carries them, with bytes that would act on a terminal inside (SCN-10..16; SAF-40; T-17).

Each is one row of the scan journal, in order, its bytes unchanged; nothing in it is obeyed; the next scan is answered.
"""

from pathlib import Path

import pytest

from tests.pty.operating import Floor, ScanningHand, posted, scanned
from tests.pty.warehouse import LONG_BIN, PINS

pytestmark = pytest.mark.slow

CONTROLS = [bytes([code]) for code in (*range(0x20), 0x7F) if bytes([code]) not in b"\t\n\r"]
KEYS = [b"\x1bOP", b"\x1bOS", b"\x1b[15~", b"\x1b[19~", b"\x1b[21~", b"\x1b[[A", b"\x1b[A", b"\x1b[200~", b"\x1b[3"]
ORDERS = [
    b"\x1b]0;title\x07",
    b"\x1b[2J",
    b"\x1bc",
    b"\xc2\x9b2J",
    "\N{RIGHT-TO-LEFT OVERRIDE}".encode(),
    b"[@click=app.quit]x[/]",
]
NO_UTF8 = [b"\xff", b"\x9b2J", b"\xc3", b"\xe2\x82", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"]
INSIDE = [*CONTROLS, *KEYS, *ORDERS, *NO_UTF8, "é€\N{PACKAGE}".encode(), b"7" * 600]
HOSTILE = [b"S%03d" % number + inside + b"END" for number, inside in enumerate(INSIDE)]


def burst(scans: list[bytes], end: bytes = b"\r") -> bytes:
    return b"".join(scan + end for scan in scans)


def at_job(floor: Floor, digit: int, *labels: str) -> ScanningHand:
    """Sign in and stand in a job of the menu, so many answers further."""
    floor.sign_in("OTTO")
    hand = ScanningHand(floor)
    hand.see("7 Adjust", "SCAN>")
    hand.digit(digit)
    hand.see({6: "DOC>", 7: "BIN>", 8: "LOOKUP"}[digit])
    for label in labels:
        hand.give(label)
    return hand


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t"])
def test_every_scan_of_one_write_is_one_row_and_the_next_is_answered(database: Path, end: bytes) -> None:
    with Floor(database) as floor:
        at_job(floor, 8)
        floor.output()
        floor.send(burst(HOSTILE, end))
        floor.send(burst([b"I:1001"], end))
        floor.see("LOOKUP", "1001 Bicycle", "On hand 40 PCS")
        assert b"\x1b]" not in floor.output()

    assert [raw for raw, _ in scanned(database)[-len(HOSTILE) - 1 :]] == [*HOSTILE, b"I:1001"]


def test_three_in_one_write_are_answered_one_by_one(database: Path) -> None:
    with Floor(database) as floor:
        hand = at_job(floor, 7)
        floor.send(burst([b"B:W-01", b"I:1002", b"L:L1"]))
        hand.see("BIN W-01", "1002 Brake pad", "LOT L1", "1 2>")

    assert scanned(database)[-3:] == [(raw, "accepted") for raw in (b"B:W-01", b"I:1002", b"L:L1")]


def test_in_a_job_the_first_is_refused_and_the_others_are_told_ignored(database: Path) -> None:
    with Floor(database) as floor:
        hand = at_job(floor, 7, "B:W-01")
        hand.see("BIN W-01", "ITEM>")
        floor.send(burst(HOSTILE))
        hand.see("REFUSED", f"{len(HOSTILE) - 1} scans ignored", "Enter=go on>")
        hand.enter()
        hand.see("BIN W-01", "ITEM>")
        hand.give("I:1001")
        hand.see("1001", "1 2>")

    assert scanned(database)[-len(HOSTILE) - 1 :] == [
        (HOSTILE[0], "refused"),
        *((raw, "ignored") for raw in HOSTILE[1:]),
        (b"I:1001", "accepted"),
    ]


def test_at_a_summary_no_scan_posts_and_none_is_lost(database: Path) -> None:
    scans = [*HOSTILE, b"%%OK", b"I:1001", b"B:W-02", b"3*", b"%%QTY=2"]

    with Floor(database) as floor:
        hand = at_job(floor, 7, f"B:{LONG_BIN}", "I:1001")
        hand.see("1001", "1 2>")
        hand.digit(1)
        hand.see("QTY>")
        hand.count(2, "I:1001")
        hand.see("WHY>")
        hand.digit(1)
        hand.see("Post? Enter", "ENTER>")
        floor.send(burst(scans))
        hand.see("Post? Enter", "next scan counts 2", "ENTER>")

    assert [raw for raw, _ in scanned(database)[-len(scans) :]] == scans
    assert posted(database) == []


def test_at_a_question_scans_wait_and_are_answered_after_it(database: Path) -> None:
    with Floor(database) as floor:
        hand = at_job(floor, 6, "B:W-02", "I:1001")
        hand.see("1001 Bicycle", "QTY>")
        hand.number("2")
        hand.see("Not expected. Add? Enter", "?>")
        floor.send(burst(HOSTILE))
        floor.send(b"\x1b")
        hand.see("REFUSED", f"{len(HOSTILE) - 1} scans ignored", "Enter=go on>")
        hand.enter()
        hand.see("1001 Bicycle", "QTY>")

    assert scanned(database)[-len(HOSTILE) :] == [(HOSTILE[0], "refused"), *((raw, "ignored") for raw in HOSTILE[1:])]


@pytest.mark.parametrize("inside", ["é€\N{PACKAGE}".encode(), b"\x1b[19~", b"\x1bOP\x1d\xff"])
def test_a_scan_is_the_same_wherever_its_reads_are_cut(database: Path, inside: bytes) -> None:
    scans = [b"C%03d" % cut + inside + b"END" for cut in range(len(inside) + 1)]

    with Floor(database, columns=80, rows=24) as floor:
        at_job(floor, 8)
        for cut, scan in enumerate(scans):
            floor.send(scan[: 4 + cut])
            floor.see(f">C{cut:03}")
            floor.send(scan[4 + cut :] + b"\r")
        floor.send(burst([b"I:1001"]))
        floor.see("1001 Bicycle")

    assert [raw for raw, _ in scanned(database)[-len(scans) - 1 :]] == [*scans, b"I:1001"]


def test_what_is_scanned_before_the_program_has_started_is_answered(database: Path) -> None:
    with Floor(database) as floor:
        floor.send(burst([b"U:OTTO"]))
        floor.see("PIN>")
        floor.type(PINS["OTTO"])
        floor.see("7 Adjust", "SCAN>")

    assert scanned(database) == [(b"U:OTTO", "accepted"), (b"", "accepted")]


def test_half_a_scan_is_thrown_away_with_the_line(database: Path) -> None:
    with Floor(database) as floor:
        at_job(floor, 8)
        floor.send(b"I:10")
        floor.see(">I:10")
        floor.hang_up()
        assert floor.exit_status() == 129

    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Resume")
        floor.send(b"\r")
        floor.see("LOOKUP", "SCAN>")
        floor.send(b"ZZ\r")
        floor.see("Read ZZ: unknown")

    assert [raw for raw, _ in scanned(database)] == [b"OTTO", b"", b"8", b"OTTO", b"", b"ZZ"]
