"""The edge of a command: the one place where an error becomes a sentence and an exit code (SAF-46).

Not here: the sentences themselves (sentences.py).
"""

from __future__ import annotations

import os
import sys
import traceback
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import AisleError
from tui.command_line.printing import cleaned, complain

CRASHED = 70
"""EX_SOFTWARE of sysexits.h."""
INTERRUPTED = 130
"""128 + SIGINT, as shells say it."""
LOG = "aisle.log"


def answered(command: Callable[[], int], *, failed: int, folder: Path) -> int:
    """Run a command and return its exit code; `failed` where it could not be done.

    The trace of a bug goes to the log in `folder`, never to the screen.
    """
    try:
        code = command()
        sys.stdout.flush()
    except BrokenPipeError:  # `aisle report ... | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return failed
    except KeyboardInterrupt:
        return INTERRUPTED
    except AisleError as error:
        from tui.command_line.sentences import sentence

        complain(sentence(error.code, error.facts))
        return failed
    except OSError as error:
        complain(f"{error.filename or 'Output'}: {error.strerror or error}.")
        return failed
    except Exception as error:  # noqa: BLE001 - a bug of any kind: kept with its trace, told by its number
        complain(f"Stopped. Report no. {report(error, folder)}.")
        return CRASHED
    return code


def report(error: BaseException, folder: Path) -> str:
    """Append the trace of an error to the log in `folder` and return the number it stands under."""
    number = uuid.uuid4().hex[:8]
    path = folder / LOG
    trace = "".join(traceback.format_exception(error))
    try:
        with open(path, "a", encoding="utf-8", opener=_private) as log:
            log.write(cleaned(f"{datetime.now(UTC).isoformat()} report {number}\n{trace}"))
    except OSError as cause:
        complain(f"{path}: {cause.strerror}, so the trace is lost.")
    return number


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
