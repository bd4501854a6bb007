"""The schema for editors says of a file what the reader says, as far as shapes go."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.json_schema import json_schema
from tests.config.reading import SECTIONS, faults

SCHEMA = json_schema()
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


class Core(yaml.SafeLoader):
    """YAML as editors read it: 1.2, where only true and false are a yes and a no, and dates are text."""


Core.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.rpartition(":")[2] in ("null", "int", "float", "merge") and first not in "oOyYnN"
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), "tf")
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("null"), "n")


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Say whether a value is as a schema wants it, as far as schemas here go."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return any(fits(value, way) for way in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    wanted = schema.get("type", list(TYPES))
    types = [kind for name in ([wanted] if isinstance(wanted, str) else wanted) for kind in TYPES[name]]
    if type(value) not in types:
        return False
    if isinstance(value, dict):
        properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        named = all(fits(part, properties[key]) for key, part in value.items() if key in properties)
        free = [part for key, part in value.items() if key not in properties]
        has_all = set(schema.get("required", ())) <= set(value)
        return (
            named and has_all and (all(fits(part, others) for part in free) if isinstance(others, dict) else not free)
        )
    if isinstance(value, list):
        return all(fits(part, schema["items"]) for part in value)
    is_low = "minimum" in schema and value < schema["minimum"]
    is_high = "maximum" in schema and value > schema["maximum"]
    return not is_low and not is_high and bool(re.search(schema.get("pattern", ""), str(value)))


@pytest.mark.parametrize(
    "path",
    [
        Path(__file__).with_name("whole.yaml"),
        *(Path(str(files("config.samples") / name)) for name in ("start.yaml", "demo.yaml")),
    ],
    ids=lambda path: path.name,
)
def test_a_file_that_is_right_fits_the_schema(path: Path) -> None:
    tree = yaml.load(path.read_text(encoding="utf-8"), Loader=Core)

    assert [key for key in tree if not fits(tree[key], SCHEMA["properties"][key])] == []
    assert fits(tree, SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "sites: x",
        "settings: {counting: {freeze: sometimes}}",
        "locations: {EAST: {bin_mandatory: 3}}",
        "zones: {}",
        "bins: [{location: EAST}]",
        "keys: {f3: shrot}",
        "putaway_templates: {STD: [{fixde: true}]}",
        "currency: {decimals: 9}",
        "settings: {session: {idle_lock: 10}}",
        "posting_groups: {accounts: {A: {type: blance}}}",
        "operators: {ANNA: {skills: [{skil: X}]}}",
    ],
)
def test_what_the_reader_refuses_for_its_shape_the_schema_refuses_too(text: str) -> None:
    tree = yaml.load(f"site: X\ntimezone: UTC\n{text}", Loader=Core)

    assert faults(text)
    assert not fits(tree, SCHEMA)


@pytest.mark.parametrize("code", ["1000", "yes", "07", "1e3", "true"])
def test_a_code_needs_no_quotes_in_an_editor(code: str) -> None:
    tree = yaml.load(f"site: X\ntimezone: UTC\nzones: [{{location: {code}, code: {code}}}]", Loader=Core)

    assert fits(tree, SCHEMA)


def test_every_section_may_be_null_and_is_known() -> None:
    tree = {"site": "X", "timezone": "UTC"} | dict.fromkeys(SECTIONS)

    assert fits(tree, SCHEMA)
