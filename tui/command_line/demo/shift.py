"""The shift that `aisle demo --play` plays: who does what, and where his terminal must stand afterwards.

`do` is `scan TEXT`, `type TEXT`, `key NAME`, `drop` or `connect`; `then` is a prompt, `?question` or `!refusal`.
"""

from __future__ import annotations

from dataclasses import dataclass

KEYS = {"enter": "\r", "esc": "\x1b", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS"}
ANNA, PETER, SARA = "demo-1", "demo-2", "demo-3"


@dataclass(frozen=True, slots=True)
class Step:
    """One act at one terminal."""

    terminal: str
    do: str
    then: str
    says: str = ""
    """What the player tells about it; "" goes on under what was told before."""


def _signs_in(terminal: str, name: str, pin: str, *, then: str = "menu", homes: int = 1) -> list[Step]:
    typed = [
        Step(terminal, "connect", "who", f"{name.title()} logs in"),
        Step(terminal, f"type {name}\r", "pin"),
        Step(terminal, f"type {pin}\r", "location" if homes > 1 else then),
    ]
    return [*typed, Step(terminal, "key enter", then)] if homes > 1 else typed


SHIFT = [
    *_signs_in(ANNA, "ANNA", "314159", homes=2),
    Step(ANNA, "type 6", "document", "Count a bin blind: nobody is told what the books say"),
    Step(ANNA, "scan B:N-02-02", "item"),
    Step(ANNA, "scan 09506000001272", "lot", "The barcode of the coffee"),
    Step(ANNA, "scan L:COF-2611", "qty"),
    Step(ANNA, "type 82\r", "qty", "82, not what was expected: recount please"),
    Step(ANNA, "type 82\r", "item", "82 again: taken"),
    Step(ANNA, "scan 2002", "lot"),
    Step(ANNA, "scan L:TEA-0418", "qty"),
    Step(ANNA, "type 40\r", "item"),
    Step(ANNA, "key f2", "summary", "F2 opens the summary, Enter finishes"),
    Step(ANNA, "key enter", "document"),
    Step(ANNA, "key esc", "menu"),
    Step(ANNA, "type 7", "bin", "Adjust: one spanner is broken"),
    Step(ANNA, "scan B:N-01-06", "item"),
    Step(ANNA, "scan 1107", "sign"),
    Step(ANNA, "type 2", "qty"),
    Step(ANNA, "type 1\r", "reason"),
    Step(ANNA, "type 1", "summary"),
    Step(ANNA, "key enter", "bin", "Posted"),
    Step(ANNA, "key esc", "?undo_ask", "Esc offers to undo it; not this time"),
    Step(ANNA, "key esc", "bin"),
    Step(ANNA, "key esc", "menu"),
    Step(ANNA, "type 5", "bin", "Move: the scan of the second bin posts"),
    Step(ANNA, "scan B:N-01-01", "item"),
    Step(ANNA, "scan 1003", "qty"),
    Step(ANNA, "type 500\r", "place"),
    Step(ANNA, "scan B:N-02-01", "bin", "Moved 500"),
    Step(ANNA, "key esc", "?undo_ask", "The wrong bin: Esc, Enter, and they are back"),
    Step(ANNA, "key enter", "bin"),
    Step(ANNA, "key esc", "menu"),
    Step(ANNA, "type 3", "document", "Pick: the list, or the scan of an order"),
    Step(ANNA, "scan O:SO-1001", "bin"),
    Step(ANNA, "scan B:N-01-05", "!wrong_bin", "The wrong bin is refused until it is seen"),
    Step(ANNA, "key enter", "bin"),
    Step(ANNA, "scan B:N-01-04", "item", "The right one"),
    Step(ANNA, "scan 1101", "qty"),
    Step(ANNA, "key enter", "item", "Enter takes all; the bin is asked once"),
    Step(ANNA, "scan 09506000001135", "qty", "The next is counted by scanning it"),
    Step(ANNA, "scan 09506000001135", "qty"),
    Step(ANNA, "scan 09506000001135", "qty"),
    Step(ANNA, "scan 09506000001135", "bin", "Full: the line ends by itself"),
    Step(ANNA, "drop", "who", "The line drops in the middle of the pick"),
    *_signs_in(ANNA, "ANNA", "314159", homes=2, then="question"),
    Step(ANNA, "key enter", "bin", "Resume: she stands where she stood"),
    Step(ANNA, "scan B:N-01-05", "item"),
    Step(ANNA, "scan 1105", "qty"),
    Step(ANNA, "key f3", "qty", "Short: only 3 of 4 are there"),
    Step(ANNA, "type 3\r", "reason"),
    Step(ANNA, "type 1", "question"),
    Step(ANNA, "key enter", "bin", "No count of the bin now"),
    Step(ANNA, "scan B:N-01-06", "item"),
    Step(ANNA, "scan 1108", "qty"),
    Step(ANNA, "key enter", "finish"),
    Step(ANNA, "key f2", "summary", "Ship and post"),
    Step(ANNA, "key enter", "document"),
    *_signs_in(PETER, "PETER", "271828"),
    Step(PETER, "type 3", "document", "Peter picks for the cafe, by lot"),
    Step(PETER, "scan O:SO-1002", "bin"),
    Step(PETER, "scan B:N-02-02", "item"),
    Step(PETER, "scan 2001", "lot"),
    Step(PETER, "scan L:COF-9999", "!not_here", "A lot that is not there is refused"),
    Step(PETER, "key enter", "lot"),
    Step(PETER, "scan L:COF-2611", "qty"),
    Step(PETER, "key enter", "bin"),
    Step(PETER, "scan B:N-02-03", "item", "He is called away in front of the next bin"),
    *_signs_in(SARA, "SARA", "161803", homes=2),
    Step(SARA, "type 3", "document", "Sara, a supervisor, takes his pick over"),
    Step(SARA, "scan O:SO-1002", "?take_ask"),
    Step(SARA, "type 1", "item", "What he accepted came along, his bin too"),
    Step(SARA, "scan 2003", "lot"),
    Step(SARA, "scan L:CHO-A7", "qty"),
    Step(SARA, "key enter", "item"),
    Step(SARA, "scan 2004", "lot"),
    Step(SARA, "scan L:RI-5501", "qty"),
    Step(SARA, "key enter", "finish"),
    Step(PETER, "scan 2003", "!taken_over", "Peter's next scan tells him"),
    Step(PETER, "key enter", "item"),
    Step(SARA, "key f2", "summary", "Sara ships it"),
    Step(SARA, "key enter", "document"),
    Step(SARA, "key esc", "?undo_ask", "Undo is offered here, too"),
    Step(SARA, "key esc", "document"),
]
