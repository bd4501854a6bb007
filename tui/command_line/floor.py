"""`aisle` and `aisle run`: one terminal of the floor, its line set raw before anything large is imported."""

from __future__ import annotations

from argparse import Namespace

from tui.floor import raw


def run(options: Namespace) -> int:
    """Run the terminal; a scan that comes while the rest is imported is kept as it is."""
    before = raw.enter()
    try:
        from tui.command_line.terminal import run_terminal

        return run_terminal(options)
    finally:
        raw.leave(before)
