"""How many texts the reader takes in a second, beside the library biip on the same texts, kind by kind.

    python -m benchmarks.scanning [--texts N]

Both are asked the same question: what is this text? Each kind is read ROUNDS times by both in turns; the median counts.
Printed besides, in processor time: a string that is made to be searched to the limit, and importing the reader.
"""

from __future__ import annotations

import argparse
import platform
import random
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from importlib.metadata import version
from statistics import median
from time import process_time

import biip

from benchmarks.measuring import interleaved, ms, verdict
from domain.scanning.gtin import check_digit
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.site import DeviceProfile, Scanning

TEXTS, ROUNDS, STARTS = 1_000, 9, 9
TODAY = date(2026, 1, 15)
SCANNING, PROFILE = Scanning(), DeviceProfile()
SEARCHED = "]C110" + "1110302137" * 48
"""Every way to cut it up fails late, so that the search goes to its limit (SCN-50)."""
SEARCH_GOAL_MS, IMPORT_GOAL_MS = 50, 20


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each kind and print it."""
    parser = argparse.ArgumentParser(description="The reader beside the library biip.")
    parser.add_argument("--texts", type=int, default=TEXTS, help="texts of each kind")
    options = parser.parse_args(arguments)
    print(f"# Scans read in a second\nPython {platform.python_version()}, biip {version('biip')}")
    for name, text in KINDS.items():
        draw = random.Random(name)
        _measure(name, [text(draw) for _ in range(options.texts)])
    print(f"search to its limit: {verdict(_search_ms(), SEARCH_GOAL_MS, ' ms')}")
    print(f"import of the reader: {verdict(_import_ms(), IMPORT_GOAL_MS, ' ms')}")


def _measure(name: str, texts: Sequence[str]) -> None:
    program, library = interleaved(
        [partial(_all, _read, texts)] * ROUNDS,
        [partial(_all, biip.parse, texts)] * ROUNDS,
    )
    own, other = (len(texts) / median(times) for times in (program, library))
    print(f"{name}: {own:,.0f} a second, biip {other:,.0f}; {verdict(other / own, 1)} of its time; {texts[0]!r}")


def _all(ask: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        ask(text)


def _read(text: str) -> Reading:
    return read(text, SCANNING, PROFILE, TODAY)


def _search_ms() -> float:
    """Return what the slowest of some searches takes."""
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        _read(SEARCHED)
        times.append(process_time() - start)
    return max(times) * 1000


def _import_ms() -> float:
    """Return what a new process takes to import the reader, the settings it is given apart."""
    program = (
        "import domain.site; from time import process_time; start = process_time(); "
        "import domain.scanning.reader; print(process_time() - start)"
    )
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, check=True) for _ in range(STARTS)]
    return ms([float(run.stdout) for run in runs])


def _number(draw: random.Random, length: int) -> str:
    body = "".join(draw.choices("0123456789", k=length - 4))
    return (full := f"952{body}") + check_digit(full)


def _lot(draw: random.Random) -> str:
    return "".join(draw.choices("ABCDEFGHJKLMNP-/0123456789", k=draw.randint(4, 12)))


def _day(draw: random.Random) -> str:
    return f"{draw.randint(26, 32)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"


def _string(draw: random.Random) -> str:
    return f"]C1010{_number(draw, 13)}17{_day(draw)}10{_lot(draw)}\x1d21{_lot(draw)}"


def _pallet(draw: random.Random) -> str:
    return f"]C100{_number(draw, 18)}020{_number(draw, 13)}15{_day(draw)}37{draw.randint(1, 99)}\x1d10{_lot(draw)}"


def _unmarked(draw: random.Random) -> str:
    return f"010{_number(draw, 13)}17{_day(draw)}10{_lot(draw)}"


def _link(draw: random.Random) -> str:
    return f"https://id.gs1.org/01/0{_number(draw, 13)}/10/{_lot(draw).replace('/', '%2F')}?17={_day(draw)}"


KINDS: Mapping[str, Callable[[random.Random], str]] = {
    "GTIN-13": lambda draw: _number(draw, 13),
    "GTIN-14": lambda draw: _number(draw, 14),
    "GS1 string of goods": _string,
    "GS1 string of a pallet": _pallet,
    "GS1 string without mark": _unmarked,
    "GS1 link": _link,
}
"""Kinds to how one of their texts is made."""


if __name__ == "__main__":
    main()
