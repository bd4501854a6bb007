"""A hand that does what is asked or anything else, at any size, and whose terminal goes now and then (T-03, T-17).

Run with `pytest -m long tests/pty`.
"""

import signal
from pathlib import Path
from random import Random

import pytest

from tests.pty.operating import SIZES, Floor, posted
from tests.pty.terminal import KEYS_AT_ONCE, TYPING_S
from tests.pty.warehouse import GTIN, LONG_BIN, PINS

pytestmark = pytest.mark.long

LIVES, ACTIONS = 8, 100
LABELS = [
    *("B:W-01", "B:W-02", "B:K-1", "B:K-2", "B:S-3", f"B:{LONG_BIN}", "I:1001", "I:1002", "I:1003", "I:1004", GTIN),
    *("L:L1", "L:G1", "L:NEW", "S:SN1", "S:K1", "S:NEW", "U:SARA", "C1", "C2", "A1", "SHOP", "P", "nowhere"),
    *("%%OK", "%%BACK", "%%DONE", "%%SHORT", "%%NEXT", "%%FIND", "%%MENU", "%%EXPLAIN", "%%QTY=3", "3*"),
]
TYPED = ["1001", "L1", "2", "0", "10", "1.5", "99999", "0231", "3 BOX", "..", ".d", ".x", ".n", ".m", ".l", ".e", ".?"]
KEYS = [
    b"\x1b",
    b"\x7f",
    b"\x1b[A",
    *(b"\x1bO%c" % key for key in b"PQRS"),
    *(b"\x1b[%d~" % key for key in (15, 17, 19, 20)),
]
SENSIBLE = {
    "go on>": [""],
    "?>": ["", "1", "8"],
    "BIN>": ["B:W-01", "B:W-02", "B:K-1"],
    "ITEM>": ["I:1001", "I:1001", "I:1002", "I:1004", ".d"],
    "LOT>": ["L:L1", "L:NEW"],
    "SN>": ["S:K1", "S:K2", "S:NEW", ".."],
    "TO>": ["B:W-02", "B:K-3"],
    "1-6>": ["1", "2", "5", ".."],
    "NEW>": ["L:NEW", "2", "B:K-3", "S:NEW"],
    "1 2>": ["1", "2", "1", "2", ".."],
    "EXP>": ["0231"],
    "QTY>": ["1", "2", "10"],
    "WHY>": ["1", "2"],
    "ENTER>": [""],
    "DOC>": ["B:K-1", "B:W-01", "1", "..", ".."],
    "LOC>": [""],
    "WHO>": ["SARA", ""],
    "PIN>": [PINS["SARA"]],
    "6 Count": ["5", "6", "7", "7", "9"],
    "8 My day": ["1", "8", ".."],
    "SCAN>": [".."],
}
"""What a person answers, by what stands on the screen; Enter is an empty answer."""


def type_on(floor: Floor, text: str) -> None:
    """Type a line and Enter, whatever the screen says meanwhile."""
    line = f"{text}\r".encode()
    for begin in range(0, len(line), KEYS_AT_ONCE):
        floor.send(line[begin : begin + KEYS_AT_ONCE])
        floor.read_until_quiet(TYPING_S)


def act(floor: Floor, choose: Random) -> None:
    """Do one thing."""
    asked = next((answers for prompt, answers in SENSIBLE.items() if prompt in floor.text), [""])
    kind = choose.choices(["sense", "digit", "scan", "type", "key", "resize", "noise"], [70, 5, 8, 5, 5, 4, 3])[0]
    if kind == "sense":
        type_on(floor, choose.choice(asked))
    elif kind == "digit":
        floor.press(choose.choice("123456789678").encode())
    elif kind == "scan":
        floor.send("".join(f"{label}\r" for label in choose.choices(LABELS, k=choose.randint(1, 3))).encode())
    elif kind == "type":
        type_on(floor, choose.choice(TYPED))
    elif kind == "key":
        floor.press(choose.choice(KEYS))
    elif kind == "resize":
        floor.resize(*choose.choice(SIZES))
    else:
        floor.send(choose.randbytes(choose.randint(1, 20)) + b"\r")
    floor.read_until_quiet(0.08)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_pressed_nothing_breaks_and_the_books_are_sound(database: Path, seed: int) -> None:
    choose = Random(seed)
    for life in range(LIVES):
        columns, rows = choose.choice(SIZES)
        with Floor(database, columns=columns, rows=rows) as floor:
            floor.sign_in(choose.choice(["OTTO", "OTTO", "SARA", "PAT"]))
            floor.read_until_quiet()
            for _ in range(ACTIONS):
                act(floor, choose)
                if floor.process.poll() is not None:
                    break
            else:
                choose.choice([lambda floor: floor.signal(signal.SIGKILL), Floor.hang_up])(floor)
            assert floor.exit_status() in (0, -9, 129), f"seed {seed}, life {life}: {floor.text}"
        assert not database.with_name("aisle.log").exists(), f"seed {seed}, life {life}"

    posted(database)
