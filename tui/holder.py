"""Which process holds a terminal, and whether another's is still there.

A holder is text: host, process number, the moment the process started. The same number may come again after a
crash, so the start is part of the name.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path


def this_process() -> str:
    """Return the holder that names the running process."""
    return f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())}"


def is_alive(holder: str) -> bool:
    """Say whether the process of a holder still runs; one of another host counts as gone (its line is what dropped)."""
    parts = holder.split(" ")
    if len(parts) != 3 or parts[0] != socket.gethostname() or not parts[1].isdigit():
        return False
    started = _started(int(parts[1]))
    return started != "" and started == parts[2]


def _started(process: int) -> str:
    """Return when a process started, in the kernel's ticks; "" for one that is gone or only not yet buried."""
    try:
        state, *fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "" if not _answers(process) else "unknown"
    return "" if state == "Z" else fields[18]


def _answers(process: int) -> bool:
    """Ask the process where there is no /proc."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
