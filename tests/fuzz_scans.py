"""Texts nobody would print, read one after another: every one must give a result or a listed error (SCN-02).

    python -m tests.fuzz_scans [--texts N] [--seed N]

A text is noise, parts of labels in any order, a label with a few characters changed, or digits that may be cut up in
many ways (SCN-50). Printed are the texts whose
reading is faulty, how often each outcome came, and the slowest reading in processor time.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from time import process_time

from domain.scanning.reader import read
from domain.scanning.reading import KINDS, Reading
from domain.site import DeviceProfile, Scanning
from tui.texts.en.reading import READING

TEXTS, SEED = 200_000, 1
TOLD_EVERY = 1_000_000
SLOWEST_MS = 50
TODAY = date(2026, 1, 15)

WARNINGS = {
    "W_DUP", "W_ENV", "W_LINK", "W_NOFNC1", "W_NOSEP", "W_PAD", "W_PART", "W_SEP", "W_STAR", "W_VAR",
}  # fmt: skip
DATES = {"made", "due", "packed", "best_before", "sell_by", "expiry"}
QUANTITIES = {"qty", "content_qty"}

PROFILES = (
    DeviceProfile(),
    DeviceProfile(gs_proven=True),
    DeviceProfile(di_1d=True, gs_tokens=("|", "~"), prefix=("!!",), suffix=("##",)),
)
LABELS = (
    "]C101095212340000131728063010LOT7",
    "]d2010952123400001321SN0001\x1d17280630",
    "01095212340000131728063010LOT7",
    "]C1003952123400000001200209521234000013371210AB17280630",
    "]d20109521234000013800826011008\x1d7003280630143010A\x1d3103001250",
    "(01)09521234000013(17)280630(10)ABC",
    "https://id.gs1.org/01/09521234000013/10/L%2F7/21/S1?17=280630",
    "[)>\x1e06\x1dP123-456\x1d1TLOT88\x1dQ250\x1d14D20280630\x1e\x04",
    "[)>\x1e05\x1d0109521234000013\x1d10L7\x1e\x04",
    "+Z999ABC1231/$$3280615LOT55/S77M",
    "+Z999ABC1231E",
    "9521234000013", "04252614", "19521234000010", "395212340000000120", "]E3952123400001312",
    "*B:A-01-02*", "L:Lot7/b", "P:PAL000045", "%%QTY=2.5", "1TLOT88", "ABC-123",
)  # fmt: skip
WORDS = r"""
    ]C1 ]C1 ]d2 ]E0 ]E4 ]I1 ]Q1 ( ) (01) (10) (99) 00 01 02 10 11 13 15 17 21 30 37 240 254 3103 3925 414 422 7003 8008
    8010 8030 91 09521234000013 9521234000013 395212340000000120 280630 280200 001250 LOT7 A 1 0 12 # ~ | ~d029 {GS}
    {RS} {EOT} ^] [)> >[)> 05 06 P 1T Q 14D + + / $ $$ $$3 $+ 14D https:// http:// id.gs1.org / / ? & = %2F %1D %zz
    [::1] @ : B: L: C: %% U: QTY= * !! ## %
"""
PARTS = (
    *WORDS.split(),
    "\x1d",
    "\x1d",
    "\x1d",
    "\x1d",
    "\x1e",
    "\x04",
    " ",
    "\r",
    "\x1b",
    "\u0663",
    "\ud800",
    "A" * 90,
)
SEARCHED = ("10", "21", "30", "37", "11", "17", "101110", "3100", "91", "240", "01", "A", "1")
NOISE = "".join(chr(code) for code in range(0x20, 0x7F)) * 4 + "\x1d\x1e\x04\x00\x1b\x7f\x85é€\u0661\U0001f4e6"


@dataclass(slots=True)
class Findings:
    """What came out."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_ms: float = 0
    slowest_text: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read as many texts as asked for; 1 where one was read wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz_scans", description="Read random texts.")
    parser.add_argument("--texts", type=int, default=TEXTS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    findings = Findings()
    for number, (text, profile) in enumerate(scans(options.texts, options.seed), 1):
        judge(findings, text, profile)
        if number % TOLD_EVERY == 0:
            _say(f"{number:,} texts, {len(findings.faults)} faults, slowest {findings.slowest_ms:.1f} ms")
    for fault in findings.faults:
        _say(fault)
    _say(", ".join(f"{outcome} {count:,}" for outcome, count in findings.outcomes.most_common()))
    _say(f"slowest {findings.slowest_ms:.1f} ms (goal {SLOWEST_MS} ms): {findings.slowest_text!a}")
    _say(f"{options.texts:,} texts of seed {options.seed}, {len(findings.faults)} faults")
    return 1 if findings.faults else 0


def scans(count: int, seed: int) -> Iterator[tuple[str, DeviceProfile]]:
    """Yield texts with the settings they are read with; the same of the same seed."""
    draw = random.Random(seed)
    for _ in range(count):
        yield draw.choice(KINDS_OF_TEXT)(draw), draw.choice(PROFILES)


def judge(findings: Findings, text: str, profile: DeviceProfile) -> None:
    """Read one text and keep what is worth telling."""
    start = process_time()
    try:
        reading = read(text, SCANNING, profile, TODAY)
    except Exception as error:  # noqa: BLE001 - whatever leaves the reader is the finding
        findings.faults.append(f"{text!a}: {error!r}")
        return
    took_ms = (process_time() - start) * 1000
    findings.outcomes[reading.error or reading.kind] += 1
    if took_ms > findings.slowest_ms:
        findings.slowest_ms, findings.slowest_text = took_ms, text
    findings.faults += [f"{text!a}: {fault}" for fault in faults(text, reading)]


def faults(text: str, reading: Reading) -> Iterator[str]:
    """Yield what is wrong with a reading as such, whatever the text."""
    if reading.raw != text:
        yield "the raw text was touched"
    if reading.error:
        if reading.error not in READING:
            yield f"{reading.error} is not listed"
        if reading.kind or reading.facts or reading.warn:
            yield f"{reading.error} comes with a result"
        if reading.readings and reading.error != "E_AMBIG":
            yield f"{reading.error} comes with readings"
        for one in reading.readings:
            yield from faults(text, one)
        return
    if reading.kind not in KINDS or reading.readings or reading.error_facts:
        yield f"kind {reading.kind} comes with an error"
    if not WARNINGS.issuperset(reading.warn) or len(set(reading.warn)) < len(reading.warn):
        yield f"warnings {reading.warn}"
    yield from (f"{name} = {value!r}" for name, value in reading.facts.items() if not _is_sound(name, value))


def _is_sound(name: str, value: str | Mapping[str, str]) -> bool:
    if isinstance(value, Mapping):
        return name in ("measure", "other") and all(isinstance(text, str) and text for text in value.values())
    if name in DATES:
        return date.fromisoformat(value).isoformat() == value
    if name.endswith("_at"):
        return bool(datetime.fromisoformat(value))
    if name in QUANTITIES:
        return Decimal(value) > 0 and "E" not in value
    return isinstance(value, str) and bool(value) and (not name.endswith("gtin") or len(value) == len("00000000000000"))


def _noise(draw: random.Random) -> str:
    return "".join(draw.choices(NOISE, k=draw.choice((draw.randrange(40), draw.randrange(40), draw.randrange(560)))))


def _parts(draw: random.Random) -> str:
    return "".join(draw.choices(PARTS, k=draw.randrange(1, 14)))


def _changed(draw: random.Random) -> str:
    text = draw.choice(LABELS)
    for _ in range(draw.randrange(4)):
        at, to = sorted((draw.randrange(len(text) + 1), draw.randrange(len(text) + 1)))
        match draw.randrange(4):
            case 0:
                text = text[:at] + draw.choice(NOISE) + text[at + 1 :]
            case 1:
                text = text[:at] + draw.choice(PARTS) + text[at:]
            case 2:
                text = text[:at] + text[min(to, at + 3) :]
            case _:
                text = text[:to] + text[at:]
    return text


def _searched(draw: random.Random) -> str:
    parts = draw.sample(SEARCHED, draw.randrange(2, 6))
    return ("]C1" + "".join(draw.choices(parts, k=draw.randrange(200))))[:512]


SCANNING = Scanning()
KINDS_OF_TEXT = (*[_noise] * 4, *[_parts] * 9, *[_changed] * 9, _searched)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
