"""A terminal of the floor put together: the database, its session, the screen (design.md).

Not here: the first act, raw mode (floor.py).
"""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import UTC, datetime
from functools import partial

from domain.errors import SetupError
from domain.site import SiteHead
from tui.capture import CaptureSettings
from tui.cli import folder_of
from tui.command_line.edge import report
from tui.command_line.system import opened, profile_named
from tui.floor.app import run_floor
from tui.holder import is_alive, this_process
from tui.session import Terminal

LONGEST_NAME = 40


def run_terminal(options: Namespace) -> int:
    """Run a terminal until it leaves and return its exit status."""
    with opened(options) as store:
        head = store.question(lambda books: books.records.one(SiteHead, 1)) or SiteHead()
        scanning = head.scanning
        name = os.environ.get("AISLE_PROFILE", "") if options.profile is None else options.profile
        profile = profile_named(scanning, name)
        told = partial(report, folder=folder_of(options))
        terminal = Terminal(
            store,
            now=lambda: datetime.now(UTC),
            terminal=_name(options.terminal),
            holder=this_process(),
            is_alive=is_alive,
            report=told,
            profile=name,
        )
        silence = scanning.burst_end_ms if profile.burst_end_ms is None else profile.burst_end_ms
        return run_floor(
            terminal,
            profile=profile,
            capture_settings=CaptureSettings(scanning.burst_gap_ms, silence, profile.paste),
            environ=os.environ,
            report=told,
            bells=scanning.bells,
            language=head.language,
            idle_s=head.settings.session.idle_lock,
        )


def _name(given: str | None) -> str:
    """Return the name of this terminal: given, else AISLE_TERMINAL, else that of its tty."""
    name = given or os.environ.get("AISLE_TERMINAL") or _tty()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise SetupError("bad_terminal", name=name, max=LONGEST_NAME)
    return name


def _tty() -> str:
    return os.ttyname(0).removeprefix("/dev/") if os.isatty(0) else ""
