"""`aisle backup` and `aisle restore`: a copy of the books that can be relied on, and one put back.

Not here: how either is done (storage/backup.py, storage/restore.py).
"""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from storage.backup import Posting, back_up
from storage.engines import path_of
from storage.restore import Offer
from storage.restore import restore as put_back
from tui.command_line.printing import agreed, complain, counted, progress, say
from tui.command_line.system import opened
from tui.command_line.upkeep import FOUND, note_result, tell


def backup(options: Namespace) -> int:
    """Copy the database while terminals go on, and check the copy before it is called a backup (SAF-10)."""
    database, now = path_of(options.database), datetime.now(UTC)
    target = options.target / f"{database.name}.{now:%Y%m%d-%H%M%S}" if options.target.is_dir() else options.target
    with opened(options) as store:
        done = back_up(database, target, now, log=options.heads, progress=progress("Checking"))
        if done.findings:
            tell(done.findings)
            complain(f"{database}: {counted(len(done.findings), 'finding')}; no backup was made.")
            return FOUND
        newest = _told(done.newest)
        say(f"{target} is a backup of {database} and clean; {newest}. Its heads are in {done.log}.")
        note_result(store, "copy", "backup", f"{target}; {newest}")
    return 0


def restore(options: Namespace) -> int:
    """Show what a backup has and what it has not, ask, and put it in the place of the database (SAF-10)."""
    database = path_of(options.database)

    def is_wanted(offer: Offer) -> bool:
        say(f"{options.backup} is clean; {_told(offer.newest)}.")
        for missing in offer.missing:
            say(f"Missing in it: {missing.first} to {missing.last}, the last of {missing.at}.")
        if not offer.is_readable:
            why = "cannot be read" if database.exists() else "is not there"
            say(f"{database} {why}: what was posted after the last heads were noted is missing, too.")
        return bool(options.yes) or agreed(f"Put it in the place of {database}?")

    done = put_back(
        options.backup, database, datetime.now(UTC), is_wanted, log=options.heads, progress=progress("Checking")
    )
    if done.findings:
        tell(done.findings)
        complain(f"{options.backup}: {counted(len(done.findings), 'finding')}; nothing was changed.")
        return FOUND
    if not done.writer:
        complain("Nothing was changed.")
        return int(options.failed)
    kept = f" {done.kept} is what it was." if done.kept else ""
    say(f"{database} is what {options.backup} was; numbers go on with {done.writer}-1.{kept}")
    with opened(options) as store:
        note_result(store, "copy", "restore", f"{options.backup}; numbers go on with {done.writer}-1")
    return 0


def _told(newest: Posting | None) -> str:
    if newest is None:
        return "nothing was posted yet"
    return f"its newest posting is {newest.number} of {newest.posted_at.isoformat(timespec='seconds')}"
