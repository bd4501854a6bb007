"""Log in, lock, unlock, log off (floor-flows.md 17, 18; SAF-22..24, 29): what a refusal leaves outlives the process."""

from pathlib import Path

import pytest

from tests.cli.program import aisle
from tests.pty.operating import HANDS, Floor, Hand, ScanningHand, audited, every_size, kill, scanned
from tests.pty.warehouse import PINS, lock_after

pytestmark = pytest.mark.slow

WRONG = "135792"


def log_in(hand: Hand, badge: str, operator: str) -> None:
    """Name somebody, mistype the PIN, begin anew."""
    hand.see("Scan your badge or type your code", "WHO>")
    hand.give(badge)
    hand.see("PIN>")
    hand.number(WRONG)
    hand.see("REFUSED", "Unknown operator or PIN")
    hand.give(badge)
    hand.see("PIN>")
    hand.number(PINS[operator])


def log_off(hand: Hand) -> None:
    hand.command("back")
    hand.see("Log off? 1=yes", "?>")
    hand.enter()
    hand.see("8 Lookup", "SCAN>")
    hand.command("back")
    hand.see("Log off? 1=yes", "?>")
    hand.digit(1)


@every_size
def test_log_in_by_keys_and_by_scans(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        for work in HANDS.values():
            hand = work(floor)
            log_in(hand, "B1", "OTTO")
            hand.see("7 Adjust", "SCAN>")
            log_off(hand)
            log_in(hand, "U:SARA", "SARA")
            hand.see("1 P", "2 SHOP", "LOC>[P]")
            hand.enter()
            hand.see("8 Lookup", "SCAN>")
            hand.give("SHOP")
            hand.see("You work at SHOP", "SCAN>")
            log_off(hand)
        hand.see("WHO>")
        assert not any(PINS[who] in floor.text for who in PINS)
        floor.send(b"\x1b")
        assert floor.exit_status() == 0
        assert b"\x1b[?1049l" in floor.output()

    assert not {*map(str.encode, PINS.values()), WRONG.encode()} & {raw for raw, _ in scanned(database)}


def test_wrong_pins_are_counted_over_kill_9_until_somebody_unlocks(database: Path) -> None:
    for _ in range(5):
        with Floor(database) as floor:
            floor.send(b"OTTO\r")
            floor.see("PIN>")
            floor.type(WRONG)
            floor.see("REFUSED", "Unknown operator or PIN")
            kill(floor)

    with Floor(database, terminal="t2") as floor:
        floor.sign_in("OTTO")
        floor.see("REFUSED", "Locked until")
        assert aisle(database.parent, "operator", "unlock", "OTTO", "--reason", "new gloves").returncode == 0
        floor.send(b"OTTO\r")
        floor.see("PIN>")
        floor.type(PINS["OTTO"])
        floor.see("7 Adjust", "SCAN>")


def test_a_right_denied_is_in_the_trail_although_the_process_is_killed(database: Path) -> None:
    with Floor(database) as floor:
        floor.sign_in("PAT")
        floor.see("6 Count", "8 Lookup", "SCAN>")
        assert "Adjust" not in floor.text
        floor.send(b"7")
        floor.see("REFUSED", "No right to adjust")
        kill(floor)
    with Floor(database) as floor:
        floor.sign_in("PAT")
        floor.see("6 Count", "SCAN>")
        floor.send(b"SHOP\r")
        floor.see("REFUSED", "Not your location: SHOP")
        kill(floor)

    assert audited(database, "no_right") == [("PAT", "adjust")]
    assert audited(database, "not_your_location") == [("PAT", "SHOP")]


def test_a_locked_terminal_takes_the_pin_and_nothing_else(database: Path) -> None:
    lock_after(database, seconds=5)
    with Floor(database) as floor:
        hand = ScanningHand(floor)
        floor.sign_in("OTTO")
        floor.send(b"7\rB:W-01\rI:1001\r")
        hand.see("Locked: PIN of OTTO", "PIN>")
        hand.give("I:1001")
        hand.see("REFUSED", "That is a barcode. Type the PIN")
        hand.number(PINS["OTTO"])
        hand.see("BIN W-01", "1001 Bicycle", "1 2>")
        hand.see("Locked: PIN of OTTO", "PIN>")
        hand.command("back")
        hand.see("Log off? 1=yes", "?>")
        hand.digit(1)
        floor.sign_in("PAT")
        hand.see("6 Count", "SCAN>")

    lock_after(database, seconds=600)
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Resume", "?>")
        floor.send(b"\r")
        floor.see("BIN W-01", "1001 Bicycle", "1 2>")
