"""The one way in which a command writes to the screen and asks (SAF-40).

Not here: what is said (sentences.py), reports to a file (reports.py).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal

from domain.values import plain

LONGEST_LINE = 2_000
BAR = 30
STEPS = 100


def say(text: str = "") -> None:
    """Write lines to standard output."""
    sys.stdout.write(cleaned(text))


def complain(text: str) -> None:
    """Write lines to standard error."""
    sys.stderr.write(cleaned(text))


def agreed(question: str) -> bool:
    """Ask a yes or no; nothing but `y` or `yes` is a yes, and no answer is a no."""
    complain(f"{question} [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def counted(number: int, one: str) -> str:
    """Return a number with its word: `1 item`, `1,065 items`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def figure(value: Decimal) -> str:
    """Return a quantity or an amount for reading: `335,974`, `20,092,679.15`."""
    return f"{Decimal(plain(value)):,f}"


def progress(title: str) -> Callable[[int, int], None]:
    """Return what shows how much is done of how much there is to do, where somebody looks at standard error."""

    def show(done: int, all: int) -> None:
        if done < all and done % max(all // STEPS, 1):
            return
        bar = "#" * (BAR * done // max(all, 1))
        sys.stderr.write(f"\r{title} [{bar:{BAR}}] {done:,}/{all:,}" if done < all else "\r\x1b[K")
        sys.stderr.flush()

    return show if sys.stderr.isatty() else lambda _done, _all: None


def cleaned(text: str) -> str:
    """Return lines whose characters cannot act on a terminal, each with its end."""
    from tui.texts import clean  # here, so that a terminal's raw mode does not wait for the texts

    return "".join(f"{clean(line, LONGEST_LINE)}\n" for line in text.split("\n"))
