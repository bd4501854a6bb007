"""`aisle scan`: how a text is read as a scan, by which rule, and where there is a database what it means there.

Not here: reading and resolving (domain/scanning), the lines of a reading (tui/jobs/how_read.py).
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from domain.books import Books
from domain.errors import Refused
from domain.scanning.reader import read
from domain.scanning.reading import Reading
from domain.scanning.resolver import KINDS, Choices, Expected, resolve
from domain.scanning.separators import profile_in_force
from domain.site import DeviceProfile, Location, Scanning, SiteHead
from domain.values import code
from domain.work.documents import DOCUMENTS
from tui.command_line.printing import LONGEST_LINE, say
from tui.command_line.system import DATABASE, opened, profile_named, system
from tui.jobs.how_read import found_told, how_read
from tui.jobs.view import Message, as_fact
from tui.texts import words

_NOT_IN_STOCK = {"command", "url", "user"}


def scan(options: Namespace) -> int:
    """Explain a scan; by the site of the database that is named or lies here, else by what holds at every site."""
    text = os.fsencode(options.text).decode(errors="replace")  # as a terminal takes bytes that are none (SCN-16)
    if options.database == DATABASE and not Path(DATABASE).exists():
        profile = profile_named(Scanning(), options.profile)
        return _status(_explained(text, Scanning(), profile, datetime.now(UTC).date()))
    with opened(options, read_only=True) as store:
        return store.question(lambda books: _explained_by_site(books, text, options))


def _explained_by_site(books: Books, text: str, options: Namespace) -> int:
    scanning = (books.records.one(SiteHead, SiteHead().id) or SiteHead()).scanning
    profile_named(scanning, options.profile)
    profile = profile_in_force(books.records, scanning, options.profile)
    locations = _locations(books, options.location)
    reading = _explained(text, scanning, profile, system(books).work_date)
    if not (reading.error and not reading.readings) and reading.kind not in _NOT_IN_STOCK:
        say("\n".join(_meaning(books, reading, locations)))
    return _status(reading)


def _status(reading: Reading) -> int:
    return 1 if reading.error else 0


def _explained(text: str, scanning: Scanning, profile: DeviceProfile, today: date) -> Reading:
    reading = read(text, scanning, profile, today)
    say("\n".join(map(_told, how_read(reading))))
    return reading


def _locations(books: Books, name: str | None) -> list[str]:
    if name is None:
        return [location.code for location in books.records.rows(Location)] or [""]
    if books.records.one(Location, code(name)) is None:
        raise Refused("unknown", prompt="location", code=name)
    return [code(name)]


def _meaning(books: Books, reading: Reading, locations: list[str]) -> Iterable[str]:
    """Return what it means anywhere, bins with their location; where that is nothing, why."""
    found: list[str] = []
    refusals: list[str] = []
    for location in locations:
        try:
            hit = resolve(
                books,
                reading,
                accepts=frozenset(KINDS) - {"operator"},
                location=location,
                expected=Expected(),
                documents=DOCUMENTS,
            )
        except Refused as refused:
            refusals.append(_told(Message(refused.code, {name: as_fact(fact) for name, fact in refused.facts.items()})))
        else:
            for one in hit.found if isinstance(hit, Choices) else (hit,):
                found.append(_told(found_told(one)) + (f" at {one.location}" if one.bin else ""))
    return dict.fromkeys(found or refusals)


def _told(message: Message) -> str:
    return words(message, width=LONGEST_LINE)
