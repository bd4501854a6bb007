"""F9, learning a code and the scanner check at every size, with a scanner, digits and Enter alone."""

from pathlib import Path

import pytest

from tests.pty.operating import WORK_COLUMNS, Floor, ScanningHand, every_size, squeezed

pytestmark = pytest.mark.slow

LABEL = "]C10109521234000013" + "10LOT-2027-0001-ABCDE" + "\x1d" + "240MORE-OF-THE-ITEM-0123456789"


def page_for(hand: ScanningHand, *texts: str) -> None:
    """Enter turns the pages until each of these was read; on small screens a line may go on on the next page."""
    wanted = {squeezed(text) for text in texts}
    read = ""
    for _ in range(30):
        rows = [line[:WORK_COLUMNS] for line in hand.floor.lines]
        read += squeezed("".join(rows[1 : next(at for at, row in enumerate(rows) if row.startswith("SCAN>"))]))
        wanted -= {text for text in wanted if text in read}
        if not wanted:
            return
        hand.enter()
        hand.floor.see_another()
    pytest.fail(f"never shown: {wanted}")


@every_size
def test_a_code_is_explained_and_learned(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        hand = ScanningHand(floor)
        floor.sign_in("SARA")
        hand.see("LOC>")
        hand.enter()
        hand.see("8 Lookup")
        hand.give(LABEL)
        hand.see("REFUSED", "unknown")

        hand.command("explain")

        hand.see("LAST SCAN")
        page_for(
            hand,
            "]C1010952123400001310LOT-2027-0001-ABCDE",
            "<GS>240MORE-OF-THE-ITEM-0123456789",
            "item GTIN: 09521234000013",
            "lot: LOT-2027-0001-ABCDE",
            "]C1 GS1-128",
            "By rule 1, GS1 by its mark",
            "scanned, refused at menu: unknown",
            "1 Learn this code",
        )
        hand.digit(1)
        hand.see("LEARN CODE", "scan its item")
        hand.give("I:1001")
        hand.see("which unit", "1 BOX = 6 PCS")
        hand.digit(2)
        hand.see("= BOX of 1001. Enter")
        hand.enter()
        hand.see("LAST SCAN", "from now on")
        hand.command("back")
        hand.see("8 Lookup")
        hand.give(LABEL)
        hand.see("1001 Bicycle")


@every_size
def test_the_scanner_check_tells_whether_separators_arrive(database: Path, columns: int, rows: int) -> None:
    with Floor(database, columns=columns, rows=rows) as floor:
        hand = ScanningHand(floor)
        floor.sign_in("PAT")
        for choice, digit in (("8 Lookup", 9), ("9 Session", 9), ("2 Scanner check", 2)):
            hand.see(choice)
            hand.digit(digit)
        hand.see("SCANNER CHECK", "Scan anything, or the test label")

        hand.give("]C190AISLE\x1d91TEST")
        hand.see("OK: the separator arrives", "]C190AISLE<GS>91TEST")
        page_for(hand, "No device profile: no test is kept")
        hand.give("]C190AISLE91TEST")

        hand.see("The separator is lost", "Set the scanner to send FNC1 as GS (29)")
