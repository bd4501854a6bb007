"""`python -m tests.cases [FILE ...] [-k ID] [--mutate]`: play case files and print one line a case."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from config.faults import SiteFaults
from tests.cases.case_file import case_files, named, read_cases
from tests.cases.playing import Outcome, Verdict, play


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the files and return the exit code.

    It is 0 where every case passed; with --mutate where none failed and no change was met. 2 is wrong usage.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.cases", description="Play case files.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="case files (default: those kept here)")
    parser.add_argument("-k", dest="wanted", metavar="ID", default="", help="the case of that id, else all holding it")
    parser.add_argument("--mutate", action="store_true", help="change each expected scalar of every passing case")
    options = parser.parse_args(arguments)
    counts: Counter[Verdict] = Counter()
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="aisle-cases-") as folder:
        for name, outcome in _played(options.files or case_files(), options.wanted, Path(folder)):
            counts[outcome.verdict] += 1
            told = ": " + "; ".join(outcome.text.splitlines()) if outcome.text else ""
            _say(f"{outcome.verdict.value} {name}{told}")
            for place in outcome.survivors() if options.mutate else ():
                _say(f"SURVIVED {name}: {place}")
                survivors += 1
    if not counts:
        parser.error(f"no case is called {options.wanted}")
    _say(_total(counts) + (f", {survivors} survived" if options.mutate else ""))
    if options.mutate:
        return 1 if survivors or counts[Verdict.FAIL] else 0
    return 0 if counts.total() == counts[Verdict.PASS] else 1


def _played(files: Sequence[Path], wanted: str, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Play the cases of the files; a file that cannot be read fails under its own name."""
    for path in files:
        try:
            cases = read_cases(path)
        except (SiteFaults, ValueError) as error:
            yield str(path), Outcome(Verdict.FAIL, str(error))
            continue
        for case in named(cases, wanted) if wanted else cases:
            yield case.id, play(case, folder)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _total(counts: Counter[Verdict]) -> str:
    told = f"{counts[Verdict.PASS]} passed, {counts[Verdict.FAIL]} failed"
    return f"{told}, {counts[Verdict.NOT_BUILT]} not built" if counts[Verdict.NOT_BUILT] else told


if __name__ == "__main__":
    sys.exit(main())
