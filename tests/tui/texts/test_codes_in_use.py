"""Every code that is raised or shown has a text, and the facts given with it fill that text."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from tui.command_line.sentences import _SENTENCES
from tui.texts.en import TEXTS as SHORT
from tui.texts.wording import wording_of

TEXTS = SHORT | _SENTENCES
ROOT = Path(__file__).parents[3]
ERRORS = {"Refused", "NeedsConfirm", "Collided", "SetupError"}
LINES = {"Message", "SheetLine"}
DYNAMIC = "x"
SOURCES = [path for room in ("domain", "tui", "storage") for path in sorted((ROOT / room).rglob("*.py"))]


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def value(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else DYNAMIC


def uses() -> Iterator[tuple[str, str, dict[str, object]]]:
    """Where, code and facts of each use whose facts stand beside it; those handed through whole are left out."""
    for where, call in calls():
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in ERRORS and all(keyword.arg for keyword in call.keywords):
            facts = {str(keyword.arg): value(keyword.value) for keyword in call.keywords}
        elif name in LINES and len(call.args) == 1 and not call.keywords:
            facts = {}
        elif name in LINES and len(call.args) == 2 and isinstance(call.args[1], ast.Dict):
            given = zip(call.args[1].keys, call.args[1].values, strict=True)
            facts = {str(value(key)): value(fact) for key, fact in given if key is not None}
        else:
            continue
        for code in constants(call.args[0]):
            told = str(facts.get("e_code", code))
            if told != DYNAMIC:
                yield where, told, facts


def test_every_code_in_use_has_a_text() -> None:
    assert [(where, code) for where, code, _ in uses() if code not in TEXTS] == []


def test_the_facts_of_every_use_fill_its_text() -> None:
    missing = [
        (where, code, fact)
        for where, code, facts in uses()
        if code in TEXTS
        for _, fact, _, _ in Formatter().parse(wording_of(TEXTS[code], facts))
        if fact and fact not in facts
    ]

    assert missing == []


def test_every_code_of_the_reader_has_a_text() -> None:
    named = {code for path in SOURCES for code in re.findall(r'"(E_[A-Z_]+)"', path.read_text(encoding="utf-8"))}

    assert named - set(TEXTS) == set()


def test_every_job_has_a_title_and_every_prompt_a_field_and_a_hint() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tui" / "jobs").glob("*.py")))
    jobs = set(re.findall(r'name: ClassVar\[str\] = "(\w+)"', sources))
    prompts = {code.removeprefix("field.") for code in SHORT if code.startswith("field.")}

    assert {f"title.{job}" for job in jobs} - set(SHORT) == set()
    assert {f"hint.{prompt}" for prompt in prompts} - set(SHORT) == set()
    assert {f"field.{prompt}" for prompt in re.findall(r'prompt: ClassVar\[str\] = "(\w+)"', sources)} - set(
        SHORT
    ) == set()
