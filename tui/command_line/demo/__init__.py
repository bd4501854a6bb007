"""`aisle demo`: a warehouse to try out, made once through the same import that a customer uses."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from domain.books import Books
from domain.people.access import SetPin, set_pin
from domain.site import Operator
from tui.command_line.printing import say
from tui.command_line.system import DATABASE, opened, system

DATA = Path(__file__).parent
PINS = {"ANNA": "314159", "PETER": "271828", "SARA": "161803", "VERA": "141421", "ADAM": "173205"}
"""Known to everybody, and so for the demo only."""
SCANS = """
  OP-0001           Anna's badge (ANNA will do), then her PIN, then Enter for her home location
  8                 at the menu: look something up
  O:SO-1001         at the menu: pick an order; the screen says where to go
  09506000001029    the barcode of an item
  19506000001019    the barcode of a box of 100 bolts
  BOLT-M8-40        a code of your own for an item
  B:N-01-01         the label of a bin
  L:COF-2611        the label of a lot
  S:HS-40211        the label of a serial number
  %%BACK            Esc, as a label
"""


def run(options: Namespace) -> int:
    """Play a shift; else make the demo where it is not there yet, say who may log in, and start the terminal."""
    if options.play:
        return _played(options)
    folder = Path(options.folder)
    options.database = str(folder / DATABASE)
    if not Path(options.database).exists():
        _make(folder, options)
    with opened(options) as store:
        operators = store.question(lambda books: books.records.rows(Operator))
    say(f"Demo warehouse in {folder}. Operators, PINs and roles:")
    for operator in operators:
        say(f"  {operator.code:6} {PINS.get(operator.code, '-'):8} {operator.role}")
    say(f"To type or scan, each ended by Enter:{SCANS}")
    if options.no_run:
        return 0
    from tui.command_line.floor import run as run_floor

    say("Enter starts the terminal.")
    sys.stdin.readline()
    options.terminal, options.profile = "demo", ""
    return run_floor(options)


def _played(options: Namespace) -> int:
    """Play a shift in a demo of its own, which is gone afterwards: it plays the same each time."""
    from tui.command_line.demo.play import play

    with tempfile.TemporaryDirectory(prefix="aisle-demo-") as name:
        folder = Path(name)
        options.database = str(folder / DATABASE)
        _make(folder, options)
        with opened(options) as store:
            return play(store, options.database, options.speed)


def _make(folder: Path, options: Namespace) -> None:
    """Import the demo's items, stock and orders and set its PINs."""
    from tui.command_line import importing  # here: a demo that is there already starts without reading site files
    from tui.command_line.site import make

    make(folder, "demo.yaml")
    for kind in ("items", "stock", "orders"):
        asked = {"file": str(DATA / f"{kind}.csv"), "map": str(DATA / f"{kind}-map.yaml"), "replace": False}
        getattr(importing, kind)(Namespace(**vars(options), **asked, yes=True, preview=False, rejects=None))
    with opened(options) as store:
        store.transaction(_set_pins)


def _set_pins(books: Books) -> None:
    for operator, pin in PINS.items():
        set_pin(books, system(books), SetPin(operator, pin))
