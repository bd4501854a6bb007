"""The installed program at a pseudo-terminal, and the hand that works it: on keys alone, or with a scanner.

A hand gives what a person gives: codes, commands, digits, numbers, Enter. It goes on when the answer stands on the
screen, so nothing here waits for a length of time but where the capture itself does.
"""

from __future__ import annotations

import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from domain.work.counting import count_lines
from storage import Store, verify
from storage.reports import ledger_lines, scan_lines
from tests.pty.terminal import PtyTerminal
from tests.pty.warehouse import PINS

PROGRAM = Path(sys.executable).with_name("aisle")
SIZES = [(20, 8), (21, 16), (26, 16), (80, 24)]
every_size = pytest.mark.parametrize(
    ("columns", "rows"),
    [pytest.param(*size, marks=() if size in (SIZES[0], SIZES[-1]) else pytest.mark.long) for size in SIZES],
)
"""A normal run has the smallest and the widest."""
WORK_COLUMNS = 32
"""Of a wide screen, left of the document."""
READING_S = 0.45
"""Before an Enter of its own: one that follows a digit sooner ends the digit (tui/capture.py)."""
WORKING = "Posting"
"""What a screen says while its answer takes long."""
_KEYS = {
    "back": b"\x1b", "help": b"\x1bOP", "done": b"\x1bOQ", "short": b"\x1bOR", "next": b"\x1bOS",
    "find": b"\x1b[15~", "split": b"\x1b[17~", "menu": b"\x1b[19~", "explain": b"\x1b[20~",
}  # fmt: skip


def squeezed(text: str) -> str:
    """Return a text without its blanks, so that it is found however a screen breaks it into rows."""
    return "".join(text.split())


class Floor(PtyTerminal):
    """`aisle run` at a terminal of the floor; without `rows` at the smallest there is."""

    def __init__(
        self,
        database: Path,
        *,
        columns: int = 20,
        rows: int = 8,
        terminal: str = "t1",
        term: str = "xterm-256color",
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.database = database
        self.keys = 0
        """Keys pressed so far; a scan costs none (floor-flows.md 3b)."""
        self.last_key = b""
        self._seen = ""
        """The work as it was last seen."""
        command = [PROGRAM, "run", "--database", database, "--terminal", terminal]
        super().__init__(command, columns=columns, rows=rows, term=term, env=env)

    @property
    def work(self) -> str:
        """What stands left of the document, squeezed."""
        return squeezed("".join(line[:WORK_COLUMNS] for line in self.lines))

    def see(self, *texts: str) -> None:
        """Wait for a screen with each of these texts whole on it, which the one seen last had not."""
        wanted = [squeezed(text) for text in texts]
        assert not all(text in self._seen for text in wanted), f"seen already: {texts}"
        self.until(lambda floor: all(text in floor.work for text in wanted))
        self._seen = self.work

    def see_another(self) -> None:
        """Wait for another screen than the one seen last, which is an answer."""
        self.until(lambda floor: floor.work != self._seen and WORKING not in floor.text)
        self._seen = self.work

    def resize(self, columns: int, rows: int) -> None:
        """Change the size; what is seen next is painted anew."""
        super().resize(columns, rows)
        self._seen = ""

    def press(self, key: bytes) -> None:
        """Press a key."""
        self.keys += 1
        self.last_key = key
        self.send(key)

    def type(self, text: str) -> None:
        """Type a line and Enter."""
        self.keys += len(text) + 1
        self.last_key = b"\r"
        super().type(text)

    def sign_in(self, operator: str) -> None:
        """Log in, up to whatever comes then."""
        self.see("WHO>")
        self.send(f"{operator}\r".encode())
        self.see("PIN>")
        self.type(PINS[operator])


class Hand:
    """A person at a terminal, who has keys for everything."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.see = floor.see

    def give(self, label: str) -> None:
        """Give a code: what stands on its label after the prefix."""
        self.floor.type(label.rpartition(":")[2])

    def count(self, number: int, label: str) -> None:
        """Answer a quantity."""
        self.floor.type(str(number))

    def command(self, name: str) -> None:
        """Give a command by its key."""
        self.floor.press(_KEYS[name])

    def digit(self, digit: int) -> None:
        """Choose by a digit alone."""
        self.floor.press(str(digit).encode())

    def number(self, text: str) -> None:
        """Type a number, and Enter."""
        self.floor.type(text)

    def enter(self) -> None:
        """Press Enter; after a digit that was an answer, read the screen first."""
        if self.floor.last_key.isdigit():
            self.floor.read_until_quiet(READING_S)
        self.floor.press(b"\r")


class ScanningHand(Hand):
    """A person with a scanner and a command card, who presses Enter and digits only (floor-flows.md 25)."""

    def give(self, label: str) -> None:
        """Scan a label, in one burst with its CR."""
        self.floor.send(f"{label}\r".encode())

    def count(self, number: int, label: str) -> None:
        """Count pieces by scanning one of them so many times, then Enter."""
        self.floor.send(f"%%QTY={number}\r{label}\r".encode())
        self.see(f"QTY>[{number}]")
        self.enter()

    def command(self, name: str) -> None:
        """Scan the command from the card."""
        self.floor.send(f"%%{name.upper()}\r".encode())


HANDS: dict[str, Callable[[Floor], Hand]] = {"keys": Hand, "scans": ScanningHand}


def kill(floor: Floor) -> None:
    """End the program without a word."""
    floor.signal(signal.SIGKILL)
    assert floor.exit_status() == -signal.SIGKILL


def hang_up(floor: Floor) -> None:
    """Drop the line."""
    floor.hang_up()
    assert floor.exit_status() == 128 + signal.SIGHUP


@contextmanager
def taken_up(database: Path) -> Iterator[Floor]:
    """Sign in where work was left, and say yes to it."""
    with Floor(database) as floor:
        floor.sign_in("OTTO")
        floor.see("Resume", "Enter", "?>")
        floor.send(b"\r")
        yield floor


def posted(database: Path) -> list[str]:
    """Return the item entries after the opening stock, in the trade's notation, and check that the books are sound."""
    with Store.open(str(database)) as store:
        assert verify(store) == []
        lines = [line for line in ledger_lines(store, item=None, location=None, since=None) if line.source != "opening"]
    return [
        " ".join(filter(None, (line.item, line.lot, line.serial, f"{line.qty.normalize():f}", line.reason)))
        for line in lines
    ]


def counted(database: Path, *journals: str) -> list[str]:
    """Return the lines of counts that have a figure."""
    with Store.open(str(database)) as store:
        lines = store.question(lambda books: [line for no in journals for line in count_lines(books, no)])
    return [
        " ".join(filter(None, (line.item, line.lot, line.serial, f"{line.qty_counted.normalize():f}")))
        for line in lines
        if line.qty_counted is not None
    ]


def scanned(database: Path, terminal: str = "t1") -> list[tuple[bytes, str]]:
    """Return the scan journal of a terminal: the bytes of each line and what became of it, in order."""
    with Store.open(str(database)) as store:
        rows = list(scan_lines(store, location=None, since=None))
    return [(row.raw, row.outcome) for row in rows if row.terminal == terminal]


def audited(database: Path, event: str) -> list[tuple[str, str]]:
    """Return of whom or what the audit trail tells an event, and what it tells, oldest first."""
    with closing(sqlite3.connect(database)) as books:
        return books.execute("SELECT record_key, new FROM audit_row WHERE field = ? ORDER BY id", (event,)).fetchall()


def log_of(database: Path) -> bytes:
    """Return the log that every commit writes to."""
    return database.with_name(f"{database.name}-wal").read_bytes()


def locked(database: Path) -> closing[sqlite3.Connection]:
    """Hold the database as another program would, until the block ends."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return closing(other)
