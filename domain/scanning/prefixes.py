"""Labels of our own: a prefix says the kind, or that it is a command (SCN-100..102).

Not here: rules of a site for labels without a prefix (site_rules.py), what a command does.
"""

from __future__ import annotations

import re
from dataclasses import replace

from domain.scanning.cleaning import Scan, trimmed
from domain.scanning.quantity import label_quantity
from domain.scanning.reading import Reading
from domain.values import fold

COMMANDS = frozenset(
    ("OK", "CANCEL", "BACK", "NEXT", "SKIP", "HELP", "DONE", "SHORT", "FIND", "SPLIT", "FULL", "MENU", "EXPLAIN")
)
"""Names of command labels (SCN-101), QTY=n apart."""

CODES = {
    "bin": re.compile(r"[A-Z0-9][A-Z0-9.-]{0,19}"),
    "pallet": re.compile(r"[A-Z0-9-]{1,20}"),
    "order": re.compile(r"[A-Z0-9/-]{1,20}"),
    "user": re.compile(r"[A-Za-z0-9]{1,20}"),
    "item": re.compile(r"[ -~]{1,20}"),
    "lot": re.compile(r"[ -~]{1,50}"),
    "serial": re.compile(r"[ -~]{1,50}"),
    "plain": re.compile(r"[ -~]{1,40}"),
}
"""What the code of each kind may look like; no prefix says plain."""
_IN_CAPITALS = {"bin", "pallet", "order", "item"}


def without_stars(scan: Scan) -> Scan:
    """Return the scan without the pair of `*` that Code 39 readers may send around a code (step 5)."""
    text = scan.text
    if len(text) <= len("**") or not (text.startswith("*") and text.endswith("*")):
        return scan
    return replace(scan, text=trimmed(text[1:-1]), warn=(*scan.warn, "W_STAR"))


def internal_label(scan: Scan) -> Reading | None:
    """Read a text that starts with a prefix of the site; a wrong rest is an error, no other form is tried."""
    text = fold(scan.text)
    found = [
        (prefix, kind)
        for kind, prefixes in scan.scanning.prefixes.items()
        for prefix in prefixes
        if prefix and text.startswith(fold(prefix))
    ]
    if not found:
        return None
    prefix, kind = max(found, key=lambda one: len(one[0]))
    rest = scan.text[len(prefix) :]
    if kind == "command":
        return command(scan, rest)
    code = kept_code(kind, rest)
    return scan.read(kind, code=code) if code else scan.refused("E_VALUE", kind=kind, code=scan.text)


def kept_code(kind: str, text: str) -> str | None:
    """Return the code of a kind as it is kept, None where it cannot be one."""
    code = fold(text) if kind in _IN_CAPITALS else text
    return code if CODES[kind].fullmatch(code) else None


def command(scan: Scan, text: str) -> Reading:
    """Read the name of a command, in any case (SCN-101)."""
    name = fold(text)
    if name in COMMANDS:
        return scan.read("command", command=name)
    if not name.startswith("QTY="):
        return scan.refused("E_NOMATCH")
    qty = label_quantity(name.removeprefix("QTY="))
    if qty is None:
        return scan.refused("E_QTY", qty=name.removeprefix("QTY="))
    return scan.read("command", command="QTY", qty=qty)
