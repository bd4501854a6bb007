"""Every kept case, played; and that the kept files and the list of what is not built are exact."""

from pathlib import Path
from typing import Any

import pytest

from tests.cases.case_file import FILES, Case, case_files, read_cases
from tests.cases.playing import Verdict, play
from tests.cases.vocabulary import NotBuilt

LIST = Path(__file__).parent / "not_built.txt"
SPECIFICATION = Path(__file__).parents[3] / "shared" / "cases"


def listed() -> list[str]:
    return LIST.read_text(encoding="utf-8").splitlines()


def every_case() -> list[Any]:
    waiting = frozenset(listed())
    waits = pytest.mark.xfail(strict=True, raises=NotBuilt)
    return [
        pytest.param(case, id=case.id, marks=[waits] if case.id in waiting else [])
        for path in case_files()
        for case in read_cases(path)
    ]


@pytest.mark.parametrize("case", every_case())
def test_case(case: Case, tmp_path: Path) -> None:
    outcome = play(case, tmp_path)

    if outcome.verdict is Verdict.NOT_BUILT:
        raise NotBuilt(outcome.text)
    assert outcome.verdict is Verdict.PASS, outcome.text
    assert list(outcome.survivors()) == [], "a changed expectation is met as well"


def test_the_list_of_what_is_not_built_names_kept_cases_once_and_in_their_order():
    ids = [case.id for path in case_files() for case in read_cases(path)]

    assert len(set(ids)) == len(ids)
    assert listed() == [id for id in ids if id in listed()]


@pytest.mark.skipif(not SPECIFICATION.is_dir(), reason="the specification is not at hand")
def test_the_specifications_cases_are_kept_as_they_are():
    kept = {path.name: path.read_bytes() for path in FILES.glob("*.yaml")}

    assert kept == {path.name: path.read_bytes() for path in SPECIFICATION.glob("*.yaml")}
