"""The books as the command line opens them: as the operator SYSTEM with every right (decision 63)."""

from __future__ import annotations

import os
import pwd
from argparse import Namespace
from datetime import UTC, datetime

from domain.books import Books
from domain.errors import SetupError
from domain.people.access import situation_of
from domain.people.rights import SYSTEM
from domain.records import RecordBooks
from domain.site import DeviceProfile, Scanning
from domain.situation import Situation
from storage import Store

SITE_FILE = "site.yaml"
DATABASE = "aisle.db"
"""What `aisle init` and `aisle demo` put into a folder."""


def opened(options: Namespace, *, read_only: bool = False) -> Store:
    """Open the database that was named."""
    return Store.open(options.database, read_only=read_only)


def profile_named(scanning: Scanning, name: str) -> DeviceProfile:
    """Return a device profile of the site, that of an unknown device for "".

    Raises SetupError("unknown") where the site has none of that name.
    """
    if name and name not in scanning.profiles:
        raise SetupError("unknown", prompt="profile", code=name)
    return scanning.profiles.get(name, DeviceProfile())


def system(books: Books) -> Situation:
    """Return the situation of a command from the command line; its terminal is the user of the operating system."""
    return situation_of(books.records, SYSTEM, now=datetime.now(UTC), terminal=_user())


def note(books: RecordBooks, situation: Situation, record: str, key: str, what: str, result: str) -> None:
    """Leave an audit row for what a command did that is no change of an entity (SAF-31)."""
    with books.ledger.command(situation.head("change")):
        books.records.note(record, key, what, "", result)


def _user() -> str:
    """Return who owns the process; the environment, which anybody can set, is not asked."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # an account without a name, as containers have
        return str(os.geteuid())
