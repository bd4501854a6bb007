"""Playing one case: its words are looked up, its state is set up, its steps run, its expectations compared.

How a verb is played stands in verbs/, how a ledger is read in ledgers.py; what is printed in __main__.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from domain.errors import AisleError
from storage import Store
from tests.cases.arguments import Arguments
from tests.cases.case_file import Case
from tests.cases.case_site import PLAIN_LOCATION, locations_named, read_site, reason_of, site_tree
from tests.cases.expectations import Expectation, expect_facts, expect_result, require_built_facts
from tests.cases.given import require_built_given, set_up
from tests.cases.matching import changes
from tests.cases.scan_vectors import TODAY, vector_expectations
from tests.cases.verbs import BUILT
from tests.cases.verbs.floor import require_built_job
from tests.cases.vocabulary import SCREEN, THEN, Mistake, NotBuilt, mistakes
from tests.cases.world import World

R = TypeVar("R")

AT_A_TERMINAL = ("floor", "resume")
"""Verbs whose `see` reads a screen; other keys in it are those of `then`."""
_database_numbers = itertools.count(1)


class Verdict(Enum):
    """What became of a case, as it is printed."""

    PASS = "PASS"
    FAIL = "FAIL"
    NOT_BUILT = "NOT BUILT"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict, what to say with it, and every expectation that was met."""

    verdict: Verdict
    text: str = ""
    met: list[Expectation] = field(default_factory=list)

    def survivors(self) -> Iterator[str]:
        """Yield the place of every changed expectation that is met as well.

        What came out does not depend on what is expected, so nothing needs to be played again.
        """
        for expectation in self.met:
            for place, changed in changes(expectation.expected, expectation.where):
                try:
                    if expectation.compare(changed) is None:
                        yield place
                except Mistake:
                    continue


class _Failed(Exception):
    """A step did what it should not."""


def play(case: Case, folder: Path) -> Outcome:
    """Play a case, on a database of its own in `folder`."""
    met: list[Expectation] = []
    try:
        for mistake in mistakes(case.body):
            return Outcome(Verdict.FAIL, mistake)
        for expectation in vector_expectations(case) if "raw" in case.body else _expectations(case, folder):
            if found := expectation.compare(expectation.expected):
                return Outcome(Verdict.FAIL, str(found))
            met.append(expectation)
    except NotBuilt as word:
        return Outcome(Verdict.NOT_BUILT, str(word))
    except (_Failed, Mistake) as error:
        return Outcome(Verdict.FAIL, str(error))
    except Exception as crash:  # noqa: BLE001 - a list where a mapping belongs, or a reader's bug: the others go on
        return Outcome(Verdict.FAIL, f"{type(crash).__name__}: {crash}")
    return Outcome(Verdict.PASS, met=met)


def _expectations(case: Case, folder: Path) -> Iterator[Expectation]:
    """Play a case and yield its expectations in their order, each as soon as it can be compared."""
    steps, then = case.body.get("steps") or [], case.body.get("then") or {}
    for step in steps:
        _require_built(step)
    given = case.body.get("given") or {}
    today = Arguments(given, TODAY).day("today") or TODAY
    tree = site_tree(case.body, today)
    try:
        site = read_site(tree)
    except AisleError as error:
        raise _Failed(f"given, expected a site, got {error}") from error
    require_built_given(case.body, site)
    require_built_facts(then)
    with Store.create(str(folder / f"case-{next(_database_numbers)}.db")) as store:
        world = World(
            store=store,
            today=today,
            location="" if locations_named(case.body) else PLAIN_LOCATION,
            named=frozenset(_texts([given, steps])).union(tree["locations"], (bin.code for bin in site.bins)),
            reason=reason_of(tree),
            site=tree,
        )
        _without_error("given", lambda: set_up(world, case.body, site))
        world.start()
        for number, step in enumerate(steps, 1):
            yield from _played(world, step, f"step {number} {step['do']}")
        yield from expect_facts(world, then, "then")
        yield from expect_facts(world, {"audit": "clean"}, "after the last step")


def _require_built(step: Mapping[str, Any]) -> None:
    """Raise NotBuilt for a verb, argument or expectation of a step that the product does not have yet."""
    verb = step["do"]
    if verb == "repeat":
        _require_built(step["step"])
    elif verb == "check":
        require_built_facts(step["see"])
    elif verb not in BUILT:
        raise NotBuilt(verb)
    elif argument := BUILT[verb].missing(step):
        raise NotBuilt(f"{verb} {argument}")
    elif verb in AT_A_TERMINAL:
        require_built_job(step.get("job"))
        require_built_facts({key: value for key, value in (step.get("see") or {}).items() if key in THEN - SCREEN})


def _played(world: World, step: Mapping[str, Any], where: str) -> Iterator[Expectation]:
    """Play a step and yield what is expected of its result."""
    if step["do"] == "repeat":
        times = Arguments(step, world.today).number("times") or 0
        for _ in range(int(times)):
            yield from _played(world, step["step"], where)
        return
    world.pass_time(seconds=1)
    see = step.get("see") or {}
    if step["do"] == "check":
        yield from expect_facts(world, see, where)
        return
    if "error" in step:
        _refused(world, step, where)
        return
    before = world.newest_posting()
    result = _without_error(where, lambda: BUILT[step["do"]].play(world, Arguments(step, world.today)))
    if (posted := world.newest_posting()) != before:
        world.registers[step.get("as") or step.get("id") or ""] = posted  # a step without a name cannot be pointed at
    if step["do"] in AT_A_TERMINAL:
        yield from expect_facts(world, {key: value for key, value in see.items() if key not in SCREEN}, where)
        see = {key: value for key, value in see.items() if key in SCREEN}
    if see:
        yield expect_result(world, see, result, f"{where} see")


def _refused(world: World, step: Mapping[str, Any], where: str) -> None:
    """Play a step that must be refused and leave nothing behind."""
    before = world.footprint()
    try:
        BUILT[step["do"]].play(world, Arguments(step, world.today))
    except AisleError:
        if world.footprint() != before:
            raise _Failed(f"{where}, expected a refusal that leaves nothing, got rows left behind") from None
    except (NotBuilt, Mistake):
        raise
    except Exception as crash:
        raise _Failed(f"{where}, expected a refusal, got {type(crash).__name__}: {crash}") from crash
    else:
        raise _Failed(f"{where}, expected a refusal ({step['error']}), got none")


def _without_error(where: str, work: Callable[[], R]) -> R:
    """Run what must not be refused."""
    try:
        return work()
    except (NotBuilt, Mistake):
        raise
    except Exception as error:  # a refusal fails the case, and so does a crash
        raise _Failed(f"{where}, expected no error, got {type(error).__name__}: {error}") from error


def _texts(value: Any) -> Iterator[str]:
    """Yield every text that state and steps say, keys too; not what they expect."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("see", "error"):
                yield key
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield value
