"""A process that ends in the middle of what it does: by kill -9 at one of its steps, or at the size of a file."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable

_STEPS = ("os.", "open", "sqlite3.", "fcntl.")
"""Begin of the names of what a program asks of the system, as Python's audit events call it."""


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Run `work` in a process that is killed just before that step, from 1; return whether it was."""
    left = step

    def count(event: str, _: object) -> None:
        nonlocal left
        left -= event.startswith(_STEPS)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return _ended(lambda: sys.addaudithook(count), work) == -signal.SIGKILL


def dead_of_size(limit: int, work: Callable[[], object]) -> bool:
    """Run `work` in a process that dies of writing a file longer than that; return whether it did."""

    def prepare() -> None:
        _limit(limit)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

    return _ended(prepare, work) == -signal.SIGXFSZ


@contextlib.contextmanager
def no_file_longer_than(limit: int):
    """Have every write beyond that size fail, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    _limit(limit)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def _ended(prepare: Callable[[], object], work: Callable[[], object]) -> int:
    """Return the exit code of a process that did both, below zero for a signal."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            prepare()
            work()
        except BaseException:  # noqa: BLE001 - a forked child may not return into the parent's test
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code <= 0, "the process failed"
    return code
