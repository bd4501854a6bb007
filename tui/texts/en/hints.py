"""What each prompt wants, with an example: the answer of F1 (floor-flows.md 2)."""

from __future__ import annotations

from tui.texts.wording import Text

HINTS: dict[str, Text] = {
    "hint.menu": "Digit of a job, or scan a label",
    "hint.document": "Scan the document, or its digit",
    "hint.bin": "Scan a bin label, as B:W-01-0001",
    "hint.item": "Scan the item or type its number: 1000",
    "hint.lot": "Scan or type the lot number: L1",
    "hint.serial": "Scan or type the serial number: SN1",
    "hint.package": "Scan the package label or its SSCC",
    "hint.expiry": "Day 310127, month 0127 or 2027-01-31",
    "hint.qty": "Type 12, 1.5 or 3 BOX, or scan pieces",
    "hint.place": "Scan the bin where you put it",
    "hint.sign": "1 if more is there, 2 if less",
    "hint.change": "Digit of what is to change",
    "hint.new": "Scan or type the new value",
    "hint.reason": "Digit of the reason",
    "hint.question": "Enter, 1 or Esc, as the question says",
    "hint.finish": "F2 shows the summary, Esc goes back",
    "hint.summary": "Enter posts what stands here, Esc not",
    "hint.who": "Scan your badge or type your code",
    "hint.pin": "Type your PIN, 6 to 12 digits",
    "hint.location": "Scan the location label, or its digit",
    "hint.text": "Scan or type the text",
}
